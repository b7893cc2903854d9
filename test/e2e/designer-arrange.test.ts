/** Putting things where they belong: aligned, spaced, turned, caught by dots, grid, neighbours and cut lines; and what the right button offers. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { App } from './app.ts';
import { at, canvasHash, chosenName, dragBy, layer, openTemplate, placeOf, zoomOf } from './designer-tools.ts';
import { withApp } from './with-app.ts';

let app: App;
let page: Page;

withApp('designer-arrange', (opened) => {
  app = opened;
  ({ page } = app);
});

const add = (kind: string): Promise<void> => page.getByRole('button', { name: kind, exact: true }).click();
const tool = (name: string): Promise<void> => page.getByRole('toolbar').getByRole('button', { name, exact: true }).click();
const place = (): Promise<number[]> => placeOf(page);
async function put(x: number, y: number): Promise<void> {
  await page.getByLabel('x', { exact: true }).fill(String(x));
  await page.getByLabel('y', { exact: true }).fill(String(y));
  await page.getByLabel('y', { exact: true }).blur();
  await expect.poll(async () => (await place()).slice(0, 2)).toEqual([x, y]);
}

describe('arranging', () => {
  it('aligns, spaces and turns', async () => {
    await openTemplate(app, '排列', { width: 100_000, height: 100_000 });
    for (const [x, y] of [[5, 5], [12, 30], [40, 70]] as const) {
      await add('框');
      await chosenName(page).getByText('30×15').waitFor();
      await put(x, y);
    }
    await page.getByRole('tab', { name: '图层' }).click();
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+a');
    await page.getByText('选中 3 个').waitFor();
    await tool('对齐 右');
    await tool('垂直等距');
    const places: number[][] = [];
    for (let index = 0; index < 3; index++) {
      await page.locator('.layer').nth(index).getByRole('button').first().click();
      await expect.poll(() => page.locator('.layer').nth(index).getAttribute('aria-current')).toBe('true');
      await page.waitForFunction(() => document.querySelector('.designer-properties input[aria-label=x]') !== null);
      places.push((await place()).slice(0, 2));
    }
    expect(places).toEqual([[40, 70], [40, 37.5], [40, 5]]);
    // A single one lines up with the paper; a quarter turn changes sides about its middle.
    await tool('对齐 中');
    await expect.poll(place).toEqual([35, 5, 30, 15]);
    await tool('旋转 90°');
    await expect.poll(place).toEqual([42.5, -2.5, 15, 30]);
    expect(app.pageErrors).toEqual([]);
  });

  it('is caught by whole dots, the grid, neighbours and cut lines', async () => {
    await openTemplate(app, '吸附', { width: 100_000, height: 150_000 });
    await page.getByLabel('预设').press('Enter');
    await page.locator('.ant-select-item-option').filter({ hasText: '100×180' }).click();
    await page.locator('.cut-line').waitFor({ state: 'attached' });
    await add('框');
    await put(10, 90);
    const zoom = await zoomOf(page);
    const grab = async (): Promise<[number, number]> => { const [x = 0, y = 0] = await place(); return at(page, x * 8 + 40, y * 8); };
    // Its lower edge comes to rest on the cut line at 110 mm.
    await dragBy(page, await grab(), 0, (5 * 8) + 3 / zoom);
    await expect.poll(place).toEqual([10, 95, 30, 15]);
    // Without neighbours and edges: to whole dots, then to the grid.
    await page.getByRole('checkbox', { name: '元素/边线' }).click();
    await dragBy(page, await grab(), 83, 45);
    await expect.poll(async () => { const [x = 0, y = 0] = await place(); return [(x * 8) % 1, (y * 8) % 1, x > 15, y > 97]; }).toEqual([0, 0, true, true]);
    await page.locator('.designer-foot').getByText('5 mm').click();
    await dragBy(page, await grab(), 47, -33);
    await expect.poll(async () => (await place()).slice(0, 2).map((one) => one % 5)).toEqual([0, 0]);
    const [column = 0] = await place();
    // A neighbour's edge attracts.
    await page.locator('.designer-foot').getByText('点', { exact: true }).click();
    await page.getByRole('checkbox', { name: '元素/边线' }).click();
    await add('二维码');
    await put(10, 20);
    await dragBy(page, await at(page, 10 * 8 + 80, 20 * 8 + 80), (column - 10) * 8 + 2 / zoom, 40);
    await expect.poll(async () => (await place())[0]).toBe(column);
    expect(app.pageErrors).toEqual([]);
  });

  it('offers on the right button what lies under it, and pastes into another template', async () => {
    await openTemplate(app, '右键一', { width: 76_000, height: 130_000 });
    await add('二维码');
    await put(10, 10);
    const qr = await canvasHash(page);
    await add('框');
    await put(45, 60);
    const menu = async (x: number, y: number, name: string): Promise<void> => {
      await page.mouse.click(...(await at(page, x, y)), { button: 'right' });
      await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
      await page.getByRole('menu').waitFor({ state: 'hidden' });
    };
    // The code is chosen by the click itself, though the box was chosen before.
    await page.mouse.click(...(await at(page, 160, 160)), { button: 'right' });
    await page.getByRole('menuitem', { name: /^复制/ }).waitFor();
    await app.shot('designer-menu', { docs: true });
    await page.getByRole('menuitem', { name: /^复制/ }).click();
    await chosenName(page).getByText('二维码').first().waitFor();
    await menu(45 * 8 + 20, 60 * 8, '删除');
    await expect.poll(() => canvasHash(page)).toBe(qr);
    await menu(160, 160, '锁定');
    await page.getByRole('tab', { name: '图层' }).click();
    await page.locator('.layer-lock.locked').waitFor();
    await openTemplate(app, '右键二', { width: 76_000, height: 130_000 });
    await menu(300, 600, '粘贴');
    await page.getByRole('tab', { name: '图层' }).click();
    await layer(page, /^二维码/).waitFor();
    await expect.poll(async () => (await place()).slice(0, 2)).toEqual([12, 12]);
    expect(app.pageErrors).toEqual([]);
  });
});
