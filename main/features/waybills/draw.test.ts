import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database/open.ts';
import { forEachDialect } from '../../database/testing.ts';
import { verifyChain } from './ledger.ts';
import { lead, orderFor, packer, seedPool, worldOver } from './testing.ts';
import type { World } from './testing.ts';

forEachDialect('drawing numbers', (open) => {
  let opened: OpenDatabase;
  let world: World;
  beforeAll(async () => {
    opened = await open();
    world = worldOver(opened);
    await world.incarnation.start();
  });
  afterAll(() => opened.close());

  const codes = (results: Awaited<ReturnType<World['draw']>>) => results.map((result) => (result.ok ? result.number : result.error.code));

  it('gives each parcel its own number in order and writes ledger, number and attempt together', async () => {
    const { shopId, accountId, poolId } = await seedPool(world, { numbers: 'YT8800000000001', count: 5 });
    const results = await world.draw(orderFor(shopId, ['a1', 'a2', 'a3']));
    expect(codes(results)).toEqual(['YT8800000000001', 'YT8800000000002', 'YT8800000000003']);
    const first = results[0];
    if (!first?.ok) throw new Error('no number');
    expect(first).toMatchObject({ accountId, poolId, mark: 0, again: false, reason: { rule: 'only', passedOver: [] } });
    expect(await world.attempts.get(first.attemptId)).toMatchObject({ number: 'YT8800000000001', parcelId: 'a1', state: 'intent', position: 1, attemptNo: 1 });
    expect(await world.repository.balance(world.store.db, { book: 'numbers', accountId, poolId, acct: 'free' })).toBe(2);
    expect(await world.repository.balance(world.store.db, { book: 'numbers', accountId, poolId, acct: 'assigned' })).toBe(3);
    expect(await world.repository.balance(world.store.db, { book: 'units', accountId, poolId: '', acct: 'balance' })).toBe(2);
    expect((await verifyChain(world.store.db)).broken).toBeUndefined();
  });

  it('answers the same request with the same number and the same label', async () => {
    const { shopId } = await seedPool(world, { numbers: 'YT8800000001001', count: 2 });
    const [first] = await world.draw(orderFor(shopId, ['b1'], { jobId: 'job_b' }));
    const [second] = await world.draw(orderFor(shopId, ['b1'], { jobId: 'job_b' }));
    expect(second).toEqual({ ...first, again: true });
  });

  it('says per parcel what is missing and serves the others', async () => {
    const { shopId, poolId } = await seedPool(world, { numbers: 'YT8800000002001', count: 2 });
    expect(codes(await world.draw(orderFor(shopId, ['c1', 'c2', 'c3'])))).toEqual(['YT8800000002001', 'YT8800000002002', 'ACCOUNT_EMPTY']);
    expect(codes(await world.draw(orderFor('shop_of_nobody', ['c4'])))).toEqual(['GRANT_MISSING']);
    expect(codes(await world.draw(orderFor(shopId, ['c5'], { carrierCode: 'SF' })))).toEqual(['CARRIER_MISMATCH']);
    const monthly = await seedPool(world, { numbers: 'SF0000000000101', count: 1, carrierCode: 'SF', settlement: 'monthly' });
    expect(codes(await world.draw(orderFor(monthly.shopId, ['c6', 'c7'])))).toEqual(['SF0000000000101', 'NO_NUMBERS_LEFT']);
    expect(poolId).toBeTruthy();
  });

  it('draws for the carrier product asked for, else for the first of the contract, and the number keeps it', async () => {
    const { shopId, accountId } = await seedPool(world, { numbers: 'SF0000000000501', count: 5, carrierCode: 'SF', settlement: 'monthly', name: '顺丰-月结' });
    await world.accounts.update({ id: accountId, products: ['顺丰标快', '顺丰特快'] }, lead);
    const ask = (parcel: string, product?: string) => {
      const order = orderFor(shopId, [parcel], { jobId: `job_${parcel}` });
      return { ...order, requests: order.requests.map((item) => ({ ...item, product })) };
    };
    expect(await world.draw.products([{ shopId, province: '浙江省' }, { shopId, product: '顺丰特快' }, { shopId: 'nobody', product: '特惠送' }])).toEqual(['顺丰标快', '顺丰特快', '特惠送']);
    expect(await world.draw(ask('p1'))).toMatchObject([{ ok: true, product: '顺丰标快' }]);
    const [fast] = await world.draw(ask('p2', '顺丰特快'));
    expect(fast).toMatchObject({ ok: true, product: '顺丰特快', number: 'SF0000000000502' });
    // Asked again with another wish before anything left: same number, same product.
    expect(await world.draw(ask('p2', '顺丰标快'))).toMatchObject([{ ok: true, number: 'SF0000000000502', product: '顺丰特快', again: true }]);
    expect(await world.draw(ask('p3', '冷运到家'))).toMatchObject([{ ok: false, error: { code: 'PRODUCT_NOT_IN_CONTRACT', data: { account: '顺丰-月结', product: '冷运到家', has: '顺丰标快、顺丰特快' } } }]);
    expect(Object.fromEntries(await world.repository.productsOf(['p1', 'p2', 'p3']))).toEqual({ p1: '顺丰标快', p2: '顺丰特快' });
    // A contract nobody wrote down gives anything.
    await world.accounts.update({ id: accountId, products: [] }, lead);
    expect(await world.draw(ask('p4', '冷运到家'))).toMatchObject([{ ok: true, product: '冷运到家' }]);
    expect(await world.draw(ask('p5'))).toMatchObject([{ ok: true, product: '' }]);
  });

  it('refuses one key for two parcels and one parcel twice', async () => {
    const { shopId } = await seedPool(world, { numbers: 'YT8800000003001', count: 5 });
    const order = orderFor(shopId, ['d1', 'd2', 'd1']);
    const results = await world.draw({ ...order, requests: order.requests.map((item, i) => ({ ...item, requestKey: i === 1 ? 'd1' : `d-${i}` === 'd-2' ? 'other' : 'd1' })) });
    expect(codes(results)).toEqual(['YT8800000003001', 'REQUEST_REUSED', 'CONFLICT']);
    const [again] = await world.draw({ ...order, requests: [{ ...order.requests[0]!, parcelId: 'd9', requestKey: 'd1' }] });
    expect(again).toMatchObject({ ok: false, error: { code: 'REQUEST_REUSED', data: { parcel: 'd1' } } });
  });

  it('keeps its rules in the database itself', async () => {
    const { shopId, poolId } = await seedPool(world, { numbers: 'YT8800000004001', count: 3 });
    await world.draw(orderFor(shopId, ['e1']));
    const refused = async (text: string) => expect(sql.raw(text).execute(world.store.db)).rejects.toThrow();
    await refused("update waybill_ledger set n = 2");
    await refused('delete from waybill_ledger');
    await refused("update waybill_numbers set parcel_id = 'x' where parcel_id = 'e1'");
    await refused('delete from waybill_numbers');
    await refused(`update waybill_segments set next_tail = first_tail where pool_id = '${poolId}' and next_tail > first_tail`);
    await refused('update waybill_ledger_head set seq = 0');
    await refused("update print_attempts set number = 'x' where parcel_id = 'e1'");
    await refused("insert into waybill_numbers select 'YT9', carrier_code, account_id, pool_id, segment_id, state, parcel_id, 'k9', shop_id, payer_shop_id, grant_id, station_id, operator, reason, drawn_at, live, last_seq, release_at, product from waybill_numbers where parcel_id = 'e1'");
  });

  it('crosses segments in the order of import', async () => {
    const { shopId, poolId } = await seedPool(world, { count: 0 });
    const text = 'YT8800000005001\nYT8800000005003~YT8800000005004\nYT8800000005010';
    await world.imports.commit({ poolId, text, expected: 4, source: 'list', topUp: true }, lead);
    expect(codes(await world.draw(orderFor(shopId, ['f1', 'f2', 'f3'])))).toEqual(['YT8800000005001', 'YT8800000005010', 'YT8800000005003']);
    expect(codes(await world.draw(orderFor(shopId, ['f4', 'f5'])))).toEqual(['YT8800000005004', 'ACCOUNT_EMPTY']);
  });

  it('issues nothing before it was started', async () => {
    const cold = worldOver(opened, { ids: world.ids });
    await expect(cold.draw(orderFor('x', ['g1']))).rejects.toMatchObject({ error: { code: 'ISSUING_STOPPED', data: { reason: 'not_started' } } });
    expect(packer.operator).toBe('张工');
  });
});

