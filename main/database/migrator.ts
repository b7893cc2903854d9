import { SqliteAdapter, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { fail, failure } from '../../common/errors.ts';
import { migrations } from './migrations/index.ts';

/**
 * Brings the schema up to date in one transaction: all pending migrations or none.
 * `before` runs once when there is something to do: the copy of the file.
 * Errors: DATABASE_NEWER when the file holds a migration this program does not know; DATABASE_IO when a migration fails.
 */
export async function migrate<T>(
  db: Kysely<T>,
  options: { file: string; before: () => Promise<void>; migrations?: Readonly<Record<string, Migration>> },
): Promise<void> {
  const known: Readonly<Record<string, Migration>> = options.migrations ?? migrations;
  const done = await applied(db);
  const stranger = done.find((name) => !(name in known));
  if (stranger !== undefined) fail('DATABASE_NEWER', { file: options.file, migration: stranger });
  const pending = Object.keys(known).filter((name) => !done.includes(name));
  if (pending.length === 0) return;
  await options.before();
  const schema = await currentSchema(db);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...known }) }, ...(schema !== undefined && { migrationTableSchema: schema }) });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw failure('DATABASE_IO', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}

/** Names of the migrations the database has seen, oldest first. */
async function applied<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  const schema = await currentSchema(db);
  if (!tables.some((table) => table.name === 'kysely_migration' && (schema === undefined || table.schema === schema))) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map((row) => row.name);
}

/** The schema our tables are in: a PostgreSQL server shows those of every schema, and another business's are not ours. Absent on SQLite. */
async function currentSchema<T>(db: Kysely<T>): Promise<string | undefined> {
  if (db.getExecutor().adapter instanceof SqliteAdapter) return undefined;
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  return rows[0]?.schema;
}
