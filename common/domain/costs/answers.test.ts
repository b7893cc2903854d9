import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinScenarios } from './builtin/index.ts';
import { buildModel, evaluate } from './evaluate.ts';
import { bestSplit } from './split.ts';
import { costReport } from './report.ts';
import { replayRows } from './replay.ts';
import { readScenario, scenarioSchema } from './scenario.ts';
import type { Scenario, ScenarioInput } from './scenario.ts';
import { sliceNames, sliceOption } from './slices.ts';
import { costOfMonth, findBreakEven, volumeBase } from './volume.ts';
import { planOf, scenarioOf } from './testing.ts';
import { provinces } from './places.ts';

const price = fc.integer({ min: 1000, max: 120_000 });
const fenAmount = fc.integer({ min: 0, max: 2_000_000 });
const freightPrice = fc.oneof(
  price.map((priceE4) => ({ kind: 'fixed' as const, priceE4 })),
  fc.record({ kind: fc.constant('first-additional' as const), firstGrams: fc.integer({ min: 100, max: 3000 }), firstE4: price, stepGrams: fc.integer({ min: 100, max: 1000 }), stepE4: price }),
  fc.record({ kind: fc.constant('bands' as const), bands: fc.tuple(price, price).map(([light, more]) => [{ uptoGrams: 500, priceE4: light }, { uptoGrams: 3000, priceE4: light + more }]) }),
);
const row = fc.record({
  date: fc.constantFrom('2026-01-15', '2026-02-10', '2026-03-31', '2026-04-01', '2026-05-20'),
  province: fc.constantFrom(...provinces.slice(0, 6), ''),
  grams: fc.option(fc.integer({ min: 1, max: 4000 })),
  items: fc.integer({ min: 1, max: 5 }),
  item: fc.constantFrom('a', 'b', ''),
  shop: fc.constantFrom('s', 't'),
  count: fc.integer({ min: 1, max: 400 }),
});
const scenarios: fc.Arbitrary<Scenario> = fc
  .record({
    rows: fc.array(row, { minLength: 1, maxLength: 25 }),
    ownPrice: freightPrice,
    cloudPrice: freightPrice,
    rent: fenAmount,
    goesAway: fc.constantFrom('when-closed', 'with-volume', 'never'),
    wageFen: fenAmount,
    output: fc.integer({ min: 1, max: 200 }),
    allIn: price,
    minimum: fenAmount,
    deposit: fenAmount,
    taxIncluded: fc.boolean(),
    notServed: fc.subarray(provinces.slice(0, 6)),
  })
  .map((given) =>
    scenarioOf({
      returnBp: 300,
      capitalBpPerYear: 500,
      parcels: { kind: 'real', from: '2026-01-01', to: '2026-05-31', rows: given.rows, fallbackGrams: 400 },
      freightTables: [
        { id: 'own', name: 'o', nationwide: given.ownPrice, fallback: given.ownPrice },
        { id: 'cloud', name: 'c', nationwide: given.cloudPrice, fallback: given.cloudPrice },
      ],
      own: {
        fixed: [{ id: 'rent', name: 'r', kind: 'rent', fen: given.rent, goesAway: given.goesAway as 'never' }],
        staff: { outputPerDay: given.output, wageFen: given.wageFen, overtime: { maxBp: 1000, perParcelE4: 3000 } },
        material: { boxes: [{ id: 'b', maxItems: 2, priceE4: 1333 }, { id: 'c', priceE4: 4111 }], labelE4: 425 },
        freight: ['own'],
        returns: { handlingE4: 7777 },
      },
      quotes: [
        { id: 'flat', name: 'flat', price: { kind: 'all-in', priceE4: given.allIn, notServed: given.notServed }, monthlyMinimumFen: given.minimum, depositFen: given.deposit },
        { id: 'fees', name: 'fees', price: { kind: 'handling', firstItemE4: 9000, furtherItemE4: 1500, freight: ['cloud'] }, taxIncluded: given.taxIncluded },
      ],
    }),
  );

