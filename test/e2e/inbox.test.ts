/** The watched folder in the settings: turned on, a good file and a broken one saved there, the card says what became of each. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

const operator = { operator: '张工', station: { id: 'host' } };
const header = '订单号,订单状态,商品,商品规格,商品数量(件),收货人,手机,省,市,区,详细地址,商家实收金额(元),商品id,样式ID,商家编码-规格维度';
const row = (number: string): string => `${number},待发货,加厚棉袜,黑色,2,陈青禾,13800000001,浙江省,杭州市,西湖区,文三路1号,12.50,1,2,S1`;

let app: App;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByRole('button', { name: '不用' }).click();
  await app.server.core.services.shops.create({ name: '大唐袜铺', platform: 'pdd', senderAddressId: null }, operator);
  await app.page.reload();
  await app.page.getByRole('navigation').getByText('设置').click();
});
afterAll(() => app.close());

it('imports by itself what is saved in the folder, and says what came in', async () => {
  const { page } = app;
  const card = page.locator('.ant-card', { hasText: '订单文件夹' });
  await card.getByRole('switch', { name: '自动导入 大唐袜铺' }).click();
  await card.getByText('还没有文件存进来').waitFor();
  const folder = await card.locator('.inbox-path').innerText();
  expect(folder).toContain('大唐袜铺');
  writeFileSync(join(folder, '今天.csv'), [header, row('250501-1'), row('250501-2')].join('\n'));
  await card.getByText('✓ 导入了').waitFor();
  expect(await card.innerText()).toContain('今天.csv');
  expect((await app.server.core.services.orders.counts()).all).toBe(2);
  await card.getByRole('button', { name: '看这次导入' }).click();
  const history = page.locator('.ant-drawer');
  await history.getByText('今天.csv').first().waitFor();
  await app.shot('inbox-batch');
  await history.locator('.ant-drawer-close').click();
});

it('says why a broken file stayed out, and a mended one comes in', async () => {
  const { page } = app;
  const card = page.locator('.ant-card', { hasText: '订单文件夹' });
  const folder = await card.locator('.inbox-path').innerText();
  writeFileSync(join(folder, '坏的.xlsx'), 'PK\u0003\u0004 cut off');
  await card.getByText('✕ 没有导入').waitFor();
  expect(await card.innerText()).toMatch(/坏的\.xlsx[\s\S]*(?:不完整|损坏)[\s\S]*改好后再存进来一次就行/);
  await card.scrollIntoViewIfNeeded();
  await app.shot('inbox');
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<{ violations: { id: string; impact: string }[] }>('axe.run(document.querySelector("main"))');
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  writeFileSync(join(folder, '坏的.csv'), [header, row('250501-3')].join('\n'));
  await card.getByText('✓ 导入了').waitFor();
  expect((await app.server.core.services.orders.counts()).all).toBe(3);
  expect(app.pageErrors).toEqual([]);
});
