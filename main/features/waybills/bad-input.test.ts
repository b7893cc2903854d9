/** Everything a person or a file can do wrong with numbers: typed, said in both languages, nothing half done. */
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { errorText } from '../../../common/error-texts.ts';
import type { AppError } from '../../../common/errors.ts';
import { isFailure } from '../../../common/errors.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { forEachDialect } from '../../database/testing.ts';
import { createAuditService } from '../audit/service.ts';
import { createWaybillsService } from './service.ts';
import { lead, orderFor, packer, quietLog, seedPool, worldOver } from './testing.ts';
import type { World } from './testing.ts';

forEachDialect('wrong things done to numbers', (open) => {
  let opened: OpenDatabase;
  let world: World;
  beforeAll(async () => {
    opened = await open();
    world = worldOver(opened);
    await world.incarnation.start();
  });
  afterAll(() => opened.close());

  async function errorOf(work: Promise<unknown>): Promise<AppError> {
    try {
      await work;
    } catch (thrown) {
      if (isFailure(thrown)) {
        for (const locale of ['zh-CN', 'en'] as const) expect(errorText(thrown.error, locale).length).toBeGreaterThan(6);
        return thrown.error;
      }
      throw thrown;
    }
    throw new Error('nothing was refused');
  }
  async function drawError(shopId: string, parcel: string, options: Parameters<typeof orderFor>[2] = {}): Promise<AppError> {
    const [result] = await world.draw(orderFor(shopId, [parcel], { jobId: `job_${parcel}`, ...options }));
    if (!result || result.ok) throw new Error('a number was given');
    for (const locale of ['zh-CN', 'en'] as const) expect(errorText(result.error, locale).length).toBeGreaterThan(6);
    return result.error;
  }
  async function borrower(poolId: string, rules: { cap?: number; dailyCap?: number; validTo?: string; provinces?: string[]; maxGrams?: number; priority?: number } = {}): Promise<{ shopId: string; grantId: string }> {
    const shopId = world.ids.next('shop');
    await opened.db.insertInto('shops').values({ id: shopId, name: `借 ${shopId}`, platform: 'offline', sender_address_id: null, archived_at: null, created_at: world.clock.now() }).execute();
    const grant = await world.grants.create(
      { poolId, shopId, cap: rules.cap ?? null, dailyCap: rules.dailyCap ?? null, validTo: rules.validTo ?? null, priority: rules.priority ?? 100, provinces: rules.provinces ?? null, minGrams: null, maxGrams: rules.maxGrams ?? null },
      lead,
    );
    return { shopId, grantId: grant.id };
  }

  it('no number left', async () => {
    const { shopId } = await seedPool(world, { numbers: 'YT7700000001001', count: 1, settlement: 'monthly', name: '月结' });
    await world.draw(orderFor(shopId, ['n1']));
    expect(await drawError(shopId, 'n2')).toEqual({ code: 'NO_NUMBERS_LEFT', data: { pool: '月结', wanted: 1, left: 0 } });
  });

  it('the owner keeps a reserve: borrowers stop before it', async () => {
    const { shopId, poolId } = await seedPool(world, { numbers: 'YT7700000002001', count: 3, reserve: 2, settlement: 'monthly' });
    const { shopId: other } = await borrower(poolId);
    expect((await world.draw(orderFor(other, ['r1'])))[0]?.ok).toBe(true);
    expect((await drawError(other, 'r2')).code).toBe('NO_NUMBERS_LEFT');
    expect((await world.draw(orderFor(shopId, ['r3', 'r4']))).every((one) => one.ok)).toBe(true);
  });

  it('a grant that ended, was paused, revoked or is used up; numbers drawn before stay', async () => {
    const { poolId } = await seedPool(world, { numbers: 'YT7700000003001', count: 50, settlement: 'monthly' });
    const capped = await borrower(poolId, { cap: 1 });
    const [first] = await world.draw(orderFor(capped.shopId, ['g1', 'g2'], { jobId: 'job_g' }));
    expect(await drawError(capped.shopId, 'g3')).toMatchObject({ code: 'GRANT_CAP_REACHED', data: { cap: 1, used: 1, per: 'grant' } });
    const daily = await borrower(poolId, { dailyCap: 2 });
    await world.draw(orderFor(daily.shopId, ['g4', 'g5'], { jobId: 'job_h' }));
    expect(await drawError(daily.shopId, 'g6')).toMatchObject({ code: 'GRANT_CAP_REACHED', data: { per: 'day' } });
    world.clock.advance(24 * 3_600_000);
    expect((await world.draw(orderFor(daily.shopId, ['g6'], { jobId: 'job_i' })))[0]?.ok).toBe(true);
    for (const state of ['paused', 'revoked'] as const) {
      await world.grants.setState({ id: daily.grantId, state }, lead);
      expect(await drawError(daily.shopId, `g7${state}`)).toMatchObject({ code: 'GRANT_ENDED', data: { why: state } });
    }
    expect((await errorOf(world.grants.setState({ id: daily.grantId, state: 'active' }, lead))).code).toBe('GRANT_ENDED');
    const short = await borrower(poolId, { validTo: new Date(Date.parse(world.clock.now()) + 1000).toISOString() });
    world.clock.advance(2000);
    expect(await drawError(short.shopId, 'g8')).toMatchObject({ code: 'GRANT_ENDED', data: { why: 'expired' } });
    if (!first?.ok) throw new Error('no number');
    expect((await world.repository.number(first.number))?.live).toBe(1);
  });

  it('an account that is not active, a pick-up account without its agreement', async () => {
    const { shopId, accountId } = await seedPool(world, { numbers: 'YT7700000004001', count: 5, settlement: 'pickup', name: '在线寄件' });
    expect(await drawError(shopId, 'p1')).toEqual({ code: 'AGREEMENT_MISSING', data: { account: '在线寄件' } });
    await world.accounts.recordAgreement({ id: accountId, signedAt: '2026-11-01', account: '支付宝 A' }, lead);
    expect((await world.draw(orderFor(shopId, ['p1'], { jobId: 'job_p' })))[0]?.ok).toBe(true);
    await world.accounts.setState({ id: accountId, state: 'suspended', reason: '欠费' }, lead);
    expect(await drawError(shopId, 'p2')).toEqual({ code: 'ACCOUNT_NOT_ACTIVE', data: { account: '在线寄件', state: 'suspended' } });
    await world.accounts.setState({ id: accountId, state: 'closed', reason: '到期' }, lead);
    expect((await errorOf(world.accounts.setState({ id: accountId, state: 'active', reason: '' }, lead))).code).toBe('ACCOUNT_NOT_ACTIVE');
    const steps = await world.accounts.steps(accountId);
    expect(steps.map((step) => [step.to_state, step.operator, step.reason])).toEqual([['active', '王主管', ''], ['suspended', '王主管', '欠费'], ['closed', '王主管', '到期']]);
  });

  it('a list with 3 duplicates in 10,000 is refused whole, with the list of them', async () => {
    const { poolId } = await seedPool(world, { count: 0 });
    const numbers = Array.from({ length: 9997 }, (_, i) => `YT66${String(i * 3).padStart(11, '0')}`);
    const text = [...numbers, numbers[5], numbers[7], numbers[9996]].join('\n');
    const inList = await errorOf(world.imports.commit({ poolId, text, expected: 10_000, source: 'list', topUp: true }, lead));
    expect(inList).toMatchObject({ code: 'NUMBERS_DUPLICATE', data: { count: 3 } });
    if (inList.code === 'NUMBERS_DUPLICATE') expect(inList.data.numbers.map((one) => [one.number, one.line])).toEqual([[numbers[5], 9998], [numbers[7], 9999], [numbers[9996], 10_000]]);
    // The same three, held by another account this time.
    const other = await seedPool(world, { count: 0, carrierCode: 'ZTO', name: '中通' });
    await world.imports.commit({ poolId: other.poolId, text: [numbers[5], numbers[7], numbers[9996]].join(','), expected: 3, source: 'x', topUp: true }, lead);
    const known = await errorOf(world.imports.commit({ poolId, text: numbers.join('\n'), expected: 9997, source: 'list', topUp: true }, lead));
    expect(known).toMatchObject({ code: 'NUMBERS_DUPLICATE', data: { count: 3 } });
    if (known.code === 'NUMBERS_DUPLICATE') expect(known.data.numbers.map((one) => [one.number, one.account])).toEqual([[numbers[5], '中通'], [numbers[7], '中通'], [numbers[9996], '中通']]);
    expect(await world.repository.balance(opened.db, { book: 'numbers', accountId: (await world.repository.pool(poolId))?.account_id ?? '', poolId, acct: 'free' })).toBe(0);
    const preview = await world.imports.preview({ poolId, text: numbers.join('\n') });
    expect(preview).toMatchObject({ count: 9997, knownCount: 3 });
  });

  it('a list of nonsense, of lost digits, of another quantity', async () => {
    const { poolId } = await seedPool(world, { count: 0 });
    const bad = await errorOf(world.imports.commit({ poolId, text: '运单号\nYT5500000000001\n1.23E+14\n???\nYT5500000000003+2', expected: 3, source: 'x', topUp: true }, lead));
    expect(bad).toMatchObject({ code: 'NUMBERS_BAD', data: { count: 2, lines: [{ line: 3, why: 'scientific' }, { line: 4, why: 'not_a_number' }] } });
    expect(await errorOf(world.imports.commit({ poolId, text: 'YT5500000000001+500', expected: 50, source: 'x', topUp: true }, lead))).toEqual({ code: 'NUMBERS_COUNT', data: { expected: 50, found: 500 } });
    const preview = await world.imports.preview({ poolId, text: 'SF1234567890123\nYT5500000000009\nYT55' });
    expect(preview.warnings).toEqual([{ number: 'SF1234567890123', line: 1, kind: 'looks_like_other', expected: 'SF' }]);
  });

  it('a million numbers are one row and take well under a second', async () => {
    const { poolId } = await seedPool(world, { count: 0, settlement: 'monthly' });
    const started = performance.now();
    const done = await world.imports.commit({ poolId, text: 'YT1000000000000+1000000', expected: 1_000_000, source: 'range', topUp: false }, lead);
    expect(done).toMatchObject({ count: 1_000_000, segments: 1 });
    expect(performance.now() - started).toBeLessThan(5000);
    expect((await errorOf(world.imports.commit({ poolId, text: 'YT1000000999999', expected: 1, source: 'x', topUp: false }, lead))).code).toBe('NUMBERS_DUPLICATE');
  });

  it('a share code: six digits, three tries, fifteen minutes', async () => {
    const { poolId } = await seedPool(world, { numbers: 'YT7700000005001', count: 5, settlement: 'monthly' });
    const shopId = world.ids.next('shop');
    await opened.db.insertInto('shops').values({ id: shopId, name: '别人的店', platform: 'pdd', sender_address_id: null, archived_at: null, created_at: world.clock.now() }).execute();
    const rules = { poolId, shopId, cap: 10, dailyCap: null, validTo: null, priority: 100, provinces: null, minGrams: null, maxGrams: null };
    const shared = await world.grants.share(rules, lead);
    expect(shared.code).toMatch(/^[1-9]\d{5}$/);
    expect(await drawError(shopId, 's0')).toMatchObject({ code: 'GRANT_ENDED', data: { why: 'pending' } });
    const wrong = shared.code === '111111' ? '222222' : '111111';
    expect(await errorOf(world.grants.accept({ shopId, code: wrong }, packer))).toEqual({ code: 'SHARE_CODE_WRONG', data: { triesLeft: 2 } });
    expect(await errorOf(world.grants.accept({ shopId, code: wrong }, packer))).toEqual({ code: 'SHARE_CODE_WRONG', data: { triesLeft: 1 } });
    expect(await errorOf(world.grants.accept({ shopId, code: wrong }, packer))).toEqual({ code: 'SHARE_CODE_WRONG', data: { triesLeft: 0 } });
    expect((await errorOf(world.grants.accept({ shopId, code: shared.code }, packer))).code).toBe('SHARE_CODE_WRONG');
    const second = await world.grants.share(rules, lead);
    world.clock.advance(15 * 60_000);
    expect((await errorOf(world.grants.accept({ shopId, code: second.code }, packer))).code).toBe('SHARE_CODE_EXPIRED');
    const third = await world.grants.share(rules, lead);
    expect(await world.grants.accept({ shopId, code: ` ${third.code.slice(0, 3)} ${third.code.slice(3)} ` }, packer)).toMatchObject({ state: 'active', cap: 10 });
    expect((await errorOf(world.grants.accept({ shopId, code: third.code }, packer))).code).toBe('SHARE_CODE_WRONG');
    expect((await world.draw(orderFor(shopId, ['s1'], { jobId: 'job_s' })))[0]?.ok).toBe(true);
  });

  it('rules choose between pools and say why', async () => {
    const near = await seedPool(world, { numbers: 'YT7700000006001', count: 5, settlement: 'monthly', name: '江浙沪池' });
    const far = await seedPool(world, { numbers: 'YT7700000007001', count: 5, settlement: 'monthly', name: '全国池' });
    const { shopId } = await borrower(near.poolId, { provinces: ['浙江', '江苏', '上海'], maxGrams: 1000, priority: 50 });
    await world.grants.create({ poolId: far.poolId, shopId, cap: null, dailyCap: null, validTo: null, priority: 100, provinces: null, minGrams: null, maxGrams: null }, lead);
    const poolOf = async (parcel: string, options: Parameters<typeof orderFor>[2]) => {
      const [one] = await world.draw(orderFor(shopId, [parcel], { jobId: `job_${parcel}`, ...options }));
      return one?.ok ? [one.poolId, one.reason.rule, one.reason.passedOver.map((pool) => pool.because)] : one?.error.code;
    };
    expect(await poolOf('w1', { province: '浙江省', weightGrams: 500 })).toEqual([near.poolId, 'province', []]);
    expect(await poolOf('w2', { province: '新疆维吾尔自治区', weightGrams: 500 })).toEqual([far.poolId, 'priority', ['NO_POOL_FITS']]);
    expect(await poolOf('w3', { province: '上海', weightGrams: 5000 })).toEqual([far.poolId, 'priority', ['NO_POOL_FITS']]);
  });

  it('void: the number never comes back, its unit does after its days; reasons are asked for', async () => {
    const { shopId, accountId } = await seedPool(world, { numbers: 'YT7700000008001', count: 3 });
    const [one] = await world.draw(orderFor(shopId, ['v1'], { jobId: 'job_v' }));
    if (!one?.ok) throw new Error('no number');
    expect((await errorOf(world.life.void({ number: one.number, reason: ' ' }, lead))).code).toBe('REASON_NEEDED');
    expect((await errorOf(world.life.void({ number: 'YT0000000000000', reason: 'x' }, lead))).code).toBe('NUMBER_UNKNOWN');
    expect(await world.life.void({ number: one.number, reason: '买家取消' }, lead)).toMatchObject({ state: 'void_waiting' });
    const units = () => world.repository.balance(opened.db, { book: 'units', accountId, poolId: '', acct: 'balance' });
    expect(await units()).toBe(2);
    await world.life.recycle(lead);
    expect(await units()).toBe(2);
    world.clock.advance(15 * 86_400_000);
    expect(await world.life.recycle(lead)).toBe(1);
    expect(await units()).toBe(3);
    expect((await world.repository.number(one.number))?.state).toBe('void');
    const [again] = await world.draw(orderFor(shopId, ['v1'], { jobId: 'job_v2' }));
    expect(again?.ok && again.number).toBe('YT7700000008002');
    await world.life.handOver([again?.ok ? again.number : ''], packer);
    expect(await errorOf(world.life.void({ number: 'YT7700000008002', reason: 'x' }, lead))).toMatchObject({ code: 'NUMBER_STATE', data: { state: 'handed_over' } });
  });

  it('a station: same question, same block; fenced after a write-off; its late facts are taken', async () => {
    const { poolId, accountId, shopId } = await seedPool(world, { numbers: 'YT7700000009001', count: 20, settlement: 'monthly' });
    const { epoch } = await world.leases.enable({ stationId: 'st-1', quota: 10 }, lead);
    const question = { requestId: 'q-1', stationId: 'st-1', epoch, poolId, numbers: 6 };
    const block = await world.leases.grant(question, packer);
    expect(await world.leases.grant(question, packer)).toEqual(block);
    expect(await errorOf(world.leases.grant({ ...question, requestId: 'q-2' }, packer))).toEqual({ code: 'LEASE_QUOTA', data: { station: 'st-1', quota: 10, outstanding: 6, wanted: 6 } });
    await world.leases.report({ stationId: 'st-1', facts: [{ number: 'YT7700000009017', parcelId: 'st-parcel-1', shopId, at: world.clock.now() }] }, packer);
    expect(await world.leases.writeOff({ stationId: 'st-1', reason: '被偷' }, lead)).toEqual({ burned: 5 });
    expect((await errorOf(world.leases.grant({ ...question, requestId: 'q-3' }, packer))).code).toBe('LEASE_FENCED');
    expect(await world.leases.report({ stationId: 'st-1', facts: [{ number: 'YT7700000009019', parcelId: 'st-parcel-2', shopId, at: world.clock.now() }] }, packer)).toEqual({ recorded: 1, afterWriteOff: 1 });
    expect(await world.repository.balance(opened.db, { book: 'numbers', accountId, poolId, acct: 'burned' })).toBe(4);
  });

  it('the way out of quarantine: evidence and two people', async () => {
    const { poolId } = await seedPool(world, { numbers: 'YT7700000010001', count: 4, settlement: 'monthly' });
    await world.leases.enable({ stationId: 'st-2', quota: 10 }, lead);
    await world.leases.grant({ requestId: 'q-9', stationId: 'st-2', epoch: 1, poolId, numbers: 2 }, packer);
    await world.leases.writeOff({ stationId: 'st-2', reason: '丢失' }, lead);
    const held = (await world.life.quarantined()).find((one) => one.poolId === poolId);
    expect(held).toMatchObject({ first: 'YT7700000010003', last: 'YT7700000010004', count: 2, state: 'burned' });
    const segmentId = held?.segmentId ?? '';
    expect((await errorOf(world.life.release({ segmentId, evidence: '' }, lead))).code).toBe('EVIDENCE_NEEDED');
    expect(await world.life.release({ segmentId, evidence: '网点导出：未使用' }, lead)).toEqual({ released: 0, waitingForSecond: true });
    expect((await errorOf(world.life.release({ segmentId, evidence: '网点导出：未使用' }, lead))).code).toBe('SECOND_PERSON_NEEDED');
    expect(await world.life.release({ segmentId, evidence: '网点导出：未使用' }, { operator: '老板', station: { id: 'host' } })).toEqual({ released: 2, waitingForSecond: false });
  });

  it('everything adds up, and settlement charges the owner’s borrowers', async () => {
    const waybills = createWaybillsService({ numbers: world, audit: createAuditService({ db: opened.db, clock: world.clock, ids: world.ids }), clock: world.clock, log: quietLog });
    const books = await waybills.reconcile();
    expect(books.checks.filter((check) => !check.ok)).toEqual([]);
    expect(books.checks.map((check) => check.id)).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12']);
    const rows = [...(await waybills.reports.settlement({ month: '2026-11' })).rows, ...(await waybills.reports.settlement({ month: '2026-12' })).rows];
    const drawn = rows.reduce((sum, row) => sum + row.drawn, 0);
    expect(drawn).toBe(Number((await opened.db.selectFrom('waybill_numbers').select((eb) => eb.fn.countAll().as('n')).executeTakeFirstOrThrow()).n));
    expect(rows.every((row) => row.fen === Math.round((row.charged * row.unitPrice) / 100))).toBe(true);
    const life = await waybills.reports.follow('yt77 0000 0008 001@1');
    expect(life.events.map((event) => event.kind)).toEqual(['import', 'draw', 'void', 'release']);
    expect((await waybills.status()).issuing).toBe(true);
  });

  it('a ledger somebody changed: found, issuing stops, read-only with an explanation, also after a restart', async () => {
    const waybills = createWaybillsService({ numbers: world, audit: createAuditService({ db: opened.db, clock: world.clock, ids: world.ids }), clock: world.clock, log: quietLog });
    const { shopId } = await seedPool(world, { numbers: 'YT7700000011001', count: 4, settlement: 'monthly' });
    await world.draw(orderFor(shopId, ['t1'], { jobId: 'job_t' }));
    // What a tool outside the program does: switch the guard off, change a row, switch it on again.
    if (opened.dialect === 'sqlite') await sql.raw('drop trigger waybill_ledger_no_update').execute(opened.db);
    else await sql.raw('alter table waybill_ledger disable trigger waybill_ledger_no_update').execute(opened.db);
    await sql.raw("update waybill_ledger set parcel_id = 'other' where number = 'YT7700000011001'").execute(opened.db);
    expect(await waybills.verify()).toMatchObject({ ok: false, what: 'content' });
    expect(await errorOf(world.draw(orderFor(shopId, ['t2'], { jobId: 'job_t2' })))).toMatchObject({ code: 'ISSUING_STOPPED', data: { reason: 'ledger' } });
    expect((await waybills.status()).stop?.reason).toBe('ledger');
    expect((await waybills.resume(lead)).issuing).toBe(false);
    const restarted = worldOver(opened, { clock: world.clock, ids: world.ids, memory: world.place.memory });
    expect((await restarted.incarnation.start()).broken).toMatchObject({ what: 'content' });
    expect((await errorOf(restarted.draw(orderFor(shopId, ['t3'], { jobId: 'job_t3' })))).code).toBe('ISSUING_STOPPED');
    const books = await waybills.reconcile();
    expect(books.checks.filter((check) => !check.ok).map((check) => check.id)).toEqual(expect.arrayContaining(['I1', 'I11']));
  });
});
