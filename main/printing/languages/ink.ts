/** Rectangles of ink in a 1-bit page: test, erase, and find the few boxes that hold all of what is left. */
import type { Bitmap, DotRect } from '../../../common/domain/label/rendered.ts';

/** True when the rectangle lies wholly on the bitmap and has an area. */
export function liesOn(bitmap: Bitmap, rect: DotRect): boolean {
  return rect.x >= 0 && rect.y >= 0 && rect.width > 0 && rect.height > 0 && rect.x + rect.width <= bitmap.width && rect.y + rect.height <= bitmap.height;
}

/** True when every dot of the rectangle is black. The rectangle must lie on the bitmap. */
export function allBlack(bitmap: Bitmap, rect: DotRect): boolean {
  const { bits, stride } = bitmap;
  const first = rect.x >> 3;
  const end = rect.x + rect.width - 1;
  const last = end >> 3;
  const firstMask = 0xff >> (rect.x & 7);
  const lastMask = (0xff << (7 - (end & 7))) & 0xff;
  for (let row = rect.y; row < rect.y + rect.height; row++) {
    const base = row * stride;
    if (first === last) {
      const mask = firstMask & lastMask;
      if ((bits[base + first]! & mask) !== mask) return false;
      continue;
    }
    if ((bits[base + first]! & firstMask) !== firstMask || (bits[base + last]! & lastMask) !== lastMask) return false;
    for (let at = base + first + 1; at < base + last; at++) if (bits[at] !== 0xff) return false;
  }
  return true;
}

/** Whitens every dot of the rectangle. The rectangle must lie on the bitmap. */
export function erase(bitmap: Bitmap, rect: DotRect): void {
  const { bits, stride } = bitmap;
  const first = rect.x >> 3;
  const end = rect.x + rect.width - 1;
  const last = end >> 3;
  const firstKeep = ~(0xff >> (rect.x & 7)) & 0xff;
  const lastKeep = ~(0xff << (7 - (end & 7))) & 0xff;
  for (let row = rect.y; row < rect.y + rect.height; row++) {
    const base = row * stride;
    if (first === last) {
      bits[base + first]! &= firstKeep | lastKeep;
      continue;
    }
    bits[base + first]! &= firstKeep;
    bits[base + last]! &= lastKeep;
    if (last > first + 1) bits.fill(0, base + first + 1, base + last);
  }
}

/** A box of whole bytes across and rows down that holds ink. */
export interface Region {
  readonly firstByte: number;
  readonly byteCount: number;
  readonly firstRow: number;
  readonly rowCount: number;
}

export interface SplitRule {
  /** What one more region costs in the output, in bytes before compression. */
  readonly regionCost: number;
  /** Rows at most in one region; 0 for no limit. */
  readonly maxRows: number;
  /** Bytes at most in one region; 0 for no limit. */
  readonly maxBytes: number;
}

/**
 * Boxes that hold all ink of the page: blank strips are cut out, rows first and then columns and again inside, wherever leaving
 * them out saves more than one more command costs.
 */
export function findRegions(page: Bitmap, rule: SplitRule): Region[] {
  const found: Region[] = [];
  const columns = new Uint8Array(page.stride);
  splitRows(page, { firstByte: 0, byteCount: page.stride, firstRow: 0, rowCount: page.height }, rule, columns, found, 0);
  return limit(found, rule);
}

/** The smallest box around all ink, or undefined for a blank page. */
export function boundingRegion(page: Bitmap): Region | undefined {
  const all = findRegions(page, { regionCost: Number.POSITIVE_INFINITY, maxRows: 0, maxBytes: 0 });
  return all[0];
}

const maximumDepth = 3;

function rowHasInk(bits: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bits[at] !== 0) return true;
  return false;
}

function splitRows(page: Bitmap, box: Region, rule: SplitRule, columns: Uint8Array, found: Region[], depth: number): void {
  const { bits, stride } = page;
  const endRow = box.firstRow + box.rowCount;
  let start = -1;
  let blankFrom = -1;
  for (let row = box.firstRow; row <= endRow; row++) {
    const from = row * stride + box.firstByte;
    const ink = row < endRow && rowHasInk(bits, from, from + box.byteCount);
    if (ink) {
      if (start < 0) start = row;
      blankFrom = -1;
      continue;
    }
    if (start < 0) continue;
    if (blankFrom < 0) blankFrom = row;
    const blankRows = row - blankFrom + 1;
    if (row === endRow || blankRows * box.byteCount > rule.regionCost) {
      splitColumns(page, { ...box, firstRow: start, rowCount: blankFrom - start }, rule, columns, found, depth + 1);
      start = -1;
      blankFrom = -1;
    }
  }
}

function splitColumns(page: Bitmap, box: Region, rule: SplitRule, columns: Uint8Array, found: Region[], depth: number): void {
  const { bits, stride } = page;
  const ink = columns.fill(0, 0, box.byteCount);
  for (let row = box.firstRow; row < box.firstRow + box.rowCount; row++) {
    const from = row * stride + box.firstByte;
    for (let i = 0; i < box.byteCount; i++) ink[i]! |= bits[from + i]!;
  }
  const parts: Region[] = [];
  let start = -1;
  let blankFrom = -1;
  for (let i = 0; i <= box.byteCount; i++) {
    if (i < box.byteCount && ink[i] !== 0) {
      if (start < 0) start = i;
      blankFrom = -1;
      continue;
    }
    if (start < 0) continue;
    if (blankFrom < 0) blankFrom = i;
    if (i === box.byteCount || (i - blankFrom + 1) * box.rowCount > rule.regionCost) {
      parts.push({ ...box, firstByte: box.firstByte + start, byteCount: blankFrom - start });
      start = -1;
      blankFrom = -1;
    }
  }
  const alone = parts.length === 1;
  for (const part of parts) {
    if (depth >= maximumDepth || (alone && depth > 1)) found.push(part);
    else splitRows(page, part, rule, columns, found, depth + (alone ? 1 : 0));
  }
}

function limit(regions: Region[], rule: SplitRule): Region[] {
  if (rule.maxRows === 0 && rule.maxBytes === 0) return regions;
  const out: Region[] = [];
  for (const region of regions) {
    const byBytes = rule.maxBytes > 0 ? Math.max(1, Math.floor(rule.maxBytes / region.byteCount)) : region.rowCount;
    const rows = Math.min(rule.maxRows > 0 ? rule.maxRows : region.rowCount, byBytes);
    for (let done = 0; done < region.rowCount; done += rows) {
      out.push({ ...region, firstRow: region.firstRow + done, rowCount: Math.min(rows, region.rowCount - done) });
    }
  }
  return out;
}
