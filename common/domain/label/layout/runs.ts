/** Lines of text as ready dots, with caches: most words of a label are the same on every label. */
import { blit, createBitmap } from '../bitmap.ts';
import { fontWeights, type FontSet, type FontWeight, type Glyph } from '../fonts/font-set.ts';
import type { Bitmap } from '../rendered.ts';
import { createGenerations } from './generations.ts';

/** How a line is set: size is the em in dots. */
export interface Face {
  readonly weight: FontWeight;
  readonly size: number;
  readonly spacing: number;
}

/** One line of text. */
export interface Run {
  /** Sum of the advances; what alignment counts with. */
  readonly width: number;
  /** Height of the em box. */
  readonly em: number;
  /** Ink, placed relative to the line's start and the top of its em box. */
  readonly left: number;
  readonly top: number;
  /** Size of the ink; 0 for blank text. */
  readonly inkWidth: number;
  readonly inkHeight: number;
  /**
   * The ink with `phase` (0…7) white columns in front, so that it lies on the byte boundaries of the page it goes to.
   * Undefined for blank text.
   */
  dots(phase: number): Bitmap | undefined;
  /** Characters no font has. */
  readonly missing: readonly string[];
}

export interface RunMaker {
  run(text: string, face: Face): Run;
  /** Width of a line without drawing it. */
  measure(text: string, face: Face): number;
  advance(codePoint: number, face: Face): number;
  emOf(size: number): number;
  /** Keeps the result of breaking a text into lines. */
  remembered(key: string, make: () => readonly string[]): readonly string[];
}

const runCacheBytes = 8 * 1024 * 1024;
const lineCacheBytes = 2 * 1024 * 1024;
const overheadBytes = 300;

/**
 * Characters that are drawn as nothing: joiners, direction marks, variation selectors, skin tones. Control characters never
 * reach the dots either.
 */
function isIgnorable(code: number): boolean {
  if (code >= 0x20 && code < 0x7f) return false;
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0x1f3fb && code <= 0x1f3ff) ||
    (code >= 0xe0000 && code <= 0xe01ef)
  );
}

/** Makes lines from a font set. */
export function createRunMaker(fonts: FontSet): RunMaker {
  const runs = createGenerations<string, Run>(runCacheBytes);
  const lines = createGenerations<string, readonly string[]>(lineCacheBytes);
  // Advances per weight and size: a plain look-up per character is what makes measuring cheap.
  const advances = new Map<number, Map<number, number>>();

  const advance = (codePoint: number, face: Face): number => {
    const key = face.size * 4 + fontWeights.indexOf(face.weight);
    let known = advances.get(key);
    if (!known) advances.set(key, (known = new Map()));
    let width = known.get(codePoint);
    if (width === undefined) {
      width = isIgnorable(codePoint) ? -1 : (fonts.advance(codePoint, face.weight, face.size) ?? fonts.emOf(face.size));
      if (known.size > 30_000) known.clear();
      known.set(codePoint, width);
    }
    return width < 0 ? 0 : width + face.spacing;
  };

  return {
    run: (text, face) => {
      const key = `${face.weight} ${face.size} ${face.spacing} ${text}`;
      return runs.get(key) ?? runs.put(key, setLine(fonts, text, face), overheadBytes + key.length * 2 + face.size * text.length * 8);
    },
    measure: (text, face) => {
      let width = 0;
      for (const character of text) width += advance(character.codePointAt(0)!, face);
      return width === 0 ? 0 : width - face.spacing;
    },
    advance,
    emOf: fonts.emOf,
    remembered: (key, make) => lines.get(key) ?? lines.put(key, make(), overheadBytes + key.length * 4),
  };
}

function setLine(fonts: FontSet, text: string, face: Face): Run {
  const em = fonts.emOf(face.size);
  const inked: { readonly x: number; readonly y: number; readonly bitmap: Bitmap }[] = [];
  const missing: string[] = [];
  let x = 0;
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (isIgnorable(code)) continue;
    const found = fonts.glyph(code, face.weight, face.size);
    if (!found && !fonts.covers(code)) missing.push(character);
    const glyph = found ?? missingGlyph(em);
    if (glyph.bitmap) {
      const ink = { x: x + glyph.left, y: glyph.top, bitmap: glyph.bitmap };
      inked.push(ink);
      left = Math.min(left, ink.x);
      top = Math.min(top, ink.y);
      right = Math.max(right, ink.x + glyph.bitmap.width);
      bottom = Math.max(bottom, ink.y + glyph.bitmap.height);
    }
    x += glyph.advance + face.spacing;
  }
  const width = x === 0 ? 0 : x - face.spacing;
  if (inked.length === 0) return { width, em, left: 0, top: 0, inkWidth: 0, inkHeight: 0, dots: () => undefined, missing };
  const byPhase: (Bitmap | undefined)[] = [];
  const dots = (phase: number): Bitmap => {
    const known = byPhase[phase];
    if (known) return known;
    const bitmap = createBitmap(right - left + phase, bottom - top);
    for (const ink of inked) blit(bitmap, ink.bitmap, ink.x - left + phase, ink.y - top);
    byPhase[phase] = bitmap;
    return bitmap;
  };
  return { width, em, left, top, inkWidth: right - left, inkHeight: bottom - top, dots, missing };
}

/** Shown in the preview only: a label with a missing character is an error and is never sent. */
function missingGlyph(em: number): Glyph {
  const side = Math.max(4, em - 2);
  const bitmap = createBitmap(side, side);
  for (let i = 0; i < side; i++) {
    for (const [x, y] of [[i, 0], [i, side - 1], [0, i], [side - 1, i], [i, i], [side - 1 - i, i]] as const) {
      bitmap.bits[y * bitmap.stride + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  return { advance: em, left: 1, top: 1, bitmap };
}

/** One printable line: line breaks and tabs become spaces. */
export function singleLine(text: string): string {
  return text.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').trim();
}
