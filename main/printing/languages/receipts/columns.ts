/**
 * Text in the columns of a receipt printer: a hanzi or full-width sign takes two columns, everything else one. Counted by what a person
 * sees as one character, because a base letter and its accent take one place together.
 */

const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });
/** East Asian wide and full-width ranges, and emoji (Unicode UAX 11; what GBK printers draw in a square). */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/u;
/** Punctuation and signs GBK holds as two bytes, so that the printer draws them in a square. */
const wideInGbk = /[\u00a4\u00a7\u00a8\u00b0\u00b1\u00b7\u00d7\u00f7\u2010-\u206f\u2103-\u27bf\u0391-\u0451]/u;

/** Characters as a person sees them. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns one character takes: 1 or 2. */
export function columnsOf(grapheme: string): number {
  return wide.test(grapheme) || wideInGbk.test(grapheme) ? 2 : 1;
}

/** Columns a text takes. */
export function widthOf(text: string): number {
  return graphemes(text).reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);
}

/** Breaks a text into lines of at most `columns`; at a space where one is near, else anywhere, as Chinese is set. */
export function wrapColumns(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) lines.push(...wrapParagraph(paragraph, Math.max(2, columns)));
  return lines;
}

function wrapParagraph(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  let space = -1;
  for (const grapheme of graphemes(text)) {
    const width = columnsOf(grapheme);
    if (used + width > columns) {
      const whole = space > 0 && width === 1 && grapheme !== ' ' ? line.slice(0, space) : line;
      const rest = whole === line ? '' : line.slice(space + 1);
      lines.push(whole.trimEnd());
      line = rest;
      used = widthOf(rest);
      space = -1;
      if (grapheme === ' ' && line === '') continue;
    }
    if (grapheme === ' ') space = line.length;
    else if (width === 2) space = -1;
    line += grapheme;
    used += width;
  }
  lines.push(line.trimEnd());
  return lines;
}

/** A text in a field of columns: cut with `…` when longer, filled with spaces when shorter. */
export function fieldOf(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  let out = text;
  if (widthOf(text) > columns) {
    out = '';
    let used = 0;
    for (const grapheme of graphemes(text)) {
      const width = columnsOf(grapheme);
      if (used + width > columns - 2) break;
      out += grapheme;
      used += width;
    }
    out += '…';
  }
  const blank = ' '.repeat(Math.max(0, columns - widthOf(out)));
  return align === 'left' ? out + blank : blank + out;
}

/** Left and right text on one line; the left is wrapped before the right may be cut. */
export function leftRight(left: string, right: string, columns: number): string[] {
  const rightWidth = Math.min(widthOf(right), columns - 4);
  const lines = wrapColumns(left, columns - rightWidth - 1);
  const last = lines.pop() ?? '';
  return [...lines, fieldOf(last, columns - rightWidth) + fieldOf(right, rightWidth, 'right')];
}
