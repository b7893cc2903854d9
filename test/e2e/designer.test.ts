/**
 * The designer end to end: a template from nothing with mouse and keyboard, published, printed on the virtual printer; the paper must
 * equal the picture on the screen, dot for dot.
 */
import { afterAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { summarise } from '../../main/bench/harness.ts';
import { decodePng } from '../../main/printing/raster/png.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';
import { dotsToPng } from '../virtual-printer/png.ts';
import type { App } from './app.ts';
import { accessibility, at, canvasHash, chosenName, dragBy, drawn, hashDots, layer, saved } from './designer-tools.ts';
import { withApp } from './with-app.ts';

const actor = { operator: '测试', station: { id: 'host', name: '主机' } };
let app: App;
let paper: VirtualPrinter;
let zebra: VirtualPrinter;

// Above the app, which is closed first: what is set up last goes first.
afterAll(async () => {
  await paper.close();
  await zebra.close();
});
withApp('designer', async (opened) => {
  app = opened;
  paper = await createVirtualPrinter({ language: 'tspl', decode: true, labelMs: 20 });
  zebra = await createVirtualPrinter({ language: 'zpl', decode: true, labelMs: 20 });
  for (const [name, printer, language] of [['虚拟 TSPL', paper, 'tspl'], ['虚拟 ZPL', zebra, 'zpl']] as const) {
    await app.server.core.services.printers.create(
      { name, address: { kind: 'tcp', host: '127.0.0.1', port: printer.port }, profile: genericProfile({ language, dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 }) },
      actor,
    );
  }
  await app.page.getByRole('navigation').getByText('模板').click();
});

/** Chooses a printer by keys, as the list pops up over the foot of the window. */
async function choosePrinter(page: Page, name: string): Promise<void> {
  const box = page.getByRole('combobox', { name: '打印机', exact: true });
  await box.press('Enter');
  for (let step = 0; step < 5; step++) {
    const active = await box.getAttribute('aria-activedescendant');
    if ((await page.locator(`[id="${active}"]`).getAttribute('aria-label')) === name) break;
    await box.press('ArrowDown');
  }
  await box.press('Enter');
  await page.locator('.designer-foot').getByTitle(name).waitFor();
}
/** In the page: how long each movement of the mouse keeps it busy, from the event until nothing of its work is left. */
function watchEdits(): void {
  const times: number[] = [];
  Object.assign(globalThis, { editTimes: times });
  addEventListener('pointermove', () => {
    const began = performance.now();
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => times.push(performance.now() - began), { once: true });
    channel.port1.start();
    channel.port2.postMessage(0);
  }, true);
}

