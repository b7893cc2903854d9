/** A packer scans on while the wire to the host is cut: nothing is lost, nothing counts twice, and the screen says what is so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { operator, printedOrders, says, scan } from './printed-orders.ts';
import { createWire } from './wire.ts';

const wire = createWire();
let app: App;
const orders = ['250313-504498155925457', '250317-359564325302795', '250312-156128187376734', '250318-481675861930301', '250313-543852026068159', '250314-379209050817455'];
let numbers: ReadonlyMap<string, string>;
const waybill = (index: number): string => numbers.get(orders[index] ?? '') ?? '';
const services = () => app.server.core.services;
const here = (count: number) => expect.poll(() => app.page.getByTestId('station-today').textContent(), { timeout: 25_000 }).toBe(String(count));
const scansOf = async (code: string): Promise<string[]> =>
  (await app.server.core.database.db.selectFrom('station_scans').select('kind').where('code', '=', code).execute()).map(({ kind }) => kind);

beforeAll(async () => {
  app = await openApp({ width: 1366, height: 768, wire });
  ({ numbers } = await printedOrders(app, orders));
  await app.page.keyboard.press('Control+2');
  await scan(app, waybill(0));
  await says(app, 'packed');
}, 120_000);
afterAll(() => app.close());

describe('while the host cannot be reached', () => {
  it('scans wait in their order, the screen says that they do not count yet, and all of them do once when it is back', async () => {
    wire.cut();
    await app.page.getByText('连接断开，正在重连…').waitFor();
    await scan(app, waybill(1));
    expect(await says(app, 'late')).toContain('1 次扫描都记着');
    // Neither the green of the parcel before, nor the parcel.
    expect(await app.page.locator('.station-verdict[data-kind="packed"]').count()).toBe(0);
    expect(await app.page.getByTestId('station-parcel').count()).toBe(0);
    await scan(app, waybill(2));
    await app.page.getByText('2 次扫描都记着').waitFor();
    await app.shot('station-late', { docs: true });
    await here(1);
    // Somebody looks at the orders meanwhile: what waits goes on waiting.
    await app.page.keyboard.press('Control+1');
    wire.mend();
    await expect.poll(() => scansOf(waybill(2)), { timeout: 25_000 }).toEqual(['packed']);
    await app.page.keyboard.press('Control+2');
    await says(app, 'packed');
    expect(await app.page.getByTestId('station-parcel').getAttribute('data-number')).toBe(waybill(2));
    await here(3);
    expect(await scansOf(waybill(1))).toEqual(['packed']);
  });

  it('a scan the host has done, whose answer was lost, counts once and its answer is shown', async () => {
    wire.deafen();
    await scan(app, waybill(3));
    await expect.poll(() => scansOf(waybill(3)), { timeout: 25_000 }).toEqual(['packed']);
    wire.cut();
    await says(app, 'late');
    wire.mend();
    await says(app, 'packed');
    expect(await app.page.getByTestId('station-parcel').getAttribute('data-number')).toBe(waybill(3));
    await here(4);
    expect(await scansOf(waybill(3))).toEqual(['packed']);
  });

  it('a void label whose answer was lost is still called void', async () => {
    await services().waybills.life.void({ number: waybill(4), reason: '面单破损' }, operator(app));
    wire.deafen();
    await scan(app, waybill(4));
    await expect.poll(() => scansOf(waybill(4)), { timeout: 25_000 }).toEqual(['void']);
    wire.cut();
    await says(app, 'late');
    wire.mend();
    expect(await says(app, 'void')).toContain('面单破损');
    await here(4);
  });

  it('what waits is kept when the window is loaded anew', async () => {
    wire.cut();
    await scan(app, waybill(5));
    await says(app, 'late');
    wire.mend();
    await app.page.reload();
    await expect.poll(() => scansOf(waybill(5)), { timeout: 25_000 }).toEqual(['packed']);
    await here(5);
    expect(await scansOf(waybill(5))).toEqual(['packed']);
  });
});
