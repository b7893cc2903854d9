/**
 * The label engine: a document and data in, dots out. Synchronous, without Node or browser, the same dots everywhere. Every
 * dpi is laid out anew; nothing is scaled.
 */
import { createBitmap, crop, rotate } from './bitmap.ts';
import { holds } from './conditions.ts';
import type { LabelData } from './data.ts';
import type { GroupElement, LabelDocument, LabelElement, PlainElement, TableElement } from './document.ts';
import { rowCount, type Scope } from './fields.ts';
import type { FontSet } from './fonts/font-set.ts';
import { layBarcode, layQr } from './layout/codes.ts';
import { layImage } from './layout/pictures.ts';
import { createRunMaker, type RunMaker } from './layout/runs.ts';
import { layLine } from './layout/shapes.ts';
import { boxInDots, childSheet, createSheet, draw, type Sheet } from './layout/sheet.ts';
import { continuedStarts, layTable, tableHeight } from './layout/table.ts';
import { layParagraph, layText, paragraphHeight } from './layout/texts.ts';
import { lintCodes, lintDocument, lintEdges, opRect } from './lint.ts';
import { paint } from './paint.ts';
import type { Bitmap, DotRect, DrawOp, LintFinding, RenderedLabel } from './rendered.ts';
import { toDots, toMicrometres } from './units.ts';

export interface RenderOptions {
  readonly dpi: number;
  /** Dots of the print head, for the lint; left out when unknown. */
  readonly headDots?: number;
  /** Logos the paper does not already have; both are printed unless switched off. */
  readonly logos?: { readonly upper: boolean; readonly lower: boolean };
}

export interface LayoutEngine {
  /** One label, or several when a table is continued. Never throws for any text in the data. */
  render(document: LabelDocument, data: LabelData, options: RenderOptions): RenderedLabel[];
}

interface Origin {
  readonly x: number;
  readonly y: number;
}
interface Context {
  readonly sheet: Sheet;
  readonly logos: { readonly upper: boolean; readonly lower: boolean };
  /** First rows of a continued table on this label and the next. */
  readonly rows: { readonly first: number; readonly last: number } | undefined;
}

const allLogos = { upper: true, lower: true } as const;

/** Makes an engine with warm caches around a font set. */
export function createLayoutEngine(deps: { readonly fonts: FontSet }): LayoutEngine {
  const runs = createRunMaker(deps.fonts);
  const documentFindings = new WeakMap<LabelDocument, LintFinding[]>();
  const findingsOf = (document: LabelDocument): LintFinding[] => {
    const known = documentFindings.get(document) ?? lintDocument(document);
    documentFindings.set(document, known);
    return known;
  };
  return {
    render: (document, data, options) => {
      const known = findingsOf(document);
      const { repeat } = document;
      if (repeat) {
        // A list without rows still shows one label, so that a preview and its findings exist.
        const total = Math.max(1, rowCount(repeat, data));
        return Array.from({ length: total }, (_, index) => renderPart(document, { data, part: { index: index + 1, total }, row: { source: repeat, index } }, options, runs, undefined, known));
      }
      const starts = partStarts(document, data, options, runs);
      return starts.map((first, i) => {
        const scope: Scope = { data, part: { index: i + 1, total: starts.length } };
        const rows = starts.length > 1 ? { first, last: starts[i + 1] ?? Infinity } : undefined;
        return renderPart(document, scope, options, runs, rows, known);
      });
    },
  };
}

/** Where each label of a continued table starts; [0] for everything else. The first such table that is shown decides. */
function partStarts(document: LabelDocument, data: LabelData, options: RenderOptions, runs: RunMaker): number[] {
  const scope: Scope = { data, part: { index: 1, total: 1 } };
  const found = findContinued(document.elements, scope, { x: 0, y: 0 });
  if (!found) return [0];
  const sheet = createSheet(options.dpi, runs, scope);
  return continuedStarts(sheet, found.table, boxInDots(options.dpi, found.table, found.origin));
}

function findContinued(elements: readonly LabelElement[], scope: Scope, origin: Origin): { table: TableElement; origin: Origin } | undefined {
  for (const element of elements) {
    if (!holds(element.when, scope)) continue;
    if (element.type === 'table' && element.overflow.kind === 'continue') return { table: element, origin };
    if (element.type !== 'group') continue;
    const inside = findContinued(element.elements, scope, { x: origin.x + element.x, y: origin.y + element.y });
    if (inside) return inside;
  }
  return undefined;
}

