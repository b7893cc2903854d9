/**
 * The parcels a scenario is calculated on, as columns: real rows as they are, or a plan turned into whole parcels per month.
 * One row may stand for several identical parcels (`count`). Nothing is invented silently: every weight that was not measured is
 * marked with how it was estimated.
 */
import { BP, apportion, roundDiv } from './money.ts';
import type { ParcelRow, Plan, RealParcels, Scenario } from './scenario.ts';

/** A calendar month of the period; `covered` of its `length` days belong to the period. */
export interface Month {
  readonly key: string;
  readonly number: number;
  readonly covered: number;
  readonly length: number;
}

/** How a weight is known. */
export const weightSources = { measured: 0, item: 1, mean: 2, fallback: 3, missing: 4 } as const;

export interface WeightCount {
  readonly measured: number;
  /** Estimated from other parcels of the same item. */
  readonly byItem: number;
  /** Estimated from the mean of all weighed parcels. */
  readonly byMean: number;
  /** Taken from `fallbackGrams`. */
  readonly byFallback: number;
  readonly missing: number;
}

export interface Parcels {
  readonly size: number;
  readonly total: number;
  readonly real: boolean;
  readonly months: readonly Month[];
  /** Parcels and items of each month. */
  readonly monthParcels: readonly number[];
  readonly monthItems: readonly number[];
  readonly count: Int32Array;
  readonly month: Uint16Array;
  readonly date: Int32Array;
  readonly place: Int32Array;
  /** −1: unknown. */
  readonly grams: Int32Array;
  readonly items: Int32Array;
  readonly cm3: Int32Array;
  readonly item: Int32Array;
  readonly shop: Int32Array;
  readonly box: Int32Array;
  readonly weightSource: Uint8Array;
  readonly dates: readonly string[];
  readonly places: readonly { readonly province: string; readonly city: string }[];
  readonly itemNames: readonly string[];
  readonly shopNames: readonly string[];
  readonly boxIds: readonly string[];
  readonly ids: readonly string[];
  readonly weights: WeightCount;
  /** Rows whose date is outside the period; they are left out. */
  readonly outsidePeriod: number;
}

/** Parcels of a scenario. */
export function buildParcels(scenario: Scenario): Parcels {
  return scenario.parcels.kind === 'plan' ? fromPlan(scenario.parcels, scenario.daysPerMonth) : fromRows(scenario.parcels);
}

/** Parcels of one mean day of the plan, before growth and season: orders (or visitors × conversion) × parcels per order. */
export function plannedPerDay(plan: Plan): number {
  const ordersE4 = plan.traffic ? plan.traffic.visitorsPerDay * plan.traffic.conversionBp : (plan.ordersPerDay ?? 0) * BP;
  return (ordersE4 * plan.parcelsPerOrderBp) / BP / BP;
}

