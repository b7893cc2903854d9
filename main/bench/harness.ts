/**
 * Measuring: what a case is, and how times are taken. Everything a case reports is measured in the same run on the same machine,
 * so ratios hold where milliseconds do not.
 */

import type { Core } from '../entry/compose.ts';

export interface BenchContext {
  /** Progress for the person waiting; goes to standard error. */
  note(text: string): void;
  /** Fewer rounds, for a look; numbers of record come from a full run. */
  readonly quick: boolean;
  /** A whole core in a folder; handed over because only the entry constructs. */
  readonly openCore: (options: { readonly dataFolder: string; readonly witnessFolder: string }) => Promise<Core>;
}

/** One measurement of the report, in the units its name says; nested as the case likes. */
export type BenchValue = number | string | boolean | null | readonly BenchValue[] | { readonly [name: string]: BenchValue };

export interface BenchCase {
  /** What is measured, in a line. */
  readonly about: string;
  run(context: BenchContext): Promise<{ readonly [name: string]: BenchValue }>;
}

export interface Timing {
  readonly rounds: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly minMs: number;
}

/** Milliseconds to three decimals. */
export function rounded(value: number, decimals = 3): number {
  return Number(value.toFixed(decimals));
}

/** Median, 95th percentile and least of a list of milliseconds. */
export function summarise(times: readonly number[]): Timing {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { rounds: sorted.length, medianMs: at(0.5), p95Ms: at(0.95), minMs: at(0) };
}

/**
 * Runs work `warmup + rounds` times and times the last `rounds`. The round number is passed, so that a case can give every round its
 * own data and no cache of whole results can look like speed.
 */
export async function measure(rounds: number, warmup: number, work: (round: number) => unknown): Promise<Timing> {
  const times: number[] = [];
  for (let round = 0; round < warmup + rounds; round++) {
    const start = performance.now();
    const pending = work(round);
    if (pending instanceof Promise) await pending;
    if (round >= warmup) times.push(performance.now() - start);
  }
  return summarise(times);
}

/** a ÷ b to one decimal; 0 when b is 0. */
export function ratio(a: number, b: number): number {
  return b === 0 ? 0 : rounded(a / b, 2);
}
