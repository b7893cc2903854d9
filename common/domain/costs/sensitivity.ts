/** Tornado and Monte Carlo: how far the answer hangs on figures nobody knows exactly. */
import { BP } from './money.ts';
import { neutral } from './factors.ts';
import type { Factors } from './factors.ts';
import { evaluate } from './evaluate.ts';
import type { CostModel, OptionResult } from './evaluate.ts';
import { costOfMonth } from './volume.ts';
import type { VolumeBase } from './volume.ts';

export interface TornadoBar {
  readonly factor: keyof Factors;
  readonly lowBp: number;
  readonly highBp: number;
  /** Option id → E4 per ticket at the low and at the high end. */
  readonly low: Readonly<Record<string, number>>;
  readonly high: Readonly<Record<string, number>>;
  /** Own − cheapest quote per ticket; below 0 own is cheaper. */
  readonly gapLowE4: number | null;
  readonly gapHighE4: number | null;
  /** True when the cheaper side is another one at one of the ends. */
  readonly flips: boolean;
}

const tornadoFactors = ['wage', 'rent', 'volume', 'weight', 'freight', 'returns', 'cloud'] as const satisfies readonly (keyof Factors)[];

/** Own ticket cost − that of the cheapest quote that ships everything, or null when one of them is missing. */
export function gapE4(results: readonly { readonly parcels: number; readonly complete: boolean; readonly perTicketE4: number | null }[]): number | null {
  const own = results[0];
  const quotes = results.slice(1).filter((option) => option.parcels > 0 && option.complete);
  if (!own || own.parcels === 0 || quotes.length === 0) return null;
  return (own.perTicketE4 ?? 0) - Math.min(...quotes.map((option) => option.perTicketE4 ?? 0));
}

/** One bar per factor, widest first. Each end recomputes everything: weights are priced again, crews are counted again. */
export function tornado(model: CostModel, spreadBp: number, base: readonly OptionResult[]): TornadoBar[] {
  const now = gapE4(base);
  const bars = tornadoFactors.map((factor): TornadoBar => {
    const at = (bp: number) => evaluate(model, { ...neutral, [factor]: bp }).results;
    const low = at(BP - spreadBp);
    const high = at(BP + spreadBp);
    const tickets = (results: readonly OptionResult[]) => Object.fromEntries(results.map((option) => [option.id, option.perTicketE4]));
    const gapLowE4 = gapE4(low);
    const gapHighE4 = gapE4(high);
    return {
      factor,
      lowBp: BP - spreadBp,
      highBp: BP + spreadBp,
      low: tickets(low),
      high: tickets(high),
      gapLowE4,
      gapHighE4,
      flips: [gapLowE4, gapHighE4].some((gap) => gap !== null && now !== null && Math.sign(gap) !== Math.sign(now)),
    };
  });
  return bars.sort((a, b) => width(b) - width(a));
}

function width(bar: TornadoBar): number {
  return Math.abs((bar.gapHighE4 ?? 0) - (bar.gapLowE4 ?? 0));
}

/**
 * A small, seeded generator (mulberry32): the same seed gives the same draws on every machine.
 * Returns whole numbers from 0 to 2^32 − 1.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export interface MonteCarlo {
  readonly seed: number;
  readonly runs: number;
  /** Option id → ticket cost in E4 at the 5th, 50th and 95th percentile. */
  readonly perTicketE4: Readonly<Record<string, { readonly p5: number; readonly p50: number; readonly p95: number }>>;
  /** Part of the runs in which an option was the cheapest, in basis points; they add up to 10000. */
  readonly cheapestBp: Readonly<Record<string, number>>;
}

/** Draws volume, freight, wage and warehouse price evenly from their ranges and compares the options each time. */
export function monteCarlo(model: CostModel, bases: readonly VolumeBase[], perDayNow: number): MonteCarlo {
  const { seed, runs, volume, freight, wage, cloud } = model.scenario.analysis.monteCarlo;
  const random = randomFrom(seed);
  const draw = (range: { lowBp: number; highBp: number }) => range.lowBp + (random() % (range.highBp - range.lowBp + 1));
  const usable = bases.filter((base) => base.complete && base.parcels > 0);
  const costs = usable.map(() => new Float64Array(runs));
  const wins = usable.map(() => 0);
  const buffer: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const parcels = Math.max(1, Math.round((perDayNow * model.scenario.daysPerMonth * draw(volume)) / BP));
    const factors: Factors = { ...neutral, freight: draw(freight), wage: draw(wage), cloud: draw(cloud) };
    let best = 0;
    usable.forEach((base, index) => {
      const line = costs[index];
      if (!line) return;
      line[run] = costOfMonth(base, parcels, factors, buffer) / parcels;
      if ((line[run] ?? 0) < (costs[best]?.[run] ?? 0)) best = index;
    });
    if (usable.length > 0) wins[best] = (wins[best] ?? 0) + 1;
  }
  const at = (line: Float64Array, part: number) => Math.round(line[Math.min(line.length - 1, Math.floor(line.length * part))] ?? 0);
  const perTicketE4: Record<string, { p5: number; p50: number; p95: number }> = {};
  const cheapestBp: Record<string, number> = {};
  let given = 0;
  usable.forEach((base, index) => {
    const line = (costs[index] ?? new Float64Array(0)).toSorted();
    perTicketE4[base.model.id] = { p5: at(line, 0.05), p50: at(line, 0.5), p95: at(line, 0.95) };
    const part = index === usable.length - 1 ? BP - given : Math.round(((wins[index] ?? 0) * BP) / runs);
    given += part;
    cheapestBp[base.model.id] = part;
  });
  return { seed, runs, perTicketE4, cheapestBp };
}
