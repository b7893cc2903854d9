import type { Kysely } from 'kysely';

/** Carrier products 快递产品: what an account's contract gives, what a rule asks for, and what a number was drawn for. */
export async function up(db: Kysely<any>): Promise<void> {
  // A JSON list; the first is the one taken when nobody asks for another.
  await db.schema.alterTable('waybill_accounts').addColumn('products', 'text', (column) => column.notNull().defaultTo('[]')).execute();
  await db.schema.alterTable('waybill_numbers').addColumn('product', 'text', (column) => column.notNull().defaultTo('')).execute();
  await db.schema.alterTable('carrier_rules').addColumn('product', 'text', (column) => column.notNull().defaultTo('')).execute();
}
