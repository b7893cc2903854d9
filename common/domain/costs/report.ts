/** The whole answer of a scenario as one document: what `packbench cost` prints and the cost page shows. */
import type { Bilingual } from './basics.ts';
import { bothNames } from './basics.ts';
import { componentText } from './components.ts';
import type { ComponentText } from './components.ts';
import { evaluate, buildModel } from './evaluate.ts';
import type { ComponentResult, CostModel, OptionResult, PricedOption } from './evaluate.ts';
import { neutral } from './factors.ts';
import type { Factors } from './factors.ts';
import { cheapestOption, courierOnly, explain } from './explain.ts';
import type { CourierOnly } from './explain.ts';
import { findIssues, optionName } from './issues.ts';
import type { Issue } from './issues.ts';
import { cheaperElsewhere, distribution, replayRows } from './replay.ts';
import type { CheaperElsewhere, Distribution } from './replay.ts';
import type { Scenario } from './scenario.ts';
import { monteCarlo, tornado } from './sensitivity.ts';
import type { MonteCarlo, TornadoBar } from './sensitivity.ts';
import { sliceNames, sliceOption } from './slices.ts';
import type { Slice, SliceName } from './slices.ts';
import { bestSplit } from './split.ts';
import type { Split } from './split.ts';
import { costCurve, findBreakEven, volumeBase } from './volume.ts';
import type { BreakEven, CurvePoint, VolumeBase } from './volume.ts';
import type { WeightCount } from './parcels.ts';

export interface ReportComponent extends ComponentResult, ComponentText {}

export interface ReportOption extends Omit<OptionResult, 'components' | 'perTicketFen' | 'perTicketE4'> {
  readonly name: Bilingual;
  /** null without parcels: nothing divided by nothing is not 0. */
  readonly perTicketFen: number | null;
  readonly perTicketE4: number | null;
  readonly components: readonly ReportComponent[];
  readonly slices: Readonly<Record<SliceName, readonly Slice[]>>;
}

export interface CostReport {
  readonly schema: 'packbench.cost.result/1';
  readonly scenario: { readonly name: Bilingual; readonly note: string; readonly example: boolean };
  /** True when every figure can be compared: nothing unpriced, no example figures, parcels exist. */
  readonly comparable: boolean;
  readonly period: {
    readonly months: readonly { readonly month: string; readonly parcels: number }[];
    readonly parcels: number;
    readonly perDay: number;
    readonly real: boolean;
    readonly weights: WeightCount;
  };
  readonly explanation: { readonly 'zh-CN': readonly string[]; readonly en: readonly string[] };
  readonly cheapest: { readonly allIn: string | null; readonly courierOnly: string | null };
  readonly courierOnly: CourierOnly;
  readonly options: readonly ReportOption[];
  readonly breakEven: BreakEven & { readonly perDayNow: number };
  readonly curve: readonly CurvePoint[];
  readonly replay: {
    readonly distribution: readonly Distribution[];
    readonly cheaperElsewhere: readonly CheaperElsewhere[];
    /** Sum of the all-in cost of all parcels; equals the option's `e4`. */
    readonly sums: readonly { readonly option: string; readonly e4: number; readonly parcels: number }[];
  };
  readonly splits: readonly Split[];
  readonly sensitivity: readonly TornadoBar[];
  readonly monteCarlo: MonteCarlo;
  readonly issues: readonly Issue[];
}

/** What a slider needs at once; the rest of the report may follow. */
export interface QuickReport {
  readonly results: readonly OptionResult[];
  readonly priced: readonly PricedOption[];
  readonly bases: readonly VolumeBase[];
  readonly breakEven: BreakEven;
  readonly curve: readonly CurvePoint[];
  readonly perDay: number;
}

/** Parcels per shipping day of the period, with the volume factor applied. */
export function perDayOf(model: CostModel, factors: Factors = neutral): number {
  const days = model.parcels.months.reduce((sum, month) => sum + (model.scenario.daysPerMonth * month.covered) / month.length, 0);
  return days === 0 ? 0 : (model.parcels.total * factors.volume) / 10_000 / days;
}

