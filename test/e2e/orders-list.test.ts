/** The orders page with mouse and keyboard, on the sample files: rows, filters, views, selection, export, and the side panel. */
import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrdersRepository } from '../../main/features/orders/repository.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { bring, someone } from './sample-orders.ts';

let app: App;
let pdd: string;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByRole('button', { name: '不用' }).click();
  await bring(app, { name: '淘宝A店', platform: 'taobao' }, ['taobao-orders-gbk.csv', 'taobao-items-gbk.csv']);
  pdd = await bring(app, { name: '拼多多B店', platform: 'pdd' }, ['pdd-orders-utf8bom.csv']);
  await tab(/待打印 2\d\d/).waitFor();
});
afterAll(() => app.close());

const tab = (name: RegExp): Locator => app.page.getByRole('tab', { name });
const rows = (): Locator => app.page.locator('.orders-table .ant-table-row');
const cursor = (): Locator => app.page.locator('.orders-table .row-cursor');
const selected = (): Locator => app.page.getByTestId('selected');
const press = (key: string): Promise<void> => app.page.keyboard.press(key);
/** The machine may be busy: what comes, comes within seconds. */
const until = <V>(value: () => Promise<V>) => expect.poll(value, { timeout: 15_000 });
const core = (): App['server']['core']['services'] => app.server.core.services;

