import type { Insertable, Selectable, Updateable } from 'kysely';
import type {
  WaybillAccountTable,
  WaybillGrantTable,
  WaybillNumberTable,
  WaybillPoolTable,
  WaybillSegmentTable,
} from '../../database/tables/waybills.ts';
import { seriesKey, splitNumber } from '../../../common/domain/waybills/ranges.ts';
import type { NumberRange } from '../../../common/domain/waybills/ranges.ts';
import { insertMany } from './store.ts';
import type { Db, Trx } from './store.ts';

export type AccountRow = Selectable<WaybillAccountTable>;
export type PoolRow = Selectable<WaybillPoolTable>;
export type GrantRow = Selectable<WaybillGrantTable>;
export type SegmentRow = Selectable<WaybillSegmentTable>;
export type NumberRow = Selectable<WaybillNumberTable>;

const idsPerQuery = 500;

export type WaybillsRepository = ReturnType<typeof createWaybillsRepository>;

/** Holder of a segment that nobody has leased. */
export const poolHolder = 'pool';

/** SQL of drawing: pools, grants, segments and numbers. Lists and reports are in queries.ts. */
export function createWaybillsRepository(db: Db) {
  return {
    async account(id: string, trx: Trx | Db = db): Promise<AccountRow | undefined> {
      return trx.selectFrom('waybill_accounts').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async pool(id: string, trx: Trx | Db = db): Promise<PoolRow | undefined> {
      return trx.selectFrom('waybill_pools').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async grant(id: string, trx: Trx | Db = db): Promise<GrantRow | undefined> {
      return trx.selectFrom('waybill_grants').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async number(number: string, trx: Trx | Db = db): Promise<NumberRow | undefined> {
      const row = await trx.selectFrom('waybill_numbers').selectAll().where('number', '=', number).executeTakeFirst();
      return row && { ...row, last_seq: Number(row.last_seq) };
    },
    /** Carrier product that the living number of each parcel was drawn for ('' when none is known); parcels without a number are left out. */
    async productsOf(parcelIds: readonly string[]): Promise<Map<string, string>> {
      const products = new Map<string, string>();
      for (let i = 0; i < parcelIds.length; i += idsPerQuery) {
        const rows = await db.selectFrom('waybill_numbers').select(['parcel_id', 'product']).where('parcel_id', 'in', parcelIds.slice(i, i + idsPerQuery)).where('live', '=', 1).execute();
        for (const row of rows) products.set(row.parcel_id, row.product);
      }
      return products;
    },
    /** The segment that holds or held a number. */
    async segmentWith(number: string, trx: Trx | Db = db): Promise<SegmentRow | undefined> {
      const { tail, ...series } = splitNumber(number);
      return trx.selectFrom('waybill_segments').selectAll().where('series', '=', seriesKey(series)).where('first_tail', '<=', tail).where('last_tail', '>=', tail).executeTakeFirst();
    },
    async balance(trx: Trx | Db, key: { book: 'numbers' | 'units'; accountId: string; poolId: string; acct: string }): Promise<number> {
      const row = await trx
        .selectFrom('waybill_balances')
        .select('balance')
        .where('account_id', '=', key.accountId)
        .where('pool_id', '=', key.poolId)
        .where('book', '=', key.book)
        .where('acct', '=', key.acct)
        .executeTakeFirst();
      return Number(row?.balance ?? 0);
    },

    /** Everything the choice of a pool needs, for some shops, in one query. */
    async offers(trx: Trx, shopIds: readonly string[], day: string) {
      return trx
        .selectFrom('waybill_grants as g')
        .innerJoin('waybill_pools as p', 'p.id', 'g.pool_id')
        .innerJoin('waybill_accounts as a', 'a.id', 'p.account_id')
        .leftJoin('waybill_grant_days as d', (join) => join.onRef('d.grant_id', '=', 'g.id').on('d.day', '=', day))
        .leftJoin('waybill_balances as f', (join) => join.onRef('f.account_id', '=', 'a.id').onRef('f.pool_id', '=', 'p.id').on('f.book', '=', 'numbers').on('f.acct', '=', 'free'))
        .leftJoin('waybill_balances as u', (join) => join.onRef('u.account_id', '=', 'a.id').on('u.pool_id', '=', '').on('u.book', '=', 'units').on('u.acct', '=', 'balance'))
        .leftJoin('waybill_draw_rules as r', 'r.shop_id', 'g.shop_id')
        .select([
          'g.id as grant_id', 'g.shop_id', 'g.own', 'g.cap', 'g.used', 'g.daily_cap', 'g.valid_from', 'g.valid_to', 'g.priority', 'g.provinces', 'g.min_grams', 'g.max_grams', 'g.state as grant_state',
          'p.id as pool_id', 'p.name as pool_name', 'p.owner_shop_id', 'p.reserve', 'p.archived_at',
          'a.id as account_id', 'a.name as account_name', 'a.carrier_code', 'a.state as account_state', 'a.settlement', 'a.agreement_at', 'a.products',
          'd.used as used_today', 'f.balance as free', 'u.balance as units', 'r.mode',
        ])
        .where('g.shop_id', 'in', shopIds)
        .where('p.archived_at', 'is', null)
        .execute();
    },

    /** Living numbers of parcels and of request keys. */
    async living(trx: Trx, parcelIds: readonly string[], requestKeys: readonly string[]): Promise<NumberRow[]> {
      const rows = new Map<string, NumberRow>();
      const take = (found: readonly NumberRow[]) => found.forEach((row) => rows.set(row.number, { ...row, last_seq: Number(row.last_seq) }));
      for (let i = 0; i < parcelIds.length; i += idsPerQuery) {
        take(await trx.selectFrom('waybill_numbers').selectAll().where('parcel_id', 'in', parcelIds.slice(i, i + idsPerQuery)).where('live', '=', 1).execute());
      }
      for (let i = 0; i < requestKeys.length; i += idsPerQuery) {
        take(await trx.selectFrom('waybill_numbers').selectAll().where('request_key', 'in', requestKeys.slice(i, i + idsPerQuery)).where('live', '=', 1).execute());
      }
      return [...rows.values()];
    },

    /** Of these parcels the ones that stand for nothing any more: merged, split or taken back since they were prepared. */
    async goneParcels(trx: Trx, parcelIds: readonly string[]): Promise<Set<string>> {
      const gone = new Set<string>();
      for (let i = 0; i < parcelIds.length; i += idsPerQuery) {
        for (const row of await trx.selectFrom('parcels').select('id').where('id', 'in', parcelIds.slice(i, i + idsPerQuery)).where('state', '=', 'cancelled').execute()) gone.add(row.id);
      }
      return gone;
    },

    /** Next open segments of a pool for a holder, oldest import first. */
    async openSegments(trx: Trx, poolId: string, holder: string, limit: number): Promise<SegmentRow[]> {
      return trx
        .selectFrom('waybill_segments')
        .selectAll()
        .where('pool_id', '=', poolId)
        .where('holder', '=', holder)
        .where('state', '=', 'open')
        .orderBy('position')
        .limit(limit)
        .execute();
    },
    /** Whole segments are used up together; the last one moves its next number. */
    async useUp(trx: Trx, ids: readonly string[]): Promise<void> {
      for (let i = 0; i < ids.length; i += idsPerQuery) {
        await trx
          .updateTable('waybill_segments')
          .set((eb) => ({ next_tail: eb('last_tail', '+', 1), state: 'used' }))
          .where('id', 'in', ids.slice(i, i + idsPerQuery))
          .execute();
      }
    },
    async advance(trx: Trx, id: string, nextTail: number): Promise<void> {
      await trx.updateTable('waybill_segments').set({ next_tail: nextTail }).where('id', '=', id).execute();
    },
    async updateSegment(trx: Trx, id: string, set: Updateable<WaybillSegmentTable>): Promise<void> {
      await trx.updateTable('waybill_segments').set(set).where('id', '=', id).execute();
    },
    async insertSegments(trx: Trx, rows: readonly Insertable<WaybillSegmentTable>[]): Promise<void> {
      await insertMany(trx, 'waybill_segments', rows);
    },
    /** Fresh ranges behind the last segment of a pool, in the order given, for whoever prints first. */
    async appendRanges(trx: Trx, pool: { readonly id: string; readonly accountId: string }, ranges: readonly NumberRange[], from: { readonly importId: string; readonly newId: () => string }): Promise<void> {
      const { position } = await trx
        .selectFrom('waybill_segments')
        .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.val(0)).as('position'))
        .where('pool_id', '=', pool.id)
        .executeTakeFirstOrThrow();
      await insertMany(
        trx,
        'waybill_segments',
        ranges.map((range, index) => ({
          id: from.newId(), pool_id: pool.id, account_id: pool.accountId, series: seriesKey(range), prefix: range.prefix, width: range.width, suffix: range.suffix, kind: range.kind,
          first_tail: range.first, last_tail: range.last, next_tail: range.first, holder: poolHolder, lease_id: null, state: 'open', position: Number(position) + index + 1, import_id: from.importId,
        })),
      );
    },
    async insertNumbers(trx: Trx, rows: readonly Insertable<WaybillNumberTable>[]): Promise<void> {
      await insertMany(trx, 'waybill_numbers', rows);
    },
    async updateNumber(trx: Trx, number: string, set: Updateable<WaybillNumberTable>): Promise<void> {
      await trx.updateTable('waybill_numbers').set(set).where('number', '=', number).execute();
    },
    async countUse(trx: Trx, grantId: string, day: string, n: number): Promise<void> {
      await trx.updateTable('waybill_grants').set((eb) => ({ used: eb('used', '+', n) })).where('id', '=', grantId).execute();
      await trx
        .insertInto('waybill_grant_days')
        .values({ grant_id: grantId, day, used: n })
        .onConflict((conflict) => conflict.columns(['grant_id', 'day']).doUpdateSet((eb) => ({ used: eb('waybill_grant_days.used', '+', n) })))
        .execute();
    },
  };
}
