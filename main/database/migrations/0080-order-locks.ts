/** Who keeps an order for editing, beside the page; and the platform's merge keys of orders whose receiver is hidden. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('orders').addColumn('lock_by', 'text', (column) => column.notNull().defaultTo('')).execute();
  // Partial, because few files have the key: merge proposals look through these orders only.
  await db.schema.createIndex('orders_merge_key').on('orders').columns(['merge_key', 'shop_id']).where(sql.ref('merge_key'), '<>', sql.lit('')).execute();
}
