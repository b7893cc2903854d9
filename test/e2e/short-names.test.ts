/** Short names at the size of real shops: 360 items in three of them, edited like a spreadsheet, imported, taken back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

interface Sample {
  readonly title: string;
  readonly skus: readonly { readonly code: string; readonly attributes: string }[];
}

let app: App;
const seen = new Date().toISOString();
beforeAll(async () => {
  app = await openApp();
  const actor = app.server.core.contextFor({ id: 't', name: 't' }, 'owner', '张工');
  const { items: samples } = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/samples/items.json'), 'utf8')) as { items: Sample[] };
  const { shops, items } = app.server.core.services;
  for (const [index, name] of ['青禾家居店', '半夏服饰店', '松屿百货店'].entries()) {
    const shop = await shops.create({ name, platform: 'taobao', senderAddressId: null }, actor);
    const lines = samples.flatMap(({ title, skus }) => skus.map((sku) => ({ title: `${title}${index === 0 ? '' : ` 第${index + 1}版`}`, platformId: '', itemCode: sku.code.split('-')[0] ?? '', spec: sku.attributes, skuCode: sku.code, barcode: '' })));
    await items.learn(shop.id, lines, index === 2 ? seen : '2026-01-01T00:00:00.000Z');
  }
  await app.page.goto(`${app.url.split('#')[0]}#/items`);
  // The page that opened first read the shops before they were made here, behind its back.
  await app.page.reload();
  await app.page.getByRole('heading', { name: '宝贝简称' }).waitFor();
  await app.page.locator('.ant-segmented-item', { hasText: /还没有简称 [1-9]/ }).waitFor();
});
afterAll(() => app.close());

const names = () => app.page.locator('input[data-column="name"]');
const history = () => app.server.core.services.items.history({ limit: 50 });
async function show(filter: string): Promise<void> {
  await app.page.locator('.ant-segmented-item', { hasText: filter }).first().click();
}
/** A paste as a spreadsheet gives it: one cell a line. */
async function paste(lines: readonly string[]): Promise<void> {
  await app.page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, `${lines.join('\r\n')}\r\n`);
}

