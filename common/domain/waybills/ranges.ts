/**
 * Ranges of waybill numbers without their rows: a number is a series (what stays) and a tail (what counts).
 *
 * The split is canonical: the tail is the last run of digits, at most nine of them, so a number has exactly one series and two lists
 * that share a number are found by comparing tails. A valid S10 number counts by its eight-digit serial; its check digit is made.
 */
import { isNumberText, isS10Shape, isValidS10, normaliseNumber, s10CheckDigit } from './formats.ts';

export interface Series {
  readonly prefix: string;
  /** Digits of the tail, zero-padded. */
  readonly width: number;
  readonly suffix: string;
  readonly kind: 'plain' | 's10';
}

/** Numbers `first` … `last` of one series, both included. */
export interface NumberRange extends Series {
  readonly first: number;
  readonly last: number;
}

const tailDigits = 9;
const tailSize = 10n ** BigInt(tailDigits);

/** One text key per series. */
export function seriesKey(series: Series): string {
  return `${series.kind}|${series.prefix}|${series.width}|${series.suffix}`;
}

/** Series and tail of a normalised number. */
export function splitNumber(number: string): Series & { readonly tail: number } {
  if (isValidS10(number)) {
    return { prefix: number.slice(0, 2), width: 8, suffix: number.slice(11), kind: 's10', tail: Number(number.slice(2, 10)) };
  }
  const match = /^(.*?)(\d+)(\D*)$/.exec(number);
  if (!match) return { prefix: number, width: 0, suffix: '', kind: 'plain', tail: 0 };
  const [, head = '', digits = '', suffix = ''] = match;
  const cut = Math.max(0, digits.length - tailDigits);
  return { prefix: head + digits.slice(0, cut), width: digits.length - cut, suffix, kind: 'plain', tail: Number(digits.slice(cut)) };
}

/** The number at a tail of a series. */
export function numberAt(series: Series, tail: number): string {
  if (series.width === 0) return series.prefix;
  const digits = String(tail).padStart(series.width, '0');
  return series.kind === 's10' ? `${series.prefix}${digits}${s10CheckDigit(digits)}${series.suffix}` : `${series.prefix}${digits}${series.suffix}`;
}

/** How many numbers a range holds. */
export function rangeSize(range: NumberRange): number {
  return range.last - range.first + 1;
}

export type RangeProblem = 'not_a_number' | 'different_series' | 'end_before_start' | 'count' | 'overflow' | 'check_digit';

/** `count` numbers from `start` on, as one range per series touched (a range that passes a 10⁹ border becomes two). */
export function rangeFrom(start: string, count: number): { ok: true; ranges: NumberRange[] } | { ok: false; problem: RangeProblem } {
  const number = normaliseNumber(start);
  if (!isNumberText(number)) return { ok: false, problem: 'not_a_number' };
  if (!Number.isSafeInteger(count) || count < 1) return { ok: false, problem: 'count' };
  const { tail, ...series } = splitNumber(number);
  if (series.kind === 's10') {
    const last = tail + count - 1;
    return last > 99_999_999 ? { ok: false, problem: 'overflow' } : { ok: true, ranges: [{ ...series, first: tail, last }] };
  }
  // Counting through numbers of S10 shape without their check digits would reach numbers of the S10 series by another way.
  if (count > 1 && isS10Shape(number)) return { ok: false, problem: 'check_digit' };
  const [, head = '', digits = '', suffix = ''] = /^(.*?)(\d+)(\D*)$/.exec(number) ?? [];
  const ranges: NumberRange[] = [];
  let at = BigInt(digits);
  let left = count;
  while (left > 0) {
    const text = at.toString().padStart(digits.length, '0');
    if (text.length > digits.length) return { ok: false, problem: 'overflow' };
    const cut = Math.max(0, digits.length - tailDigits);
    const width = digits.length - cut;
    const first = Number(text.slice(cut));
    const size = Math.min(left, Number(cut > 0 ? tailSize : 10n ** BigInt(width)) - first);
    ranges.push({ prefix: head + text.slice(0, cut), width, suffix, kind: 'plain', first, last: first + size - 1 });
    at += BigInt(size);
    left -= size;
  }
  return { ok: true, ranges };
}

/**
 * Reads the ways people write a range: `YT8800000000001+500` (500 numbers from there), `A~B`, `A..B`, `A 至 B`, `A-B`, or one number.
 * A hyphen separates only when both sides are numbers of one series, because some carriers have hyphens inside numbers.
 */
