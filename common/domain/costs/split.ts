/**
 * The best split of the parcels between own shipping and one quote.
 *
 * Parcels are put into classes; classes move to the warehouse one after the other, those first that gain most per parcel, and the whole
 * cost is worked out again after every move: own fixed cost and crew for what is left, the warehouse's minimum, storage, deposit and tax
 * for what moved. Rent that only goes away when the last parcel leaves stays until then. The cheapest of all these states is the answer;
 * "nothing moves" and "everything moves" are among them, so a split is never worse than the better pure option.
 * A second order (dearest own parcels first) is tried too, because a monthly minimum that is paid anyway makes warehouse parcels free.
 */
import { neutral } from './factors.ts';
import { monthLoad } from './evaluate.ts';
import type { CostModel, PricedOption } from './evaluate.ts';
import { bandKey, bandOf } from './slices.ts';
import { normalizeProvince } from './places.ts';

/** Everything of one class in one month. */
interface Cell {
  parcels: number;
  items: number;
  own: number;
  cloud: number;
  bill: number;
}

interface ParcelClass {
  readonly key: string;
  readonly province: string;
  readonly band: string;
  /** A class without a price on one side has no choice. */
  readonly forced: 'own' | 'cloud' | undefined;
  readonly months: Cell[];
}

export interface SplitPart {
  readonly province: string;
  readonly band: string;
  readonly parcels: number;
  /** Own variable cost − warehouse variable cost of these parcels. */
  readonly gainE4: number;
}

export interface Split {
  readonly quote: string;
  readonly ownParcels: number;
  readonly cloudParcels: number;
  readonly e4: number;
  readonly ownOnlyE4: number | null;
  readonly cloudOnlyE4: number | null;
  /** Against the better pure option that can ship everything; 0 when a pure option is best, null when neither can ship everything. */
  readonly savingE4: number | null;
  readonly savingPerMonthE4: number | null;
  /** What moves, as rules a packer's computer can follow: province and weight band. */
  readonly moved: readonly SplitPart[];
  /** The same search on single parcels instead of rules: how far the rules are from the best that could be done. */
  readonly bestPossibleE4: number;
  readonly lastQuarter: QuarterCheck | null;
}

export interface QuarterCheck {
  readonly months: readonly string[];
  /** Months the rules were found on. */
  readonly foundOn: readonly string[];
  readonly ownE4: number;
  readonly cloudE4: number | null;
  readonly splitE4: number;
}

/** The best split with one quote. */
export function bestSplit(model: CostModel, own: PricedOption, quote: PricedOption): Split {
  const byRule = classesBy(model, own, quote, 'rule');
  const months = model.parcels.months.map((_, index) => index);
  const rule = search(model, own, quote, byRule, months);
  const fine = search(model, own, quote, classesBy(model, own, quote, 'gain'), months);
  const monthParts = model.parcels.months.reduce((sum, month) => sum + month.covered / month.length, 0);
  const pure = [rule.ownOnly, rule.cloudOnly].filter((value) => value !== null);
  const savingE4 = pure.length === 0 ? null : Math.min(...pure) - rule.e4;
  const moved = byRule
    .filter((entry) => rule.moved.has(entry.key))
    .map((entry) => {
      const sum = total(entry.months);
      return { province: entry.province, band: entry.band, parcels: sum.parcels, gainE4: sum.own - sum.cloud };
    })
    .sort((a, b) => b.gainE4 - a.gainE4);
  const all = byRule.reduce((sum, entry) => sum + total(entry.months).parcels, 0);
  const cloudParcels = moved.reduce((sum, part) => sum + part.parcels, 0);
  return {
    quote: quote.model.id,
    ownParcels: all - cloudParcels,
    cloudParcels,
    e4: rule.e4,
    ownOnlyE4: rule.ownOnly,
    cloudOnlyE4: rule.cloudOnly,
    savingE4,
    savingPerMonthE4: savingE4 === null || monthParts === 0 ? null : Math.round(savingE4 / monthParts),
    moved,
    bestPossibleE4: Math.min(fine.e4, rule.e4),
    lastQuarter: model.parcels.real ? checkQuarter(model, own, quote, byRule) : null,
  };
}

