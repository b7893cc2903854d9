import { describe, expect, it } from 'vitest';
import { componentFen, planOf, resultsOf, scenarioOf } from './testing.ts';
import { monthsBetween, plannedMonths, buildParcels } from './parcels.ts';
import { crewOf } from './staff.ts';
import { stockLevel } from './stock.ts';
import { planSchema, staffSchema, stockSchema } from './scenario.ts';

const flat = (e4: number) => [{ id: 'f', name: 'f', nationwide: { kind: 'fixed' as const, priceE4: e4 }, fallback: { kind: 'fixed' as const, priceE4: e4 } }];
const month = { days: 30, covered: 1, length: 1, number: 0, items: 0 };

describe('own shipping, by hand', () => {
  // 100 a day × 30 = 3000 parcels; 2 packers of 60 a day
  const scenario = scenarioOf({
    parcels: planOf(100, { items: 3 }),
    returnBp: 500,
    freightTables: flat(28_000),
    own: {
      fixed: [
        { id: 'rent', name: 'rent', kind: 'rent', areaM2: 50, perM2Fen: 4000 },
        { id: 'erp', name: 'erp', kind: 'software', fen: 29_900 },
      ],
      staff: { outputPerDay: 60, wageFen: 450_000, socialFen: 110_000 },
      material: { boxes: [{ id: 'bag', maxItems: 2, priceE4: 1500 }, { id: 'box', priceE4: 6333 }], labelE4: 425, tapeE4: 130, fillerE4: 0 },
      perParcelE4: 500,
      perItemE4: 77,
      freight: ['f'],
      loss: { bp: 30, caseFen: 2599 },
      misship: { bp: 50, caseFen: 1234 },
      returns: { handlingE4: 8000, freightE4: 50_000 },
    },
  });
  const results = resultsOf(scenario);
  it.each([
    ['freight', 840_000], // 3000 × 2.80
    ['fixed.rent', 200_000], // 50 m² × 40.00
    ['fixed.erp', 29_900],
    ['wage', 900_000], // ⌈100 / 60⌉ = 2
    ['social', 220_000],
    ['box', 189_990], // 3 items: second box, 3000 × 0.6333
    ['label', 12_750], // 3000 × 0.0425
    ['tape', 3_900], // 3000 × 0.013
    ['perParcel', 15_000], // 3000 × 0.05
    ['perItem', 6_930], // 9000 × 0.0077
    ['loss', 23_400], // 0.3 % × 25.99 = 0.07797 → 0.0780 a parcel
    ['misship', 18_510], // 0.5 % × 12.34 = 0.0617
    ['returns', 87_000], // 5 % × 5.80 = 0.29
  ])('%s is %i fen', (component, fen) => {
    expect(componentFen(results, 'own', component)).toBe(fen);
  });

  it('adds up to the fen, and per ticket', () => {
    const own = results[0];
    expect(own?.fen).toBe(2_547_380);
    expect(own?.components.reduce((sum, each) => sum + each.fen, 0)).toBe(own?.fen);
    expect(own?.perTicketFen).toBe(849); // 25473.80 / 3000 = 8.4913
    expect(own?.perTicketE4).toBe(84_913);
    expect(own?.components.reduce((sum, each) => sum + each.perTicketFen, 0)).toBe(849);
    expect(own?.components.reduce((sum, each) => sum + each.perTicketE4, 0)).toBe(84_913);
  });
});

