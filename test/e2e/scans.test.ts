/** A scan is a scan on every page: it leads to the station, and neither types into a field nor throws away what somebody writes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { keyTimes, operator, printedOrders, says, scan } from './printed-orders.ts';

let app: App;
const orders = ['250313-504498155925457', '250312-156128187376734', '250318-481675861930301', '250313-543852026068159', '250314-379209050817455'];
let numbers: ReadonlyMap<string, string>;
const waybill = (index: number): string => numbers.get(orders[index] ?? '') ?? '';
const path = (): string => new URL(app.page.url()).hash.replace(/^#/, '');

beforeAll(async () => {
  app = await openApp({ width: 1366, height: 768 });
  ({ numbers } = await printedOrders(app, orders));
  // What the packer hears: the tones as they are made.
  await app.page.evaluate(() => {
    const tones = Object.assign(window, { heard: [] as string[] });
    const make = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      const oscillator = make.call(this);
      queueMicrotask(() => tones.heard.push(oscillator.type));
      return oscillator;
    };
  });
}, 120_000);
afterAll(() => app.close());
beforeEach(async () => {
  await app.page.keyboard.press('Escape');
  await app.page.evaluate(() => void (window as unknown as { heard: string[] }).heard.splice(0));
});

/** The low long tone of a scan that was not taken. */
const heardWrong = () => app.page.evaluate(() => (window as unknown as { heard: string[] }).heard.includes('square'));
const notTaken = () => app.page.locator('.ant-notification-notice').filter({ hasText: '没扫进去' });
const packed = async (number: string): Promise<boolean> => (await app.server.core.services.attempts.list({ number, limit: 1 }))[0]?.state === 'confirmed';
async function openPage(key: string): Promise<void> {
  await app.page.keyboard.press(`Control+${key}`);
}

const searchBox = () => app.page.locator('.orders-line input[data-takes-scan]');
/** Opens an order's panel and gives its memo field. */
async function memoOf(order: string) {
  await openPage('1');
  await app.page.getByRole('tab', { name: /全部/ }).click();
  await searchBox().fill(order);
  const row = app.page.locator('.orders-table .ant-table-row');
  await expect.poll(() => row.count()).toBe(1);
  await row.dblclick();
  const memo = app.page.getByLabel('备忘（只有自己人看得到）');
  await memo.waitFor();
  return memo;
}