describe('designer in Chromium', () => {
  it('shows every built-in template as a picture', async () => {
    const { page } = app;
    await page.getByRole('article').first().waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.template-picture img').length === document.querySelectorAll('article').length);
    expect(await page.getByRole('article').count()).toBeGreaterThan(0);
    await app.shot('templates', { docs: true });
  });

  it('passes axe, in both languages', async () => {
    expect(await accessibility(app.page)).toEqual([]);
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.getByRole('button', { name: 'New template' }).waitFor();
    expect(await accessibility(app.page)).toEqual([]);
    await app.page.getByRole('button', { name: '中文' }).click();
  });

  it('makes a template from nothing with mouse and keyboard', async () => {
    const { page } = app;
    await page.getByRole('button', { name: '新建模板' }).click();
    await page.getByRole('dialog').getByLabel('名称').fill('手工一联单');
    await page.getByRole('dialog').getByRole('button', { name: /建\s*立/ }).click();
    await drawn(page);

    // A barcode by the palette; dragged with the mouse, then moved by keys: one dot and one millimetre.
    await page.getByRole('button', { name: '条码', exact: true }).click();
    await chosenName(page).getByText('运单号').waitFor();
    const before = await canvasHash(page);
    await dragBy(page, await at(page, 200, 60), 43, 37);
    expect(await canvasHash(page)).not.toBe(before);
    const x = (): Promise<number> => page.getByRole('spinbutton', { name: 'x', exact: true }).inputValue().then(Number);
    await page.waitForTimeout(300);
    const dragged = await x();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(x).toBeCloseTo(dragged + 0.125, 3);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(x).toBeCloseTo(dragged - 0.875, 3);
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    expect(await canvasHash(page)).toBe(before);
    await page.keyboard.press('Control+y');
    expect(await canvasHash(page)).not.toBe(before);
    await page.keyboard.press('Control+z');

    // Fields from the picker, resized by a handle.
    await page.getByRole('tab', { name: '字段' }).click();
    await page.getByLabel('搜索字段').fill('三段码');
    await page.locator('.field-list').getByRole('button', { name: /^三段码/ }).click();
    await page.getByLabel('字号').fill('7');
    const handle = await page.locator('[data-handle=se]').boundingBox();
    await dragBy(page, [(handle?.x ?? 0) + 4, (handle?.y ?? 0) + 4], 240, 40);
    await page.getByLabel('搜索字段').fill('收件人姓名');
    await page.locator('.field-list').getByRole('button', { name: /^收件人姓名/ }).click();
    await page.getByLabel('搜索字段').fill('收件人完整地址');
    await page.locator('.field-list').getByRole('button', { name: /^收件人完整地址/ }).click();
    const wide = await page.locator('[data-handle=e]').boundingBox();
    await dragBy(page, [(wide?.x ?? 0) + 4, (wide?.y ?? 0) + 4], 230, 0);

    // Picking info by ticking.
    await page.getByRole('tab', { name: '拣货/交易' }).click();
    await page.getByRole('button', { name: '填入自定义区' }).click();
    await page.getByRole('tab', { name: '图层' }).click();
    await layer(page, /^商品表 宝贝简称/).waitFor();
    await saved(page);
    await page.getByRole('region', { name: '检查' }).locator('[data-severity=error]').waitFor({ state: 'detached' });
    await app.shot('designer', { docs: true });
    expect(await accessibility(page)).toEqual([]);
    await layer(page, '条码 运单号').click();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: 'Publish' }).waitFor();
    expect(await page.locator('.designer').innerText()).not.toMatch(/属性|图层|发布|检查/);
    expect(await accessibility(page)).toEqual([]);
    await app.shot('designer-en');
    await page.getByRole('button', { name: '中文' }).click();
    expect(app.pageErrors).toEqual([]);
  });

  it('copies, pastes, duplicates, locks and undoes without a trace', async () => {
    const { page } = app;
    await layer(page, /^商品表 宝贝简称/).click();
    await page.getByRole('application').focus();
    const before = await canvasHash(page);
    const count = await page.locator('.layer').count();
    await page.keyboard.press('Control+d');
    await expect.poll(() => page.locator('.layer').count()).toBe(count + 1);
    await page.keyboard.press('l');
    await page.keyboard.press('Delete');
    await page.locator('.layer-lock.locked').waitFor();
    expect(await page.locator('.layer').count()).toBe(count + 1);
    await page.keyboard.press('l');
    await page.keyboard.press('r');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => canvasHash(page)).not.toBe(before);
    for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.layer').count()).toBe(count);
    await expect.poll(() => canvasHash(page)).toBe(before);
  });

  it('refuses to publish while an error stands and shows its place', async () => {
    const { page } = app;
    await layer(page, '条码 运单号').click();
    // The form follows the choice a frame later; the one before it has a width too.
    await chosenName(page).getByText('运单号').waitFor();
    await page.getByLabel('大小 宽').fill('12');
    const finding = page.getByRole('region', { name: '检查' }).getByRole('button', { name: /条码 运单号/ }).first();
    await finding.waitFor();
    expect(await page.locator('.lint-mark').count()).toBeGreaterThan(0);
    await app.shot('designer-lint', { docs: true });
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    await page.getByRole('dialog').getByText('不能发布').waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: /发\s*布/ }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+z');
    await finding.waitFor({ state: 'detached' });
  });

  it('publishes, prints, and the paper is the picture, in two languages', async () => {
    const { page } = app;
    await saved(page);
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    await page.getByRole('dialog').getByLabel('说明').fill('第一次');
    await page.getByRole('dialog').getByRole('button', { name: /发\s*布/ }).click();
    await page.getByText('第 1 版', { exact: true }).waitFor();
    const [template] = (await app.server.core.services.templates.list({ archived: false })).filter((one) => one.name === '手工一联单');
    expect(template).toMatchObject({ versionNumber: 1, changed: false });

    const screen = await canvasHash(page);
    for (const [index, printer] of [paper, zebra].entries()) {
      await choosePrinter(page, index === 0 ? '虚拟 TSPL' : '虚拟 ZPL');
      await page.getByRole('button', { name: /试打一张/ }).click();
      const [label] = await printer.waitForLabels(1);
      // The button rests until the printer has told what became of the label.
      await page.locator('.designer-foot .ant-btn-loading').waitFor({ state: 'detached' });
      expect(label?.dotsSha256).toBe(screen);
      expect(label?.codes.map((one) => one.text)).toContain('YT8800000000017');
      expect(printer.log().filter((one) => one.kind === 'problem' && one.severity !== 'note')).toEqual([]);
    }
    expect(app.pageErrors).toEqual([]);
  });

  it('prints orders with the published version; a reprint keeps the version it was printed with', async () => {
    const { printing, orders, templates, printers } = app.server.core.services;
    const [template] = (await templates.list({ archived: false })).filter((one) => one.name === '手工一联单');
    const printer = (await printers.list({ archived: false })).find((one) => one.name === '虚拟 TSPL');
    const { ids } = await orders.ids({ stage: 'to_print' }, 40);
    const offers = await printing.choices({ orderIds: ids, printerId: printer?.id });
    expect(offers.templates.find((one) => one.id === template?.id)).toMatchObject({ fits: true });
    const before = paper.labels().length;
    const { finished } = await printing.start({ orderIds: ids.slice(0, 6), templateId: template?.id ?? '', printerId: printer?.id ?? '' }, actor);
    const done = (await finished).filter((one) => one.attemptId !== null && one.failure === null);
    expect(done.length).toBeGreaterThan(1);
    await paper.waitForLabels(before + done.length);
    for (const [index, label] of done.entries()) {
      const { png } = await printing.picture(label.attemptId ?? '');
      const bitmap = decodePng(Buffer.from(png, 'base64'));
      const sheet = paper.labels()[before + index];
      expect(sheet?.codes.map((one) => one.text)).toContain(label.number);
      expect(bitmap && hashDots(bitmap)).toBe(sheet?.dotsSha256);
    }

    const [first] = done;
    const draft = await templates.openDraft({ id: template?.id ?? '', editor: 'by-hand', takeOver: true }, actor);
    const elements = draft.document['elements'] as object[];
    await templates.saveDraft({ id: template?.id ?? '', editor: 'by-hand', rev: draft.rev, document: { ...draft.document, elements: [...elements, { id: 'box-2', type: 'box', x: 1_000, y: 60_000, width: 20_000, height: 10_000, filled: true }] } }, actor);
    expect((await templates.publish({ id: template?.id ?? '', editor: 'by-hand', note: '加了黑块' }, actor)).number).toBe(2);
    const again = await printing.reprint({ attemptId: first?.attemptId ?? '', reason: '看不清', printerId: printer?.id }, actor);
    expect(await again.finished).toMatchObject([{ failure: null }]);
    const block = async (attemptId: string): Promise<boolean> => {
      const bitmap = decodePng(Buffer.from((await printing.picture(attemptId)).png, 'base64'));
      return bitmap !== undefined && (bitmap.bits[bitmap.stride * 520 + 10] ?? 0) === 0xff;
    };
    expect(await block(again.attemptId)).toBe(false);
    const next = await printing.start({ orderIds: ids.slice(6, 12), templateId: template?.id ?? '', printerId: printer?.id ?? '' }, actor);
    const fresh = (await next.finished).find((one) => one.attemptId !== null && one.failure === null);
    expect(await block(fresh?.attemptId ?? '')).toBe(true);
    await templates.closeDraft({ id: template?.id ?? '', editor: 'by-hand' });
    await app.page.reload();
    await drawn(app.page);
    await app.page.getByRole('tab', { name: '图层' }).click();
  });

  it('draws an edit within a frame', async () => {
    const { page } = app;
    await layer(page, '条码 运单号').click();
    const from = await at(page, 250, 90);
    const drawMs: number[] = [];
    let seen = await page.getByTestId('label-canvas').evaluate((node: HTMLElement) => Number(node.dataset['drawn']));
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.evaluate(watchEdits);
    for (let step = 1; step <= 60; step++) {
      await page.mouse.move(from[0], from[1] + (step % 30) / 2);
      const [drawings, took] = await page.getByTestId('label-canvas').evaluate((node: HTMLElement) => [Number(node.dataset['drawn']), Number(node.dataset['drawMs'])] as const);
      // The first pixels of a drag move nothing: a hand trembles.
      if (drawings > seen) drawMs.push(took);
      seen = drawings;
    }
    await page.mouse.up();
    const whole = await page.evaluate<number[]>('window.editTimes');
    await page.keyboard.press('Control+z');
    // The numbers are for the log; a wall clock never decides a test.
    const tell = (times: readonly number[]): string => { const { medianMs, p95Ms } = summarise(times); return `median ${medianMs} ms, p95 ${p95Ms} ms`; };
    process.stdout.write(`edit to dots: ${tell(drawMs)}; movement to page: ${tell(whole)}\n`);
    expect(whole.length).toBeGreaterThan(20);
  });

  it('tells a second editor, who may keep a copy', async () => {
    const { page } = app;
    const [template] = (await app.server.core.services.templates.list({ archived: false })).filter((one) => one.name === '手工一联单');
    if (template === undefined) throw new Error('no template');
    await saved(page);
    await app.server.core.services.templates.openDraft({ id: template.id, editor: 'elsewhere', takeOver: true }, { operator: '李工', station: { id: 'st2', name: '打包台2' } });
    await layer(page, '字段 三段码').click();
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowDown');
    await page.getByText('打包台2 正在编辑这个模板').waitFor();
    await app.shot('designer-held', { docs: true });
    await page.getByRole('button', { name: '另存为副本' }).click();
    await page.getByText('手工一联单 副本').first().waitFor();
    const names = (await app.server.core.services.templates.list({ archived: false })).filter((one) => !one.builtin).map((one) => one.name);
    expect(names.sort()).toEqual(['手工一联单', '手工一联单 副本']);
  });

  it('imports a Cainiao-language area and lists what was left out', async () => {
    const { page } = app;
    await page.getByRole('navigation').getByText('模板').click();
    await page.getByLabel('导入文件').setInputFiles({ name: '菜鸟自定义区.xml', mimeType: 'text/xml', buffer: Buffer.from('<layout width="76" height="40"><text left="2" top="2" width="60" height="6"><%=_data.itemName%></text><image src="http://x.cn/a.png" width="5" height="5"/></layout>') });
    await page.getByRole('dialog').getByText('网络图片').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: /编\s*辑/ }).click();
    await drawn(page);
    expect(await page.getByText('菜鸟自定义区').count()).toBeGreaterThan(0);
    expect(app.pageErrors).toEqual([]);
  });

  it('takes pictures as dots and refuses a picture bomb before it is decoded', async () => {
    const { page } = app;
    await page.getByRole('tab', { name: '元素' }).click();
    const before = await canvasHash(page);
    const bomb = Buffer.from(dotsToPng({ widthDots: 8, heightDots: 8, stride: 1, bits: new Uint8Array(8) }));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    await page.getByLabel('选择图片文件').setInputFiles({ name: 'bomb.png', mimeType: 'image/png', buffer: bomb });
    await page.getByText('图片太大').waitFor();
    expect(await canvasHash(page)).toBe(before);
    const picture = Buffer.from(dotsToPng({ widthDots: 64, heightDots: 32, stride: 8, bits: new Uint8Array(256).fill(0xaa) }));
    await page.getByLabel('选择图片文件').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: picture });
    await chosenName(page).getByText('图片').waitFor();
    await page.waitForFunction(() => document.querySelector('[data-testid=label-canvas]')?.getAttribute('data-drawn') !== '1');
    expect(await canvasHash(page)).not.toBe(before);
    await saved(page);
    expect(app.pageErrors).toEqual([]);
  });

  it('opens every panel, changes by form, and goes back in history', async () => {
    const { page } = app;
    await page.getByRole('navigation').getByText('模板').click();
    await page.getByRole('article', { name: '手工一联单', exact: true }).getByRole('button', { name: /编\s*辑/ }).click();
    await drawn(page);
    if (await page.getByRole('button', { name: /接\s*管/ }).isVisible()) await page.getByRole('button', { name: /接\s*管/ }).click();
    const start = await canvasHash(page);
    for (const kind of ['段落', '二维码', '商品表', '横线', '竖线', '框']) {
      await page.getByRole('button', { name: kind, exact: true }).click();
      await page.getByRole('button', { name: /加\s*条\s*件/ }).first().click();
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: '商品表', exact: true }).click();
    await page.getByRole('button', { name: /加\s*列/ }).click();
    await page.getByRole('list', { name: '列' }).getByRole('button', { name: /^规格/ }).last().click();
    await page.getByRole('button', { name: /删\s*列/ }).click();
    await page.getByRole('application').focus();
    await page.keyboard.press('Escape');
    await page.getByLabel('切线 (mm)').fill('90, 110');
    await page.getByLabel('切线 (mm)').blur();
    await page.locator('.cut-line').nth(1).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: '撤销' }).click();
    await page.locator('.cut-line').nth(1).waitFor({ state: 'detached' });
    expect(await canvasHash(page)).not.toBe(start);
    await saved(page);
    await page.getByRole('button', { name: /放弃改动/ }).click();
    await page.getByText('与发布一致').waitFor();
    expect(await canvasHash(page)).toBe(start);

    await page.getByRole('button', { name: /^历\s*史$/ }).click();
    await page.getByRole('button', { name: '与现在比较' }).last().click();
    await page.getByText(/个点不同/).waitFor();
    await app.shot('template-history', { docs: true });
    await page.getByRole('button', { name: '改回这一版' }).first().click();
    await page.getByText('第 3 版已生效').waitFor();
    await page.locator('.ant-drawer-close').click();
    await page.getByText('第 3 版', { exact: true }).waitFor();
    expect(await canvasHash(page)).not.toBe(start);

    await page.getByRole('link', { name: /模板列表/ }).click();
    await page.getByRole('button', { name: '手工一联单 …' }).click();
    await page.getByRole('menuitem', { name: '适用' }).click();
    await page.getByRole('dialog').getByLabel('平台').press('Enter');
    await page.getByRole('dialog').getByLabel('平台').press('Enter');
    await page.locator('.ant-modal-title').click();
    await page.getByRole('dialog').getByRole('button', { name: /保\s*存/ }).click();
    await page.getByRole('article', { name: '手工一联单', exact: true }).getByText('淘宝/天猫').waitFor();
    expect(app.pageErrors).toEqual([]);
  });
});
