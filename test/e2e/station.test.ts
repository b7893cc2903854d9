/**
 * A shift at the packing station: labels of a platform's file are printed, the same file comes again with refunds and new addresses, and
 * the packer works with nothing but a scanner and a few keys.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { importFile, operator, pddFile, printedOrders, says as saysOf, scan as scanOf } from './printed-orders.ts';

let app: App;
/** Order number → its waybill. */
let numbers: ReadonlyMap<string, string>;
const pens = '250313-504498155925457';
const kettles = '250317-359564325302795';
const sockets = '250312-156128187376734';
const scratcher = '250318-481675861930301';
const mask = '250313-543852026068159';
const scale = '250314-379209050817455';
let shopId = '';

/** The file as the platform exports it later: the row of an order with some of its cells changed. */
function later(order: string, from: string, to: string, text = pddFile): string {
  return text.split(/\r?\n/).map((line) => (line.includes(order) ? line.replace(from, to) : line)).join('\r\n');
}

beforeAll(async () => {
  app = await openApp({ width: 1366, height: 768 });
  ({ shopId, numbers } = await printedOrders(app, [pens, kettles, sockets, scratcher, mask, scale]));
}, 120_000);
afterAll(() => app.close());

const waybill = (order: string): string => numbers.get(order) ?? '';

