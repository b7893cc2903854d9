/** Orders of a platform's file with labels on paper, for tests that begin where printing ends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { App } from './app.ts';

export const pddFile = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'samples', 'pdd-orders-utf8bom.csv'), 'utf8');

export const operator = (app: App) => app.server.core.contextFor({ id: 'host', name: '一号台' }, 'owner', '张工');

/** Takes a file in, as its shop would. */
export function importFile(app: App, shopId: string, text: string) {
  return app.server.core.services.imports.importFiles({ files: [{ name: 'orders.csv', bytes: Buffer.from(text) }], shopId, dryRun: false, mixedShops: true, language: 'zh-CN', source: 'file' }, operator(app));
}

/** Sets the samples up, imports the file and prints these of its orders on the virtual printer. Gives the shop, and each order's waybill number. */
export async function printedOrders(app: App, orders: readonly string[]): Promise<{ shopId: string; numbers: ReadonlyMap<string, string> }> {
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor();
  const { shops, setup, orders: orderService, printing, printers, attempts } = app.server.core.services;
  const actor = operator(app);
  const shop = await shops.create({ name: '松屿小店', platform: 'pdd', senderAddressId: null }, actor);
  await setup.pool(shop, 'YT7700000000001+50', actor, { carrierCode: 'YTO', name: '圆通-松屿' });
  await importFile(app, shop.id, pddFile);
  const printer = (await printers.list({ archived: false }))[0];
  const ids = await Promise.all(orders.map(async (number) => (await orderService.list({ search: number, sort: 'newest', limit: 1 })).orders[0]?.id ?? ''));
  const { jobId, finished } = await printing.start({ orderIds: ids, templateId: 'builtin:waybill-76x130', printerId: printer?.id ?? '' }, actor);
  await finished;
  await vi.waitFor(async () => expect((await attempts.list({ jobId, limit: 10 })).filter((one) => one.state === 'sent')).toHaveLength(orders.length), { timeout: 30_000 });
  const numbers = new Map<string, string>();
  for (const [index, number] of orders.entries()) {
    await vi.waitFor(async () => expect((await orderService.get(ids[index] ?? '')).waybill).not.toBe(''), { timeout: 25_000 });
    numbers.set(number, (await orderService.get(ids[index] ?? '')).waybill);
  }
  return { shopId: shop.id, numbers };
}

/** Times as a keyboard gives them with its keys, seconds: a few milliseconds apart, however late a busy page takes them. */
export function keyTimes(): () => number {
  let at = Date.now() / 1000;
  return () => (at += 0.003);
}

/** As a scanner types: key after key at its own pace, Enter behind them. It waits for nobody: what is slow is the page, never the next key. */
export async function scan(app: App, code: string): Promise<void> {
  const keyboard = await app.page.context().newCDPSession(app.page);
  const next = keyTimes();
  const sent: Promise<unknown>[] = [];
  for (const character of [...code, '\r']) {
    const upper = character.toUpperCase();
    const enter = character === '\r';
    const key = {
      key: enter ? 'Enter' : character,
      code: enter ? 'Enter' : /\d/.test(character) ? `Digit${character}` : /[A-Z]/.test(upper) ? `Key${upper}` : '',
      windowsVirtualKeyCode: enter ? 13 : /[0-9A-Z]/.test(upper) ? upper.charCodeAt(0) : 0,
      modifiers: /[A-Z]/.test(character) ? 8 : 0,
    };
    sent.push(keyboard.send('Input.dispatchKeyEvent', { ...key, type: 'keyDown', text: character, timestamp: next() }));
    sent.push(keyboard.send('Input.dispatchKeyEvent', { ...key, type: 'keyUp', timestamp: next() }));
  }
  await Promise.all(sent);
  await keyboard.detach();
}

/** What the station says of the last scan. */
export async function says(app: App, kind: string): Promise<string> {
  const verdict = app.page.locator(`.station-verdict[data-kind="${kind}"]`);
  await verdict.waitFor();
  return (await verdict.textContent()) ?? '';
}
