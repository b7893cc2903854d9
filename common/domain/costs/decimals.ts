/** Figures as people type them → whole numbers, exactly: "2.8" yuan → 28000 E4. No floating point on the way. */

export type DecimalProblem = 'empty' | 'not-a-number' | 'negative' | 'too-fine' | 'too-large';

/** Reads a decimal text as a whole number of 10^−places. Blanks, ￥, ¥, 元, and thousands separators are allowed. */
export function parseDecimal(text: string, places: number): { ok: true; value: number } | { ok: false; problem: DecimalProblem } {
  const cleaned = text.normalize('NFKC').replace(/[\s,¥元]/gu, '');
  if (cleaned === '') return { ok: false, problem: 'empty' };
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/u.exec(cleaned);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (!match || (whole === '' && fraction === '')) return { ok: false, problem: 'not-a-number' };
  const significant = fraction.replace(/0+$/u, '');
  if (significant.length > places) return { ok: false, problem: 'too-fine' };
  const value = Number(`${whole === '' ? '0' : whole}${significant.padEnd(places, '0')}`);
  if (!Number.isSafeInteger(value)) return { ok: false, problem: 'too-large' };
  if (sign === '-' && value !== 0) return { ok: false, problem: 'negative' };
  return { ok: true, value };
}

/** Yuan → E4. */
export const parseYuanE4 = (text: string) => parseDecimal(text, 4);
/** Yuan → fen. */
export const parseYuanFen = (text: string) => parseDecimal(text, 2);
/** Kilograms → grams. */
export const parseKilograms = (text: string) => parseDecimal(text, 3);

/** A whole number of 10^−places as text without needless zeros. */
export function decimalText(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/u, '');
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A date as spreadsheets write it → YYYY-MM-DD, or undefined. */
export function parseDay(text: string): string | undefined {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/u.exec(text.trim());
  if (!match) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
}
