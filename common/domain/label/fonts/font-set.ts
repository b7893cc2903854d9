/**
 * The fonts of a label as one set: outlines in three weights, a 16-dot face for small text, a 24-dot face for rare
 * characters. A glyph is asked for by character, weight and size in whole dots and comes back as dots.
 */
import { blit, createBitmap, setDot } from '../bitmap.ts';
import type { Bitmap } from '../rendered.ts';
import { createGenerations } from '../layout/generations.ts';
import { readPixelFace, type PixelGlyph } from './pixel-face.ts';
import { blur, coverage, type Coverage } from './scan.ts';
import { readTrueType, type Contour, type TrueTypeFont } from './truetype.ts';

export const fontWeights = ['regular', 'medium', 'bold'] as const;
export type FontWeight = (typeof fontWeights)[number];

/** Bytes of the font files. The two faces are the compact files of assets/fonts. */
export interface FontFiles {
  readonly regular: Uint8Array;
  readonly medium: Uint8Array;
  readonly bold: Uint8Array;
  /** Functions are called when the face is needed for the first time: most labels need neither. */
  readonly pixel16: Uint8Array | (() => Uint8Array);
  readonly rare24: Uint8Array | (() => Uint8Array);
}

export interface Glyph {
  /** Dots from this character's origin to the next one's. */
  readonly advance: number;
  /** Where the bitmap goes, relative to the origin and to the top of the em box. */
  readonly left: number;
  readonly top: number;
  /** Undefined for a blank such as the space. */
  readonly bitmap: Bitmap | undefined;
}

export interface FontSet {
  /** The dots of a character, or undefined when no font of the set has it. `size` is the em in dots. */
  glyph(codePoint: number, weight: FontWeight, size: number): Glyph | undefined;
  /** Dots from the character's origin to the next one's, without drawing it; undefined when no font has it. */
  advance(codePoint: number, weight: FontWeight, size: number): number | undefined;
  /** True when some font of the set has the character. */
  covers(codePoint: number): boolean;
  /** The em in dots that text of a wanted size really gets: small sizes become the 16-dot face. */
  emOf(size: number): number;
  /** Memory the glyph cache holds, in bytes; never more than twice its budget. */
  cacheBytes(): number;
}

/** Outlines below this em in dots cannot carry dense characters at one bit; the bitmap face takes over. */
export const smallestOutlineSize = 18;
const pixelSize = 16;
/** Ideographic em box of Noto Sans SC: baseline 880/1000 below its top. */
const baselineShare = 0.88;
/** Share of a dot that must be covered to print. Below one half, because direct-thermal paper thins single-dot strokes. */
const inkThreshold: Readonly<Record<FontWeight, number>> = { regular: 0.44, medium: 0.46, bold: 0.5 };
/** A glyph may print this much blacker than its outline is large before its threshold rises, and how far it may rise. */
const allowedSwelling = 1.06;
const highestThreshold = 0.66;
const thresholdStep = 0.03;
/** Larger text keeps its true position: a quarter dot is no longer seen. */
const largestSnappedSize = 40;
const snapSteps = [0.25, -0.25, 0.5] as const;
const defaultCacheBytes = 12 * 1024 * 1024;
const glyphOverheadBytes = 120;

