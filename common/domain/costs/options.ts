/**
 * The options of a scenario made ready to be priced: own shipping and each quote. An option has
 * - a price per parcel, made of variable components (freight, handling, material, …), and
 * - a price per month, made of monthly components (rent, crew, storage, minimum, tax, …) that depend on how much the month ships.
 * Everything is in E4.
 */
import { BP, ceilDiv, fenToE4, mulDiv, share } from './money.ts';
import { scaled } from './factors.ts';
import type { Factors } from './factors.ts';
import { compileFreight, freightReasons } from './freight.ts';
import type { CompiledFreight, PlaceTariff } from './freight.ts';
import type { FreightTable } from './freight-schema.ts';
import type { Parcels } from './parcels.ts';
import type { Box, FixedItem, Own, Quote, Scenario } from './scenario.ts';
import { crewOf } from './staff.ts';
import type { MonthVolume } from './staff.ts';
import { stockLevel, storageE4 } from './stock.ts';

/** A month in which an option ships `parcels` of the `allParcels` of the whole shop. */
export interface MonthLoad extends MonthVolume {
  readonly allParcels: number;
}

export interface OptionModel {
  readonly id: string;
  readonly kind: 'own' | 'cloud';
  /** Ids of the components of one parcel; index = position in `unit`. */
  readonly variableIds: readonly string[];
  /** Which of them are on the warehouse's bill (tax and monthly minimum apply). */
  readonly billed: readonly boolean[];
  /** Positions that differ from parcel to parcel; the others are the same for every parcel and come from `constants`. */
  readonly varying: readonly number[];
  /** Ids of the components of one month. */
  readonly monthlyIds: readonly string[];
  /** E4 of each variable component that every parcel has alike; 0 at the varying positions. */
  constants(factors: Factors): number[];
  /** Fills the varying positions of `unit` with the E4 of one parcel of row `index` that weighs `grams` (−1: unknown); 0, or 1 + index of the reason it has no price. */
  price(parcels: Parcels, index: number, grams: number, factors: Factors, unit: Float64Array): number;
  /** Fills `out` with the E4 components of a month; `bill` is the billed part of its parcels. `closed`: own shipping has been given up. */
  month(load: MonthLoad, bill: number, factors: Factors, out: number[], closed: boolean): void;
}

/** Reason codes of a parcel without a price; 0 is "priced". */
export const priceReasons = freightReasons;

/** All options of a scenario for one set of parcels, own shipping first. */
export function buildOptions(scenario: Scenario, parcels: Parcels): OptionModel[] {
  const tables = new Map(scenario.freightTables.map((table) => [table.id, table]));
  return [ownOption(scenario, parcels, tables), ...scenario.quotes.map((quote) => cloudOption(scenario, quote, parcels, tables))];
}

/** Freight of several tables in order; the first that has a price is used. */
function freightPricer(tables: readonly FreightTable[], parcels: Parcels, pricedOn: string | undefined) {
  const compiled: CompiledFreight[] = tables.map(compileFreight);
  const tariffs: PlaceTariff[][] = parcels.places.map(({ province, city }) => compiled.map((table) => table.place(province, city)));
  const first = tariffs.map((list) => list[0]);
  return (index: number, grams: number): number => {
    const date = pricedOn ?? parcels.dates[parcels.date[index] ?? 0] ?? '';
    if (compiled.length === 1) return first[parcels.place[index] ?? 0]?.e4(grams, parcels.cm3[index] ?? 0, date) ?? -1;
    const place = tariffs[parcels.place[index] ?? 0] ?? [];
    const cm3 = parcels.cm3[index] ?? 0;
    let refusal = -1 - freightReasons.indexOf('no-rule');
    for (let n = 0; n < place.length; n += 1) {
      const e4 = place[n]?.e4(grams, cm3, date) ?? -1;
      if (e4 >= 0) return e4;
      refusal = e4;
    }
    return refusal;
  };
}

