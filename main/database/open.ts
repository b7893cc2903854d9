/** Opens the one database file of this PC so that a committed number is on the disk, or refuses to open it. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { Kysely } from 'kysely';
import { fail, failure } from '../../common/errors.ts';
import { sqliteDialect } from './dialects.ts';
import { assertLocalDisk, assertNodeVersion, isAtLeast, leastSqliteVersion } from './guard.ts';
import { migrate } from './migrator.ts';
import type { Database } from './tables.ts';

export interface OpenDatabase {
  readonly db: Kysely<Database>;
  /** The connection itself, for what only SQLite has: backup, integrity check, checkpoint. Absent on PostgreSQL. */
  readonly sqlite?: BetterSqlite3.Database;
  readonly dialect: 'sqlite' | 'postgres';
  /** Path of the file, or a description of the server without its password. */
  readonly place: string;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the database file, brings its schema up to date and proves the settings that durability rests on.
 * Errors: DATABASE_UNSAFE (settings, place, version), DATABASE_NEWER (made by a newer Packbench), DATABASE_IO.
 */
export async function openSqlite(file: string, options: { now: () => string }): Promise<OpenDatabase> {
  assertNodeVersion(file);
  assertLocalDisk(file);
  mkdirSync(dirname(file), { recursive: true });
  assertSqliteFile(file);
  const isNew = !existsSync(file);
  if (isNew) await firstRun(file);
  const sqlite = await connect(file);
  const db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) });
  try {
    await migrate(db, {
      file,
      before: isNew
        ? async () => {}
        : async () => {
            const copy = join(dirname(file), `before-update-${options.now().replaceAll(/[:.]/g, '-')}.db`);
            sqlite.prepare('vacuum into ?').run(copy);
          },
    });
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
  return {
    db,
    sqlite,
    dialect: 'sqlite',
    place: file,
    close: async () => {
      if (sqlite.open) {
        sqlite.pragma('optimize');
        sqlite.pragma('wal_checkpoint(TRUNCATE)');
      }
      await db.destroy();
    },
  };
}

/** Connects with the settings of the promise and reads them back; any difference refuses the file. */
export async function connect(file: string): Promise<BetterSqlite3.Database> {
  assertNodeVersion(file);
  const { default: Sqlite } = await import('better-sqlite3');
  let sqlite: BetterSqlite3.Database;
  try {
    sqlite = new Sqlite(file);
    sqlite.pragma('busy_timeout = 5000');
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = FULL');
    // 32 MB, which an import of 10,000 orders stays below: copying its pages into the file would make whoever waits for it wait for that too.
    sqlite.pragma('wal_autocheckpoint = 8000');
    sqlite.pragma('foreign_keys = ON');
    sqlite.pragma('mmap_size = 0');
    sqlite.pragma('trusted_schema = OFF');
    sqlite.pragma('secure_delete = ON');
    sqlite.pragma('cache_size = -65536');
    sqlite.pragma('temp_store = MEMORY');
  } catch (thrown) {
    throw failure('DATABASE_IO', { reason: thrown instanceof Error ? thrown.message : String(thrown) }, { cause: thrown });
  }
  const problem = unsafeSetting(sqlite);
  if (problem !== undefined) {
    sqlite.close();
    fail('DATABASE_UNSAFE', { file, reason: problem });
  }
  return sqlite;
}

/** What is wrong with the settings of an open connection, read back from it, or undefined. */
export function unsafeSetting(sqlite: BetterSqlite3.Database): string | undefined {
  const expected: readonly (readonly [string, unknown])[] = [
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
  ];
  for (const [pragma, value] of expected) {
    const actual: unknown = sqlite.pragma(pragma, { simple: true });
    if (actual !== value) return `${pragma} is ${String(actual)}, not ${String(value)}`;
  }
  const version = sqlite.prepare('select sqlite_version()').pluck().get() as string;
  return isAtLeast(version, leastSqliteVersion) ? undefined : `SQLite ${version} < ${leastSqliteVersion}`;
}

/**
 * A new file goes to WAL through a rollback journal; until that journal's removal is durable a power cut can roll the header
 * back. So the file is made, closed, its folder synced, opened again and checked before anything else happens.
 */
async function firstRun(file: string): Promise<void> {
  const first = await connect(file);
  first.exec('create table if not exists first_run (at text not null)');
  first.prepare('insert into first_run values (?)').run('made');
  first.close();
  syncFolder(dirname(file));
  const second = await connect(file);
  const rows = second.prepare('select count(*) from first_run').pluck().get();
  second.close();
  if (rows !== 1) fail('DATABASE_IO', { reason: 'the first row written to the new file was not found again' });
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // a folder cannot be opened for syncing there; NTFS journals the directory
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function assertSqliteFile(file: string): void {
  if (!existsSync(file)) return;
  const magic = 'SQLite format 3\0';
  const head = Buffer.alloc(magic.length);
  const handle = openSync(file, 'r');
  try {
    const read = readSync(handle, head, 0, magic.length, 0);
    if (read > 0 && head.subarray(0, read).toString('latin1') !== magic) fail('DATABASE_UNSAFE', { file, reason: 'not a SQLite file' });
  } finally {
    closeSync(handle);
  }
}

/** PostgreSQL for a business that outgrew one PC. Refuses a server that does not sync its commits. */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  const [{ default: pg }, { PostgresDialect, sql }] = await Promise.all([import('pg'), import('kysely')]);
  // Counts and sums are bigint in PostgreSQL; ours stay far below 2^53.
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // A server that goes away ends its connections by an event; without a listener that event would end this program too. The call that
  // is under way is rejected all the same, and the next one gets a new connection.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const place = url.replace(/:[^:@/]*@/, ':***@');
  try {
    for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      const { rows } = await sql<{ value: string }>`select current_setting(${setting}) as value`.execute(db);
      if (rows[0]?.value !== 'on') fail('DATABASE_UNSAFE', { file: place, reason: `${setting} is ${rows[0]?.value ?? 'unknown'}, not on` });
    }
    await migrate(db, { file: place, before: async () => {} });
  } catch (thrown) {
    await db.destroy();
    throw thrown;
  }
  return { db, dialect: 'postgres', place, close: () => db.destroy() };
}
