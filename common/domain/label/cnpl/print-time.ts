/** The print time of the Cainiao language in our pattern. */
import type { Value } from './script.ts';

const letters: Readonly<Record<string, string>> = { y: 'YYYY', M: 'MM', d: 'DD', H: 'HH', h: 'HH', m: 'mm', s: 'ss', S: '', E: '' };

/** Ours has no weekdays, fractions, two-digit years or clocks of twelve hours: those are named as taken over in part. */
export function printTime(theirs: string): Value {
  const pattern = theirs.replace(/([yMdHhmsSE])\1*/g, (run) => letters[run[0] ?? ''] ?? '').replace(/\s+/g, ' ').replace(/[\s.:/-]+$/, '').trim();
  const partly = /[hSE]/.test(theirs) || /(?<!y)yy(?!y)/.test(theirs) ? `formatStartTime("${theirs}")` : undefined;
  return { parts: [{ field: 'job.printedAt', format: [{ kind: 'date', pattern: pattern === '' ? 'YYYY-MM-DD HH:mm' : pattern.slice(0, 40) }], before: '', after: '', fallback: '' }], unknown: [], ...(partly === undefined ? {} : { partly }) };
}
