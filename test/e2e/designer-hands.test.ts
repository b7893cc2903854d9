/** The designer by hand: what a lead does with mouse and keyboard beyond the first template, and what two stations do to one draft. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';
import { dotsToPng } from '../virtual-printer/png.ts';
import type { App } from './app.ts';
import { accessibility, at, canvasHash, chosenName, dragBy, drawn, layer, lead, openTemplate, placeOf, saved, showTemplate, zoomOf } from './designer-tools.ts';
import { withApp } from './with-app.ts';

let app: App;
let page: Page;
let paper: VirtualPrinter;

// Above the app, which is closed first: what is set up last goes first.
afterAll(async () => {
  await paper.close();
});
withApp('designer-hands', async (opened) => {
  app = opened;
  ({ page } = app);
  paper = await createVirtualPrinter({ language: 'tspl', decode: true, labelMs: 20 });
  const { printers } = app.server.core.services;
  for (const one of await printers.list({ archived: false })) await printers.update({ id: one.id, archived: true }, lead);
  await printers.create({ name: '前台', address: { kind: 'tcp', host: '127.0.0.1', port: paper.port }, profile: genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 }) }, lead);
});

const open = (name: string, from: Parameters<typeof openTemplate>[2]): Promise<string> => openTemplate(app, name, from);
const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
const place = (): Promise<number[]> => placeOf(page);
const undoAll = async (): Promise<void> => {
  while (await page.getByRole('button', { name: '撤销' }).isEnabled()) {
    await page.getByRole('button', { name: '撤销' }).click();
    await page.waitForTimeout(60);
  }
};

describe('designer by hand', () => {
  it('shows the whole label on opening, and zooms by whole dots only', async () => {
    await open('看全', { copyOf: 'builtin:waybill-100x210' });
    const inside = async (): Promise<boolean> => {
      const [label, desk] = await Promise.all([page.getByRole('application').boundingBox(), page.locator('.designer-middle').boundingBox()]);
      return label !== null && desk !== null && label.y >= desk.y && label.y + label.height <= desk.y + desk.height && label.x >= desk.x && label.x + label.width <= desk.x + desk.width;
    };
    expect([await inside(), await zoomOf(page)]).toEqual([true, 1 / 3]);
    const dots = await canvasHash(page);
    await page.getByRole('application').focus();
    for (const [key, zoom] of [['1', 1], ['2', 2], ['0', 1 / 3], ['Control+=', 1 / 2], ['Control+=', 1], ['Control+-', 1 / 2]] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => zoomOf(page)).toBe(zoom);
      const box = await page.getByTestId('label-canvas').boundingBox();
      expect([box?.width, box?.height].map((side) => Math.round(side ?? 0))).toEqual([Math.round(800 * zoom), Math.round(1_680 * zoom)]);
    }
    const middle = await page.locator('.designer-middle').boundingBox();
    await page.mouse.move((middle?.x ?? 0) + 300, (middle?.y ?? 0) + 300);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await expect.poll(() => zoomOf(page)).toBe(1);
    await page.keyboard.up('Control');
    // However it is shown, the dots are the dots.
    expect(await canvasHash(page)).toBe(dots);
    await page.getByText('适合').click();
    await expect.poll(inside).toBe(true);
    await page.getByRole('button', { name: /标尺单位/ }).click();
    await page.locator('.ruler-top').getByText('400', { exact: true }).waitFor();
    await page.getByRole('button', { name: /标尺单位/ }).click();
  });

  it('drags from the palette, catches with a rubber band, groups, and draws the group to another size', async () => {
    await open('手工', { width: 76_000, height: 130_000 });
    const stage = page.getByRole('application');
    const zoom = await zoomOf(page);
    for (const [kind, x, y] of [['框', 200, 200], ['二维码', 400, 420]] as const) {
      const count = await page.locator('.designer-overlay .selected').count();
      await page.getByRole('button', { name: kind, exact: true }).dragTo(stage, { targetPosition: { x: x * zoom, y: y * zoom } });
      await expect.poll(() => page.locator('.designer-overlay .selected').count()).toBe(Math.max(1, count));
    }
    await tab('字段');
    await page.getByLabel('搜索字段').fill('三段码');
    await page.locator('.field-list').getByRole('button', { name: /^三段码/ }).dragTo(stage, { targetPosition: { x: 200 * zoom, y: 200 * zoom } });
    await tab('图层');
    await expect.poll(() => page.locator('.layer').count()).toBe(3);
    await stage.focus();
    await page.keyboard.press('Escape');

    // A band around two of the three.
    await dragBy(page, await at(page, 20, 60), 420, 260);
    await expect.poll(() => page.locator('.layer[aria-current=true]').count()).toBe(2);
    await page.keyboard.press('Control+g');
    await expect.poll(() => page.locator('.layer').count()).toBe(4);
    const before = await canvasHash(page);
    await chosenName(page).getByText('三段码').waitFor();
    const [x, y, width, height] = await place();
    await page.getByRole('checkbox', { name: '元素/边线' }).click();
    const corner = await page.locator('[data-handle=se]').boundingBox();
    await dragBy(page, [(corner?.x ?? 0) + 4, (corner?.y ?? 0) + 4], 96, 64);
    await expect.poll(place).toEqual([x, y, (width ?? 0) + 12, (height ?? 0) + 8]);
    expect(await canvasHash(page)).not.toBe(before);
    await app.shot('designer-group', { docs: true });
    // By form too; and Escape while the hand still holds takes everything back.
    await page.getByLabel('大小 宽').fill('20');
    await page.getByLabel('大小 宽').blur();
    const typed = await canvasHash(page);
    const edge = await page.locator('[data-handle=e]').boundingBox();
    await page.mouse.move((edge?.x ?? 0) + 4, (edge?.y ?? 0) + 4);
    await page.mouse.down();
    await page.mouse.move((edge?.x ?? 0) + 64, (edge?.y ?? 0) + 4, { steps: 4 });
    expect(await canvasHash(page)).not.toBe(typed);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await canvasHash(page)).toBe(typed);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await canvasHash(page)).toBe(before);
  });

  it('names layers by what they print, renames them, and chooses several', async () => {
    await open('图层', { copyOf: 'builtin:waybill-76x130' });
    await tab('图层');
    await layer(page, '条码 运单号').first().dblclick();
    await page.locator('.layer').getByLabel('名称').fill('主条码');
    await page.keyboard.press('Enter');
    await layer(page, '条码 主条码').click();
    await chosenName(page).getByText('主条码').waitFor();
    await layer(page, /^二维码/).click({ modifiers: ['Shift'] });
    await page.getByText('选中 2 个').waitFor();
    await page.getByRole('button', { name: /锁定 主条码/ }).click();
    await page.getByRole('button', { name: /解锁 主条码/ }).waitFor();
    const before = await canvasHash(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await layer(page, '条码 主条码').click();
    await expect.poll(() => page.getByLabel('x', { exact: true }).isDisabled()).toBe(true);
    expect(await canvasHash(page)).not.toBe(before);
    await undoAll();
    await layer(page, '条码 运单号').first().waitFor();
  });

  it('moves table columns by drag and by keys', async () => {
    await open('列', { width: 100_000, height: 150_000 });
    await page.getByRole('button', { name: '商品表', exact: true }).click();
    const columns = page.getByRole('list', { name: '列' });
    const names = (): Promise<string[]> => columns.locator('.column-head > button:not(.ant-btn)').allInnerTexts().then((texts) => texts.map((text) => text.split(' ')[0] ?? ''));
    await page.getByRole('button', { name: /加\s*列/ }).click();
    await expect.poll(names).toEqual(['宝贝简称', '数量', '规格']);
    const before = await canvasHash(page);
    await columns.locator('li').nth(2).dragTo(columns.locator('li').nth(0));
    await expect.poll(names).toEqual(['规格', '宝贝简称', '数量']);
    const dragged = await canvasHash(page);
    expect(dragged).not.toBe(before);
    await columns.locator('.column-head > button:not(.ant-btn)').first().focus();
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(names).toEqual(['宝贝简称', '规格', '数量']);
    // The column keeps the focus, so that the keys go on moving it.
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(names).toEqual(['宝贝简称', '数量', '规格']);
    expect(await canvasHash(page)).toBe(before);
    await app.shot('designer-columns', { docs: true });
  });

  it('copies from one template into another, smaller one', async () => {
    await open('来源', { copyOf: 'builtin:waybill-100x180' });
    await tab('图层');
    await layer(page, /^商品表/).first().click();
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+c');
    await open('去处', { width: 60_000, height: 40_000 });
    const empty = await canvasHash(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+v');
    await chosenName(page).getByText('商品表').waitFor();
    expect(await canvasHash(page)).not.toBe(empty);
    const [x, y] = await place();
    expect([(x ?? -1) >= 0, (y ?? -1) >= 0]).toEqual([true, true]);
    await page.keyboard.press('Control+z');
    expect(await canvasHash(page)).toBe(empty);
  });

  it('shows an underlay and never prints it', async () => {
    await open('预印', { copyOf: 'builtin:waybill-76x130' });
    const dots = await canvasHash(page);
    const red = Buffer.from(dotsToPng({ widthDots: 64, heightDots: 128, stride: 8, bits: new Uint8Array(1_024).fill(0xf0) }));
    await page.locator('.designer-right input[type=file]').setInputFiles({ name: 'paper.png', mimeType: 'image/png', buffer: red });
    await page.locator('.designer-underlay').waitFor();
    expect(await canvasHash(page)).toBe(dots);
    await saved(page);
    await app.shot('designer-underlay', { docs: true });
    const count = paper.labels().length;
    await page.getByRole('button', { name: /试打一张/ }).click();
    const labels = await paper.waitForLabels(count + 1);
    expect(labels.at(-1)?.dotsSha256).toBe(dots);
    await page.getByRole('checkbox', { name: '显示底图' }).click();
    await page.locator('.designer-underlay').waitFor({ state: 'detached' });
  });

  it('fills, refills and moves the custom area from the tick lists', async () => {
    await open('拣货', { copyOf: 'builtin:waybill-76x130' });
    await tab('图层');
    await layer(page, /^商品表/).click();
    await layer(page, /^段落 卖家备注/).click({ modifiers: ['Shift'] });
    await tab('拣货/交易');
    await page.locator('.area-mark').waitFor();
    await page.getByRole('button', { name: '用选中元素的位置' }).click();
    await page.getByText('填入时替换选中的 2 个元素').waitFor();
    await page.getByRole('button', { name: '填入自定义区' }).click();
    await page.getByText('选中 2 个').waitFor();
    await app.shot('designer-ticks', { docs: true });
    const filled = await canvasHash(page);
    await page.getByRole('checkbox', { name: '买家留言' }).click();
    await expect.poll(() => canvasHash(page)).not.toBe(filled);
    await page.getByRole('checkbox', { name: '买家留言' }).click();
    await expect.poll(() => canvasHash(page)).toBe(filled);
    // Opened again, the lists say what was ticked.
    await page.getByRole('checkbox', { name: '货位' }).click();
    await saved(page);
    await page.reload();
    await drawn(page);
    await tab('拣货/交易');
    expect(await page.getByRole('checkbox', { name: '货位' }).isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: '旗帜' }).isChecked()).toBe(false);
  });

  it('shows parcels of the day, and warns of one that would be cut without refusing to publish', async () => {
    const { orders } = app.server.core.services;
    const { ids } = await orders.ids({ stage: 'to_print' }, 1);
    await orders.setMemo(ids, '发货前打电话，'.repeat(20), lead);
    const id = await open('今日', { width: 76_000, height: 130_000 });
    await tab('字段');
    await page.getByLabel('搜索字段').fill('卖家备注');
    await page.locator('.field-list').getByRole('button', { name: /^卖家备注/ }).first().click();
    await page.getByLabel('大小 宽').fill('70');
    await page.getByLabel('x', { exact: true }).fill('3');
    await page.getByLabel('字号').fill('2');
    await page.getByRole('combobox', { name: '放不下时' }).press('Enter');
    await page.getByRole('option', { name: '报错' }).waitFor({ state: 'attached' });
    await page.locator('.ant-select-item-option').filter({ hasText: '报错' }).click();
    const warning = page.getByRole('region', { name: '检查' }).locator('[data-severity=warning]').filter({ hasText: '文字放不下' });
    await warning.waitFor();
    const typical = await canvasHash(page);
    await warning.click();
    // The canvas shows the order that would be cut.
    await expect.poll(() => canvasHash(page)).not.toBe(typical);
    await saved(page);
    // The list says why each order is there; a test prints the one that is shown, marked, with a number no carrier knows.
    const data = page.getByRole('combobox', { name: '数据' });
    await data.press('Enter');
    await page.locator('.ant-select-item-option').filter({ hasText: '备注最长' }).waitFor();
    await app.shot('designer-order-of-the-day', { docs: true });
    await data.press('Escape');
    const count = paper.labels().length;
    await tab('元素');
    await page.getByRole('button', { name: '二维码', exact: true }).click();
    await page.getByRole('button', { name: /试打一张/ }).click();
    await page.getByText('纸上标着“样张”').waitFor();
    expect((await paper.waitForLabels(count + 1)).at(-1)?.codes.map((one) => one.text)).toEqual(['SAMPLE000000']);
    await page.getByRole('button', { name: '撤销' }).click();
    await saved(page);
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    await page.getByRole('dialog').getByText('今日包裹里有 1 处要注意').waitFor();
    await app.shot('designer-publish', { docs: true });
    await page.getByRole('dialog').getByRole('button', { name: /发\s*布/ }).click();
    await page.getByText('第 1 版', { exact: true }).waitFor();
    expect((await app.server.core.services.templates.list({ archived: false })).find((one) => one.id === id)).toMatchObject({ versionNumber: 1 });
  });

  it('two stations on one draft: the second is told and takes over, the first keeps its work as a copy', async () => {
    const id = await open('两人', { width: 76_000, height: 130_000 });
    await page.getByRole('button', { name: '框', exact: true }).click();
    await saved(page);
    const other = await (await app.browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' })).newPage();
    other.setDefaultTimeout(20_000);
    await other.goto(app.url);
    await other.getByRole('navigation').waitFor();
    await showTemplate(other, id);
    await other.getByText('正在编辑这个模板').waitFor();
    expect(await other.getByRole('button', { name: /^发\s*布$/ }).isDisabled()).toBe(true);
    await other.getByRole('button', { name: /接\s*管/ }).click();
    await other.getByText('正在编辑这个模板').waitFor({ state: 'detached' });
    await other.getByRole('button', { name: '二维码', exact: true }).click();
    await saved(other);

    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText('正在编辑这个模板').waitFor();
    const mine = await canvasHash(page);
    await page.getByRole('button', { name: '另存为副本' }).click();
    await page.getByText('两人 副本').first().waitFor();
    await drawn(page);
    expect(await canvasHash(page)).toBe(mine);
    expect(await canvasHash(other)).not.toBe(mine);
    await other.context().close();
  });

  it('says when a change cannot be saved, and keeps it as a copy', async () => {
    const id = await open('断线', { width: 76_000, height: 130_000 });
    await page.getByRole('button', { name: '框', exact: true }).click();
    await saved(page);
    // The draft goes on elsewhere without this page: what it has no longer follows on what is there.
    const service = app.server.core.services.templates;
    const draft = await service.openDraft({ id, editor: 'elsewhere', takeOver: true }, lead);
    await service.saveDraft({ id, editor: 'elsewhere', rev: draft.rev, document: draft.document }, lead);
    await service.closeDraft({ id, editor: 'elsewhere' });
    await page.getByRole('button', { name: '二维码', exact: true }).click();
    await page.getByText('没有保存上').waitFor();
    await page.getByText('这个模板在别处改过了').waitFor();
    expect(await page.getByRole('button', { name: /^发\s*布$/ }).isDisabled()).toBe(true);
    await app.shot('designer-not-saved');
    const mine = await canvasHash(page);
    await page.getByRole('button', { name: '另存为副本' }).click();
    await page.getByText('断线 副本').first().waitFor();
    await drawn(page);
    expect(await canvasHash(page)).toBe(mine);
    app.pageErrors.length = 0;
  });

  it('is whole and readable on small and large screens, by night and in English', async () => {
    await open('屏幕', { copyOf: 'builtin:waybill-76x130' });
    await tab('图层');
    await layer(page, /^商品表/).click();
    for (const [width, height] of [[1366, 768], [1920, 1080]] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(200);
      // Nothing hangs out of the bars or panels, and the window itself does not scroll.
      const clipped = await page.evaluate(() => ['.designer-bar', '.designer-foot', '.designer-right', '.designer-left'].filter((name) => { const node = document.querySelector(name); return node === null || node.scrollWidth > node.clientWidth + 1; }));
      expect(clipped).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
      await app.shot(`designer-${width}`);
    }
    await page.getByRole('button', { name: '夜间' }).click();
    await page.waitForTimeout(300);
    expect(await accessibility(page)).toEqual([]);
    await app.shot('designer-night');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.waitForTimeout(200);
    expect(await accessibility(page)).toEqual([]);
    await app.shot('designer-night-en');
    expect(app.pageErrors).toEqual([]);
  });
});
