/**
 * Cost as a function of parcels per day, and the volumes at which the cheaper option changes.
 *
 * A standard month ships n = parcels per day × shipping days of the same mix as the scenario. Its variable cost is the scenario's
 * variable cost × n / parcels; its monthly cost is worked out for n itself, with whole packers, monthly minimum, storage and tax.
 * Break-even is not solved from an average: every whole volume from 1 to the end of the range is compared, so each step counts.
 */
import { mulDiv, roundDiv } from './money.ts';
import { neutral, scaled } from './factors.ts';
import type { Factors } from './factors.ts';
import type { CostModel, PricedOption } from './evaluate.ts';
import type { OptionModel } from './options.ts';

/** Sums of one option over the whole period: all that the curve needs. */
export interface VolumeBase {
  readonly model: OptionModel;
  readonly complete: boolean;
  readonly parcels: number;
  readonly items: number;
  readonly variable: readonly number[];
  /** Sum of `variable`, and of its billed part. */
  readonly total: number;
  readonly bill: number;
  readonly days: number;
}

/** Prepares an option for `costAt`. */
export function volumeBase(model: CostModel, priced: PricedOption): VolumeBase {
  const variable = priced.model.variableIds.map(() => 0);
  let parcels = 0;
  let items = 0;
  for (const month of priced.months) {
    parcels += month.parcels;
    items += month.items;
    month.variable.forEach((value, n) => {
      variable[n] = (variable[n] ?? 0) + value;
    });
  }
  const total = variable.reduce((a, b) => a + b, 0);
  const bill = variable.reduce((sum, value, n) => sum + (priced.model.billed[n] ? value : 0), 0);
  return { model: priced.model, complete: priced.unpriced === 0, parcels, items, variable, total, bill, days: model.scenario.daysPerMonth };
}

/** E4 of a standard month with `parcels` parcels. Factors of price act on the sums (for Monte Carlo); volume and weight do not. */
export function costOfMonth(base: VolumeBase, parcels: number, factors: Factors = neutral, buffer: number[] = []): number {
  if (base.parcels === 0) return 0;
  let variable = 0;
  let bill = 0;
  const { model } = base;
  if (factors === neutral) {
    variable = mulDiv(base.total, parcels, base.parcels);
    bill = mulDiv(base.bill, parcels, base.parcels);
  } else {
    for (let n = 0; n < base.variable.length; n += 1) {
      const sum = base.variable[n] ?? 0;
      if (sum === 0) continue;
      const value = scaled(mulDiv(sum, parcels, base.parcels), factorOf(model.variableIds[n], factors));
      variable += value;
      if (model.billed[n]) bill += value;
    }
  }
  const items = mulDiv(base.items, parcels, base.parcels);
  buffer.length = model.monthlyIds.length;
  model.month({ parcels, items, allParcels: parcels, days: base.days, covered: 1, length: 1, number: 0 }, bill, factors, buffer, model.kind === 'cloud');
  let total = variable;
  for (const value of buffer) total += value;
  return total;
}

function factorOf(componentId: string | undefined, factors: Factors): number {
  if (componentId === 'freight') return factors.freight;
  if (componentId === 'price' || componentId === 'handling') return factors.cloud;
  if (componentId === 'returns') return factors.returns;
  return neutral.volume;
}

export interface Segment {
  readonly fromPerDay: number;
  readonly toPerDay: number;
  readonly cheapest: string;
}

export interface BreakEvenPair {
  readonly own: 'own';
  readonly quote: string;
  /** False when one of the two has no price for some parcels: they would be compared on different parcels, so no volume is named. */
  readonly comparable: boolean;
  /** Ranges of parcels per day and which of the two is cheaper there. */
  readonly segments: readonly Segment[];
  /** Every volume at which the cheaper option changes; `perDay` is the first volume of the new one. */
  readonly changes: readonly { readonly perDay: number; readonly from: string; readonly to: string }[];
}

export interface BreakEven {
  readonly fromPerDay: number;
  readonly toPerDay: number;
  readonly pairs: readonly BreakEvenPair[];
  /** The cheapest of all complete options. */
  readonly segments: readonly Segment[];
}

/**
 * Break-even volumes of own shipping against each quote, and of all options together, from 1 to `maxPerDay`. `lines` keeps what was
 * worked out, so that a longer search goes on where a shorter one ended.
 */