/** Makes a font set. Throws when a file is not the font it should be: they ship with the program. */
export function createFontSet(files: FontFiles, options: { readonly cacheBytes?: number } = {}): FontSet {
  const outlines: Record<FontWeight, TrueTypeFont> = { regular: openFont(files.regular), medium: openFont(files.medium), bold: openFont(files.bold) };
  const pixel = lazy(() => readPixelFace(bytesOf(files.pixel16)));
  const rare = lazy(() => readPixelFace(bytesOf(files.rare24)));
  const glyphs = createGenerations<number, Glyph | null>(options.cacheBytes ?? defaultCacheBytes);

  const fallback = (codePoint: number): PixelGlyph | undefined => rare().glyph(codePoint) ?? pixel().glyph(codePoint);

  const make = (codePoint: number, weight: FontWeight, size: number): Glyph | undefined => {
    if (size < smallestOutlineSize) {
      const small = pixel().glyph(codePoint);
      if (small) return pixelGlyph(small, pixelSize, weight === 'bold' ? 1 : 0);
      const scaled = rare().glyph(codePoint);
      return scaled && pixelGlyph(scaled, pixelSize, 0);
    }
    const font = outlines[weight];
    const index = font.glyphIndex(codePoint);
    if (index !== 0) return outlineGlyph(font, index, codePoint, weight, size);
    const substitute = fallback(codePoint);
    return substitute && pixelGlyph(substitute, size, substituteStroke(weight, size));
  };

  return {
    glyph: (codePoint, weight, size) => {
      const key = (codePoint * 4 + fontWeights.indexOf(weight)) * 2048 + size;
      const hit = glyphs.get(key);
      if (hit !== undefined) return hit ?? undefined;
      const glyph = make(codePoint, weight, size) ?? null;
      glyphs.put(key, glyph, glyphOverheadBytes + (glyph?.bitmap?.bits.length ?? 0));
      return glyph ?? undefined;
    },
    advance: (codePoint, weight, size) => {
      if (size < smallestOutlineSize) {
        const small = pixel().glyph(codePoint) ?? rare().glyph(codePoint);
        return small && Math.round((small.width * pixelSize) / small.height);
      }
      const font = outlines[weight];
      const index = font.glyphIndex(codePoint);
      if (index !== 0) return Math.round((font.advance(index) * size) / font.unitsPerEm);
      const substitute = fallback(codePoint);
      return substitute && Math.round((substitute.width * size) / substitute.height);
    },
    covers: (codePoint) => outlines.regular.glyphIndex(codePoint) !== 0 || fallback(codePoint) !== undefined,
    emOf: (size) => (size < smallestOutlineSize ? pixelSize : size),
    cacheBytes: glyphs.bytes,
  };
}

function openFont(bytes: Uint8Array): TrueTypeFont {
  const reading = readTrueType(bytes);
  if (!reading.ok) throw new Error(`font file: ${reading.reason}`);
  return reading.font;
}

function bytesOf(file: Uint8Array | (() => Uint8Array)): Uint8Array {
  return typeof file === 'function' ? file() : file;
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Han, kana, fullwidth forms: characters that fill an em and may be moved by part of a dot for crisper strokes. */
function isFullWidth(codePoint: number): boolean {
  return codePoint >= 0x2e80 && !(codePoint >= 0xff61 && codePoint <= 0xffdc);
}

function outlineGlyph(font: TrueTypeFont, index: number, codePoint: number, weight: FontWeight, size: number): Glyph {
  const scale = size / font.unitsPerEm;
  const advance = Math.round(font.advance(index) * scale);
  const contours = font.outline(index);
  if (contours.length === 0) return { advance, left: 0, top: 0, bitmap: undefined };
  const box = boundsOf(contours);
  const left = Math.floor(box.left * scale) - 1;
  const top = Math.ceil(box.top * scale) + 1;
  const width = Math.ceil(box.right * scale) + 1 - left;
  const height = top - Math.floor(box.bottom * scale) + 1;
  const at = (shiftX: number, shiftY: number): Coverage => coverage(contours, { scale, shiftX, shiftY, left, top, width, height });
  const best = size > largestSnappedSize ? at(0, 0) : crispest(at, isFullWidth(codePoint));
  return trimmed(thresholded(best, balancedThreshold(best, inkThreshold[weight])), advance, left, Math.round(size * baselineShare) - top);
}

/**
 * Tries a few part-dot positions, down and then across, and keeps the one with the fewest half-covered dots. Horizontal and
 * vertical strokes do not depend on each other's shift, so seven positions find what sixteen would.
 */
function crispest(at: (shiftX: number, shiftY: number) => Coverage, alsoVertically: boolean): Coverage {
  let best = at(0, 0);
  let least = blur(best);
  let bestY = 0;
  const consider = (shiftX: number, shiftY: number): void => {
    const cover = at(shiftX, shiftY);
    const score = blur(cover);
    if (score >= least) return;
    least = score;
    best = cover;
    bestY = shiftY;
  };
  if (alsoVertically) for (const shiftY of snapSteps) consider(0, shiftY);
  const kept = bestY;
  for (const shiftX of snapSteps) consider(shiftX, kept);
  return best;
}

function boundsOf(contours: readonly Contour[]): { left: number; right: number; top: number; bottom: number } {
  let left = Infinity;
  let right = -Infinity;
  let top = -Infinity;
  let bottom = Infinity;
  for (const contour of contours) {
    for (let i = 0; i < contour.length; i += 2) {
      const x = contour[i]!;
      const y = contour[i + 1]!;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y > top) top = y;
      if (y < bottom) bottom = y;
    }
  }
  return { left, right, top, bottom };
}

