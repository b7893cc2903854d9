/** Cuts the power at every recorded call and judges every disk that may be left. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { seeded } from '../../main/simulation/random.ts';
import { createDisk } from './recording.ts';
import type { Call, Variant } from './recording.ts';

/** Later states keep the promise of earlier ones. */
const attemptRank = ['intent', 'not_sent', 'sending', 'uncertain', 'sent', 'acked', 'confirmed', 'void'];
const numberRank = ['assigned', 'unknown', 'printed', 'handed_over', 'void_waiting'];

interface Promises {
  ready: boolean;
  readonly numbers: Map<string, string>;
  readonly attempts: Map<string, string>;
  readonly states: Map<string, string>;
  readonly leases: Set<string>;
  readonly imports: Set<string>;
}

function hear(promises: Promises, line: string): void {
  const [word = '', a = '', b = '', c = ''] = line.split(' ');
  if (word === 'READY') promises.ready = true;
  if (word === 'DRAWN') {
    promises.numbers.set(a, b);
    promises.attempts.set(c, 'intent');
  }
  if (word === 'ATTEMPT') promises.attempts.set(a, b);
  if (word === 'NUMBER') promises.states.set(a, b);
  if (word === 'LEASE') promises.leases.add(a);
  if (word === 'IMPORTED') promises.imports.add(`YT77${a.padStart(4, '0')}0000001`);
}

/** Opens one image; returns what is wrong with it. */
function judge(path: string, promises: Promises, thorough: boolean, readonly: boolean): string[] {
  if (!existsSync(path)) return promises.ready ? ['the database is gone'] : [];
  const wrong: string[] = [];
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(path, { readonly });
    const check = thorough ? sqlite.pragma('integrity_check', { simple: true }) : 'ok';
    if (check !== 'ok') wrong.push(`check: ${String(check)}`);
    sqlite.prepare('select count(*) from sqlite_schema').get();
    if (!promises.ready) return wrong;
    const parcel = sqlite.prepare('select parcel_id, state from waybill_numbers where number = ?');
    for (const [number, parcelId] of promises.numbers) {
      const row = parcel.get(number) as { parcel_id: string; state: string } | undefined;
      if (row?.parcel_id !== parcelId) wrong.push(`lost: ${number} of ${parcelId}`);
      const state = promises.states.get(number);
      if (row && state !== undefined && numberRank.indexOf(row.state) < numberRank.indexOf(state)) wrong.push(`lost: ${number} was ${state} and is ${row.state}`);
    }
    const attempt = sqlite.prepare('select state from print_attempts where id = ?').pluck();
    for (const [id, state] of promises.attempts) {
      const found = attempt.get(id) as string | undefined;
      if (found === undefined || attemptRank.indexOf(found) < attemptRank.indexOf(state)) wrong.push(`lost: ${id} was ${state} and is ${found ?? 'gone'}`);
    }
    for (const id of promises.leases) if (!sqlite.prepare('select 1 from waybill_leases where id = ?').get(id)) wrong.push(`lost: lease ${id}`);
    for (const first of promises.imports) if (!sqlite.prepare("select 1 from waybill_ledger where kind = 'import' and first_number = ?").get(first)) wrong.push(`lost: import ${first}`);
    const head = sqlite.prepare('select h.seq, h.hash, l.hash as last, (select max(seq) from waybill_ledger) as most from waybill_ledger_head h left join waybill_ledger l on l.seq = h.seq').get() as
      | { seq: number; hash: string; last: string | null; most: number | null }
      | undefined;
    if (head && head.seq > 0 && (head.hash !== head.last || head.most !== head.seq)) wrong.push('the ledger ends elsewhere than its head says');
    const unbalanced = thorough
      ? sqlite
          .prepare(
            `select count(*) from (select acct, sum(n) as total, account_id, pool_id, book from (select to_acct as acct, n, account_id, pool_id, book from waybill_ledger union all
             select from_acct, -n, account_id, pool_id, book from waybill_ledger) group by acct, account_id, pool_id, book) s
             left join waybill_balances b on b.acct = s.acct and b.account_id = s.account_id and b.pool_id = s.pool_id and b.book = s.book where coalesce(b.balance, 0) <> s.total`,
          )
          .pluck()
          .get()
      : 0;
    if (unbalanced !== 0) wrong.push('the books do not add up');
  } catch (thrown) {
    wrong.push(`does not open: ${String(thrown)}`);
  } finally {
    sqlite?.close();
  }
  return wrong;
}

/** Cuts the power at every call and judges the images; stops early when `enough` faults were found. */
export function replay(recording: { calls: Call[]; database: string }, options: { perCut: readonly Variant[]; enough?: number }): { images: number; cuts: number; wrong: string[] } {
  const disk = createDisk();
  const random = seeded(20_261_122);
  const promises: Promises = { ready: false, numbers: new Map(), attempts: new Map(), states: new Map(), leases: new Set(), imports: new Set() };
  const place = mkdtempSync(join(dirname(dirname(dirname(dirname(recording.database)))), 'image-'));
  const wrong: string[] = [];
  let images = 0;
  let cuts = 0;
  let synced = true;
  let held: Buffer | undefined;
  for (const [index, call] of recording.calls.entries()) {
    if (call.kind === 'said') {
      hear(promises, call.line);
      continue;
    }
    if (call.kind !== 'sync' && call.path.endsWith('-shm')) continue;
    disk.apply(call);
    cuts += 1;
    if (call.kind === 'sync') synced = true;
    // Between two syncs what is lost is always the same; it is judged once the promises of that time were spoken.
    const said = recording.calls[index + 1]?.kind === 'said';
    if (said) for (let ahead = index + 1; recording.calls[ahead]?.kind === 'said'; ahead += 1) hear(promises, (recording.calls[ahead] as { line: string }).line);
    for (const variant of [...options.perCut, ...(synced || said ? (['dropped'] as const) : [])]) {
      const image = disk.image(variant, random.next);
      // Reading a WAL changes nothing in the database file, so that is written anew only when it differs. A rollback journal is played back.
      const readonly = !image.has(`${recording.database}-journal`);
      const bytes = image.get(recording.database);
      if (bytes === undefined || held === undefined || !held.equals(bytes)) {
        rmSync(join(place, 'packbench.db'), { force: true });
        if (bytes !== undefined) writeFileSync(join(place, 'packbench.db'), bytes);
        held = bytes && Buffer.from(bytes);
      }
      for (const end of ['-wal', '-journal', '-shm']) {
        const beside = image.get(`${recording.database}${end}`);
        if (end === '-shm' || beside === undefined) rmSync(join(place, `packbench.db${end}`), { force: true });
        else writeFileSync(join(place, `packbench.db${end}`), beside);
      }
      images += 1;
      const faults = judge(join(place, 'packbench.db'), promises, images % 20 === 0 || !readonly, readonly);
      if (!readonly) held = undefined;
      for (const fault of faults) wrong.push(`call ${index} ${variant}: ${fault}`);
    }
    synced = false;
    if (options.enough !== undefined && wrong.length >= options.enough) break;
  }
  rmSync(place, { recursive: true, force: true });
  return { images, cuts, wrong };
}