function renderPart(document: LabelDocument, scope: Scope, options: RenderOptions, runs: RunMaker, rows: Context['rows'], known: readonly LintFinding[]): RenderedLabel {
  const { dpi } = options;
  const sheet = createSheet(dpi, runs, scope);
  const context: Context = { sheet, logos: options.logos ?? allLogos, rows };
  const flow = document.media.continuous ? layFlowing(document.elements, context) : undefined;
  if (flow === undefined) for (const element of document.elements) layElement(element, context, { x: 0, y: 0 });

  const width = toDots(document.media.width, dpi);
  const height = document.media.continuous ? flowingHeight(document, sheet) : toDots(document.media.height, dpi);
  const edges = lintEdges(sheet, { width, height }, options.headDots);
  // White margins of a bitmap may stick out where its ink does not, so this does not depend on the findings.
  const ops = sheet.ops.every((op) => isOnPage(op, width, height)) ? sheet.ops : sheet.ops.flatMap((op) => keptOnPage(op, width, height));
  const bitmap = createBitmap(width, height);
  paint(ops, bitmap);
  const lint = [...known, ...sheet.findings, ...edges, ...lintCodes(sheet, bitmap, document.media.cutLines)];
  return {
    dpi,
    bitmap,
    widthMicrometres: document.media.width,
    heightMicrometres: document.media.continuous ? toMicrometres(height, dpi) : document.media.height,
    ops,
    codes: sheet.codes.map(({ element, op }) => ({ format: op.kind === 'qr' ? 'qr' : op.symbology, text: op.text, rect: op.rect, element })),
    lint,
    ...(flow !== undefined && { flow }),
    part: { index: scope.part.index, total: scope.part.total },
  };
}

function layElement(element: LabelElement, context: Context, origin: Origin): void {
  const { sheet, logos } = context;
  if (element.logo && !logos[element.logo]) return;
  if (!holds(element.when, sheet.scope)) return;
  if (element.type === 'group') {
    layGroup(element, context, origin);
    return;
  }
  const box = boxInDots(sheet.dpi, element, origin);
  switch (element.type) {
    case 'barcode':
      layBarcode(sheet, element, box);
      return;
    case 'qr':
      layQr(sheet, element, box);
      return;
    case 'line':
      layLine(sheet, element, box);
      return;
    case 'box':
      if (element.filled) draw(sheet, element.id, { kind: 'fill', rect: box });
      else draw(sheet, element.id, { kind: 'frame', rect: box, thickness: Math.max(1, toDots(element.thickness, sheet.dpi)) });
      return;
    case 'image':
      layImage(sheet, element, box);
      return;
    default:
      if (element.rotation === 0) layUpright(element, context, box);
      else layTurned(element, context, box);
  }
}

function layGroup(group: GroupElement, context: Context, origin: Origin): void {
  const inside = { x: origin.x + group.x, y: origin.y + group.y };
  for (const element of group.elements) layElement(element, context, inside);
}

type Writing = Extract<PlainElement, { type: 'text' | 'paragraph' | 'table' }>;

function layUpright(element: Writing, context: Context, box: DotRect): void {
  const { sheet, rows } = context;
  if (element.type === 'text') layText(sheet, element, box);
  else if (element.type === 'paragraph') layParagraph(sheet, element, box);
  else if (element.overflow.kind === 'continue' && rows) layTable(sheet, element, box, rows.first, rows.last);
  else layTable(sheet, element, box);
}

/** Turned text is laid out upright on a sheet of its own and turned as dots. */
function layTurned(element: Writing, context: Context, box: DotRect): void {
  const { sheet } = context;
  const lying = element.rotation === 90 || element.rotation === 270;
  const local = lying ? { x: 0, y: 0, width: box.height, height: box.width } : { x: 0, y: 0, width: box.width, height: box.height };
  const child = childSheet(sheet);
  const before = sheet.findings.length;
  layUpright(element, { ...context, sheet: child }, local);
  // Places of findings were counted on the child sheet; the element's box is what the reader looks for.
  for (let i = before; i < sheet.findings.length; i++) sheet.findings[i] = { ...sheet.findings[i]!, place: box };
  const ink = unionOf(child.ops.map(opRect));
  if (!ink) return;
  const plate = createBitmap(ink.width, ink.height);
  paint(child.ops.map((op) => moved(op, -ink.x, -ink.y)), plate);
  const bitmap = rotate(plate, element.rotation);
  const at =
    element.rotation === 90
      ? { x: box.x + box.width - ink.y - ink.height, y: box.y + ink.x }
      : element.rotation === 180
        ? { x: box.x + box.width - ink.x - ink.width, y: box.y + box.height - ink.y - ink.height }
        : { x: box.x + ink.y, y: box.y + box.height - ink.x - ink.width };
  draw(sheet, element.id, { kind: 'bitmap', ...at, bitmap, source: 'text' });
}