describe('a scan', () => {
  it('leads from any page to the station and is done there', async () => {
    for (const [index, key] of ['1', '3', '4', '9'].entries()) {
      await openPage(key);
      await app.page.locator('main').waitFor();
      expect(path()).not.toBe('/scan');
      if (index === 0) {
        await scan(app, waybill(0));
        await says(app, 'packed');
        expect(await app.page.getByTestId('station-parcel').getAttribute('data-number')).toBe(waybill(0));
      } else {
        await scan(app, `69012345678${index}0`);
        await app.page.getByText(`69012345678${index}0`).first().waitFor();
        await says(app, 'unknown');
      }
      expect(path()).toBe('/scan');
    }
  });

  it('is a search in a field that searches', async () => {
    await openPage('1');
    await app.page.keyboard.press('Control+f');
    await scan(app, waybill(1));
    expect(await app.page.locator('.orders-line input[data-takes-scan]').inputValue()).toBe(waybill(1));
    expect(path()).toBe('/orders');
    expect(await packed(waybill(1))).toBe(false);
    await app.page.locator('.orders-line input[data-takes-scan]').fill('');
  });

  it('does not throw away what is written in a window: it says so, to the ear too, and the field is as it was', async () => {
    const memo = await memoOf(orders[1] ?? '');
    await memo.fill('要发票');
    await memo.press('Home');
    await scan(app, waybill(1));
    await notTaken().waitFor();
    expect(await notTaken().textContent()).toContain(waybill(1).slice(-4));
    expect(await heardWrong()).toBe(true);
    expect(await memo.inputValue()).toBe('要发票');
    expect(await memo.evaluate((field: HTMLInputElement) => field.selectionStart)).toBe(0);
    expect(path()).toBe('/orders');
    await app.shot('scan-not-taken');
    // Also with the focus on a button of that window.
    await app.page.getByRole('button', { name: '存备忘' }).focus();
    await scan(app, waybill(1));
    expect(await packed(waybill(1))).toBe(false);
    expect(await memo.inputValue()).toBe('要发票');
    await app.page.getByRole('dialog').getByLabel('Close').click();
    await memo.waitFor({ state: 'detached' });
    await scan(app, waybill(1));
    await says(app, 'packed');
    await notTaken().waitFor({ state: 'detached' });
    expect((await app.server.core.services.orders.list({ search: orders[1] ?? '', sort: 'newest', limit: 1 })).orders[0]?.memo).toBe('');
  });

  it('is taken out of a field nobody wrote in, and of an amount', async () => {
    const memo = await memoOf(orders[2] ?? '');
    await memo.focus();
    await scan(app, waybill(2));
    await says(app, 'packed');
    expect((await app.server.core.services.orders.list({ search: orders[2] ?? '', sort: 'newest', limit: 1 })).orders[0]?.memo).toBe('');
    await openPage('4');
    await app.page.getByRole('button', { name: '充值' }).first().click();
    const amount = app.page.getByRole('dialog').getByRole('spinbutton').first();
    await amount.fill('12');
    await scan(app, '6901234567892');
    await notTaken().waitFor();
    expect(await amount.inputValue()).toBe('12');
    await app.page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
  });

  it('is heard through a Chinese input method in a field, which keeps nothing of it', async () => {
    const memo = await memoOf(orders[3] ?? '');
    await memo.focus();
    const devtools = await app.page.context().newCDPSession(app.page);
    // What Windows sends while an input method is on: keys without a name, and a text that grows in the field.
    let composed = '';
    const sent: Promise<unknown>[] = [];
    const next = keyTimes();
    for (const character of [...waybill(3).toLowerCase(), 'Enter']) {
      const code = character === 'Enter' ? character : /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`;
      sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code, windowsVirtualKeyCode: 229, timestamp: next() }));
      if (character === 'Enter') continue;
      composed += character;
      sent.push(devtools.send('Input.imeSetComposition', { text: composed, selectionStart: composed.length, selectionEnd: composed.length }));
    }
    await Promise.all(sent);
    await says(app, 'packed');
    expect(await app.page.getByTestId('station-parcel').getAttribute('data-number')).toBe(waybill(3));
    expect((await app.server.core.services.orders.list({ search: orders[3] ?? '', sort: 'newest', limit: 1 })).orders[0]?.memo).toBe('');
    // And with something written before: the field is as it was.
    const again = await memoOf(orders[3] ?? '');
    await again.fill('加急');
    const later = keyTimes();
    for (const character of [...'6901234567892', 'Enter']) {
      sent.push(devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: character === 'Enter' ? character : `Digit${character}`, windowsVirtualKeyCode: 229, timestamp: later() }));
      if (character !== 'Enter') sent.push(devtools.send('Input.insertText', { text: character === '1' ? '的' : character }));
    }
    await Promise.all(sent);
    await notTaken().waitFor();
    expect(await again.inputValue()).toBe('加急');
    await app.page.getByRole('dialog').getByLabel('Close').click();
    await devtools.detach();
  });

  it('does not answer a question, nor press keys of a page', async () => {
    await openPage('9');
    await app.page.getByRole('button', { name: '更多' }).first().click();
    await app.page.getByText('停用', { exact: true }).first().click();
    await app.page.locator('.ant-modal-confirm').waitFor();
    await scan(app, waybill(4));
    await notTaken().getByText(/先回答/).waitFor();
    expect((await app.server.core.services.printers.list({ archived: false })).length).toBe(1);
    await app.page.keyboard.press('Escape');
    await app.page.locator('.ant-modal-confirm').waitFor({ state: 'detached' });
    // In the designer R turns what is selected and 1 to 3 zoom: a number full of them does neither, a key alone does.
    await openPage('5');
    const { templates } = app.server.core.services;
    const { id } = await templates.create({ name: '扫描', copyOf: 'builtin:waybill-76x130' }, operator(app));
    await app.page.evaluate((to) => void (location.hash = `/templates/${to}`), id);
    const stage = app.page.getByRole('application');
    await stage.waitFor();
    await stage.focus();
    await app.page.keyboard.press('1');
    await expect.poll(() => stage.getAttribute('data-zoom')).toBe('1');
    await app.page.keyboard.press('Control+a');
    await stage.evaluate((node, code) => {
      for (const key of [...code, 'Enter']) node.dispatchEvent(new KeyboardEvent('keydown', { key, code: key === 'Enter' ? key : '', bubbles: true, cancelable: true }));
    }, 'RL233000000000003');
    await says(app, 'unknown');
    const { document } = await templates.openDraft({ id, editor: 'test', takeOver: true }, operator(app));
    expect((document as { elements: unknown }).elements).toEqual((await templates.resolve('builtin:waybill-76x130')).document.elements);
    expect(app.pageErrors).toEqual([]);
  });
});
