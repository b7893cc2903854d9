import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFreight, priceOfWeight } from './freight.ts';
import { checkFreight, checkTables } from './freight-check.ts';
import { freightTableSchema } from './freight-schema.ts';
import type { FreightPrice, FreightTableInput } from './freight-schema.ts';
import { provinces } from './places.ts';

const firstAdditional = (over: Partial<Extract<FreightPrice, { kind: 'first-additional' }>> = {}): FreightPrice => ({
  kind: 'first-additional', firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000, rounding: 'up', allowanceGrams: 0, ...over,
});
const table = (input: Partial<FreightTableInput>) => freightTableSchema.parse({ id: 't', name: 't', ...input });
const price = (input: Partial<FreightTableInput>, province: string, city: string, grams: number, cm3 = 0, date = '2026-11-01') =>
  compileFreight(table(input)).place(province, city).quote(grams, cm3, date);

describe('price of a weight, by hand', () => {
  it.each([
    [firstAdditional(), 1, 28_000],
    [firstAdditional(), 1000, 28_000],
    [firstAdditional(), 1001, 38_000],
    [firstAdditional(), 2000, 38_000],
    [firstAdditional(), 2001, 48_000],
    [firstAdditional({ allowanceGrams: 50 }), 1050, 28_000],
    [firstAdditional({ allowanceGrams: 50 }), 2050, 38_000],
    [firstAdditional({ allowanceGrams: 50 }), 2051, 48_000],
    [firstAdditional({ rounding: 'nearest', stepGrams: 500, stepE4: 6_000 }), 1249, 28_000],
    [firstAdditional({ rounding: 'nearest', stepGrams: 500, stepE4: 6_000 }), 1250, 34_000],
    [firstAdditional({ rounding: 'exact' }), 1234, 30_340],
    [firstAdditional({ rounding: 'exact', stepE4: 10_003 }), 1001, 28_010],
    [{ kind: 'fixed', priceE4: 28_000 } as const, 99_000, 28_000],
  ] satisfies [FreightPrice, number, number][])('%j at %i g is %i', (rule, grams, expected) => {
    expect(priceOfWeight(rule, grams)).toBe(expected);
  });

  it('takes bands up to and including their end, then steps, or nothing', () => {
    const bands: FreightPrice = { kind: 'bands', bands: [{ uptoGrams: 300, priceE4: 19_000 }, { uptoGrams: 1000, priceE4: 25_000 }] };
    expect([300, 301, 1000, 1001].map((grams) => priceOfWeight(bands, grams))).toEqual([19_000, 25_000, 25_000, undefined]);
    const over: FreightPrice = { ...bands, over: { stepGrams: 1000, stepE4: 9_000 } };
    expect([1001, 2000, 2001].map((grams) => priceOfWeight(over, grams))).toEqual([34_000, 34_000, 43_000]);
  });

  it('never falls when a price rises or a weight grows', () => {
    const rule = fc.record({
      firstGrams: fc.integer({ min: 1, max: 5000 }), firstE4: fc.integer({ min: 0, max: 200_000 }), stepGrams: fc.integer({ min: 1, max: 2000 }),
      stepE4: fc.integer({ min: 0, max: 200_000 }), rounding: fc.constantFrom('up', 'nearest', 'exact'), allowanceGrams: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(rule, fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 5000 }), (fields, grams, more, extra) => {
        const base = firstAdditional(fields as never);
        const at = priceOfWeight(base, grams) ?? 0;
        expect(priceOfWeight(base, grams + more) ?? 0).toBeGreaterThanOrEqual(at);
        expect(priceOfWeight(firstAdditional({ ...(fields as never as object), stepE4: fields.stepE4 + extra }), grams) ?? 0).toBeGreaterThanOrEqual(at);
      }),
    );
  });
});