/** Finds the rules on the months before and applies them to the last three; with three months or fewer on the same ones. */
function checkQuarter(model: CostModel, own: PricedOption, quote: PricedOption, classes: readonly ParcelClass[]): QuarterCheck | null {
  const count = model.parcels.months.length;
  if (count === 0 || classes.length === 0) return null;
  const last = Array.from({ length: Math.min(3, count) }, (_, index) => count - Math.min(3, count) + index);
  const before = Array.from({ length: Math.max(0, count - 3) }, (_, index) => index);
  const foundOn = before.length > 0 ? before : last;
  const found = search(model, own, quote, classes, foundOn);
  const none = search(model, own, quote, classes, last);
  const names = (list: readonly number[]) => list.map((month) => model.parcels.months[month]?.key ?? '');
  return {
    months: names(last),
    foundOn: names(foundOn),
    ownE4: none.ownOnly ?? costOf(model, own, quote, sumMonths(classes, last, (entry) => entry.forced !== 'cloud'), sumMonths(classes, last, (entry) => entry.forced === 'cloud'), last),
    cloudE4: none.cloudOnly,
    splitE4: costOf(
      model, own, quote,
      sumMonths(classes, last, (entry) => !found.moved.has(entry.key)),
      sumMonths(classes, last, (entry) => found.moved.has(entry.key)),
      last,
    ),
  };
}

function classesBy(model: CostModel, own: PricedOption, quote: PricedOption, how: 'rule' | 'gain'): ParcelClass[] {
  const { parcels, scenario } = model;
  const bands = scenario.analysis.bandsGrams;
  const provinceOf = parcels.places.map((place) => normalizeProvince(place.province));
  const classes = new Map<string | number, ParcelClass>();
  const rows: { readonly index: number; readonly gain: number }[] = [];
  for (let index = 0; index < parcels.size; index += 1) {
    const mine = own.unit[index] ?? -1;
    const theirs = quote.unit[index] ?? -1;
    if (mine < 0 && theirs < 0) continue;
    rows.push({ index, gain: mine - theirs });
  }
  // single parcels are bundled into at most 2000 steps of equal gain, so that a large history stays quick
  const step = how === 'gain' ? gainStep(rows) : 1;
  for (const { index, gain } of rows) {
    const mine = own.unit[index] ?? -1;
    const theirs = quote.unit[index] ?? -1;
    const forced = theirs < 0 ? 'own' : mine < 0 ? 'cloud' : undefined;
    const province = provinceOf[parcels.place[index] ?? 0] ?? '';
    const band = bandKey(bandOf(parcels.grams[index] ?? -1, bands), bands);
    const key = forced !== undefined || how === 'rule' ? `${forced ?? ''}/${province}/${band}` : Math.floor(gain / step);
    let entry = classes.get(key);
    if (!entry) {
      entry = { key: String(key), province, band, forced, months: parcels.months.map(() => ({ parcels: 0, items: 0, own: 0, cloud: 0, bill: 0 })) };
      classes.set(key, entry);
    }
    const cell = entry.months[parcels.month[index] ?? 0];
    if (!cell) continue;
    const count = parcels.count[index] ?? 0;
    cell.parcels += count;
    cell.items += (parcels.items[index] ?? 1) * count;
    if (mine >= 0) cell.own += mine * count;
    if (theirs >= 0) {
      cell.cloud += theirs * count;
      cell.bill += (quote.billed[index] ?? 0) * count;
    }
  }
  return [...classes.values()];
}

function gainStep(rows: readonly { readonly gain: number }[]): number {
  let low = 0;
  let high = 0;
  for (const { gain } of rows) {
    low = Math.min(low, gain);
    high = Math.max(high, gain);
  }
  return Math.max(1, Math.ceil((high - low) / 2000));
}

interface Found {
  readonly e4: number;
  readonly moved: ReadonlySet<string>;
  readonly ownOnly: number | null;
  readonly cloudOnly: number | null;
}

