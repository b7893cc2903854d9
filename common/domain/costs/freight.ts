/**
 * Pricing one parcel by a freight table.
 *
 * chargeable grams = max(actual, ⌈volume cm³ × 1000 / divisor⌉)
 * rule              = not served → city rule → province rule → nation-wide price → fallback (only for an unknown province)
 * price             = rule(chargeable grams) + every matching surcharge
 *
 * First + additional weight: up to first + allowance grams the first price; above it first price + steps × step price, with
 * steps = ⌈(grams − first − allowance) / step⌉ ("up"), (grams − first) / step to the nearest whole (half up), or pro rata ("exact").
 * Of several rules for one place the one with the later start date wins, then the one written first.
 */
import { ceilDiv, mulDiv, roundDiv } from './money.ts';
import { isProvince, normalizeCity, normalizeProvince } from './places.ts';
import type { FreightPrice, FreightRule, FreightTable, Surcharge } from './freight-schema.ts';

/** Why a parcel has no price, or which rule gave it. */
export type FreightReason = 'not-served' | 'no-rule' | 'too-heavy' | 'not-valid' | 'no-weight';
export type FreightSource = 'city' | 'province' | 'nationwide' | 'fallback';

export type FreightQuote =
  | { readonly ok: true; readonly e4: number; readonly chargeableGrams: number; readonly source: FreightSource; readonly surchargeE4: number; readonly rule?: string }
  | { readonly ok: false; readonly reason: FreightReason };

/** Chargeable weight: the larger of actual and volumetric grams. */
export function chargeableGrams(actual: number, cm3: number, divisor: number | undefined): number {
  if (divisor === undefined || cm3 <= 0) return actual;
  return Math.max(actual, ceilDiv(cm3 * 1000, divisor));
}

/** Price of a weight under one price line in E4, or undefined when the weight is above the last band. */
export function priceOfWeight(price: FreightPrice, weight: number): number | undefined {
  if (price.kind === 'fixed') return price.priceE4;
  if (price.kind === 'first-additional') {
    const extra = weight - price.firstGrams;
    if (extra <= price.allowanceGrams) return price.firstE4;
    if (price.rounding === 'exact') return price.firstE4 + mulDiv(price.stepE4, extra, price.stepGrams);
    const steps = price.rounding === 'up' ? ceilDiv(extra - price.allowanceGrams, price.stepGrams) : roundDiv(extra, price.stepGrams);
    return price.firstE4 + steps * price.stepE4;
  }
  for (const band of price.bands) if (weight <= band.uptoGrams) return band.priceE4;
  const last = price.bands[price.bands.length - 1];
  if (!price.over || !last) return undefined;
  return last.priceE4 + ceilDiv(weight - last.uptoGrams, price.over.stepGrams) * price.over.stepE4;
}

/** True when a date (YYYY-MM-DD) lies in an open or closed range of dates; both ends belong to it. */
export function isValidOn(range: { readonly validFrom?: string | undefined; readonly validTo?: string | undefined }, date: string): boolean {
  return (range.validFrom === undefined || range.validFrom <= date) && (range.validTo === undefined || date <= range.validTo);
}

interface PlacePrice {
  readonly dated: boolean;
  readonly candidates: readonly { readonly source: FreightSource; readonly price: FreightPrice; readonly range: FreightRule | FreightTable; readonly name?: string }[];
  readonly surcharges: readonly Surcharge[];
  readonly refused: boolean;
}

/** One place under one table: everything that depends on the address is already decided. */
export interface PlaceTariff {
  /** Prices a parcel to this place. `date` decides between dated rules; grams −1 = unknown. */
  quote(grams: number, cm3: number, date: string): FreightQuote;
  /** The same in E4 for loops over many parcels, or −1 − index of the reason in `freightReasons`. */
  e4(grams: number, cm3: number, date: string): number;
}

/** A table made ready for pricing many parcels; places are resolved once. */
export interface CompiledFreight {
  readonly table: FreightTable;
  place(province: string, city: string): PlaceTariff;
}

export const freightReasons: readonly FreightReason[] = ['not-served', 'no-rule', 'too-heavy', 'not-valid', 'no-weight'];

