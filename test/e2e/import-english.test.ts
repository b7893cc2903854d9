/** Bringing orders in on the English page: what was refused, flagged or left out says why in English, also what came in while the page was Chinese. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';

const operator = { operator: '张工', station: { id: 'host' } };
const header = '订单号,订单状态,商品,商品规格,商品数量(件),收货人,手机,省,市,区,详细地址,商家实收金额(元),商品id,样式ID,商家编码-规格维度';
const row = (number: string, phone = '13800000001', name = '陈青禾'): string => `${number},待发货,加厚棉袜,黑色,2,${name},${phone},浙江省,杭州市,西湖区,文三路1号,12.50,1,2,S1`;
const bytes = (...rows: string[]): Uint8Array => new TextEncoder().encode([header, ...rows].join('\n'));
const han = /[\u4e00-\u9fff、，。；：]/;

let app: App;
let shopId: string;
let dialog: Locator;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByRole('button', { name: '不用' }).click();
  const { shops, imports } = app.server.core.services;
  shopId = (await shops.create({ name: 'Socks', platform: 'pdd', senderAddressId: null }, operator)).id;
  // Came in while the page was Chinese.
  await imports.importFiles({ files: [{ name: 'monday.csv', bytes: bytes(row('250601-1'), row('2.506E+17')) }], shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, operator);
  await app.page.reload();
  await app.page.getByRole('button', { name: 'English' }).click();
  dialog = app.page.getByRole('dialog', { name: 'Import orders' });
});
afterAll(() => app.close());

it('looks, refuses, flags and says what was left out in English', async () => {
  await app.page.getByTestId('order-files').setInputFiles([
    { name: 'today.csv', mimeType: 'text/csv', buffer: Buffer.from(bytes(row('250602-1'), row(''), row('250602-3', '1.38E+10'), row('250602-4', '138****0001'), row('250602-5', '$$Zz0123456789abc==', '##AbCdEf0123456789=='))) },
    { name: 'locked.pdf.xlsx', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') },
  ]);
  await dialog.getByRole('button', { name: /^Import 4 orders/ }).waitFor();
  await dialog.getByText('order number is missing').waitFor();
  await dialog.getByText('it is a PDF. Export csv or xlsx.').waitFor();
  await dialog.getByText(/phone lost its digits/).waitFor();
  // The header of the file is told as it is.
  expect((await dialog.innerText()).replaceAll('订单号', '').split('\n').filter((line) => han.test(line))).toEqual([]);
  expect(await seriousIn(app, '.ant-modal')).toEqual([]);
  await app.shot('import-look-en');
  await app.page.keyboard.press('Control+Enter');
  await dialog.getByRole('status').getByText(/Into “Socks”: 4 new/).waitFor();
  await app.shot('import-done-en');
  const [download] = await Promise.all([app.page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download the row left out' }).click()]);
  expect(download.suggestedFilename()).toMatch(/^not-imported-/);
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/Reason it was not imported[\s\S]*order number is missing/);
});

it('tells in English what was refused before', async () => {
  await dialog.getByRole('button', { name: 'Earlier imports' }).click();
  const history = app.page.locator('.ant-drawer');
  await history.locator('tr.ant-table-row', { hasText: 'monday.csv' }).getByRole('button').click();
  await history.getByText('order number lost its digits to scientific notation in a spreadsheet program: export the file again').waitFor();
  await app.shot('import-history-en');
  await history.locator('.ant-drawer-close').click();
  await dialog.locator('.ant-modal-close').click();
});

it('tells in English why the watched folder left a file out, in Chinese when the page is Chinese', async () => {
  await app.page.getByRole('navigation').getByText('Settings').click();
  const card = app.page.locator('.ant-card', { hasText: 'Order folders' });
  await card.getByRole('switch', { name: 'Import by itself for Socks' }).click();
  writeFileSync(join(await card.locator('.inbox-path').innerText(), 'broken.xlsx'), 'PK\u0003\u0004 cut off');
  await card.getByText(/“broken\.xlsx” was not imported: it is cut off or damaged/).waitFor();
  await app.shot('inbox-en');
  await app.page.getByRole('button', { name: '中文' }).click();
  await app.page.getByText(/“broken\.xlsx”没有导入：文件不完整或已损坏/).waitFor();
  expect(app.pageErrors).toEqual([]);
});
