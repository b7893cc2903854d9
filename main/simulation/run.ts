/** Runs seeds and adds up what happened. */
import { judgeBooks, judgeIntents, judgePaper, judgeParcels, judgePromises } from './check.ts';
import type { Violation } from './check.ts';
import type { Rule } from './rules.ts';
import { createScenario } from './scenario.ts';
import type { Templates } from './scenario.ts';
import { makeTemplate } from './template.ts';

export interface SeedResult {
  readonly seed: number;
  readonly operations: number;
  readonly labels: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly stranded: number;
  readonly violations: readonly Violation[];
  readonly faults: Readonly<Record<string, number>>;
}

export interface SimulationResult {
  readonly seeds: number;
  readonly steps: number;
  readonly operations: number;
  readonly labels: number;
  /** Numbers on the paper of two parcels. */
  readonly duplicates: number;
  /** Draws that were answered and are gone, and numbers of blocks nobody holds any more. */
  readonly lost: number;
  readonly violations: number;
  readonly without: Rule | null;
  readonly faults: Readonly<Record<string, number>>;
  /** The first seeds that failed; replay one with `--seed`. */
  readonly failing: readonly { readonly seed: number; readonly violations: readonly Violation[] }[];
  readonly milliseconds: number;
}

/** One seed: a few PCs, `steps` steps with faults, then peace, then judgement. */
export async function runSeed(templates: Templates, seed: number, steps: number, without: Rule | undefined): Promise<SeedResult> {
  const scenario = createScenario(templates, seed, without);
  for (let step = 0; step < steps; step += 1) await scenario.step();
  await scenario.settle();
  const restored = new Set(scenario.sites.filter((site) => site.restored).map((site) => site.name));
  const { duplicates, violations } = judgePaper(scenario.paper, restored);
  violations.push(...scenario.violations, ...judgeParcels(scenario.paper, scenario.voided, restored));
  let lost = 0;
  for (const site of scenario.sites) {
    const broken = judgePromises(site);
    lost += broken.length;
    violations.push(...broken, ...judgeIntents(site, scenario.paper), ...(await judgeBooks(site)));
  }
  const stranded = await scenario.stranded();
  violations.push(...stranded.map((lease) => ({ invariant: 'I9', what: `block ${lease} is held by nobody` })));
  scenario.close();
  return { seed, operations: scenario.operations(), labels: scenario.paper.length, duplicates, lost: lost + stranded.length, stranded: stranded.length, violations, faults: scenario.faults };
}

/** Seeds `firstSeed` … `firstSeed + seeds − 1`. */
export async function simulate(options: { seeds: number; steps: number; firstSeed?: number; without?: Rule | undefined; onSeed?: (result: SeedResult) => void }): Promise<SimulationResult> {
  const started = performance.now();
  const templates: Templates = { host: await makeTemplate('host'), station: await makeTemplate('station') };
  const faults: Record<string, number> = {};
  const total = { operations: 0, labels: 0, duplicates: 0, lost: 0, violations: 0 };
  const failing: { seed: number; violations: readonly Violation[] }[] = [];
  const firstSeed = options.firstSeed ?? 1;
  for (let seed = firstSeed; seed < firstSeed + options.seeds; seed += 1) {
    const result = await runSeed(templates, seed, options.steps, options.without);
    total.operations += result.operations;
    total.labels += result.labels;
    total.duplicates += result.duplicates;
    total.lost += result.lost;
    total.violations += result.violations.length;
    for (const [fault, n] of Object.entries(result.faults)) faults[fault] = (faults[fault] ?? 0) + n;
    if (result.violations.length > 0 && failing.length < 5) failing.push({ seed, violations: result.violations.slice(0, 10) });
    options.onSeed?.(result);
  }
  return { seeds: options.seeds, steps: options.steps, ...total, without: options.without ?? null, faults, failing, milliseconds: Math.round(performance.now() - started) };
}
