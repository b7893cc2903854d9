/** The end of a shift: what goes to each courier, what stays behind and why, and the sheet both sign. */
import type { HandOver } from '../../../common/contract/stations.ts';
import { findCarrier } from '../../../common/domain/waybills/carriers.ts';
import type { LabelDataInput } from '../../../common/domain/label/data.ts';
import { fail } from '../../../common/errors.ts';
import type { PreparedParcel } from '../../../common/contract/orders.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import { businessDay, dayStart } from '../waybills/days.ts';
import type { StationsRepository, WaitingParcel } from './repository.ts';

export interface HandOverDeps {
  readonly repository: StationsRepository;
  /** Tells the ledger that these numbers left. Each has its own answer. */
  readonly giveAway: (numbers: readonly string[], actor: Actor) => Promise<readonly { readonly number: string; readonly ok: boolean; readonly error: string | null }[]>;
  readonly parcels: { prepareById(parcelIds: readonly string[]): Promise<readonly PreparedParcel[]> };
  readonly shopName: (shopId: string) => Promise<string>;
  readonly sheets: { print(data: LabelDataInput, printerId: string): Promise<{ sheets: number }>; pdf(data: LabelDataInput): Promise<Uint8Array> };
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Labels that nobody packed are looked for this many days back. */
const leftoverDays = 7;
const dayMs = 86_400_000;

export type HandOverService = ReturnType<typeof createHandOver>;

export function createHandOver({ repository, giveAway, parcels, shopName, sheets, audit, clock, ids }: HandOverDeps) {
  async function described(waiting: readonly WaitingParcel[]) {
    const facts = await repository.ordersOf(waiting.map((one) => one.parcelId));
    return waiting.map((one) => {
      const { orders = [], stop = '', pieces = 0 } = facts.get(one.parcelId) ?? {};
      return { number: one.number, carrierCode: one.carrierCode, orders, place: [one.province, one.city].filter((part) => part !== '').join(' '), pieces, at: one.at, by: one.by, stop };
    });
  }

  async function sheetOf(id: string): Promise<LabelDataInput> {
    const handover = (await repository.handover(id)) ?? fail('NOT_FOUND', { what: 'hand-over', id });
    const rows = await repository.numbersOfHandover(id);
    const prepared = new Map((await parcels.prepareById(rows.map((row) => row.parcel_id))).map((parcel) => [parcel.parcelId, parcel]));
    const shops = [...new Set([...prepared.values()].map((parcel) => parcel.shopId))];
    const names = await Promise.all(shops.map(shopName));
    return {
      waybill: { carrier: { code: handover.carrier_code, name: findCarrier(handover.carrier_code)?.name ?? handover.carrier_code } },
      orders: [{ id: '', shop: names.join('、') }],
      job: { printedAt: handover.at, operator: handover.operator, station: handover.station_id },
      manifest: rows.map((row) => {
        const parcel = prepared.get(row.parcel_id);
        return {
          number: row.number,
          name: parcel?.recipient.name ?? '',
          region: [parcel?.recipient.province, parcel?.recipient.city].filter((part) => part !== undefined && part !== '').join(' '),
          quantity: parcel?.pieces ?? 0,
          weightGrams: parcel?.weightGrams ?? null,
        };
      }),
    };
  }

  return {
    /** What is packed and waits, carrier by carrier; labels without a packed parcel; what left today. */
    async list(): Promise<HandOver> {
      const now = clock.now();
      const today = dayStart(businessDay(now));
      const [waiting, labels, done] = await Promise.all([
        repository.packedWaiting(),
        repository.unpackedLabels(new Date(Date.parse(today) - (leftoverDays - 1) * dayMs).toISOString()),
        repository.handoversSince(today),
      ]);
      const packed = Map.groupBy(await described(waiting), (one) => one.carrierCode);
      const leftovers = (await described(labels)).map(({ number, carrierCode, orders, place, at, stop }) => ({ number, carrierCode, orders, place, stop, printedAt: at, today: at >= today }));
      const nameOf = (code: string): string => findCarrier(code)?.name ?? code;
      return {
        carriers: [...packed].map(([carrierCode, rows]) => ({ carrierCode, carrierName: nameOf(carrierCode), ready: rows.filter((one) => one.stop === ''), stopped: rows.filter((one) => one.stop !== '') })),
        leftovers: leftovers.sort((a, b) => Number(b.today) - Number(a.today)),
        done: done.map((row) => ({ id: row.id, at: row.at, carrierCode: row.carrier_code, carrierName: nameOf(row.carrier_code), parcels: row.parcels, by: row.operator })),
      };
    },

    /**
     * Exactly these parcels go with the courier. What was not packed, got an alarm or a hold since the list was read, or is not with this
     * carrier stays behind by name. Errors: NOT_FOUND when nothing of it may go.
     */
    async confirm(input: { carrierCode: string; numbers: readonly string[] }, actor: Actor): Promise<{ id: string; handed: string[]; refused: { number: string; why: string }[] }> {
      const ready = new Map((await described(await repository.packedWaiting(input.carrierCode))).map((one) => [one.number, one]));
      const wanted = [...new Set(input.numbers)];
      const refused = wanted.flatMap((number) => {
        const one = ready.get(number);
        return one === undefined ? [{ number, why: 'not_packed' }] : one.stop === '' ? [] : [{ number, why: one.stop }];
      });
      const going = wanted.filter((number) => ready.get(number)?.stop === '');
      const answers = going.length === 0 ? [] : await giveAway(going, actor);
      const handed = answers.filter((one) => one.ok).map((one) => one.number);
      for (const one of answers) if (!one.ok) refused.push({ number: one.number, why: one.error ?? '' });
      if (handed.length === 0) fail('NOT_FOUND', { what: 'parcel', id: wanted[0] ?? '' });
      const id = ids.next('hov');
      await repository.insertHandover({ id, at: clock.now(), carrier_code: input.carrierCode, operator: actor.operator, station_id: actor.station.id, parcels: handed.length });
      await repository.markHandedOver(handed, id);
      await audit.record(actor, 'parcels.hand-over', id, { carrier: input.carrierCode, parcels: handed.length, refused: refused.length });
      return { id, handed, refused };
    },

    /** Errors: NOT_FOUND, LABEL_FAULTY, PAPER_MISMATCH or LABEL_WIDER_THAN_HEAD for a printer without A4, PRINTER_STOPPED. */
    print: async (id: string, printerId: string) => sheets.print(await sheetOf(id), printerId),
    async pdf(id: string): Promise<{ name: string; pdf: string }> {
      const bytes = await sheets.pdf(await sheetOf(id));
      return { name: `交接单-${id}.pdf`, pdf: Buffer.from(bytes).toString('base64') };
    },
  };
}
