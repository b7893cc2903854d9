/** The only SQL of parcels and carrier rules. */
import type { Kysely, Selectable } from 'kysely';
import { ruleConditionsSchema } from '../../../common/contract/orders.ts';
import type { CarrierRule, ReachExclusion } from '../../../common/contract/orders.ts';
import type { Database } from '../../database/tables.ts';
import type { ParcelTable } from '../../database/tables/orders.ts';

export type ParcelRow = Selectable<ParcelTable>;
export interface ParcelLineRow {
  readonly parcel_id: string;
  readonly line_id: string;
  readonly order_id: string;
  readonly quantity: number | null;
}
export interface ParcelFull {
  readonly parcel: ParcelRow;
  readonly orderIds: readonly string[];
  readonly lines: readonly ParcelLineRow[];
}
export interface NewParcel {
  readonly parcel: ParcelRow;
  readonly orderIds: readonly string[];
  readonly lines: readonly { readonly lineId: string; readonly orderId: string; readonly quantity: number | null }[];
}

export type ParcelsRepository = ReturnType<typeof createParcelsRepository>;

export function* chunks<T>(list: readonly T[], size = 400): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

export function createParcelsRepository(db: Kysely<Database>) {
  async function withContents(parcels: readonly ParcelRow[]): Promise<ParcelFull[]> {
    const orderIds = new Map<string, string[]>();
    const lines = new Map<string, ParcelLineRow[]>();
    for (const part of chunks(parcels.map((parcel) => parcel.id))) {
      for (const row of await db.selectFrom('parcel_orders').selectAll().where('parcel_id', 'in', part).orderBy('parcel_id').orderBy('order_id').execute()) push(orderIds, row.parcel_id, row.order_id);
      for (const row of await db.selectFrom('parcel_lines').selectAll().where('parcel_id', 'in', part).orderBy('parcel_id').orderBy('line_id').execute()) push(lines, row.parcel_id, row);
    }
    return parcels.map((parcel) => ({ parcel, orderIds: orderIds.get(parcel.id) ?? [], lines: lines.get(parcel.id) ?? [] }));
  }

  async function byIds(parcelIds: readonly string[]): Promise<ParcelFull[]> {
    const found = new Map<string, ParcelRow>();
    for (const part of chunks(parcelIds)) for (const row of await db.selectFrom('parcels').selectAll().where('id', 'in', part).execute()) found.set(row.id, row);
    return withContents(parcelIds.flatMap((id) => found.get(id) ?? []));
  }

  /** Numbers of these parcels, by parcel. Asked of the ledger too: a number is there before the parcel's copy of it. */
  async function waybillsOf(parcels: readonly ParcelFull[]): Promise<Map<string, string>> {
    const waybills = new Map(parcels.flatMap(({ parcel }) => (parcel.waybill === '' ? [] : [[parcel.id, parcel.waybill] as const])));
    for (const part of chunks(parcels.map(({ parcel }) => parcel.id))) {
      for (const row of await db.selectFrom('waybill_numbers').select(['parcel_id', 'number']).where('parcel_id', 'in', part).where('live', '=', 1).execute()) if (!waybills.has(row.parcel_id)) waybills.set(row.parcel_id, row.number);
    }
    return waybills;
  }

  return {
    byIds,
    transaction: <T>(work: (trx: Kysely<Database>) => Promise<T>): Promise<T> => db.transaction().execute(work),

    /** Parcels that stand for these orders now, whatever their state but cancelled. */
    async ofOrders(orderIds: readonly string[]): Promise<ParcelFull[]> {
      const parcelIds = new Set<string>();
      for (const part of chunks(orderIds)) {
        for (const row of await db.selectFrom('parcel_orders').select('parcel_id').where('order_id', 'in', part).where('live', '=', 1).execute()) parcelIds.add(row.parcel_id);
      }
      const all = await byIds([...parcelIds]);
      return all.sort((left, right) => left.parcel.position - right.parcel.position);
    },

    /** Per order with a parcel row: its boxes, and how many orders share one. */
    async marks(orderIds: readonly string[]): Promise<Map<string, { boxes: number; together: number }>> {
      const found = new Map<string, { boxes: number; together: number }>();
      for (const part of chunks(orderIds)) {
        const rows = await db
          .selectFrom('parcel_orders as own')
          .innerJoin('parcel_orders as every', 'every.parcel_id', 'own.parcel_id')
          .select((eb) => ['own.order_id', eb.fn.count<number>('own.parcel_id').distinct().as('boxes'), eb.fn.count<number>('every.order_id').distinct().as('together')])
          .where('own.order_id', 'in', part)
          .where('own.live', '=', 1)
          .where('every.live', '=', 1)
          .groupBy('own.order_id')
          .execute();
        for (const row of rows) found.set(row.order_id, { boxes: Number(row.boxes), together: Number(row.together) });
      }
      return found;
    },

    /** Every parcel an order ever was in. */
    async everOf(orderId: string): Promise<string[]> {
      return (await db.selectFrom('parcel_orders').select('parcel_id').where('order_id', '=', orderId).orderBy('parcel_id').execute()).map((row) => row.parcel_id);
    },

    /** Parcels that stand for these orders, and how many of the orders have none yet. */
    async count(orderIds: readonly string[]): Promise<{ parcels: number; bare: number }> {
      const parcels = new Set<string>();
      const covered = new Set<string>();
      for (const part of chunks(orderIds)) {
        for (const row of await db.selectFrom('parcel_orders').select(['parcel_id', 'order_id']).where('order_id', 'in', part).where('live', '=', 1).execute()) {
          parcels.add(row.parcel_id);
          covered.add(row.order_id);
        }
      }
      return { parcels: parcels.size, bare: new Set(orderIds.filter((id) => !covered.has(id))).size };
    },

    /**
     * Keeps these orders for the transaction: whoever makes parcels of one of them waits. An update that changes nothing is the one
     * lock both databases know.
     */
    async lockOrders(orderIds: readonly string[]): Promise<void> {
      for (const part of chunks([...orderIds].sort())) await db.updateTable('orders').set((eb) => ({ version: eb.ref('version') })).where('id', 'in', part).execute();
    },

    async orderVersions(orderIds: readonly string[]): Promise<Map<string, number>> {
      const versions = new Map<string, number>();
      for (const part of chunks(orderIds)) for (const row of await db.selectFrom('orders').select(['id', 'version']).where('id', 'in', part).execute()) versions.set(row.id, row.version);
      return versions;
    },

    async insert(parcels: readonly NewParcel[]): Promise<void> {
      for (const part of chunks(parcels, 50)) {
        await db.insertInto('parcels').values(part.map(({ parcel }) => parcel)).execute();
        await db.insertInto('parcel_orders').values(part.flatMap(({ parcel, orderIds }) => orderIds.map((order_id) => ({ parcel_id: parcel.id, order_id, live: 1, slot: Math.max(1, parcel.position) })))).execute();
        const lines = part.flatMap(({ parcel, lines: own }) => own.map((line) => ({ parcel_id: parcel.id, line_id: line.lineId, order_id: line.orderId, quantity: line.quantity })));
        for (const some of chunks(lines, 200)) await db.insertInto('parcel_lines').values(some).execute();
      }
    },

    async update(parcelIds: readonly string[], set: Partial<ParcelRow>): Promise<void> {
      for (const part of chunks(parcelIds)) await db.updateTable('parcels').set(set).where('id', 'in', part).execute();
    },

    /** The parcel stands for nothing any more; its row stays for the record. */
    async cancel(parcelIds: readonly string[], now: string): Promise<void> {
      for (const part of chunks(parcelIds)) {
        await db.updateTable('parcels').set({ state: 'cancelled', updated_at: now }).where('id', 'in', part).execute();
        await db.updateTable('parcel_orders').set({ live: 0 }).where('parcel_id', 'in', part).execute();
      }
    },

    waybillsOf,

    /** The first of these parcels that has a number, with it. */
    async firstNumbered(parcels: readonly ParcelFull[]): Promise<{ parcel: string; waybill: string } | undefined> {
      const [first] = await waybillsOf(parcels);
      return first && { parcel: first[0], waybill: first[1] };
    },

    /** Parcels of one group, in order. */
    async ofGroup(groupId: string): Promise<ParcelFull[]> {
      if (groupId === '') return [];
      return withContents(await db.selectFrom('parcels').selectAll().where('group_id', '=', groupId).where('state', '<>', 'cancelled').orderBy('position').execute());
    },

    async byWaybill(waybill: string): Promise<ParcelFull | undefined> {
      if (waybill === '') return undefined;
      const row = await db.selectFrom('parcels').selectAll().where('waybill', '=', waybill).where('waybill', '<>', '').executeTakeFirst();
      return row && (await withContents([row]))[0];
    },

    async rules(): Promise<CarrierRule[]> {
      const rows = await db.selectFrom('carrier_rules').selectAll().orderBy('position').orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, position: row.position, name: row.name, carrierCode: row.carrier_code, product: row.product, enabled: row.enabled === 1, conditions: readConditions(row.conditions) }));
    },

    async reach(): Promise<ReachExclusion[]> {
      const rows = await db.selectFrom('carrier_reach').selectAll().orderBy('carrier_code').orderBy('province').orderBy('city').orderBy('district').execute();
      return rows.map((row) => ({ carrierCode: row.carrier_code, province: row.province, city: row.city, district: row.district }));
    },

    async replaceRules(rules: readonly CarrierRule[], reach: readonly ReachExclusion[], now: string): Promise<void> {
      await db.deleteFrom('carrier_rules').execute();
      for (const part of chunks(rules, 100)) {
        await db
          .insertInto('carrier_rules')
          .values(part.map((rule) => ({ id: rule.id, position: rule.position, name: rule.name, carrier_code: rule.carrierCode, product: rule.product, conditions: JSON.stringify(rule.conditions), enabled: rule.enabled ? 1 : 0, created_at: now })))
          .execute();
      }
      await db.deleteFrom('carrier_reach').execute();
      for (const part of chunks(reach, 200)) {
        await db
          .insertInto('carrier_reach')
          .values(part.map((one) => ({ carrier_code: one.carrierCode, province: one.province, city: one.city, district: one.district })))
          .onConflict((conflict) => conflict.columns(['carrier_code', 'province', 'city', 'district']).doNothing())
          .execute();
      }
    },
  };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Rules of before had provinces and cities apart, both of which had to hold; places say the same in pairs. */
function readConditions(json: string): CarrierRule['conditions'] {
  const { provinces = [], cities = [], ...stored } = JSON.parse(json) as { provinces?: string[]; cities?: string[] };
  const any = ['']; // of this level
  const pairs = (provinces.length > 0 ? provinces : any).flatMap((province) => (cities.length > 0 ? cities : any).map((city) => ({ province, city, district: '' })));
  const places = pairs.filter(({ province, city }) => province !== '' || city !== '');
  return ruleConditionsSchema.parse({ ...(places.length > 0 && { places }), ...stored });
}
