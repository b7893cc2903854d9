/** Lays out a table of items, orders or parcels: columns, rows as high as their tallest cell, and a rule for too many rows. */
import { evaluateContent } from '../content.ts';
import { readField, rowCount, type Scope } from '../fields.ts';
import type { TableColumn, TableElement } from '../document.ts';
import type { DotRect } from '../rendered.ts';
import { toDots } from '../units.ts';
import { clampLine, wrapText } from './wrap.ts';
import { singleLine, type Face } from './runs.ts';
import { draw, report, type Sheet } from './sheet.ts';
import { aligned, faceOf, lineStep, linesHeight, noteSmallText, placeReversed, placeRun } from './texts.ts';

const rowLineHeight = 112;
const headerLineHeight = 120;

interface Cell {
  readonly lines: readonly string[];
  readonly emphasised: boolean;
  readonly shortened: boolean;
}
interface Row {
  readonly cells: readonly Cell[];
  /** Em of its largest letters: those of the other cells stand on the same line. */
  readonly em: number;
  readonly height: number;
  readonly index: number;
}
interface Plan {
  /** Rows made; fewer than there are when the rest cannot be shown anyway. */
  readonly count: number;
  readonly face: Face;
  readonly widths: readonly number[];
  readonly rows: readonly Row[];
  readonly headerHeight: number;
  readonly gap: number;
}

/**
 * Column widths in dots: fixed ones as given, narrower by as much as the letters are smaller than wanted; the rest shared. A fixed column
 * nothing stands in leaves its room to them.
 */
function columnWidths(sheet: Sheet, element: TableElement, total: number, shrunk: number): number[] {
  const fixed = element.columns.map((column) => Math.round(toDots(column.width, sheet.dpi) * shrunk));
  const open = fixed.filter((width) => width === 0).length;
  const taken = fixed.map((width, c) => (width > 0 && open > 0 && isIdle(sheet, element, element.columns[c]!) ? 0 : width));
  const left = Math.max(0, total - taken.reduce((sum, width) => sum + width, 0));
  return fixed.map((width, c) => (width === 0 ? Math.floor(left / open) : taken[c]!));
}

/** True for a column of fields that are empty in every row, such as the shelves of a shop without shelves. One with a heading stays. */
function isIdle(sheet: Sheet, element: TableElement, column: TableColumn): boolean {
  if ((element.header && column.title !== '') || !column.content.some((part) => 'field' in part)) return false;
  const count = rowCount(element.source, sheet.scope.data);
  for (let index = 0; index < count; index++) if (evaluateContent(column.content, { ...sheet.scope, row: { source: element.source, index } }).trim() !== '') return false;
  return count > 0;
}

/** Makes the rows from `first` on, and stops one row after `enough` dots of height: a list may have thousands. */
function plan(sheet: Sheet, element: TableElement, total: number, size: number, first: number, enough = Infinity): Plan {
  const face = { ...faceOf(sheet, element.font), size };
  const shared = element.columns.some((column) => column.width === 0);
  const widths = columnWidths(sheet, element, total, shared ? size / faceOf(sheet, element.font).size : 1);
  const gap = toDots(element.rowGap, sheet.dpi);
  const count = rowCount(element.source, sheet.scope.data);
  const rows: Row[] = [];
  let height = 0;
  for (let index = first; index < count && height - gap <= enough; index++) {
    const scope: Scope = { ...sheet.scope, row: { source: element.source, index } };
    const cells = element.columns.map((column, c) => makeCell(sheet, column, scope, columnFace(face, column), cellRoom(sheet, widths[c]!, c, widths.length)));
    const row = { cells, index, ...rowSize(sheet, cells, element.columns.map((column) => columnFace(face, column)), face) };
    rows.push(row);
    height += row.height + gap;
  }
  const headerHeight = element.header ? Math.round((sheet.runs.emOf(size) * headerLineHeight) / 100) + gap : 0;
  return { count, face, widths, rows, headerHeight, gap };
}

/** Letters of a column's cells. */
function columnFace(face: Face, column: TableColumn): Face {
  return { ...face, weight: face.weight === 'bold' ? 'bold' : column.weight, size: column.scale === undefined ? face.size : Math.max(6, Math.round((face.size * column.scale) / 100)) };
}

/** Height of a row, and the em its first line is set by. */
function rowSize(sheet: Sheet, cells: readonly Cell[], faces: readonly Face[], face: Face): { em: number; height: number } {
  const filled = cells.flatMap((cell, c) => (cell.lines.length === 0 ? [] : [{ face: faces[c] ?? face, lines: cell.lines.length }]));
  const em = Math.max(sheet.runs.emOf(face.size), ...filled.map((cell) => sheet.runs.emOf(cell.face.size)));
  const height = Math.max(em, ...filled.map((cell) => dropTo(em, sheet.runs.emOf(cell.face.size)) + linesHeight(sheet, cell.face, rowLineHeight, cell.lines)));
  return { em, height };
}

