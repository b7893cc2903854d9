import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blit, createBitmap, crop, dotAt, fillRect, frameRects, hasInk, hashBitmap, inkBounds, invertRect, rotate, setDot } from './bitmap.ts';
import { paintOp } from './paint.ts';
import type { Bitmap } from './rendered.ts';

const speckled = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 12 }), seed: fc.integer() }).map(({ width, height, seed }): Bitmap => {
  const bitmap = createBitmap(width, height);
  let state = seed | 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      if (state < 0) setDot(bitmap, x, y);
    }
  }
  return bitmap;
});
const rect = fc.record({ x: fc.integer({ min: -20, max: 50 }), y: fc.integer({ min: -8, max: 20 }), width: fc.integer({ min: 0, max: 60 }), height: fc.integer({ min: 0, max: 20 }) });

function dots(bitmap: Bitmap): string[] {
  return Array.from({ length: bitmap.height }, (_, y) => Array.from({ length: bitmap.width }, (__, x) => (dotAt(bitmap, x, y) ? '#' : '.')).join(''));
}

function padIsWhite(bitmap: Bitmap): boolean {
  const pad = bitmap.stride * 8 - bitmap.width;
  return Array.from({ length: bitmap.height }, (_, y) => bitmap.bits[y * bitmap.stride + bitmap.stride - 1]! & ((1 << pad) - 1)).every((value) => value === 0);
}

describe('bitmaps', () => {
  it('blits like dot by dot, wherever it is put', () => {
    fc.assert(
      fc.property(speckled, speckled, fc.integer({ min: -45, max: 45 }), fc.integer({ min: -14, max: 14 }), (target, source, x, y) => {
        const expected = { ...target, bits: target.bits.slice() };
        for (let j = 0; j < source.height; j++) for (let i = 0; i < source.width; i++) if (dotAt(source, i, j)) setDot(expected, x + i, y + j);
        blit(target, source, x, y);
        expect(dots(target)).toEqual(dots(expected));
        expect(padIsWhite(target)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('crops like dot by dot, inside and across the edge', () => {
    fc.assert(
      fc.property(speckled, rect, (bitmap, area) => {
        const out = crop(bitmap, area);
        const expected = createBitmap(area.width, area.height);
        for (let y = 0; y < area.height; y++) for (let x = 0; x < area.width; x++) if (dotAt(bitmap, area.x + x, area.y + y)) setDot(expected, x, y);
        expect(dots(out)).toEqual(dots(expected));
        expect(area.width === 0 || area.height === 0 || padIsWhite(out)).toBe(true);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(speckled, fc.nat(39), fc.nat(11), (bitmap, left, top) => {
        const x = left % bitmap.width;
        const y = top % bitmap.height;
        const inside = { x, y, width: bitmap.width - x, height: bitmap.height - y };
        const expected = createBitmap(inside.width, inside.height);
        for (let j = 0; j < inside.height; j++) for (let i = 0; i < inside.width; i++) if (dotAt(bitmap, x + i, y + j)) setDot(expected, i, j);
        expect(crop(bitmap, inside)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('fills and inverts exactly the rectangle', () => {
    fc.assert(
      fc.property(speckled, rect, (bitmap, area) => {
        const inside = (x: number, y: number): boolean => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height;
        const before = dots(bitmap);
        const inverted = { ...bitmap, bits: bitmap.bits.slice() };
        invertRect(inverted, area);
        fillRect(bitmap, area);
        dots(bitmap).forEach((row, y) => expect(row).toBe(Array.from(before[y]!, (c, x) => (inside(x, y) ? '#' : c)).join('')));
        dots(inverted).forEach((row, y) => expect(row).toBe(Array.from(before[y]!, (c, x) => (inside(x, y) ? (c === '#' ? '.' : '#') : c)).join('')));
        expect(padIsWhite(bitmap) && padIsWhite(inverted)).toBe(true);
      }),
    );
  });

  it('turns four times into itself', () => {
    fc.assert(
      fc.property(speckled, (bitmap) => {
        const once = rotate(bitmap, 90);
        expect(dots(rotate(once, 270))).toEqual(dots(bitmap));
        expect(dots(rotate(rotate(once, 90), 180))).toEqual(dots(bitmap));
        expect(dotAt(once, once.width - 1, 0)).toBe(dotAt(bitmap, 0, 0));
      }),
    );
  });

  it('finds ink and its bounds', () => {
    fc.assert(
      fc.property(speckled, rect, (bitmap, area) => {
        const rows = dots(bitmap);
        const found = rows.some((row, y) => Array.from(row).some((c, x) => c === '#' && x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height));
        expect(hasInk(bitmap, area)).toBe(found);
        const bounds = inkBounds(bitmap);
        expect(bounds !== undefined).toBe(rows.some((row) => row.includes('#')));
        if (bounds) expect(hasInk(bitmap, bounds)).toBe(true);
      }),
    );
  });

  it('frames without overlap of its own bars', () => {
    const bars = frameRects({ x: 2, y: 3, width: 20, height: 10 }, 2);
    expect(bars.reduce((sum, bar) => sum + bar.width * bar.height, 0)).toBe(20 * 10 - 16 * 6);
    expect(frameRects({ x: 0, y: 0, width: 3, height: 3 }, 2)).toHaveLength(1);
  });

  it('has another fingerprint for every single dot', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 500; i++) {
      const bitmap = createBitmap(50, 10);
      setDot(bitmap, i % 50, Math.floor(i / 50));
      seen.add(hashBitmap(bitmap));
    }
    expect(seen.size).toBe(500);
  });

  it('draws a code of each turn as the turned upright code', () => {
    const modules = '1101001';
    const upright = createBitmap(21, 10);
    paintOp({ kind: 'linear', symbology: 'code128', text: '', rect: { x: 0, y: 0, width: 21, height: 10 }, rotation: 0, module: 3, modules }, upright);
    for (const rotation of [90, 180, 270] as const) {
      const lying = rotation !== 180;
      const size = lying ? { width: 10, height: 21 } : { width: 21, height: 10 };
      const turned = createBitmap(size.width, size.height);
      paintOp({ kind: 'linear', symbology: 'code128', text: '', rect: { x: 0, y: 0, ...size }, rotation, module: 3, modules }, turned);
      expect(dots(turned)).toEqual(dots(rotate(upright, rotation)));
    }
  });
});
