/** The designer by its lists and forms: layers restacked by hand, and every property that changes what prints. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { App } from './app.ts';
import { canvasHash, chosenName, layer, openTemplate, saved } from './designer-tools.ts';
import { withApp } from './with-app.ts';

let app: App;
let page: Page;

withApp('designer-forms', (opened) => {
  app = opened;
  ({ page } = app);
});

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

  it('format fields, and say how it looks with the data shown', async () => {
    await openTemplate(app, '格式', { width: 76_000, height: 60_000 });
    await tab('字段');
    await page.getByLabel('搜索字段').fill('商品清单');
    await page.locator('.field-list').getByRole('button', { name: /^商品清单/ }).click();
    await page.getByLabel('大小 宽').fill('70');
    const sample = page.locator('.content-sample');
    await sample.getByText('棉袜中筒 黑色 L ×2，运动鞋垫 42码，洗衣袋 大号').waitFor();
    await page.getByRole('checkbox', { name: '规格' }).click();
    await page.getByRole('checkbox', { name: '货位' }).click();
    await page.getByLabel('分隔').fill('/');
    await page.getByLabel('最多几种').fill('2');
    await sample.getByText('A-03-2 棉袜中筒 ×2/B-01-1 运动鞋垫/+1种').waitFor();
    await saved(page);
    // A personal field comes masked; taking the mask away is an error with its cure.
    await page.getByLabel('搜索字段').fill('收件人电话');
    await page.locator('.field-list').getByRole('button', { name: /^收件人电话/ }).click();
    await sample.getByText('1******5678').waitFor();
    await page.locator('.designer-properties .ant-select-selection-item-remove').click();
    const finding = page.getByRole('region', { name: '检查' }).locator('[data-severity=error]').filter({ hasText: '个人信息没有遮盖' });
    await finding.getByText('给字段加上遮盖格式').waitFor();
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    await page.getByRole('dialog').getByText('个人信息没有遮盖').click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await chosenName(page).getByText('收件人电话').waitFor();
    expect(app.pageErrors).toEqual([]);
  });

  it('show elements by condition, in the picture at once', async () => {
    await openTemplate(app, '条件', { width: 76_000, height: 60_000 });
    const empty = await canvasHash(page);
    const { after: shown } = await changes(() => add('框'));
    await page.getByRole('button', { name: /加\s*条\s*件/ }).click();
    // The typical parcel has a note of its buyer.
    expect(await canvasHash(page)).toBe(shown);
    await page.getByRole('combobox', { name: '显示条件' }).press('Enter');
    await page.locator('.ant-select-item-option').filter({ hasText: '为空' }).click();
    await expect.poll(() => canvasHash(page)).toBe(empty);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => canvasHash(page)).toBe(shown);
  });

  it('rate a code by what is drawn: module in dots, width, scanning', async () => {
    await openTemplate(app, '码', { width: 76_000, height: 60_000 });
    await add('条码');
    const facts = (text: string): Promise<void> => page.locator('.designer-properties').getByText(text).waitFor();
    await facts('模块 3 点 = 0.375 mm，宽 54.4 mm');
    await facts('✓ 好');
    await page.getByLabel('大小 宽').fill('45');
    await facts('模块 2 点 = 0.250 mm，宽 36.3 mm');
    await facts('○ 可用');
    await page.getByLabel('分辨率').getByText('300').click();
    await facts('模块 3 点 = 0.254 mm');
    await page.getByLabel('大小 宽').fill('30');
    await facts('✕ 难扫');
    await page.getByLabel('分辨率').getByText('203').click();
    await changes(() => page.getByLabel('大小 宽').fill('70'));
    await changes(() => page.getByLabel('每几位空开').fill('5'));
    expect(app.pageErrors).toEqual([]);
  });

  it('say what happens to text that is too long', async () => {
    await openTemplate(app, '长', { width: 76_000, height: 60_000 });
    await add('文字');
    await page.getByLabel('文字', { exact: true }).last().fill('很长的一句话'.repeat(4));
    const check = page.getByRole('region', { name: '检查' });
    await check.locator('[data-severity=info]').filter({ hasText: '末尾用省略号' }).waitFor();
    await page.getByRole('combobox', { name: '放不下时' }).press('Enter');
    await page.locator('.ant-select-item-option').filter({ hasText: '报错' }).click();
    await check.locator('[data-severity=error]').filter({ hasText: '加大文字框' }).waitFor();
    await page.getByLabel('大小 ↕').fill('30');
    await page.getByLabel('大小 宽').fill('72');
    await page.getByLabel('x', { exact: true }).fill('2');
    await page.getByLabel('字号').fill('2');
    await check.locator('[data-severity=error]').waitFor({ state: 'detached' });
  });
});