/** How far smaller letters come down to stand on the line of larger ones: the ascent is 7/8 of the em. */
function dropTo(em: number, own: number): number {
  return Math.round(((em - own) * 7) / 8);
}

/** Text of one column keeps a little distance from the next. */
function cellRoom(sheet: Sheet, width: number, column: number, count: number): number {
  return Math.max(1, width - (column < count - 1 ? toDots(800, sheet.dpi) : 0));
}

function makeCell(sheet: Sheet, column: TableColumn, scope: Scope, face: Face, width: number): Cell {
  const text = evaluateContent(column.content, scope);
  const emphasised = column.emphasis !== undefined && String(readField(column.emphasis.field, scope) ?? '') !== String(column.emphasis.isNot);
  if (column.wrap) return { lines: wrapText(sheet.runs, text, face, width), emphasised, shortened: false };
  const line = singleLine(text);
  const fits = sheet.runs.measure(line, face) <= width;
  return { lines: line === '' ? [] : [fits ? line : clampLine(sheet.runs, line, face, width)], emphasised, shortened: !fits };
}

function rowsHeight(rows: readonly Row[], gap: number): number {
  return rows.reduce((sum, row) => sum + row.height + gap, 0) - (rows.length > 0 ? gap : 0);
}

/** How many rows from the front fit into a height. */
function countFitting(rows: readonly Row[], gap: number, height: number): number {
  let used = 0;
  for (let i = 0; i < rows.length; i++) {
    used += rows[i]!.height + (i > 0 ? gap : 0);
    if (used > height) return i;
  }
  return rows.length;
}

/** First row of every label a table with the rule "continue" needs; one entry per label. */
export function continuedStarts(sheet: Sheet, element: TableElement, box: DotRect): number[] {
  const starts = [0];
  const count = rowCount(element.source, sheet.scope.data);
  const { rows, gap, headerHeight } = plan(sheet, element, box.width, faceOf(sheet, element.font).size, 0);
  const room = box.height - headerHeight;
  for (;;) {
    const start = starts[starts.length - 1]!;
    // A row higher than the table still takes one label, so that this ends.
    const next = start + Math.max(1, countFitting(rows.slice(start), gap, room));
    if (next >= count) return starts;
    starts.push(next);
  }
}

/** Height the whole table would take. */
export function tableHeight(sheet: Sheet, element: TableElement, width: number): number {
  const { rows, gap, headerHeight } = plan(sheet, element, width, faceOf(sheet, element.font).size, 0);
  return headerHeight + rowsHeight(rows, gap);
}

/** Draws a table from a row on; `first` and `last` bound the rows of this label when the table is continued. */
export function layTable(sheet: Sheet, element: TableElement, box: DotRect, first = 0, last = Infinity): void {
  const wanted = faceOf(sheet, element.font).size;
  const { overflow } = element;
  const enough = overflow.kind === 'grow' ? Infinity : box.height;
  let current = plan(sheet, element, box.width, wanted, first, enough);
  const room = (at: Plan): number => box.height - at.headerHeight;
  const fits = (at: Plan): boolean => at.rows.length === at.count - first && rowsHeight(at.rows, at.gap) <= room(at);
  if (overflow.kind === 'shrink') {
    const smallest = Math.min(wanted, Math.max(6, toDots(overflow.smallest, sheet.dpi)));
    for (let size = wanted - 1; size >= smallest && !fits(current); size--) current = plan(sheet, element, box.width, size, first, enough);
  }
  let shown = current.rows.filter((row) => row.index < last);
  if (overflow.kind !== 'grow' && rowsHeight(shown, current.gap) > room(current)) shown = shorten(sheet, element, current, room(current), box);
  if (shown.length > 0) noteSmallText(sheet, element.id, Math.round((sheet.runs.emOf(current.face.size) * Math.min(100, ...element.columns.map((column) => column.scale ?? 100))) / 100), box);
  const bottom = drawRows(sheet, element, current, shown, box);
  const hidden = current.count - first - shown.length;
  if (hidden > 0 && overflow.kind !== 'grow' && overflow.kind !== 'continue') drawMore(sheet, element, current, { from: first + shown.length, count: hidden }, { box, bottom });
}

function shorten(sheet: Sheet, element: TableElement, current: Plan, room: number, box: DotRect): Row[] {
  const allowed = element.overflow.kind === 'more' || (element.overflow.kind === 'shrink' && element.overflow.then === 'more');
  const moreLine = allowed ? sheet.runs.emOf(current.face.size) + current.gap : 0;
  const count = countFitting(current.rows, current.gap, room - moreLine);
  const rows = current.count - (current.rows[0]?.index ?? 0);
  const data = { shown: count, rows };
  if (!allowed || count === 0) report(sheet, 'rows_cut', element.id, `${rows - count} rows do not fit`, { place: box, data });
  else report(sheet, 'rows_hidden', element.id, `${rows - count} rows are summed up in one line`, { place: box, data });
  return current.rows.slice(0, count);
}

