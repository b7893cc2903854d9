/** A void number gives its unit back by itself once its date has come; the number stays dead. */
import { expect, it } from 'vitest';
import { createCore } from '../../main/entry/compose.ts';
import { startTestCore } from '../core.ts';

it('returns due units at the next start', async () => {
  const test = await startTestCore();
  const { core, folder } = test;
  const actor = core.contextFor({ id: 't', name: 't' }, 'owner', '主管');
  const shop = await core.services.shops.create({ name: '试', platform: 'offline', senderAddressId: null }, actor);
  const { poolId } = await core.services.setup.pool(shop, 'YT8800000000001+10', actor);
  const [drawn] = await core.services.waybills.draw({
    requests: [{ parcelId: 'par_1', shopId: shop.id, requestKey: 'par_1' }], jobId: 'job_1', printerId: 'prn', templateVersionId: 'v', operator: '主管', station: { id: 't' },
  });
  expect(drawn?.ok).toBe(true);
  const number = drawn?.ok === true ? drawn.number : '';
  expect(await core.services.waybills.life.void({ number, reason: '退款' }, actor)).toMatchObject({ state: 'void_waiting' });
  await core.database.db.updateTable('waybill_numbers').set({ release_at: '2020-01-01T00:00:00.000Z' }).where('number', '=', number).execute();
  await core.close();

  const again = await createCore({ dataFolder: folder });
  const row = await again.database.db.selectFrom('waybill_numbers').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
  expect(row).toMatchObject({ state: 'void', live: 0, pool_id: poolId });
  const report = await again.services.waybills.reconcile();
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  await again.close();
});
