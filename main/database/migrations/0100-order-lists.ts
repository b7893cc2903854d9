/** Amounts and orders without a deadline get an index each: the term index knows amounts only in steps, deadlines not at all. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('orders_amount').on('orders').columns(['paid_fen', 'seq']).execute();
  await db.schema.createIndex('orders_undated').on('orders').columns(['seq']).where(sql.ref('ship_by'), '=', sql.lit('')).execute();
}
