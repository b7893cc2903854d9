/** Shop titles nobody wrote for the reader: the suggestion names the thing, keeps whose it is and how much, and sells nothing. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suggestShortName } from '../../common/domain/items/title.ts';

interface UnseenTitle {
  readonly id: string;
  readonly title: string;
  readonly brand: string;
  readonly kind: readonly string[];
  readonly spec: readonly string[];
  readonly noise: readonly string[];
}
const { titles } = JSON.parse(readFileSync('test/fixtures/unseen/titles.json', 'utf8')) as { titles: UnseenTitle[] };

describe('unseen titles', () => {
  const read = titles.map((title) => ({ ...title, short: suggestShortName(title.title, { maxLength: 20 }).shortName.toLowerCase() }));
  const has = (short: string, words: readonly string[]): boolean => words.some((word) => short.includes(word.toLowerCase()));
  const share = (of: typeof read, right: (one: (typeof read)[number]) => boolean): number => of.filter(right).length / of.length;

  it('name the thing', () => expect(share(read, (one) => has(one.short, one.kind))).toBeGreaterThanOrEqual(0.97));
  it('keep the brand', () => expect(share(read.filter((one) => one.brand !== ''), (one) => one.short.includes(one.brand))).toBeGreaterThanOrEqual(0.93));
  it('keep what tells it apart', () => expect(share(read.filter((one) => one.spec.length > 0), (one) => has(one.short, one.spec))).toBeGreaterThanOrEqual(0.75));
  it('leave out what only sells', () => expect(read.filter((one) => has(one.short, one.noise)).length).toBeLessThanOrEqual(1));
});
