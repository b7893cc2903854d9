import type { Kysely } from 'kysely';

/** Printers. Jobs and attempts are in 0051. */
export async function up(db: Kysely<any>): Promise<void> {
  let printers = db.schema.createTable('printers').addColumn('id', 'text', (column) => column.primaryKey());
  for (const name of ['name', 'address', 'profile', 'created_at', 'updated_at']) printers = printers.addColumn(name, 'text', (column) => column.notNull());
  for (const name of ['calibrated_at', 'archived_at']) printers = printers.addColumn(name, 'text');
  await printers.execute();
  // Two printers in use with one name would be told apart by nobody.
  await db.schema.createIndex('printers_name').on('printers').column('name').unique().where('archived_at' as never, 'is', null).execute();
}