export function parseRange(text: string): { ok: true; ranges: NumberRange[]; count: number } | { ok: false; problem: RangeProblem } {
  const clean = text.normalize('NFKC').trim();
  const plus = /^(.+?)\s*\+\s*(\d{1,9})$/.exec(clean);
  if (plus) return withCount(rangeFrom(plus[1] ?? '', Number(plus[2])));
  const between = /^(.+?)\s*(?:~|\.\.+|至|到|—|–)\s*(.+)$/.exec(clean);
  if (between) return parseBetween(between[1] ?? '', between[2] ?? '');
  for (let i = clean.indexOf('-'); i > 0; i = clean.indexOf('-', i + 1)) {
    const left = normaliseNumber(clean.slice(0, i));
    const right = normaliseNumber(clean.slice(i + 1));
    if (left.length === right.length && isNumberText(left) && isNumberText(right) && sameShape(left, right)) return parseBetween(left, right);
  }
  return withCount(rangeFrom(clean, 1));
}

function parseBetween(from: string, to: string): ReturnType<typeof parseRange> {
  const start = normaliseNumber(from);
  const end = normaliseNumber(to);
  if (!isNumberText(start) || !isNumberText(end)) return { ok: false, problem: 'not_a_number' };
  if (!sameShape(start, end)) return { ok: false, problem: 'different_series' };
  const s10 = isValidS10(start) && isValidS10(end);
  const value = (number: string) => BigInt(s10 ? number.slice(2, 10) : (/(\d+)\D*$/.exec(number)?.[1] ?? '0'));
  const size = value(end) - value(start) + 1n;
  if (size < 1n) return { ok: false, problem: 'end_before_start' };
  if (size > 1_000_000_000n) return { ok: false, problem: 'count' };
  return withCount(rangeFrom(start, Number(size)));
}

/** Same letters before, same length of digits, same text behind: the only difference is the count. */
function sameShape(left: string, right: string): boolean {
  if (isValidS10(left) !== isValidS10(right)) return false;
  if (isValidS10(left)) return left.slice(0, 2) === right.slice(0, 2) && left.slice(11) === right.slice(11);
  const [, headLeft, digitsLeft, suffixLeft] = /^(.*?)(\d+)(\D*)$/.exec(left) ?? [];
  const [, headRight, digitsRight, suffixRight] = /^(.*?)(\d+)(\D*)$/.exec(right) ?? [];
  return headLeft === headRight && digitsLeft?.length === digitsRight?.length && suffixLeft === suffixRight;
}

function withCount(result: ReturnType<typeof rangeFrom>): ReturnType<typeof parseRange> {
  if (!result.ok) return result;
  return { ok: true, ranges: result.ranges, count: result.ranges.reduce((sum, range) => sum + rangeSize(range), 0) };
}

/**
 * Packs single numbers into as few ranges as possible, each series in ascending order. Numbers must be distinct.
 */
export function packNumbers(numbers: readonly string[]): NumberRange[] {
  const bySeries = new Map<string, { series: Series; tails: number[] }>();
  for (const number of numbers) {
    const { tail, ...series } = splitNumber(number);
    const key = seriesKey(series);
    const group = bySeries.get(key);
    if (group) group.tails.push(tail);
    else bySeries.set(key, { series, tails: [tail] });
  }
  const ranges: NumberRange[] = [];
  for (const { series, tails } of bySeries.values()) {
    tails.sort((a, b) => a - b);
    let first = tails[0] as number;
    let last = first;
    for (const tail of tails.slice(1)) {
      if (tail === last + 1) {
        last = tail;
        continue;
      }
      ranges.push({ ...series, first, last });
      first = tail;
      last = tail;
    }
    ranges.push({ ...series, first, last });
  }
  return ranges;
}

/** The numbers two sets of ranges share, as ranges. Within one set no two ranges may overlap; order does not matter. */
export function overlaps(left: readonly NumberRange[], right: readonly NumberRange[]): NumberRange[] {
  const bySeries = new Map<string, NumberRange[]>();
  for (const range of right) {
    const key = seriesKey(range);
    const list = bySeries.get(key);
    if (list) list.push(range);
    else bySeries.set(key, [range]);
  }
  for (const list of bySeries.values()) list.sort((a, b) => a.first - b.first);
  const shared: NumberRange[] = [];
  for (const range of left) {
    const others = bySeries.get(seriesKey(range)) ?? [];
    for (let i = firstEndingAtOrAfter(others, range.first); i < others.length; i += 1) {
      const other = others[i] as NumberRange;
      if (other.first > range.last) break;
      shared.push({ ...range, first: Math.max(range.first, other.first), last: Math.min(range.last, other.last) });
    }
  }
  return shared;
}

function firstEndingAtOrAfter(sorted: readonly NumberRange[], tail: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as NumberRange).last < tail) low = middle + 1;
    else high = middle;
  }
  return low;
}
