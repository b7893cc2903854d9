/**
 * Work on 1-bit bitmaps, by whole bytes. Everything here is exact integer work, so the same label has the same dots on
 * every machine.
 */
import type { Bitmap, DotRect, Rotation } from './rendered.ts';

/** An all-white bitmap. */
export function createBitmap(width: number, height: number): Bitmap {
  const stride = (width + 7) >> 3;
  return { width, height, stride, bits: new Uint8Array(stride * height) };
}

/** True where the dot is black; outside is white. */
export function dotAt(bitmap: Bitmap, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return false;
  return ((bitmap.bits[y * bitmap.stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
}

/** Blackens one dot; outside is ignored. */
export function setDot(bitmap: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= bitmap.width || y >= bitmap.height) return;
  const at = y * bitmap.stride + (x >> 3);
  bitmap.bits[at] = (bitmap.bits[at] ?? 0) | (0x80 >> (x & 7));
}

/** The part of a rectangle that lies on the bitmap, or undefined when none does. */
export function clipRect(rect: DotRect, width: number, height: number): DotRect | undefined {
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  const right = Math.min(width, rect.x + rect.width);
  const bottom = Math.min(height, rect.y + rect.height);
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : undefined;
}

/** The bytes of a row that a clipped rectangle touches, and which dots of the outer two are inside. */
function edges(clipped: DotRect): { first: number; last: number; firstMask: number; lastMask: number } {
  const end = clipped.x + clipped.width - 1;
  return { first: clipped.x >> 3, last: end >> 3, firstMask: 0xff >> (clipped.x & 7), lastMask: (0xff << (7 - (end & 7))) & 0xff };
}

/** Applies a byte operation to every row of a rectangle: `whole` bytes at once, edges by mask. */
function overRect(bitmap: Bitmap, rect: DotRect, apply: (at: number, mask: number) => void, whole?: (from: number, to: number) => void): void {
  const clipped = clipRect(rect, bitmap.width, bitmap.height);
  if (!clipped) return;
  const { first, last, firstMask, lastMask } = edges(clipped);
  for (let row = clipped.y; row < clipped.y + clipped.height; row++) {
    const base = row * bitmap.stride;
    if (first === last) {
      apply(base + first, firstMask & lastMask);
      continue;
    }
    apply(base + first, firstMask);
    if (whole) whole(base + first + 1, base + last);
    else for (let at = first + 1; at < last; at++) apply(base + at, 0xff);
    apply(base + last, lastMask);
  }
}

/** Blackens a rectangle; what lies outside is ignored. */
export function fillRect(bitmap: Bitmap, rect: DotRect): void {
  const { bits } = bitmap;
  overRect(
    bitmap,
    rect,
    (at, mask) => {
      bits[at] = (bits[at] ?? 0) | mask;
    },
    (from, to) => {
      bits.fill(0xff, from, to);
    },
  );
}

/** Swaps black and white inside a rectangle. */
export function invertRect(bitmap: Bitmap, rect: DotRect): void {
  const { bits } = bitmap;
  overRect(bitmap, rect, (at, mask) => {
    bits[at] = (bits[at] ?? 0) ^ mask;
  });
}

/** The four bars of a frame whose outer edge is the rectangle; a frame too thick for its rectangle is a filled one. */
export function frameRects(rect: DotRect, thickness: number): DotRect[] {
  const t = Math.max(1, thickness);
  if (t * 2 >= rect.width || t * 2 >= rect.height) return [rect];
  const inner = rect.height - 2 * t;
  return [
    { x: rect.x, y: rect.y, width: rect.width, height: t },
    { x: rect.x, y: rect.y + rect.height - t, width: rect.width, height: t },
    { x: rect.x, y: rect.y + t, width: t, height: inner },
    { x: rect.x + rect.width - t, y: rect.y + t, width: t, height: inner },
  ];
}

/** Draws `source` with black ink (OR) at x, y of `target`; what lies outside is ignored. */
export function blit(target: Bitmap, source: Bitmap, x: number, y: number): void {
  const top = Math.max(0, -y);
  const bottom = Math.min(source.height, target.height - y);
  if (bottom <= top || x >= target.width || x + source.width <= 0) return;
  if (x < 0 || x + source.width > target.width) {
    blitClipped(target, source, x, y, top, bottom);
    return;
  }
  const shift = x & 7;
  const from = source.bits;
  const to = target.bits;
  const bytes = source.stride;
  const column = x >> 3;
  if (shift === 0) {
    for (let row = top; row < bottom; row++) {
      let read = row * bytes;
      let write = (y + row) * target.stride + column;
      for (let i = 0; i < bytes; i++, write++) {
        const value = from[read++]!;
        if (value !== 0) to[write]! |= value;
      }
    }
    return;
  }
  const back = 8 - shift;
  // The last byte spills into a next one only where the ink can reach it; pad bits are 0, so a spill never leaves the row.
  for (let row = top; row < bottom; row++) {
    let read = row * bytes;
    let write = (y + row) * target.stride + column;
    for (let i = 0; i < bytes; i++) {
      const value = from[read++]!;
      if (value !== 0) {
        to[write]! |= value >> shift;
        const spill = (value << back) & 0xff;
        if (spill !== 0) to[write + 1]! |= spill;
      }
      write++;
    }
  }
}

function blitClipped(target: Bitmap, source: Bitmap, x: number, y: number, top: number, bottom: number): void {
  const left = Math.max(0, -x);
  const right = Math.min(source.width, target.width - x);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      if (dotAt(source, column, row)) setDot(target, x + column, y + row);
    }
  }
}

