/**
 * Pick lists 拣货单, packing slips 装箱单 and return labels 退货标签: papers without a number of ours. They go through the printer's own actor, so
 * that nothing is ever sent between the bytes of a waybill, and have no place in the journal.
 */
import { setImmediate } from 'node:timers/promises';
import { destination } from '../../../common/domain/label/destination.ts';
import type { SlipKind } from '../../../common/contract/printing.ts';
import { groupLines } from '../../../common/domain/items/label-text.ts';
import { completeLabelData } from '../../../common/domain/label/data.ts';
import type { LabelData, LabelDataInput } from '../../../common/domain/label/data.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { AppError } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import { encodeLabel } from '../../printing/languages/index.ts';
import { encodePdf } from '../../printing/languages/pdf/encode.ts';
import { genericProfile } from '../../printing/languages/profiles.ts';
import type { PrinterHub } from '../../printing/spool/hub.ts';
import type { PrinterProfile, SpoolItem } from '../../printing/types.ts';
import { testAttemptId } from '../printers/test-labels.ts';
import { labelData } from './label-data.ts';
import type { LabelMaker } from './labels.ts';
import type { PrintActor } from './service.ts';
import type { CurrentTemplate, PreparedParcel, Printer, PrintingSources } from './types.ts';

const templates: Readonly<Record<SlipKind, string>> = { pick: 'builtin:pick-list-80', packing: 'builtin:packing-slip-80', return: 'builtin:return-100x110' };
const sheetsAtOnce = 100;
/** As many orders as a pick list can name before it is longer than a printer takes; also as many as anybody walks the shelves for at once. */
const parcelsOnList = 200;
const handOverSheet = 'builtin:handover-a4';
/** An office printer takes any page of a PDF; 300 dpi keeps the smallest print sharp. */
const officePage: PrinterProfile = { ...genericProfile({ language: 'tspl', dpi: 300, widthMicrometres: 210_000, heightMicrometres: 297_000 }), headDots: Number.MAX_SAFE_INTEGER };

export interface SlipDeps {
  readonly sources: PrintingSources;
  readonly maker: LabelMaker;
  readonly hub: PrinterHub;
  readonly clock: Clock;
  readonly ids: Ids;
}

function asPickList(first: LabelData, each: readonly LabelData[]): LabelData {
  return {
    ...first,
    waybill: { ...first.waybill, number: '' },
    items: groupLines(each.flatMap((data) => data.items)),
    // Notes are about one parcel each; on a list for all of them they would be read as about everything.
    orders: each.flatMap((data) => data.orders).map((order) => ({ ...order, buyerNote: '', sellerNote: '' })),
    job: { ...first.job, sequence: each.length },
  };
}

/** The way back has a number, a carrier and a destination of its own: those of the way out must not be scanned on it. */
function asReturn(data: LabelData): LabelData {
  return { ...data, waybill: { ...data.waybill, number: '', qr: '', carrier: { code: '', name: '' }, product: '', consolidation: '', originCode: '', sortCode: destination(data.returnTo) } };
}

function papersOf(kind: SlipKind, each: readonly LabelData[]): readonly LabelData[] {
  const [first] = each;
  if (kind === 'return') return each.map(asReturn);
  return kind === 'packing' || first === undefined ? each : [asPickList(first, each)];
}

export function createSlips({ sources, maker, hub, clock, ids }: SlipDeps) {
  async function dataOf(parcel: PreparedParcel, index: number, total: number, actor: PrintActor): Promise<LabelData> {
    const number = parcel.number ?? '';
    return labelData(sources, { parcel, number, carrierCode: parcel.carrierCode ?? '', sequence: index + 1, total, mark: 0, printedAt: clock.now(), operator: actor.operator, station: actor.station.name });
  }

  /** Draws and encodes sheets; errors: LABEL_FAULTY and those of the encoder. Drawing is long work: after each sheet others get their turn. */
  async function encoded(printer: Printer, template: CurrentTemplate, all: readonly LabelData[]): Promise<Uint8Array[]> {
    const bytes: Uint8Array[] = [];
    for (const data of all) {
      for (const sheet of maker.drawClean(template, data, printer.profile, '')) bytes.push(encodeLabel(sheet, printer.profile, { mode: printer.profile.mode }));
      await setImmediate();
    }
    return bytes;
  }

  /** Sends sheets through the printer's own queue; all of them come out or it fails. */
  async function send(printer: Printer, sheets: readonly Uint8Array[]): Promise<number> {
    const items = sheets.map((bytes): SpoolItem => ({ attemptId: testAttemptId(ids.next('slip')), encode: () => Promise.resolve(bytes) }));
    const { labels, stopped } = await (await hub.actor(printer.id)).submit(items).done;
    const bad = labels.find((label) => label.state !== 'sent' && label.state !== 'acked');
    if (bad !== undefined || stopped !== undefined) fail('PRINTER_STOPPED', { reason: bad?.reason ?? stopped?.message ?? '' });
    return sheets.length;
  }

  return {
    /**
     * A pick list over every two hundred parcels, or one packing slip or return label for each parcel. A hundred sheets at a time are drawn, then
     * printed: thousands fit neither into the memory nor into the patience of whoever waits for the first. Errors while nothing is on paper:
     * NOT_FOUND without a parcel, LABEL_FAULTY and those of the encoder, PRINTER_STOPPED with what the printer said; later they are `stopped`.
     */
    async print(request: { orderIds: readonly string[]; kind: SlipKind; printerId: string }, actor: PrintActor): Promise<{ sheets: number; parcels: number; stopped: AppError | null }> {
      const [parcels, template, printer] = await Promise.all([sources.parcels(request.orderIds), sources.template(templates[request.kind]), sources.printer(request.printerId)]);
      if (parcels.length === 0) fail('NOT_FOUND', { what: 'parcel', id: request.orderIds[0] ?? '' });
      const parcelsAtOnce = request.kind === 'pick' ? parcelsOnList : sheetsAtOnce;
      let sheets = 0;
      for (let start = 0; start < parcels.length; start += parcelsAtOnce) {
        try {
          const each: LabelData[] = [];
          for (const [index, parcel] of parcels.slice(start, start + parcelsAtOnce).entries()) each.push(await dataOf(parcel, start + index, parcels.length, actor));
          sheets += await send(printer, await encoded(printer, template, papersOf(request.kind, each)));
        } catch (thrown) {
          if (sheets === 0 || !isFailure(thrown)) throw thrown;
          return { sheets, parcels: start, stopped: thrown.error };
        }
      }
      return { sheets, parcels: parcels.length, stopped: null };
    },

    /** The sheet shop and courier sign, on a printer whose paper is A4. Errors as for `print`, and those of a paper that does not fit. */
    async handOver(data: LabelDataInput, printerId: string): Promise<{ sheets: number }> {
      const [template, printer] = await Promise.all([sources.template(handOverSheet), sources.printer(printerId)]);
      return { sheets: await send(printer, await encoded(printer, template, [completeLabelData(data)])) };
    },

    /** The same sheet for an office printer. Errors: LABEL_FAULTY. */
    async handOverPdf(data: LabelDataInput): Promise<Uint8Array> {
      return encodePdf(maker.drawClean(await sources.template(handOverSheet), completeLabelData(data), officePage, ''));
    },
  };
}

export type Slips = ReturnType<typeof createSlips>;
