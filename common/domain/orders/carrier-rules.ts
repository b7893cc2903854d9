/** Which carrier takes a parcel: the first rule that fits and whose carrier goes there, else the fallback. */
import type { CarrierRule, ReachExclusion, RuleConditions, RulePlace } from '../../contract/orders.ts';

export interface CarrierFacts {
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly grams: number | null;
  readonly shopId: string;
  readonly platform: string;
  readonly paidFen: number | null;
  /** Titles, specs and codes of the goods. */
  readonly goods: string;
  readonly notes: string;
}

export interface CarrierChoice {
  readonly carrierCode: string;
  /** Name of the rule, `fallback`, or `none`; carriers passed over because they do not go there are named behind it. */
  readonly reason: string;
  readonly ruleId: string | null;
}

/** Short and long names of a place meet: 浙江 and 浙江省, 内蒙古 and 内蒙古自治区. */
export function samePlace(left: string, right: string): boolean {
  return left !== '' && shortPlace(left) === shortPlace(right);
}

function shortPlace(name: string): string {
  return name.length <= 2 ? name : name.replace(/(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|盟|区|县)$/, '');
}

/** True when a parcel to `at` goes into `place`; a level that is empty is any. */
export function isInside(at: RulePlace, place: RulePlace): boolean {
  return (place.province === '' || samePlace(place.province, at.province)) && (place.city === '' || samePlace(place.city, at.city)) && (place.district === '' || place.district === at.district);
}

/** True when the carrier does not go to the place. */
export function isExcluded(carrier: string, at: RulePlace, reach: readonly ReachExclusion[]): boolean {
  return reach.some((one) => one.carrierCode === carrier && isInside(at, one));
}

/** Exclusions with more of them: each once, and none inside a larger one of the same carrier. */
export function withExclusions(reach: readonly ReachExclusion[], added: readonly ReachExclusion[]): ReachExclusion[] {
  const once = new Map([...reach, ...added].map((one) => [JSON.stringify([one.carrierCode, one.province, one.city, one.district]), one]));
  const all = [...once.values()];
  const whole = new Set(all.filter((one) => one.district === '').map((one) => JSON.stringify([one.carrierCode, one.province, one.city])));
  const isIn = (carrierCode: string, province: string, city: string): boolean => whole.has(JSON.stringify([carrierCode, province, city]));
  return all.filter((one) => !(one.city !== '' && isIn(one.carrierCode, one.province, '')) && !(one.district !== '' && isIn(one.carrierCode, one.province, one.city)));
}

/** True when every condition that is set holds. A weight condition needs a known weight. */
export function fits(conditions: RuleConditions, facts: CarrierFacts): boolean {
  const { places, minGrams, maxGrams, shopIds, platforms, minFen, maxFen, items, notes } = conditions;
  if (places && places.length > 0 && !places.some((place) => isInside(facts, place))) return false;
  if (shopIds && shopIds.length > 0 && !shopIds.includes(facts.shopId)) return false;
  if (platforms && platforms.length > 0 && !platforms.some((platform) => platform === facts.platform)) return false;
  if (!within(facts.grams, minGrams, maxGrams) || !within(facts.paidFen, minFen, maxFen)) return false;
  if (items && items.length > 0 && !items.some((word) => facts.goods.includes(word))) return false;
  return !(notes && notes.length > 0) || notes.some((word) => facts.notes.includes(word));
}

function within(value: number | null, least: number | undefined, most: number | undefined): boolean {
  if (least === undefined && most === undefined) return true;
  return value !== null && value >= (least ?? 0) && value <= (most ?? Number.POSITIVE_INFINITY);
}

/** Carrier product for a parcel of a carrier, whoever chose that carrier: what its first rule that fits asks for; empty for none. */
export function chooseProduct(facts: CarrierFacts, carrierCode: string, rules: readonly CarrierRule[]): string {
  return rules.find((rule) => rule.enabled && rule.carrierCode === carrierCode && fits(rule.conditions, facts))?.product ?? '';
}

