/** Builders the cost tests share. */
import { buildModel, evaluate } from './evaluate.ts';
import type { OptionResult } from './evaluate.ts';
import { readScenario } from './scenario.ts';
import type { Scenario, ScenarioInput } from './scenario.ts';

/** A scenario from a partial document; throws with all problems when it is not one. */
export function scenarioOf(input: Partial<ScenarioInput> & Pick<ScenarioInput, 'parcels'>): Scenario {
  const read = readScenario({ name: 'test', own: {}, ...input });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

/** Results of a scenario. */
export function resultsOf(scenario: Scenario): OptionResult[] {
  return evaluate(buildModel(scenario)).results;
}

/** Fen of one component of one option; 0 when it is absent. */
export function componentFen(results: readonly OptionResult[], option: string, component: string): number {
  return results.find((each) => each.id === option)?.components.find((each) => each.id === component)?.fen ?? 0;
}

/** A plan of one kind of parcel for one month. */
export function planOf(ordersPerDay: number, mix: Record<string, unknown> = {}): ScenarioInput['parcels'] {
  return { kind: 'plan', startMonth: '2026-04', ordersPerDay, mix: [{ parts: 1, province: '浙江', grams: 500, ...mix }] };
}