describe('short names of three shops', () => {
  it('shows what nobody named yet, with suggestions, and those of today', async () => {
    const { total } = await app.server.core.services.items.list({ search: '', filter: 'all', offset: 0, limit: 1 });
    expect(total).toBeGreaterThan(300);
    await app.page.getByText(`还没有简称 ${total}`).waitFor();
    await app.shot('items-300', { docs: true });
    await app.page.getByLabel('只看今天来的订单').check();
    await app.page.getByText(`还没有简称 ${total / 3}`).waitFor();
    await app.page.getByLabel('只看今天来的订单').uncheck();
  });

  it('Enter and the arrows go down and up the column; each change is a step', async () => {
    await show('全部');
    await names().nth(3).fill('凉席甲');
    await app.page.keyboard.press('Enter');
    expect(await names().nth(4).evaluate((field) => field === document.activeElement)).toBe(true);
    await app.page.keyboard.type('凉席乙');
    await app.page.keyboard.press('ArrowUp');
    expect(await names().nth(3).evaluate((field) => field === document.activeElement)).toBe(true);
    await expect.poll(async () => (await history()).map((row) => row.after), { timeout: 25_000 }).toEqual(['凉席乙', '凉席甲']);
    await app.page.keyboard.type('不要了');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('ArrowDown');
    expect(await names().nth(3).inputValue()).toBe('凉席甲');
    expect(await history()).toHaveLength(2);
  });

  it('a column pasted from a spreadsheet fills the rows below as one step; undo takes it back', async () => {
    await names().nth(10).focus();
    await paste(['毛巾', '浴巾', '', '枕套\t不是这一列']);
    await app.page.getByText('已填 3 个简称').waitFor();
    await expect.poll(() => names().nth(13).inputValue(), { timeout: 25_000 }).toBe('枕套');
    expect([await names().nth(10).inputValue(), await names().nth(11).inputValue(), await names().nth(12).inputValue()]).toEqual(['毛巾', '浴巾', '']);
    expect(new Set((await history()).slice(0, 3).map((row) => row.batchId)).size).toBe(1);
    await app.shot('items-pasted');
    await app.page.getByRole('button', { name: /撤\s?销/ }).click();
    await app.page.getByText('已撤回 3 处').waitFor();
    await expect.poll(() => names().nth(10).inputValue(), { timeout: 25_000 }).toBe('');
  });

  it('a name of a SKU goes before the item’s, and both are found by pinyin within a shop', async () => {
    await app.page.getByLabel('店铺', { exact: true }).click();
    await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('松屿百货店').click();
    await app.page.getByLabel('标题、简称、编码、首字母…').fill('liangxi');
    const found = app.page.locator('tbody .ant-table-row');
    await expect.poll(() => found.count(), { timeout: 25_000 }).toBeLessThan(5);
    await found.filter({ hasText: '冰丝' }).locator('.ant-table-row-expand-icon').click();
    const sku = app.page.locator('input[data-column="sku-name"]').first();
    await sku.fill('灰席12');
    await app.page.keyboard.press('Enter');
    await expect.poll(async () => (await history())[0]?.after, { timeout: 25_000 }).toBe('灰席12');
    const [row] = await history();
    const item = await app.server.core.services.items.get(row?.itemId ?? '');
    const line = (spec: string) => ({ title: item.title, itemCode: '', sku: spec, skuCode: '', quantity: 1, barcode: '' });
    const [named, other] = [item.skus.find((one) => one.id === row?.skuId), item.skus.find((one) => one.id !== row?.skuId)];
    const [goods] = await app.server.core.services.items.goods([{ id: 'o', shopId: item.shopId, lines: [line(named?.spec ?? ''), line(other?.spec ?? '')] }]);
    expect(goods?.lines.map((one) => one.shortName).toSorted()).toEqual(['灰席12', item.shown.text].toSorted());
    await app.shot('items-skus', { docs: true });
    await app.page.getByLabel('标题、简称、编码、首字母…').fill('');
  });

  it('what is exported comes back the same; rows nobody can place are named with their line', async () => {
    const download = app.page.waitForEvent('download');
    await app.page.getByRole('button', { name: /导\s?出/ }).click();
    const text = Buffer.concat(await (await (await download).createReadStream()).toArray()).toString('utf8');
    expect(text.split('\r\n').length).toBeGreaterThan(300);
    await app.page.getByRole('button', { name: /导\s?入/ }).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByTestId('table-file').setInputFiles({ name: '简称.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: write(read(text.replace('\ufeff', ''), { type: 'string', raw: true }), { type: 'buffer', bookType: 'xlsx' }) as Buffer });
    await dialog.getByRole('button', { name: '先看看' }).click();
    await dialog.getByText(/\d+ 行：改 0 处，相同 [1-9]\d* 处，新宝贝 0 个，不能用 0 行/).waitFor();
    await dialog.getByLabel('在这里粘贴表格').fill('宝贝标题,宝贝简称\n\n,孤儿\n新的宝贝标题,新名');
    await dialog.getByRole('button', { name: '先看看' }).click();
    await dialog.getByText('第 3 行：认不出是哪个宝贝').waitFor();
    await app.shot('items-import');
    await dialog.getByRole('button', { name: /取\s?消/ }).click();
  });

  it('a pattern that could hang the program is refused while it is typed', async () => {
    await app.page.getByRole('button', { name: /规\s?则/ }).click();
    const drawer = app.page.locator('.ant-drawer');
    await drawer.getByLabel('标题包含').click();
    await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('正则').click();
    await drawer.getByLabel('内容').fill('(.+)+凉席$');
    await drawer.getByText('这个正则可能让电脑卡住，请拆成几条简单的规则').waitFor();
    await drawer.getByLabel('简称').fill('席');
    expect(await drawer.getByRole('button', { name: '添加规则' }).isDisabled()).toBe(true);
    await drawer.getByLabel('内容').fill('(冰丝|竹)凉席');
    await drawer.getByLabel('简称').fill('$1席');
    await drawer.getByText(/符合 \d+ 个宝贝/).waitFor();
    await app.shot('items-rule-regex', { docs: true });
    await drawer.getByRole('button', { name: '添加规则' }).click();
    await expect.poll(async () => (await app.server.core.services.items.rules({})).map((rule) => rule.text), { timeout: 25_000 }).toEqual(['$1席']);
    await app.page.keyboard.press('Escape');
  });

  it('did all that without an error on the page', () => expect(app.pageErrors).toEqual([]));
});

describe('a packer', () => {
  it('looks addresses up without a refused call and without what is the lead’s', async () => {
    const packer = await openApp({ role: 'packer' });
    try {
      const actor = packer.server.core.contextFor({ id: 't', name: 't' }, 'owner', '张工');
      await packer.server.core.services.shops.create({ name: '青禾家居店', platform: 'taobao', senderAddressId: null }, actor);
      await packer.server.core.services.addresses.create({ label: '总仓', contact: '陈青禾', company: '', phone: '13800000001', extension: '', privacyPhone: '', province: '浙江省', city: '杭州市', district: '余杭区', town: '', detail: '听松路18号', postcode: '', note: '' }, actor);
      await packer.page.goto(`${packer.url.split('#')[0]}#/addresses`);
      await packer.page.getByRole('cell', { name: '总仓', exact: true }).waitFor();
      await packer.page.getByText('默认用哪个地址').waitFor();
      expect(await packer.page.getByRole('button', { name: /添加地址|编辑|归档|导入/ }).count()).toBe(0);
      await packer.shot('addresses-packer');
      await expect(packer.server.core.services.addresses.list({ search: 'zc', archived: false })).resolves.toHaveLength(1);
      expect(packer.pageErrors).toEqual([]);
    } finally {
      await packer.close();
    }
  });
});
