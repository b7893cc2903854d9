/** Disks that fail, fill up or lie about a sync; and kills at every write. Issuing stops and says so; the data stay whole. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'packbench-faults-'));
const worker = join(import.meta.dirname, 'fault-worker.ts');
const template = join(home, 'template');
beforeAll(() => {
  execFileSync(process.execPath, [worker, template, 'prepare']);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

let count = 0;
function fresh(): string {
  count += 1;
  const folder = join(home, `run-${count}`);
  mkdirSync(folder);
  cpSync(template, folder, { recursive: true });
  return folder;
}

/** Runs the worker with faults injected into calls on one file of the database. */
function run(folder: string, inject: string | undefined, file = 'packbench.db-wal', limit = 60): { said: string[]; signal: NodeJS.Signals | null } {
  const path = join(folder, 'data', file);
  const args = inject === undefined ? [] : ['-f', '-o', '/dev/null', '-P', path, '-e', `inject=${inject}`];
  const result = spawnSync(inject === undefined ? process.execPath : 'strace', [...args, ...(inject === undefined ? [] : [process.execPath]), worker, folder, 'draw', String(limit)], { encoding: 'utf8', timeout: 60_000 });
  return { said: result.stdout.trim().split('\n'), signal: result.signal };
}

/** Everything that was answered is there, nothing is there twice, the file is whole. */
function expectWhole(folder: string, said: readonly string[]): void {
  const sqlite = new Sqlite(join(folder, 'data', 'packbench.db'));
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  const parcel = sqlite.prepare('select parcel_id from waybill_numbers where number = ?').pluck();
  for (const line of said) {
    const [word, number, parcelId] = line.split(' ');
    if (word === 'DRAWN') expect(parcel.get(number), line).toBe(parcelId);
  }
  expect(sqlite.prepare('select count(*) from (select parcel_id from waybill_numbers group by parcel_id having count(*) > 1)').pluck().get()).toBe(0);
  sqlite.close();
  // The next start finds the same ledger and draws on.
  const next = run(folder, undefined, undefined, 3);
  expect(next.said[0]).toBe('STARTED same whole');
  expect(next.said.at(-1)).toBe('DONE');
}

describe('a failing disk', () => {
  for (const [name, inject] of [
    ['fsync fails (EIO)', 'fdatasync,fsync:error=EIO:when=7'],
    ['a write fails (EIO)', 'pwrite64:error=EIO:when=90'],
    ['the disk is full (ENOSPC)', 'pwrite64:error=ENOSPC:when=70+'],
  ] as const) {
    it(`${name}: issuing stops and says so, the data stay whole`, { timeout: 120_000 }, () => {
      const folder = fresh();
      const { said } = run(folder, inject);
      expect(said[0]).toBe('STARTED same whole');
      expect(said.filter((line) => line.startsWith('DRAWN')).length).toBeGreaterThan(0);
      expect(said.slice(-2)).toEqual(['FAILED DATABASE_IO', 'THEN ISSUING_STOPPED disk']);
      expectWhole(folder, said);
    });
  }

  it('a checkpoint into the database file fails: the same', { timeout: 120_000 }, () => {
    const folder = fresh();
    const { said } = run(folder, 'pwrite64:error=EIO:when=2+', 'packbench.db');
    // A failed checkpoint loses nothing: the WAL has it. Either it went on drawing, or it stopped and said so.
    const end = said.slice(-2).join(' ');
    expect(end === 'FAILED DATABASE_IO THEN ISSUING_STOPPED disk' || said.at(-1) === 'DONE', end).toBe(true);
    expectWhole(folder, said);
  });
});

describe('kill -9 at every write', () => {
  it('of the start and two draws: whatever was answered is there, and the next start goes on', { timeout: 900_000 }, () => {
    let when = 1;
    for (; ; when += 1) {
      const folder = fresh();
      const { said, signal } = run(folder, `pwrite64:signal=KILL:when=${when}`, 'packbench.db-wal', 2);
      if (said.at(-1) === 'DONE') break;
      expect(signal === 'SIGKILL' || said.at(-1) !== 'DONE').toBe(true);
      expectWhole(folder, said);
      rmSync(folder, { recursive: true, force: true });
    }
    // A draw touches several pages; a run that was never killed would prove nothing.
    expect(when).toBeGreaterThan(20);
  });
});
