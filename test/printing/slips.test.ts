/** Pick list and packing slips on a receipt printer, read back from the paper by the ESC/POS interpreter. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickItems } from '../../main/features/printing/slips.ts';
import { defaultProfiles } from '../../main/printing/languages/profiles.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';

let test: TestCore;
let printer: VirtualPrinter;
let printerId = '';
let orderIds: string[] = [];
const actor = () => test.core.contextFor({ id: 't', name: '一号台' }, 'owner', '张工');

beforeAll(async () => {
  test = await startTestCore();
  printer = await createVirtualPrinter({ language: 'escpos', port: 0, labelMs: 5, decode: false });
  const { shops, imports, orders, printers } = test.core.services;
  const shop = await shops.create({ name: '试铺', platform: 'taobao', senderAddressId: null }, actor());
  const rows = ['400000000000000001', '400000000000000002', '400000000000000003'].map(
    (number, i) => `${number},"买家已付款，等待卖家发货",试甲,浙江省 绍兴市 诸暨市 大唐街道 袜艺路${i + 1}号,1390000000${i},2026-11-20 10:00:00,${i === 2 ? '竹纤维毛巾' : '纯棉中筒袜'},${i + 1}`,
  );
  const bytes = Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n${rows.join('\r\n')}\r\n`);
  await imports.importFiles({ files: [{ name: 'a.csv', bytes }], shopId: shop.id, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor());
  orderIds = (await orders.ids({ stage: 'to_print' }, 10)).ids;
  const { profile } = defaultProfiles.find((one) => one.id === 'escpos-80') ?? defaultProfiles[0]!;
  printerId = (await printers.create({ name: '小票', address: { kind: 'tcp', host: '127.0.0.1', port: printer.port }, profile: { ...profile, finish: 'cut' } }, actor())).id;
});
afterAll(async () => {
  await test.close();
  await printer.close();
});

describe('slips', () => {
  it('adds up the same goods and walks the shelves in order', () => {
    const item = (location: string, shortName: string, quantity: number) => ({ title: '', shortName, sku: '', quantity, barcode: '', location });
    const list = pickItems([[item('B-2', '毛巾', 1), item('', '赠品', 1)], [item('A-10', '袜', 2)], [item('A-2', '袜', 1), item('B-2', '毛巾', 3)]]);
    expect(list.map((one) => [one.location, one.shortName, one.quantity])).toEqual([['A-2', '袜', 1], ['A-10', '袜', 2], ['B-2', '毛巾', 4], ['', '赠品', 1]]);
  });

  it('prints one pick list for all, and one packing slip for each parcel, without drawing a number', async () => {
    expect(orderIds).toHaveLength(3);
    const { slips } = test.core.services;
    expect(await slips.print({ orderIds, kind: 'pick', printerId }, actor())).toEqual({ sheets: 1 });
    await printer.waitForLabels(1, 20_000);
    expect(await slips.print({ orderIds, kind: 'packing', printerId }, actor())).toEqual({ sheets: 3 });
    const labels = await printer.waitForLabels(4, 20_000);
    expect(labels.every((label) => label.complete && label.widthDots === 576)).toBe(true);
    expect(await test.core.services.attempts.list({ limit: 10 })).toEqual([]);
  });
});
