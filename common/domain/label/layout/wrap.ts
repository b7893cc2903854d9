/** Line breaking for Chinese mixed with words and numbers. */
import type { Face, RunMaker } from './runs.ts';

/** Signs that may not begin a line (GB/T 15834 punctuation practice) and signs that may not end one. */
const notAtStart = new Set('，。、；：！？）》〉」』】〕”’…—·%‰℃,.;:!?)]}>~');
const notAtEnd = new Set('（《〈「『【〔“‘([{<¥￥$#×');

/** What counts in an address stays with its number: 3号, 12层. */
const counters = new Set('号號栋棟幢座楼樓层層室弄期巷组');
const endsInNumber = /[0-9A-Za-z*]$/;
/** The wide blank between two texts; at the beginning of a text it is an indent. */
const wideBlank = '\u3000';

const isWide = (code: number): boolean => code >= 0x2e80 && !(code >= 0xff61 && code <= 0xffdc);

/** Breaks text into pieces that stay together: one wide character, or one word. Line feeds are pieces of their own. */
function pieces(text: string): string[] {
  const out: string[] = [];
  let word = '';
  const flush = (): void => {
    if (word) out.push(word);
    word = '';
  };
  for (const character of text) {
    if (character === '\n' || character === ' ') {
      flush();
      out.push(character);
    } else if (isWide(character.codePointAt(0)!)) {
      flush();
      out.push(character);
    } else {
      word += character;
    }
  }
  flush();
  return out;
}

/** Joins pieces so that no sign stands where it may not. */
function glued(parts: readonly string[]): string[] {
  const out: string[] = [];
  for (const part of parts) {
    const last = out[out.length - 1];
    const mayGlue = last !== undefined && last !== '\n' && last !== ' ' && part !== '\n' && part !== ' ' && last.length < 12;
    const lastSign = last === undefined ? '' : (Array.from(last).at(-1) ?? '');
    if (mayGlue && (notAtStart.has(Array.from(part)[0] ?? '') || notAtEnd.has(lastSign) || (counters.has(part) && endsInNumber.test(last)))) out[out.length - 1] = last + part;
    else out.push(part);
  }
  return out;
}

/** Lines no wider than `width` dots, as long as single characters are not wider. */
export function wrapText(runs: RunMaker, raw: string, face: Face, width: number): readonly string[] {
  return runs.remembered(`${face.weight} ${face.size} ${face.spacing} ${width} ${raw}`, () => breakLines(runs, raw, face, width));
}

function breakLines(runs: RunMaker, raw: string, face: Face, width: number): string[] {
  const text = raw.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(/[\t\v\f]/g, ' ').replace(/^\n+|\s+$/g, '');
  if (text === '') return [];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  /** The line begins because the one before was full. */
  let broken = false;
  const close = (full: boolean): void => {
    lines.push(line.trimEnd());
    line = '';
    used = 0;
    broken = full;
  };
  const take = (piece: string, size: number): void => {
    line += piece;
    used += size;
  };
  for (const piece of glued(pieces(text))) {
    if (piece === '\n') {
      close(false);
      continue;
    }
    if (line === '' && (piece === ' ' || (piece === wideBlank && broken))) continue;
    const size = runs.measure(piece, face) + face.spacing;
    if (used + size - face.spacing <= width) {
      take(piece, size);
      continue;
    }
    if (line !== '' && (piece === ' ' || piece === wideBlank)) continue;
    if (size - face.spacing <= width) {
      if (line !== '') close(true);
      take(piece, size);
      continue;
    }
    // A word wider than the line: it starts where it is and breaks wherever it must.
    for (const character of piece) {
      const one = runs.advance(character.codePointAt(0)!, face);
      if (used + one - face.spacing > width && line !== '') close(true);
      take(character, one);
    }
  }
  if (line !== '') close(false);
  return lines;
}

/** The longest beginning of a line that fits together with an ellipsis, or with nothing after it. */
export function clampLine(runs: RunMaker, text: string, face: Face, width: number, ellipsis = '…'): string {
  let room = width - runs.measure(ellipsis, face) - face.spacing;
  let kept = '';
  for (const character of text) {
    room -= runs.advance(character.codePointAt(0)!, face);
    if (room < 0) break;
    kept += character;
  }
  return kept.trimEnd() + ellipsis;
}
