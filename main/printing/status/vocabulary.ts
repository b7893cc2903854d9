import type { PrinterCondition } from '../types.ts';

/** What a decoder makes of an answer; the time is added by whoever asked. */
export interface Decoded {
  readonly condition: PrinterCondition;
  /** Short, printable, for the log: what the printer said. */
  readonly detail?: string;
}

/** Worst first: when a printer says several things at once, the screen shows the one a person must deal with. */
const gravity: readonly PrinterCondition[] = [
  'head_open', 'jam', 'out_of_paper', 'out_of_ribbon', 'over_heated', 'error', 'paused', 'off_line', 'busy', 'ready', 'silent',
];

/** The gravest of several conditions; none at all is `ready`. */
export function gravest(conditions: readonly PrinterCondition[]): PrinterCondition {
  return gravity.find((one) => conditions.includes(one)) ?? 'ready';
}

/** Conditions under which the next label must wait for a person. Silence is not one: it is no answer. */
export function needsPerson(condition: PrinterCondition): boolean {
  return condition !== 'ready' && condition !== 'busy' && condition !== 'silent';
}
