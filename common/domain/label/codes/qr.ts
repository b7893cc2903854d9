/** QR matrices from uqr, as flat bytes. Facts: ISO/IEC 18004 (quiet zone of 4 modules, eight masks, four penalties). */
import { encode, QrCodeDataType } from 'uqr';

export interface QrMatrix {
  /** Rows of modules, 1 = dark; length = size × size. */
  readonly matrix: Uint8Array;
  readonly size: number;
  readonly version: number;
  readonly mask: number;
}

export type QrLevel = 'L' | 'M' | 'Q' | 'H';

export const qrQuietModules = 4;

const maskConditions: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** For each size, what turning the modules from mask 0 to mask m flips; function modules never flip. */
const flips = new Map<number, readonly Uint8Array[]>();

/**
 * Makes the matrix of a text (UTF-8 where it needs to be); undefined when it is empty or longer than a QR of this level
 * carries. The mask is chosen here by the standard's penalties on byte arrays, because the library's own choice costs more
 * than the rest of a label; the modules are the library's.
 */
export function encodeQr(text: string, level: QrLevel, maxVersion = 40): QrMatrix | undefined {
  if (text === '') return undefined;
  try {
    const options = { ecc: level, border: 0, boostEcc: false, maxVersion };
    const plain = encode(text, { ...options, maskPattern: 0 });
    const base = flattened(plain.data);
    const mask = bestMask(base, plain.size, plain.types);
    const matrix = mask === 0 ? base : flattened(encode(text, { ...options, maskPattern: mask }).data);
    return { matrix, size: plain.size, version: plain.version, mask };
  } catch {
    return undefined;
  }
}

function flattened(rows: readonly (readonly boolean[])[]): Uint8Array {
  const size = rows.length;
  const matrix = new Uint8Array(size * size);
  rows.forEach((row, y) => {
    for (let x = 0; x < size; x++) if (row[x]) matrix[y * size + x] = 1;
  });
  return matrix;
}

function flipsOf(size: number, types: readonly (readonly QrCodeDataType[])[]): readonly Uint8Array[] {
  const known = flips.get(size);
  if (known) return known;
  const first = maskConditions[0]!;
  const made = maskConditions.map((condition) => {
    const flip = new Uint8Array(size * size);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) if (types[y]![x] === QrCodeDataType.Data && condition(x, y) !== first(x, y)) flip[y * size + x] = 1;
    }
    return flip;
  });
  flips.set(size, made);
  return made;
}

function bestMask(base: Uint8Array, size: number, types: readonly (readonly QrCodeDataType[])[]): number {
  const candidate = new Uint8Array(base.length);
  let best = 0;
  let least = Infinity;
  flipsOf(size, types).forEach((flip, mask) => {
    let dark = 0;
    for (let i = 0; i < base.length; i++) dark += candidate[i] = base[i]! ^ flip[i]!;
    const score = linePenalty(candidate, size, size, 1) + linePenalty(candidate, size, 1, size) + blockPenalty(candidate, size) + balancePenalty(dark, base.length);
    if (score < least) {
      least = score;
      best = mask;
    }
  });
  return best;
}

/** Runs of five or more of one colour, and patterns that look like a finder, along rows or columns. */
function linePenalty(modules: Uint8Array, size: number, perLine: number, perModule: number): number {
  let penalty = 0;
  for (let line = 0; line < size; line++) {
    let run = 0;
    let previous = 2;
    let history = 0;
    for (let i = 0, at = line * perLine; i < size; i++, at += perModule) {
      const module = modules[at]!;
      if (module === previous) {
        run++;
        if (run === 5) penalty += 3;
        else if (run > 5) penalty++;
      } else {
        previous = module;
        run = 1;
      }
      history = ((history << 1) | module) & 0x7ff;
      if (history === 0x5d0 || history === 0x05d) penalty += 40;
    }
    // The white margin goes on after the last module.
    for (let i = 0; i < 4; i++) {
      history = (history << 1) & 0x7ff;
      if (history === 0x5d0) penalty += 40;
    }
  }
  return penalty;
}

/** Squares of 2 × 2 of one colour. */
function blockPenalty(modules: Uint8Array, size: number): number {
  let penalty = 0;
  for (let y = 1; y < size; y++) {
    for (let x = 1, at = y * size + 1; x < size; x++, at++) {
      const sum = modules[at]! + modules[at - 1]! + modules[at - size]! + modules[at - size - 1]!;
      if (sum === 0 || sum === 4) penalty += 3;
    }
  }
  return penalty;
}

/** Distance of the dark share from one half, in steps of 5 %. */
function balancePenalty(dark: number, total: number): number {
  return Math.floor(Math.abs(dark * 20 - total * 10) / total) * 10;
}
