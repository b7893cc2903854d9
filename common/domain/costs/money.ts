/**
 * Integer money of the cost model. Two units, both whole numbers:
 * - **fen**, 1/100 yuan: amounts on a bill (rent, wage, a month's freight);
 * - **E4**, 1/10000 yuan: unit prices (per parcel, per item, per kilogram), because a label costs 0.04 yuan. 1 fen = 100 E4.
 *
 * All sums are made in E4 and turned into fen once, at the end, so nothing is rounded twice.
 * A month of 10 million parcels of 100 yuan is 10^13 E4, far inside the exact range of a double (9·10^15).
 */

/** E4 units in one fen. */
export const E4_PER_FEN = 100;

/** Basis points in one whole (100 % = 10000 bp). */
export const BP = 10000;

/** a / b rounded half up (half away from zero for negative a). b > 0, both whole numbers. */
export function roundDiv(a: number, b: number): number {
  // 0 − x, not −x: there is no negative zero on a bill
  if (a < 0) return 0 - roundDiv(-a, b);
  const quotient = Math.floor(a / b);
  const rest = a - quotient * b;
  return rest * 2 >= b ? quotient + 1 : quotient;
}

/** a / b rounded up; a ≥ 0, b > 0, both whole numbers. */
export function ceilDiv(a: number, b: number): number {
  const quotient = Math.floor(a / b);
  return quotient * b === a ? quotient : quotient + 1;
}

/**
 * a × b / c rounded half up without leaving the exact range: the whole part of a / c is multiplied first, so only
 * (a mod c) × b has to stay below 2^53. a ≥ 0, b ≥ 0, c > 0.
 */
export function mulDiv(a: number, b: number, c: number): number {
  const product = a * b;
  if (product >= 0 && product <= 4_503_599_627_370_496) {
    // common case: exact and small, one division
    const quotient = Math.floor(product / c);
    return (product - quotient * c) * 2 >= c ? quotient + 1 : quotient;
  }
  if (a < 0) return 0 - mulDiv(-a, b, c);
  const whole = Math.floor(a / c);
  return whole * b + roundDiv((a - whole * c) * b, c);
}

/** A part of an amount given in basis points, rounded half up. */
export function share(amount: number, basisPoints: number): number {
  return basisPoints === BP ? amount : mulDiv(amount, basisPoints, BP);
}

/** Fen as E4. */
export function fenToE4(fen: number): number {
  return fen * E4_PER_FEN;
}

/** E4 as fen, rounded half up. */
export function e4ToFen(e4: number): number {
  return roundDiv(e4, E4_PER_FEN);
}

/**
 * Splits `total` into whole parts proportional to `weights` that add up to `total` exactly (largest remainder; equal remainders go
 * to the earlier part). With no weight at all everything falls on the first part.
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (weights.length === 0) return [];
  if (sum === 0 || total === 0) return weights.map((_, index) => (index === 0 ? total : 0));
  if (total < 0) return apportion(-total, weights).map((part) => (part === 0 ? 0 : -part));
  const parts: number[] = [];
  const rests: { index: number; rest: number }[] = [];
  let given = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const { floor, rest } = floorMulDiv(weights[index] ?? 0, total, sum);
    parts.push(floor);
    rests.push({ index, rest });
    given += floor;
  }
  rests.sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of rests.slice(0, total - given)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

/** Exact floor and remainder of a × b / c; BigInt, because both factors may be sums of money. */
function floorMulDiv(a: number, b: number, c: number): { floor: number; rest: number } {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const floor = Math.floor(product / c);
    return { floor, rest: product - floor * c };
  }
  const big = BigInt(a) * BigInt(b);
  const divisor = BigInt(c);
  return { floor: Number(big / divisor), rest: Number(big % divisor) };
}

/**
 * Rounds parts to whole units of `unit` so that they add up to the rounded total: the classic way to print a bill whose lines sum to
 * its foot. Parts may be negative. Each part moves by less than one unit from its exact value.
 */
export function roundParts(parts: readonly number[], unit: number): { parts: number[]; total: number } {
  const exact = parts.reduce((a, b) => a + b, 0);
  const total = roundDiv(exact, unit);
  const floors = parts.map((part) => Math.floor(part / unit));
  let missing = total - floors.reduce((a, b) => a + b, 0);
  const order = parts
    .map((part, index) => ({ index, rest: part - (floors[index] ?? 0) * unit }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  for (const { index } of order) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing -= 1;
  }
  return { parts: floors, total };
}

/** Fen as yuan text: 1234 → "12.34". */
export function formatFen(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const abs = Math.abs(fen);
  return `${sign}${Math.floor(abs / 100)}.${String(abs % 100).padStart(2, '0')}`;
}

/** E4 as yuan text without needless zeros, at least two decimals: 28000 → "2.80", 425 → "0.0425". */
export function formatE4(e4: number): string {
  const sign = e4 < 0 ? '-' : '';
  const abs = Math.abs(e4);
  const decimals = String(abs % 10000).padStart(4, '0').replace(/0{1,2}$/u, '');
  return `${sign}${Math.floor(abs / 10000)}.${decimals}`;
}
