/** Folding a pasted text for matching, without moving a single position: the original stays what the user sees. */
import { simplifiedCharacters, traditionalCharacters } from './traditional.ts';

const simplifiedOf = new Map<string, string>();
for (let index = 0; index < traditionalCharacters.length; index += 1) {
  simplifiedOf.set(traditionalCharacters.charAt(index), simplifiedCharacters.charAt(index));
}

/** Rare bracket pairs as the common one; 【】 and 《》 keep their own meaning. */
const brackets: ReadonlyMap<string, string> = new Map([...[...'〔〖〘〚「『'].map((unit) => [unit, '['] as const), ...[...'〕〗〙〛」』'].map((unit) => [unit, ']'] as const)]);

/**
 * The text with Traditional characters simplified, full-width forms halved and every kind of blank as a space.
 * Same length in UTF-16 units as the input, so an index in one is an index in the other. Line breaks are kept.
 */
export function foldText(text: string): string {
  const { length } = text;
  let index = 0;
  // Most texts have nothing to fold: they are given back as they are.
  while (index < length && folded[text.charCodeAt(index)] === text.charCodeAt(index)) index += 1;
  if (index === length) return text;
  let out = text.slice(0, index);
  for (; index < length; index += 1) out += String.fromCharCode(folded[text.charCodeAt(index)] ?? 0);
  return out;
}

function foldUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x80) return unit === '\t' ? ' ' : unit === '\r' ? '\n' : unit;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x3000 || code === 0x00a0 || code === 0xfeff || code === 0x200b || code === 0x202f || (code >= 0x2000 && code <= 0x200a)) return ' ';
  if (code === 0x2028 || code === 0x2029 || code === 0x0085) return '\n';
  // Dashes a chat program or an input method may put in the place of a hyphen.
  if (code === 0x2010 || code === 0x2011 || code === 0x2012 || code === 0x2013 || code === 0x2014 || code === 0x2015 || code === 0x2212) return '-';
  if (code >= 0x3008 && code <= 0x301b) return brackets.get(unit) ?? unit;
  return simplifiedOf.get(unit) ?? unit;
}

/** What each unit becomes: an import folds a million of them. */
const folded = new Uint16Array(0x10000);
for (let code = 0; code < folded.length; code += 1) folded[code] = code;
// Nothing between these is a blank, a dash, a bracket or full width.
for (const [from, to] of [[0, 0xa0], [0x2000, 0x2212], [0x3000, 0x301b], [0xfeff, 0xff5e]] as const) for (let code = from; code <= to; code += 1) folded[code] = foldUnit(String.fromCharCode(code)).charCodeAt(0);
for (const [traditional, simplified] of simplifiedOf) folded[traditional.charCodeAt(0)] = simplified.charCodeAt(0);

/** True for a Han character of the folded text (the basic block and extension A, where every place and family name lies, and 〇). */
export function isHan(unit: string): boolean {
  const code = unit.charCodeAt(0);
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || code === 0x3007;
}

/** Letters, digits, Han characters and mask stars carry information; everything else is separator, bracket or decoration. */
export function hasInformation(text: string): boolean {
  return /[\p{L}\p{N}*]/u.test(text);
}
