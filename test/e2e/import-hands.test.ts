/** Orders brought in by hand as people do it: files dragged from the desktop, cells from the clipboard of the system, a large import stopped; by day and by night. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';

const header = '订单号,订单状态,商品,商品规格,商品数量(件),收货人,手机,省,市,区,详细地址,商家实收金额(元),商品id,样式ID,商家编码-规格维度';
const row = (number: string, phone = '13800000001'): string => `${number},待发货,加厚棉袜,黑色,2,陈青禾,${phone},浙江省,杭州市,西湖区,文三路1号,12.50,1,2,S1`;

let app: App;
let browser: CDPSession;
let desktop: string;
let dialog: Locator;
beforeAll(async () => {
  app = await openApp();
  desktop = mkdtempSync(join(tmpdir(), 'packbench-desktop-'));
  browser = await app.page.context().newCDPSession(app.page);
  dialog = app.page.getByRole('dialog', { name: '导入订单' });
  await app.page.getByRole('button', { name: '不用' }).click();
  await app.server.core.services.shops.create({ name: '大唐袜铺', platform: 'pdd', senderAddressId: null }, { operator: '张工', station: { id: 'host' } });
});
afterAll(async () => {
  await app.close();
  rmSync(desktop, { recursive: true, force: true });
});

const count = async (): Promise<number> => (await app.server.core.services.orders.counts()).all;
const go = (): Locator => dialog.getByRole('button', { name: /^导入 \d+ 单/ });
const card = (name: string): Locator => dialog.locator('.file-card', { hasText: name });
function onDesktop(name: string, content: string): string {
  const path = join(desktop, name);
  writeFileSync(path, content);
  return path;
}
/** As the browser itself gets it from the desktop: held above a place of the window, then let go, or taken away again. */
async function drag(files: readonly string[], x: number, y: number, end: 'drop' | 'dragCancel' = 'drop'): Promise<void> {
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', end] as const) await browser.send('Input.dispatchDragEvent', { type, x, y, data });
}
async function close(): Promise<void> {
  await dialog.locator('.ant-modal-close').click();
  await dialog.waitFor({ state: 'detached' });
}

describe('files dragged from the desktop', () => {
  it('several at once, let go anywhere on the window; a further one onto the open dialog; one of them cannot be read', async () => {
    await drag([onDesktop('上午.csv', [header, row('250701-1'), row('250701-2')].join('\n')), onDesktop('说明.pdf', '%PDF-1.7'), onDesktop('下午.csv', [header, row('250701-3')].join('\n'))], 700, 20);
    await dialog.getByRole('button', { name: /^导入 3 单/ }).waitFor();
    expect(await card('说明.pdf').innerText()).toContain('是 PDF');
    await drag([onDesktop('晚上.csv', [header, row('250701-3'), row('250701-4')].join('\n'))], 720, 450);
    await dialog.getByRole('button', { name: /^导入 4 单/ }).waitFor();
    await app.shot('import-dragged');
    await app.page.keyboard.press('Control+Enter');
    await dialog.getByRole('status').getByText(/新增 4 单/).waitFor();
    await close();
    expect(await count()).toBe(4);
  });

  it('a whole folder gives the tables in it; of too many files the first are looked at, and it says how many are left', async () => {
    const folder = join(desktop, '今天的订单');
    mkdirSync(folder);
    for (let index = 0; index < 23; index += 1) writeFileSync(join(folder, `${String(index).padStart(2, '0')}.csv`), [header, row(`250705-${index}`)].join('\n'));
    writeFileSync(join(folder, '.DS_Store'), 'not a table');
    await drag([folder], 700, 400);
    await dialog.getByText('一次最多 20 个文件，还有 3 个没有放进来').waitFor();
    await dialog.getByRole('button', { name: /^导入 20 单/ }).waitFor();
    await close();
  });

  it('one that is gone before it is read is told by its name', async () => {
    const { files } = app.server.core.services;
    const real = files.begin;
    const path = onDesktop('移走的.csv', [header, row('250705-1')].join('\n'));
    // Another program takes it away just when its sending begins.
    files.begin = (input) => {
      rmSync(path);
      return real(input);
    };
    await drag([path], 700, 400);
    await dialog.getByText('文件“移走的.csv”读不了：可能正被别的程序占用，或已经移走').waitFor();
    files.begin = real;
    await close();
  });

  it('held above the list it says so; taken away again nothing happens', async () => {
    await browser.send('Input.dispatchDragEvent', { type: 'dragEnter', x: 700, y: 400, data: { items: [], files: [join(desktop, '上午.csv')], dragOperationsMask: 1 } });
    await browser.send('Input.dispatchDragEvent', { type: 'dragOver', x: 700, y: 400, data: { items: [], files: [join(desktop, '上午.csv')], dragOperationsMask: 1 } });
    await app.page.locator('[data-dragging="true"]').waitFor();
    await browser.send('Input.dispatchDragEvent', { type: 'dragCancel', x: 700, y: 400, data: { items: [], files: [join(desktop, '上午.csv')], dragOperationsMask: 1 } });
    await app.page.locator('[data-dragging="true"]').waitFor({ state: 'detached' });
    expect(await dialog.count()).toBe(0);
  });

  it('let go on a page that takes none, the program stays where it is', async () => {
    await app.page.getByRole('navigation').getByText('设置').click();
    const place = app.page.url();
    await drag([join(desktop, '上午.csv')], 700, 400);
    await app.page.getByText('订单文件夹').waitFor();
    expect(app.page.url()).toBe(place);
    await app.page.getByRole('navigation').getByText('订单').click();
  });
});