/** Totals, break-even and curve under some factors. */
export function quickReport(model: CostModel, factors: Factors = neutral): QuickReport {
  const { priced, results } = evaluate(model, factors);
  const bases = priced.map((option) => volumeBase(model, option));
  const perDay = perDayOf(model, factors);
  const breakEven = searchBreakEven(model, bases, perDay);
  return { results, priced, bases, breakEven, perDay, curve: costCurve(model, bases, breakEven, perDay) };
}

/** Searches as far as the scenario says, or until own shipping has had its chance: at least 5 × today, at most 20,000 a day. */
function searchBreakEven(model: CostModel, bases: readonly VolumeBase[], perDay: number): BreakEven {
  const given = model.scenario.analysis.maxPerDay;
  if (given !== undefined) return findBreakEven(model, bases, given);
  let range = Math.max(1500, Math.ceil((perDay * 5) / 500) * 500);
  const lines: number[][] = [];
  for (;;) {
    const found = findBreakEven(model, bases, Math.min(range, 20_000), lines);
    const settled = found.pairs.every((pair) => !pair.comparable || pair.changes.length > 0);
    if (settled || range >= 20_000) return found;
    range *= 4;
  }
}

/** The whole report of a scenario. */
export function costReport(scenario: Scenario): CostReport {
  return reportOf(buildModel(scenario));
}

/** The same for a model that is already built. */
export function reportOf(model: CostModel): CostReport {
  const { scenario, parcels } = model;
  const quick = quickReport(model);
  const { priced, results } = quick;
  const issues = findIssues(model, priced, results);
  const own = priced[0];
  const quotes = priced.slice(1);
  return {
    schema: 'packbench.cost.result/1',
    scenario: { name: bothNames(scenario.name), note: scenario.note, example: issues.some((issue) => issue.code === 'example-figures') },
    comparable: !issues.some((issue) => issue.severity === 'error' || issue.code === 'example-figures'),
    period: {
      months: parcels.months.map((month, index) => ({ month: month.key, parcels: priced[0]?.months[index]?.allParcels ?? 0 })),
      parcels: parcels.total,
      perDay: Math.round(quick.perDay * 100) / 100,
      real: parcels.real,
      weights: parcels.weights,
    },
    explanation: explain(model, results, quick.breakEven, quick.perDay),
    cheapest: { allIn: cheapestOption(results), courierOnly: parcels.total === 0 ? null : courierOnly(results).cheapest },
    courierOnly: courierOnly(results),
    options: results.map((result, index) => ({
      ...result,
      name: optionName(model, result.id),
      perTicketFen: result.parcels === 0 ? null : result.perTicketFen,
      perTicketE4: result.parcels === 0 ? null : result.perTicketE4,
      components: result.components.map((component) => ({ ...component, ...componentText(scenario, result.id, component.id) })),
      slices: Object.fromEntries(
        sliceNames.map((dimension) => {
          const option = priced[index];
          return [dimension, option ? sliceOption(model, option, result, dimension) : []];
        }),
      ) as Record<SliceName, Slice[]>,
    })),
    breakEven: { ...quick.breakEven, perDayNow: Math.round(quick.perDay * 100) / 100 },
    curve: quick.curve,
    replay: {
      distribution: priced.map((option, index) => distribution(model, option, results[index] ?? emptyResult)),
      cheaperElsewhere: own ? quotes.map((quote) => cheaperElsewhere(model, own, quote)) : [],
      sums: priced.map((option, index) => {
        const rows = replayRows(model, option, results[index] ?? emptyResult);
        return { option: option.model.id, e4: rows.reduce((sum, e4) => sum + Math.max(0, e4), 0), parcels: option.parcels };
      }),
    },
    splits: own && parcels.total > 0 ? quotes.map((quote) => bestSplit(model, own, quote)) : [],
    sensitivity: parcels.total > 0 ? tornado(model, scenario.analysis.tornadoBp, results) : [],
    monteCarlo: monteCarlo(model, parcels.total > 0 ? quick.bases : [], quick.perDay),
    issues,
  };
}

const emptyResult: OptionResult = {
  id: '', kind: 'own', complete: true, parcels: 0, fen: 0, perMonthFen: 0, perTicketFen: 0, perTicketE4: 0, components: [], months: [], e4: 0, unpriced: [],
};
