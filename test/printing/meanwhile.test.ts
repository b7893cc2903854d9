/** What happens to orders while their labels are being printed: whoever comes first wins, and paper and book say the same. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';

const actor = { operator: '张工', station: { id: 'host', name: '主机' } };
const rounds = 12;
let test: TestCore;
let folder: string;
let printerId = '';
let shopId = '';

const services = () => test.core.services;
const settle = (ticks: number): Promise<void> => new Promise((resolve) => (ticks === 0 ? resolve() : setImmediate(() => void settle(ticks - 1).then(resolve))));

/** Orders of one buyer each; `together`: of two each. */
async function newOrders(name: string, count: number, together = false): Promise<string[]> {
  const head = '订单号,订单状态,商品名称,商品数量,收件人姓名,收件人手机号,省,市,区,详细地址';
  const rows = Array.from({ length: count }, (_, i) => {
    const who = together ? Math.floor(i / 2) : i;
    return `${name}${i},待发货,棉袜,1,王小${name}${who},139000${String(10_000 + who)},浙江省,杭州市,西湖区,文三路 ${who + 1} 号`;
  });
  await services().imports.importFiles({ files: [{ name: 'a.csv', bytes: Buffer.from([head, ...rows].join('\n')) }], shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor);
  const found = await Promise.all(rows.map(async (_, i) => (await services().orders.list({ search: `${name}${i}`, sort: 'newest', limit: 5 })).orders.find((order) => order.number === `${name}${i}`)?.id ?? ''));
  expect(found.filter((id) => id !== '')).toHaveLength(count);
  return found;
}
const print = (orderIds: readonly string[]) => services().printing.start({ orderIds, templateId: 'builtin:waybill-76x130', printerId }, actor);

beforeAll(async () => {
  test = await startTestCore();
  folder = mkdtempSync(join(tmpdir(), 'packbench-paper-'));
  const shop = await services().shops.create({ name: '松屿', platform: 'offline', senderAddressId: null }, actor);
  shopId = shop.id;
  await services().setup.pool(shop, 'YT8800000000001+500', actor, { carrierCode: 'YTO' });
  printerId = (await services().ensurePrinter({ address: { kind: 'virtual', directory: folder }, options: {} }, actor)).id;
  await test.core.warm(203);
}, 60_000);
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('while a label is printed', () => {
  it('its parcel knows the number before the first byte leaves: nobody edits, merges or splits it', async () => {
    const [id = '', other = ''] = await newOrders('A', 2, true);
    const { jobId, finished } = await print([id]);
    for await (const event of services().printing.progress(jobId, 0)) {
      const label = event.labels.find((one) => one.number !== null);
      if (label === undefined) continue;
      expect((await services().parcels.prepare([id]))[0]).toMatchObject({ waybill: label.number, state: expect.stringMatching(/numbered|printed/) });
      break;
    }
    const order = await services().orders.get(id);
    await expect(services().orders.setReceiver({ id, receiver: { name: '别人', phone: '13900000009', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文一路 1 号', postcode: '' }, version: order.version }, actor)).rejects.toMatchObject({ error: { code: 'ORDER_PRINTED' } });
    expect(await services().parcels.merge([[id, other]], true, actor)).toMatchObject([{ parcelId: null, failure: { code: expect.stringMatching(/PARCEL_NUMBERED|ORDER_NOT_TO_SHIP/) } }]);
    await expect(services().parcels.split(id, { type: 'pieces', perBox: 1 }, actor)).rejects.toMatchObject({ error: { code: 'PARCEL_NUMBERED' } });
    await finished;
  });

  it('a hold comes before the label or is refused; never both', async () => {
    const ids = await newOrders('B', rounds);
    for (const [round, id] of ids.entries()) {
      const { finished } = await print([id]);
      await settle(round * 3);
      const [held] = await services().orders.hold([id], '等买家', actor);
      const [label] = await finished;
      const printed = label?.state === 'printed';
      expect({ held: held?.ok, printed }).toEqual({ held: !printed, printed });
      if (!printed) expect(label?.failure?.code).toBe('ORDER_HELD');
    }
  });

  it('a correction of the address is on the label or is refused', async () => {
    const ids = await newOrders('C', rounds);
    for (const [round, id] of ids.entries()) {
      const { version } = await services().orders.get(id);
      const { finished } = await print([id]);
      await settle(round * 3);
      const receiver = { name: '新收件人', phone: '13900000009', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文一路 1 号', postcode: '' };
      const corrected = await services().orders.setReceiver({ id, receiver, version }, actor).then(() => true, () => false);
      await finished;
      const [parcel] = await services().parcels.prepare([id]);
      expect(parcel?.recipient.detail).toBe(corrected ? '文一路 1 号' : `文三路 ${round + 1} 号`);
    }
  });

  it('a merge comes before the label, which is not printed then, or is refused; nothing goes out twice', async () => {
    const ids = await newOrders('D', 2 * rounds, true);
    for (let round = 0; round < rounds; round += 1) {
      const [one = '', two = ''] = ids.slice(2 * round, 2 * round + 2);
      const { finished } = await print([one]);
      await settle(round * 3);
      const [merged] = await services().parcels.merge([[one, two]], true, actor);
      const [label] = await finished;
      const printed = label?.state === 'printed';
      expect({ merged: merged?.parcelId !== null, printed }).toEqual({ merged: !printed, printed });
      if (!printed) expect(label?.failure?.code).toBe('PARCEL_GONE');
    }
    // Numbers of parcels that are gone would be lost.
    const { db } = test.core.database;
    const lost = await db.selectFrom('waybill_numbers as n').innerJoin('parcels as p', 'p.id', 'n.parcel_id').select('n.number').where('p.state', '=', 'cancelled').where('n.live', '=', 1).execute();
    expect(lost).toEqual([]);
  });
});
