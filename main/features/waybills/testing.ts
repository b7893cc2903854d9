/** Everything a test of numbers needs around the real parts. Imported by tests, harnesses and benchmarks only. */
import type { OpenDatabase } from '../../database/open.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import { createAuditService } from '../audit/service.ts';
import type { Actor } from '../audit/service.ts';
import { assembleNumbers } from './assemble.ts';
import type { Numbers, NumbersDeps } from './assemble.ts';
import type { WitnessPlace, WitnessRecord } from './witness.ts';

export const lead: Actor = { operator: '王主管', station: { id: 'host' } };
export const packer: Actor = { operator: '张工', station: { id: 'desk-1' } };

/** A clock that moves only when told. */
export function handClock(start = '2026-11-22T02:00:00.000Z'): Clock & { advance(ms: number): void; set(at: string): void } {
  let at = Date.parse(start);
  return { now: () => new Date(at).toISOString(), advance: (ms) => void (at += ms), set: (text) => void (at = Date.parse(text)) };
}

/** Short ids that sort in the order of their making. */
export function countingIds(tag = ''): Ids {
  let n = 0;
  return { next: (prefix) => `${prefix}_${tag}${String((n += 1)).padStart(8, '0')}` };
}

export const quietLog: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A witness place that is a variable: what a test copies, restores or loses. */
export function memoryPlace(memory: Map<string, WitnessRecord> = new Map()): WitnessPlace & { readonly memory: Map<string, WitnessRecord> } {
  return { name: 'memory', memory, read: (id) => memory.get(id), write: (record) => void memory.set(record.lineage, record), close: () => {} };
}

export interface World extends Numbers {
  readonly clock: ReturnType<typeof handClock>;
  readonly ids: Ids;
  readonly place: ReturnType<typeof memoryPlace>;
}

/** The parts over an open database, not started. */
export function worldOver(opened: Pick<OpenDatabase, 'db'>, options: Partial<Omit<NumbersDeps, 'db' | 'witness'>> & { witness?: Partial<NumbersDeps['witness']>; memory?: Map<string, WitnessRecord> } = {}): World {
  const clock = (options.clock as World['clock'] | undefined) ?? handClock();
  const ids = options.ids ?? countingIds();
  const place = memoryPlace(options.memory);
  const log = options.log ?? quietLog;
  const audit = options.audit ?? createAuditService({ db: opened.db, clock, ids });
  const numbers = assembleNumbers({
    ...options, db: opened.db, clock, ids, log, audit,
    witness: { places: [place], machineId: 'pc-1', place: '/data', writer: ids.next('run'), shared: false, stillAt: () => false, ...options.witness },
  });
  return { ...numbers, clock, ids, place };
}

/** A shop, an active account with a pool and some numbers. */
export async function seedPool(
  world: World,
  options: { numbers?: string; count?: number; carrierCode?: string; shopId?: string; settlement?: 'prepaid' | 'monthly' | 'pickup'; reserve?: number; name?: string } = {},
): Promise<{ shopId: string; accountId: string; poolId: string }> {
  const shopId = options.shopId ?? world.ids.next('shop');
  await world.store.db
    .insertInto('shops')
    .values({ id: shopId, name: `店铺 ${shopId}`, platform: 'offline', sender_address_id: null, archived_at: null, created_at: world.clock.now() })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const account = await world.accounts.create(
    { carrierCode: options.carrierCode ?? 'YTO', branchCode: '571001', branchName: '江干一部', name: options.name ?? '圆通-江干', settlement: options.settlement ?? 'prepaid', ownerShopId: shopId, unitPrice: 21_000, lowWater: 100, state: 'active' },
    lead,
  );
  const pool = await world.accounts.createPool({ accountId: account.id, name: options.name ?? '圆通-江干', ownerShopId: shopId, reserve: options.reserve ?? 0 }, lead);
  const count = options.count ?? 100;
  if (count > 0) {
    await world.imports.commit({ poolId: pool.id, text: `${options.numbers ?? 'YT8800000000001'}+${count}`, expected: count, source: 'test', topUp: true }, lead);
  }
  return { shopId, accountId: account.id, poolId: pool.id };
}

/** A draw order for some parcels of a shop. */
export function orderFor(shopId: string, parcels: readonly string[], options: { jobId?: string; carrierCode?: string; province?: string; weightGrams?: number } = {}) {
  return {
    requests: parcels.map((parcelId) => ({ parcelId, shopId, carrierCode: options.carrierCode, destination: { province: options.province ?? '浙江省' }, weightGrams: options.weightGrams ?? 500, requestKey: parcelId })),
    jobId: options.jobId ?? 'job_1', printerId: 'prn_1', templateVersionId: 'tpv_1', operator: packer.operator, station: packer.station,
  };
}
