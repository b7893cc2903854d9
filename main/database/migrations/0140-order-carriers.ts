/**
 * Which carrier the rules give each order that waits without one, so that the filter by carrier looks it up instead of asking the rules
 * about every order. All start unasked.
 */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('order_carriers')
    .addColumn('seq', 'bigint', (column) => column.primaryKey())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('shop_id', 'text', (column) => column.notNull())
    .addColumn('ship_by', 'text', (column) => column.notNull())
    .addColumn('stamp', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('carrier_code', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('turn', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  // Holds all a page is chosen by, so that the table itself is not read.
  await db.schema.createIndex('order_carriers_answer').on('order_carriers').columns(['stamp', 'carrier_code', 'seq', 'ship_by', 'stage', 'shop_id']).execute();
  await sql`insert into order_carriers (seq, stage, shop_id, ship_by) select seq, stage, shop_id, ship_by from orders where stage in ('to_print', 'problem', 'held') and carrier_code = '' and waybill = ''`.execute(db);
}
