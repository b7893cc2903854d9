/** Carrier products as a lead and a packer meet them: in the contract of an account, in the scope of a template, at the print bar. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';

const lead = { operator: '王主管', station: { id: 'host' } };
let app: App;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByRole('button', { name: '不用' }).click();
  const { shops, printers, waybills, imports, parcels, templates, changes } = app.server.core.services;
  const shop = await shops.create({ name: '大唐袜业', platform: 'taobao', senderAddressId: null }, lead);
  await printers.create({ name: '前台', address: { kind: 'virtual', directory: app.folder }, profile: genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 }) }, lead);
  const account = await waybills.accounts.create({ carrierCode: 'SF', branchCode: '', branchName: '', name: '顺丰月结', settlement: 'monthly', ownerShopId: shop.id, unitPrice: 0, lowWater: 0, state: 'active' }, lead);
  const pool = await waybills.accounts.createPool({ accountId: account.id, name: '顺丰', ownerShopId: shop.id, reserve: 0 }, lead);
  await waybills.imports.commit({ poolId: pool.id, text: 'SF0000000000001+20', expected: 20, source: 'test', topUp: true }, lead);
  await parcels.saveRules({ rules: [], fallback: 'SF', reach: [] }, lead);
  const fast = await templates.create({ name: '特快专用', copyOf: 'builtin:waybill-76x130' }, { ...lead, station: { id: 'host', name: '主机' } });
  await templates.publish({ id: fast.id, note: '' }, { ...lead, station: { id: 'host', name: '主机' } });
  const rows = ['51', '52'].map((end) => `5100000000000000${end},"买家已付款，等待卖家发货",试甲${end},浙江省 绍兴市 诸暨市 大唐街道 袜艺路${end}号,139000000${end},2026-11-20 10:00:00,纯棉中筒袜,2`);
  const bytes = Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n${rows.join('\r\n')}\r\n`);
  await imports.importFiles({ files: [{ name: 'a.csv', bytes }], shopId: shop.id, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, lead);
  changes.emit('shops', 'orders', 'templates', 'waybills', 'printers');
}, 120_000);
afterAll(() => app.close());

/** Types tags into a select with several values; each ends with Enter. */
async function tags(label: string, values: readonly string[]): Promise<void> {
  const box = app.page.getByRole('dialog').getByLabel(label, { exact: true });
  for (const value of values) {
    await box.fill(value);
    await box.press('Enter');
  }
  await box.press('Escape');
}

describe('carrier products', { timeout: 120_000 }, () => {
  it('stand in the contract of an account, the default first', async () => {
    const { page } = app;
    await page.getByRole('navigation').getByText('单号').click();
    await page.locator('tbody').getByRole('button', { name: /状\s?态/ }).click();
    await page.getByRole('menuitem', { name: '快递产品' }).evaluate((element: HTMLElement) => element.click());
    await tags('快递产品', ['顺丰标快', '顺丰特快', '夜间达']);
    await app.shot('products-account');
    await page.getByRole('dialog').getByRole('button', { name: /确\s?定/ }).click();
    await page.getByRole('cell', { name: '顺丰标快、顺丰特快、夜间达' }).waitFor();
  });

  it('scope a template, and the print bar says why it is not offered until its product is asked for', async () => {
    const { page } = app;
    await page.getByRole('navigation').getByText('模板').click();
    const card = page.getByRole('article', { name: '特快专用', exact: true });
    await card.getByRole('button', { name: '特快专用 …' }).click();
    await page.getByRole('menuitem', { name: '适用' }).evaluate((element: HTMLElement) => element.click());
    await tags('快递产品', ['顺丰特快']);
    await app.shot('products-scope');
    await page.getByRole('dialog').getByRole('button', { name: /保\s?存/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    await page.getByRole('navigation').getByText('订单').click();
    await page.locator('thead').getByRole('checkbox').first().check();
    const bar = page.getByRole('region', { name: /打印/ });
    await bar.getByLabel('快递产品').waitFor();
    expect(await bar.innerText()).toContain('一联单 76×130');
    await bar.getByLabel('模板').click();
    await page.getByText('特快专用（只用于快递产品：顺丰特快；所选含 顺丰标快）').waitFor();
    await page.keyboard.press('Escape');
    await bar.getByLabel('快递产品').click();
    await page.locator('.ant-select-dropdown:visible').locator('.ant-select-item-option', { hasText: '顺丰特快' }).evaluate((element: HTMLElement) => element.click());
    await bar.getByText('特快专用').waitFor();
    await app.shot('products-print-bar');
    await bar.getByRole('button', { name: /预\s?览/ }).click();
    await page.getByRole('dialog').getByRole('img').first().waitFor();
    await app.shot('products-preview');
    expect(app.pageErrors).toEqual([]);
  });
});