describe('cells copied in a spreadsheet', () => {
  it('come in from the clipboard of the system with Ctrl+V', async () => {
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const table = ['订单编号\t收件人\t联系电话\t收货地址\t商品\t数量', 'B20250702001\t李半夏\t13800000002\t江苏省南京市鼓楼区中山路12号\t鞋垫\t2', 'B20250702002\t王小满\t13800000003\t"江苏省南京市玄武区\n珠江路13号"\t棉袜\t1'].join('\r\n');
    await app.page.evaluate((text) => navigator.clipboard.writeText(text), table);
    await app.page.locator('body').click({ position: { x: 700, y: 3 } });
    await app.page.keyboard.press('Control+V');
    await dialog.getByRole('button', { name: /^导入 2 单/ }).waitFor();
    await dialog.getByRole('combobox', { name: '放进店铺' }).click();
    await app.page.locator('.ant-select-item-option', { hasText: '新店铺' }).click();
    await dialog.getByLabel('新店铺的名字').fill('线下');
    await go().click();
    await dialog.getByRole('status').getByText(/已放进“线下”：新增 2 单/).waitFor();
    await close();
    const [order] = (await app.server.core.services.orders.list({ search: 'B20250702002', sort: 'newest', limit: 1 })).orders;
    expect(order?.receiver).toMatchObject({ city: '南京市', district: '玄武区' });
    expect(order?.lines).toMatchObject([{ title: '棉袜', quantity: 1 }]);
  });
});

describe('a large import', () => {
  it('stopped while it is saved leaves nothing behind; started again it brings in every order once', async () => {
    const before = await count();
    const rows = Array.from({ length: 40_000 }, (_, index) => row(`250703-${index}`, `138${String(index).padStart(8, '0')}`));
    const path = onDesktop('双十一.csv', [header, ...rows].join('\n'));
    await drag([path], 700, 400);
    await dialog.getByRole('button', { name: /^导入 40000 单/ }).click({ timeout: 120_000 });
    await dialog.getByText(/正在保存 \d+000 单/).waitFor({ timeout: 60_000 });
    await dialog.getByRole('button', { name: /^取\s?消$/ }).click();
    await dialog.getByText('已停止，什么都没有保存。').waitFor({ timeout: 60_000 });
    await expect.poll(count, { timeout: 60_000 }).toBe(before);
    expect((await app.server.core.services.orders.list({ search: '250703-7', sort: 'newest', limit: 5 })).orders).toEqual([]);
    expect((await app.server.core.services.imports.batches(1))[0]?.files).not.toContain('双十一.csv');
    await dialog.getByRole('button', { name: '再看一遍' }).click();
    await dialog.getByRole('button', { name: /^导入 40000 单/ }).click({ timeout: 120_000 });
    await dialog.getByRole('status').getByText(/新增 40000 单/).waitFor({ timeout: 120_000 });
    expect(await count()).toBe(before + 40_000);
    await close();
  }, 400_000);
});

describe('by night', () => {
  it('import, new order and paste are as readable as by day', async () => {
    const { page } = app;
    await page.getByRole('button', { name: '夜间' }).click();
    await drag([onDesktop('夜里.csv', [header, row('250704-1'), row(''), row('250704-2', '138****0001'), row('250704-3', '1.38E+10')].join('\n')), join(desktop, '说明.pdf')], 700, 400);
    await go().waitFor();
    await app.shot('night-import');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await card('夜里.csv').getByRole('button', { name: '改列对应' }).click();
    await dialog.getByRole('combobox', { name: '对应 收货人' }).waitFor();
    await app.shot('night-columns');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await dialog.getByRole('button', { name: /返\s?回/ }).click();
    await go().click();
    await dialog.getByRole('status').waitFor();
    await app.shot('night-imported');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await close();
    await page.getByRole('button', { name: /手工/ }).click();
    const manual = page.getByRole('dialog', { name: '手工建单' });
    await manual.getByLabel('粘贴整段文字，自动分栏').fill('李半夏 13800000002 鼓楼区听松路18号3幢\n货：棉袜 黑色 2双');
    await manual.getByRole('button', { name: /^识\s?别$/ }).click();
    await manual.getByText('从原文读出的商品，看一眼').waitFor();
    await app.shot('night-manual');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await manual.locator('.ant-modal-close').click();
    await manual.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '粘贴' }).click();
    const paste = page.getByRole('dialog', { name: '粘贴建单' });
    await paste.getByLabel('粘贴收件人').fill('李半夏 13800000002 鼓楼区听松路18号\n棉袜 黑色 2双\n\n陈青禾 浙江省杭州市余杭区仓前街道听松路18号');
    await paste.getByRole('button', { name: /^识\s?别$/ }).click();
    await paste.getByText(/读出 2 位收件人/).waitFor();
    await app.shot('night-paste');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await paste.locator('.ant-modal-close').click();
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors.filter((text) => !/4(?:09|22|99)/.test(text))).toEqual([]);
  });
});