/** A copy of one rectangle of a bitmap; parts outside are white. */
export function crop(source: Bitmap, rect: DotRect): Bitmap {
  const out = createBitmap(rect.width, rect.height);
  if (rect.x < 0 || rect.y < 0 || rect.x + rect.width > source.width || rect.y + rect.height > source.height) {
    blit(out, source, -rect.x, -rect.y);
    return out;
  }
  const shift = rect.x & 7;
  const { bits, stride } = out;
  const last = source.stride - 1;
  const padMask = (0xff << (stride * 8 - rect.width)) & 0xff;
  for (let row = 0; row < rect.height; row++) {
    const from = (rect.y + row) * source.stride;
    const to = row * stride;
    for (let i = 0, at = rect.x >> 3; i < stride; i++, at++) {
      const next = shift !== 0 && at < last ? source.bits[from + at + 1]! >> (8 - shift) : 0;
      bits[to + i] = (source.bits[from + at]! << shift) | next;
    }
    bits[to + stride - 1]! &= padMask;
  }
  return out;
}

/** A copy turned clockwise by quarter turns. */
export function rotate(source: Bitmap, rotation: Rotation): Bitmap {
  if (rotation === 0) return source;
  const { width, height } = source;
  const out = rotation === 180 ? createBitmap(width, height) : createBitmap(height, width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!dotAt(source, x, y)) continue;
      if (rotation === 90) setDot(out, height - 1 - y, x);
      else if (rotation === 180) setDot(out, width - 1 - x, height - 1 - y);
      else setDot(out, y, width - 1 - x);
    }
  }
  return out;
}

/** Smallest rectangle that holds every black dot, or undefined for an empty bitmap. */
export function inkBounds(bitmap: Bitmap): DotRect | undefined {
  let left = bitmap.width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < bitmap.height; y++) {
    const base = y * bitmap.stride;
    let inked = false;
    for (let i = 0; i < bitmap.stride; i++) {
      const value = bitmap.bits[base + i]!;
      if (value === 0) continue;
      inked = true;
      const first = i * 8 + Math.clz32(value) - 24;
      const last = i * 8 + 7 - trailingZeros(value);
      if (first < left) left = first;
      if (last > right) right = last;
    }
    if (!inked) continue;
    if (top < 0) top = y;
    bottom = y;
  }
  return top < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function trailingZeros(value: number): number {
  return 31 - Math.clz32(value & -value);
}

/** True when any dot of the rectangle is black. */
export function hasInk(bitmap: Bitmap, rect: DotRect): boolean {
  const clipped = clipRect(rect, bitmap.width, bitmap.height);
  if (!clipped) return false;
  const { first, last, firstMask, lastMask } = edges(clipped);
  for (let row = clipped.y; row < clipped.y + clipped.height; row++) {
    const base = row * bitmap.stride;
    for (let at = first; at <= last; at++) {
      let mask = 0xff;
      if (at === first) mask &= firstMask;
      if (at === last) mask &= lastMask;
      if ((bitmap.bits[base + at]! & mask) !== 0) return true;
    }
  }
  return false;
}

/**
 * A 64-bit FNV-1a style fingerprint of size and dots as 16 hex digits: for golden tests, caches and "is it the same picture".
 * Not a protection against somebody who wants a collision.
 */
export function hashBitmap(bitmap: Bitmap): string {
  let high = 0x811c9dc5;
  let low = 0x01000193 ^ bitmap.width;
  const mix = (value: number): void => {
    high = Math.imul(high ^ value, 0x01000193);
    low = Math.imul(low ^ (value + (high >>> 24)), 0x85ebca6b) ^ (low >>> 15);
  };
  mix(bitmap.width);
  mix(bitmap.height);
  for (const value of bitmap.bits) mix(value);
  return (high >>> 0).toString(16).padStart(8, '0') + (low >>> 0).toString(16).padStart(8, '0');
}