/** Picks an option of a closed choice by its words. */
async function pick(label: string, option: string): Promise<void> {
  await app.page.getByLabel(label, { exact: true }).first().click();
  await app.page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click();
}
async function serious(selector: string): Promise<string[]> {
  await app.page.evaluate(axe.source);
  const { violations } = await app.page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>(`axe.run(document.querySelector(${JSON.stringify(selector)}))`);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('rows', () => {
  it('name goods shortly, make quantities stand out, say what is late, and keep people masked', async () => {
    const row = rows().filter({ hasText: '南枝记连帽卫衣' }).first();
    await row.waitFor();
    expect((await row.locator('.quantity-many').innerText()).trim()).toBe('×30');
    await row.locator('.due-late', { hasText: '✕ 已超时 2025-03-18' }).waitFor();
    expect(await app.page.locator('.orders-table').innerText()).not.toMatch(/1\d{10}/);
    expect(await row.locator('[title*="南枝记2025新款ins潮牌连帽卫衣"]').count()).toBe(1);
    await app.shot('orders-rows');
    expect(await serious('main')).toEqual([]);
  });
});

describe('filters', () => {
  it('narrow the list, are shown as tags, and come off one by one', async () => {
    await pick('店铺', '拼多多B店');
    await app.page.getByRole('button', { name: '更多筛选' }).click();
    const more = app.page.getByTestId('more-filters');
    await more.getByLabel('商品').fill('羽绒马甲');
    await more.getByLabel('省份').click();
    await app.page.locator('.ant-select-dropdown:visible').getByText('江苏省').click();
    await app.page.locator('.orders-tags').getByText('省份: 江苏省').waitFor();
    await until(() => rows().count()).toBeGreaterThan(0);
    for (const text of await rows().allInnerTexts()) expect(text).toContain('羽绒马甲');
    await app.shot('orders-filters');
    await app.page.getByLabel('去掉 省份: 江苏省').click();
    await app.page.locator('.orders-tags').getByText('省份').waitFor({ state: 'detached' });
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await until(() => app.page.locator('.orders-tags').count()).toBe(0);
  });

  it('agree with the core: flag, note, printed or not, amount, receiver, state', async () => {
    const { orders } = core();
    const [one, two, three] = (await orders.list({ sort: 'newest', limit: 3, stage: 'to_print', shopIds: [pdd] })).orders;
    await orders.setFlag([one!.id], 'red', someone);
    await orders.setFlag([two!.id], 'purple', someone);
    await orders.setMemo([three!.id], '要发票', someone);
    core().changes.emit('orders');
    await pick('旗帜', '紫');
    await until(() => rows().count()).toBe(1);
    await rows().first().locator('.order-flag[data-flag="purple"]', { hasText: '◆紫' }).waitFor();
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await pick('备注', '有备注');
    await rows().filter({ hasText: '要发票' }).first().waitFor();
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await tab(/异常/).click();
    await app.page.getByRole('button', { name: '更多筛选' }).click();
    await app.page.getByTestId('more-filters').getByLabel('收件人').click();
    await app.page.locator('.ant-select-dropdown:visible').getByText('打星').click();
    await until(async () => (await rows().allInnerTexts()).every((text) => text.includes('打星'))).toBe(true);
    await app.page.getByTestId('more-filters').getByLabel('¥ 从').fill('100');
    await press('Tab');
    await app.page.locator('.orders-tags').getByText(/实付: ¥100\.00 至/).waitFor();
    const expected = (await orders.list({ sort: 'newest', limit: 200, stage: 'problem', receiver: 'masked', minFen: 10_000 })).orders.length;
    await until(() => rows().count()).toBe(expected);
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await tab(/待打印/).click();
  });

  it('today and late are buttons that filter and let go again', async () => {
    const late = app.page.getByRole('button', { name: /^已超时 \d+$/ });
    const count = Number(/\d+/.exec(await late.innerText())?.[0]);
    await tab(/全部/).click();
    await late.click();
    expect(await late.getAttribute('aria-pressed')).toBe('true');
    expect(await tab(/待打印/).getAttribute('aria-selected')).toBe('true');
    await press('Control+a');
    await selected().getByText(`已选 ${count} 单`).waitFor();
    await late.click();
    expect(await late.getAttribute('aria-pressed')).toBe('false');
    // The rows of the filter before stand until the new ones are there.
    const [first, second] = (await core().orders.list({ stage: 'to_print', sort: 'newest', limit: 2 })).orders;
    await until(async () => [await rows().nth(0).getAttribute('data-row-key'), await rows().nth(1).getAttribute('data-row-key')]).toEqual([first?.id, second?.id]);
  });
});

describe('keyboard', () => {
  it('moves, ticks, selects ranges, all and nothing, and opens', async () => {
    await press('ArrowDown');
    await press('ArrowDown');
    const second = await cursor().innerText();
    expect(second).toBe(await rows().nth(1).innerText());
    await press(' ');
    await selected().getByText('已选 1 单').waitFor();
    for (let i = 0; i < 3; i += 1) await press('Shift+ArrowDown');
    await selected().getByText('已选 4 单').waitFor();
    await press('Shift+ArrowUp');
    await selected().getByText('已选 3 单').waitFor();
    await app.shot('orders-selected', { docs: true });
    await press('Escape');
    await selected().waitFor({ state: 'detached' });
    await rows().nth(1).click();
    await rows().nth(5).click({ modifiers: ['Shift'] });
    await selected().getByText('已选 5 单').waitFor();
    await press('Control+a');
    await selected().getByText(/已选 2\d\d 单/).waitFor();
    await press('Escape');
    // Keys of a field stay in the field.
    await press('Control+f');
    await app.page.keyboard.type('连帽卫衣');
    await press('Control+a');
    expect(await selected().count()).toBe(0);
    await press('Backspace');
    expect(await app.page.getByLabel('搜订单 / 单号 / 收件人 / 商品').inputValue()).toBe('');
  });

  it('keeps the row in sight far down a list that is loaded piece by piece', async () => {
    await rows().first().click();
    for (let i = 0; i < 12; i += 1) {
      await press('PageDown');
      await cursor().waitFor();
    }
    const [box, row] = [await app.page.locator('.orders-table').boundingBox(), await cursor().boundingBox()];
    expect(row!.y).toBeGreaterThan(box!.y);
    expect(row!.y + row!.height).toBeLessThanOrEqual(box!.y + box!.height + 1);
    await press('Home');
    await until(async () => (await rows().first().innerText()) === (await cursor().innerText())).toBe(true);
  });
});

describe('kept views', () => {
  it('bring back filter, tab, words, order and columns, and are brought up to date, named anew and removed', async () => {
    await tab(/全部/).click();
    await pick('店铺', '拼多多B店');
    await pick('排序', '最早在前');
    await app.page.getByRole('button', { name: '列 ▾' }).click();
    const columns = app.page.getByTestId('columns');
    await columns.getByText('订单号').click();
    await columns.getByText('备注', { exact: true }).click();
    for (let i = 0; i < 7; i += 1) await columns.getByLabel('上移 订单号').click();
    await press('Escape');
    await app.page.getByRole('button', { name: '视图 ▾' }).click();
    await app.page.getByRole('button', { name: '存为新视图' }).click();
    await app.page.getByLabel('视图名').fill('老拼多多');
    await press('Enter');
    await app.page.getByRole('button', { name: '老拼多多 ▾' }).waitFor();
    const heads = (): Promise<string[]> => app.page.locator('.orders-table .ant-table-thead th').allInnerTexts();
    const kept = await heads();
    expect(kept.slice(1)).toEqual(['订单号', '店铺', '收件人', '商品', '快递', '期限', '单号', '状态']);
    const first = await rows().first().innerText();

    await app.page.getByRole('button', { name: '退出视图' }).click();
    await app.page.getByRole('button', { name: '列 ▾' }).click();
    await app.page.getByRole('button', { name: '恢复默认' }).click();
    const own = ['店铺', '收件人', '商品', '备注', '快递', '期限', '单号', '状态'];
    await until(async () => (await heads()).slice(1)).toEqual(own);
    await app.page.reload();
    await until(async () => (await heads()).slice(1)).toEqual(own);
    await app.page.getByRole('button', { name: '视图 ▾' }).click();
    await app.page.getByTestId('views').getByRole('button', { name: '老拼多多', exact: true }).click();
    await until(heads).toEqual(kept);
    await until(() => rows().first().innerText()).toBe(first);
    expect(await tab(/全部/).getAttribute('aria-selected')).toBe('true');

    await tab(/待打印/).click();
    await app.page.getByRole('button', { name: '老拼多多（已改动） ▾' }).click();
    await app.shot('orders-views');
    await app.page.getByRole('button', { name: '更新“老拼多多”' }).click();
    await app.page.getByRole('button', { name: '老拼多多 ▾' }).waitFor();
    await app.page.getByLabel('改名 老拼多多').click();
    await app.page.getByLabel('视图名').fill('拼多多旧单');
    await press('Enter');
    await app.page.getByRole('button', { name: '拼多多旧单 ▾' }).waitFor();
    expect((await core().orders.views()).map(({ name, query }) => ({ name, query }))).toEqual([{ name: '拼多多旧单', query: { stage: 'to_print', shopIds: [pdd], sort: 'oldest' } }]);
    await app.page.getByLabel('删除 拼多多旧单').click();
    await app.page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await app.page.getByRole('button', { name: '视图 ▾' }).waitFor();
    expect(await core().orders.views()).toEqual([]);
  }, 90_000);
});

describe('export', () => {
  it('writes what the filter finds, or what is selected, masked or recorded in the clear', async () => {
    await app.page.reload();
    await rows().first().waitFor();
    await pick('店铺', '拼多多B店');
    await app.page.locator('.orders-tags').waitFor();
    const wanted = (await core().orders.ids({ stage: 'to_print', shopIds: [pdd] }, 5_000)).ids.length;
    const save = async (item: RegExp, nth: number): Promise<string> => {
      await app.page.getByRole('button', { name: '导出 ▾' }).click();
      const [download] = await Promise.all([app.page.waitForEvent('download'), app.page.getByRole('menuitem', { name: item }).nth(nth).click()]);
      return readFileSync(await download.path(), 'utf8');
    };
    const masked = await save(/脱敏/, 0);
    expect(masked.startsWith('\ufeff打包台订单号,平台,')).toBe(true);
    expect(new Set(masked.trim().split('\r\n').slice(1).map((line) => line.split(',')[0])).size).toBe(wanted);
    expect(masked).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/);
    await rows().nth(0).click();
    await press(' ');
    const clear = await save(/明文/, 0);
    expect(clear.trim().split('\r\n')).toHaveLength(2);
    expect(clear).toMatch(/(?<!\d)1[3-9]\d{9}/);
    expect((await core().audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'orders.export', subject: 'personal', facts: { orders: 1 } });
    await press('Escape');
  });
});

