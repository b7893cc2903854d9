/** What a scanner may have meant by the text it typed. */
import { isNumberText, normaliseNumber } from '../waybills/formats.ts';

/** Symbology identifiers some scanners are set to put in front: `]C1`, `]E0`, `]Q3`. */
const aimIdentifier = /^\][A-Za-z][0-9A-Za-z]/;

/**
 * The codes to look for, most likely first: the text as it is, then without what a scanner set up for another shop puts in front (an AIM
 * identifier, a symbol, up to three letters). What remains must still be a code, and a caller takes a shortened one only where it knows
 * exactly this code. Width and case are unified. Empty for a text without any.
 */
export function codeCandidates(text: string): string[] {
  const whole = normaliseNumber(text.replaceAll(/\p{Cc}/gu, ''));
  const plain = whole.replace(aimIdentifier, '').replace(/^[^\p{L}\p{N}]+/u, '');
  const found = [whole, plain];
  const letters = /^[A-Z]{1,3}(?=[A-Z0-9])/.exec(plain)?.[0].length ?? 0;
  for (let cut = 1; cut <= letters; cut += 1) {
    const rest = plain.slice(cut);
    if (isNumberText(rest)) found.push(rest);
  }
  return [...new Set(found)].filter((code) => code !== '');
}

/** A code of goods in comparable form: width and case unified, no blanks. */
export function goodsCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}
