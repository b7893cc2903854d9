/** For repository suites: the same tests over every database the product runs on. Imported by tests only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { describe } from 'vitest';
import { migrate } from './migrator.ts';
import { openPostgres, openSqlite } from './open.ts';
import type { OpenDatabase } from './open.ts';
import type { Database } from './tables.ts';

export const testDialects = ['sqlite', 'pglite', 'postgres'] as const;
export type TestDialect = (typeof testDialects)[number];

/** Starting PGlite takes seconds, so a closed database gives its instance to the next one of the same test file. */
const idlePglites: PGlite[] = [];

async function startPglite(): Promise<PGlite> {
  const { PGlite } = await import('@electric-sql/pglite');
  return PGlite.create({ parsers: { 20: (value: string) => Number(value) } });
}

/** A migrated, empty database; call `close` when done. */
export async function openTestDatabase(dialect: TestDialect): Promise<OpenDatabase> {
  if (dialect === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-db-'));
    const opened = await openSqlite(join(folder, 'packbench.db'), { now: () => '2026-01-01T00:00:00.000Z' });
    return {
      ...opened,
      close: async () => {
        await opened.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  if (dialect === 'pglite') {
    const instance = idlePglites.pop() ?? (await startPglite());
    const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite: instance }) });
    await instance.exec('create schema test; set search_path = test');
    await migrate(db, { file: 'pglite', before: async () => {} });
    return {
      db,
      dialect: 'postgres',
      place: 'pglite',
      close: async () => {
        await instance.exec('drop schema test cascade');
        idlePglites.push(instance);
      },
    };
  }
  const url = postgresUrl();
  if (url === undefined) throw new Error('PACKBENCH_TEST_PG_URL is not set');
  // One schema per opened database keeps suites that run at the same time apart.
  const schema = `t${Math.random().toString(36).slice(2)}`;
  const separator = url.includes('?') ? '&' : '?';
  const opened = await asAdmin(url, 'pg_advisory_lock_shared', async (admin) => {
    await admin.query(`create schema ${schema}`);
    return openPostgres(`${url}${separator}options=${encodeURIComponent(`-c search_path=${schema}`)}`);
  });
  return {
    ...opened,
    close: async () => {
      // First the pool, which waits for what is still under way: dropping tables under a running query ends in a deadlock now and then.
      await opened.close();
      await asAdmin(url, 'pg_advisory_lock', (admin) => admin.query(`drop schema if exists ${schema} cascade`));
    },
  };
}

/** Migrating looks through the tables of every schema, so none may be dropped meanwhile: many may migrate at once, one drops alone. */
async function asAdmin<T>(url: string, lock: 'pg_advisory_lock' | 'pg_advisory_lock_shared', work: (admin: { query(text: string): Promise<unknown> }) => Promise<T>): Promise<T> {
  const { default: pg } = await import('pg');
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await admin.query(`select ${lock}(2026)`);
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Address of a real PostgreSQL, given by the test command; without it the suites run on SQLite and PGlite. */
export function postgresUrl(): string | undefined {
  return process.env['PACKBENCH_TEST_PG_URL'] || undefined;
}

/** Runs a suite once per database: `forEachDialect('shops', (open) => { it(…) })`. */
export function forEachDialect(name: string, suite: (open: () => Promise<OpenDatabase>, dialect: TestDialect) => void): void {
  for (const dialect of testDialects) {
    if (dialect === 'postgres' && postgresUrl() === undefined) continue;
    describe(`${name} on ${dialect}`, () => suite(() => openTestDatabase(dialect), dialect));
  }
}
