/** First letters of the pinyin of names and goods: 张三 → zs. One look-up per different character, kept. */
import { pinyin } from 'pinyin-pro';

/** Characters read otherwise when they are surnames. */
const surnames: Readonly<Record<string, string>> = { 单: 's', 曾: 'z', 解: 'x', 仇: 'q', 查: 'z', 乐: 'y', 区: 'o', 尉: 'y', 翟: 'z', 缪: 'm', 种: 'c', 朴: 'p', 盖: 'g', 覃: 'q', 冼: 'x', 逄: 'p', 员: 'y' };
const known = new Map<string, string>();

function letterOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 128) return /[a-z0-9]/i.test(character) ? character.toLowerCase() : '';
  if (code < 0x3400 || code > 0x9fff) return '';
  let letter = known.get(character);
  if (letter === undefined) {
    letter = pinyin(character, { pattern: 'first', toneType: 'none' }).slice(0, 1).toLowerCase();
    known.set(character, letter);
  }
  return letter;
}

/** Initials of a person's name; at most 12. */
export function nameInitials(name: string): string {
  const first = name.slice(0, 1);
  let letters = surnames[first] ?? letterOf(first);
  for (const character of name.slice(1, 12)) letters += letterOf(character);
  return letters;
}

/** Initials of any text; at most 40. */
export function textInitials(text: string): string {
  let letters = '';
  for (const character of text.slice(0, 40)) letters += letterOf(character);
  return letters;
}