describe('rule of a place', () => {
  const input: Partial<FreightTableInput> = {
    rules: [
      { name: '江浙沪', provinces: ['浙江省', '江苏', '上海市'], price: { kind: 'fixed', priceE4: 20_000 } },
      { name: '杭州', cities: ['浙江/杭州'], price: { kind: 'fixed', priceE4: 18_000 } },
      { name: '新疆', provinces: ['新疆'], price: { kind: 'fixed', priceE4: 150_000 } },
    ],
    nationwide: { kind: 'fixed', priceE4: 32_000 },
    fallback: { kind: 'fixed', priceE4: 50_000 },
    surcharges: [{ cities: ['和田地区'], addE4: 30_000, perKgE4: 10_000 }],
    notServed: ['西藏'],
  };
  it.each([
    ['浙江省', '杭州市', 18_000, 'city'],
    ['浙江', '绍兴', 20_000, 'province'],
    ['江苏', '杭州', 20_000, 'province'],
    ['广东', '', 32_000, 'nationwide'],
    ['', '', 50_000, 'fallback'],
    ['火星', '', 50_000, 'fallback'],
    ['新疆维吾尔自治区', '乌鲁木齐市', 150_000, 'province'],
  ])('%s %s costs %i by its %s rule', (province, city, e4, source) => {
    expect(price(input, province, city, 500)).toMatchObject({ ok: true, e4, source });
  });

  it('adds remote surcharges per parcel and per begun kilogram', () => {
    expect(price(input, '新疆', '和田地区', 1500)).toMatchObject({ ok: true, e4: 150_000 + 30_000 + 20_000, surchargeE4: 50_000 });
  });

  it('says why there is no price', () => {
    expect(price(input, '西藏自治区', '拉萨', 500)).toEqual({ ok: false, reason: 'not-served' });
    expect(price({ rules: [] }, '浙江', '', 500)).toEqual({ ok: false, reason: 'no-rule' });
    expect(price({ nationwide: { kind: 'bands', bands: [{ uptoGrams: 1000, priceE4: 1 }] } }, '浙江', '', 1001)).toEqual({ ok: false, reason: 'too-heavy' });
    expect(price({ nationwide: firstAdditional() }, '浙江', '', -1)).toEqual({ ok: false, reason: 'no-weight' });
    expect(price({ validTo: '2026-10-31', nationwide: firstAdditional() }, '浙江', '', 1)).toEqual({ ok: false, reason: 'not-valid' });
  });

  it('uses volumetric weight when it is larger, rounded up to a gram', () => {
    const volumetric = { volumetricDivisor: 6000, nationwide: firstAdditional() };
    // 30 × 20 × 11 cm = 6600 cm³ → 1100 g
    expect(price(volumetric, '浙江', '', 500, 6600)).toMatchObject({ chargeableGrams: 1100, e4: 38_000 });
    expect(price(volumetric, '浙江', '', 500, 6000)).toMatchObject({ chargeableGrams: 1000, e4: 28_000 });
    expect(price(volumetric, '浙江', '', 500, 6001)).toMatchObject({ chargeableGrams: 1001, e4: 38_000 });
    expect(price(volumetric, '浙江', '', 1500, 6000)).toMatchObject({ chargeableGrams: 1500 });
  });

  it('lets the rule with the later start win, inside its dates', () => {
    const dated: Partial<FreightTableInput> = {
      rules: [
        { provinces: ['浙江'], price: { kind: 'fixed', priceE4: 20_000 } },
        { name: '双十一', provinces: ['浙江'], price: { kind: 'fixed', priceE4: 26_000 }, validFrom: '2026-11-01', validTo: '2026-11-20' },
      ],
    };
    expect(['2026-10-31', '2026-11-01', '2026-11-20', '2026-11-21'].map((date) => (price(dated, '浙江', '', 1, 0, date) as { e4: number }).e4)).toEqual([20_000, 26_000, 26_000, 20_000]);
  });
});

describe('checker', () => {
  const codes = (input: Partial<FreightTableInput>) => checkFreight(table(input)).map((finding) => finding.code);
  it('finds nothing wrong with a sound table', () => {
    expect(codes({ nationwide: firstAdditional() })).toEqual([]);
  });
  it('names the provinces nobody priced', () => {
    const [finding] = checkFreight(table({ rules: [{ provinces: provinces.slice(0, 29), price: firstAdditional() }] }));
    expect(finding).toMatchObject({ code: 'uncovered', severity: 'error' });
    expect(finding?.text['zh-CN']).toContain('宁夏、新疆');
    expect(codes({ rules: [{ provinces: provinces.slice(0, 29), price: firstAdditional() }], notServed: ['宁夏', '新疆'] })).toEqual([]);
  });
  it('finds a price that falls with weight, bands out of order, overlapping dates, unknown places, slipped zeros', () => {
    expect(codes({ nationwide: { kind: 'bands', bands: [{ uptoGrams: 500, priceE4: 30_000 }, { uptoGrams: 1000, priceE4: 25_000 }] } })).toContain('falls-with-weight');
    expect(codes({ nationwide: { kind: 'bands', bands: [{ uptoGrams: 500, priceE4: 30_000 }, { uptoGrams: 400, priceE4: 35_000 }] } })).toContain('bands-order');
    const twice = { provinces: ['浙江'], price: firstAdditional() };
    expect(codes({ nationwide: firstAdditional(), rules: [twice, twice] })).toContain('overlap');
    expect(codes({ nationwide: firstAdditional(), rules: [{ ...twice, validTo: '2026-06-30' }, { ...twice, validFrom: '2026-06-30' }] })).toContain('overlap');
    expect(codes({ nationwide: firstAdditional(), rules: [{ ...twice, validTo: '2026-06-29' }, { ...twice, validFrom: '2026-06-30' }] })).toEqual([]);
    expect(codes({ nationwide: firstAdditional(), rules: [{ provinces: ['浙江省省'], price: firstAdditional() }] })).toContain('unknown-place');
    expect(codes({ nationwide: firstAdditional({ firstE4: 28_000_000 }) })).toContain('absurd');
    expect(codes({ nationwide: firstAdditional({ firstE4: 0 }) })).toContain('zero');
    expect(codes({ nationwide: firstAdditional(), validFrom: '2026-02-01', validTo: '2026-01-01' })).toContain('dates');
  });
  it('finds two tables of one carrier on the same dates', () => {
    const one = table({ carrier: 'YTO', validFrom: '2026-01-01', validTo: '2026-06-30' });
    expect(checkTables([one, table({ carrier: 'YTO', validFrom: '2026-06-30' })])).toHaveLength(1);
    expect(checkTables([one, table({ carrier: 'YTO', validFrom: '2026-07-01' }), table({ carrier: 'ZTO' })])).toEqual([]);
  });
});