function drawRows(sheet: Sheet, element: TableElement, current: Plan, rows: readonly Row[], box: DotRect): number {
  const { face, widths, gap } = current;
  let y = box.y;
  const rule = Math.max(1, toDots(130, sheet.dpi));
  const rules = element.rules;
  if (element.header) {
    drawCells(sheet, element, current, { x: box.x, y }, element.columns.map((column) => ({ lines: column.title === '' ? [] : [column.title], emphasised: false, shortened: false })), () => ({ ...face, weight: 'bold' }));
    y += current.headerHeight;
    draw(sheet, element.id, { kind: 'fill', rect: { x: box.x, y: y - Math.ceil(gap / 2) - rule, width: box.width, height: rule } });
  }
  const top = box.y;
  rows.forEach((row, i) => {
    drawCells(sheet, element, current, { x: box.x, y, em: row.em }, row.cells, (column) => columnFace(face, column));
    y += row.height + gap;
    if (rules !== 'none' && i < rows.length - 1) draw(sheet, element.id, { kind: 'fill', rect: { x: box.x, y: y - Math.ceil(gap / 2), width: box.width, height: rule } });
  });
  const bottom = rows.length > 0 ? y - gap : y;
  if (rules === 'grid' && rows.length > 0) {
    const outer = { x: box.x - rule * 2, y: top - rule * 2, width: box.width + rule * 4, height: bottom - top + rule * 4 };
    draw(sheet, element.id, { kind: 'frame', rect: outer, thickness: rule });
    let x = box.x;
    for (const width of widths.slice(0, -1)) {
      x += width;
      draw(sheet, element.id, { kind: 'fill', rect: { x: x - toDots(400, sheet.dpi), y: outer.y, width: rule, height: outer.height } });
    }
  }
  return bottom;
}

function drawCells(sheet: Sheet, element: TableElement, current: Plan, corner: { readonly x: number; readonly y: number; readonly em?: number }, cells: readonly Cell[], faceFor: (column: TableColumn) => Face): void {
  const { widths } = current;
  let { x } = corner;
  cells.forEach((cell, c) => {
    const column = element.columns[c]!;
    const width = cellRoom(sheet, widths[c]!, c, widths.length);
    const cellFace = faceFor(column);
    const own = sheet.runs.emOf(cellFace.size);
    const y = corner.y + dropTo(corner.em ?? own, own);
    const step = lineStep(sheet, cellFace, rowLineHeight);
    // The black plate reaches a little beyond the text, so emphasised text moves in by as much.
    const side = cell.emphasised ? Math.max(2, Math.round(cellFace.size / 6)) : 0;
    const placed = cell.lines.map((line, i) => {
      const run = sheet.runs.run(line, cellFace);
      return { run, x: x + side + aligned(width - 2 * side, run.width, column.align), y: y + i * step };
    });
    if (cell.shortened) report(sheet, 'text_clamped', element.id, 'a cell is shortened with an ellipsis', { data: { column: c + 1 } });
    if (cell.emphasised && placed.length > 0) {
      const left = Math.max(x, Math.min(...placed.map((line) => line.x)) - side);
      const right = Math.min(x + width, Math.max(...placed.map((line) => line.x + line.run.width)) + side);
      const height = linesHeight(sheet, cellFace, rowLineHeight, placed.length);
      placeReversed(sheet, element.id, { x: left, y: y - 1, width: right - left, height: height + 2 }, placed);
    } else {
      for (const { run, x: at, y: top } of placed) placeRun(sheet, element.id, run, at, top);
    }
    x += widths[c]!;
  });
}

function drawMore(sheet: Sheet, element: TableElement, current: Plan, hidden: { readonly from: number; readonly count: number }, place: { readonly box: DotRect; readonly bottom: number }): void {
  const { box, bottom } = place;
  let pieces = 0;
  for (let index = hidden.from; index < hidden.from + hidden.count; index++) pieces += piecesOf(sheet, element, index);
  const text = element.more.replaceAll('{rows}', String(hidden.count)).replaceAll('{pieces}', String(pieces));
  const face: Face = { ...current.face, weight: 'bold' };
  const line = sheet.runs.measure(text, face) <= box.width ? text : clampLine(sheet.runs, text, face, box.width);
  placeRun(sheet, element.id, sheet.runs.run(line, face), box.x, bottom + current.gap);
}

function piecesOf(sheet: Sheet, element: TableElement, index: number): number {
  const row = sheet.scope.data[element.source][index];
  return row && 'quantity' in row ? row.quantity : 1;
}
