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
  it('keep what tells it apart', () => expect(share(read.filter((one) => one.spec.length > 0), (one) => has(one.short, one.spec))).toBeGreaterThanOrEqual(0.88));
  it('leave out what only sells', () => expect(read.filter((one) => has(one.short, one.noise)).length).toBeLessThanOrEqual(1));
});

interface PackerTitle extends Omit<UnseenTitle, 'spec'> {
  /** Of each entry one word must be there. */
  readonly keep: readonly (readonly string[])[];
}

describe('titles with all a packer needs', () => {
  const packers = (JSON.parse(readFileSync('test/fixtures/unseen/titles-packer.json', 'utf8')) as { titles: PackerTitle[] }).titles;
  const has = (short: string, words: readonly string[]): boolean => words.some((word) => short.includes(word.toLowerCase()));

  it('are wholly right nine times of ten', () => {
    const wrong = packers.flatMap(({ title, brand, kind, keep, noise }) => {
      const short = suggestShortName(title, { maxLength: 20 }).shortName.toLowerCase();
      return has(short, kind) && has(short, [brand]) && keep.every((words) => has(short, words)) && !has(short, noise) ? [] : [`${title} → ${short}`];
    });
    expect(wrong.length / packers.length, wrong.join('\n')).toBeLessThanOrEqual(0.1);
  });

  it('a title that offers a choice says none of it', () => {
    const name = (title: string): string => suggestShortName(title, { maxLength: 20 }).shortName;
    expect(name('羽毛球拍双拍超轻全碳素单拍成人')).toBe('碳素羽毛球拍');
    expect(name('老花镜折叠100度200度300度')).toBe('老花镜折叠');
    expect(name('无线鼠标静音黑色')).toBe('无线鼠标静音黑色');
    expect(name('无线鼠标静音黑色白色')).toBe('无线鼠标静音');
  });
});
