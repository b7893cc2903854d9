import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFailure } from '../../common/errors.ts';
import type { ErrorCode } from '../../common/errors.ts';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import { actor, createWorld, other, pddFile, sample } from './setup.ts';
import type { World } from './setup.ts';

async function code(work: Promise<unknown>): Promise<ErrorCode | 'none'> {
  try {
    await work;
    return 'none';
  } catch (thrown) {
    if (isFailure(thrown)) return thrown.error.code;
    throw thrown;
  }
}

forEachDialect('importing', (open) => {
  let opened: OpenDatabase;
  let world: World;
  beforeAll(async () => {
    opened = await open();
    world = createWorld(opened);
  });
  afterAll(async () => {
    world.clean();
    await opened.close();
  });
  const request = (shopId: string, files: { name: string; bytes: Uint8Array }[], over: object = {}) => ({ files, shopId, dryRun: false, mixedShops: false, language: 'en' as const, source: 'file' as const, ...over });
  const shop = (name: string, platform: 'pdd' | 'taobao' | 'offline') => world.shops.create({ name, platform, senderAddressId: null }, actor);

  it('tells in a dry run what the import will do, and changes nothing', async () => {
    const { id } = await shop('拼一', 'pdd');
    const file = sample('pdd-orders-utf8bom.csv');
    const dry = await world.imports.importFiles(request(id, [file], { dryRun: true }), actor);
    expect([dry.batchId, dry.added, dry.changed, dry.known, dry.rejected.length]).toEqual([null, 198, 0, 0, 1]);
    expect((await world.orders.counts([id])).all).toBe(0);
    const real = await world.imports.importFiles(request(id, [file]), actor);
    expect([real.added, real.changed, real.known, real.rejected.length]).toEqual([198, 0, 0, 1]);
    const again = await world.imports.importFiles(request(id, [file]), actor);
    expect([again.added, again.changed, again.known]).toEqual([0, 0, 198]);
    expect((await world.orders.counts([id])).all).toBe(198);
  });

  it('hands out the refused rows as a file that imports once mended', async () => {
    const { id } = await shop('拼二', 'pdd');
    const broken = pddFile([{ number: '250313-100' }, { number: '', name: '=王试' }]);
    const report = await world.imports.importFiles(request(id, [broken]), actor);
    expect(report.rejected).toMatchObject([{ file: 'pdd.csv', row: 3, column: '订单号', code: 'number-missing' }]);
    const { csv } = await world.imports.rejectedFile(report.batchId ?? '');
    expect(csv).toContain("'=王试");
    const mended = csv.replace('\r\n,', '\r\n250313-101,');
    const next = await world.imports.importFiles(request(id, [{ name: 'mended.csv', bytes: new TextEncoder().encode(mended) }]), actor);
    expect([next.added, next.rejected.length]).toEqual([1, 0]);
    const row = await world.repository.byNumber(id, '250313-101');
    expect(row?.name).toBe('=王试');
  });

  it('refuses a file of another platform, of two shops, and items without orders, and takes nothing of it', async () => {
    const { id } = await shop('淘一', 'taobao');
    const count = async (): Promise<number> => (await world.orders.counts([id])).all;
    expect(await code(world.imports.importFiles(request(id, [sample('pdd-orders-utf8bom.csv')]), actor))).toBe('PLATFORM_DIFFERS');
    expect(await code(world.imports.importFiles(request(id, [sample('taobao-items-gbk.csv')]), actor))).toBe('ITEMS_WITHOUT_ORDERS');
    // A good file beside a bad one: all or nothing.
    expect(await code(world.imports.importFiles(request(id, [sample('taobao-orders-gbk.csv'), { name: 'x.csv', bytes: new TextEncoder().encode('%PDF-1') }]), actor))).toBe('FILE_REFUSED');
    expect(await count()).toBe(0);
    const { id: pdd } = await shop('拼三', 'pdd');
    const mixed = pddFile([{ number: '250313-200', shop: '甲店' }, { number: '250313-201', shop: '乙店' }]);
    expect(await code(world.imports.importFiles(request(pdd, [mixed]), actor))).toBe('SHOPS_MIXED');
    expect((await world.orders.counts([pdd])).all).toBe(0);
    expect((await world.imports.importFiles(request(pdd, [mixed], { mixedShops: true }), actor)).added).toBe(2);
  });

  it('refuses rows whose order belongs to another shop, and brings in the others', async () => {
    const { id } = await shop('拼四', 'pdd');
    const report = await world.imports.importFiles(request(id, [pddFile([{ number: '250313-200' }, { number: '250313-300' }])]), actor);
    expect([report.added, report.rejected.map((row) => [row.row, row.code])]).toEqual([1, [[2, 'other-shop']]]);
  });

  it('joins an items file to its orders, in one import or afterwards', async () => {
    const { id } = await shop('淘二', 'taobao');
    const together = await world.imports.importFiles(request(id, [sample('taobao-items-gbk.csv'), sample('taobao-orders-gbk.csv')]), actor);
    expect(together.files.find((file) => file.kind === 'items')?.joined).toMatchObject({ matched: 196, unmatched: [{ order: '4088035033826730935', lines: 1 }], withoutItems: [] });
    expect(together.files.find((file) => file.kind === 'orders')).toMatchObject({ lines: 268, pieces: 560 });
    const again = await world.imports.importFiles(request(id, [sample('taobao-items-gbk.csv')]), actor);
    expect([again.added, again.changed, again.known]).toEqual([0, 0, 196]);
  });

  it('reads any table by a mapping, keeps it as a preset, and finds the preset again by the header', async () => {
    const { id } = await shop('线下', 'offline');
    const table = (numbers: string[]): { name: string; bytes: Uint8Array } => ({ name: 'list.tsv', bytes: new TextEncoder().encode(`流水\t给谁\t打哪个\t送到\t货\t几个\n${numbers.map((number) => `${number}\t王试\t13900000009\t浙江省杭州市西湖区文三路9号\t棉袜\t3`).join('\n')}\n`) });
    const look = await world.imports.inspect(table(['A10000001']));
    expect(look.recognised).toBe(false);
    expect(Object.fromEntries(look.guesses.map((guess) => [guess.field, guess.column]))).toMatchObject({ mobile: '打哪个', address: '送到', number: '流水' });
    const mapping = { platform: 'other' as const, kind: 'orders' as const, columns: { number: '流水', name: '给谁', mobile: '打哪个', address: '送到', title: '货', quantity: '几个' } };
    const first = await world.imports.importFiles(request(id, [table(['A10000001'])], { mapping }), actor);
    expect(first.added).toBe(1);
    expect(await code(world.imports.importFiles(request(id, [table(['A10000002'])]), actor))).toBe('TABLE_UNKNOWN');
    await world.imports.savePreset({ name: '地推表', mapping, header: look.sample[0] ?? [] }, actor);
    expect((await world.imports.importFiles(request(id, [table(['A10000002'])]), actor)).added).toBe(1);
    const row = await world.repository.byNumber(id, 'A10000002');
    expect(row).toMatchObject({ province: '浙江省', city: '杭州市', district: '西湖区', pieces: 3, stage: 'to_print' });
  });

  it('stops when cancelled, with nothing saved', async () => {
    const { id } = await shop('拼五', 'pdd');
    const stop = new AbortController();
    const running = world.imports.importFiles(request(id, [pddFile([{ number: '250313-500' }])]), actor, { signal: stop.signal });
    stop.abort();
    expect(await code(running)).toBe('CANCELLED');
    // While it saves, too: progress has arrived, somebody presses stop, and what was written is taken back.
    const later = new AbortController();
    const saved: number[] = [];
    const saving = world.imports.importFiles(request(id, [pddFile(Array.from({ length: 2_500 }, (_, index) => ({ number: `250314-${index}` })))]), actor, {
      signal: later.signal,
      onSaved: (done) => {
        saved.push(done);
        setImmediate(() => later.abort());
      },
    });
    expect(await code(saving)).toBe('CANCELLED');
    expect(saved).toEqual([1_000]);
    expect((await world.orders.counts([id])).all).toBe(0);
  });

  it('imports what is saved in the inbox, puts it away, and lays a bad file aside with the reason', async () => {
    const { id } = await shop('拼六', 'pdd');
    const { folders } = await world.inbox.set(id, true, actor);
    const place = folders.find((one) => one.shopId === id)?.folder ?? '';
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'today.csv'), pddFile([{ number: '250313-600' }]).bytes);
    writeFileSync(join(place, 'broken.xlsx'), 'PK\u0003\u0004 cut off');
    await world.inbox.look();
    expect((await world.orders.counts([id])).all).toBe(0); // still being saved, for all it knows
    await world.inbox.look();
    expect((await world.orders.counts([id])).all).toBe(1);
    expect(readdirSync(join(place, 'imported'))).toHaveLength(1);
    expect(readdirSync(join(place, 'refused')).map((name) => name.replace(/^\S+ /, '')).sort()).toEqual(['broken.xlsx', 'broken.xlsx.txt']);
    await world.inbox.set(id, false, actor);
  });

  it('masks recipients in lists, records who looked, and exports in the clear only when asked', async () => {
    const { id } = await shop('拼七', 'pdd');
    await world.imports.importFiles(request(id, [pddFile([{ number: '250313-700', name: '欧阳试', phone: '13900007777', detail: '文三路 77 号 3 栋 201 室' }])]), actor);
    const [order] = (await world.orders.list({ shopIds: [id], sort: 'newest', limit: 10 })).orders;
    expect(JSON.stringify(order)).not.toMatch(/13900007777|欧阳试/);
    expect(JSON.stringify(await world.orders.get(order?.id ?? ''))).not.toMatch(/13900007777|欧阳试/);
    expect(await world.orders.reveal(order?.id ?? '', actor)).toMatchObject({ name: '欧阳试', phone: '13900007777' });
    expect((await world.audit.list({ subject: order?.id ?? '', limit: 5 })).map((entry) => entry.action)).toContain('orders.reveal');
    expect((await world.orders.export({ shopIds: [id], personal: false, limit: 10 }, actor)).csv).not.toMatch(/13900007777|欧阳试/);
    const clear = await world.orders.export({ shopIds: [id], personal: true, limit: 10 }, actor);
    expect(clear.csv).toContain('13900007777');
    const { id: copy } = await shop('抄本', 'offline');
    const back = await world.imports.importFiles(request(copy, [{ name: 'export.csv', bytes: new TextEncoder().encode(clear.csv) }]), actor);
    expect(back.added).toBe(1);
    expect(await world.repository.byNumber(copy, '250313-700')).toMatchObject({ name: '欧阳试', phone: '13900007777', detail: '文三路 77 号 3 栋 201 室', stage: 'to_print' });
  });

  it('takes orders by hand and from a paste of several recipients', async () => {
    const { id } = await shop('手工', 'offline');
    const read = await world.orders.readPasted('张试 13900000011 浙江省杭州市西湖区文三路 11 号\n\n收货人：李试\n手机：13900000012\n地址：江苏省南京市玄武区中山路 12 号');
    expect(read.map((one) => [one.receiver.name, one.receiver.phone, one.receiver.city])).toEqual([['张试', '13900000011', '杭州市'], ['李试', '13900000012', '南京市']]);
    const made = await world.orders.createManual({ shopId: id, receiver: read[0]!.receiver, lines: [{ title: '棉袜', spec: '黑', skuCode: '', quantity: 2, priceFen: 500 }], buyerNote: '', sellerNote: '急' }, actor);
    expect(made).toMatchObject({ stage: 'to_print', pieces: 2, paidFen: 1000 });
    expect(await code(world.orders.createManual({ shopId: id, number: made.number, receiver: read[0]!.receiver, lines: [], buyerNote: '', sellerNote: '' }, actor))).toBe('CONFLICT');
  });

  it('lets one station at a time change an order, and nobody a stale copy', async () => {
    const { id } = await shop('锁', 'offline');
    const receiver = { name: '张试', phone: '13900000021', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文三路 21 号', postcode: '' };
    const made = await world.orders.createManual({ shopId: id, receiver: { ...receiver, phone: '' }, lines: [], buyerNote: '', sellerNote: '' }, actor);
    expect([made.stage, made.receiverState]).toEqual(['problem', 'incomplete']);
    expect(await world.orders.lock([made.id], actor)).toMatchObject([{ ok: true }]);
    expect(await world.orders.setMemo([made.id], 'x', other)).toMatchObject([{ ok: false, failure: { code: 'ORDER_LOCKED' } }]);
    expect(await code(world.orders.setReceiver({ id: made.id, receiver, version: made.version - 1 }, actor))).toBe('ORDER_CHANGED');
    const { version } = await world.orders.get(made.id);
    const corrected = await world.orders.setReceiver({ id: made.id, receiver, version }, actor);
    expect([corrected.stage, corrected.receiverState]).toEqual(['to_print', 'full']);
    world.time.now = '2025-03-17T04:06:00.000Z';
    expect(await world.orders.setMemo([made.id], 'y', other)).toMatchObject([{ ok: true }]);
    expect(await world.orders.hold([made.id], '等补货', other)).toMatchObject([{ ok: true }]);
    expect((await world.orders.get(made.id)).stage).toBe('held');
    await world.orders.release([made.id], other);
    expect((await world.orders.get(made.id)).stage).toBe('to_print');
  });
});
