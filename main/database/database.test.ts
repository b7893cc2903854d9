import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../common/errors.ts';
import { sqliteDialect } from './dialects.ts';
import { assertLocalDisk, assertNodeVersion, isAtLeast } from './guard.ts';
import { migrations } from './migrations/index.ts';
import { migrate } from './migrator.ts';
import { connect, openSqlite, unsafeSetting } from './open.ts';
import { forEachDialect } from './testing.ts';

const now = () => '2026-01-01T00:00:00.000Z';
const folder = () => mkdtempSync(join(tmpdir(), 'packbench-open-'));

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (thrown) {
    return isFailure(thrown) ? thrown.error.code : `other: ${String(thrown)}`;
  }
  return 'ok';
}

describe('opening the file', () => {
  it('reads back what durability rests on', async () => {
    const sqlite = await connect(join(folder(), 'a.db'));
    expect(sqlite.pragma('synchronous', { simple: true })).toBe(2);
    expect(unsafeSetting(sqlite)).toBeUndefined();
    sqlite.pragma('synchronous = NORMAL');
    expect(unsafeSetting(sqlite)).toContain('synchronous');
    sqlite.close();
  });

  it('refuses network paths, synchronised folders, old Node and files of another kind', async () => {
    expect(await codeOf(() => assertLocalDisk('\\\\server\\share\\packbench.db'))).toBe('DATABASE_UNSAFE');
    expect(await codeOf(() => assertLocalDisk('/home/a/OneDrive - Shop/packbench.db'))).toBe('DATABASE_UNSAFE');
    expect(await codeOf(() => assertLocalDisk('/tmp/百度网盘/packbench.db'))).toBe('DATABASE_UNSAFE');
    expect(await codeOf(() => assertLocalDisk(join(folder(), 'packbench.db')))).toBe('ok');
    expect(await codeOf(() => assertNodeVersion('x', '20.20.2'))).toBe('DATABASE_UNSAFE');
    const file = join(folder(), 'packbench.db');
    writeFileSync(file, 'these are not the bytes of a database');
    expect(await codeOf(() => openSqlite(file, { now }))).toBe('DATABASE_UNSAFE');
  });

  it('compares versions as numbers', () => {
    expect(isAtLeast('3.54.1', '3.51.3')).toBe(true);
    expect(isAtLeast('3.9.9', '3.51.3')).toBe(false);
    expect(isAtLeast('3.51.3', '3.51.3')).toBe(true);
  });

  it('refuses a file from a newer program by name and copies the file before it changes the schema', async () => {
    const home = folder();
    const file = join(home, 'packbench.db');
    await (await openSqlite(file, { now })).close();
    const raw = new Sqlite(file);
    raw.prepare("delete from kysely_migration where name >= '0110'").run();
    raw.close();
    // Migrations run again and fail because their tables exist; the copy from before it is there.
    expect(await codeOf(() => openSqlite(file, { now }))).toBe('DATABASE_IO');
    expect(readdirSync(home).some((name) => name.startsWith('before-update-'))).toBe(true);
    const again = new Sqlite(file);
    again.prepare("insert into kysely_migration values ('9999-from-the-future', '2030')").run();
    again.close();
    expect(await codeOf(() => openSqlite(file, { now }))).toBe('DATABASE_NEWER');
  });
});

describe('migrations', () => {
  it('a failing migration leaves nothing behind', async () => {
    const db = new Kysely<{ left: { id: number } }>({ dialect: sqliteDialect(new Sqlite(':memory:')) });
    const broken = {
      '0001-good': { up: async (target: Kysely<unknown>) => void (await target.schema.createTable('good').addColumn('id', 'integer').execute()) },
      '0002-bad': {
        up: async (target: Kysely<unknown>) => {
          await target.schema.createTable('left').addColumn('id', 'integer').execute();
          await sql`insert into nowhere values (1)`.execute(target);
        },
      },
    };
    expect(await codeOf(() => migrate(db, { file: 'x', before: async () => {}, migrations: broken }))).toBe('DATABASE_IO');
    const tables = await db.introspection.getTables();
    expect(tables.map((table) => table.name)).toEqual([]);
    await db.destroy();
  });

  it('are numbered and in order', () => {
    const names = Object.keys(migrations);
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/);
  });

  forEachDialect('schema', (open) => {
    it('is made from nothing', async () => {
      const opened = await open();
      const tables = await opened.db.introspection.getTables();
      expect(tables.map((table) => table.name)).toContain('shops');
      await opened.close();
    });
  });
});
