/**
 * Which warehouse ships a parcel (多仓发货). Rules are tried from the top; the first whose conditions all hold decides, and its name is
 * the reason shown. No rule: own warehouse.
 */
import { z } from 'zod';
import { normalizeCity, normalizeProvince } from './places.ts';

export const routingConditionsSchema = z.object({
  provinces: z.array(z.string()).max(40).optional(),
  cities: z.array(z.string()).max(400).optional(),
  minGrams: z.int().min(0).optional(),
  maxGrams: z.int().min(0).optional(),
  minItems: z.int().min(1).optional(),
  maxItems: z.int().min(1).optional(),
  shopIds: z.array(z.string()).max(200).optional(),
  /** Any of these words in title, spec or code of any line. */
  items: z.array(z.string().min(1)).max(200).optional(),
  /** Every line is in the warehouse's stock list. */
  stockedThere: z.boolean().optional(),
  /** The warehouse's quote costs less than own freight and material for this parcel. */
  cheaper: z.boolean().optional(),
});
export type RoutingConditions = z.infer<typeof routingConditionsSchema>;

export interface RoutingRule {
  readonly id: string;
  readonly name: string;
  /** '' = own warehouse. */
  readonly warehouseId: string;
  readonly conditions: RoutingConditions;
  readonly enabled: boolean;
}

export interface RoutedParcel {
  readonly province: string;
  readonly city: string;
  readonly grams: number | null;
  readonly shopId: string;
  readonly lines: readonly { readonly title: string; readonly spec: string; readonly skuCode: string; readonly itemCode: string; readonly quantity: number | null }[];
}

export interface RoutingFacts {
  /** Codes a warehouse holds; undefined: no list is kept for it. */
  stockOf(warehouseId: string): ReadonlySet<string> | undefined;
  /** Own variable cost − the warehouse's cost of this parcel in E4; null when one of them has no price. */
  gainE4(warehouseId: string, parcel: RoutedParcel): number | null;
}

export interface RoutingChoice {
  readonly warehouseId: string;
  readonly ruleId: string | null;
  readonly reason: string;
  /** Conditions that could not be judged (a weight that is unknown, a price that is missing): the rule was passed over. */
  readonly undecided: readonly string[];
}

/** The warehouse of one parcel. */
export function routeParcel(rules: readonly RoutingRule[], parcel: RoutedParcel, facts: RoutingFacts): RoutingChoice {
  const undecided: string[] = [];
  for (const rule of rules) {
    if (!rule.enabled) continue;
    const holds = judge(rule, parcel, facts);
    if (holds === true) return { warehouseId: rule.warehouseId, ruleId: rule.id, reason: rule.name, undecided };
    if (holds !== false) undecided.push(`${rule.name}: ${holds}`);
  }
  return { warehouseId: '', ruleId: null, reason: '', undecided };
}

function judge(rule: RoutingRule, parcel: RoutedParcel, facts: RoutingFacts): boolean | 'weight' | 'price' | 'stock' {
  const { conditions } = rule;
  const province = normalizeProvince(parcel.province);
  const city = normalizeCity(parcel.city);
  if (conditions.provinces && conditions.provinces.length > 0 && !conditions.provinces.some((each) => normalizeProvince(each) === province)) return false;
  if (conditions.cities && conditions.cities.length > 0 && !conditions.cities.some((each) => normalizeCity(each.slice(each.indexOf('/') + 1)) === city)) return false;
  if (conditions.shopIds && conditions.shopIds.length > 0 && !conditions.shopIds.includes(parcel.shopId)) return false;
  const pieces = parcel.lines.reduce((sum, line) => sum + (line.quantity ?? 1), 0);
  if (conditions.minItems !== undefined && pieces < conditions.minItems) return false;
  if (conditions.maxItems !== undefined && pieces > conditions.maxItems) return false;
  if (conditions.items && conditions.items.length > 0) {
    const text = parcel.lines.map((line) => `${line.title} ${line.spec} ${line.skuCode} ${line.itemCode}`).join('\n').toLowerCase();
    if (!conditions.items.some((word) => text.includes(word.toLowerCase()))) return false;
  }
  if (conditions.minGrams !== undefined || conditions.maxGrams !== undefined) {
    if (parcel.grams === null) return 'weight';
    if (conditions.minGrams !== undefined && parcel.grams < conditions.minGrams) return false;
    if (conditions.maxGrams !== undefined && parcel.grams > conditions.maxGrams) return false;
  }
  if (conditions.stockedThere) {
    const stock = facts.stockOf(rule.warehouseId);
    if (!stock) return 'stock';
    if (!parcel.lines.every((line) => stock.has(line.skuCode) || stock.has(line.itemCode))) return false;
  }
  if (conditions.cheaper) {
    const gain = facts.gainE4(rule.warehouseId, parcel);
    if (gain === null) return 'price';
    if (gain <= 0) return false;
  }
  return true;
}
