/**
 * What the rules gave the orders that wait without a carrier, kept so that the filter by carrier need not ask again. A row belongs to its
 * order: whatever changes the order or its box empties the row in the same transaction (`askAnew`), and an answer counts only under the
 * stamp of the rules it was given by. So a row that is not known to be right is known to be that.
 */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Stage } from '../../../../common/contract/orders.ts';
import { bulkInsert, isSqlite, parts } from './bulk.ts';
import type { Db } from './bulk.ts';
import type { OrderRow } from './rows.ts';

/** Tabs whose orders may still be without a carrier of their own. */
export const undecidedStages: readonly Stage[] = ['to_print', 'problem', 'held'];
/** The boxes of the order go with several carriers: whoever looks for one of them asks. */
export const several = '*';

export type Undecided = Pick<OrderRow, 'stage' | 'carrier_code' | 'waybill'>;

/** True when the order waits and the rules decide who takes it. */
export function isUndecided(row: Undecided): boolean {
  return row.carrier_code === '' && row.waybill === '' && undecidedStages.some((stage) => stage === row.stage);
}

/** Never the same twice, so that an order that left and came back is not taken for one that stayed. */
const nextTurn = (): number => Math.floor(Math.random() * 2 ** 48);

/** Rows of new orders. */
export async function expectAnswers(db: Db, rows: readonly OrderRow[]): Promise<void> {
  const turn = nextTurn();
  await bulkInsert(db, 'order_carriers', ['seq', 'stage', 'shop_id', 'ship_by', 'turn'], rows.filter(isUndecided).map(({ seq, stage, shop_id, ship_by }) => ({ seq, stage, shop_id, ship_by, turn })));
}

/** These orders or their boxes changed: they are asked about again, with all that share a box with them. */
export async function askAnew(db: Db, orderIds: readonly string[]): Promise<void> {
  for (const part of parts([...new Set(orderIds)])) {
    const shared = await db
      .selectFrom('parcel_orders as own')
      .innerJoin('parcel_orders as every', 'every.parcel_id', 'own.parcel_id')
      .select('every.order_id')
      .distinct()
      .where('own.order_id', 'in', [...part])
      .where('own.live', '=', 1)
      .where('every.live', '=', 1)
      .execute();
    for (const ids of parts([...new Set([...part, ...shared.map((row) => row.order_id)])])) await empty(db, ids);
  }
}

async function empty(db: Db, orderIds: readonly string[]): Promise<void> {
  const waits = sql`stage in (${sql.join(undecidedStages)}) and carrier_code = '' and waybill = ''`;
  const own = sql`id in (${sql.join(orderIds)})`;
  await sql`delete from order_carriers where seq in (select seq from orders where ${own} and not (${waits}))`.execute(db);
  // In one order, so that two hosts that empty the same rows wait for each other instead of forever.
  await sql`insert into order_carriers (seq, stage, shop_id, ship_by, stamp, carrier_code, turn)
    select seq, stage, shop_id, ship_by, '', '', cast(${nextTurn()} as bigint) from orders where ${own} and ${waits} order by seq
    on conflict (seq) do update set stage = excluded.stage, shop_id = excluded.shop_id, ship_by = excluded.ship_by, stamp = '', carrier_code = '', turn = excluded.turn`.execute(db);
}

/** A question that is open: the order, and the turn an answer must name. */
export interface OpenQuestion {
  readonly seq: number;
  readonly turn: number;
}

/** Orders nobody asked about under this stamp, at most `limit`. */
export async function openQuestions(db: Db, stamp: string, limit: number): Promise<OpenQuestion[]> {
  const found: OpenQuestion[] = [];
  // Two ranges of the index; `<>` would read all of it.
  for (const side of ['<', '>'] as const) {
    const rows = await db.selectFrom('order_carriers').select(['seq', 'turn']).where('stamp', side, stamp).limit(limit - found.length).execute();
    found.push(...rows.map((row) => ({ seq: Number(row.seq), turn: Number(row.turn) })));
    if (found.length >= limit) break;
  }
  return found;
}

/** Writes what the rules gave, but for orders that changed since the question was read. Tells how many were written. */
export async function writeAnswers(db: Db, stamp: string, answers: readonly (OpenQuestion & { readonly carrier: string })[]): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let written = 0;
    for (const part of parts(answers)) {
      // A server is not waited for: who keeps a row is changing its order.
      const { rows } = await sql<OpenQuestion>`select seq, turn from order_carriers where seq in (${sql.join(part.map(({ seq }) => seq))}) order by seq ${isSqlite(trx) ? sql`` : sql`for update skip locked`}`.execute(trx);
      const turns = new Map(rows.map((row) => [Number(row.seq), Number(row.turn)]));
      const standing = part.filter(({ seq, turn }) => turns.get(seq) === turn);
      for (const [carrier, own] of Map.groupBy(standing, (one) => one.carrier)) {
        await trx.updateTable('order_carriers').set({ stamp, carrier_code: carrier }).where('seq', 'in', own.map(({ seq }) => seq)).execute();
      }
      written += standing.length;
    }
    return written;
  });
}

/**
 * Orders that go with the carrier or may do so, as a table of one moment: `sure` 1 where the rules said it under this stamp, 0 where
 * they have to be asked.
 */
export function candidatesFor(carrier: string, stamp: string): RawBuilder<unknown> {
  const from = (sure: 0 | 1, condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`select seq, ship_by, stage, shop_id, ${sql.lit(sure)} as sure from order_carriers where ${condition}`;
  return sql`(${from(1, sql`stamp = ${stamp} and carrier_code = ${carrier}`)} union all ${from(0, sql`stamp = ${stamp} and carrier_code = ${several}`)} union all ${from(0, sql`stamp < ${stamp}`)} union all ${from(0, sql`stamp > ${stamp}`)})`;
}
