/** Pick list and packing slips on a receipt printer, read back from the paper by the ESC/POS interpreter. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { returnLabel } from '../../common/domain/label/builtin/small-labels.ts';
import { completeLabelData } from '../../common/domain/label/data.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { defaultProfiles, genericProfile } from '../../main/printing/languages/profiles.ts';
import { createLabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
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
  it('prints one pick list for all, and one packing slip for each parcel, without drawing a number', async () => {
    expect(orderIds).toHaveLength(3);
    const { slips } = test.core.services;
    expect(await slips.print({ orderIds, kind: 'pick', printerId }, actor())).toEqual({ sheets: 1, parcels: 3, stopped: null });
    await printer.waitForLabels(1, 20_000);
    expect(await slips.print({ orderIds, kind: 'packing', printerId }, actor())).toEqual({ sheets: 3, parcels: 3, stopped: null });
    const labels = await printer.waitForLabels(4, 20_000);
    expect(labels.every((label) => label.complete && label.widthDots === 576)).toBe(true);
    expect(await test.core.services.attempts.list({ limit: 10 })).toEqual([]);
  });

  it('prints a return label to the return address of the shop, goods by short name in the order of the shelves', async () => {
    const { addresses, items, orders, parcels, printers, slips } = test.core.services;
    const place = { label: '', company: '', extension: '', privacyPhone: '', province: '浙江省', city: '绍兴市', district: '诸暨市', town: '大唐街道', postcode: '', note: '' };
    await addresses.create({ ...place, contact: '陈青禾', phone: '13800000001', detail: '袜艺路18号' }, actor());
    const back = await addresses.create({ ...place, contact: '退货组', phone: '13800000002', privacyPhone: '0575-88000002', detail: '退货路9号' }, actor());
    await addresses.setDefault({ scope: 'all', scopeId: '', purpose: 'return', addressId: back.id }, actor());
    const list = (await items.list({ search: '', filter: 'all', offset: 0, limit: 10 })).items;
    const [socks, towel] = ['纯棉中筒袜', '竹纤维毛巾'].map((title) => list.find((item) => item.title === title)?.id ?? '');
    await items.setNames({ changes: [{ itemId: socks ?? '', skuId: '', name: '棉袜' }, { itemId: towel ?? '', skuId: '', name: '毛巾' }] }, actor());
    await items.update({ id: socks ?? '', location: 'A-10', skus: [] }, actor());
    await items.update({ id: towel ?? '', location: 'A-2', skus: [] }, actor());
    await parcels.merge([orderIds], true, actor());
    const device = await createVirtualPrinter({ language: 'tspl', port: 0, labelMs: 5, decode: false });
    try {
      const profile = genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 100_000, heightMicrometres: 110_000 });
      const { id } = await printers.create({ name: '大标签', address: { kind: 'tcp', host: '127.0.0.1', port: device.port }, profile }, actor());
      expect(await slips.print({ orderIds, kind: 'return', printerId: id }, actor())).toMatchObject({ sheets: 1, stopped: null });
      await device.waitForLabels(1, 20_000);
      const numbers = (await orders.load(orderIds)).map(({ row }) => row.number);
      const expected = {
        recipient: { name: '试甲', phone: '13900000000', province: '浙江省', city: '绍兴市', district: '诸暨市', town: '大唐街道', detail: '袜艺路1号' },
        returnTo: { name: '退货组', phone: '0575-88000002', province: '浙江省', city: '绍兴市', district: '诸暨市', town: '大唐街道', detail: '退货路9号' },
        waybill: { sortCode: '绍兴 诸暨市' },
        items: [{ shortName: '毛巾', quantity: 3 }, { shortName: '棉袜', quantity: 3 }],
        orders: numbers.toSorted().map((number) => ({ id: number })),
        job: { printedAt: new Date().toISOString() },
      };
      const bytes = createLabelEngine({ fonts: loadFontSet() }).render(returnLabel, completeLabelData(expected), { dpi: 203 }).map((label) => encodeLabel(label, profile, { mode: profile.mode }));
      expect(bytes).toHaveLength(1);
      const received = Buffer.concat(Array.from({ length: device.connections }, (_, index) => device.received(index + 1)));
      expect(received.includes(Buffer.from(bytes[0]!))).toBe(true);
    } finally {
      await device.close();
    }
  });

  it('divides a pick list that would be longer than a printer takes: each parcel is on one of them', async () => {
    const { imports, orders, shops, slips } = test.core.services;
    const shop = await shops.create({ name: '大铺', platform: 'taobao', senderAddressId: null }, actor());
    const rows = Array.from({ length: 210 }, (_, i) => `4100000000000${String(i).padStart(5, '0')},"买家已付款，等待卖家发货",试乙,浙江省 绍兴市 诸暨市 大唐街道 袜艺路${i + 1}号,1390000${String(i).padStart(4, '0')},2026-11-20 10:00:00,纯棉中筒袜,1`);
    const bytes = Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n${rows.join('\r\n')}\r\n`);
    await imports.importFiles({ files: [{ name: 'b.csv', bytes }], shopId: shop.id, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor());
    const { ids } = await orders.ids({ stage: 'to_print', shopIds: [shop.id] }, 5_000);
    expect(ids).toHaveLength(210);
    expect(await slips.print({ orderIds: ids, kind: 'pick', printerId }, actor())).toEqual({ sheets: 2, parcels: 210, stopped: null });
  });
});
