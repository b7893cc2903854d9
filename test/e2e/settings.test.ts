/** The settings page as a lead uses it: name, shops, which pool first, who may reprint. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp({ height: 1700 });
  await app.page.getByRole('button', { name: '不用' }).click();
  await app.page.getByRole('navigation').getByText('设置').click();
});
afterAll(() => app.close());

it('keeps the name of the person and writes it from the next call on', async () => {
  await app.page.getByLabel('操作人').fill('张工');
  await app.page.locator('.ant-card', { hasText: '写在每条打印记录和台账里' }).getByRole('button', { name: '保存' }).click();
  await expect.poll(async () => (await app.server.core.services.settings.get()).operator).toBe('张工');
  await app.page.getByLabel('店名').fill('大唐袜铺');
  await app.page.getByRole('button', { name: '添加店铺' }).click();
  await app.page.getByRole('cell', { name: '大唐袜铺' }).first().waitFor();
  const [entry] = await app.server.core.services.audit.list({ limit: 1 });
  expect(entry).toMatchObject({ action: 'shop.create', operator: '张工' });
});

it('sets which pool a shop draws from, and that reprints want a PIN', async () => {
  await app.page.getByLabel('取号时选哪个池 大唐袜铺').click();
  await app.page.getByTitle('运费最低（按运费表）').click();
  await expect.poll(() => app.server.core.services.waybills.grants.drawRules()).toMatchObject([{ mode: 'cheapest' }]);
  const card = app.page.locator('.ant-card', { hasText: '补打权限' });
  await card.getByLabel('同一单号再打一张').click();
  await app.page.getByTitle('要主管口令').click();
  await card.getByLabel('主管口令').fill('12');
  await card.getByRole('button', { name: '保存' }).click();
  await card.getByText('4 到 12 位数字').waitFor();
  await card.getByLabel('主管口令').fill('2468');
  await card.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => app.server.core.services.attempts.rights.get()).toMatchObject({ reprint: 'pin', pinSet: true });
  await app.shot('settings');
  expect(app.pageErrors).toEqual([]);
});
