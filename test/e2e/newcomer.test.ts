/** As a new user would: accept the samples, print ten labels to the virtual printer, find them in the log with their pictures. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('the first minutes', () => {
  it('offers samples, and accepting them fills the orders page', async () => {
    await app.page.getByText('第一张面单，一分钟').waitFor();
    await app.shot('welcome');
    await app.page.getByRole('button', { name: '放入示例' }).click();
    await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor({ timeout: 20_000 });
    await app.shot('orders', { docs: true });
  });

  it('previews the real dots and prints ten labels', async () => {
    const boxes = app.page.locator('.ant-table-tbody-virtual .ant-checkbox-input');
    for (let i = 0; i < 10; i += 1) await boxes.nth(i).check();
    await app.page.getByText('已选 10 单 → 10 包裹').waitFor();
    await app.page.getByRole('button', { name: '预览' }).click();
    const paper = app.page.getByRole('img', { name: '预览 1 / 10' });
    await paper.waitFor();
    const size = await paper.evaluate((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]);
    expect(size).toEqual([608, 1040]);
    await app.shot('preview', { docs: true });
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('button', { name: /打印 10 张/ }).click();
    await app.page.getByTestId('job-state').getByText('打完了').waitFor({ timeout: 60_000 });
    await app.shot('printed', { docs: true });
    expect(readdirSync(join(app.folder, 'virtual-printer')).filter((name) => name.endsWith('.png'))).toHaveLength(10);
    expect(readdirSync(join(app.folder, 'virtual-printer')).filter((name) => name.endsWith('.tspl'))).toHaveLength(10);
    await app.page.getByRole('dialog').locator('button', { hasText: '关闭' }).click();
    await app.page.getByRole('tab', { name: /待打印 14/ }).waitFor();
  });

  it('shows them in the log with pictures, and reprints one with a mark and a reason', async () => {
    await app.page.keyboard.press('Control+3');
    await app.page.getByRole('heading', { name: '打印记录' }).waitFor({ timeout: 5_000 }).catch(() => app.page.getByRole('navigation').getByText('记录').click());
    await app.page.getByRole('button', { name: '查看' }).first().waitFor();
    expect(await app.page.getByRole('button', { name: '查看' }).count()).toBe(10);
    await app.page.getByRole('button', { name: '查看' }).first().click();
    await app.page.getByRole('img', { name: '面单图片' }).waitFor();
    await app.shot('log', { docs: true });
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('button', { name: '补打' }).first().click();
    await app.page.getByRole('button', { name: '打印 1 张' }).click();
    await app.page.getByText('补打 1', { exact: true }).waitFor();
    await expect.poll(() => readdirSync(join(app.folder, 'virtual-printer')).filter((name) => name.endsWith('.png')).length, { timeout: 25_000 }).toBe(11);
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});

describe('declining', () => {
  it('leaves nothing behind', async () => {
    const other = await openApp();
    await other.page.getByRole('button', { name: '不用' }).click();
    await other.page.getByText('这里还没有订单').first().waitFor();
    expect(await other.server.core.services.shops.list({ archived: true })).toEqual([]);
    expect(readdirSync(other.folder).includes('virtual-printer')).toBe(false);
    await other.close();
  });
});
