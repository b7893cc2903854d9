/** One order never becomes two parcels, whoever prepares it and how often. */
import { expect, it } from 'vitest';
import { startTestCore } from '../core.ts';

it('many stations preparing the same orders at once get the same parcels', async () => {
  const { core, close } = await startTestCore();
  const actor = core.contextFor({ id: 't', name: 't' }, 'owner', 't');
  const shop = await core.services.shops.create({ name: '试', platform: 'taobao', senderAddressId: null }, actor);
  const rows = Array.from({ length: 12 }, (_, k) => k + 1).map((i) => `40${String(i).padStart(17, '0')},"买家已付款，等待卖家发货",试甲,浙江省 绍兴市 诸暨市 大唐街道 袜艺路${i}号,139${String(i).padStart(8, '0')},2026-11-20 10:00:00,袜,1`);
  const bytes = Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n${rows.join('\r\n')}\r\n`);
  await core.services.imports.importFiles({ files: [{ name: 'a.csv', bytes }], shopId: shop.id, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor);
  const ids = await core.services.orders.ids({ stage: 'to_print' }, 100);
  expect(ids.ids).toHaveLength(12);
  const prepared = await Promise.all(Array.from({ length: 6 }, () => core.services.parcels.prepare(ids.ids)));
  for (const one of prepared) expect(one.map((parcel) => parcel.parcelId)).toEqual(prepared[0]?.map((parcel) => parcel.parcelId));
  expect(new Set(prepared[0]?.map((parcel) => parcel.parcelId)).size).toBe(12);
  await close();
});
