/**
 * The same total cut by month, shop, province, weight band and item. Variable cost is each parcel's own; the monthly cost of a month is
 * shared over its parcels evenly. Every cut adds up to the option's total to the fen.
 */
import { E4_PER_FEN, apportion, roundDiv, roundParts } from './money.ts';
import type { CostModel, OptionResult, PricedOption } from './evaluate.ts';
import { normalizeProvince } from './places.ts';
import type { Parcels } from './parcels.ts';

export const sliceNames = ['month', 'shop', 'province', 'band', 'item'] as const;
export type SliceName = (typeof sliceNames)[number];

export interface Slice {
  readonly key: string;
  readonly parcels: number;
  readonly fen: number;
  readonly perTicketFen: number;
}

/** Index of the weight band of a parcel; the last index is "above", one more is "unknown". */
export function bandOf(grams: number, bands: readonly number[]): number {
  if (grams < 0) return bands.length + 1;
  for (let index = 0; index < bands.length; index += 1) if (grams <= (bands[index] ?? 0)) return index;
  return bands.length;
}

/** Key of a band: "0-500", "501-1000", "20001+", "?". */
export function bandKey(index: number, bands: readonly number[]): string {
  if (index > bands.length) return '?';
  const from = index === 0 ? 0 : (bands[index - 1] ?? 0) + 1;
  return index === bands.length ? `${from}+` : `${from}-${bands[index] ?? 0}`;
}

/** For each row the number of its key, and the keys. */
export function keysOf(parcels: Parcels, dimension: SliceName, bands: readonly number[]): { of: Int32Array; keys: string[] } {
  const of = new Int32Array(parcels.size);
  if (dimension === 'province') {
    const numbers = new Map<string, number>();
    const placeKey = parcels.places.map((place) => {
      const key = normalizeProvince(place.province);
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    });
    for (let index = 0; index < parcels.size; index += 1) of[index] = placeKey[parcels.place[index] ?? 0] ?? 0;
    return { of, keys: [...numbers.keys()] };
  }
  if (dimension === 'band') {
    for (let index = 0; index < parcels.size; index += 1) of[index] = bandOf(parcels.grams[index] ?? -1, bands);
    return { of, keys: Array.from({ length: bands.length + 2 }, (_, index) => bandKey(index, bands)) };
  }
  const column = dimension === 'month' ? parcels.month : dimension === 'shop' ? parcels.shop : parcels.item;
  for (let index = 0; index < parcels.size; index += 1) of[index] = column[index] ?? 0;
  const keys = dimension === 'month' ? parcels.months.map((month) => month.key) : dimension === 'shop' ? [...parcels.shopNames] : [...parcels.itemNames];
  return { of, keys };
}

/** One cut of one option, biggest part first (months in time order). */
export function sliceOption(model: CostModel, priced: PricedOption, result: OptionResult, dimension: SliceName): Slice[] {
  const { parcels, scenario } = model;
  const { of, keys } = keysOf(parcels, dimension, scenario.analysis.bandsGrams);
  const monthCount = parcels.months.length;
  const cost = keys.map(() => 0);
  const counts = Array.from({ length: monthCount }, () => keys.map(() => 0));
  for (let index = 0; index < parcels.size; index += 1) {
    const unit = priced.unit[index] ?? 0;
    if (unit < 0) continue;
    const count = parcels.count[index] ?? 0;
    const key = of[index] ?? 0;
    cost[key] = (cost[key] ?? 0) + unit * count;
    const month = counts[parcels.month[index] ?? 0];
    if (month) month[key] = (month[key] ?? 0) + count;
  }
  counts.forEach((month, index) => {
    const monthly = result.months[index]?.monthlyE4 ?? 0;
    // a month that shipped nothing still costs its rent: that stays with its own row, or with the first key
    const weights = month.some((count) => count > 0) || dimension !== 'month' ? month : month.map((_, key) => (key === index ? 1 : 0));
    apportion(monthly, weights).forEach((part, key) => {
      cost[key] = (cost[key] ?? 0) + part;
    });
  });
  const rounded = roundParts(cost, E4_PER_FEN).parts;
  const slices = keys.map((key, index): Slice => {
    const count = counts.reduce((sum, month) => sum + (month[index] ?? 0), 0);
    return { key, parcels: count, fen: rounded[index] ?? 0, perTicketFen: count === 0 ? 0 : roundDiv(rounded[index] ?? 0, count) };
  });
  const used = slices.filter((slice) => slice.parcels > 0 || slice.fen !== 0);
  return dimension === 'month' || dimension === 'band' ? used : used.sort((a, b) => b.parcels - a.parcels || (a.key < b.key ? -1 : 1));
}