describe('properties of every comparison', () => {
  it('components add up, slices add up, the replay adds up', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const model = buildModel(scenario);
        const { priced, results } = evaluate(model);
        results.forEach((result, index) => {
          const option = priced[index];
          if (!option) throw new Error('option missing');
          expect(result.components.reduce((sum, each) => sum + each.fen, 0)).toBe(result.fen);
          expect(result.components.reduce((sum, each) => sum + each.perTicketFen, 0)).toBe(result.perTicketFen);
          expect(result.components.reduce((sum, each) => sum + each.perTicketE4, 0)).toBe(result.perTicketE4);
          expect(result.months.reduce((sum, each) => sum + each.e4, 0)).toBe(result.e4);
          for (const dimension of sliceNames) {
            const slices = sliceOption(model, option, result, dimension);
            expect(slices.reduce((sum, each) => sum + each.fen, 0)).toBe(result.fen);
            expect(slices.reduce((sum, each) => sum + each.parcels, 0)).toBe(result.parcels);
          }
          if (result.parcels > 0) {
            expect(replayRows(model, option, result).reduce((sum, e4) => sum + Math.max(0, e4), 0)).toBe(result.e4);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('costs never fall when a price rises', () => {
    fc.assert(
      fc.property(scenarios, fc.integer({ min: 1, max: 50_000 }), (scenario, more) => {
        const total = (changed: Scenario, id: string) => evaluate(buildModel(changed)).results.find((option) => option.id === id)?.e4 ?? 0;
        const raised = structuredClone(scenario);
        const staff = raised.own.staff;
        const quote = raised.quotes[0];
        if (!staff || quote?.price.kind !== 'all-in') throw new Error('shape');
        staff.wageFen += more;
        quote.price.priceE4 = (quote.price.priceE4 ?? 0) + more;
        expect(total(raised, 'own')).toBeGreaterThanOrEqual(total(scenario, 'own'));
        expect(total(raised, 'flat')).toBeGreaterThanOrEqual(total(scenario, 'flat'));
      }),
      { numRuns: 60 },
    );
  });

  it('a split is never worse than the better pure option, and its cost is what it says', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const model = buildModel(scenario);
        const { priced, results } = evaluate(model);
        const own = priced[0];
        if (!own) throw new Error('own missing');
        priced.slice(1).forEach((quote, index) => {
          const split = bestSplit(model, own, quote);
          const whole = results[index + 1];
          if (split.ownOnlyE4 !== null && results[0]?.complete) {
            expect(split.ownOnlyE4).toBe(results[0].e4);
            expect(split.e4).toBeLessThanOrEqual(split.ownOnlyE4);
          }
          if (split.cloudOnlyE4 !== null && whole?.complete) {
            expect(split.cloudOnlyE4).toBe(whole.e4);
            expect(split.e4).toBeLessThanOrEqual(split.cloudOnlyE4);
          }
          expect(split.bestPossibleE4).toBeLessThanOrEqual(split.e4);
          if (split.savingE4 !== null) expect(split.savingE4).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('break-even really flips at each volume it names, and nowhere else', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const model = buildModel({ ...scenario, quotes: scenario.quotes.slice(0, 1) });
        const { priced } = evaluate(model);
        const bases = priced.map((option) => volumeBase(model, option));
        const [own, quote] = bases;
        if (!own || !quote) throw new Error('options missing');
        const found = findBreakEven(model, bases, 400);
        const cost = (base: typeof own, perDay: number) => costOfMonth(base, perDay * scenario.daysPerMonth);
        for (const pair of found.pairs) {
          // options that ship different parcels are not compared at all
          expect(pair.comparable).toBe(own.complete && quote.complete);
          if (!pair.comparable) expect(pair.changes).toEqual([]);
          for (const change of pair.changes) {
            const [to, from] = change.to === 'own' ? [own, quote] : [quote, own];
            expect(cost(to, change.perDay)).toBeLessThan(cost(from, change.perDay));
            expect(cost(from, change.perDay - 1)).toBeLessThanOrEqual(cost(to, change.perDay - 1));
          }
          for (const segment of pair.segments) {
            const [cheap, dear] = segment.cheapest === 'own' ? [own, quote] : [quote, own];
            for (const perDay of [segment.fromPerDay, Math.floor((segment.fromPerDay + segment.toPerDay) / 2), segment.toPerDay]) {
              expect(cost(cheap, perDay)).toBeLessThanOrEqual(cost(dear, perDay));
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('break-even by hand', () => {
  it('finds the same when a search goes on where a shorter one ended', () => {
    const model = buildModel(builtinScenarios['datang'] ?? scenarioOf({ parcels: planOf(1) }));
    const bases = evaluate(model).priced.map((option) => volumeBase(model, option));
    const lines: number[][] = [];
    findBreakEven(model, bases, 100, lines);
    expect(findBreakEven(model, bases, 900, lines)).toEqual(findBreakEven(model, bases, 900));
  });

  it('finds every turn of the step function, also the ones back', () => {
    // own 3.00 a parcel + 3000.00 rent + 3000.00 per packer of 100 a day, cloud 4.50; 30 days: own is cheaper when 45 n > 3000 + 3000 ⌈n / 100⌉
    const report = costReport(scenarioOf({
      parcels: planOf(50),
      freightTables: [{ id: 'f', name: 'f', nationwide: { kind: 'fixed', priceE4: 30_000 } }],
      own: { freight: ['f'], fixed: [{ id: 'r', name: 'r', kind: 'rent', fen: 300_000 }], staff: { outputPerDay: 100, wageFen: 300_000 } },
      quotes: [{ id: 'c', name: 'c', price: { kind: 'all-in', priceE4: 45_000 } }],
      analysis: { maxPerDay: 400 },
    }));
    // n ≤ 100: 45 n > 6000 never (4500). ≤ 200: n > 200 never (9000 = 9000 ties). ≤ 300: 45 n > 12000 → 267. 301: 13545 < 15000 → cloud. ≤ 400: 45 n > 15000 → 334
    expect(report.breakEven.pairs[0]?.changes).toEqual([
      { perDay: 267, from: 'c', to: 'own' },
      { perDay: 301, from: 'own', to: 'c' },
      { perDay: 334, from: 'c', to: 'own' },
    ]);
  });
});

describe('the Datang textbook case', () => {
  const scenario = builtinScenarios['datang'];
  if (!scenario) throw new Error('datang missing');
  const report = costReport(scenario);
  it('courier alone says own, all-in says cloud', () => {
    expect(report.courierOnly).toMatchObject({ ownFreightPerTicketFen: 280, cheapest: 'own', quotes: [{ id: 'cloud-a', perTicketFen: 350 }, { id: 'cloud-b', perTicketFen: 400 }] });
    expect(report.cheapest.allIn).toBe('cloud-a');
  });
  it('turns once for each quote: cloud below, own from there on', () => {
    // 1600.00 rent and so on + 4800.00 packer; a parcel costs 2.80 + 0.06 + 0.03 + 0.045 + 0.02 = 2.955
    // against 3.50: 6400 / (30 × 0.545) = 391.4; against 4.00: 6400 / (30 × 1.045) = 204.1
    for (const [index, perDay] of [[0, 392], [1, 205]] as const) {
      const pair = report.breakEven.pairs[index];
      expect(pair?.changes.map((change) => [change.perDay, change.to])).toEqual([[perDay, 'own']]);
      expect(pair?.segments.map((segment) => segment.cheapest)).toEqual([pair?.quote, 'own']);
    }
  });
  it('explains itself in three sentences and calls its figures examples', () => {
    expect(report.explanation['zh-CN']).toHaveLength(3);
    expect(report.explanation.en).toHaveLength(3);
    expect(report.scenario.example).toBe(true);
    expect(report.comparable).toBe(false);
    expect(report.issues.map((issue) => issue.code)).toContain('example-figures');
  });
  it('is the same with the same seed, and another with another', () => {
    expect(costReport(scenario).monteCarlo).toEqual(report.monteCarlo);
    expect(Object.values(report.monteCarlo.cheapestBp).reduce((a, b) => a + b, 0)).toBe(10_000);
    const other = structuredClone(scenario);
    other.analysis.monteCarlo.seed = 2;
    expect(costReport(other).monteCarlo.perTicketE4).not.toEqual(report.monteCarlo.perTicketE4);
  });
});

describe('bad input is said, never counted as zero', () => {
  const base: Partial<ScenarioInput> = {
    freightTables: [{ id: 'f', name: 'f', nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000 } }],
    own: { freight: ['f'], staff: { outputPerDay: 100, wageFen: 500_000 } },
  };
  const real = (rows: Extract<ScenarioInput['parcels'], { kind: 'real' }>['rows']): ScenarioInput['parcels'] => ({ kind: 'real', from: '2026-04-01', to: '2026-04-30', rows });
  const codes = (scenario: Scenario) => costReport(scenario).issues.map((issue) => `${issue.severity}:${issue.code}:${issue.where}`);

  it('a quote without a price for a province is not compared as if it were free', () => {
    const report = costReport(scenarioOf({
      ...base,
      parcels: real([{ date: '2026-04-01', province: '浙江', grams: 500, count: 90 }, { date: '2026-04-01', province: '新疆', grams: 500, count: 10 }]),
      quotes: [{ id: 'q', name: 'Q', price: { kind: 'all-in', priceE4: 10_000, notServed: ['新疆'] } }],
    }));
    expect(report.options[1]).toMatchObject({ complete: false, parcels: 90, unpriced: [{ province: '新疆', reason: 'not-served', parcels: 10 }] });
    expect(report.cheapest.allIn).toBe('own');
    expect(report.comparable).toBe(false);
    expect(report.breakEven.pairs).toEqual([{ own: 'own', quote: 'q', comparable: false, segments: [], changes: [] }]);
    expect(report.issues.find((issue) => issue.code === 'unpriced')).toMatchObject({ severity: 'error', where: 'q', parcels: 10 });
    // the split may still use it for what it serves
    expect(report.splits[0]).toMatchObject({ cloudParcels: 90, ownParcels: 10, cloudOnlyE4: null });
  });
  it('an empty period has no ticket cost', () => {
    const report = costReport(scenarioOf({ ...base, parcels: real([]), quotes: [] }));
    expect(report.issues[0]).toMatchObject({ code: 'no-parcels', severity: 'error' });
    expect(report.cheapest).toEqual({ allIn: null, courierOnly: null });
    expect(report.options[0]).toMatchObject({ parcels: 0, perTicketFen: null, perTicketE4: null });
    expect(report.comparable).toBe(false);
  });
  it('weights missing for 80 % are estimated and said', () => {
    const rows = [{ date: '2026-04-01', province: '浙江', grams: 900, item: 'a', count: 20 }, { date: '2026-04-01', province: '浙江', item: 'b', count: 80 }];
    const report = costReport(scenarioOf({ ...base, parcels: real(rows) }));
    expect(report.issues.find((issue) => issue.code === 'weights-estimated')).toMatchObject({ severity: 'warning', parcels: 80 });
    expect(report.options[0]?.components.find((each) => each.id === 'freight')?.fen).toBe(28_000);
  });
  it('weights missing altogether leave freight without a figure', () => {
    const report = costReport(scenarioOf({ ...base, parcels: real([{ date: '2026-04-01', province: '浙江', count: 5 }]) }));
    expect(report.options[0]).toMatchObject({ complete: false, parcels: 0 });
    expect(report.issues.map((issue) => issue.code)).toEqual(expect.arrayContaining(['weights-missing', 'unpriced']));
  });
  it('negative, misspelt and dangling values are refused by path', () => {
    const problems = (value: unknown) => {
      const read = readScenario(value);
      return read.ok ? [] : read.problems.map((problem) => problem.path);
    };
    const good = { name: 'x', parcels: planOf(10), own: {} };
    expect(problems(good)).toEqual([]);
    expect(problems({ ...good, own: { perParcelE4: -1 } })).toEqual(['own.perParcelE4']);
    expect(problems({ ...good, own: { perParcelE4: 0.5 } })).toEqual(['own.perParcelE4']);
    expect(problems({ ...good, own: { rnet: 1 } })).toEqual(['own']);
    expect(problems({ ...good, own: { freight: ['nothing'] } })).toEqual(['own.freight.0']);
    expect(problems({ ...good, quotes: [{ id: 'own', name: 'q', price: { kind: 'all-in' } }] })).toEqual(['quotes.0.id', 'quotes.0.price']);
    expect(problems({ ...good, parcels: { ...planOf(10), traffic: { visitorsPerDay: 1, conversionBp: 1 } } })).toEqual(['parcels']);
    expect(problems({ ...good, parcels: { kind: 'real', from: '2026-02-30', to: '2026-03-01', rows: [] } })).toEqual(['parcels.from']);
    expect(problems({ ...good, parcels: { kind: 'real', from: '2026-04-30', to: '2026-04-01', rows: [] } })).toEqual(['parcels.to']);
  });
  it('absurd figures, expired quotes and a crew that is too small get a warning', () => {
    const scenario = scenarioOf({
      ...base,
      parcels: planOf(500),
      own: { freight: ['f'], staff: { outputPerDay: 9000, wageFen: 5000, fixedPackers: 0 } },
      quotes: [{ id: 'q', name: 'Q', price: { kind: 'all-in', priceE4: 350 }, validTo: '2025-12-31' }],
    });
    expect(codes(scenario)).toEqual(expect.arrayContaining(['warning:absurd:own.staff.outputPerDay', 'warning:absurd:own.staff.wageFen', 'warning:beyond-capacity:own.staff', 'warning:quote-dates:q', 'warning:absurd:q']));
  });
  it('an unknown province is counted by the fallback only, and said', () => {
    const report = costReport(scenarioOf({ ...base, parcels: real([{ date: '2026-04-01', province: '火星', grams: 5 }]) }));
    expect(report.issues.map((issue) => issue.code)).toEqual(expect.arrayContaining(['unknown-province', 'unpriced']));
  });
});

describe('schema', () => {
  it('reads its own output', () => {
    for (const scenario of Object.values(builtinScenarios)) expect(scenarioSchema.parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
  });
});