function moved(op: DrawOp, dx: number, dy: number): DrawOp {
  return op.kind === 'bitmap' ? { ...op, x: op.x + dx, y: op.y + dy } : { ...op, rect: { ...op.rect, x: op.rect.x + dx, y: op.rect.y + dy } };
}

function unionOf(rects: readonly DotRect[]): DotRect | undefined {
  if (rects.length === 0) return undefined;
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return { x, y, width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x, height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y };
}

/**
 * Receipts: tables and paragraphs take the height they need, groups that are not shown take none, and whatever begins at or
 * below the end of one moves with it. Gives back where everything came to lie.
 */
function layFlowing(elements: readonly LabelElement[], context: Context): NonNullable<RenderedLabel['flow']> {
  const { sheet } = context;
  const flow = new Map<string, { by: number; height: number }>();
  const growths: { readonly below: number; readonly by: number }[] = [];
  for (const element of elements) {
    const shift = growths.reduce((sum, growth) => (element.y >= growth.below ? sum + growth.by : sum), 0);
    const needed = neededHeight(element, sheet);
    if (needed !== undefined) growths.push({ below: element.y + element.height, by: needed - element.height });
    const placed = needed === undefined || element.type === 'group' ? element : { ...element, height: needed };
    layElement(placed, context, { x: 0, y: shift });
    flow.set(element.id, { by: shift, height: placed.height });
  }
  return flow;
}

/** Height an element takes on continuous paper, in micrometres; undefined for those that keep theirs. */
function neededHeight(element: LabelElement, sheet: Sheet): number | undefined {
  const shown = holds(element.when, sheet.scope);
  if (element.type === 'group') return shown ? undefined : 0;
  const width = toDots(element.width, sheet.dpi);
  // One dot more than needed, because edges are rounded apart from sizes.
  if (element.type === 'table' && element.overflow.kind === 'grow') return shown ? toMicrometres(tableHeight(sheet, element, width) + 1, sheet.dpi) : 0;
  if (element.type !== 'paragraph' || element.fit.kind !== 'none') return undefined;
  const height = shown ? paragraphHeight(sheet, element, width) : 0;
  return height === 0 ? 0 : toMicrometres(height + 1, sheet.dpi);
}

function flowingHeight(document: LabelDocument, sheet: Sheet): number {
  const { height, bottomMargin } = document.media;
  const lowest = sheet.ops.reduce((bottom, op) => Math.max(bottom, opRect(op).y + opRect(op).height), 0);
  return Math.max(1, Math.min(toDots(height, sheet.dpi), lowest + toDots(bottomMargin, sheet.dpi)));
}

function isOnPage(op: DrawOp, width: number, height: number): boolean {
  const rect = opRect(op);
  return rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= width && rect.y + rect.height <= height;
}

/** Cuts an operation at the paper's edge, so that no encoder ever sees a dot outside. */
function keptOnPage(op: DrawOp, width: number, height: number): DrawOp[] {
  if (isOnPage(op, width, height)) return [op];
  const rect = opRect(op);
  const x = Math.max(0, rect.x);
  const y = Math.max(0, rect.y);
  const kept = { x, y, width: Math.min(width, rect.x + rect.width) - x, height: Math.min(height, rect.y + rect.height) - y };
  if (kept.width <= 0 || kept.height <= 0) return [];
  if (op.kind === 'fill' || op.kind === 'invert') return [{ ...op, rect: kept }];
  return [{ kind: 'bitmap', x, y, bitmap: cropOp(op, kept), source: op.kind === 'bitmap' ? op.source : 'image' }];
}

function cropOp(op: DrawOp, kept: DotRect): Bitmap {
  const page = createBitmap(kept.width, kept.height);
  paint([moved(op, -kept.x, -kept.y)], page);
  return crop(page, { x: 0, y: 0, width: kept.width, height: kept.height });
}
