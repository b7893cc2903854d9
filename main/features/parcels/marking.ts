/** What became of parcels as the ledger and the journal say it. Saying the same twice changes nothing. */
import type { PreparedParcel } from '../../../common/contract/orders.ts';
import { failure } from '../../../common/errors.ts';
import type { ParcelsDeps } from './deps.ts';
import { createParcelsRepository } from './repository.ts';
import type { ParcelFull, ParcelRow, ParcelsRepository } from './repository.ts';

/** A number drawn for a parcel. */
interface Drawn {
  readonly parcelId: string;
  readonly waybill: string;
  readonly carrierCode: string;
}

/** `describe` gives parcels as their labels need them, as they stand now. */
export function createMarking({ repository, orders, clock, changes }: ParcelsDeps, describe: (parcels: readonly ParcelFull[]) => Promise<PreparedParcel[]>) {
  /** Writes what happened to parcels and what follows for their orders, in one transaction; nothing, and false, when `stands` says so inside it. */
  async function mark(parcelIds: readonly string[], set: (full: ParcelFull) => Partial<ParcelRow> | undefined, stands?: (inside: ParcelsRepository) => Promise<boolean>): Promise<boolean> {
    if (parcelIds.length === 0) return true;
    const written = await repository.transaction(async (trx) => {
      const inside = createParcelsRepository(trx);
      if (stands && !(await stands(inside))) return false;
      const touched = new Set<string>();
      let changed = false;
      for (const full of await inside.byIds(parcelIds)) {
        const patch = set(full);
        if (!patch) continue;
        changed = true;
        await inside.update([full.parcel.id], { ...patch, version: full.parcel.version + 1, updated_at: clock.now() });
        for (const id of full.orderIds) touched.add(id);
      }
      if (!changed) return true;
      const all = await inside.ofOrders([...touched]);
      await orders.noteFacts(trx, [...touched], (row) => {
        const own = all.filter(({ orderIds }) => orderIds.includes(row.id)).map(({ parcel }) => parcel);
        const withNumber = own.find((parcel) => parcel.waybill !== '');
        return {
          waybill: withNumber?.waybill ?? '',
          ...(withNumber && withNumber.carrier_code !== '' ? { carrier_code: withNumber.carrier_code } : {}),
          // Of an order in several boxes every box has to be there.
          printed: own.length > 0 && own.every((parcel) => parcel.state === 'printed' || parcel.state === 'handed') ? 1 : 0,
          handed: own.length > 0 && own.every((parcel) => parcel.state === 'handed') ? 1 : 0,
        };
      });
      return true;
    });
    changes.emit('parcels', 'orders');
    return written;
  }

  /**
   * Numbers drawn for parcels: from here on they keep their recipient and goods as they are, and their label is made of what this gives.
   * A parcel that must not be printed (held, refunded, merged away since it was prepared) says so in `problem`.
   */
  async function numbered(drawn: readonly Drawn[]): Promise<PreparedParcel[]> {
    if (drawn.length === 0) return [];
    const byParcel = new Map(drawn.map((one) => [one.parcelId, one]));
    for (;;) {
      const parcels = await repository.byIds(drawn.map((one) => one.parcelId));
      const orderIds = [...new Set(parcels.flatMap((full) => full.orderIds))];
      const versions = await repository.orderVersions(orderIds);
      const contents = new Map((await describe(parcels)).map((one) => [one.parcelId, one]));
      const gone = new Set<string>();
      const written = await mark(
        [...contents.keys()],
        ({ parcel }) => {
          const one = byParcel.get(parcel.id);
          const content = contents.get(parcel.id);
          if (parcel.state === 'cancelled') gone.add(parcel.id);
          if (!one || !content || parcel.state === 'cancelled' || parcel.waybill === one.waybill) return undefined;
          return { waybill: one.waybill, carrier_code: one.carrierCode, carrier_reason: content.carrierCode === one.carrierCode ? content.carrierReason : '', state: 'numbered', ...content.recipient, snapshot: JSON.stringify(content.lines) };
        },
        // An order that was edited, held or imported anew since it was read is read again.
        async (inside) => {
          await inside.lockOrders(orderIds);
          const now = await inside.orderVersions(orderIds);
          return orderIds.every((id) => now.get(id) === versions.get(id));
        },
      );
      if (written) return [...contents.values()].map((content) => asNumbered(content, gone));
    }

    function asNumbered(content: PreparedParcel, gone: ReadonlySet<string>): PreparedParcel {
      const { waybill, carrierCode } = byParcel.get(content.parcelId) ?? content;
      const problem = gone.has(content.parcelId) ? failure('PARCEL_GONE', { parcel: content.parcelId }).error : content.problem;
      return { ...content, waybill, carrierCode, problem };
    }
  }

  return {
    numbered,
    /** The same for numbers found in the ledger: parcels that have theirs already are left as they are. */
    async markNumbered(drawn: readonly Drawn[]): Promise<void> {
      const known = new Map((await repository.byIds(drawn.map((one) => one.parcelId))).map(({ parcel }) => [parcel.id, parcel.waybill]));
      await numbered(drawn.filter((one) => known.has(one.parcelId) && known.get(one.parcelId) !== one.waybill));
    },
    /** The number stands, its label is known not to be on paper. */
    markUnprinted: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'numbered' || parcel.waybill === '' ? undefined : { state: 'numbered' })),
    /** The label may be on paper: sent, seen, or unknown. */
    markPrinted: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'printed' || parcel.state === 'handed' ? undefined : { state: 'printed' })),
    markHanded: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.state === 'handed' ? undefined : { state: 'handed' })),
    /** The number is void: the parcel can be printed with another one, and changed again. */
    markVoided: (parcelIds: readonly string[]) => mark(parcelIds, ({ parcel }) => (parcel.waybill === '' ? undefined : { state: 'open', waybill: '', carrier_code: '', carrier_reason: '', snapshot: '' })),
  };
}
