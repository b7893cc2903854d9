import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AddressInput } from '../../common/contract/addresses.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import { createAuditService } from '../../main/features/audit/service.ts';
import { createShopsRepository } from '../../main/features/shops/repository.ts';
import { createShopsService } from '../../main/features/shops/service.ts';
import type { ShopsService } from '../../main/features/shops/service.ts';
import { createAddressesRepository } from '../../main/features/addresses/repository.ts';
import { createAddressesService } from '../../main/features/addresses/service.ts';
import type { AddressesService, KnownRecipient } from '../../main/features/addresses/service.ts';

const actor = { operator: '张工', station: { id: 'st_1' } };
const warehouse: AddressInput = {
  label: '一号仓', contact: '陈青禾', company: '麦芒物语', phone: '13800000001', extension: '', privacyPhone: '', province: '浙江省', city: '杭州市', district: '余杭区', town: '仓前街道', detail: '听松路18号3幢', postcode: '', note: '',
};
const second: AddressInput = { ...warehouse, label: '二号仓', contact: '李半夏', phone: '0571-88000001', extension: '806', district: '西湖区', town: '文新街道', detail: '=锦书巷7号' };

forEachDialect('sender addresses', (open) => {
  let database: OpenDatabase;
  let book: AddressesService;
  let shops: ShopsService;
  let recipients: KnownRecipient[] = [];

  beforeEach(async () => {
    database = await open();
    let minute = 0;
    let serial = 0;
    const clock = { now: () => new Date(Date.UTC(2026, 0, 1, 8, minute++)).toISOString() };
    const ids = { next: (prefix: string) => `${prefix}_${String(++serial).padStart(6, '0')}` };
    const audit = createAuditService({ db: database.db, clock, ids });
    shops = createShopsService({ repository: createShopsRepository(database.db), clock, ids, audit });
    recipients = [];
    book = createAddressesService({ repository: createAddressesRepository(database.db), shops, divisions: loadDivisions, clock, ids, audit, accounts: async () => [{ id: 'acc_1', name: '圆通江干' }], recipients: async () => recipients });
  });
  afterEach(() => database.close());

  const shop = (name: string) => shops.create({ name, platform: 'taobao', senderAddressId: null }, actor);

  it('the first address serves everything; shop, account and parcel may have their own', async () => {
    const a = await shop('淘A');
    const first = await book.create(warehouse, actor);
    expect(first.usedBy).toEqual([{ scope: 'all', scopeId: '', name: '', purpose: 'send' }]);
    expect(await book.sender(a.id)).toMatchObject({ name: '麦芒物语 陈青禾', phone: '13800000001', city: '杭州市', detail: '听松路18号3幢' });
    const other = await book.create({ ...second, detail: '锦书巷7号' }, actor);
    await book.setDefault({ scope: 'account', scopeId: 'acc_1', purpose: 'send', addressId: other.id }, actor);
    expect((await book.sender(a.id, null, 'acc_1'))?.phone).toBe('0571-88000001-806');
    expect((await book.sender(a.id))?.detail).toBe('听松路18号3幢');
    await book.setDefault({ scope: 'shop', scopeId: a.id, purpose: 'send', addressId: other.id }, actor);
    expect((await shops.get(a.id)).senderAddressId).toBe(other.id);
    expect((await book.sender(a.id))?.detail).toBe('锦书巷7号');
    expect((await book.sender(a.id, first.id))?.detail).toBe('听松路18号3幢');
    expect((await book.get(other.id)).usedBy.map((use) => `${use.scope} ${use.name}`).toSorted()).toEqual(['account 圆通江干', 'shop 淘A']);
    await book.setDefault({ scope: 'shop', scopeId: a.id, purpose: 'return', addressId: first.id }, actor);
    expect((await book.returnAddress(a.id))?.detail).toBe('听松路18号3幢');
    await book.setDefault({ scope: 'shop', scopeId: a.id, purpose: 'return', addressId: null }, actor);
    expect((await book.returnAddress(a.id))?.detail).toBe('锦书巷7号');
    await expect(book.setDefault({ scope: 'account', scopeId: 'acc_x', purpose: 'send', addressId: first.id }, actor)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('prints the privacy phone in place of the own one', async () => {
    const a = await shop('淘A');
    await book.create({ ...warehouse, privacyPhone: '400-820-8820' }, actor);
    // Numbers of privacy services: short ones that stand for others, virtual ones with an extension.
    for (const privacyPhone of ['95013000001', '95013000001-806', '17000000001-1234']) expect(await book.check({ ...warehouse, privacyPhone })).toEqual([]);
    for (const privacyPhone of ['95', '9501300000112345678', '95a13000001', '170****0001-1234']) expect(await book.check({ ...warehouse, privacyPhone }), privacyPhone).toMatchObject([{ field: 'privacyPhone', problem: 'form' }]);
    expect((await book.sender(a.id))?.phone).toBe('400-820-8820');
  });

  it('cannot leave while it is used; archived it is gone from lists and comes back', async () => {
    const a = await shop('淘A');
    const first = await book.create(warehouse, actor);
    const other = await book.create({ ...second, detail: '锦书巷7号' }, actor);
    await expect(book.archive({ id: first.id, archived: true }, actor)).rejects.toMatchObject({ error: { code: 'ADDRESS_IN_USE', data: { address: '一号仓', uses: expect.arrayContaining([expect.objectContaining({ purpose: 'send' })]) } } });
    await expect(book.remove({ id: first.id }, actor)).rejects.toMatchObject({ error: { code: 'ADDRESS_IN_USE' } });
    await book.setDefault({ scope: 'all', scopeId: '', purpose: 'send', addressId: other.id }, actor);
    await book.archive({ id: first.id, archived: true }, actor);
    expect((await book.list({ search: '', archived: false })).map((one) => one.label)).toEqual(['二号仓']);
    expect((await book.list({ search: '', archived: true })).map((one) => one.label)).toEqual(['一号仓']);
    await expect(book.setDefault({ scope: 'shop', scopeId: a.id, purpose: 'send', addressId: first.id }, actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    await book.archive({ id: first.id, archived: false }, actor);
    await book.remove({ id: first.id }, actor);
    await expect(book.get(first.id)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('refuses every level that is missing, unknown or elsewhere, and saves nothing', async () => {
    const cases: [Partial<AddressInput>, [string, string]][] = [
      [{ contact: ' ' }, ['contact', 'missing']],
      [{ phone: '1380000000' }, ['phone', 'form']],
      [{ phone: '138****0001' }, ['phone', 'form']],
      [{ province: '浙江' }, ['province', 'unknown']],
      [{ city: '苏州市' }, ['city', 'not-inside']],
      [{ district: '玄武区' }, ['district', 'not-inside']],
      [{ district: '江干区' }, ['district', 'unknown']],
      [{ district: '' }, ['district', 'missing']],
      [{ detail: '' }, ['detail', 'missing']],
      [{ postcode: '31000' }, ['postcode', 'form']],
      [{ extension: '12a' }, ['extension', 'form']],
      [{ privacyPhone: 'x' }, ['privacyPhone', 'form']],
    ];
    for (const [change, problem] of cases) {
      const refused = await book.create({ ...warehouse, ...change }, actor).then(() => undefined, (thrown: { error: { code: string; data: { problems: { field: string; problem: string }[] } } }) => thrown.error);
      expect([refused?.code, refused?.data.problems.map((one) => [one.field, one.problem])]).toEqual(['ADDRESS_INVALID', [problem]]);
    }
    expect(await book.list({ search: '', archived: false })).toEqual([]);
  });

  it('doubts a town the tables lack, and takes a city without districts', async () => {
    expect(await book.check({ ...warehouse, town: '没有的街道' })).toEqual([{ field: 'town', problem: 'unknown', severity: 'warning', text: '没有的街道' }]);
    expect(await book.check({ ...warehouse, province: '广东省', city: '东莞市', district: '', town: '虎门镇' })).toEqual([]);
  });

  it('is found by words, pinyin and initials', async () => {
    await book.create(warehouse, actor);
    await book.create({ ...second, detail: '锦书巷7号' }, actor);
    const hits = async (search: string) => (await book.list({ search, archived: false })).map((one) => one.label);
    expect(await hits('陈青禾')).toEqual(['一号仓']);
    expect(await hits('chenqinghe')).toEqual(['一号仓']);
    expect(await hits('lbx')).toEqual(['二号仓']);
    expect(await hits('余杭 13800000001')).toEqual(['一号仓']);
    expect(await hits('yhc')).toEqual(['一号仓']);
    expect((await hits('杭州')).length).toBe(2);
    expect(await hits('%')).toEqual([]);
  });

  it('export and import are a round trip without formulas; bad rows are told', async () => {
    await book.create(warehouse, actor);
    await book.create(second, actor);
    const { text } = await book.export();
    expect(text).toContain("'=锦书巷7号");
    expect(await book.import({ text, dryRun: false }, actor)).toMatchObject({ rows: 2, added: 0, changed: 0, same: 2, rejected: [] });
    const more = `${text.trimEnd()}\r\n三号仓,王芳,,13800000003,,,江苏省,杭州市,西湖区,,听松路1号,,\r\n四号仓,王芳,,13800000004,,,江苏省,南京市,玄武区,,听松路1号,,\r\n`.replace('13800000001', '13800000009');
    expect(await book.import({ text: more, dryRun: true }, actor)).toMatchObject({ rows: 4, added: 1, changed: 1, same: 1, rejected: [{ row: 4, findings: [{ field: 'city', problem: 'not-inside' }] }] });
    expect((await book.list({ search: '', archived: false })).length).toBe(2);
    await book.import({ text: more, dryRun: false }, actor);
    expect((await book.list({ search: '', archived: false })).map((one) => [one.label, one.phone]).toSorted()).toEqual([['一号仓', '13800000009'], ['二号仓', '0571-88000001'], ['四号仓', '13800000004']]);
    await expect(book.import({ text: 'a,b\n1,2', dryRun: true }, actor)).rejects.toMatchObject({ error: { code: 'TABLE_UNKNOWN' } });
  });

  it('a change of an address is checked as a whole', async () => {
    const made = await book.create(warehouse, actor);
    expect(await book.update({ id: made.id, detail: '听松路20号' }, actor)).toMatchObject({ detail: '听松路20号', district: '余杭区', createdAt: made.createdAt });
    await expect(book.update({ id: made.id, city: '宁波市' }, actor)).rejects.toMatchObject({ error: { code: 'ADDRESS_INVALID' } });
  });

  it('recent recipients are masked, pastes are read, places are listed', async () => {
    recipients = [{ id: 'ord_1', name: '陈青禾', phone: '13800000001', province: '北京市', city: '北京市', district: '朝阳区', town: '', detail: '听松路18号院6号楼2单元1103', lastAt: '2026-01-01T00:00:00.000Z' }];
    const [recent] = await book.recent({ search: '', limit: 10 });
    expect(recent).toMatchObject({ id: 'ord_1', place: '北京市 朝阳区' });
    expect([recent?.name, recent?.phone, recent?.detail].join(' ')).not.toMatch(/青禾|13800000001|1103/);
    const { recipients: read } = await book.parse({ text: '陈青禾 13800000001 浙江省杭州市西湖区文三路7号\n李半夏 13900000002 江苏省南京市玄武区珠江路8号' });
    expect(read.map((one) => one.address.name)).toEqual(['陈青禾', '李半夏']);
    expect((await book.places({ path: '' })).length).toBe(34);
    expect((await book.places({ path: '浙江省/杭州市' })).map((one) => one.name)).toContain('余杭区');
    expect((await book.places({ path: '浙江省/杭州市/西湖区' })).map((one) => one.name)).toContain('文新街道');
    expect(await book.places({ path: '没有' })).toEqual([]);
  });
});