/** Parcels per month of a plan: per day × shipping days × growth × season, rounded to whole parcels. */
export function plannedMonths(plan: Plan, daysPerMonth: number): { key: string; number: number; parcels: number }[] {
  const perDay = plannedPerDay(plan);
  const result: { key: string; number: number; parcels: number }[] = [];
  let year = Number(plan.startMonth.slice(0, 4));
  let month = Number(plan.startMonth.slice(5, 7));
  let growth = 1;
  for (let index = 0; index < plan.months; index += 1) {
    const season = plan.season?.[month - 1] ?? BP;
    result.push({
      key: `${year}-${String(month).padStart(2, '0')}`,
      number: month,
      parcels: Math.round((perDay * daysPerMonth * growth * season) / BP),
    });
    growth *= 1 + plan.growthBpPerMonth / BP;
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
  return result;
}

function fromPlan(plan: Plan, daysPerMonth: number): Parcels {
  const months = plannedMonths(plan, daysPerMonth);
  const parts = plan.mix.map((kind) => kind.parts);
  const rows: { row: ParcelRow; month: number }[] = [];
  months.forEach((month, index) => {
    const counts = apportion(month.parcels, parts);
    plan.mix.forEach((kind, n) => {
      const count = counts[n] ?? 0;
      if (count === 0) return;
      const { parts: _parts, ...rest } = kind;
      rows.push({ row: { ...rest, date: `${month.key}-01`, count }, month: index });
    });
  });
  return columns(rows, months.map((month) => ({ key: month.key, number: month.number, covered: 1, length: 1 })), false, undefined, 0);
}

function fromRows(real: RealParcels): Parcels {
  const months = monthsBetween(real.from, real.to);
  const index = new Map(months.map((month, n) => [month.key, n]));
  const rows: { row: ParcelRow; month: number }[] = [];
  let outside = 0;
  for (const row of real.rows) {
    const month = index.get(row.date.slice(0, 7));
    if (month === undefined || row.date < real.from || row.date > real.to) {
      outside += row.count;
      continue;
    }
    rows.push({ row, month });
  }
  return columns(rows, months, true, real.fallbackGrams, outside);
}

/** Calendar months of a period, with how many of their days belong to it. */
export function monthsBetween(from: string, to: string): Month[] {
  const months: Month[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    const key = `${year}-${String(month).padStart(2, '0')}`;
    if (key > to.slice(0, 7)) return months;
    const length = daysInMonth(year, month);
    const first = key === from.slice(0, 7) ? Number(from.slice(8)) : 1;
    const last = key === to.slice(0, 7) ? Number(to.slice(8)) : length;
    months.push({ key, number: month, covered: Math.max(0, last - first + 1), length });
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Numbers texts in order of first appearance. */
function numbering() {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    of(text: string): number {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
  };
}

function columns(
  rows: readonly { readonly row: ParcelRow; readonly month: number }[],
  months: readonly Month[],
  real: boolean,
  fallbackGrams: number | undefined,
  outsidePeriod: number,
): Parcels {
  const size = rows.length;
  const dates = numbering();
  const places = numbering();
  const items = numbering();
  const shops = numbering();
  const boxes = numbering();
  const placeList: { province: string; city: string }[] = [];
  const ids: string[] = [];
  const result = {
    count: new Int32Array(size), month: new Uint16Array(size), date: new Int32Array(size), place: new Int32Array(size),
    grams: new Int32Array(size), items: new Int32Array(size), cm3: new Int32Array(size), item: new Int32Array(size),
    shop: new Int32Array(size), box: new Int32Array(size), weightSource: new Uint8Array(size),
  };
  let total = 0;
  const monthParcels = months.map(() => 0);
  const monthItems = months.map(() => 0);
  rows.forEach(({ row, month }, index) => {
    total += row.count;
    monthParcels[month] = (monthParcels[month] ?? 0) + row.count;
    monthItems[month] = (monthItems[month] ?? 0) + row.items * row.count;
    result.count[index] = row.count;
    result.month[index] = month;
    result.date[index] = dates.of(row.date);
    const place = places.of(`${row.province}/${row.city}`);
    if (place === placeList.length) placeList.push({ province: row.province, city: row.city });
    result.place[index] = place;
    result.grams[index] = row.grams !== null && row.grams > 0 ? row.grams : -1;
    result.items[index] = row.items;
    result.cm3[index] = row.cm3;
    result.item[index] = items.of(row.item);
    result.shop[index] = shops.of(row.shop);
    result.box[index] = boxes.of(row.box);
    if (real) ids.push(row.id ?? '');
  });
  const weights = estimateWeights(result, items.texts, fallbackGrams);
  return {
    ...result, size, total, real, months, monthParcels, monthItems, weights, outsidePeriod, ids,
    dates: dates.texts, places: placeList, itemNames: items.texts, shopNames: shops.texts, boxIds: boxes.texts,
  };
}

interface WeightColumns {
  readonly count: Int32Array;
  readonly grams: Int32Array;
  readonly items: Int32Array;
  readonly item: Int32Array;
  readonly weightSource: Uint8Array;
}

/**
 * Fills missing weights: mean grams per piece of the same item × pieces; else mean grams of all weighed parcels; else the fallback;
 * else left unknown. Estimates come from measured weights only, never from other estimates.
 */
function estimateWeights(columns: WeightColumns, itemNames: readonly string[], fallbackGrams: number | undefined): WeightCount {
  const itemGrams = new Float64Array(itemNames.length);
  const itemPieces = new Float64Array(itemNames.length);
  let allGrams = 0;
  let allParcels = 0;
  const size = columns.count.length;
  for (let index = 0; index < size; index += 1) {
    const grams = columns.grams[index] ?? -1;
    if (grams < 0) continue;
    const count = columns.count[index] ?? 0;
    const item = columns.item[index] ?? 0;
    itemGrams[item] = (itemGrams[item] ?? 0) + grams * count;
    itemPieces[item] = (itemPieces[item] ?? 0) + (columns.items[index] ?? 0) * count;
    allGrams += grams * count;
    allParcels += count;
  }
  const counts = [0, 0, 0, 0, 0];
  for (let index = 0; index < size; index += 1) {
    let source: number = weightSources.measured;
    if ((columns.grams[index] ?? -1) < 0) {
      const item = columns.item[index] ?? 0;
      const pieces = itemPieces[item] ?? 0;
      if (pieces > 0 && itemNames[item] !== '') {
        columns.grams[index] = Math.max(1, roundDiv((itemGrams[item] ?? 0) * (columns.items[index] ?? 1), pieces));
        source = weightSources.item;
      } else if (allParcels > 0) {
        columns.grams[index] = Math.max(1, roundDiv(allGrams, allParcels));
        source = weightSources.mean;
      } else if (fallbackGrams !== undefined) {
        columns.grams[index] = fallbackGrams;
        source = weightSources.fallback;
      } else source = weightSources.missing;
    }
    columns.weightSource[index] = source;
    counts[source] = (counts[source] ?? 0) + (columns.count[index] ?? 0);
  }
  const [measured = 0, byItem = 0, byMean = 0, byFallback = 0, missing = 0] = counts;
  return { measured, byItem, byMean, byFallback, missing };
}
