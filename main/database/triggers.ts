/** Rules the database itself keeps, in both dialects. */
import { PostgresAdapter, sql } from 'kysely';
import type { Kysely } from 'kysely';

/** True when the connection speaks PostgreSQL (a server or PGlite). */
export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Makes an operation on a table fail with `message`: always, or only for rows where `when` holds (`old`/`new` as in SQL, the same
 * text for both dialects). Names come from the migration, never from outside.
 */
export async function forbid<T>(
  db: Kysely<T>,
  rule: { table: string; name: string; on: 'update' | 'delete' | 'insert'; when?: string; message: string },
): Promise<void> {
  const when = rule.when === undefined ? '' : `when (${rule.when})`;
  if (isPostgres(db)) {
    await sql
      .raw("create or replace function packbench_refuse() returns trigger language plpgsql as $$ begin raise exception '%', tg_argv[0]; end $$")
      .execute(db);
    await sql
      .raw(`create trigger ${rule.name} before ${rule.on} on ${rule.table} for each row ${when} execute function packbench_refuse('${rule.message}')`)
      .execute(db);
    return;
  }
  await sql.raw(`create trigger ${rule.name} before ${rule.on} on ${rule.table} for each row ${when} begin select raise(abort, '${rule.message}'); end`).execute(db);
}

/** No row of the table is ever changed or deleted. */
export async function appendOnly<T>(db: Kysely<T>, table: string): Promise<void> {
  await forbid(db, { table, name: `${table}_no_update`, on: 'update', message: `${table} is append-only` });
  await forbid(db, { table, name: `${table}_no_delete`, on: 'delete', message: `${table} is append-only` });
  if (isPostgres(db)) {
    await sql.raw(`create trigger ${table}_no_truncate before truncate on ${table} for each statement execute function packbench_refuse('${table} is append-only')`).execute(db);
  }
}
