/** The address book of a lead with several shops: a table in and out, defaults of shops and accounts, returns, the phone on labels, and what is in use stays. */
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';
import { someone } from './sample-orders.ts';

let app: App;
let shopId: string;
let accountId: string;
beforeAll(async () => {
  app = await openApp();
  // The samples bring a shop, its sender and a waybill account.
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor({ timeout: 20_000 });
  shopId = (await core().shops.list({ archived: false }))[0]!.id;
  accountId = (await core().waybills.reports.accounts())[0]!.id;
  await app.page.goto(`${app.url.split('#')[0]}#/addresses`);
  await app.page.getByRole('heading', { name: '常用地址（寄件）' }).waitFor();
});
afterAll(() => app.close());

const core = (): App['server']['core']['services'] => app.server.core.services;
const row = (text: string): Locator => app.page.locator('tbody .ant-table-row').filter({ has: app.page.getByRole('cell', { name: text, exact: true }) });
const button = (name: RegExp): Locator => app.page.getByRole('button', { name });
const until = <V>(value: () => Promise<V>) => expect.poll(value, { timeout: 15_000 });
/** Chooses the address of a default by the words of its line. */
async function setDefault(label: RegExp, option: RegExp): Promise<void> {
  await app.page.getByLabel(label).click();
  await app.page.locator('.ant-select-dropdown:visible').getByText(option).click();
}
const table = [
  '名称,联系人,公司,电话,分机,面单电话,省,市,区县,街道,详细地址,邮编,备注',
  '一号仓,陈青禾,麦芒物语,13800000001,,,浙江省,杭州市,余杭区,仓前街道,听松路18号3幢,,',
  '退货仓,李半夏,,0571-88000001,806,95013000001,浙江省,杭州市,西湖区,,锦书巷7号,,只收退货',
  '没填区的,王试,,13800000003,,,浙江省,杭州市,海淀区,,某路1号,,',
].join('\n');

