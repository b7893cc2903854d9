/** Prices of single parcels under a scenario: for routing and for comparing quoted with charged. */
import { e4ToFen } from '../../../common/domain/costs/money.ts';
import { buildModel, priceOption } from '../../../common/domain/costs/evaluate.ts';
import type { SavedScenario } from '../../../common/domain/costs/scenario.ts';

export interface ParcelToPrice {
  readonly date: string;
  readonly province: string;
  readonly city: string;
  /** null: unknown; only prices that do not ask for the weight exist then. */
  readonly grams: number | null;
  readonly items: number;
}

export interface ParcelPrice {
  /** Freight, material and other variable cost; null: no price. Nothing fixed is in it. */
  readonly ownFen: number | null;
  readonly ownE4: number | null;
  /** Quote id → the same for the quote. */
  readonly quotes: ReadonlyMap<string, { readonly fen: number; readonly e4: number } | null>;
}

/** Prices parcels one by one, each by its own date unless the scenario says otherwise. */
export function priceParcels(scenario: SavedScenario, parcels: readonly ParcelToPrice[]): ParcelPrice[] {
  if (parcels.length === 0) return [];
  const dates = parcels.map((parcel) => parcel.date).sort();
  const model = buildModel({
    ...scenario,
    parcels: {
      kind: 'real',
      from: dates[0] ?? '',
      to: dates.at(-1) ?? '',
      rows: parcels.map((parcel) => ({ date: parcel.date, province: parcel.province, city: parcel.city, grams: parcel.grams, items: Math.max(1, parcel.items), cm3: 0, item: '', shop: '', box: '', count: 1 })),
    },
  });
  // weights of other parcels of the same batch say nothing about this one
  const grams = Int32Array.from(parcels, (parcel) => parcel.grams ?? -1);
  const priced = model.options.map((option) => priceOption(model, option, undefined, grams));
  return parcels.map((_, index) => {
    const unit = (n: number) => {
      const e4 = priced[n]?.unit[index] ?? -1;
      return e4 < 0 ? null : { fen: e4ToFen(e4), e4 };
    };
    const own = unit(0);
    return {
      ownFen: own?.fen ?? null,
      ownE4: own?.e4 ?? null,
      quotes: new Map(scenario.quotes.map((quote, n) => [quote.id, unit(n + 1)])),
    };
  });
}
