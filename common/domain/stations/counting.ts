/** Counting the goods of one parcel by their codes: pure, so that every order of scans can be tried. */
import { goodsCode } from './codes.ts';

export interface PackLine {
  /** Stable within the parcel. */
  readonly key: string;
  /** Codes that stand for it, strongest first: barcode, SKU code, item code. */
  readonly codes: readonly string[];
  /** Null: the order file did not say how many. */
  readonly needed: number | null;
}

/** Pieces counted so far, by key of the line. */
export type Counted = Readonly<Record<string, number>>;

export type CountStep =
  | { readonly kind: 'counted'; readonly key: string; readonly counted: Counted }
  /** It belongs to the parcel, but all of it are in the box already. */
  | { readonly kind: 'too_many'; readonly key: string }
  | { readonly kind: 'not_in_parcel' };

/** One more piece. Of several lines with this code, the strongest match with room takes it. */
export function countPiece(lines: readonly PackLine[], counted: Counted, code: string): CountStep {
  const wanted = goodsCode(code);
  const fitting = lines
    .map((line) => ({ line, place: line.codes.findIndex((own) => own !== '' && goodsCode(own) === wanted) }))
    .filter(({ place }) => place >= 0)
    .sort((left, right) => left.place - right.place)
    .map(({ line }) => line);
  const [first] = fitting;
  if (first === undefined) return { kind: 'not_in_parcel' };
  const open = fitting.find((line) => line.needed === null || (counted[line.key] ?? 0) < line.needed);
  if (open === undefined) return { kind: 'too_many', key: first.key };
  return { kind: 'counted', key: open.key, counted: { ...counted, [open.key]: (counted[open.key] ?? 0) + 1 } };
}

/** Every line has all its pieces. A line without a known quantity is never complete by counting: a person says so. */
export function isComplete(lines: readonly PackLine[], counted: Counted): boolean {
  return lines.every((line) => line.needed !== null && (counted[line.key] ?? 0) >= line.needed);
}

export function piecesOf(counted: Counted): number {
  return Object.values(counted).reduce((sum, one) => sum + one, 0);
}
