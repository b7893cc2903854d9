/** A program of its own that draws and prints over real files: what the crash harnesses start, watch and kill. */
import { join } from 'node:path';
import { createAuditService } from '../../main/features/audit/service.ts';
import { assembleNumbers } from '../../main/features/waybills/assemble.ts';
import type { Numbers } from '../../main/features/waybills/assemble.ts';
import { filePlace } from '../../main/features/waybills/witness.ts';
import { openSqlite } from '../../main/database/open.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import { createIds, systemClock } from '../../main/platform/node/basics.ts';

export const shopId = 'shop_crash';
export const actor = { operator: 'crash', station: { id: 'host' } };

export interface CrashCore {
  readonly opened: OpenDatabase;
  readonly numbers: Numbers;
  readonly ids: ReturnType<typeof createIds>;
}

/** The real parts over `folder/data/packbench.db`, with the witness in `folder/witness`. */
export async function openCore(folder: string): Promise<CrashCore> {
  const clock = systemClock;
  const ids = createIds();
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const opened = await openSqlite(join(folder, 'data', 'packbench.db'), { now: clock.now });
  const numbers = assembleNumbers({
    db: opened.db, clock, ids, log, audit: createAuditService({ db: opened.db, clock, ids }),
    witness: {
      places: [filePlace((lineage) => join(folder, 'witness', lineage))], machineId: 'crash-pc', place: join(folder, 'data'), writer: ids.next('run'), shared: false, stillAt: () => false,
    },
  });
  return { opened, numbers, ids };
}

/** A shop, an account, a pool: what a business has before its first label. */
export async function prepare(core: CrashCore, numbers: number): Promise<{ accountId: string; poolId: string }> {
  const { db } = core.opened;
  await db.insertInto('shops').values({ id: shopId, name: shopId, platform: 'offline', sender_address_id: null, archived_at: null, created_at: systemClock.now() }).execute();
  const account = await core.numbers.accounts.create(
    { carrierCode: 'YTO', branchCode: '1', branchName: 'b', name: 'a', settlement: 'prepaid', ownerShopId: shopId, unitPrice: 0, lowWater: 0, state: 'active' },
    actor,
  );
  const pool = await core.numbers.accounts.createPool({ accountId: account.id, name: 'p', ownerShopId: shopId, reserve: 0 }, actor);
  await core.numbers.imports.commit({ poolId: pool.id, text: `YT8800000000001+${numbers}`, expected: numbers, source: 'crash', topUp: true }, actor);
  return { accountId: account.id, poolId: pool.id };
}

export function drawOrder(parcels: readonly string[], jobId: string) {
  return {
    requests: parcels.map((parcelId) => ({ parcelId, shopId, requestKey: parcelId })),
    jobId, printerId: 'printer', templateVersionId: 'version', operator: actor.operator, station: actor.station,
  };
}
