/** Reads a list of numbers from text: pasted, txt or csv. Spreadsheets arrive here as text of their cells. */
import { isNumberText, normaliseNumber, warnAbout } from './formats.ts';
import type { NumberWarning } from './formats.ts';
import { numberAt, overlaps, packNumbers, parseRange, rangeSize } from './ranges.ts';
import type { NumberRange } from './ranges.ts';

export interface ListProblem {
  readonly line: number;
  readonly text: string;
  readonly why: 'not_a_number' | 'scientific' | 'different_series' | 'end_before_start' | 'count' | 'overflow' | 'check_digit';
}

export interface ReadList {
  readonly ranges: readonly NumberRange[];
  readonly count: number;
  /** Numbers that stand in the list more than once, with the line of the repetition; the first stays. */
  readonly repeated: readonly { readonly number: string; readonly line: number }[];
  readonly problems: readonly ListProblem[];
  readonly warnings: readonly ({ readonly number: string; readonly line: number } & NumberWarning)[];
  readonly warningCount: number;
}

/** More warnings than this are counted, not listed. */
const listed = 200;
const headerWords = /^(运单号|快递单号|物流单号|面单号|单号|waybill|tracking|number|no\.?|序号)/i;

/**
 * One number or range per line (`A~B`, `A+500`), or several separated by comma, semicolon, tab or space; a header line is skipped,
 * quotes and Excel's `="…"` are taken off. A number in scientific notation has lost its digits and is a problem, never repaired.
 */
export function readNumberList(text: string, carrierCode: string): ReadList {
  const problems: ListProblem[] = [];
  const repeated: { number: string; line: number }[] = [];
  const warnings: ({ number: string; line: number } & NumberWarning)[] = [];
  let warningCount = 0;
  const singles = new Map<string, number>();
  const spans: { ranges: NumberRange[]; line: number }[] = [];

  function warn(number: string, line: number): void {
    const warning = warnAbout(carrierCode, number);
    if (!warning) return;
    warningCount += 1;
    if (warnings.length < listed) warnings.push({ number, line, ...warning });
  }

  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const line = index + 1;
    const trimmed = raw.replace(/^\ufeff/, '').trim();
    if (trimmed === '' || (headerWords.test(trimmed) && !/\d{4}/.test(trimmed))) return;
    for (const cell of cellsOf(trimmed)) {
      if (/^\d(\.\d+)?e\+?\d+$/i.test(cell)) {
        problems.push({ line, text: cell, why: 'scientific' });
        continue;
      }
      const number = normaliseNumber(cell);
      if (isNumberText(number) && !/[~～至到+]|\.\./.test(cell) && !couldBeRange(cell)) {
        if (singles.has(number)) repeated.push({ number, line });
        else {
          singles.set(number, line);
          warn(number, line);
        }
        continue;
      }
      const range = parseRange(cell);
      if (!range.ok) {
        problems.push({ line, text: cell.slice(0, 60), why: range.problem });
        continue;
      }
      spans.push({ ranges: range.ranges, line });
      const first = range.ranges[0] as NumberRange;
      const last = range.ranges.at(-1) as NumberRange;
      warn(numberAt(first, first.first), line);
      if (range.count > 1) warn(numberAt(last, last.last), line);
    }
  });

  // Numbers that a range and the singles, or two ranges, name both: the first place keeps them.
  let ranges: NumberRange[] = packNumbers([...singles.keys()]);
  for (const span of spans) {
    const shared = overlaps(span.ranges, ranges);
    for (const range of shared) for (let tail = range.first; tail <= range.last && repeated.length < 10_000; tail += 1) repeated.push({ number: numberAt(range, tail), line: span.line });
    ranges = [...ranges, ...span.ranges.flatMap((range) => without(range, shared))];
  }
  return { ranges, count: ranges.reduce((sum, range) => sum + rangeSize(range), 0), repeated, problems, warnings, warningCount };
}

/** What is left of a range without some parts of it. */
export function without(range: NumberRange, parts: readonly NumberRange[]): NumberRange[] {
  let left: NumberRange[] = [range];
  for (const part of parts) {
    left = left.flatMap((piece) => {
      if (overlaps([piece], [part]).length === 0) return [piece];
      const pieces: NumberRange[] = [];
      if (piece.first < part.first) pieces.push({ ...piece, last: part.first - 1 });
      if (piece.last > part.last) pieces.push({ ...piece, first: part.last + 1 });
      return pieces;
    });
  }
  return left;
}

function cellsOf(line: string): string[] {
  // A range written with spaces around its sign is one cell.
  const joined = line.replace(/\s*(~|～|至|到|\.\.)\s*/g, '$1');
  return joined
    .split(/[,;，；、\t ]+/)
    .map((cell) => cell.replace(/^="?(.*?)"?$/, '$1').replace(/^["'“”]+|["'“”]+$/g, '').trim())
    .filter((cell) => cell !== '');
}

/** `A-B` where both sides are long: a range; `JDX0001-1-2` is one number. */
function couldBeRange(cell: string): boolean {
  const parts = cell.split('-');
  return parts.length === 2 && parts.every((part) => normaliseNumber(part).length >= 8);
}