const scan = (code: string): Promise<void> => scanOf(app, code);
const says = (kind: string): Promise<string> => saysOf(app, kind);
async function here(count: number): Promise<void> {
  await expect.poll(() => app.page.getByTestId('station-today').textContent(), { timeout: 25_000 }).toBe(String(count));
}
async function serious(): Promise<string[]> {
  await app.page.locator('.station-flash').waitFor({ state: 'detached' });
  await app.page.evaluate(axe.source);
  const { violations } = await app.page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>('axe.run(document.querySelector("main"))');
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('a shift at the station', () => {
  it('is one key away and says what to do', async () => {
    await app.page.keyboard.press('Control+2');
    await app.page.getByText('扫 面单 / 商品 / 订单').waitFor();
    await app.shot('station-empty');
    expect(await serious()).toEqual([]);
  });

  it('packs by one scan, also of a scanner that sends all twice; a later scan is told; the last is taken back', async () => {
    await app.page.evaluate((code) => {
      for (const key of [...code, 'Enter', ...code, 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: key === 'Enter' ? key : '', bubbles: true, cancelable: true }));
    }, waybill(pens));
    await app.page.locator('.station-flash[data-tone="good"]').waitFor();
    expect(await says('packed')).toContain('打包好了');
    await here(1);
    const parcel = app.page.getByTestId('station-parcel');
    expect(await parcel.getByText('×2').count()).toBe(1);
    await app.shot('station-flash');
    expect(await serious()).toEqual([]);
    await app.shot('station', { docs: true });
    expect(await app.page.locator('.station-strip li').count()).toBe(1);
    expect(await app.page.locator('.station-verdict[data-kind="packed"]').count()).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await scan(waybill(pens));
    expect(await says('duplicate')).toContain('打包');
    await app.shot('station-duplicate');
    expect(await serious()).toEqual([]);
    await app.page.keyboard.press('F2');
    await says('undone');
    await here(0);
    expect((await app.server.core.services.attempts.list({ number: waybill(pens), limit: 1 }))[0]?.state).toBe('confirmed');
  });

  it('counts goods, refuses the wrong one, and is packed when all are there', async () => {
    await scan(kettles);
    await says('opened');
    for (const left of [4, 3, 2]) {
      await scan('ZS054-02');
      await app.page.getByText(`还差 ${left} 件`).waitFor();
      await new Promise((resolve) => setTimeout(resolve, 320));
    }
    await app.shot('station-counting', { docs: true });
    expect(await serious()).toEqual([]);
    await scan('ZS101-02');
    expect(await says('wrong_goods')).toContain('拿错了');
    await scan(waybill(sockets));
    expect(await says('unfinished')).toContain('还差 2 件');
    await scan('ZS054-02');
    await says('counted');
    await new Promise((resolve) => setTimeout(resolve, 320));
    await scan('ZS054-02');
    await app.page.getByText('点齐了，扫这一包的面单').waitFor();
    await scan(waybill(kettles));
    expect(await says('packed')).toContain('点齐');
    await here(1);
  });

  it('hears a scan through a Chinese input method, and out of a field', async () => {
    await app.page.evaluate((code) => {
      const keys = [...code].map((one) => (/\d/.test(one) ? `Digit${one}` : `Key${one}`));
      for (const [index, key] of [...keys, 'Enter'].entries()) {
        const shift = key.startsWith('Key') && /[A-Z]/.test(code[index] ?? '');
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: key, shiftKey: shift, isComposing: true, bubbles: true, cancelable: true }));
      }
    }, waybill(sockets));
    await says('packed');
    expect(await app.page.getByTestId('station-parcel').getAttribute('data-number')).toBe(waybill(sockets));
    await here(2);
  });

  it('says what it does not know', async () => {
    await scan('6901234567892');
    expect(await says('unknown')).toContain('6901234567892');
    await scan('YT7700000000049');
    expect(await says('no_parcel')).toContain('还没给包裹');
  });

  it('stops a printed parcel that was refunded or sent elsewhere since, and lets it go only by a decision', async () => {
    const report = await importFile(app, shopId, later(scratcher, '无售后或售后取消', '退款成功'));
    expect(report.alarms).toEqual([{ order: scratcher, alarm: 'refunded' }]);
    await scan(waybill(scratcher));
    await app.page.locator('.station-flash[data-tone="wrong"]').waitFor();
    expect(await says('alarm')).toContain('不能发 · 已退款');
    expect(await serious()).toEqual([]);
    await app.shot('station-alarm', { docs: true });
    await here(2);
    // Goods or a key do not get it out.
    await app.page.keyboard.press('F4');
    await scan('ZS084-03');
    await says('alarm');
    await app.page.keyboard.press('F6');
    expect(await says('set_aside')).toContain('拦下了');
    await scan(waybill(pens));
    await says('packed');
    await here(3);
    await scan(waybill(scratcher));
    expect(await says('held')).toContain('已退款');
    await app.page.keyboard.press('F7');
    await app.page.getByRole('dialog').getByText('为什么照发').waitFor();
    await app.shot('station-despite');
    // A scan into the field of the dialog is still a scan, and the field stays as the person wrote it.
    const field = app.page.getByLabel('别的原因');
    await field.fill('买家');
    await field.focus();
    await app.page.evaluate((code) => {
      const input = document.activeElement as HTMLInputElement;
      const put = (value: string) => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
        input.dispatchEvent(new Event('input', { bubbles: true }));
      };
      for (const one of code) if (input.dispatchEvent(new KeyboardEvent('keydown', { key: one, code: `Digit${one}`, bubbles: true, cancelable: true }))) put(input.value + one);
      (window as unknown as { written: string }).written = input.value;
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', bubbles: true, cancelable: true }));
      (window as unknown as { left: string }).left = input.value;
    }, '69012345');
    expect(await app.page.evaluate('[window.written, window.left]')).toEqual(['买家69012345', '买家']);
    expect(await says('unknown')).toContain('69012345');
    await scan(waybill(scratcher));
    await says('held');
    await app.page.keyboard.press('F7');
    await app.page.keyboard.press('F2');
    expect(await says('packed')).toContain('照发');
    await here(4);
    const { audit } = app.server.core.services;
    expect((await audit.list({ subject: waybill(scratcher), limit: 20 })).find((entry) => entry.action === 'parcel.pack-despite')?.facts).toMatchObject({ reason: '平台上已撤销' });
  });

  it('an alarm after packing stops the parcel at hand-over; what is ready leaves with its sheet', async () => {
    await importFile(app, shopId, later(sockets, '邵试四', '邵试五', later(scratcher, '无售后或售后取消', '退款成功')));
    await app.page.keyboard.press('F9');
    const carrier = app.page.getByTestId('carrier-YTO');
    await carrier.getByText('3 件可以交').waitFor();
    await carrier.getByText('地址改了').waitFor();
    // Two labels were printed and never scanned.
    await app.page.getByText('今天 2 张').waitFor();
    await app.shot('station-hand-over', { docs: true });
    expect(await serious()).toEqual([]);
    const a4 = { ...genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 210_000, heightMicrometres: 297_000 }), headDots: 1_700, mode: 'raster' as const };
    await app.server.core.services.printers.create({ name: '办公室', address: { kind: 'virtual', directory: join(app.folder, 'office') }, profile: a4 }, operator(app));
    await app.page.keyboard.press('F1');
    await app.page.getByRole('dialog').getByText('圆通速递 3 件交给快递员').waitFor();
    await app.page.keyboard.press('F12');
    await app.page.getByText('圆通速递 交了 3 件').waitFor();
    await app.page.getByRole('button', { name: /打交接单 · 办公室/ }).click();
    await app.page.getByText('交接单发给打印机了，1 张').waitFor();
    expect(readdirSync(join(app.folder, 'office')).filter((name) => name.endsWith('.tspl'))).toHaveLength(1);
    const [saved] = await Promise.all([app.page.waitForEvent('download'), app.page.getByRole('button', { name: '交接单 PDF' }).click()]);
    expect(readFileSync(await saved.path()).subarray(0, 5).toString()).toBe('%PDF-');
    await app.shot('station-handed');
    for (const order of [pens, kettles, scratcher]) {
      await expect.poll(async () => (await app.server.core.services.orders.list({ search: order, sort: 'newest', limit: 1 })).orders[0]?.stage, { timeout: 5_000 }).toBe('handed');
    }
    await app.page.keyboard.press('F9');
    await scan(waybill(pens));
    expect(await says('duplicate')).toContain('已经交给快递');
  });

  it('did all that without an error on the page, also in the dark and in English', async () => {
    await app.page.getByRole('button', { name: '夜间' }).click();
    await app.page.getByRole('button', { name: 'English' }).click();
    await scan(waybill(scale));
    expect(await says('packed')).toContain('Packed');
    await app.shot('station-dark-en');
    expect(await serious()).toEqual([]);
    expect(app.pageErrors).toEqual([]);
  });
});