describe('a table of addresses', () => {
  it('is tried first, names the row that cannot be used, and takes the others in', async () => {
    await button(/导入/).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByLabel('在这里粘贴表格').fill(table);
    await dialog.getByRole('button', { name: '先看看' }).click();
    await dialog.getByText('3 行：新增 2，修改 0，相同 0，不能用 1').waitFor();
    await dialog.getByText(/第 4 行/).waitFor();
    await dialog.getByText(/区县“海淀区” 不属于上一级/).waitFor();
    await app.shot('address-import');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    expect(await core().addresses.list({ search: '', archived: false })).toHaveLength(1);
    await dialog.getByRole('button', { name: /导\s?入/ }).click();
    await row('一号仓').waitFor();
    await row('退货仓').waitFor();
    await dialog.getByRole('button', { name: /取\s?消/ }).click();
  });

  it('goes out and comes back as the same book', async () => {
    const [download] = await Promise.all([app.page.waitForEvent('download'), button(/导出/).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain('95013000001');
    expect(await core().addresses.import({ text, dryRun: true }, someone)).toMatchObject({ rows: 3, added: 0, changed: 0, same: 3, rejected: [] });
  });
});

describe('defaults', () => {
  it('of an account come before those of a shop, those before the default of all; labels take the phone meant for them', async () => {
    await setDefault(/^店铺 示例百货店 寄$/, /^一号仓/);
    await until(async () => (await core().addresses.sender(shopId, null, accountId))?.name).toBe('麦芒物语 陈青禾');
    await setDefault(/^账号 .* 寄$/, /^退货仓/);
    await until(async () => (await core().addresses.sender(shopId, null, accountId))?.phone).toBe('95013000001');
    expect((await core().addresses.sender(shopId))?.name).toBe('麦芒物语 陈青禾');
    await setDefault(/^账号 .* 寄$/, /不单独设/);
    await until(async () => (await core().addresses.sender(shopId, null, accountId))?.name).toBe('麦芒物语 陈青禾');
    // Without a return address parcels go back to the sender.
    expect((await core().addresses.returnAddress(shopId))?.name).toBe('麦芒物语 陈青禾');
    await setDefault(/^店铺 示例百货店 退$/, /^退货仓/);
    await until(async () => (await core().addresses.returnAddress(shopId))?.name).toBe('李半夏');
    await row('一号仓').getByText('寄 · 示例百货店').waitFor();
    await row('退货仓').getByText('退 · 示例百货店').waitFor();
    await app.shot('address-used', { docs: true });
    expect(await seriousIn(app, 'main')).toEqual([]);
  });

  it('the preview of a label shows the sender it was given', async () => {
    const { ids } = await core().orders.ids({ stage: 'to_print' }, 1);
    const prepared = await core().parcels.prepare(ids);
    expect(prepared).toHaveLength(1);
    const { templateId, printerId } = await core().printing.choices({ orderIds: ids });
    const picture = async (): Promise<string> => (await core().printing.preview({ orderIds: ids, templateId: templateId!, printerId: printerId!, index: 0 }, someone as never)).png;
    const before = await picture();
    await core().addresses.setDefault({ scope: 'shop', scopeId: shopId, purpose: 'send', addressId: null }, someone);
    expect(await picture()).not.toBe(before);
    const first = (await core().addresses.list({ search: 'yhc', archived: false })).find(({ label }) => label === '一号仓');
    await core().addresses.setDefault({ scope: 'shop', scopeId: shopId, purpose: 'send', addressId: first!.id }, someone);
    core().changes.emit('addresses');
    expect(await picture()).toBe(before);
  });
});

describe('what is in use', () => {
  it('is neither archived nor deleted, says what uses it, and goes once nothing does', async () => {
    expect(await row('一号仓').getByRole('button', { name: /删\s?除/ }).count()).toBe(0);
    await row('一号仓').getByRole('button', { name: /归\s?档/ }).click();
    await app.page.getByText('地址“一号仓”还在用：示例百货店的寄件。先把这些默认地址换成别的，再归档。').first().waitFor();
    await row('一号仓').waitFor();
    await setDefault(/^店铺 示例百货店 寄$/, /不单独设/);
    await row('一号仓').getByText('没有在用').waitFor();
    await row('一号仓').getByRole('button', { name: /归\s?档/ }).click();
    await row('一号仓').waitFor({ state: 'detached' });
    await app.page.getByText('看已归档').click();
    await row('一号仓').getByRole('button', { name: /恢\s?复/ }).click();
    await app.page.getByText('看已归档').click();
    await row('一号仓').waitFor();
    await row('一号仓').getByRole('button', { name: /删\s?除/ }).click();
    await app.page.locator('.ant-popover:visible').getByRole('button', { name: /删\s?除/ }).click();
    await row('一号仓').waitFor({ state: 'detached' });
  });

  it('is found by initials, pinyin, phone and place', async () => {
    const box = app.page.getByLabel('名称、联系人、电话、首字母…');
    for (const words of ['thc', 'lbx', 'libanxia', '88000001', '锦书巷']) {
      await box.fill(words);
      await until(() => row('退货仓').count()).toBe(1);
      await until(() => app.page.locator('tbody').first().locator('.ant-table-row').count()).toBe(1);
    }
    await box.fill('');
  });

  it('reads the same at night and in English', async () => {
    await button(/夜间/).click();
    await button(/English/).click();
    await app.page.getByRole('heading', { name: 'Sender addresses' }).waitFor();
    await row('退货仓').getByRole('button', { name: 'Archive' }).click();
    await app.page.getByText('The address “退货仓” is in use: returns of 示例百货店.').first().waitFor();
    await app.page.mouse.move(0, 0);
    await app.shot('address-dark-en');
    expect(await seriousIn(app, 'main')).toEqual([]);
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors.filter((text) => !/409/.test(text))).toEqual([]);
  });
});
