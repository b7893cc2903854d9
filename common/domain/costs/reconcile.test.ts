import { describe, expect, it } from 'vitest';
import { compileFreight } from './freight.ts';
import { freightTableSchema } from './freight-schema.ts';
import { reconcile } from './reconcile.ts';
import type { Agreed, BillLine, ShippedParcel } from './reconcile.ts';

const table = compileFreight(freightTableSchema.parse({
  id: 't', name: 't',
  rules: [{ provinces: ['新疆'], price: { kind: 'first-additional', firstGrams: 1000, firstE4: 150_000, stepGrams: 1000, stepE4: 120_000 } }],
  nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000 },
  notServed: ['西藏'],
}));
const agreed: Agreed = (parcel, grams, province) => table.place(province, parcel.city).quote(grams ?? -1, parcel.cm3, parcel.date);
const parcel = (waybill: string, province: string, grams: number | null): ShippedParcel => ({ id: `p-${waybill}`, waybill, date: '2026-10-05', province, city: '', grams, items: 1, cm3: 0 });
const line = (row: number, waybill: string, province: string, grams: number | null, chargedFen: number): BillLine => ({ row, waybill, date: '2026-10-05', province, grams, chargedFen });

describe('a bill against our parcels', () => {
  const parcels = [
    parcel('YT1', '浙江', 800), parcel('YT2', '浙江', 900), parcel('YT3', '广东', 500), parcel('YT4', '浙江', 300), parcel('YT5', '西藏', 300),
    parcel('YT6', '浙江', 1900), parcel('YT7', '浙江', 100), parcel('YT8', '浙江', null), parcel('YT9', '浙江', 100),
  ];
  const result = reconcile(
    [
      line(2, 'YT1', '浙江省', 800, 280),
      line(3, 'yt 2', '浙江', 1200, 380), // heavier on their scales
      line(4, 'YT3', '新疆', 500, 1500), // billed as Xinjiang
      line(5, 'YT4', '浙江', 300, 350), // neither weight nor zone explains it
      line(6, 'YT5', '西藏', 300, 2000),
      line(7, 'YT6', '浙江', 900, 280), // cheaper than agreed
      line(8, 'YT-1', '浙江', 800, 280), // the same number again
      line(9, 'ZZ9', '浙江', 500, 280),
      line(10, 'YT8', '浙江', 1500, 380), // never weighed by us
    ],
    parcels,
    agreed,
  );
  it('says of every line what is the matter', () => {
    expect(result.lines.map((each) => [each.row, each.verdict, each.expectedFen, each.claimFen])).toEqual([
      [2, 'ok', 280, 0],
      [3, 'weight', 280, 100],
      [4, 'zone', 280, 1220],
      [5, 'price', 280, 70],
      [6, 'unpriced', null, 0],
      [7, 'under', 380, 0],
      [8, 'duplicate', 0, 280],
      [9, 'unmatched', null, 0],
      [10, 'ok', 380, 0],
    ]);
  });
  it('adds up and lists what the bill leaves out', () => {
    expect(result.claimFen).toBe(100 + 1220 + 70 + 280);
    expect(result.chargedFen).toBe(280 + 380 + 1500 + 350 + 2000 + 280 + 280 + 280 + 380);
    expect(result.missing.map((each) => each.waybill)).toEqual(['YT7', 'YT9']);
    expect(Object.values(result.counts).reduce((a, b) => a + b, 0)).toBe(9);
  });
  it('lets a tolerance pass', () => {
    expect(reconcile([line(2, 'YT1', '浙江', 800, 285)], parcels, agreed, 5).lines[0]?.verdict).toBe('ok');
    expect(reconcile([line(2, 'YT1', '浙江', 800, 286)], parcels, agreed, 5).lines[0]).toMatchObject({ verdict: 'price', claimFen: 6 });
  });
});
