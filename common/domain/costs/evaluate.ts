/**
 * From a scenario to money: every parcel priced under every option, summed per month and component, monthly costs added, and the result
 * rounded once so that its components add up to the fen.
 */
import { E4_PER_FEN, mulDiv, roundParts } from './money.ts';
import { neutral, scaled } from './factors.ts';
import type { Factors } from './factors.ts';
import { buildOptions, gramsUnder, priceReasons } from './options.ts';
import type { MonthLoad, OptionModel } from './options.ts';
import { buildParcels } from './parcels.ts';
import type { Parcels } from './parcels.ts';
import type { FreightReason } from './freight.ts';
import type { Scenario } from './scenario.ts';

/** A scenario ready to be calculated again and again with other factors. */
export interface CostModel {
  readonly scenario: Scenario;
  readonly parcels: Parcels;
  readonly options: readonly OptionModel[];
}

/** What an option's parcels of one month come to, before monthly costs. */
export interface MonthSums {
  readonly parcels: number;
  readonly items: number;
  /** All parcels of the month, also those this option has no price for. */
  readonly allParcels: number;
  /** E4 per variable component. */
  readonly variable: readonly number[];
  readonly bill: number;
}

/** One option priced over all parcels. */
export interface PricedOption {
  readonly model: OptionModel;
  /** E4 of one parcel of each row (variable components), or −1 − reason when it has no price. */
  readonly unit: Float64Array;
  /** The part of it that is on the warehouse's bill. */
  readonly billed: Float64Array;
  readonly months: readonly MonthSums[];
  readonly parcels: number;
  readonly unpriced: number;
}

export interface ComponentResult {
  readonly id: string;
  /** Over the whole period; components add up to the option's `fen`. */
  readonly fen: number;
  /** Components add up to the option's `perTicketFen`. */
  readonly perTicketFen: number;
  readonly perTicketE4: number;
}

export interface UnpricedResult {
  readonly province: string;
  readonly reason: FreightReason;
  readonly parcels: number;
}

export interface OptionResult {
  readonly id: string;
  readonly kind: 'own' | 'cloud';
  /** False when some parcels have no price under this option: its figures are for the others only. */
  readonly complete: boolean;
  readonly parcels: number;
  readonly fen: number;
  readonly perMonthFen: number;
  readonly perTicketFen: number;
  readonly perTicketE4: number;
  readonly components: readonly ComponentResult[];
  readonly months: readonly { readonly month: string; readonly parcels: number; readonly e4: number; readonly monthlyE4: number }[];
  /** Exact total before rounding. */
  readonly e4: number;
  readonly unpriced: readonly UnpricedResult[];
}

/** Builds the model of a scenario. */
export function buildModel(scenario: Scenario): CostModel {
  const parcels = buildParcels(scenario);
  return { scenario, parcels, options: buildOptions(scenario, parcels) };
}

/** Prices every parcel under one option. */
export function priceOption(model: CostModel, option: OptionModel, factors: Factors = neutral, weights: Int32Array = gramsUnder(model.parcels, factors)): PricedOption {
  const { parcels } = model;
  const width = option.variableIds.length;
  const unit = new Float64Array(parcels.size);
  const hasBill = option.billed.includes(true);
  const billed = new Float64Array(hasBill ? parcels.size : 0);
  const monthCount = parcels.months.length;
  const sums = new Float64Array(monthCount * width);
  const bills = new Float64Array(monthCount);
  const counts = Float64Array.from(parcels.monthParcels);
  const items = Float64Array.from(parcels.monthItems);
  const constants = option.constants(factors);
  let fixedUnit = 0;
  let fixedBill = 0;
  constants.forEach((value, n) => {
    fixedUnit += value;
    if (option.billed[n]) fixedBill += value;
  });
  const { varying } = option;
  const buffer = new Float64Array(width);
  let unpriced = 0;
  for (let index = 0; index < parcels.size; index += 1) {
    const count = parcels.count[index] ?? 0;
    const month = parcels.month[index] ?? 0;
    const reason = option.price(parcels, index, weights[index] ?? -1, factors, buffer);
    if (reason !== 0) {
      unit[index] = -reason;
      unpriced += count;
      counts[month] = (counts[month] ?? 0) - count;
      items[month] = (items[month] ?? 0) - (parcels.items[index] ?? 1) * count;
      continue;
    }
    let total = fixedUnit;
    let bill = fixedBill;
    const base = month * width;
    for (let v = 0; v < varying.length; v += 1) {
      const n = varying[v] ?? 0;
      const value = buffer[n] ?? 0;
      total += value;
      if (option.billed[n]) bill += value;
      sums[base + n] = (sums[base + n] ?? 0) + value * count;
    }
    unit[index] = total;
    if (!hasBill) continue;
    billed[index] = bill;
    bills[month] = (bills[month] ?? 0) + bill * count;
  }
  for (let month = 0; month < monthCount; month += 1) {
    constants.forEach((value, n) => {
      if (value !== 0) sums[month * width + n] = value * (counts[month] ?? 0);
    });
  }
  const months = parcels.months.map((_, month): MonthSums => ({
    parcels: counts[month] ?? 0,
    items: items[month] ?? 0,
    allParcels: parcels.monthParcels[month] ?? 0,
    variable: Array.from(sums.subarray(month * width, (month + 1) * width)),
    bill: bills[month] ?? 0,
  }));
  return {
    model: option,
    unit,
    billed,
    months: factors.volume === neutral.volume ? months : months.map((sum) => scaleMonth(sum, factors.volume)),
    parcels: parcels.total - unpriced,
    unpriced,
  };
}

