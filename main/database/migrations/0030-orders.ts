import { SqliteAdapter, sql } from 'kysely';
import type { CreateTableBuilder, Kysely } from 'kysely';

type Table = CreateTableBuilder<string, string>;

/** Text columns that are never null: empty means nothing. */
function texts(table: Table, names: readonly string[]): Table {
  return names.reduce((builder, name) => builder.addColumn(name, 'text', (column) => column.notNull().defaultTo('')), table);
}

function numbers(table: Table, names: readonly string[]): Table {
  return names.reduce((builder, name) => builder.addColumn(name, 'integer', (column) => column.notNull().defaultTo(0)), table);
}

/** Orders, lines, parcels, imports, views, carrier rules, and the search index of orders. */
export async function up(db: Kysely<any>): Promise<void> {
  let orders: Table = db.schema
    .createTable('orders')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigint', (column) => column.notNull().unique());
  orders = texts(orders, [
    'shop_id', 'platform', 'number', 'status', 'status_text', 'refund', 'stage', 'buyer', 'buyer_id', 'merge_key', 'name', 'phone', 'phone2', 'province', 'city', 'district', 'town', 'detail', 'postcode', 'address',
    'receiver_state', 'recipient_key', 'ordered_at', 'paid_at', 'ship_by', 'shipped_at', 'finished_at', 'buyer_note', 'seller_note', 'flag', 'memo', 'platform_waybill', 'platform_carrier', 'carrier_code', 'carrier_reason', 'waybill',
    'held', 'alarm', 'shop_name', 'extra', 'content_hash', 'source', 'batch_id', 'lock_station', 'lock_until', 'created_at', 'updated_at',
  ]);
  orders = numbers(orders, ['pickup', 'pieces', 'printed', 'handed', 'version']);
  await orders.addColumn('goods_fen', 'bigint').addColumn('freight_fen', 'bigint').addColumn('paid_fen', 'bigint').execute();
  await db.schema.createIndex('orders_number').on('orders').columns(['number', 'shop_id']).unique().execute();
  await db.schema.createIndex('orders_stage').on('orders').columns(['stage', 'seq']).execute();
  await db.schema.createIndex('orders_shop_stage').on('orders').columns(['shop_id', 'stage', 'seq']).execute();
  await db.schema.createIndex('orders_deadline').on('orders').columns(['stage', 'ship_by', 'seq']).execute();
  // Merging looks only among parcels that have not left: the index holds those and does not grow with history.
  await db.schema.createIndex('orders_recipient').on('orders').columns(['recipient_key']).where(sql.ref('stage'), '=', sql.lit('to_print')).execute();
  await db.schema.createIndex('orders_waybill').on('orders').columns(['waybill']).where(sql.ref('waybill'), '<>', sql.lit('')).execute();
  await db.schema.createIndex('orders_alarm').on('orders').columns(['alarm', 'seq']).where(sql.ref('alarm'), '<>', sql.lit('')).execute();

  let lines: Table = db.schema.createTable('order_lines').addColumn('id', 'text', (column) => column.primaryKey());
  lines = texts(lines, ['order_id', 'sub_number', 'title', 'spec', 'item_id', 'sku_id', 'sku_code', 'item_code', 'goods_id']);
  lines = numbers(lines, ['position', 'refunded']);
  await lines.addColumn('quantity', 'integer').addColumn('price_fen', 'bigint').execute();
  await db.schema.createIndex('order_lines_order').on('order_lines').columns(['order_id', 'position']).execute();

  await texts(db.schema.createTable('order_goods').addColumn('id', 'text', (column) => column.primaryKey()), ['title', 'spec', 'sku_code', 'initials']).execute();

  await db.schema
    .createTable('order_counts')
    .addColumn('shop_id', 'text', (column) => column.notNull())
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('count', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('order_counts_key', ['shop_id', 'stage'])
    .execute();

  let parcels: Table = db.schema.createTable('parcels').addColumn('id', 'text', (column) => column.primaryKey());
  parcels = texts(parcels, [
    'shop_id', 'state', 'name', 'phone', 'province', 'city', 'district', 'town', 'detail', 'postcode', 'recipient_key', 'carrier_code', 'carrier_reason', 'waybill', 'group_id', 'held', 'memo', 'flag', 'origin', 'snapshot',
    'lock_station', 'lock_until', 'created_at', 'updated_at',
  ]);
  parcels = numbers(parcels, ['position', 'total', 'version']);
  await parcels.addColumn('weight_grams', 'integer').execute();
  await db.schema.createIndex('parcels_waybill').on('parcels').columns(['waybill']).where(sql.ref('waybill'), '<>', sql.lit('')).execute();
  await db.schema.createIndex('parcels_group').on('parcels').columns(['group_id']).where(sql.ref('group_id'), '<>', sql.lit('')).execute();
  await db.schema.createIndex('parcels_state').on('parcels').columns(['state', 'id']).execute();

  await db.schema
    .createTable('parcel_orders')
    .addColumn('parcel_id', 'text', (column) => column.notNull())
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('live', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('slot', 'integer', (column) => column.notNull().defaultTo(1))
    .addPrimaryKeyConstraint('parcel_orders_key', ['parcel_id', 'order_id'])
    .execute();
  // Two stations preparing one order at the same time must never make two parcels of it: the second one fails here.
  await db.schema.createIndex('parcel_orders_once').on('parcel_orders').columns(['order_id', 'slot']).unique().where('live' as never, '=', 1).execute();
  await db.schema.createIndex('parcel_orders_order').on('parcel_orders').columns(['order_id', 'live']).execute();
  await db.schema
    .createTable('parcel_lines')
    .addColumn('parcel_id', 'text', (column) => column.notNull())
    .addColumn('line_id', 'text', (column) => column.notNull())
    .addColumn('order_id', 'text', (column) => column.notNull())
    .addColumn('quantity', 'integer')
    .addPrimaryKeyConstraint('parcel_lines_key', ['parcel_id', 'line_id'])
    .execute();
  await db.schema.createIndex('parcel_lines_line').on('parcel_lines').columns(['line_id']).execute();

  let batches: Table = db.schema.createTable('import_batches').addColumn('id', 'text', (column) => column.primaryKey());
  batches = texts(batches, ['shop_id', 'at', 'operator', 'station_id', 'source', 'files', 'report']);
  await numbers(batches, ['orders', 'added', 'changed', 'known', 'rejected']).execute();
  await db.schema.createIndex('import_batches_at').on('import_batches').columns(['at']).execute();
  await numbers(texts(db.schema.createTable('import_rows') as Table, ['batch_id', 'file', 'column_name', 'code', 'reason', 'cells', 'header']), ['row', 'line']).execute();
  await db.schema.createIndex('import_rows_batch').on('import_rows').columns(['batch_id']).execute();

  await texts(db.schema.createTable('column_presets').addColumn('id', 'text', (column) => column.primaryKey()), ['name', 'platform', 'kind', 'columns', 'header', 'created_at']).execute();
  await db.schema.createIndex('column_presets_name').on('column_presets').columns(['name']).unique().execute();
  await numbers(texts(db.schema.createTable('order_views').addColumn('id', 'text', (column) => column.primaryKey()), ['name', 'query', 'columns', 'created_at']), ['position']).execute();
  await numbers(texts(db.schema.createTable('carrier_rules').addColumn('id', 'text', (column) => column.primaryKey()), ['name', 'carrier_code', 'conditions', 'created_at']), ['position', 'enabled']).execute();
  await db.schema
    .createTable('carrier_reach')
    .addColumn('carrier_code', 'text', (column) => column.notNull())
    .addColumn('province', 'text', (column) => column.notNull())
    .addColumn('city', 'text', (column) => column.notNull().defaultTo(''))
    .addColumn('district', 'text', (column) => column.notNull().defaultTo(''))
    .addPrimaryKeyConstraint('carrier_reach_key', ['carrier_code', 'province', 'city', 'district'])
    .execute();

  await createSearch(db);
}

/** The search index: the one place where the two databases have nothing in common. */
async function createSearch(db: Kysely<any>): Promise<void> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) {
    // Terms come ready made, one word each; contentless, because the orders themselves are the content.
    await sql`create virtual table order_search using fts5(terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`.execute(db);
    return;
  }
  await sql`create table order_search (seq bigint primary key, terms tsvector not null)`.execute(db);
  await sql`create index order_search_terms on order_search using gin (terms) with (fastupdate = off)`.execute(db);
}
