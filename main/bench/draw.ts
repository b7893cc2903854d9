/**
 * Durable draws per second, one at a time and in batches, against bare commits of SQLite on the same disk in the same run; and the same
 * again when a million numbers are used, because cost must not grow with history.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, openSqlite } from '../database/open.ts';
import { createAuditService } from '../features/audit/service.ts';
import { assembleNumbers } from '../features/waybills/assemble.ts';
import type { Numbers } from '../features/waybills/assemble.ts';
import { filePlace } from '../features/waybills/witness.ts';
import { createIds, systemClock } from '../platform/node/basics.ts';
import { ratio, rounded } from './harness.ts';
import type { BenchCase } from './harness.ts';

const actor = { operator: 'bench', station: { id: 'bench' } };
const batch = 1000;

export const bench: BenchCase = {
  about: 'durable waybill numbers drawn per second',
  async run({ quick, note }) {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-bench-draw-'));
    const few = 10_000;
    const many = quick ? 100_000 : 1_000_000;
    try {
      const bare = await bareCommits(folder, quick ? 500 : 2000);
      const opened = await openSqlite(join(folder, 'packbench.db'), { now: systemClock.now });
      const ids = createIds();
      const log = { info: () => {}, warn: () => {}, error: () => {} };
      const numbers = assembleNumbers({
        db: opened.db, clock: systemClock, ids, log, audit: createAuditService({ db: opened.db, clock: systemClock, ids }),
        witness: { places: [filePlace((lineage) => join(folder, 'witness', lineage))], machineId: 'bench', place: folder, writer: ids.next('run'), shared: false, stillAt: () => false },
      });
      await numbers.incarnation.start();
      await opened.db.insertInto('shops').values({ id: 'shop', name: 'bench', platform: 'offline', sender_address_id: null, archived_at: null, created_at: systemClock.now() }).execute();
      const account = await numbers.accounts.create(
        { carrierCode: 'YTO', branchCode: '', branchName: '', name: 'bench', settlement: 'prepaid', ownerShopId: 'shop', unitPrice: 0, lowWater: 0, state: 'active' },
        actor,
      );
      const pool = await numbers.accounts.createPool({ accountId: account.id, name: 'bench', ownerShopId: 'shop', reserve: 0 }, actor);
      const importStart = performance.now();
      await numbers.imports.commit({ poolId: pool.id, text: 'YT8000000000000+2000000', expected: 2_000_000, source: 'bench', topUp: true }, actor);
      const importMs = rounded(performance.now() - importStart, 1);
      const meter = createMeter(numbers, quick ? 300 : 1500, quick ? 5 : 20);

      await meter.fillTo(few);
      note(`${few} numbers used`);
      const atFew = await meter.measure();
      note(`filling up to ${many} numbers used`);
      await meter.fillTo(many);
      const atMany = await meter.measure();
      await opened.close();
      return {
        bareCommitsPerSecond: bare,
        importTwoMillionMs: importMs,
        atTenThousand: { numbersUsed: few, ...atFew, oneToBareRatio: ratio(atFew.onePerSecond, bare) },
        atMany: { numbersUsed: many, ...atMany, oneToBareRatio: ratio(atMany.onePerSecond, bare) },
        growth: { one: ratio(atFew.onePerSecond, atMany.onePerSecond), batch: ratio(atFew.batchPerSecond, atMany.batchPerSecond) },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function createMeter(numbers: Numbers, singles: number, batches: number) {
  let used = 0;
  let job = 0;
  async function draw(n: number): Promise<void> {
    job += 1;
    const first = used;
    const results = await numbers.draw({
      requests: Array.from({ length: n }, (_, i) => ({ parcelId: `parcel_${first + i}`, shopId: 'shop', destination: { province: '浙江省' }, weightGrams: 500, requestKey: `parcel_${first + i}` })),
      jobId: `job_${job}`, printerId: 'printer', templateVersionId: 'version', operator: 'bench', station: { id: 'bench' },
    });
    const refused = results.find((result) => !result.ok);
    if (refused) throw new Error(`a draw was refused: ${JSON.stringify(refused)}`);
    used += n;
  }
  async function perSecond(rounds: number, size: number): Promise<number> {
    const start = performance.now();
    for (let i = 0; i < rounds; i += 1) await draw(size);
    return Math.round((rounds * size * 1000) / (performance.now() - start));
  }
  return {
    async fillTo(count: number): Promise<void> {
      while (used < count) await draw(Math.min(5000, count - used));
    },
    /** A few draws first, so that no statement is prepared inside the measurement. */
    async measure() {
      await perSecond(20, 1);
      const onePerSecond = await perSecond(singles, 1);
      await perSecond(2, batch);
      return { onePerSecond, batchPerSecond: await perSecond(batches, batch) };
    },
  };
}

/** One row, one commit, the same settings: what the disk itself allows. */
async function bareCommits(folder: string, count: number): Promise<number> {
  const sqlite = await connect(join(folder, 'bare.db'));
  sqlite.exec('create table t (a integer primary key, b text)');
  const insert = sqlite.prepare('insert into t (b) values (?)');
  const start = performance.now();
  for (let i = 0; i < count; i += 1) insert.run(`row ${i}`);
  const perSecond = Math.round((count * 1000) / (performance.now() - start));
  sqlite.close();
  return perSecond;
}