/**
 * Dense characters clog at the ordinary threshold: where more dots would turn black than the outline has area, the threshold
 * rises until the blackness is right again.
 */
function balancedThreshold(cover: Coverage, start: number): number {
  let area = 0;
  for (const ink of cover.cells) area += ink;
  let threshold = start;
  while (threshold < highestThreshold && countAbove(cover, threshold) > area * allowedSwelling) threshold += thresholdStep;
  return threshold;
}

function countAbove(cover: Coverage, threshold: number): number {
  let count = 0;
  for (const ink of cover.cells) if (ink >= threshold) count++;
  return count;
}

function thresholded(cover: Coverage, threshold: number): Bitmap {
  const bitmap = createBitmap(cover.width, cover.height);
  for (let y = 0; y < cover.height; y++) {
    for (let x = 0; x < cover.width; x++) if (cover.cells[y * cover.width + x]! >= threshold) setDot(bitmap, x, y);
  }
  return bitmap;
}

/** Cuts the white margin off, so that blitting touches as few bytes as possible. */
function trimmed(bitmap: Bitmap, advance: number, left: number, top: number): Glyph {
  let minX = bitmap.width;
  let maxX = -1;
  let minY = -1;
  let maxY = -1;
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      if ((bitmap.bits[y * bitmap.stride + (x >> 3)]! & (0x80 >> (x & 7))) === 0) continue;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (minY < 0) minY = y;
      maxY = y;
    }
  }
  if (maxX < 0) return { advance, left: 0, top: 0, bitmap: undefined };
  const out = createBitmap(maxX - minX + 1, maxY - minY + 1);
  blit(out, bitmap, -minX, -minY);
  return { advance, left: left + minX, top: top + minY, bitmap: out };
}

/** Dots to thicken a substitute's strokes by, so that it keeps company with the outlines of its weight. */
function substituteStroke(weight: FontWeight, size: number): number {
  const share = weight === 'bold' ? 22 : weight === 'medium' ? 32 : 44;
  return Math.floor(size / share);
}

/** A ready-made glyph at the wanted em: exact at its own size, else smoothed and thresholded again. */
function pixelGlyph(source: PixelGlyph, size: number, thicken: number): Glyph {
  const width = Math.round((source.width * size) / source.height);
  const thin = createBitmap(width, size);
  const ink = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= source.width || y >= source.height ? 0 : (source.bits[y * source.stride + (x >> 3)]! >> (7 - (x & 7))) & 1;
  const step = source.height / size;
  const isBlack = (x: number, y: number): boolean => {
    if (step === 1) return ink(x, y) === 1;
    return step < 1 ? blended(ink, (x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5) >= 0.42 : boxed(ink, x * step, y * step, step) >= 0.3;
  };
  for (let y = 0; y < size; y++) for (let x = 0; x < width; x++) if (isBlack(x, y)) setDot(thin, x, y);
  if (thicken === 0) return trimmed(thin, width, 0, 0);
  const thick = createBitmap(width + thicken, size + thicken);
  const tall = size === pixelSize ? 0 : thicken;
  for (let dy = 0; dy <= tall; dy++) for (let dx = 0; dx <= thicken; dx++) blit(thick, thin, dx, dy);
  return trimmed(thick, width, -(thicken >> 1), -(tall >> 1));
}

function blended(ink: (x: number, y: number) => number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  return (
    ink(x0, y0) * (1 - fx) * (1 - fy) + ink(x0 + 1, y0) * fx * (1 - fy) + ink(x0, y0 + 1) * (1 - fx) * fy + ink(x0 + 1, y0 + 1) * fx * fy
  );
}

/** Share of ink of a square of the source. */
function boxed(ink: (x: number, y: number) => number, x: number, y: number, side: number): number {
  let sum = 0;
  for (let row = Math.floor(y); row < y + side; row++) {
    const overlapY = Math.min(row + 1, y + side) - Math.max(row, y);
    for (let column = Math.floor(x); column < x + side; column++) {
      sum += ink(column, row) * overlapY * (Math.min(column + 1, x + side) - Math.max(column, x));
    }
  }
  return sum / (side * side);
}
