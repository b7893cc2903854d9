/** The designer by its lists and forms: layers restacked by hand, and every property that changes what prints. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { canvasHash, chosenName, layer, openTemplate, saved } from './designer-tools.ts';

vi.setConfig({ testTimeout: 120_000 });

let app: App;
let page: Page;

beforeAll(async () => {
  app = await openApp();
  ({ page } = app);
  page.setDefaultTimeout(20_000);
  await page.getByRole('button', { name: '放入示例' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});
beforeEach(() => {
  onTestFailed(() => app.shot('designer-forms-failed'));
});
afterAll(() => app.close());

const add = (kind: string): Promise<void> => page.getByRole('button', { name: kind, exact: true }).click();
const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
/** Does something and waits until the picture is another one; gives both. */
async function changes(act: () => Promise<unknown>): Promise<{ before: string; after: string }> {
  const before = await canvasHash(page);
  await act();
  await expect.poll(() => canvasHash(page)).not.toBe(before);
  return { before, after: await canvasHash(page) };
}

describe('layers', () => {
  it('are restacked by drag and by keys, into groups and out of them', async () => {
    await openTemplate(app, '换层', { width: 76_000, height: 60_000 });
    for (const kind of ['框', '二维码', '横线']) await add(kind);
    await tab('图层');
    const names = (): Promise<string[]> => page.locator('.layer').allInnerTexts().then((texts) => texts.map((text) => text.split(/\s/)[0] ?? ''));
    await expect.poll(names).toEqual(['横线', '二维码', '框']);
    const rows = page.locator('.layer');
    await rows.nth(2).dragTo(rows.nth(0), { targetPosition: { x: 60, y: 3 } });
    await expect.poll(names).toEqual(['框', '横线', '二维码']);
    await layer(page, /^二维码/).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(names).toEqual(['框', '二维码', '横线']);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(names).toEqual(['二维码', '框', '横线']);
    // A group of two; the third is dropped into it, and taken out again.
    await layer(page, /^二维码/).click();
    await layer(page, /^框/).click({ modifiers: ['Shift'] });
    await page.getByRole('application').focus();
    const picture = await canvasHash(page);
    await page.keyboard.press('Control+g');
    await expect.poll(names).toEqual(['组', '二维码', '框', '横线']);
    const group = await rows.nth(0).boundingBox();
    await rows.nth(3).dragTo(rows.nth(0), { targetPosition: { x: 60, y: (group?.height ?? 0) - 3 } });
    await expect.poll(names).toEqual(['组', '横线', '二维码', '框']);
    await app.shot('designer-layers', { docs: true });
    await rows.nth(1).dragTo(rows.nth(0), { targetPosition: { x: 60, y: 3 } });
    await expect.poll(names).toEqual(['横线', '组', '二维码', '框']);
    // Nothing of it moved anything on the paper.
    expect(await canvasHash(page)).toBe(picture);
    for (let step = 0; step < 3; step++) await page.keyboard.press('Control+z');
    await expect.poll(names).toEqual(['二维码', '框', '横线']);
    expect(app.pageErrors).toEqual([]);
  });
});

describe('forms', () => {
  it('set everything a table has', async () => {
    await openTemplate(app, '表', { width: 76_000, height: 130_000 });
    await add('商品表');
    await chosenName(page).getByText('商品表').waitFor();
    await page.getByRole('list', { name: '列' }).getByRole('button', { name: /^数量/ }).first().click();
    const larger = await changes(async () => { await page.getByLabel('字大小').fill('150'); await page.getByLabel('字大小').blur(); });
    expect((await changes(() => page.keyboard.press('Control+z'))).after).toBe(larger.before);
    await page.getByRole('list', { name: '列' }).getByRole('button', { name: /^数量/ }).first().click();
    await changes(() => page.getByLabel('行距').fill('2'));
    await page.getByText('网格', { exact: true }).click();
    await page.getByRole('checkbox', { name: '表头' }).click();
    await changes(() => page.getByLabel('大小 ↕').fill('7'));
    await changes(() => page.getByLabel('余下的写成').fill('还有{rows}种'));
    await saved(page);
    expect(app.pageErrors).toEqual([]);
  });
});
