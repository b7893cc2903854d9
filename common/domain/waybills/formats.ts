/** What a waybill number looks like: cleaning of typed and scanned text, the S10 check digit, warnings per carrier. */
import { carriers, findCarrier } from './carriers.ts';

/** Longest number accepted; the longest seen form has 22 characters. */
export const maxNumberLength = 40;

/**
 * Text of a scan or a cell as the number it stands for: width and case unified, spaces, invisible characters and the scanner's
 * `@1` suffix removed. The result may still be no number: ask `isNumberText`.
 */
export function normaliseNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/^['`]+/, '')
    .toUpperCase()
    .replace(/@\d+$/, '');
}

/** True for text that can be a waybill number at all: 6 to 40 of A–Z, 0–9 and inner hyphens, with at least four digits. */
export function isNumberText(text: string): boolean {
  return /^[A-Z0-9](?:[A-Z0-9-]{4,38})[A-Z0-9]$/.test(text) && text.replaceAll(/\D/g, '').length >= 4;
}

const s10Weights = [8, 6, 4, 2, 3, 5, 9, 7] as const;

/** Check digit of an S10 serial of 8 digits (UPU S10: weights 8 6 4 2 3 5 9 7, sum mod 11; 0 → 5, 1 → 0, else 11 − rest). */
export function s10CheckDigit(serial: string): number {
  let sum = 0;
  for (let i = 0; i < 8; i += 1) sum += Number(serial[i]) * (s10Weights[i] as number);
  const rest = sum % 11;
  return rest === 0 ? 5 : rest === 1 ? 0 : 11 - rest;
}

/** Shape of S10: two letters, eight digits, check digit, two letters of the country. */
export function isS10Shape(number: string): boolean {
  return /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(number);
}

/** S10 shape with the right check digit. */
export function isValidS10(number: string): boolean {
  return isS10Shape(number) && s10CheckDigit(number.slice(2, 10)) === Number(number[10]);
}

export const numberWarnings = ['form', 's10_check', 'looks_like_other'] as const;
export type NumberWarning = { readonly kind: (typeof numberWarnings)[number]; readonly expected: string };

/**
 * What is odd about a number for a carrier; undefined when nothing is. A warning never blocks: the patterns are experience, not rules.
 * `looks_like_other` names the carrier whose letters the number starts with (an SF number in a YTO pool), which is worth a question.
 */
export function warnAbout(carrierCode: string, number: string): NumberWarning | undefined {
  const carrier = findCarrier(carrierCode);
  const own = lettersOf(number);
  if (own.length >= 2) {
    const other = carriers.find((candidate) => lettersOf(candidate.example) === own && candidate.code !== carrierCode);
    const fitsOwn = carrier !== undefined && lettersOf(carrier.example) === own;
    if (other && !fitsOwn && !isS10Shape(number)) return { kind: 'looks_like_other', expected: other.code };
  }
  if ((carrierCode === 'EMS' || carrierCode === 'POST') && isS10Shape(number) && !isValidS10(number)) {
    return { kind: 's10_check', expected: `${number.slice(0, 10)}${s10CheckDigit(number.slice(2, 10))}${number.slice(11)}` };
  }
  if (carrier?.pattern && !carrier.pattern.test(number)) return { kind: 'form', expected: carrier.example };
  return undefined;
}

function lettersOf(number: string): string {
  return /^[A-Z]*/.exec(number)?.[0] ?? '';
}
