/**
 * Pages of the orders of a carrier: those it is written on come from the term index, those the rules give it from what they were last
 * asked. Both lists run the same way, so a page is the beginning of the two together.
 */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { OrderQuery } from '../../../../common/contract/orders.ts';
import { endOfDay } from '../../../../common/domain/orders/deadline.ts';
import type { Match } from '../../../../common/domain/orders/search-terms.ts';
import type { Db } from './bulk.ts';
import { candidatesFor, undecidedStages } from './carrier-answers.ts';
import type { Cursor } from './cursor.ts';
import { seqBounds } from './cursor.ts';
import { isImpossible, seqsMatching } from './search-index.ts';

/** An order the rules may give the carrier; not `sure`, and they have to be asked. */
export interface Candidate {
  readonly seq: number;
  readonly shipBy: string;
  readonly sure: boolean;
}

/** True when orders of this tab may go with a carrier that is not written on them. */
export function mayBeUndecided({ stage }: Pick<OrderQuery, 'stage'>): boolean {
  return stage === undefined || undecidedStages.includes(stage);
}

/** The first `limit` candidates behind the cursor. `match` is the filter without carrier, tab and shops. */
export async function findCandidates(db: Db, query: OrderQuery & { readonly carrier: string }, stamp: string, match: Match, cursor: Cursor | undefined, byDeadline: boolean, now: string, limit: number): Promise<Candidate[]> {
  if (isImpossible(match)) return [];
  const { stage, shopIds = [], minFen, maxFen, flag, deadline } = query;
  const conditions: RawBuilder<unknown>[] = [sql`seq > 0`];
  const add = (condition: RawBuilder<unknown>): void => void conditions.push(condition);
  if (stage !== undefined) add(sql`stage = ${stage}`);
  if (shopIds.length > 0) add(sql`shop_id in (${sql.join(shopIds)})`);
  const { from, before } = seqBounds(query);
  if (from !== undefined) add(sql`seq >= cast(${from} as bigint)`);
  if (before !== undefined) add(sql`seq < cast(${before} as bigint)`);
  if (deadline === 'none') add(sql`ship_by = ''`);
  if (deadline === 'late') add(sql`ship_by <> '' and ship_by < ${now}`);
  if (deadline === 'today') add(sql`ship_by >= ${now} and ship_by < ${endOfDay(now)}`);
  if (match.all.length > 0 || match.any.length > 0) add(sql`seq in ${seqsMatching(db, match, 'to_print')}`);
  const exact: RawBuilder<unknown>[] = [];
  if (minFen !== undefined) exact.push(sql`paid_fen >= ${minFen}`);
  if (maxFen !== undefined) exact.push(sql`paid_fen <= ${maxFen}`);
  if (flag === 'none') exact.push(sql`flag in ('none', '')`);
  if (exact.length > 0) add(sql`exists (select 1 from orders where orders.seq = found.seq and ${sql.join(exact, sql` and `)})`);
  if (cursor) add(behind(cursor, byDeadline, query.sort === 'oldest'));
  // `+ 0` keeps SQLite from walking through the whole table along its key instead of looking up the carrier.
  // Nobody promised anything for those without a deadline: they come last.
  const order = byDeadline ? sql`case when ship_by = '' then 1 else 0 end, ship_by, seq` : sql`seq + 0 ${sql.raw(query.sort === 'oldest' ? 'asc' : 'desc')}`;
  const { rows } = await sql<{ seq: number; ship_by: string; sure: number }>`select seq, ship_by, sure from ${candidatesFor(query.carrier, stamp)} as found where ${sql.join(conditions, sql` and `)} order by ${order} limit ${limit}`.execute(db);
  return rows.map((row) => ({ seq: Number(row.seq), shipBy: row.ship_by, sure: Number(row.sure) === 1 }));
}

function behind({ seq, shipBy }: Cursor, byDeadline: boolean, oldest: boolean): RawBuilder<unknown> {
  const place = sql`cast(${seq} as bigint)`;
  if (!byDeadline) return oldest ? sql`seq > ${place}` : sql`seq < ${place}`;
  if (shipBy === undefined || shipBy === '') return sql`(ship_by = '' and seq > ${place})`;
  return sql`(ship_by = '' or ship_by > ${shipBy} or (ship_by = ${shipBy} and seq > ${place}))`;
}

interface Placed {
  readonly seq: number;
  readonly shipBy: string;
}

/** Sorts as the pages of a list run. */
export function inListOrder(byDeadline: boolean, oldest: boolean): (left: Placed, right: Placed) => number {
  if (!byDeadline) return (left, right) => (oldest ? left.seq - right.seq : right.seq - left.seq);
  const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return (left, right) => Number(left.shipBy === '') - Number(right.shipBy === '') || text(left.shipBy, right.shipBy) || left.seq - right.seq;
}