export function chooseCarrier(facts: CarrierFacts, rules: readonly CarrierRule[], fallback: string, reach: readonly ReachExclusion[]): CarrierChoice {
  const passed: string[] = [];
  const why = (reason: string): string => (passed.length === 0 ? reason : `${reason} (${passed.map((carrier) => `${carrier}✕`).join(' ')})`);
  for (const rule of rules) {
    if (!rule.enabled || !fits(rule.conditions, facts)) continue;
    if (isExcluded(rule.carrierCode, facts, reach)) {
      passed.push(rule.carrierCode);
      continue;
    }
    return { carrierCode: rule.carrierCode, reason: why(rule.name), ruleId: rule.id };
  }
  if (fallback !== '' && !isExcluded(fallback, facts, reach)) return { carrierCode: fallback, reason: why('fallback'), ruleId: null };
  if (fallback !== '') passed.push(fallback);
  return { carrierCode: '', reason: why('none'), ruleId: null };
}

/** Why a rule cannot choose anything. covered: rule number `by` (from 1) takes all that would fit before it. */
export type RuleFault = { readonly problem: 'weight' | 'amount' | 'no-carrier' } | { readonly problem: 'covered'; readonly by: number };

/** For each rule whether it can ever match, in the order of the rules. A rule that is switched off has no fault. */
export function ruleFaults(rules: readonly Pick<CarrierRule, 'carrierCode' | 'product' | 'conditions' | 'enabled'>[], reach: readonly ReachExclusion[]): (RuleFault | undefined)[] {
  return rules.map((rule, at) => {
    if (!rule.enabled) return undefined;
    if (rule.carrierCode === '') return { problem: 'no-carrier' };
    const { minGrams = 0, maxGrams = Infinity, minFen = 0, maxFen = Infinity } = rule.conditions;
    if (minGrams > maxGrams) return { problem: 'weight' };
    if (minFen > maxFen) return { problem: 'amount' };
    // One with a product still speaks when its carrier is chosen by hand.
    const speaks = (earlier: (typeof rules)[number]): boolean => rule.product === '' || earlier.carrierCode === rule.carrierCode;
    const by = rules.slice(0, at).findIndex((earlier) => earlier.enabled && earlier.carrierCode !== '' && speaks(earlier) && covers(earlier.conditions, rule.conditions) && goesEverywhere(earlier.carrierCode, rule.conditions.places ?? [], reach));
    return by < 0 ? undefined : { problem: 'covered', by: by + 1 };
  });
}

/** True when everything that fits `narrow` fits `wide` too. Errs on the side of false. */
function covers(wide: RuleConditions, narrow: RuleConditions): boolean {
  const listed = <T>(of: readonly T[] | undefined, inside: readonly T[] | undefined, holds: (one: T, other: T) => boolean): boolean =>
    !of || of.length === 0 || (inside !== undefined && inside.length > 0 && inside.every((one) => of.some((other) => holds(one, other))));
  const range = (least: number | undefined, most: number | undefined, from: number | undefined, to: number | undefined): boolean =>
    (least === undefined && most === undefined) || ((from !== undefined || to !== undefined) && (least ?? 0) <= (from ?? 0) && (most ?? Infinity) >= (to ?? Infinity));
  const same = <T>(one: T, other: T): boolean => one === other;
  return (
    listed(wide.places, narrow.places, isInside) && listed(wide.shopIds, narrow.shopIds, same) && listed(wide.platforms, narrow.platforms, same) &&
    range(wide.minGrams, wide.maxGrams, narrow.minGrams, narrow.maxGrams) && range(wide.minFen, wide.maxFen, narrow.minFen, narrow.maxFen) &&
    // 袜 is in everything that holds 棉袜.
    listed(wide.items, narrow.items, (word, other) => word.includes(other)) && listed(wide.notes, narrow.notes, (word, other) => word.includes(other))
  );
}

/** False when the carrier leaves out a part of the places; no places are all. */
function goesEverywhere(carrier: string, places: readonly RulePlace[], reach: readonly ReachExclusion[]): boolean {
  const own = reach.filter((one) => one.carrierCode === carrier);
  return places.length === 0 ? own.length === 0 : !own.some((one) => places.some((place) => isInside(one, place) || isInside(place, one)));
}