/** Price of the first box that fits; the largest one when none does. An explicit box id goes first. */
function boxPricer(boxes: readonly Box[], parcels: Parcels) {
  const byId = new Map(boxes.map((box) => [box.id, box.priceE4]));
  const last = boxes[boxes.length - 1];
  return (index: number, grams: number): number => {
    const chosen = parcels.boxIds[parcels.box[index] ?? 0];
    if (chosen) {
      const price = byId.get(chosen);
      if (price !== undefined) return price;
    }
    for (const box of boxes) if (fits(box, parcels, index, grams)) return box.priceE4;
    return last?.priceE4 ?? 0;
  };
}

/** True when a parcel fits a box; an unknown weight or volume (−1, 0) does not exclude one. */
export function fits(box: Box, parcels: Parcels, index: number, grams: number): boolean {
  return (
    (box.maxItems === undefined || (parcels.items[index] ?? 1) <= box.maxItems) &&
    (box.maxGrams === undefined || grams <= box.maxGrams) &&
    (box.maxCm3 === undefined || (parcels.cm3[index] ?? 0) <= box.maxCm3)
  );
}

/** Grams of every row under the weight factor; unknown stays −1. */
export function gramsUnder(parcels: Parcels, factors: Factors): Int32Array {
  if (factors.weight === BP) return parcels.grams;
  return parcels.grams.map((grams) => (grams < 0 ? grams : scaled(grams, factors.weight)));
}

function ownOption(scenario: Scenario, parcels: Parcels, tables: ReadonlyMap<string, FreightTable>): OptionModel {
  const own: Own = scenario.own;
  const freight = freightPricer(own.freight.flatMap((table) => tables.get(table) ?? []), parcels, scenario.pricedOn);
  const box = boxPricer(own.material?.boxes ?? [], parcels);
  const labelE4 = own.material?.labelE4 ?? 0;
  const tapeE4 = own.material?.tapeE4 ?? 0;
  const fillerE4 = own.material?.fillerE4 ?? 0;
  const loss = caseE4(own.loss);
  const misship = caseE4(own.misship);
  const returnE4 = (own.returns?.handlingE4 ?? 0) + (own.returns?.freightE4 ?? 0);
  const variableIds = ['freight', 'box', 'label', 'tape', 'filler', 'perParcel', 'perItem', 'loss', 'misship', 'returns'];
  return {
    id: 'own',
    kind: 'own',
    variableIds,
    billed: variableIds.map(() => false),
    varying: [0, ...((own.material?.boxes.length ?? 0) > 0 ? [1] : []), ...(own.perItemE4 > 0 ? [6] : [])],
    monthlyIds: [...own.fixed.map((item) => `fixed.${item.id}`), 'wage', 'social', 'overtime', 'temporary', 'capital'],
    constants: (factors) => [0, 0, labelE4, tapeE4, fillerE4, own.perParcelE4, 0, loss, misship, share(returnE4, returnBp(scenario, factors))],
    price(rows, index, grams, factors, unit) {
      // a scenario may leave freight out on purpose; a table that has no price may not be left out
      const price = own.freight.length === 0 ? 0 : freight(index, grams);
      if (price < 0) return -price;
      unit[0] = scaled(price, factors.freight);
      unit[1] = box(index, grams);
      unit[6] = own.perItemE4 * (rows.items[index] ?? 1);
      return 0;
    },
    month(load, _bill, factors, out, closed) {
      own.fixed.forEach((item, index) => {
        out[index] = fixedE4(item, load, factors, closed);
      });
      const at = own.fixed.length;
      const staff = own.staff;
      out[at] = out[at + 1] = out[at + 2] = out[at + 3] = 0;
      if (staff && !closed) {
        const crew = crewOf(staff, load);
        const part = (monthlyFen: number, people: number) =>
          load.length === 0 ? 0 : scaled(mulDiv(fenToE4(monthlyFen) * people, load.covered, load.length), factors.wage);
        out[at] = part(staff.wageFen, crew.packers);
        out[at + 1] = part(staff.socialFen, crew.packers);
        out[at + 2] = scaled((staff.overtime?.perParcelE4 ?? 0) * crew.overtimeParcels, factors.wage);
        out[at + 3] = part(staff.tempWageFen ?? staff.wageFen + staff.socialFen, crew.temporary);
      }
      out[at + 4] = closed ? 0 : stockCapitalE4(scenario, load);
    },
  };
}

