/**
 * Conditions the term index knows only roughly (amounts) or not at all (no deadline). Where an index of their own leaves few orders, those
 * are looked at one by one; otherwise so many fit that a walk along the list soon has a page.
 */
import { sql } from 'kysely';
import type { Expression, SqlBool } from 'kysely';
import type { OrderFilter } from '../../../../common/contract/orders.ts';
import type { Db } from './bulk.ts';

const mostLookedAt = 2_000;

/** Places of all orders that can fit when they are few, in no order; undefined when they are many or no such condition is asked. */
export async function fewSeqs(db: Db, { deadline, minFen, maxFen }: OrderFilter): Promise<number[] | undefined> {
  // Written out, not bound, so that the partial index is used.
  const undated = deadline === 'none' ? await fewWhere(db, sql<SqlBool>`ship_by = ''`) : undefined;
  if (undated || (minFen === undefined && maxFen === undefined)) return undated;
  return fewWhere(db, sql<SqlBool>`paid_fen >= ${minFen ?? 0} and paid_fen <= ${maxFen ?? Number.MAX_SAFE_INTEGER}`);
}

async function fewWhere(db: Db, condition: Expression<SqlBool>): Promise<number[] | undefined> {
  const fitting = db.selectFrom('orders').select('seq').where(condition);
  // One row answers whether they are too many; reading them all would be for nothing then.
  if (await fitting.offset(mostLookedAt).limit(1).executeTakeFirst()) return undefined;
  return (await fitting.execute()).map((row) => Number(row.seq));
}
