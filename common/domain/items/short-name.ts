/** Which short name a line of an order gets, and where it comes from. */
import { applyRule } from './rules.ts';
import type { ShortNameRule } from './rules.ts';
import { skuWords } from './sku-words.ts';
import { suggestShortName } from './title.ts';

export const nameSources = ['sku', 'item', 'rule', 'title'] as const;
/** sku: named for this very SKU; item: for all SKUs of the item; rule: a rule fits the title; title: nobody named it, the title was cleaned. */
export type NameSource = (typeof nameSources)[number];

export interface NameFacts {
  readonly title: string;
  /** Attributes of the SKU as the platform wrote them. */
  readonly spec: string;
  readonly skuName?: string | undefined;
  readonly itemName?: string | undefined;
  readonly brand?: string | undefined;
}

export interface ChosenName {
  readonly text: string;
  /** What to print behind it to tell the SKU; empty when the name was given for the SKU itself. */
  readonly sku: string;
  readonly from: NameSource;
}

/** SKU → item → rule → cleaned title. Rules are tried in their order. */
export function chooseShortName(facts: NameFacts, rules: readonly ShortNameRule[]): ChosenName {
  const sku = skuWords(facts.spec);
  if (facts.skuName !== undefined && facts.skuName !== '') return { text: facts.skuName, sku: '', from: 'sku' };
  if (facts.itemName !== undefined && facts.itemName !== '') return { text: facts.itemName, sku, from: 'item' };
  for (const rule of rules) {
    const text = applyRule(rule, facts.title);
    if (text !== undefined && text !== '') return { text, sku, from: 'rule' };
  }
  const suggestion = suggestShortName(facts.title, facts.brand === undefined ? {} : { brand: facts.brand });
  return { text: suggestion.shortName || facts.title.trim() || sku, sku: suggestion.shortName === '' && facts.title.trim() === '' ? '' : sku, from: 'title' };
}
