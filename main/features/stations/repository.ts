/** The only SQL of packing stations. What other features know (parcels, orders, numbers, labels) is joined here for lists, read only. */
import type { Kysely, Selectable } from 'kysely';
import { paperStates } from '../../../common/domain/waybills/attempts.ts';
import type { Database } from '../../database/tables.ts';
import type { HandoverTable, PackingTable, StationDeskTable, StationScanTable } from '../../database/tables/stations.ts';

export type PackingRow = Selectable<PackingTable>;
export type ScanRow = Selectable<StationScanTable>;
export type DeskRow = Selectable<StationDeskTable>;
export type HandoverRow = Selectable<HandoverTable>;
type Db = Kysely<Database>;

/** A parcel that waits for the courier, or for the packer. */
export interface WaitingParcel {
  readonly number: string;
  readonly parcelId: string;
  readonly carrierCode: string;
  readonly at: string;
  readonly by: string;
  readonly province: string;
  readonly city: string;
}

const idsPerQuery = 400;

export type StationsRepository = ReturnType<typeof createStationsRepository>;

export function createStationsRepository(db: Db) {
  return {
    transaction: <T>(work: (trx: Db) => Promise<T>): Promise<T> => db.transaction().execute(work),

    async packing(number: string): Promise<PackingRow | undefined> {
      return db.selectFrom('packings').selectAll().where('number', '=', number).executeTakeFirst();
    },
    /** The row of a number, made where there is none, locked until the transaction ends: two stations take turns. */
    async lockPacking(number: string, seed: PackingRow): Promise<PackingRow> {
      await db.insertInto('packings').values(seed).onConflict((conflict) => conflict.column('number').doNothing()).execute();
      return db.updateTable('packings').set((eb) => ({ version: eb.ref('version') })).where('number', '=', number).returningAll().executeTakeFirstOrThrow();
    },
    async updatePacking(number: string, set: Partial<PackingRow>): Promise<void> {
      await db.updateTable('packings').set(set).where('number', '=', number).execute();
    },

    async desk(stationId: string): Promise<DeskRow> {
      return (await db.selectFrom('station_desks').selectAll().where('station_id', '=', stationId).executeTakeFirst()) ?? { station_id: stationId, number: '', basket: '{}' };
    },
    async putDesk(desk: DeskRow): Promise<void> {
      const { number, basket } = desk;
      await db.insertInto('station_desks').values(desk).onConflict((conflict) => conflict.column('station_id').doUpdateSet({ number, basket })).execute();
    },

    /** False when a scan of this id is there already. */
    async insertScan(scan: ScanRow): Promise<boolean> {
      const row = await db.insertInto('station_scans').values(scan).onConflict((conflict) => conflict.column('id').doNothing()).returning('id').executeTakeFirst();
      return row !== undefined;
    },
    async scanOf(id: string): Promise<ScanRow | undefined> {
      return db.selectFrom('station_scans').selectAll().where('id', '=', id).executeTakeFirst();
    },
    /** Latest first. */
    async lastScans(stationId: string, since: string, limit: number): Promise<ScanRow[]> {
      return db.selectFrom('station_scans').selectAll().where('station_id', '=', stationId).where('at', '>=', since).orderBy('at', 'desc').orderBy('captured_ms', 'desc').orderBy('id', 'desc').limit(limit).execute();
    },
    async lastUndoable(stationId: string, since: string): Promise<ScanRow | undefined> {
      return db
        .selectFrom('station_scans')
        .selectAll()
        .where('station_id', '=', stationId)
        .where('at', '>=', since)
        .where('before', '<>', '')
        .where('undone_at', 'is', null)
        .orderBy('at', 'desc')
        .orderBy('captured_ms', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst();
    },
    async markUndone(id: string, at: string): Promise<boolean> {
      const row = await db.updateTable('station_scans').set({ undone_at: at }).where('id', '=', id).where('undone_at', 'is', null).returning('id').executeTakeFirst();
      return row !== undefined;
    },

    async packedSince(since: string): Promise<{ stationId: string; parcels: number }[]> {
      const rows = await db
        .selectFrom('packings')
        .select((eb) => ['station_id', eb.fn.countAll<number | string>().as('parcels')])
        .where('packed_at', '>=', since)
        .groupBy('station_id')
        .execute();
      return rows.map((row) => ({ stationId: row.station_id, parcels: Number(row.parcels) }));
    },

    /** Packed and not given to the courier, oldest first. A number that is void or went out another way is not in it. */
    async packedWaiting(carrierCode?: string): Promise<WaitingParcel[]> {
      let select = db
        .selectFrom('packings as p')
        .innerJoin('waybill_numbers as n', 'n.number', 'p.number')
        .innerJoin('parcels as a', 'a.id', 'p.parcel_id')
        .select(['p.number', 'p.parcel_id as parcelId', 'p.carrier_code as carrierCode', 'p.packed_at as at', 'p.operator as by', 'a.province', 'a.city'])
        .where('p.handover_id', 'is', null)
        .where('p.state', '=', 'packed')
        .where('n.live', '=', 1)
        .where('n.state', 'in', ['assigned', 'printed', 'unknown'])
        .orderBy('p.packed_at')
        .orderBy('p.number');
      if (carrierCode !== undefined) select = select.where('p.carrier_code', '=', carrierCode);
      return (await select.execute()).map((row) => ({ ...row, at: row.at ?? '' }));
    },

    /** Labels of jobs begun since then that may be on paper and whose parcel nobody packed, in the order of printing. */
    async unpackedLabels(since: string): Promise<WaitingParcel[]> {
      const rows = await db
        .selectFrom('print_jobs as j')
        .innerJoin('print_attempts as t', 't.job_id', 'j.id')
        .innerJoin('waybill_numbers as n', 'n.number', 't.number')
        .innerJoin('parcels as a', 'a.id', 'n.parcel_id')
        .leftJoin('packings as p', 'p.number', 't.number')
        .select(['t.number', 'n.parcel_id as parcelId', 'n.carrier_code as carrierCode', 't.operator as by', 'a.province', 'a.city'])
        .select((eb) => eb.fn.max('t.created_at').as('at'))
        .where('j.created_at', '>=', since)
        .where('t.state', 'in', paperStates)
        .where('n.live', '=', 1)
        .where('n.state', 'in', ['assigned', 'printed', 'unknown'])
        .where((eb) => eb.or([eb('p.number', 'is', null), eb('p.state', '<>', 'packed')]))
        .groupBy(['t.number', 'n.parcel_id', 'n.carrier_code', 't.operator', 'a.province', 'a.city'])
        .orderBy('at')
        .orderBy('t.number')
        .execute();
      return [...new Map(rows.map((row) => [row.number, row])).values()];
    },

    /** Order numbers of parcels, and what stops each: an alarm or a hold of any of its orders, or its own hold. */
    async ordersOf(parcelIds: readonly string[]): Promise<Map<string, { orders: string[]; stop: string; pieces: number }>> {
      const found = new Map<string, { orders: string[]; stop: string; pieces: number }>();
      for (let start = 0; start < parcelIds.length; start += idsPerQuery) {
        const rows = await db
          .selectFrom('parcel_orders as o')
          .innerJoin('orders as r', 'r.id', 'o.order_id')
          .innerJoin('parcels as a', 'a.id', 'o.parcel_id')
          .select(['o.parcel_id', 'r.number', 'r.alarm', 'r.held', 'a.held as aside', 'a.snapshot', 'r.pieces'])
          .where('o.parcel_id', 'in', parcelIds.slice(start, start + idsPerQuery))
          .where('o.live', '=', 1)
          .orderBy('o.parcel_id')
          .orderBy('r.number')
          .execute();
        for (const row of rows) {
          const known = found.get(row.parcel_id) ?? { orders: [], stop: '', pieces: snapshotPieces(row.snapshot) };
          known.orders.push(row.number);
          known.stop ||= row.alarm || row.held || row.aside;
          found.set(row.parcel_id, known);
        }
      }
      return found;
    },

    async insertHandover(row: HandoverRow): Promise<void> {
      await db.insertInto('handovers').values(row).execute();
    },
    async handover(id: string): Promise<HandoverRow | undefined> {
      return db.selectFrom('handovers').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async handoversSince(since: string): Promise<HandoverRow[]> {
      return db.selectFrom('handovers').selectAll().where('at', '>=', since).orderBy('at', 'desc').orderBy('id', 'desc').execute();
    },
    async numbersOfHandover(id: string): Promise<PackingRow[]> {
      return db.selectFrom('packings').selectAll().where('handover_id', '=', id).orderBy('packed_at').orderBy('number').execute();
    },
    async markHandedOver(numbers: readonly string[], handoverId: string): Promise<void> {
      for (let start = 0; start < numbers.length; start += idsPerQuery) {
        await db.updateTable('packings').set((eb) => ({ handover_id: handoverId, version: eb('version', '+', 1) })).where('number', 'in', numbers.slice(start, start + idsPerQuery)).execute();
      }
    },
  };
}

/** Pieces on the label: what was in the parcel when its number was drawn. */
function snapshotPieces(snapshot: string): number {
  if (snapshot === '') return 0;
  return (JSON.parse(snapshot) as { quantity: number | null }[]).reduce((sum, line) => sum + (line.quantity ?? 0), 0);
}
