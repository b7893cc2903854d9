/** Every parcel priced under every option: the distribution, and the parcels that another option ships for less. */
import { apportion } from './money.ts';
import type { CostModel, OptionResult, PricedOption } from './evaluate.ts';
import { bandKey, bandOf } from './slices.ts';
import { normalizeProvince } from './places.ts';

export interface Distribution {
  readonly option: string;
  readonly minE4: number;
  readonly p10E4: number;
  readonly p50E4: number;
  readonly p90E4: number;
  readonly maxE4: number;
  /** Parcels per 0.50 yuan of all-in ticket cost: `fromE4` ≤ cost < fromE4 + 5000. */
  readonly histogram: readonly { readonly fromE4: number; readonly parcels: number }[];
}

export interface CheaperElsewhere {
  readonly quote: string;
  /** Parcels whose own freight, material and the like cost more than this quote's price for them. */
  readonly parcels: number;
  readonly savingE4: number;
  readonly cells: readonly { readonly province: string; readonly band: string; readonly parcels: number; readonly savingE4: number }[];
}

/** All-in E4 of each row (its `count` parcels together) under one option: its own cost plus its share of the month. Unpriced rows are −1. */
export function replayRows(model: CostModel, priced: PricedOption, result: OptionResult): Float64Array {
  const { parcels } = model;
  const all = new Float64Array(parcels.size);
  const byMonth: number[][] = parcels.months.map(() => []);
  for (let index = 0; index < parcels.size; index += 1) {
    if ((priced.unit[index] ?? 0) < 0) all[index] = -1;
    else {
      all[index] = (priced.unit[index] ?? 0) * (parcels.count[index] ?? 0);
      byMonth[parcels.month[index] ?? 0]?.push(index);
    }
  }
  // a month that shipped nothing still cost its rent: all parcels of the period carry it
  const idle = result.months.reduce((sum, month, index) => sum + (byMonth[index]?.length === 0 ? month.monthlyE4 : 0), 0);
  if (idle > 0) byMonth.push(byMonth.flat());
  byMonth.forEach((rows, month) => {
    const shares = apportion(month < result.months.length ? (result.months[month]?.monthlyE4 ?? 0) : idle, rows.map((index) => parcels.count[index] ?? 0));
    rows.forEach((index, n) => {
      all[index] = (all[index] ?? 0) + (shares[n] ?? 0);
    });
  });
  return all;
}

const bin = 5000;

/** Distribution of the all-in ticket cost. */
export function distribution(model: CostModel, priced: PricedOption, result: OptionResult): Distribution {
  const { parcels } = model;
  const rows = replayRows(model, priced, result);
  const entries: { e4: number; count: number }[] = [];
  const bins = new Map<number, number>();
  let total = 0;
  for (let index = 0; index < parcels.size; index += 1) {
    const value = rows[index] ?? -1;
    if (value < 0) continue;
    const count = parcels.count[index] ?? 1;
    const e4 = Math.round(value / count);
    entries.push({ e4, count });
    bins.set(Math.floor(e4 / bin) * bin, (bins.get(Math.floor(e4 / bin) * bin) ?? 0) + count);
    total += count;
  }
  entries.sort((a, b) => a.e4 - b.e4);
  const at = (part: number) => {
    let seen = 0;
    for (const entry of entries) {
      seen += entry.count;
      if (seen >= total * part) return entry.e4;
    }
    return 0;
  };
  return {
    option: priced.model.id,
    minE4: entries[0]?.e4 ?? 0,
    p10E4: at(0.1),
    p50E4: at(0.5),
    p90E4: at(0.9),
    maxE4: entries[entries.length - 1]?.e4 ?? 0,
    histogram: [...bins].sort((a, b) => a[0] - b[0]).map(([fromE4, count]) => ({ fromE4, parcels: count })),
  };
}

/** Parcels a quote ships for less than what own shipping pays for them besides its fixed costs. */
export function cheaperElsewhere(model: CostModel, own: PricedOption, quote: PricedOption): CheaperElsewhere {
  const { parcels, scenario } = model;
  const bands = scenario.analysis.bandsGrams;
  const cells = new Map<string, { province: string; band: string; parcels: number; savingE4: number }>();
  let count = 0;
  let savingE4 = 0;
  for (let index = 0; index < parcels.size; index += 1) {
    const mine = own.unit[index] ?? -1;
    const theirs = quote.unit[index] ?? -1;
    if (mine < 0 || theirs < 0 || theirs >= mine) continue;
    const many = parcels.count[index] ?? 0;
    const province = normalizeProvince(parcels.places[parcels.place[index] ?? 0]?.province ?? '');
    const band = bandKey(bandOf(parcels.grams[index] ?? -1, bands), bands);
    const cell = cells.get(`${province}/${band}`) ?? { province, band, parcels: 0, savingE4: 0 };
    cell.parcels += many;
    cell.savingE4 += (mine - theirs) * many;
    cells.set(`${province}/${band}`, cell);
    count += many;
    savingE4 += (mine - theirs) * many;
  }
  return { quote: quote.model.id, parcels: count, savingE4, cells: [...cells.values()].sort((a, b) => b.savingE4 - a.savingE4) };
}
