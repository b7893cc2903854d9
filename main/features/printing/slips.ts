/**
 * Pick lists 拣货单 and packing slips 装箱单: papers without a number, for a receipt printer. They go through the printer's own actor, so
 * that nothing is ever sent between the bytes of a waybill, and have no place in the journal.
 */
import type { LabelData } from '../../../common/domain/label/data.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import { encodeLabel } from '../../printing/languages/index.ts';
import type { PrinterHub } from '../../printing/spool/hub.ts';
import type { SpoolItem } from '../../printing/types.ts';
import { testAttemptId } from '../printers/test-labels.ts';
import { labelData } from './label-data.ts';
import type { LabelMaker } from './labels.ts';
import type { PrintActor } from './service.ts';
import type { PreparedParcel, PrintingSources } from './types.ts';

export const slipKinds = ['pick', 'packing'] as const;
export type SlipKind = (typeof slipKinds)[number];

const templates: Readonly<Record<SlipKind, string>> = { pick: 'builtin:pick-list-80', packing: 'builtin:packing-slip-80' };

export interface SlipDeps {
  readonly sources: PrintingSources;
  readonly maker: LabelMaker;
  readonly hub: PrinterHub;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Items of many parcels as one list: the same thing once, with its sum, in the order of the shelves. */
export function pickItems(lists: readonly LabelData['items'][]): LabelData['items'] {
  const sums = new Map<string, LabelData['items'][number]>();
  for (const item of lists.flat()) {
    const key = JSON.stringify([item.location, item.shortName, item.sku]);
    const known = sums.get(key);
    sums.set(key, known === undefined ? item : { ...known, quantity: known.quantity + item.quantity });
  }
  const text = (item: LabelData['items'][number]): string => `${item.location === '' ? '\uffff' : item.location} ${item.shortName} ${item.sku}`;
  return [...sums.values()].sort((left, right) => text(left).localeCompare(text(right), 'zh-CN', { numeric: true }));
}

export function createSlips({ sources, maker, hub, clock, ids }: SlipDeps) {
  async function dataOf(parcel: PreparedParcel, index: number, total: number, actor: PrintActor): Promise<LabelData> {
    const number = parcel.number ?? '';
    return labelData(sources, { parcel, number, carrierCode: parcel.carrierCode ?? '', sequence: index + 1, total, mark: 0, printedAt: clock.now(), operator: actor.operator, station: actor.station.name });
  }

  return {
    /**
     * One pick list over all these orders, or one packing slip for each parcel. Errors: NOT_FOUND without a parcel, LABEL_FAULTY and
     * those of the encoder before any paper moves, PRINTER_STOPPED with what the printer said.
     */
    async print(request: { orderIds: readonly string[]; kind: SlipKind; printerId: string }, actor: PrintActor): Promise<{ sheets: number }> {
      const [parcels, template, printer] = await Promise.all([sources.parcels(request.orderIds), sources.template(templates[request.kind]), sources.printer(request.printerId)]);
      if (parcels.length === 0) fail('NOT_FOUND', { what: 'parcel', id: request.orderIds[0] ?? '' });
      const each = await Promise.all(parcels.map((parcel, index) => dataOf(parcel, index, parcels.length, actor)));
      const [first] = each;
      const sheets =
        request.kind === 'packing' || first === undefined
          ? each
          : [
              {
                ...first,
                waybill: { ...first.waybill, number: '' },
                items: pickItems(each.map((data) => data.items)),
                // Notes are about one parcel each; on a list for all of them they would be read as about everything.
                orders: each.flatMap((data) => data.orders).map((order) => ({ ...order, buyerNote: '', sellerNote: '' })),
                job: { ...first.job, sequence: parcels.length },
              },
            ];
      const items = sheets.flatMap((data): SpoolItem[] =>
        maker.drawClean(template, data, printer.profile, '').map((sheet) => {
          const bytes = encodeLabel(sheet, printer.profile, { mode: printer.profile.mode });
          return { attemptId: testAttemptId(ids.next('slip')), encode: () => Promise.resolve(bytes) };
        }),
      );
      const { labels, stopped } = await (await hub.actor(printer.id)).submit(items).done;
      const bad = labels.find((label) => label.state !== 'sent' && label.state !== 'acked');
      if (bad !== undefined || stopped !== undefined) fail('PRINTER_STOPPED', { reason: bad?.reason ?? stopped?.message ?? '' });
      return { sheets: items.length };
    },
  };
}

export type Slips = ReturnType<typeof createSlips>;
