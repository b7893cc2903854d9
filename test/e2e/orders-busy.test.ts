/** A busy morning: 30,000 orders to print, as the lead goes through them. What is selected, printed, exported and filtered is all of it, or the page says what is not. */
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticOrder } from '../../main/bench/orders-data.ts';
import { createOrdersRepository } from '../../main/features/orders/repository.ts';
import { createIds } from '../../main/platform/node/basics.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { someone } from './sample-orders.ts';

const size = 30_000;
let app: App;
let shopId: string;
beforeAll(async () => {
  app = await openApp();
  // The samples bring a virtual printer and an account with 500 numbers.
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await tab(/待打印 24/).waitFor({ timeout: 20_000 });
  shopId = (await core().shops.list({ archived: false }))[0]!.id;
  const now = new Date().toISOString();
  const titles = ['=HYPERLINK("http://example.test","x")', '+1', '-1', '@sum', '棉袜，"加厚"'];
  const drafts = Array.from({ length: size }, (_, index) => {
    const order = syntheticOrder(index, size, now);
    return { ...order, status: 'to_ship' as const, statusText: '待发货', waybill: '', carrier: '', lines: order.lines.map((line, at) => (index % 1_000 === 0 && at === 0 ? { ...line, title: titles[(index / 1_000) % titles.length]! } : line)) };
  });
  await app.server.core.database.db.transaction().execute((trx) => createOrdersRepository(trx).saveDrafts(drafts, { shopId, platform: 'taobao', batchId: 'b', source: 'file', now, promiseHours: 48 }, createIds()));
  core().changes.emit('orders', 'parcels');
  await tab(/待打印 30024/).waitFor({ timeout: 60_000 });
}, 180_000);
afterAll(() => app.close());

const core = (): App['server']['core']['services'] => app.server.core.services;
const tab = (name: RegExp): Locator => app.page.getByRole('tab', { name });
const rows = (): Locator => app.page.locator('.orders-table .ant-table-row');
const selected = (): Locator => app.page.getByTestId('selected');
const button = (name: RegExp): Locator => app.page.getByRole('button', { name });
const press = (key: string): Promise<void> => app.page.keyboard.press(key);
const until = <V>(value: () => Promise<V>) => expect.poll(value, { timeout: 25_000 });
const search = (): Locator => app.page.getByLabel('搜订单 / 单号 / 收件人 / 商品');

async function more(label: string, option: string): Promise<void> {
  await button(/更多筛选/).click();
  await app.page.getByTestId('more-filters').getByLabel(label, { exact: true }).click();
  await app.page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click();
  await press('Escape');
}

describe('selecting', () => {
  it('takes as many as one print may hold and says that there are more', async () => {
    await rows().first().waitFor();
    await press('Control+a');
    await selected().getByText('已选前 5000 单，后面还有').waitFor({ timeout: 60_000 });
    await app.page.getByText(/已选 5000 单 → \d+ 包裹/).waitFor({ timeout: 60_000 });
    await app.shot('busy-all');
  });

  it('goes on with those behind, does to them what is asked while the page says how far it is, and to no others', async () => {
    const first = (await core().orders.ids({ stage: 'to_print' }, 5_000)).ids;
    await press('Control+Shift+A');
    await selected().getByText('已选第 5001–10000 单').waitFor({ timeout: 60_000 });
    await press('Alt+5');
    await app.page.getByText(/已改 \d+ \/ 5000 单，可以接着做别的/).waitFor({ timeout: 60_000 });
    await app.page.getByText('5000 单已改').waitFor({ timeout: 60_000 });
    const next = await core().orders.ids({ stage: 'to_print' }, 5_000, (await core().orders.ids({ stage: 'to_print' }, 5_000)).next ?? '');
    expect((await core().orders.load(next.ids)).every(({ row }) => row.flag === 'purple')).toBe(true);
    expect((await core().orders.load(first)).every(({ row }) => row.flag === 'purple')).toBe(false);
    await press('Alt+0');
    await app.page.getByText(/已改 \d+ \/ 5000 单/).waitFor({ timeout: 60_000 });
    await app.page.getByText('5000 单已改').waitFor({ timeout: 60_000 });
  });
});

