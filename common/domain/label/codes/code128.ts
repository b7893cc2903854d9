// The package has no types of its own for these files, and an ambient declaration cannot be imported.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./jsbarcode.d.ts" />
/**
 * Code 128 with the fewest possible symbols. Which subset to use where is found by dynamic programming over the text, so no
 * other choice of subsets is shorter; the bar patterns come from JsBarcode's table.
 * Facts: ISO/IEC 15417 (subsets A, B, C, code and shift characters, modulo 103 check, quiet zone 10X).
 */
import { BARS } from 'jsbarcode/bin/barcodes/CODE128/constants.js';

export interface Code128 {
  /** Symbol values, start code first; check symbol and stop pattern left out. */
  readonly codewords: readonly number[];
  /** Bars and spaces as modules, '1' bar, with check and stop. */
  readonly modules: string;
}

const startOf = { a: 103, b: 104, c: 105 } as const;
const switchTo = { a: 101, b: 100, c: 99 } as const;
const shift = 98;
const stopPattern = 106;
/** In order of preference where the length is the same: printers take B as it is, while A is spelled differently by every language. */
const subsets = ['b', 'a', 'c'] as const;
type Subset = (typeof subsets)[number];

const patterns: readonly string[] = BARS.map(String);

/** Value of a character in subset A or B, or -1. */
function valueIn(subset: 'a' | 'b', code: number): number {
  if (subset === 'b') return code >= 32 && code <= 127 ? code - 32 : -1;
  if (code < 32) return code + 64;
  return code <= 95 ? code - 32 : -1;
}

interface Step {
  readonly cost: number;
  readonly subset: Subset;
  readonly from: Subset;
  readonly emit: readonly number[];
  readonly taken: number;
}

/** Encodes text of ASCII 0–127; undefined when a character is outside that or the text is empty. */
export function encodeCode128(text: string): Code128 | undefined {
  const codes = Array.from(text, (character) => character.codePointAt(0)!);
  if (codes.length === 0 || codes.some((code) => code > 127)) return undefined;
  const codewords = shortest(codes);
  const check = codewords.reduce((sum, value, i) => sum + value * Math.max(1, i), 0) % 103;
  const modules = [...codewords, check, stopPattern].map((value) => patterns[value]!).join('');
  return { codewords, modules };
}

/** best[i][s]: cheapest way to have sent the first i characters and to be in subset s. */
function shortest(codes: readonly number[]): number[] {
  const best: Partial<Record<Subset, Step>>[] = codes.map(() => ({}));
  best.push({});
  const start: Partial<Record<Subset, number>> = { a: 1, b: 1, c: 1 };
  for (let i = 0; i < codes.length; i++) {
    for (const from of subsets) {
      const paid = i === 0 ? start[from] : best[i]![from]?.cost;
      if (paid === undefined) continue;
      for (const subset of subsets) {
        const change = subset === from ? [] : [switchTo[subset]];
        // The start code already names a subset; a switch right after it is never shorter.
        if (i === 0 && change.length > 0) continue;
        for (const option of optionsIn(subset, codes, i)) {
          const cost = paid + change.length + option.emit.length;
          const known = best[i + option.taken]![subset];
          if (!known || cost < known.cost) best[i + option.taken]![subset] = { cost, subset, from, emit: [...change, ...option.emit], taken: option.taken };
        }
      }
    }
  }
  return trace(best, codes.length);
}

function optionsIn(subset: Subset, codes: readonly number[], i: number): { emit: number[]; taken: number }[] {
  if (subset === 'c') {
    const tens = digit(codes[i]);
    const ones = digit(codes[i + 1]);
    return tens < 0 || ones < 0 ? [] : [{ emit: [tens * 10 + ones], taken: 2 }];
  }
  const own = valueIn(subset, codes[i]!);
  if (own >= 0) return [{ emit: [own], taken: 1 }];
  const shifted = valueIn(subset === 'a' ? 'b' : 'a', codes[i]!);
  return shifted >= 0 ? [{ emit: [shift, shifted], taken: 1 }] : [];
}

function digit(code: number | undefined): number {
  return code !== undefined && code >= 48 && code <= 57 ? code - 48 : -1;
}

function trace(best: readonly Partial<Record<Subset, Step>>[], end: number): number[] {
  let subset = subsets.reduce<Subset | undefined>((least, candidate) => {
    const step = best[end]![candidate];
    return step && (!least || step.cost < best[end]![least]!.cost) ? candidate : least;
  }, undefined);
  const parts: (readonly number[])[] = [];
  let at = end;
  while (at > 0 && subset) {
    const step: Step = best[at]![subset]!;
    parts.unshift(step.emit);
    at -= step.taken;
    subset = step.from;
  }
  return [startOf[subset ?? 'b'], ...parts.flat()];
}