function cloudOption(scenario: Scenario, quote: Quote, parcels: Parcels, tables: ReadonlyMap<string, FreightTable>): OptionModel {
  const form = quote.price;
  const tableIds = form.kind === 'handling' ? form.freight : form.table === undefined ? [] : [form.table];
  const table = freightPricer(
    form.kind === 'all-in' && form.table === undefined ? [inlineTable(quote)] : tableIds.flatMap((id) => tables.get(id) ?? []),
    parcels,
    scenario.pricedOn,
  );
  const material = quote.material;
  const box = boxPricer(material.kind === 'boxes' ? material.boxes : (scenario.own.material?.boxes ?? []), parcels);
  const ownExtras = (scenario.own.material?.labelE4 ?? 0) + (scenario.own.material?.tapeE4 ?? 0) + (scenario.own.material?.fillerE4 ?? 0);
  const perParcelAdded = quote.valueAdded.reduce((sum, line) => sum + share(line.perParcelE4, line.shareBp), 0);
  const perItemAdded = quote.valueAdded.map((line) => ({ e4: line.perItemE4, shareBp: line.shareBp })).filter((line) => line.e4 > 0);
  const inboundPerItem = (quote.inbound?.perItemE4 ?? 0) + mulDiv(scenario.stock?.itemCm3 ?? 0, quote.inbound?.perM3E4 ?? 0, 1_000_000);
  const returnE4 = (quote.returns?.handlingE4 ?? 0) + (quote.returns?.freightE4 ?? 0);
  const loss = caseE4(quote.loss);
  const misship = caseE4(quote.misship);
  const kept = scenario.own.fixed.filter((item) => item.goesAway === 'never');
  const handled = form.kind === 'handling';
  const materialVaries = material.kind === 'boxes' || material.kind === 'own-plus';
  const variableIds = ['price', 'handling', 'freight', 'material', 'valueAdded', 'inbound', 'returns', 'loss', 'misship'];

  return {
    id: quote.id,
    kind: 'cloud',
    variableIds,
    billed: variableIds.map((id) => id !== 'loss' && id !== 'misship'),
    varying: [...(handled ? [1, 2] : [0]), ...(materialVaries ? [3] : []), ...(perItemAdded.length > 0 ? [4] : []), ...(inboundPerItem > 0 ? [5] : [])],
    monthlyIds: ['inboundMonth', 'storage', 'fee', 'minimum', 'tax', 'deposit', 'capital', ...kept.map((item) => `kept.${item.id}`)],
    constants: (factors) => [
      0, 0, 0,
      material.kind === 'per-parcel' ? material.priceE4 : 0,
      perItemAdded.length > 0 ? 0 : perParcelAdded,
      0,
      share(returnE4, returnBp(scenario, factors)), loss, misship,
    ],
    price(rows, index, grams, factors, unit) {
      const price = table(index, grams);
      if (price < 0) return -price;
      const items = rows.items[index] ?? 1;
      if (form.kind === 'handling') {
        unit[1] = scaled(form.firstItemE4 + form.furtherItemE4 * (items - 1), factors.cloud);
        unit[2] = scaled(price, factors.freight);
      } else unit[0] = scaled(price, factors.cloud);
      if (material.kind === 'boxes') unit[3] = box(index, grams);
      else if (material.kind === 'own-plus') unit[3] = mulDiv(box(index, grams) + ownExtras, BP + material.markupBp, BP);
      if (perItemAdded.length > 0) {
        let added = perParcelAdded;
        for (const line of perItemAdded) added += share(line.e4 * items, line.shareBp);
        unit[4] = added;
      }
      unit[5] = inboundPerItem * items;
      return 0;
    },
    month(load, bill, factors, out, closed) {
      const inMonth = (fenPerMonth: number) => (load.length === 0 ? 0 : mulDiv(fenToE4(fenPerMonth), load.covered, load.length));
      out[0] = inMonth(quote.inbound?.perMonthFen ?? 0);
      out[1] = scenario.stock ? storageE4(quote.storage, scenario.stock, load) : 0;
      out[2] = inMonth(quote.monthlyFeeFen);
      const sum = bill + out[0] + out[1] + out[2];
      out[3] = Math.max(0, inMonth(quote.monthlyMinimumFen) - sum);
      out[4] = quote.taxIncluded ? 0 : share(sum + out[3], quote.taxBp);
      out[5] = yearPart(fenToE4(quote.depositFen), scenario.capitalBpPerYear, load);
      out[6] = stockCapitalE4(scenario, load);
      kept.forEach((item, index) => {
        out[7 + index] = closed ? fixedE4(item, load, factors, true) : 0;
      });
    },
  };
}