describe('filters', () => {
  it('by amount and by printed or not find what the core finds', async () => {
    await press('Escape');
    await button(/更多筛选/).click();
    const panel = app.page.getByTestId('more-filters');
    await panel.getByLabel('¥ 从').fill('19.9');
    await panel.getByLabel('¥ 到').fill('19.9');
    await press('Tab');
    await app.page.locator('.orders-tags').getByText('实付: ¥19.90 至 ¥19.90').waitFor();
    await press('Escape');
    const exact = await core().orders.ids({ stage: 'to_print', minFen: 1_990, maxFen: 1_990 }, 5_000);
    expect(exact.ids.length).toBeGreaterThan(100);
    await until(() => rows().count()).toBeGreaterThan(0);
    await rows().first().click();
    await press('Control+a');
    await selected().getByText(exact.more ? '已选前 5000 单' : `已选 ${exact.ids.length} 单`).waitFor();
    await press('Escape');
    await button(/^清除筛选/).click();
  });
});

describe('printing', () => {
  it('of 200 prints them all; printed or not then tells them from the others', async () => {
    await search().fill('样例棉袜 深圳');
    await until(() => rows().count()).toBeGreaterThan(5);
    const { ids } = await core().orders.ids({ stage: 'to_print', search: '样例棉袜 深圳' }, 200);
    expect(ids).toHaveLength(200);
    await rows().first().click();
    await press(' ');
    await rows().first().click();
    // The list is loaded piece by piece under the keys.
    for (let page = 0; page < 40 && !(await app.page.getByText('已选 200 单').first().isVisible()); page += 1) {
      const left = 200 - Number(/\d+/.exec(await selected().innerText())?.[0]);
      await press(left > 30 ? 'Shift+PageDown' : 'Shift+ArrowDown');
    }
    await app.page.getByText(/^已选 200 单 → 200 包裹$/).waitFor();
    await app.shot('busy-200');
    await button(/打印 200 张/).click();
    await app.page.getByTestId('job-state').getByText('打完了').waitFor({ timeout: 240_000 });
    await app.page.getByRole('dialog').locator('button', { hasText: '关闭' }).click();
    await tab(/已打印 200/).waitFor();
    await search().fill('');
    await tab(/全部/).click();
    await more('打印', '已打印');
    await until(() => rows().count()).toBeGreaterThan(5);
    await rows().first().click();
    await press('Control+a');
    await selected().getByText('已选 200 单').waitFor();
    await app.page.getByLabel('去掉 打印: 已打印').click();
    await more('打印', '未打印');
    await until(async () => (await rows().allInnerTexts()).some((text) => text.includes('已打印'))).toBe(false);
    await button(/^清除筛选/).click();
    await tab(/待打印/).click();
  }, 300_000);

  it('of more than there are numbers for says which were not printed', async () => {
    await rows().first().waitFor();
    await rows().first().click();
    await press('Control+a');
    await app.page.getByText(/要 \d+ 个单号，还差 \d+ 个/).waitFor({ timeout: 60_000 });
    await press('Escape');
    await selected().waitFor({ state: 'detached' });
  });
});

