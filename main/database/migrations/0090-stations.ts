import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { forbid } from '../triggers.ts';

/** Packing stations: how far each parcel is, every scan, each desk, every hand-over. */
export async function up(db: Kysely<any>): Promise<void> {
  let packings = db.schema.createTable('packings').addColumn('number', 'text', (column) => column.primaryKey());
  for (const name of ['parcel_id', 'carrier_code', 'state', 'counted', 'how', 'reason', 'operator', 'station_id', 'at']) packings = packings.addColumn(name, 'text', (column) => column.notNull());
  await packings
    .addColumn('label_at', 'text')
    .addColumn('packed_at', 'text')
    .addColumn('handover_id', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addCheckConstraint('packings_state', sql`state in ('open', 'counting', 'aside', 'packed')`)
    .execute();
  await db.schema.createIndex('packings_packed').on('packings').columns(['packed_at', 'station_id']).execute();
  await db.schema.createIndex('packings_waiting').on('packings').columns(['carrier_code', 'packed_at']).where(sql.ref('handover_id'), 'is', null).execute();
  await db.schema.createIndex('packings_handover').on('packings').column('handover_id').execute();
  await forbid(db, { table: 'packings', name: 'packings_no_delete', on: 'delete', message: 'what was packed is never deleted' });

  let scans = db.schema.createTable('station_scans').addColumn('id', 'text', (column) => column.primaryKey());
  for (const name of ['at', 'station_id', 'operator', 'code', 'kind', 'number', 'before']) scans = scans.addColumn(name, 'text', (column) => column.notNull());
  await scans
    .addColumn('captured_ms', 'bigint', (column) => column.notNull())
    .addColumn('undone_at', 'text')
    .execute();
  await db.schema.createIndex('station_scans_station').on('station_scans').columns(['station_id', 'at']).execute();
  await db.schema.createIndex('station_scans_number').on('station_scans').columns(['number', 'at']).execute();
  await forbid(db, { table: 'station_scans', name: 'station_scans_no_delete', on: 'delete', message: 'a scan is never deleted' });

  await db.schema
    .createTable('station_desks')
    .addColumn('station_id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('basket', 'text', (column) => column.notNull())
    .execute();

  let handovers = db.schema.createTable('handovers').addColumn('id', 'text', (column) => column.primaryKey());
  for (const name of ['at', 'carrier_code', 'operator', 'station_id']) handovers = handovers.addColumn(name, 'text', (column) => column.notNull());
  await handovers.addColumn('parcels', 'integer', (column) => column.notNull()).execute();
  await db.schema.createIndex('handovers_at').on('handovers').column('at').execute();
}
