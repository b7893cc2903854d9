import { afterEach, beforeEach, expect, it } from 'vitest';
import { forEachDialect } from '../../database/testing.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { createAuditService } from '../audit/service.ts';
import { createItemsRepository } from './repository.ts';
import { createRulesRepository } from './rules.ts';
import { createItemsService } from './service.ts';
import type { ItemsService } from './service.ts';
import type { SeenLine } from './recognise.ts';

const actor = { operator: '张工', station: { id: 'st_1' } };

forEachDialect('items', (open) => {
  let database: OpenDatabase;
  let items: ItemsService;
  let minute = 0;
  let serial = 0;

  beforeEach(async () => {
    database = await open();
    minute = 0;
    serial = 0;
    const clock = { now: () => new Date(Date.UTC(2026, 0, 1, 8, minute++)).toISOString() };
    const ids = { next: (prefix: string) => `${prefix}_${String(++serial).padStart(6, '0')}` };
    const { db } = database;
    for (const id of ['shop_a', 'shop_b']) await db.insertInto('shops').values({ id, name: id, platform: 'taobao', sender_address_id: null, archived_at: null, created_at: clock.now() }).execute();
    items = createItemsService({ repository: createItemsRepository(db), rules: createRulesRepository(db), clock, ids, audit: createAuditService({ db, clock, ids }) });
  });
  afterEach(() => database.close());

  const line = (more: Partial<SeenLine>): SeenLine => ({ title: '', platformId: '', itemCode: '', spec: '', skuCode: '', barcode: '', ...more });
  const socks = '麦芒物语厂家直销运动袜子纯棉中筒袜防臭吸汗时尚百搭男女四季送礼';
  const mat = '松屿热卖学生宿舍冰丝凉席三件套空调软席子柔软亲肤可折叠';
  const ordered = (title: string, spec: string, quantity = 1) => ({ title, itemCode: '', sku: spec, skuCode: '', quantity, barcode: '' });
  const listAll = (more: Partial<Parameters<ItemsService['list']>[0]> = {}) => items.list({ search: '', filter: 'all', offset: 0, limit: 100, ...more });

  it('learns items and SKUs from orders once, under title, code and number', async () => {
    await items.learn('shop_a', [line({ title: socks, spec: '颜色:黑色' }), line({ title: socks, spec: '颜色:白色' }), line({ title: socks, spec: '颜色:黑色' })], '2026-01-01T00:00:00.000Z');
    await items.learn('shop_a', [line({ title: socks, itemCode: 'ZS020', spec: '颜色:黑色' })], '2026-01-02T00:00:00.000Z');
    await items.learn('shop_a', [line({ title: `${socks} 新标题`, platformId: '90001', itemCode: 'ZS020', spec: '颜色:黑色', skuCode: 'ZS020-01' })], '2026-01-02T00:00:00.000Z');
    await items.learn('shop_b', [line({ title: socks })], '2026-01-01T00:00:00.000Z');
    const { items: list } = await listAll({ shopId: 'shop_a' });
    expect(list.map((item) => [item.platformId, item.code, item.lastOrderedAt])).toEqual([['90001', 'ZS020', '2026-01-02T00:00:00.000Z']]);
    expect(list[0]?.skus.length).toBe(2);
    expect((await listAll()).total).toBe(2);
  });

  it('gives a line its SKU name, its item name, a rule or the cleaned title', async () => {
    await items.learn('shop_a', [line({ title: socks, spec: '颜色:黑色' }), line({ title: socks, spec: '颜色:白色' }), line({ title: mat })], '2026-01-01T00:00:00.000Z');
    const all = (await listAll()).items;
    const item = all.find((one) => one.title === socks);
    const black = item?.skus.find((sku) => sku.spec.includes('黑'));
    if (item === undefined || black === undefined) throw new Error('not learnt');
    await items.setNames({ changes: [{ itemId: item.id, skuId: '', name: '棉袜' }, { itemId: item.id, skuId: black.id, name: '黑袜' }] }, actor);
    await items.update({ id: item.id, location: 'A-03', skus: [{ id: black.id, barcode: '6901234567892', location: 'A-04' }] }, actor);
    await items.saveRule({ shopId: '', kind: 'contains', pattern: '凉席', text: '席子', enabled: true }, actor);
    expect(await items.labelLines('shop_a', [ordered(socks, '颜色:黑色', 2), ordered(socks, '颜色:白色'), ordered(mat, '尺寸:1.5m床'), ordered('南枝记热卖冬季珊瑚绒毛毯加厚盖毯', '颜色:驼色')])).toEqual([
      { title: socks, shortName: '黑袜', sku: '', quantity: 2, barcode: '6901234567892', location: 'A-04' },
      { title: socks, shortName: '棉袜', sku: '白色', quantity: 1, barcode: '', location: 'A-03' },
      { title: mat, shortName: '席子', sku: '1.5m床', quantity: 1, barcode: '', location: '' },
      { title: '南枝记热卖冬季珊瑚绒毛毯加厚盖毯', shortName: '南枝记珊瑚绒毛毯', sku: '驼色', quantity: 1, barcode: '', location: '' },
    ]);
  });

  it('adds up on paper what several orders of a parcel hold, in the order of the shelves', async () => {
    await items.learn('shop_a', [line({ title: socks, spec: '颜色:黑色' }), line({ title: mat })], '2026-01-01T00:00:00.000Z');
    const mats = (await listAll({ search: '凉席' })).items[0];
    await items.update({ id: mats?.id ?? '', location: 'A-01', skus: [] }, actor);
    const paper = await items.labelItems('shop_a', [ordered(socks, '颜色:黑色', 2), ordered(mat, ''), ordered(socks, '颜色:黑色')]);
    expect(paper.map((one) => [one.shortName, one.sku, one.quantity])).toEqual([['松屿冰丝凉席三件套', '', 1], ['麦芒物语纯棉袜子', '黑色', 3]]);
    const list = await items.goods([
      { id: 'o1', shopId: 'shop_a', lines: [ordered(socks, '颜色:黑色', 2), ordered(mat, ''), ordered(socks, '颜色:黑色')] },
      { id: 'o2', shopId: 'shop_b', lines: [ordered(socks, '颜色:黑色', 2)] },
      { id: 'o3', shopId: 'shop_a', lines: [] },
      { id: 'o4', shopId: 'shop_a', lines: [ordered(socks, '')] },
    ]);
    expect(list.map(({ id, lines }) => [id, lines.map((one) => `${one.shortName} ${one.sku} ${one.quantity}`)])).toEqual([['o1', paper.map((one) => `${one.shortName} ${one.sku} ${one.quantity}`)], ['o2', ['麦芒物语纯棉袜子 黑色 2']], ['o3', []], ['o4', ['麦芒物语纯棉袜子  1']]]);
    expect(await items.weights('shop_a', [ordered(mat, ''), ordered('无名', '')])).toEqual([null, null]);
    await items.update({ id: mats?.id ?? '', weightGrams: 850, skus: [] }, actor);
    expect(await items.weights('shop_a', [ordered(mat, ''), ordered('无名', '')])).toEqual([850, null]);
  });

  it('a rule of the shop goes before one of all shops; the order is the user’s', async () => {
    const all = await items.saveRule({ shopId: '', kind: 'contains', pattern: '凉席', text: '席子', enabled: true }, actor);
    const own = await items.saveRule({ shopId: 'shop_a', kind: 'regex', pattern: '(冰丝|竹)凉席', text: '$1席', enabled: true }, actor);
    const shown = async (shopId: string) => (await items.labelLines(shopId, [ordered(mat, '')]))[0]?.shortName;
    expect([await shown('shop_a'), await shown('shop_b')]).toEqual(['冰丝席', '席子']);
    const second = await items.saveRule({ shopId: '', kind: 'contains', pattern: '冰丝', text: '冰丝货', enabled: true }, actor);
    await items.orderRules({ ids: [second.id, all.id, own.id] }, actor);
    expect(await shown('shop_b')).toBe('冰丝货');
    await items.saveRule({ ...second, enabled: false }, actor);
    expect(await shown('shop_b')).toBe('席子');
    await items.removeRule({ id: own.id }, actor);
    expect(await shown('shop_a')).toBe('席子');
    await expect(items.saveRule({ shopId: '', kind: 'regex', pattern: '(a+)+', text: 'x', enabled: true }, actor)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    expect(await items.tryRule({ shopId: '', kind: 'regex', pattern: '(a+)+', text: 'x' })).toMatchObject({ problem: 'slow', fits: 0 });
  });

  it('lists those nobody named, accepts suggestions at once, and takes the step back', async () => {
    await items.learn('shop_a', [line({ title: socks }), line({ title: mat })], '2026-01-01T00:00:00.000Z');
    await items.learn('shop_a', [line({ title: 'q9' })], '2025-12-01T00:00:00.000Z');
    expect(await listAll({ filter: 'unnamed', since: '2026-01-01T00:00:00.000Z' })).toMatchObject({ total: 2, unnamed: 2 });
    const done = await items.acceptSuggestions({ shopId: 'shop_a', minConfidence: 0.5, maxLength: 12 }, actor);
    expect(done).toMatchObject({ changed: 2, skipped: 1 });
    expect((await listAll({ filter: 'named' })).items.map((item) => [item.shortName, item.shown.from]).toSorted()).toEqual([['松屿冰丝凉席三件套', 'item'], ['麦芒物语纯棉袜子', 'item']]);
    expect(await items.undo({}, actor)).toMatchObject({ changed: 2, kept: 0 });
    expect(await listAll({ filter: 'unnamed' })).toMatchObject({ total: 3 });
    await expect(items.undo({}, actor)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect((await items.history({ limit: 10 })).map((row) => [row.source, row.undone])).toEqual([['undo', false], ['undo', false], ['suggestion', true], ['suggestion', true]]);
  });

  it('undo leaves what somebody changed since, and can itself be undone', async () => {
    await items.learn('shop_a', [line({ title: socks }), line({ title: mat })], '2026-01-01T00:00:00.000Z');
    const [first, second] = (await listAll()).items;
    if (first === undefined || second === undefined) throw new Error('not learnt');
    const step = await items.setNames({ changes: [{ itemId: first.id, skuId: '', name: '甲' }, { itemId: second.id, skuId: '', name: '乙' }] }, actor);
    await items.setNames({ changes: [{ itemId: second.id, skuId: '', name: '丙' }] }, { ...actor, operator: '李工' });
    const undone = await items.undo({ batchId: step.batchId }, actor);
    expect(undone).toMatchObject({ changed: 1, kept: 1 });
    expect([(await items.get(first.id)).shortName, (await items.get(second.id)).shortName]).toEqual(['', '丙']);
    await items.undo({ batchId: undone.batchId }, actor);
    expect((await items.get(first.id)).shortName).toBe('甲');
  });

  it('a step with an unknown item changes nothing', async () => {
    await items.learn('shop_a', [line({ title: socks })], '2026-01-01T00:00:00.000Z');
    const [item] = (await listAll()).items;
    await expect(items.setNames({ changes: [{ itemId: item?.id ?? '', skuId: '', name: '袜' }, { itemId: 'item_x', skuId: '', name: 'x' }] }, actor)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect((await items.get(item?.id ?? '')).shortName).toBe('');
  });

  it('is searched by words, pinyin, initials, codes and bar codes', async () => {
    await items.learn('shop_a', [line({ title: socks, itemCode: 'ZS020', spec: '颜色:黑色', skuCode: 'ZS020-01' }), line({ title: mat, itemCode: '100%_A' })], '2026-01-01T00:00:00.000Z');
    const item = (await listAll({ search: 'ZS020' })).items[0];
    await items.setNames({ changes: [{ itemId: item?.id ?? '', skuId: '', name: '棉袜' }] }, actor);
    const hits = async (search: string) => (await listAll({ search })).items.map((one) => one.code);
    expect(await hits('棉袜')).toEqual(['ZS020']);
    expect(await hits('mianwa')).toEqual(['ZS020']);
    expect(await hits('mw')).toContain('ZS020');
    expect(await hits('zs020-01')).toEqual(['ZS020']);
    expect(await hits('凉席')).toEqual(['100%_A']);
    expect(await hits('liangxi')).toEqual(['100%_A']);
    expect(await hits('%_a')).toEqual(['100%_A']);
    expect(await hits("'; drop")).toEqual([]);
  });

  it('export and import are a round trip, without a formula in it', async () => {
    await items.learn('shop_a', [line({ title: '=HYPERLINK("http://x")凉席', itemCode: '+1', spec: '颜色:"黑",白' }), line({ title: socks, spec: '颜色:黑色', skuCode: 'ZS-1' })], '2026-01-01T00:00:00.000Z');
    const before = (await listAll()).items;
    await items.setNames({ changes: before.flatMap((item) => [{ itemId: item.id, skuId: '', name: `@${item.title.slice(0, 3)}` }, ...item.skus.map((sku) => ({ itemId: item.id, skuId: sku.id, name: `-${sku.spec.slice(-2)}` }))]) }, actor);
    const { text } = await items.export({ shopId: 'shop_a' });
    for (const cell of text.split(/[,\r\n]/)) expect(cell.replace(/^\ufeff?"?/, '')).not.toMatch(/^[=+@-]/);
    const again = await items.import({ shopId: 'shop_a', text, dryRun: false }, actor);
    expect(again).toMatchObject({ rows: 2, changed: 0, same: 4, added: 0, rejected: [] });
    const other = await items.import({ shopId: 'shop_b', text, dryRun: false }, actor);
    expect(other).toMatchObject({ rows: 2, changed: 4, added: 2 });
    const plain = (list: typeof before) => list.map((item) => [item.title, item.code, item.shortName, item.skus.map((sku) => [sku.code, sku.spec, sku.shortName])]).toSorted();
    expect(plain((await listAll({ shopId: 'shop_b' })).items)).toEqual(plain((await listAll({ shopId: 'shop_a' })).items));
  });

  it('an import says which rows it could not take, and changes nothing when only tried', async () => {
    await items.learn('shop_a', [line({ title: socks }), line({ title: mat, platformId: '1' }), line({ title: mat, platformId: '2' })], '2026-01-01T00:00:00.000Z');
    const text = ['标题,简称,规格简称', `${socks},棉袜,`, `${mat},席,`, `,孤儿,`, `${socks},${'长'.repeat(41)},`, `${socks},,黑`].join('\n');
    const tried = await items.import({ shopId: 'shop_a', text, dryRun: true }, actor);
    expect(tried).toMatchObject({ rows: 5, changed: 1, rejected: [{ row: 3, reason: 'ambiguous-title' }, { row: 4, reason: 'no-such-item' }, { row: 5, reason: 'too-long' }, { row: 6, reason: 'no-such-sku' }] });
    expect((await listAll({ filter: 'named' })).total).toBe(0);
    await items.import({ shopId: 'shop_a', text: text.replaceAll(',', '\t'), dryRun: false }, actor);
    expect((await listAll({ filter: 'named' })).total).toBe(1);
    await expect(items.import({ shopId: 'shop_a', text: 'a,b\n1,2', dryRun: true }, actor)).rejects.toMatchObject({ error: { code: 'TABLE_UNKNOWN' } });
  });

  it('archives instead of forgetting', async () => {
    const item = await items.create({ shopId: 'shop_a', title: socks, code: '', platformId: '' }, actor);
    await expect(items.create({ shopId: 'shop_a', title: socks, code: '', platformId: '' }, actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    await items.update({ id: item.id, archived: true, skus: [] }, actor);
    expect([(await listAll()).total, (await listAll({ filter: 'archived' })).total]).toEqual([0, 1]);
    expect((await items.update({ id: item.id, archived: false, skus: [] }, actor)).archivedAt).toBeNull();
  });
});