describe('packers', () => {
  const staff = (over: object) => staffSchema.parse({ outputPerDay: 100, wageFen: 1, ...over });
  const crew = (over: object, perDay: number, number = 0) => crewOf(staff(over), { ...month, number, parcels: perDay * 30 });
  it('hires one more at the first parcel above capacity', () => {
    expect([1, 100, 101, 200, 201].map((perDay) => crew({}, perDay).packers)).toEqual([1, 1, 2, 2, 3]);
    expect(crewOf(staff({}), { ...month, parcels: 3001 })).toMatchObject({ packers: 2, overtimeParcels: 0 });
    expect(crew({}, 0).packers).toBe(0);
    expect(crew({ minPackers: 2 }, 10).packers).toBe(2);
  });
  it('stretches a crew by overtime before hiring', () => {
    const overtime = { maxBp: 2000, perParcelE4: 5000 };
    expect(crew({ overtime }, 120)).toEqual({ packers: 1, temporary: 0, overtimeParcels: 600, beyondCapacity: 0 });
    expect(crew({ overtime }, 121)).toMatchObject({ packers: 2, overtimeParcels: 0 });
  });
  it('hires for a peak and says what a fixed crew cannot do', () => {
    expect(crew({ peaks: [{ month: 11, factorBp: 25_000 }] }, 100, 11)).toMatchObject({ packers: 1, temporary: 2 });
    expect(crew({ peaks: [{ month: 11, factorBp: 25_000 }] }, 100, 12)).toMatchObject({ packers: 1, temporary: 0 });
    expect(crew({ fixedPackers: 1 }, 150)).toMatchObject({ packers: 1, beyondCapacity: 1500 });
  });
  it('counts a half month with half its days', () => {
    expect(crewOf(staff({}), { ...month, covered: 15, length: 30, parcels: 1500 }).packers).toBe(1);
    expect(crewOf(staff({}), { ...month, covered: 15, length: 30, parcels: 1501 }).packers).toBe(2);
  });
});

describe('cloud quote, by hand', () => {
  const scenario = scenarioOf({
    parcels: planOf(50, { items: 3, grams: 1500 }), // 1500 parcels, 4500 items
    returnBp: 400,
    capitalBpPerYear: 600,
    stock: { items: 6000, itemCm3: 2000, itemCostFen: 800 },
    freightTables: flat(30_000),
    own: { fixed: [{ id: 'erp', name: 'erp', kind: 'software', fen: 10_000, goesAway: 'never' }], material: { boxes: [{ id: 'b', priceE4: 2000 }], labelE4: 400 } },
    quotes: [
      {
        id: 'handling', name: 'h',
        price: { kind: 'handling', firstItemE4: 12_000, furtherItemE4: 2000, freight: ['f'] },
        material: { kind: 'own-plus', markupBp: 1500 },
        storage: [{ unit: 'm3-day', priceE4: 20_000, freeDays: 10 }],
        inbound: { perItemE4: 1000, perM3E4: 300_000, perMonthFen: 5000 },
        valueAdded: [{ name: 'card', perParcelE4: 1000, shareBp: 5000 }],
        returns: { handlingE4: 15_000 },
        loss: { bp: 10, caseFen: 3000 },
        depositFen: 1_000_000,
        monthlyFeeFen: 9900,
        taxIncluded: false,
        taxBp: 600,
      },
      { id: 'minimum', name: 'm', price: { kind: 'all-in', bands: [{ uptoGrams: 1000, priceE4: 35_000 }, { uptoGrams: 2000, priceE4: 40_000 }] }, monthlyMinimumFen: 800_000 },
    ],
  });
  const results = resultsOf(scenario);
  it.each([
    ['handling', 240_000], // 1500 × (1.20 + 2 × 0.20)
    ['freight', 450_000],
    ['material', 41_400], // (0.20 + 0.04) × 1.15 = 0.276
    ['valueAdded', 7_500], // 0.10 × 50 %
    ['inbound', 72_000], // 4500 × (0.10 + 0.002 m³ × 30.00 = 0.06)
    ['inboundMonth', 5_000],
    // 6000 × 2000 cm³ = 12 m³ × 2.00 × 30 d = 720.00; 6000 items ÷ 150 a day = 40 days of which 10 free → × 30 / 40
    ['storage', 54_000],
    ['returns', 9_000], // 4 % × 1.50
    ['fee', 9_900],
    ['tax', 53_328], // 6 % of 8888.00
    ['loss', 4_500], // 0.1 % × 30.00 = 0.03
    ['deposit', 5_000], // 10000 × 6 % / 12
    ['capital', 24_000], // 6000 × 8.00 × 6 % / 12
    ['kept.erp', 10_000],
    ['minimum', 0],
  ])('%s is %i fen', (component, fen) => {
    expect(componentFen(results, 'handling', component)).toBe(fen);
  });
  it('fills the bill up to the monthly minimum', () => {
    expect(componentFen(results, 'minimum', 'price')).toBe(600_000);
    expect(componentFen(results, 'minimum', 'minimum')).toBe(200_000);
    expect(results[2]?.fen).toBe(800_000 + 10_000 + 24_000);
  });
  it('charges pallets and square metres', () => {
    const storage = (line: object) => componentFen(resultsOf(scenarioOf({ ...scenario, parcels: planOf(50), quotes: [{ id: 'q', name: 'q', price: { kind: 'all-in', priceE4: 35_000 }, storage: [line as never] }] })), 'q', 'storage');
    expect(storage({ unit: 'pallet-month', priceE4: 300_000 })).toBe(24_000); // 12 m³ ÷ 1.5 = 8 pallets × 30.00
    expect(storage({ unit: 'pallet-day', priceE4: 10_000 })).toBe(24_000); // 8 × 1.00 × 30
    expect(storage({ unit: 'm2-month', priceE4: 300_000 })).toBe(20_000); // 12 m³ ÷ 1.8 m = 6.667 m² × 30.00
  });
});

