/** Which carrier takes a parcel: the first rule that fits and whose carrier goes there, else the fallback. */
import type { CarrierRule, ReachExclusion, RuleConditions } from '../../contract/orders.ts';

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

/** True when the carrier does not go to the place; an exclusion of a province covers all in it. */
export function isExcluded(carrier: string, facts: Pick<CarrierFacts, 'province' | 'city' | 'district'>, reach: readonly ReachExclusion[]): boolean {
  return reach.some(
    (one) =>
      one.carrierCode === carrier && samePlace(one.province, facts.province) && (one.city === '' || samePlace(one.city, facts.city)) && (one.district === '' || one.district === facts.district),
  );
}

/** True when every condition that is set holds. A weight condition needs a known weight. */
export function fits(conditions: RuleConditions, facts: CarrierFacts): boolean {
  const { provinces, cities, minGrams, maxGrams, shopIds, platforms, minFen, maxFen, items, notes } = conditions;
  if (provinces && provinces.length > 0 && !provinces.some((province) => samePlace(province, facts.province))) return false;
  if (cities && cities.length > 0 && !cities.some((city) => samePlace(city, facts.city))) return false;
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
