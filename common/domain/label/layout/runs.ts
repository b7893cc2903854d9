/** Lines of text as ready dots, with a cache: most words of a label are the same on every label. */
import { blit, createBitmap } from '../bitmap.ts';
import type { FontSet, FontWeight, Glyph } from '../fonts/font-set.ts';
import type { Bitmap } from '../rendered.ts';

/** How a line is set: size is the em in dots. */
export interface Face {
  readonly weight: FontWeight;
  readonly size: number;
  readonly spacing: number;
}

/** One line of text in dots. */
export interface Run {
  /** Sum of the advances; what alignment counts with. */
  readonly width: number;
  /** Height of the em box. */
  readonly em: number;
  /** Ink, placed relative to the line's start and the top of its em box. */
  readonly left: number;
  readonly top: number;
  readonly bitmap: Bitmap | undefined;
  /** Characters no font has. */
  readonly missing: readonly string[];
}

export interface RunMaker {
  run(text: string, face: Face): Run;
  /** Width of a line without drawing it. */
  measure(text: string, face: Face): number;
  advance(codePoint: number, face: Face): number;
  emOf(size: number): number;
}

const defaultCacheBytes = 8 * 1024 * 1024;
const runOverheadBytes = 200;

/**
 * Characters that are drawn as nothing: joiners, direction marks, variation selectors, skin tones. Control characters never
 * reach the dots either.
 */
function isIgnorable(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0x1f3fb && code <= 0x1f3ff) ||
    (code >= 0xe0000 && code <= 0xe01ef)
  );
}

/** Makes lines from a font set. */
export function createRunMaker(fonts: FontSet, cacheBytes = defaultCacheBytes): RunMaker {
  let young = new Map<string, Run>();
  let old = new Map<string, Run>();
  let youngBytes = 0;

  const advance = (codePoint: number, face: Face): number => {
    if (isIgnorable(codePoint)) return 0;
    return (fonts.advance(codePoint, face.weight, face.size) ?? fonts.emOf(face.size)) + face.spacing;
  };

  const keep = (key: string, run: Run): Run => {
    const bytes = runOverheadBytes + key.length * 2 + (run.bitmap?.bits.length ?? 0);
    if (youngBytes + bytes > cacheBytes) {
      old = young;
      young = new Map();
      youngBytes = 0;
    }
    young.set(key, run);
    youngBytes += bytes;
    return run;
  };

  return {
    run: (text, face) => {
      const key = `${face.weight} ${face.size} ${face.spacing} ${text}`;
      const hit = young.get(key);
      if (hit) return hit;
      return keep(key, old.get(key) ?? setLine(fonts, text, face));
    },
    measure: (text, face) => {
      let width = 0;
      for (const character of text) width += advance(character.codePointAt(0)!, face);
      return width === 0 ? 0 : width - face.spacing;
    },
    advance,
    emOf: fonts.emOf,
  };
}

function setLine(fonts: FontSet, text: string, face: Face): Run {
  const em = fonts.emOf(face.size);
  const placed: { readonly x: number; readonly glyph: Glyph }[] = [];
  const missing: string[] = [];
  let x = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (isIgnorable(code)) continue;
    const glyph = fonts.glyph(code, face.weight, face.size) ?? missingGlyph(em);
    if (!fonts.covers(code)) missing.push(character);
    placed.push({ x, glyph });
    x += glyph.advance + face.spacing;
  }
  const width = placed.length === 0 ? 0 : x - face.spacing;
  const inked = placed.flatMap(({ x: at, glyph }) => (glyph.bitmap ? [{ x: at + glyph.left, y: glyph.top, bitmap: glyph.bitmap }] : []));
  if (inked.length === 0) return { width, em, left: 0, top: 0, bitmap: undefined, missing };
  const left = Math.min(...inked.map((ink) => ink.x));
  const top = Math.min(...inked.map((ink) => ink.y));
  const right = Math.max(...inked.map((ink) => ink.x + ink.bitmap.width));
  const bottom = Math.max(...inked.map((ink) => ink.y + ink.bitmap.height));
  const bitmap = createBitmap(right - left, bottom - top);
  for (const ink of inked) blit(bitmap, ink.bitmap, ink.x - left, ink.y - top);
  return { width, em, left, top, bitmap, missing };
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
