import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { appendOnly, forbid } from '../triggers.ts';

/** Print jobs and the journal of attempts: one row per label sent once. */
export async function up(db: Kysely<any>): Promise<void> {
  let jobs = db.schema.createTable('print_jobs').addColumn('id', 'text', (column) => column.primaryKey());
  for (const name of ['name', 'printer_id', 'template_version_id', 'state', 'reason', 'operator', 'station_id', 'created_at']) {
    jobs = jobs.addColumn(name, 'text', (column) => column.notNull());
  }
  await jobs
    .addColumn('total', 'integer', (column) => column.notNull())
    .addColumn('ended_at', 'text')
    .addCheckConstraint('print_jobs_state', sql`state in ('open', 'done', 'stopped', 'cancelled')`)
    .execute();
  await db.schema.createIndex('print_jobs_created').on('print_jobs').column('created_at').execute();

  let attempts = db.schema.createTable('print_attempts').addColumn('id', 'text', (column) => column.primaryKey());
  for (const name of ['job_id', 'parcel_id', 'number', 'printer_id', 'template_version_id', 'reason', 'state', 'evidence', 'detail', 'operator', 'station_id', 'created_at', 'updated_at']) {
    attempts = attempts.addColumn(name, 'text', (column) => column.notNull());
  }
  for (const name of ['reprint_of', 'approved_by', 'sha256', 'sending_at', 'sent_at', 'settled_at', 'settled_by']) attempts = attempts.addColumn(name, 'text');
  await attempts
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('attempt_no', 'integer', (column) => column.notNull())
    .addColumn('mark', 'integer', (column) => column.notNull())
    .addColumn('byte_count', 'integer')
    .addColumn('odometer_before', 'bigint')
    .addCheckConstraint(
      'print_attempts_state',
      sql`state in ('ready', 'intent', 'sending', 'sent', 'acked', 'confirmed', 'uncertain', 'not_sent', 'not_printed', 'cancelled', 'void')`,
    )
    .execute();
  await db.schema.createIndex('print_attempts_job').on('print_attempts').columns(['job_id', 'position']).execute();
  await db.schema.createIndex('print_attempts_number').on('print_attempts').columns(['number', 'attempt_no']).unique().execute();
  await db.schema.createIndex('print_attempts_parcel').on('print_attempts').column('parcel_id').execute();
  // Two labels of one number are never under way together, whatever the code believes.
  await db.schema
    .createIndex('print_attempts_open')
    .on('print_attempts')
    .column('number')
    .unique()
    .where('state' as never, 'in', sql`('ready', 'intent', 'sending', 'uncertain')`)
    .execute();
  await forbid(db, { table: 'print_attempts', name: 'print_attempts_kept', on: 'update', when: 'new.number <> old.number or new.parcel_id <> old.parcel_id or new.attempt_no <> old.attempt_no', message: 'an attempt keeps its number' });
  await forbid(db, {
    table: 'print_attempts',
    name: 'print_attempts_never_again',
    on: 'update',
    when: "new.state in ('ready', 'intent', 'sending', 'not_sent') and old.state in ('sent', 'acked', 'confirmed', 'uncertain', 'not_printed', 'void')",
    message: 'a label that may have been printed is never sent again',
  });
  await forbid(db, { table: 'print_attempts', name: 'print_attempts_no_delete', on: 'delete', message: 'an attempt is never deleted' });

  let steps = db.schema.createTable('print_attempt_steps').addColumn('attempt_id', 'text', (column) => column.notNull());
  for (const name of ['from_state', 'to_state', 'at', 'who', 'station_id', 'detail']) steps = steps.addColumn(name, 'text', (column) => column.notNull());
  await steps
    .addColumn('step', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('print_attempt_steps_pk', ['attempt_id', 'step'])
    .execute();
  await appendOnly(db, 'print_attempt_steps');

  let rights = db.schema.createTable('print_rights').addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`));
  for (const name of ['reprint', 'pin_salt', 'pin_hash']) rights = rights.addColumn(name, 'text', (column) => column.notNull());
  await rights
    .addColumn('wrong', 'integer', (column) => column.notNull())
    .addColumn('locked_until', 'text')
    .addCheckConstraint('print_rights_reprint', sql`reprint in ('allowed', 'reason', 'pin')`)
    .execute();
}