/** A month with more or fewer parcels of the same mix. */
function scaleMonth(sum: MonthSums, factor: number): MonthSums {
  const parcels = scaled(sum.parcels, factor);
  const part = (amount: number) => (sum.parcels === 0 ? 0 : mulDiv(amount, parcels, sum.parcels));
  return { parcels, items: part(sum.items), allParcels: scaled(sum.allParcels, factor), variable: sum.variable.map(part), bill: part(sum.bill) };
}

/** The load of month `month` with the given parcels and items. */
export function monthLoad(model: CostModel, month: number, sums: Pick<MonthSums, 'parcels' | 'items' | 'allParcels'>): MonthLoad {
  const { covered, length, number } = model.parcels.months[month] ?? { covered: 0, length: 1, number: 0 };
  return { parcels: sums.parcels, items: sums.items, allParcels: sums.allParcels, days: model.scenario.daysPerMonth, covered, length, number };
}

/** Total, components and months of one priced option. */
export function totalOption(model: CostModel, priced: PricedOption, factors: Factors = neutral): OptionResult {
  const option = priced.model;
  const variable = option.variableIds.map(() => 0);
  const monthly = option.monthlyIds.map(() => 0);
  const buffer: number[] = option.monthlyIds.map(() => 0);
  let parcels = 0;
  const months = priced.months.map((sum, month) => {
    option.month(monthLoad(model, month, sum), sum.bill, factors, buffer, option.kind === 'cloud');
    let variableE4 = 0;
    let monthlyE4 = 0;
    sum.variable.forEach((value, n) => {
      variable[n] = (variable[n] ?? 0) + value;
      variableE4 += value;
    });
    buffer.forEach((value, n) => {
      monthly[n] = (monthly[n] ?? 0) + value;
      monthlyE4 += value;
    });
    parcels += sum.parcels;
    return { month: model.parcels.months[month]?.key ?? '', parcels: sum.parcels, e4: variableE4 + monthlyE4, monthlyE4 };
  });
  const ids = [...option.variableIds, ...option.monthlyIds];
  const exact = [...variable, ...monthly];
  const rounded = roundParts(exact, E4_PER_FEN);
  const e4 = exact.reduce((a, b) => a + b, 0);
  const ticketE4 = parcels === 0 ? { parts: exact.map(() => 0), total: 0 } : roundParts(exact, parcels);
  const ticketFen = parcels === 0 ? { parts: exact.map(() => 0), total: 0 } : roundParts(exact, parcels * E4_PER_FEN);
  // part of a full month the period covers, so that "per month" means a full one
  const monthParts = model.parcels.months.reduce((sum, month) => sum + month.covered / month.length, 0);
  return {
    id: option.id,
    kind: option.kind,
    complete: priced.unpriced === 0,
    parcels,
    fen: rounded.total,
    perMonthFen: monthParts === 0 ? 0 : Math.round(rounded.total / monthParts),
    perTicketFen: ticketFen.total,
    perTicketE4: ticketE4.total,
    components: ids
      .map((id, index) => ({
        id,
        fen: rounded.parts[index] ?? 0,
        perTicketFen: ticketFen.parts[index] ?? 0,
        perTicketE4: ticketE4.parts[index] ?? 0,
      }))
      .filter((_, index) => exact[index] !== 0),
    months,
    e4,
    unpriced: unpricedOf(model, priced),
  };
}

function unpricedOf(model: CostModel, priced: PricedOption): UnpricedResult[] {
  if (priced.unpriced === 0) return [];
  const found = new Map<string, { province: string; reason: FreightReason; parcels: number }>();
  const { parcels } = model;
  for (let index = 0; index < parcels.size; index += 1) {
    const value = priced.unit[index] ?? 0;
    if (value >= 0) continue;
    const reason = priceReasons[-value - 1] ?? 'no-rule';
    const province = parcels.places[parcels.place[index] ?? 0]?.province ?? '';
    const key = `${reason}/${province}`;
    const entry = found.get(key) ?? { province, reason, parcels: 0 };
    entry.parcels += parcels.count[index] ?? 0;
    found.set(key, entry);
  }
  return [...found.values()].sort((a, b) => b.parcels - a.parcels);
}

/** Every option of a model under some factors. This is what a slider recomputes. */
export function evaluate(model: CostModel, factors: Factors = neutral): { priced: PricedOption[]; results: OptionResult[] } {
  const weights = gramsUnder(model.parcels, factors);
  const priced = model.options.map((option) => priceOption(model, option, factors, weights));
  return { priced, results: priced.map((option) => totalOption(model, option, factors)) };
}
