/** Lays out text and paragraphs within a box of dots. */
import { createBitmap, blit, invertRect } from '../bitmap.ts';
import { evaluateContent, listsGoods } from '../content.ts';
import type { Fit, Font, ParagraphElement, TextElement } from '../document.ts';
import type { DotRect } from '../rendered.ts';
import { toDots } from '../units.ts';
import { clampLine, wrapText } from './wrap.ts';
import { singleLine, type Face, type Run } from './runs.ts';
import { draw, report, type Sheet } from './sheet.ts';

type Align = 'left' | 'center' | 'right';

/** Font of the document in dots at this dpi; an em has at least one dot per stroke of a simple letter. */
export function faceOf(sheet: Sheet, font: Font, size?: number): Face {
  return { weight: font.weight, size: size ?? Math.max(6, toDots(font.size, sheet.dpi)), spacing: toDots(font.spacing, sheet.dpi) };
}

/** The box less its padding. */
function inner(box: DotRect, padding: number): DotRect {
  const p = Math.min(padding, Math.floor(box.width / 2), Math.floor(box.height / 2));
  return { x: box.x + p, y: box.y + p, width: box.width - 2 * p, height: box.height - 2 * p };
}

export function aligned(room: number, used: number, align: Align): number {
  return align === 'left' ? 0 : align === 'right' ? room - used : Math.floor((room - used) / 2);
}

/** Puts one line at x, y (top of its em box) and reports characters no font has. */
export function placeRun(sheet: Sheet, element: string, run: Run, x: number, y: number): void {
  const phase = (x + run.left) & 7;
  const bitmap = run.dots(phase);
  if (bitmap) draw(sheet, element, { kind: 'bitmap', x: x + run.left - phase, y: y + run.top, bitmap, source: 'text' });
  reportMissing(sheet, element, run, x, y);
}

function reportMissing(sheet: Sheet, element: string, run: Run, x: number, y: number): void {
  if (run.missing.length === 0) return;
  const characters = [...new Set(run.missing)].join('');
  report(sheet, 'missing_glyph', element, `no font has ${characters}`, { place: { x, y, width: run.width, height: run.em }, data: { characters } });
}

/** Single-line text. */
export function layText(sheet: Sheet, element: TextElement, box: DotRect): void {
  const room = inner(box, toDots(element.padding, sheet.dpi));
  const wanted = faceOf(sheet, element.font);
  const smallest = { ...wanted, size: smallestSize(sheet, element.fit, wanted) };
  const text = wordsThatFit(sheet, element, box, (most) => singleLine(evaluateContent(element.content, sheet.scope, most)), (words) => sheet.runs.measure(words, smallest) <= room.width);
  if (text === '') return;
  const face = { ...wanted, size: fittingSize(sheet, element.fit, wanted, (size) => lineFits(sheet, text, { ...wanted, size }, room)) };
  let shown = text;
  const width = sheet.runs.measure(text, face);
  if (width > room.width && mayClamp(element.fit)) {
    shown = clampLine(sheet.runs, text, face, room.width);
    report(sheet, 'text_clamped', element.id, 'text is shortened with an ellipsis', { place: box, data: { text } });
  } else if (!lineFits(sheet, text, face, room)) {
    report(sheet, 'text_cut', element.id, `text needs ${width} × ${sheet.runs.emOf(face.size)} dots and has ${room.width} × ${room.height}`, { place: box, data: { text, needed: width, available: room.width } });
    if (width > room.width) shown = clampLine(sheet.runs, text, face, room.width, '');
  }
  const run = sheet.runs.run(shown, face);
  noteSmallText(sheet, element.id, run.em, box);
  const x = room.x + aligned(room.width, run.width, element.align);
  const y = room.y + vertical(room.height, run.em, element.valign);
  if (!element.reverse) placeRun(sheet, element.id, run, x, y);
  else placeReversed(sheet, element.id, box, [{ run, x, y }]);
}

function lineFits(sheet: Sheet, text: string, face: Face, room: DotRect): boolean {
  return sheet.runs.emOf(face.size) <= room.height + 1 && sheet.runs.measure(text, face) <= room.width;
}

function mayClamp(fit: Fit): boolean {
  return fit.kind === 'clamp' || (fit.kind === 'shrink' && fit.then === 'clamp');
}

/**
 * The words of an element. A list of goods that does not fit loses whole goods from its end and counts them (+3种), where the element
 * may shorten at all; letters are cut only when not even one of them fits.
 */
function wordsThatFit(sheet: Sheet, element: TextElement | ParagraphElement, box: DotRect, words: (most: number) => string, fits: (words: string) => boolean): string {
  const all = words(Infinity);
  const { length } = sheet.scope.data.items;
  if (length < 2 || !mayClamp(element.fit) || !listsGoods(element.content) || fits(all)) return all;
  let low = 1;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(words(middle))) low = middle;
    else high = middle - 1;
  }
  report(sheet, 'rows_hidden', element.id, `${length - low} of ${length} goods are counted, not named`, { place: box, data: { hidden: length - low } });
  return words(low);
}

function smallestSize(sheet: Sheet, fit: Fit, wanted: Face): number {
  return fit.kind === 'shrink' ? Math.min(wanted.size, Math.max(6, toDots(fit.smallest, sheet.dpi))) : wanted.size;
}