describe('the side panel', () => {
  it('shows the order as it came, its goods, and that nothing was printed yet', async () => {
    await app.page.getByRole('button', { name: '清除筛选' }).click();
    await rows().first().click();
    await press('Enter');
    const panel = app.page.locator('.ant-drawer');
    await panel.getByText('文件里的其他列').waitFor();
    await panel.getByText('还没打过面单。').waitFor();
    await app.shot('order-panel', { docs: true });
    expect(await serious('.ant-drawer')).toEqual([]);
    await press('Escape');
    await panel.waitFor({ state: 'detached' });
  });

  it('says why a masked receiver cannot be printed, and takes a pasted one with the doubtful part marked', async () => {
    await tab(/异常/).click();
    const row = rows().filter({ hasText: '打星' }).first();
    const count = await app.page.getByRole('tab', { name: /异常/ }).innerText();
    await row.dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByText('文件里的收件人带 *').waitFor();
    await panel.getByRole('button', { name: '改收件人' }).click();
    const form = panel.getByTestId('receiver-form');
    await form.getByLabel('粘贴整段文字，自动分栏').fill('陈青禾 13800000001 鼓楼区听松路18号3幢');
    await form.getByRole('button', { name: /识\s?别/ }).click();
    await form.getByText('叫“鼓楼区”的地方有几个').waitFor();
    await form.getByText('? 请核对').first().waitFor();
    // Of the old address no level is left beside the new one.
    expect(await form.getByLabel('省', { exact: true }).inputValue()).toBe('');
    await app.shot('order-receiver', { docs: true });
    await form.getByRole('button', { name: '江苏省 南京市 鼓楼区' }).click();
    expect(await form.getByLabel(/^城?市/).inputValue()).toBe('南京市');
    await form.getByRole('button', { name: /保\s?存/ }).click();
    await app.page.getByText('收件人已改').waitFor();
    await form.waitFor({ state: 'detached' });
    await press('Escape');
    await until(() => app.page.getByRole('tab', { name: /异常/ }).innerText()).not.toBe(count);
    expect((await core().audit.list({ limit: 20 })).map((entry) => entry.action)).toContain('orders.receiver');
    await tab(/待打印/).click();
  });

  it('does not write over what another page changed meanwhile', async () => {
    const [order] = (await core().orders.list({ sort: 'newest', limit: 1, stage: 'to_print' })).orders;
    await rows().first().dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByRole('button', { name: '改收件人' }).click();
    const form = panel.getByTestId('receiver-form');
    await form.getByLabel('姓名').fill('周明白');
    await core().orders.noteFacts(app.server.core.database.db, [order!.id], { carrier_reason: '' });
    await form.getByRole('button', { name: /保\s?存/ }).click();
    await form.getByText('刚被别人改过').waitFor();
    await form.getByRole('button', { name: '重新载入' }).click();
    await form.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: '改收件人' }).click();
    await form.getByLabel('姓名').fill('周明白');
    await form.getByRole('button', { name: /保\s?存/ }).click();
    await app.page.getByText('收件人已改').first().waitFor();
    await press('Escape');
    expect((await core().orders.load([order!.id]))[0]?.row.name).toBe('周明白');
  });

  it('is kept for the page that edits; another window sees who, and may only look until the panel closes', async () => {
    const other = await app.browser.newPage();
    await other.goto(app.url);
    await other.locator('.orders-table .ant-table-row').first().waitFor();
    await rows().nth(2).dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByLabel('备忘（只有自己人看得到）').fill('轻放');
    const theirs = other.locator('.orders-table .ant-table-row').nth(2);
    await theirs.getByText('在编辑').waitFor();
    await theirs.dblclick();
    await other.locator('.ant-drawer').getByText('正在编辑这一单').waitFor();
    expect(await other.locator('.ant-drawer').getByRole('button', { name: '改收件人' }).isDisabled()).toBe(true);
    await panel.getByRole('button', { name: '存备忘' }).click();
    await app.page.getByText('备忘已存').waitFor();
    await press('Escape');
    await other.locator('.ant-drawer').getByText('正在编辑这一单').waitFor({ state: 'detached' });
    await rows().nth(2).getByText('轻放').waitFor();
    await other.close();
  });

  it('an alarm cannot be overlooked, counts at the top, and is taken off in the panel', async () => {
    const [order] = (await core().orders.list({ sort: 'newest', limit: 1, stage: 'to_print', shopIds: [pdd] })).orders;
    await createOrdersRepository(app.server.core.database.db).change([order!.id], new Date().toISOString(), () => ({ waybill: 'YT8800000000001', printed: 1, carrier_code: 'YTO', alarm: 'refunded' }));
    core().changes.emit('orders');
    await app.page.getByRole('button', { name: '! 告警 1' }).click();
    const row = rows().first();
    await row.getByText('! 打印后退款').waitFor();
    expect(await rows().count()).toBe(1);
    expect(await row.getAttribute('class')).toContain('row-alarm');
    await row.getByText('YT8 8000 0000 0001').waitFor();
    await app.shot('orders-alarm', { docs: true });
    await row.dblclick();
    await app.page.locator('.ant-drawer').getByRole('button', { name: '已处理，解除告警' }).click();
    await app.page.getByText('没有符合条件的订单').waitFor();
    await press('Escape');
    await app.page.getByRole('button', { name: '清除筛选' }).click();
  });
});

describe('the page', () => {
  it('reads well at night and in English', async () => {
    await app.page.getByRole('button', { name: '夜间' }).click();
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.getByRole('tab', { name: /To print/ }).click();
    await rows().first().waitFor();
    await app.shot('orders-dark-en');
    expect(await serious('main')).toEqual([]);
    const words = await app.page.locator('main button, main th, main [role="tab"]').allInnerTexts();
    expect(words.filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
