/** The sample items as acceptance of title cleaning and SKU words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { skuWords } from '../../common/domain/items/sku-words.ts';
import { suggestShortName } from '../../common/domain/items/title.ts';

interface SampleItem {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly must_contain: readonly string[];
  readonly max_len: number;
  readonly noise: readonly string[];
  readonly skus: readonly { readonly attributes: string; readonly short: string }[];
}
const samples = JSON.parse(readFileSync('test/fixtures/samples/items.json', 'utf8')) as Record<string, unknown>;
const items = Object.values(samples).find(Array.isArray) as SampleItem[];

describe('the sample items', () => {
  it('are there', () => expect(items.length).toBe(120));

  it.each(items.map((item) => [item.id, item] as const))('%s names the thing and none of the noise', (_, item) => {
    for (const brand of [undefined, item.brand]) {
      const { shortName } = suggestShortName(item.title, { maxLength: item.max_len, ...(brand === undefined ? {} : { brand }) });
      expect(item.must_contain.some((word) => shortName.includes(word)), shortName).toBe(true);
      expect(item.noise.filter((word) => shortName.includes(word))).toEqual([]);
      expect(shortName.length).toBeLessThanOrEqual(item.max_len);
    }
  });

  it('SKU words are those of the samples', () => {
    for (const item of items) for (const sku of item.skus) expect(skuWords(sku.attributes)).toBe(sku.short);
  });
});