export function findBreakEven(model: CostModel, bases: readonly VolumeBase[], maxPerDay: number, lines: number[][] = []): BreakEven {
  const days = model.scenario.daysPerMonth;
  const buffer: number[] = [];
  const usable = bases.map((base, index) => {
    const line = (lines[index] ??= [0]);
    for (let perDay = line.length; perDay <= maxPerDay; perDay += 1) line.push(costOfMonth(base, perDay * days, neutral, buffer));
    return { id: base.model.id, line, complete: base.complete, some: base.parcels > 0 };
  });
  const own = usable[0];
  const pairs = usable.slice(1).flatMap((quote): BreakEvenPair[] => {
    if (!own || !own.some || !quote.some) return [];
    if (!own.complete || !quote.complete) return [{ own: 'own', quote: quote.id, comparable: false, segments: [], changes: [] }];
    const segments = walk([own, quote], maxPerDay);
    return [{ own: 'own', quote: quote.id, comparable: true, segments, changes: changesOf(segments) }];
  });
  const complete = usable.filter((option) => option.complete && option.some);
  return { fromPerDay: 1, toPerDay: maxPerDay, pairs, segments: complete.length > 0 ? walk(complete, maxPerDay) : [] };
}

/** Ranges of the cheapest option. At equal cost nothing changes: whoever was cheaper stays. */
function walk(options: readonly { readonly id: string; readonly line: readonly number[] }[], maxPerDay: number): Segment[] {
  const segments: Segment[] = [];
  let current = -1;
  let from = 1;
  for (let perDay = 1; perDay <= maxPerDay; perDay += 1) {
    let best = current < 0 ? 0 : current;
    options.forEach((option, index) => {
      if ((option.line[perDay] ?? 0) < (options[best]?.line[perDay] ?? 0)) best = index;
    });
    if (best === current) continue;
    if (current >= 0) segments.push({ fromPerDay: from, toPerDay: perDay - 1, cheapest: options[current]?.id ?? '' });
    current = best;
    from = perDay;
  }
  segments.push({ fromPerDay: from, toPerDay: maxPerDay, cheapest: options[current]?.id ?? '' });
  return segments;
}

function changesOf(segments: readonly Segment[]): BreakEvenPair['changes'] {
  return segments.slice(1).map((segment, index) => ({ perDay: segment.fromPerDay, from: segments[index]?.cheapest ?? '', to: segment.cheapest }));
}

export interface CurvePoint {
  readonly perDay: number;
  /** Option id → E4 per ticket; total of the month ÷ parcels, rounded half up. */
  readonly perTicketE4: Readonly<Record<string, number>>;
}

/** Points of the curve "ticket cost against volume": evenly spread, plus both sides of every break-even and the volume of today. */
export function costCurve(model: CostModel, bases: readonly VolumeBase[], breakEven: BreakEven, perDayNow: number, points = 120): CurvePoint[] {
  const days = model.scenario.daysPerMonth;
  const wanted = new Set<number>([1, breakEven.toPerDay]);
  // half of the points lie where people look: around today and the break-evens
  const last = Math.max(0, ...breakEven.pairs.flatMap((pair) => pair.changes.map((change) => change.perDay)));
  const near = Math.min(breakEven.toPerDay, Math.ceil(Math.max(100, perDayNow * 4, last * 1.6)));
  for (let n = 1; n <= points; n += 1) {
    const range = n % 2 === 0 ? breakEven.toPerDay : near;
    wanted.add(Math.max(1, Math.round((range * n) / points)));
  }
  for (const pair of breakEven.pairs) for (const change of pair.changes) wanted.add(change.perDay).add(change.perDay - 1);
  if (perDayNow >= 1 && perDayNow <= breakEven.toPerDay) wanted.add(Math.round(perDayNow));
  return [...wanted]
    .filter((perDay) => perDay >= 1)
    .sort((a, b) => a - b)
    .map((perDay) => ({
      perDay,
      perTicketE4: Object.fromEntries(
        bases.filter((base) => base.parcels > 0).map((base) => [base.model.id, roundDiv(costOfMonth(base, perDay * days), perDay * days)]),
      ),
    }));
}
