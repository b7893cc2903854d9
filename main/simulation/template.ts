/** The file every simulated PC begins with: schema, shops, one account, one pool. Made once, copied for each run. */
import type { Buffer } from 'node:buffer';
import Sqlite from 'better-sqlite3';
import { Kysely } from 'kysely';
import { sqliteDialect } from '../database/dialects.ts';
import { migrate } from '../database/migrator.ts';
import type { Database } from '../database/tables.ts';
import { createAuditService } from '../features/audit/service.ts';
import type { Actor } from '../features/audit/service.ts';
import { assembleNumbers } from '../features/waybills/assemble.ts';

export const lead: Actor = { operator: 'lead', station: { id: 'host' } };
export const shops = ['shop_a', 'shop_b', 'shop_c'] as const;
export const poolId = 'pool_sim';
export const stations = ['station_1', 'station_2'] as const;
const numbersAtFirst = 60;

/** `host` owns numbers and lets two shops share them; a `station` has an empty pool for its blocks. */
export async function makeTemplate(kind: 'host' | 'station'): Promise<Buffer> {
  const sqlite = new Sqlite(':memory:');
  sqlite.pragma('foreign_keys = ON');
  const db = new Kysely<Database>({ dialect: sqliteDialect(sqlite) });
  await migrate(db, { file: 'simulation', before: async () => {} });
  const clock = { now: () => '2026-01-01T00:00:00.000Z' };
  let n = 0;
  const ids = { next: (prefix: string) => `${prefix}_t${(n += 1)}` };
  const numbers = assembleNumbers({
    db, clock, ids, log: { info: () => {}, warn: () => {}, error: () => {} }, audit: createAuditService({ db, clock, ids }),
    witness: { places: [], machineId: 'template', place: 'template', writer: 'template', shared: false, stillAt: () => false },
  });
  await numbers.incarnation.start();
  for (const id of shops) await db.insertInto('shops').values({ id, name: id, platform: 'offline', sender_address_id: null, archived_at: null, created_at: clock.now() }).execute();
  const account = await numbers.accounts.create(
    { carrierCode: 'YTO', branchCode: '1', branchName: 'sim', name: 'sim', settlement: 'monthly', ownerShopId: shops[0], unitPrice: 0, lowWater: 0, state: 'active' },
    lead,
  );
  const pool = await numbers.accounts.createPool({ accountId: account.id, name: 'sim', ownerShopId: shops[0], reserve: 0 }, lead);
  const rules = { cap: null, dailyCap: null, validTo: null, priority: 100, provinces: null, minGrams: null, maxGrams: null };
  for (const shopId of shops.slice(1)) await numbers.grants.create({ ...rules, poolId: pool.id, shopId }, lead);
  if (kind === 'host') {
    await numbers.imports.commit({ poolId: pool.id, text: `YT8800000000001+${numbersAtFirst}`, expected: numbersAtFirst, source: 'sim', topUp: false }, lead);
    for (const stationId of stations) await numbers.leases.enable({ stationId, quota: 40 }, lead);
  }
  sqlite.exec(`update waybill_ledger_head set lineage = 'template'`);
  const image = sqlite.serialize();
  sqlite.close();
  return image;
}

/** A copy of the template that belongs to one PC. */
export function imageFor(template: Buffer, options: { lineage: string; machineId: string; folder: string }): Buffer {
  const sqlite = new Sqlite(template);
  sqlite.prepare('update waybill_ledger_head set lineage = ?').run(options.lineage);
  sqlite.prepare('update waybill_incarnations set database_id = ?, machine_id = ?, place = ?').run(options.lineage, options.machineId, options.folder);
  const image = sqlite.serialize();
  sqlite.close();
  return image;
}