describe('export', () => {
  it('writes 20,000 orders and more, no cell of which a spreadsheet would run, and the file gives the same orders again', async () => {
    await rows().first().click();
    await press('Escape');
    await selected().waitFor({ state: 'detached' });
    const wanted = (await core().orders.counts()).tabs.to_print;
    expect(wanted).toBeGreaterThan(20_000);
    await button(/^导出/).click();
    const [download] = await Promise.all([app.page.waitForEvent('download', { timeout: 120_000 }), app.page.getByRole('menuitem', { name: /明文/ }).first().click()]);
    await app.page.getByText(`已导出 ${wanted} 单`).waitFor({ timeout: 60_000 });
    const bytes = new Uint8Array(readFileSync(await download.path()));
    const cells = new TextDecoder().decode(bytes).split('\r\n').flatMap((line) => line.split(','));
    expect(cells.filter((cell) => /^"?[=@]/.test(cell))).toEqual([]);
    // Back in, none is new, and what is written out then is the same to the letter.
    const again = { files: [{ name: '导出.csv', bytes }], shopId, mixedShops: true, language: 'zh-CN' as const, source: 'file' as const };
    const [report] = (await core().imports.importFiles({ ...again, dryRun: true }, someone)).files;
    expect(report).toMatchObject({ orders: wanted, rejected: [] });
    expect(await core().imports.importFiles({ ...again, dryRun: false }, someone)).toMatchObject({ added: 0 });
    const { csv } = await core().orders.export({ stage: 'to_print', personal: true, limit: 100_000 }, someone);
    expect(csv === new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(true);
  }, 180_000);
});

describe('by keyboard', () => {
  it('flags, memo, hold, release, cancel and restore, each with the key its button shows', async () => {
    const { orders } = core();
    await search().fill('');
    await tab(/待打印/).click();
    const number = (await orders.list({ sort: 'newest', limit: 1, stage: 'to_print' })).orders[0]!.number;
    await search().fill(number);
    await until(() => rows().count()).toBe(1);
    const choose = async (): Promise<void> => {
      await rows().first().click();
      await press(' ');
      await selected().getByText('已选 1 单').waitFor();
    };
    const mine = async () => (await orders.list({ sort: 'newest', limit: 1, search: number })).orders[0]!;
    await choose();
    for (const [key, flag] of [['Alt+3', 'green'], ['Alt+5', 'purple'], ['Alt+0', 'none'], ['Alt+1', 'red']] as const) {
      await press(key);
      await until(async () => (await mine()).flag).toBe(flag);
    }
    await press('F6');
    await app.page.getByRole('textbox', { name: '备忘（只有自己人看得到）' }).fill('轻放');
    await press('Control+Enter');
    await until(async () => (await mine()).memo).toBe('轻放');
    await press('F7');
    await app.page.getByRole('textbox', { name: '为什么暂停' }).fill('等补货');
    await app.shot('busy-hold');
    await press('Control+Enter');
    await tab(/已挂起 1/).waitFor();
    await selected().waitFor({ state: 'detached' });
    await tab(/已挂起 1/).click();
    await rows().first().getByText('等补货').waitFor();
    await choose();
    await press('F8');
    await tab(/已挂起 0/).waitFor();
    await tab(/待打印/).click();
    await until(() => rows().count()).toBe(1);
    await choose();
    await press('F4');
    await app.page.keyboard.type('圆通');
    await press('Enter');
    await until(async () => (await mine()).carrierCode).toBe('YTO');
    await press('Escape');
    await press('F9');
    await app.page.getByRole('textbox', { name: /为什么不发了/ }).fill('买家不要了');
    await app.page.getByRole('button', { name: /取消 1 单/ }).waitFor();
    await press('Control+Enter');
    await tab(/已结束 1/).click();
    await rows().first().getByText('已取消：买家不要了').waitFor();
    expect((await core().printing.plan([(await mine()).id])).problems).toMatchObject([{ failure: { code: 'ORDER_CANCELLED' } }]);
    await rows().first().click();
    await press('Enter');
    const panel = app.page.locator('.ant-drawer');
    await panel.getByText('本店取消了：买家不要了').waitFor();
    await app.shot('busy-cancelled');
    await panel.getByRole('button', { name: '恢复' }).click();
    await panel.getByText('本店取消了：买家不要了').waitFor({ state: 'detached' });
    await press('Alt+4');
    await until(async () => (await mine()).flag).toBe('blue');
    await panel.getByLabel('备忘（只有自己人看得到）').fill('换个盒子');
    await press('Enter');
    await until(async () => (await mine()).memo).toBe('换个盒子');
    await press('Escape');
    expect(await mine()).toMatchObject({ stage: 'to_print', cancelled: '' });
    await search().fill('');
  }, 90_000);

  it('did all that without an error on the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
