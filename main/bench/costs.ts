/** 100,000 parcels under five options: what a slider recomputes, and the whole report. */
import { buildModel, evaluate } from '../../common/domain/costs/evaluate.ts';
import { neutral } from '../../common/domain/costs/factors.ts';
import { provinces } from '../../common/domain/costs/places.ts';
import { quickReport, reportOf } from '../../common/domain/costs/report.ts';
import { randomFrom } from '../../common/domain/costs/sensitivity.ts';
import { readScenario } from '../../common/domain/costs/scenario.ts';
import type { ScenarioInput } from '../../common/domain/costs/scenario.ts';
import { measure, rounded } from './harness.ts';
import type { BenchCase } from './harness.ts';

const parcels = 100_000;

/** A quarter of a shop: every province, weights to the gram, one in ten not weighed. */
function document(): ScenarioInput {
  const random = randomFrom(20261122);
  const pick = (below: number) => random() % below;
  const rows = Array.from({ length: parcels }, () => ({
    date: `2026-0${7 + pick(3)}-${String(1 + pick(28)).padStart(2, '0')}`,
    province: provinces[pick(31)] ?? '浙江',
    grams: pick(10) === 0 ? null : 100 + pick(5000),
    items: 1 + pick(4),
    cm3: 500 + pick(4000),
    item: `item ${pick(50)}`,
    shop: `shop ${pick(3)}`,
  }));
  const price = { kind: 'first-additional' as const, firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000 };
  return {
    name: 'bench',
    returnBp: 300,
    parcels: { kind: 'real', from: '2026-07-01', to: '2026-09-30', rows },
    freightTables: [{ id: 'table', name: 'table', volumetricDivisor: 6000, nationwide: price, rules: [{ provinces: ['新疆', '西藏'], price: { ...price, firstE4: 150_000, stepE4: 120_000 } }] }],
    own: {
      fixed: [{ id: 'rent', name: 'rent', kind: 'rent', fen: 600_000 }],
      staff: { outputPerDay: 200, wageFen: 550_000, socialFen: 110_000, overtime: { maxBp: 1000, perParcelE4: 8000 } },
      material: { boxes: [{ id: 's', maxItems: 2, priceE4: 1500 }, { id: 'm', maxCm3: 3000, priceE4: 3000 }, { id: 'l', priceE4: 6000 }], labelE4: 400, tapeE4: 100 },
      freight: ['table'],
      loss: { bp: 30, caseFen: 2000 },
    },
    quotes: [1, 2, 3, 4].map((n) => ({
      id: `quote${n}`,
      name: `quote ${n}`,
      price: n % 2 === 1
        ? { kind: 'all-in' as const, bands: [{ uptoGrams: 1000, priceE4: 35_000 + n * 1000 }, { uptoGrams: 3000, priceE4: 50_000 }, { uptoGrams: 100_000, priceE4: 90_000 }] }
        : { kind: 'handling' as const, firstItemE4: 12_000, furtherItemE4: 2000, freight: ['table'] },
      monthlyMinimumFen: 300_000,
    })),
  };
}

export const bench: BenchCase = {
  about: '100,000 parcels under 5 options: recompute of a slider, break-even and curve, whole report',
  async run({ quick, note }) {
    const read = readScenario(document());
    if (!read.ok) throw new Error(read.problems.map((problem) => `${problem.path} ${problem.message}`).join('; '));
    const rounds = quick ? 5 : 20;
    const model = buildModel(read.scenario);
    note('every round moves two sliders, so no result can come from a round before');
    const moved = (round: number) => ({ ...neutral, weight: 10_000 + round, freight: 10_100 + round, wage: 9_000 + round });
    const build = await measure(quick ? 2 : 5, 1, () => buildModel(read.scenario));
    const recompute = await measure(rounds, 4, (round) => evaluate(model, moved(round)));
    // what the machine really worked, apart from what others made it wait
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) evaluate(model, moved(1000 + round));
    const used = process.cpuUsage(before);
    const cpuMs = rounded((used.user + used.system) / 1000 / rounds);
    const withCurve = await measure(rounds, 2, (round) => quickReport(model, moved(round)));
    const whole = await measure(quick ? 1 : 3, 0, () => reportOf(model));
    return {
      parcels,
      options: model.options.length,
      recompute: { ...recompute },
      recomputeCpuMs: cpuMs,
      recomputeWithBreakEvenAndCurve: { ...withCurve },
      build: { ...build },
      wholeReport: { ...whole },
      microsecondsPerParcelAndOption: rounded((cpuMs * 1000) / parcels / model.options.length),
      budgetMs: 100,
    };
  },
};
