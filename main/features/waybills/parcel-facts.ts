import { paperStates } from '../../../common/domain/waybills/attempts.ts';
import type { Store } from './store.ts';

/** What numbers and labels say of a parcel; the parcels feature keeps a copy for its lists. */
export interface ParcelFacts {
  readonly parcelId: string;
  readonly number: string;
  readonly carrierCode: string;
  /** void: it had a number and has none that lives. */
  readonly state: 'numbered' | 'printed' | 'handed' | 'void';
}

const idsPerQuery = 500;

export function createParcelFacts(store: Store) {
  const { db } = store;
  return {
    /** Parcels without any number are left out. */
    async of(parcelIds: readonly string[]): Promise<ParcelFacts[]> {
      const facts = new Map<string, ParcelFacts>();
      for (let i = 0; i < parcelIds.length; i += idsPerQuery) {
        const some = parcelIds.slice(i, i + idsPerQuery);
        const rows = await db
          .selectFrom('waybill_numbers as n')
          .select(['n.parcel_id', 'n.number', 'n.carrier_code', 'n.state', 'n.live'])
          .where('n.parcel_id', 'in', some)
          .orderBy('n.live')
          .execute();
        const onPaper = await db
          .selectFrom('print_attempts')
          .select('number')
          .distinct()
          .where('parcel_id', 'in', some)
          .where('state', 'in', paperStates)
          .execute();
        const paper = new Set(onPaper.map((row) => row.number));
        for (const row of rows) {
          const handed = row.state === 'handed_over' || row.state === 'closed';
          const state = row.live === 0 ? 'void' : handed ? 'handed' : paper.has(row.number) ? 'printed' : 'numbered';
          // Living numbers come last and win over dead ones of the same parcel.
          facts.set(row.parcel_id, { parcelId: row.parcel_id, number: row.number, carrierCode: row.carrier_code, state });
        }
      }
      return [...facts.values()];
    },

    /** Parcels of these attempts. */
    async parcelsOfAttempts(attemptIds: readonly string[]): Promise<string[]> {
      const found = new Set<string>();
      for (let i = 0; i < attemptIds.length; i += idsPerQuery) {
        const rows = await db.selectFrom('print_attempts').select('parcel_id').where('id', 'in', attemptIds.slice(i, i + idsPerQuery)).execute();
        for (const row of rows) found.add(row.parcel_id);
      }
      return [...found];
    },

    /** Parcels whose number or label changed since a moment: what a crash may have kept from the parcels' copy. */
    async changedSince(at: string): Promise<string[]> {
      const attempts = await db.selectFrom('print_attempts').select('parcel_id').distinct().where('created_at', '>=', at).execute();
      const events = await db.selectFrom('waybill_ledger').select('parcel_id').distinct().where('at', '>=', at).where('parcel_id', 'is not', null).execute();
      return [...new Set([...attempts, ...events].flatMap((row) => (row.parcel_id === null ? [] : [row.parcel_id])))];
    },
  };
}