describe('parcels', () => {
  it('plans orders from traffic, growth and season', () => {
    const plan = planSchema.parse({ kind: 'plan', startMonth: '2026-11', months: 3, traffic: { visitorsPerDay: 4000, conversionBp: 250 }, growthBpPerMonth: 1000, season: [5000, ...Array.from({ length: 9 }, () => 10_000), 20_000, 10_000], mix: [{ parts: 1, grams: 1 }] });
    // 100 a day: November × 2, December × 1.1, January × 1.21 × 0.5
    expect(plannedMonths(plan, 30)).toEqual([{ key: '2026-11', number: 11, parcels: 6000 }, { key: '2026-12', number: 12, parcels: 3300 }, { key: '2027-01', number: 1, parcels: 1815 }]);
  });
  it('estimates missing weights by item, then by the mean, and counts both', () => {
    const parcels = buildParcels(scenarioOf({
      parcels: {
        kind: 'real', from: '2026-02-01', to: '2026-02-28',
        rows: [
          { date: '2026-02-01', province: '浙江', grams: 300, items: 3, item: 'sock' },
          { date: '2026-02-01', province: '浙江', grams: 120, items: 1, item: 'sock' },
          { date: '2026-02-02', province: '浙江', items: 2, item: 'sock' },
          { date: '2026-02-02', province: '浙江', items: 2, item: 'hat' },
          { date: '2026-03-01', province: '浙江', grams: 1, item: 'hat' },
        ],
      },
    }));
    // sock: 420 g / 4 pieces = 105 a piece; mean parcel 210 g
    expect([...parcels.grams]).toEqual([300, 120, 210, 210]);
    expect(parcels.weights).toEqual({ measured: 2, byItem: 1, byMean: 1, byFallback: 0, missing: 0 });
    expect(parcels.outsidePeriod).toBe(1);
  });
  it('covers parts of months, leap years too', () => {
    expect(monthsBetween('2028-01-16', '2028-03-01')).toEqual([
      { key: '2028-01', number: 1, covered: 16, length: 31 }, { key: '2028-02', number: 2, covered: 29, length: 29 }, { key: '2028-03', number: 3, covered: 1, length: 31 },
    ]);
    expect(monthsBetween('2026-02-03', '2026-02-03')).toEqual([{ key: '2026-02', number: 2, covered: 1, length: 28 }]);
  });
  it('pays rent only for the covered part of a month', () => {
    const results = resultsOf(scenarioOf({ parcels: { kind: 'real', from: '2026-04-01', to: '2026-04-10', rows: [{ date: '2026-04-02', grams: 1 }] }, own: { fixed: [{ id: 'r', name: 'r', kind: 'rent', fen: 300_000 }] } }));
    expect(componentFen(results, 'own', 'fixed.r')).toBe(100_000);
  });
  it('works out safety stock', () => {
    // 100 items a day, restocked every 30 days: 1500; 1.6449 × 30 × √9 = 148.04
    const stock = stockSchema.parse({ restockDays: 30, leadDays: 9, variationBp: 3000, service: '95%' });
    expect(stockLevel(stock, { ...month, parcels: 0, items: 3000 })).toMatchObject({ cycle: 1500, safety: 149, items: 1649 });
  });
});