function search(model: CostModel, own: PricedOption, quote: PricedOption, classes: readonly ParcelClass[], months: readonly number[]): Found {
  const free = classes.filter((entry) => entry.forced === undefined);
  const mustMove = classes.filter((entry) => entry.forced === 'cloud');
  const mustStay = classes.some((entry) => entry.forced === 'own');
  const perParcel = (entry: ParcelClass, pick: (cell: Cell) => number) => {
    const sum = total(months.map((month) => entry.months[month] ?? empty()));
    return sum.parcels === 0 ? 0 : pick(sum) / sum.parcels;
  };
  const orders = [
    [...free].sort((a, b) => perParcel(b, (cell) => cell.own - cell.cloud) - perParcel(a, (cell) => cell.own - cell.cloud)),
    [...free].sort((a, b) => perParcel(b, (cell) => cell.own) - perParcel(a, (cell) => cell.own)),
  ];
  let best = Infinity;
  let moved = new Set<string>();
  let ownOnly: number | null = null;
  let cloudOnly: number | null = null;
  for (const order of orders) {
    const stay = sumMonths(classes, months, (entry) => entry.forced !== 'cloud');
    const go = sumMonths(mustMove, months, () => true);
    for (let step = 0; step <= order.length; step += 1) {
      const entry = order[step - 1];
      if (entry) {
        months.forEach((month, n) => {
          const cell = entry.months[month];
          const from = stay[n];
          const to = go[n];
          if (!cell || !from || !to) return;
          add(from, cell, -1);
          add(to, cell, 1);
        });
      }
      const cost = costOf(model, own, quote, stay, go, months);
      if (step === 0 && mustMove.length === 0) ownOnly = cost;
      if (step === order.length && !mustStay) cloudOnly = cost;
      if (cost < best) {
        best = cost;
        moved = new Set([...mustMove, ...order.slice(0, step)].map((each) => each.key));
      }
    }
  }
  return { e4: Number.isFinite(best) ? best : 0, moved, ownOnly, cloudOnly };
}

/** Cost of a state in E4: what stays, month by month, and what went. */
function costOf(model: CostModel, own: PricedOption, quote: PricedOption, stay: readonly Cell[], go: readonly Cell[], months: readonly number[]): number {
  const closed = stay.every((cell) => cell.parcels === 0);
  const unused = go.every((cell) => cell.parcels === 0);
  const buffer: number[] = [];
  let sum = 0;
  months.forEach((month, n) => {
    const mine = stay[n] ?? empty();
    const theirs = go[n] ?? empty();
    const allParcels = mine.parcels + theirs.parcels;
    if (!closed || unused) {
      buffer.length = own.model.monthlyIds.length;
      own.model.month(monthLoad(model, month, { parcels: mine.parcels, items: mine.items, allParcels }), 0, neutral, buffer, false);
      sum += mine.own;
      for (const value of buffer) sum += value;
    }
    if (!unused) {
      buffer.length = quote.model.monthlyIds.length;
      quote.model.month(monthLoad(model, month, { parcels: theirs.parcels, items: theirs.items, allParcels }), theirs.bill, neutral, buffer, closed);
      sum += theirs.cloud;
      for (const value of buffer) sum += value;
    }
  });
  return sum;
}

function empty(): Cell {
  return { parcels: 0, items: 0, own: 0, cloud: 0, bill: 0 };
}

function add(to: Cell, cell: Cell, sign: 1 | -1): void {
  to.parcels += sign * cell.parcels;
  to.items += sign * cell.items;
  to.own += sign * cell.own;
  to.cloud += sign * cell.cloud;
  to.bill += sign * cell.bill;
}

function total(cells: readonly Cell[]): Cell {
  const sum = empty();
  for (const cell of cells) add(sum, cell, 1);
  return sum;
}

function sumMonths(classes: readonly ParcelClass[], months: readonly number[], which: (entry: ParcelClass) => boolean): Cell[] {
  return months.map((month) => total(classes.filter(which).map((entry) => entry.months[month] ?? empty())));
}
