import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isFailure } from '../../common/errors.ts';
import type { ErrorCode } from '../../common/errors.ts';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import type { InputFile } from '../../main/features/orders/importer.ts';
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
  const request = (shopId: string, files: InputFile[], over: object = {}) => ({ files, shopId, dryRun: false, mixedShops: false, language: 'en' as const, source: 'file' as const, ...over });
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

  it('proposes the shop: the one the file names, else where files like it went, else the only one of the platform; never another platform', async () => {
    const look = async (...files: InputFile[]) => {
      const { shop: proposed, report, problem } = await world.imports.look({ files, shopId: null, mixedShops: false, language: 'en' }, actor);
      return { ...proposed, added: report?.added, problem: problem?.code };
    };
    const small = (shopName: string, number = '250313-900') => pddFile([{ number, shop: shopName }]);
    const first = await shop('抖一', 'offline');
    const ks = sample('kuaishou-orders.csv');
    // No shop of that platform: a new one, with its platform.
    expect(await look(ks)).toMatchObject({ id: null, reason: null, platform: 'kuaishou', problem: undefined });
    await world.imports.importFiles(request(first.id, [ks]), actor);
    expect(await look(ks)).toMatchObject({ id: first.id, reason: 'remembered', added: 0 });
    const { id: own } = await world.shops.create({ name: '快一', platform: 'kuaishou', senderAddressId: null }, actor);
    await world.shops.update({ id: first.id, archived: true }, actor);
    expect(await look(ks)).toMatchObject({ id: own, reason: 'only' });
    // Two shops of a platform, and files that name theirs.
    const { id: a } = await shop('甲铺', 'pdd');
    const { id: b } = await shop('乙铺', 'pdd');
    expect(await look(small('乙铺'))).toMatchObject({ id: b, reason: 'named', newName: '乙铺' });
    expect(await look(small('丙铺'))).toMatchObject({ id: null, newName: '丙铺', platform: 'pdd' });
    await world.imports.importFiles(request(a, [small('甲的旧名', '250313-901')]), actor);
    expect(await look(small('甲的旧名', '250313-902'))).toMatchObject({ id: a, reason: 'remembered', added: 1 });
    expect(await look(small('甲铺'), { ...small('乙铺'), name: 'b.csv' })).toMatchObject({ problem: 'SHOPS_MIXED' });
    expect(await look(ks, sample('jd-orders.xlsx'))).toMatchObject({ problem: 'PLATFORM_DIFFERS' });
    for (const id of [own, a, b]) await world.shops.update({ id, archived: true }, actor);
  });

  it('looks at good and bad files together, per file, and takes nothing', async () => {
    const before = (await world.orders.counts()).all;
    const bad = { name: 'x.xlsx', bytes: new TextEncoder().encode('PK\u0003\u0004 cut off') };
    const unknown = { name: 'u.csv', bytes: new TextEncoder().encode('a,b\n1,2\n') };
    const { files, report } = await world.imports.look({ files: [bad, sample('pdd-orders-utf8bom.csv'), unknown], shopId: null, mixedShops: false, language: 'en' }, actor);
    expect(files.map((one) => ('failure' in one ? one.failure.code : one.report.platform))).toEqual(['FILE_REFUSED', 'pdd', 'TABLE_UNKNOWN']);
    expect(report?.files).toHaveLength(1);
    expect((await world.orders.counts()).all).toBe(before);
  });

  it('takes the orders of one shop out of a file that mixes two, then those of the other', async () => {
    const { id: left } = await shop('左铺', 'pdd');
    const file = pddFile([{ number: '250313-950', shop: '左铺' }, { number: '250313-951', shop: '右铺' }, { number: '250313-952', shop: '右铺' }]);
    expect((await world.imports.importFiles(request(left, [file], { onlyShop: '左铺' }), actor)).added).toBe(1);
    const made = await world.imports.importIntoNew({ files: [file], dryRun: false, mixedShops: false, onlyShop: '右铺', language: 'en', source: 'file' }, { name: '右铺', platform: 'pdd' }, actor);
    expect([made.added, made.rejected.length]).toEqual([2, 0]);
    const { batch, rejected } = await world.imports.batch(made.batchId ?? '');
    expect([batch.operator, batch.files, batch.added, rejected]).toEqual([actor.operator, ['pdd.csv'], 2, []]);
  });

  it('makes no shop for files that will not go in', async () => {
    const make = (name: string, files: InputFile[]) => code(world.imports.importIntoNew({ files, dryRun: false, mixedShops: false, language: 'en', source: 'file' }, { name, platform: 'taobao' }, actor));
    expect(await make('空铺', [sample('taobao-items-gbk.csv')])).toBe('ITEMS_WITHOUT_ORDERS');
    expect(await make('空铺', [sample('jd-orders.xlsx')])).toBe('PLATFORM_DIFFERS');
    expect(await world.shops.findByName('空铺')).toBeUndefined();
  });

  it('takes a file apart once for the look and the import; again only when it is read in another way or is gone', async () => {
    const { id } = await shop('拼一遍', 'pdd');
    const other = await shop('拼两遍', 'pdd');
    const upload = (fileId: string, number: string): InputFile => ({ id: fileId, ...pddFile([{ number }, { number: `${number}-b`, shop: '' }], `${fileId}.csv`) });
    const [first, second] = [upload('file_1', '250316-700'), upload('file_2', '250316-710')];
    const look = (files: InputFile[], shopId: string) => world.imports.look({ files, mixedShops: false, language: 'en', shopId }, actor);
    world.parsed.length = 0;
    await look([first, second], id);
    // Another shop, then one file left out: nothing is read again.
    expect((await look([first, second], other.id)).report).toMatchObject({ added: 4 });
    const { report } = await look([first], id);
    expect(world.parsed).toEqual(['file_1.csv', 'file_2.csv']);
    const done = await world.imports.importFiles(request(id, [first]), actor);
    expect([done.added, done.files[0]?.lines]).toEqual([2, report?.files[0]?.lines]);
    expect(world.parsed).toHaveLength(2);
    // Imported, it is let go of.
    await look([first], id);
    expect(world.parsed).toEqual(['file_1.csv', 'file_2.csv', 'file_1.csv']);
    // Read in another way, and in the new way only once.
    const mapped: InputFile = { ...second, mapping: { platform: 'other', kind: 'orders', columns: { number: '订单号', name: '收货人', mobile: '手机', address: '详细地址', title: '售后状态' } } };
    expect((await look([mapped], id)).files[0]).toMatchObject({ report: { platform: 'other' } });
    await world.imports.importFiles(request(id, [mapped]), actor);
    expect(world.parsed).toEqual(['file_1.csv', 'file_2.csv', 'file_1.csv', 'file_2.csv']);
    const [row] = (await world.orders.list({ search: '250316-710', sort: 'newest', limit: 5 })).orders;
    expect(row?.lines).toMatchObject([{ title: '无售后或售后取消' }]);
    // Files that were never uploaded (the watched folder, the command line) are not kept.
    const loose = pddFile([{ number: '250316-720' }], 'loose.csv');
    await look([loose], id);
    await look([loose], id);
    expect(world.parsed.slice(4)).toEqual(['loose.csv', 'loose.csv']);
  });

  it('hands out the refused rows as a file that imports once mended', async () => {
    const { id } = await shop('拼二', 'pdd');
    const broken = pddFile([{ number: '250313-100' }, { number: '', name: '=王试' }]);
    const report = await world.imports.importFiles(request(id, [broken]), actor);
    expect(report.rejected).toMatchObject([{ file: 'pdd.csv', row: 3, column: '订单号', code: 'number-missing' }]);
    const { csv } = await world.imports.rejectedFile(report.batchId ?? '', 'zh-CN');
    expect(csv).toMatch(/未导入原因\r\n.*没有订单号/);
    // Whoever asks in English gets the same rows with English reasons, although the import was Chinese.
    expect((await world.imports.rejectedFile(report.batchId ?? '', 'en')).csv).toMatch(/Reason it was not imported\r\n.*order number is missing/);
    expect(csv).toContain("'=王试");
    const mended = csv.replace('\r\n,', '\r\n250313-101,');
    const next = await world.imports.importFiles(request(id, [{ name: 'mended.csv', bytes: new TextEncoder().encode(mended) }]), actor);
    expect([next.added, next.rejected.length]).toEqual([1, 0]);
    const row = await world.repository.byNumber(id, '250313-101');
    expect(row?.name).toBe('=王试');
    // Our own column of reasons is no part of the order.
    expect(row?.extra).not.toContain('没有订单号');
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
    // It found the orders that are here, so no file is said to be missing.
    expect(again.files[0]?.notices.map((notice) => notice.code)).not.toContain('items-without-orders');
  });

  it('reads any table by a mapping, keeps it as a preset, and finds the preset again by the header', async () => {
    const { id } = await shop('线下', 'offline');
    const table = (numbers: string[]): { name: string; bytes: Uint8Array } => ({ name: 'list.tsv', bytes: new TextEncoder().encode(`流水\t给谁\t打哪个\t送到\t货\t几个\n${numbers.map((number) => `${number}\t王试\t13900000009\t浙江省杭州市西湖区文三路9号\t棉袜\t3`).join('\n')}\n`) });
    const look = await world.imports.inspect(table(['A10000001']));
    expect([look.platform, look.headerRow]).toEqual(['other', 1]);
    expect(Object.fromEntries(look.guesses.map((guess) => [guess.field, guess.column]))).toMatchObject({ mobile: '打哪个', address: '送到', number: '流水' });
    const mapping = { platform: 'other' as const, kind: 'orders' as const, columns: { number: '流水', name: '给谁', mobile: '打哪个', address: '送到', title: '货', quantity: '几个' } };
    const first = await world.imports.importFiles(request(id, [{ ...table(['A10000001']), mapping }]), actor);
    expect(first.added).toBe(1);
    expect(await code(world.imports.importFiles(request(id, [table(['A10000002'])]), actor))).toBe('TABLE_UNKNOWN');
    await world.imports.savePreset({ name: '地推表', mapping, header: look.sample[0] ?? [] }, actor);
    expect((await world.imports.importFiles(request(id, [table(['A10000002'])]), actor)).added).toBe(1);
    const row = await world.repository.byNumber(id, 'A10000002');
    expect(row).toMatchObject({ province: '浙江省', city: '杭州市', district: '西湖区', pieces: 3, stage: 'to_print' });
    // The header stands further down today, and the preset has another name.
    const [preset] = await world.imports.presets();
    await world.imports.renamePreset(preset!.id, '地推周表');
    const lower = { name: 'list.tsv', bytes: new Uint8Array([...new TextEncoder().encode('地推登记表\n\n'), ...table(['A10000003']).bytes]) };
    const again = await world.imports.importFiles(request(id, [lower]), actor);
    expect([again.added, again.files[0]?.preset]).toEqual([1, '地推周表']);
    expect((await world.imports.inspect(lower)).presetId).toBe(preset!.id);
  });

  it('looks at a table without a header: columns by their letters, guessed by what is in them', async () => {
    const paste = { name: '粘贴.tsv', bytes: new TextEncoder().encode('王试\t13900000009\t浙江省杭州市西湖区文三路9号\t棉袜\t3\n李试\t13900000010\t江苏省南京市玄武区中山路2号\t棉袜\t1\n') };
    const look = await world.imports.inspect(paste);
    expect([look.headerRow, look.names]).toEqual([0, ['A', 'B', 'C', 'D', 'E']]);
    expect(Object.fromEntries(look.guesses.map((guess) => [guess.column, guess.field]))).toMatchObject({ A: 'name', B: 'mobile', C: 'address', E: 'quantity' });
    expect(await world.imports.inspect(paste, { headerRow: 1 })).toMatchObject({ headerRow: 1, names: ['王试', '13900000009', '浙江省杭州市西湖区文三路9号', '棉袜', '3'] });
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
      onSaved: (_file, done) => {
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
    expect((await world.inbox.state()).folders[0]?.last).toMatchObject({ file: 'today.csv', state: 'imported', at: world.time.now });
    world.time.now = '2025-03-17T04:01:00.000Z';
    writeFileSync(join(place, 'again.csv'), 'no table');
    await world.inbox.look();
    await world.inbox.look();
    expect((await world.inbox.state()).folders[0]?.last).toMatchObject({ file: 'again.csv', state: 'refused', batchId: null, reason: { 'zh-CN': expect.stringMatching(/again\.csv.*看不出|看不出.*again\.csv/), en: expect.stringMatching(/Cannot tell what .again\.csv/) } });
    // A note of an earlier version has one line, in Chinese.
    writeFileSync(join(place, 'refused', readdirSync(join(place, 'refused')).find((name) => name.endsWith('again.csv.txt')) ?? ''), '读不了');
    expect((await world.inbox.state()).folders[0]?.last?.reason).toEqual({ 'zh-CN': '读不了', en: '读不了' });
    world.time.now = '2025-03-17T04:00:00.000Z';
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

  it('takes orders by hand, one or several; one that cannot be made stops no other, and none is made twice', async () => {
    const { id } = await shop('手工', 'offline');
    const receiver = { name: '张试', phone: '13900000011', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文三路 11 号', postcode: '' };
    const line = { title: '棉袜', spec: '黑', skuCode: '', itemCode: '', itemId: '', quantity: 2, priceFen: 500 };
    const order = { shopId: id, receiver, lines: [line, { ...line, title: '鞋垫', quantity: 1 }], buyerNote: '', sellerNote: '急', flag: 'red' as const };
    const made = await world.manual.create(order, actor);
    expect(made).toMatchObject({ stage: 'to_print', pieces: 3, paidFen: 1500, flag: 'red', sellerNote: '急' });
    expect(await code(world.manual.create({ ...order, number: made.number }, actor))).toBe('CONFLICT');
    const several = [{ ...order, number: 'M250317A1' }, { ...order, shopId: 'shop_none', number: 'M250317A2' }, { ...order, receiver: { ...receiver, phone: '' }, number: 'M250317A3' }];
    const outcomes = await world.manual.createSeveral(several, actor);
    expect(outcomes).toMatchObject([{ ok: true, number: 'M250317A1' }, { ok: false, failure: { code: 'NOT_FOUND' } }, { ok: true, number: 'M250317A3' }]);
    // The answer was lost and the page sends them again.
    expect(await world.manual.createSeveral(several, actor)).toMatchObject([{ failure: { code: 'CONFLICT' } }, { failure: { code: 'NOT_FOUND' } }, { failure: { code: 'CONFLICT' } }]);
    expect((await world.orders.counts([id])).tabs).toMatchObject({ to_print: 2, problem: 1 });
  });

  it('lets one station at a time change an order, and nobody a stale copy', async () => {
    const { id } = await shop('锁', 'offline');
    const receiver = { name: '张试', phone: '13900000021', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文三路 21 号', postcode: '' };
    const made = await world.manual.create({ shopId: id, receiver: { ...receiver, phone: '' }, lines: [], buyerNote: '', sellerNote: '', flag: 'none' }, actor);
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
