import { call } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database/open.ts';
import { openTestDatabase } from '../../database/testing.ts';
import { createAuditService } from '../audit/service.ts';
import { createWaybillsRouter } from './router.ts';
import { createWaybillsService } from './service.ts';
import { quietLog, seedPool, worldOver } from './testing.ts';
import type { World } from './testing.ts';

let opened: OpenDatabase;
let world: World;
let router: ReturnType<typeof createWaybillsRouter>;
let ids: Awaited<ReturnType<typeof seedPool>>;
beforeAll(async () => {
  opened = await openTestDatabase('sqlite');
  world = worldOver(opened);
  await world.incarnation.start();
  ids = await seedPool(world, { count: 5, settlement: 'monthly' });
  const waybills = createWaybillsService({ numbers: world, audit: createAuditService({ db: opened.db, clock: world.clock, ids: world.ids }), clock: world.clock, log: quietLog });
  router = createWaybillsRouter(waybills, { emit: () => {} }, { take: () => ({ name: '', bytes: new Uint8Array() }) });
});
afterAll(() => opened.close());

const context = (role: 'owner' | 'lead' | 'packer') => ({ context: { station: { id: 's', name: 's' }, role, operator: 'x', log: quietLog, newLogId: () => 'log' } });

it('a packer sees what is left and may change nothing', async () => {
  const as = context('packer');
  expect(await call(router.status, undefined, as)).toMatchObject({ free: 5, role: 'packer', issuing: true });
  expect(await call(router.grants.remaining, { shopId: ids.shopId }, as)).toMatchObject({ remaining: 5 });
  const forbidden = [
    call(router.accounts.list, undefined, as), call(router.accounts.setState, { id: ids.accountId, state: 'suspended' }, as), call(router.accounts.topUp, { id: ids.accountId, units: 1 }, as),
    call(router.pools.list, undefined, as), call(router.pools.import, { poolId: ids.poolId, text: 'YT1', expected: 1 }, as), call(router.grants.create, { poolId: ids.poolId, shopId: ids.shopId }, as),
    call(router.grants.setState, { id: 'x', state: 'revoked' }, as), call(router.numbers.void, { number: 'YT8800000000001', reason: 'x' }, as), call(router.ledger.list, {}, as), call(router.ledger.csv, {}, as),
    call(router.ledger.reconcile, undefined, as), call(router.stations.writeOff, { stationId: 's', reason: 'x' }, as), call(router.quarantine.release, { segmentId: 's', evidence: 'x' }, as), call(router.resume, undefined, as),
  ];
  for (const one of forbidden) await expect(one).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('a lead runs the pools; only the owner writes stations off and releases quarantine', async () => {
  const as = context('lead');
  expect(await call(router.accounts.list, undefined, as)).toHaveLength(1);
  expect((await call(router.ledger.reconcile, undefined, as)).ok).toBe(true);
  await expect(call(router.stations.writeOff, { stationId: 's', reason: 'x' }, as)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(call(router.quarantine.release, { segmentId: 's', evidence: 'x' }, as)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(call(router.stations.writeOff, { stationId: 's', reason: 'x' }, context('owner'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
