import type { CreateTableBuilder, Kysely } from 'kysely';
import { sql } from 'kysely';

type Table = CreateTableBuilder<string, string>;

function texts(table: Table, names: readonly string[]): Table {
  return names.reduce((builder, name) => builder.addColumn(name, 'text', (column) => column.notNull().defaultTo('')), table);
}

function table(db: Kysely<any>, name: string): Table {
  return db.schema.createTable(name).addColumn('id', 'text', (column) => column.primaryKey());
}

/** Cost scenarios, freight tables, cloud warehouses and their parcels, bills. */
export async function up(db: Kysely<any>): Promise<void> {
  await texts(table(db, 'cost_scenarios'), ['name', 'document', 'created_at', 'updated_at']).execute();
  await db.schema.createIndex('cost_scenarios_name').on('cost_scenarios').columns(['name']).unique().execute();
  await texts(table(db, 'freight_tables'), ['name', 'carrier', 'document', 'updated_at']).execute();
  await texts(table(db, 'warehouses'), ['name', 'scenario_id', 'quote_id', 'columns', 'result_columns', 'stock_codes']).addColumn('archived_at', 'text').execute();
  await texts(table(db, 'routing_rules'), ['name', 'warehouse_id', 'conditions'])
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull().defaultTo(1))
    .execute();

  await texts(table(db, 'cloud_shipments'), ['parcel_id', 'warehouse_id', 'order_ids', 'reference', 'state', 'reason', 'province', 'city', 'waybill', 'carrier', 'created_at', 'exported_at', 'acknowledged_at'])
    .addColumn('grams', 'integer')
    .addColumn('items', 'integer', (column) => column.notNull().defaultTo(1))
    .addColumn('expected_fen', 'bigint')
    .addColumn('own_fen', 'bigint')
    .addColumn('charged_grams', 'integer')
    .addColumn('charged_fen', 'bigint')
    .execute();
  // a parcel is with one warehouse at a time; released ones are history
  await db.schema.createIndex('cloud_shipments_parcel').on('cloud_shipments').columns(['parcel_id']).unique().where(sql.ref('state'), '<>', sql.lit('released')).execute();
  await db.schema.createIndex('cloud_shipments_state').on('cloud_shipments').columns(['warehouse_id', 'state', 'created_at']).execute();

  await texts(table(db, 'freight_bills'), ['name', 'kind', 'carrier', 'table_id', 'period_from', 'period_to', 'file', 'counts', 'missing', 'problems', 'created_at'])
    .addColumn('lines', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('charged_fen', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('expected_fen', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('claim_fen', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('freight_bill_lines')
    .addColumn('bill_id', 'text', (column) => column.notNull())
    .addColumn('row', 'integer', (column) => column.notNull())
    .addColumn('waybill', 'text', (column) => column.notNull())
    .addColumn('date', 'text', (column) => column.notNull())
    .addColumn('province', 'text', (column) => column.notNull())
    .addColumn('grams', 'integer')
    .addColumn('charged_fen', 'bigint', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('parcel_id', 'text')
    .addColumn('own_grams', 'integer')
    .addColumn('own_province', 'text', (column) => column.notNull())
    .addColumn('expected_fen', 'bigint')
    .addColumn('claim_fen', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('freight_bill_lines_key', ['bill_id', 'row'])
    .execute();
}