/** The wanted size, or the largest smaller one that fits, not below the smallest allowed. */
function fittingSize(sheet: Sheet, fit: Fit, wanted: Face, fits: (size: number) => boolean): number {
  if (fit.kind !== 'shrink' || fits(wanted.size)) return wanted.size;
  let low = smallestSize(sheet, fit, wanted);
  let high = wanted.size - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function vertical(room: number, used: number, valign: 'top' | 'middle' | 'bottom'): number {
  return valign === 'top' ? 0 : valign === 'bottom' ? room - used : Math.floor((room - used) / 2);
}

/** White on black over the whole box, as one bitmap: printers that cannot invert an area print it all the same. */
export function placeReversed(sheet: Sheet, element: string, box: DotRect, lines: readonly { readonly run: Run; readonly x: number; readonly y: number }[]): void {
  if (box.width <= 0 || box.height <= 0) return;
  const plate = createBitmap(box.width, box.height);
  for (const { run, x, y } of lines) {
    const phase = (x + run.left - box.x) & 7;
    const bitmap = run.dots(phase);
    if (bitmap) blit(plate, bitmap, x + run.left - box.x - phase, y + run.top - box.y);
    reportMissing(sheet, element, run, x, y);
  }
  invertRect(plate, { x: 0, y: 0, width: box.width, height: box.height });
  draw(sheet, element, { kind: 'bitmap', x: box.x, y: box.y, bitmap: plate, source: 'text' });
}

/** Dense characters need 20 dots (2.5 mm at 203 dpi); finer heads draw them smaller, but no courier reads less than 2 mm. */
export function noteSmallText(sheet: Sheet, element: string, em: number, place: DotRect): void {
  const least = Math.max(20, toDots(2_000, sheet.dpi));
  if (em < least) report(sheet, 'text_small', element, `letters of ${em} dots are hard to read`, { place, data: { dots: em, least } });
}

/** Distance between baselines. */
export function lineStep(sheet: Sheet, face: Face, percent: number): number {
  return Math.max(1, Math.round((sheet.runs.emOf(face.size) * percent) / 100));
}

/** Height of a number of lines: the last one takes its em only. */
export function linesHeight(sheet: Sheet, face: Face, percent: number, count: number): number {
  return count === 0 ? 0 : (count - 1) * lineStep(sheet, face, percent) + sheet.runs.emOf(face.size);
}

/** Lines of a paragraph as it would be laid out in a width, for growing documents. */
export function paragraphHeight(sheet: Sheet, element: ParagraphElement, width: number): number {
  const padding = toDots(element.padding, sheet.dpi);
  const face = faceOf(sheet, element.font);
  const lines = wrapText(sheet.runs, evaluateContent(element.content, sheet.scope), face, width - 2 * padding);
  return lines.length === 0 ? 0 : linesHeight(sheet, face, element.lineHeight, lines.length) + 2 * padding;
}

/** Wrapped text. */
export function layParagraph(sheet: Sheet, element: ParagraphElement, box: DotRect): void {
  const room = inner(box, toDots(element.padding, sheet.dpi));
  const wanted = faceOf(sheet, element.font);
  const most = element.maxLines ?? Infinity;
  const linesOf = (words: string, size: number): readonly string[] => wrapText(sheet.runs, words, { ...wanted, size }, room.width);
  const capacity = (size: number): number => {
    const face = { ...wanted, size };
    const em = sheet.runs.emOf(size);
    return em > room.height + 1 ? 0 : Math.min(most, 1 + Math.floor((room.height + 1 - em) / lineStep(sheet, face, element.lineHeight)));
  };
  const smallest = smallestSize(sheet, element.fit, wanted);
  const text = wordsThatFit(sheet, element, box, (goods) => evaluateContent(element.content, sheet.scope, goods), (words) => linesOf(words, smallest).length <= capacity(smallest));
  if (text.trim() === '') return;
  const linesAt = (candidate: number): readonly string[] => linesOf(text, candidate);
  const size = fittingSize(sheet, element.fit, wanted, (candidate) => linesAt(candidate).length <= capacity(candidate));
  const face = { ...wanted, size };
  let lines = linesAt(size);
  const fitting = capacity(size);
  if (lines.length > fitting) {
    const data = { text, needed: lines.length, available: fitting };
    if (mayClamp(element.fit) && fitting > 0) {
      const last = lines.slice(fitting - 1).join('');
      lines = [...lines.slice(0, fitting - 1), clampLine(sheet.runs, last, face, room.width)];
      report(sheet, 'text_clamped', element.id, 'text is shortened with an ellipsis', { place: box, data });
    } else {
      lines = lines.slice(0, Math.max(fitting, 1));
      report(sheet, 'text_cut', element.id, `text needs ${data.needed} lines and has room for ${fitting}`, { place: box, data });
    }
  }
  const step = lineStep(sheet, face, element.lineHeight);
  const height = linesHeight(sheet, face, element.lineHeight, lines.length);
  const top = room.y + vertical(room.height, height, element.valign);
  noteSmallText(sheet, element.id, sheet.runs.emOf(size), box);
  const placed = lines.map((line, i) => {
    const run = sheet.runs.run(line, face);
    return { run, x: room.x + aligned(room.width, run.width, element.align), y: top + i * step };
  });
  if (element.reverse) placeReversed(sheet, element.id, box, placed);
  else for (const { run, x, y } of placed) placeRun(sheet, element.id, run, x, y);
}
