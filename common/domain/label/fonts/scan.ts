/**
 * Scan conversion with exact area coverage: every dot gets the share of its square that the outline covers, then one
 * threshold makes it black or white. Only +, −, × and ÷ on doubles, so the dots are the same on every platform.
 * The accumulation idea (signed area per cell, summed along the row) is the usual one of software rasterisers.
 */
import type { Contour } from './truetype.ts';

export interface Coverage {
  readonly width: number;
  readonly height: number;
  /** Share of ink per dot, 0…1, rows top to bottom. */
  readonly cells: Float64Array;
}

/** How font units become dots: dot = unit × scale + shift, with y turned to point down from `top`. */
export interface Placement {
  readonly scale: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Box to draw into, in dots relative to the glyph's origin; y of the top edge is measured up from the baseline. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Coverage of closed contours within a box that is known to hold them. */
export function coverage(contours: readonly Contour[], place: Placement): Coverage {
  const { width, height, scale } = place;
  // One spare cell per row takes what falls on the right edge.
  const row = width + 2;
  const area = new Float64Array(row * height + 2);
  for (const contour of contours) {
    const count = contour.length / 2;
    let x0 = contour[(count - 1) * 2]! * scale + place.shiftX - place.left;
    let y0 = place.top - contour[(count - 1) * 2 + 1]! * scale - place.shiftY;
    for (let i = 0; i < count; i++) {
      const x1 = contour[i * 2]! * scale + place.shiftX - place.left;
      const y1 = place.top - contour[i * 2 + 1]! * scale - place.shiftY;
      addEdge(area, row, width, height, x0, y0, x1, y1);
      x0 = x1;
      y0 = y1;
    }
  }
  const cells = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      sum += area[y * row + x]!;
      const ink = sum < 0 ? -sum : sum;
      cells[y * width + x] = ink > 1 ? 1 : ink;
    }
  }
  return { width, height, cells };
}

/** Adds the signed area to the right of one edge, row by row. */
function addEdge(area: Float64Array, row: number, width: number, height: number, ax: number, ay: number, bx: number, by: number): void {
  if (ay === by) return;
  const direction = ay < by ? 1 : -1;
  const [x0, y0, x1, y1] = direction === 1 ? [ax, ay, bx, by] : [bx, by, ax, ay];
  const slope = (x1 - x0) / (y1 - y0);
  let x = y0 < 0 ? x0 - y0 * slope : x0;
  const firstRow = Math.max(0, Math.floor(y0));
  const lastRow = Math.min(height, Math.ceil(y1));
  for (let y = firstRow; y < lastRow; y++) {
    const dy = Math.min(y + 1, y1) - Math.max(y, y0);
    const nextX = x + slope * dy;
    addSpan(area, y * row, width, direction * dy, Math.min(x, nextX), Math.max(x, nextX));
    x = nextX;
  }
}

/** One edge within one row, from x0 to x1 (x0 ≤ x1), of signed height d. */
function addSpan(area: Float64Array, base: number, width: number, d: number, rawX0: number, rawX1: number): void {
  const x0 = Math.min(Math.max(rawX0, 0), width);
  const x1 = Math.min(Math.max(rawX1, 0), width);
  const first = Math.floor(x0);
  const last = Math.ceil(x1);
  if (last <= first + 1) {
    const right = d * (1 - ((x0 + x1) / 2 - first));
    area[base + first]! += right;
    area[base + first + 1]! += d - right;
    return;
  }
  const perDot = 1 / (x1 - x0);
  const inFirst = first + 1 - x0;
  const startArea = 0.5 * perDot * inFirst * inFirst;
  area[base + first]! += d * startArea;
  const inLast = x1 - last + 1;
  const endArea = 0.5 * perDot * inLast * inLast;
  if (last === first + 2) {
    area[base + first + 1]! += d * (1 - startArea - endArea);
  } else {
    const second = perDot * (1.5 - (x0 - first));
    area[base + first + 1]! += d * (second - startArea);
    for (let x = first + 2; x < last - 1; x++) area[base + x]! += d * perDot;
    const before = second + (last - first - 3) * perDot;
    area[base + last - 1]! += d * (1 - before - endArea);
  }
  area[base + last]! += d * endArea;
}

/** How undecided a glyph is: 0 when every dot is fully ink or fully paper. Smaller prints crisper. */
export function blur(cover: Coverage): number {
  let sum = 0;
  for (const ink of cover.cells) sum += ink * (1 - ink);
  return sum;
}