/** An all-in quote with one price or bands is a freight table for every place. */
function inlineTable(quote: Quote): FreightTable {
  const form = quote.price;
  const price =
    form.kind === 'all-in' && form.bands
      ? { kind: 'bands' as const, bands: form.bands }
      : { kind: 'fixed' as const, priceE4: form.kind === 'all-in' ? (form.priceE4 ?? 0) : 0 };
  return {
    id: quote.id,
    name: quote.name,
    example: quote.example,
    rules: [],
    nationwide: price,
    fallback: price,
    surcharges: [],
    notServed: form.kind === 'all-in' ? form.notServed : [],
  };
}

function caseE4(line: Own['loss']): number {
  return line ? share(fenToE4(line.caseFen), line.bp) : 0;
}

function returnBp(scenario: Scenario, factors: Factors): number {
  return Math.min(BP, scaled(scenario.returnBp, factors.returns));
}

/** A fixed item in one month. Above its capacity it is paid more than once; what goes away with the volume is paid by share. */
function fixedE4(item: FixedItem, load: MonthLoad, factors: Factors, closed: boolean): number {
  if (closed && item.goesAway !== 'never') return 0;
  if (load.length === 0 || load.covered === 0) return 0;
  const monthly = fenToE4(item.fen ?? (item.areaM2 ?? 0) * (item.perM2Fen ?? 0));
  const volume = item.goesAway === 'never' ? load.allParcels : load.parcels;
  const times =
    item.capacityPerDay === undefined ? 1 : Math.max(1, ceilDiv(volume * load.length, item.capacityPerDay * load.days * load.covered));
  let amount = mulDiv(monthly * times, load.covered, load.length);
  if (item.goesAway === 'with-volume' && load.parcels !== load.allParcels) amount = mulDiv(amount, load.parcels, load.allParcels);
  return item.kind === 'rent' ? scaled(amount, factors.rent) : amount;
}

function stockCapitalE4(scenario: Scenario, load: MonthLoad): number {
  if (!scenario.stock || scenario.capitalBpPerYear === 0) return 0;
  return yearPart(fenToE4(stockLevel(scenario.stock, load).valueFen), scenario.capitalBpPerYear, load);
}

/** Interest of one month on an amount at a yearly rate. */
function yearPart(amountE4: number, bpPerYear: number, load: MonthLoad): number {
  if (amountE4 === 0 || bpPerYear === 0 || load.length === 0) return 0;
  return mulDiv(share(amountE4, bpPerYear), load.covered, 12 * load.length);
}