/** Makes a table ready for pricing. */
export function compileFreight(table: FreightTable): CompiledFreight {
  const places = new Map<string, PlacePrice>();
  const rules = table.rules.map((rule) => ({
    rule,
    provinces: new Set(rule.provinces.map(normalizeProvince)),
    cities: rule.cities.map(cityKey),
  }));
  const surcharges = table.surcharges.map((surcharge) => ({
    surcharge,
    provinces: new Set(surcharge.provinces.map(normalizeProvince)),
    cities: surcharge.cities.map(cityKey),
  }));
  const refusedProvinces = new Set(table.notServed.map(normalizeProvince));
  const refusedCities = table.notServed.map(cityKey);

  function resolve(province: string, city: string): PlacePrice {
    const key = `${province}/${city}`;
    const cached = places.get(key);
    if (cached) return cached;
    const shortProvince = normalizeProvince(province);
    const shortCity = normalizeCity(city);
    const inCities = (cities: readonly CityKey[]) =>
      shortCity !== '' && cities.some((entry) => entry.city === shortCity && (entry.province === '' || entry.province === shortProvince));
    const candidates: PlacePrice['candidates'][number][] = [];
    const add = (source: FreightSource, matching: typeof rules) => {
      const sorted = [...matching].sort((a, b) => (b.rule.validFrom ?? '').localeCompare(a.rule.validFrom ?? ''));
      for (const { rule } of sorted) candidates.push({ source, price: rule.price, range: rule, ...(rule.name === undefined ? {} : { name: rule.name }) });
    };
    add('city', rules.filter((entry) => inCities(entry.cities)));
    // a rule that names cities is about those cities, even when it also names their province
    add('province', rules.filter((entry) => entry.cities.length === 0 && entry.provinces.has(shortProvince)));
    const recognised = isProvince(shortProvince);
    if (table.nationwide && recognised) candidates.push({ source: 'nationwide', price: table.nationwide, range: table });
    if (table.fallback && !recognised) candidates.push({ source: 'fallback', price: table.fallback, range: table });
    const resolved: PlacePrice = {
      dated: candidates.some((entry) => entry.range.validFrom !== undefined || entry.range.validTo !== undefined),
      candidates,
      surcharges: surcharges
        .filter((entry) => inCities(entry.cities) || (entry.cities.length === 0 && entry.provinces.has(shortProvince)))
        .map((entry) => entry.surcharge),
      refused: refusedProvinces.has(shortProvince) || inCities(refusedCities),
    };
    places.set(key, resolved);
    return resolved;
  }

  function choose(place: PlacePrice, date: string) {
    if (!place.dated) return place.candidates[0];
    return place.candidates.find((entry) => isValidOn(entry.range, date));
  }

  function surchargeOf(place: PlacePrice, weight: number, date: string): number {
    let sum = 0;
    for (const surcharge of place.surcharges) {
      if (!isValidOn(surcharge, date)) continue;
      sum += surcharge.addE4 + (surcharge.perKgE4 === 0 ? 0 : ceilDiv(weight, 1000) * surcharge.perKgE4);
    }
    return sum;
  }

  const undatedTable = table.validFrom === undefined && table.validTo === undefined;

  function tariff(place: PlacePrice): PlaceTariff {
    // most places have one undated price and nothing on top: the loop over many parcels takes the short way
    const [only] = place.candidates;
    const short = undatedTable && !place.refused && !place.dated && place.surcharges.length === 0 ? only?.price : undefined;
    const divisor = table.volumetricDivisor;
    return {
      quote(grams, cm3, date) {
        const e4 = this.e4(grams, cm3, date);
        if (e4 < 0) return { ok: false, reason: freightReasons[-1 - e4] ?? 'no-rule' };
        const chosen = choose(place, date);
        const weight = chargeableGrams(grams, cm3, table.volumetricDivisor);
        return {
          ok: true,
          e4,
          chargeableGrams: weight,
          source: chosen?.source ?? 'fallback',
          surchargeE4: surchargeOf(place, weight, date),
          ...(chosen?.name === undefined ? {} : { rule: chosen.name }),
        };
      },
      e4(grams, cm3, date) {
        if (short !== undefined) {
          if (short.kind === 'fixed') return short.priceE4;
          if (grams < 0) return refusal('no-weight');
          const price = priceOfWeight(short, divisor === undefined ? grams : chargeableGrams(grams, cm3, divisor));
          return price ?? refusal('too-heavy');
        }
        if (!isValidOn(table, date)) return refusal('not-valid');
        if (place.refused) return refusal('not-served');
        const chosen = choose(place, date);
        if (!chosen) return refusal(place.candidates.length > 0 ? 'not-valid' : 'no-rule');
        if (grams < 0 && chosen.price.kind !== 'fixed') return refusal('no-weight');
        const weight = chargeableGrams(grams, cm3, table.volumetricDivisor);
        const base = priceOfWeight(chosen.price, weight);
        if (base === undefined) return refusal('too-heavy');
        return place.surcharges.length === 0 ? base : base + surchargeOf(place, weight, date);
      },
    };
  }

  return { table, place: (province, city) => tariff(resolve(province, city)) };
}

function refusal(reason: FreightReason): number {
  return -1 - freightReasons.indexOf(reason);
}

interface CityKey {
  readonly province: string;
  readonly city: string;
}

function cityKey(text: string): CityKey {
  const cut = text.indexOf('/');
  return cut < 0
    ? { province: '', city: normalizeCity(text) }
    : { province: normalizeProvince(text.slice(0, cut)), city: normalizeCity(text.slice(cut + 1)) };
}
