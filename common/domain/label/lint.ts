/** Findings that need the finished picture, and those that need only the document. */
import { blit, clipRect, createBitmap, crop, hasInk, inkBounds } from './bitmap.ts';
import { fieldsOf } from './conditions.ts';
import type { Content } from './content.ts';
import { allElements, type LabelDocument, type LabelElement } from './document.ts';
import { findField } from './fields.ts';
import { lintSeverities, type LintCode } from './lint-codes.ts';
import { paintOp } from './paint.ts';
import type { Bitmap, DotRect, DrawOp, LintFinding } from './rendered.ts';
import type { PlacedCode, Sheet } from './layout/sheet.ts';
import { toDots } from './units.ts';

/** Codes keep this distance from cuts and perforations, in micrometres. */
const cutLineDistance = 3_000;

function finding(code: LintCode, element: string, message: string, more: { place?: DotRect; data?: LintFinding['data'] } = {}): LintFinding {
  return { severity: lintSeverities[code], code, element, message, ...more };
}

/** The rectangle an operation may blacken. */
export function opRect(op: DrawOp): DotRect {
  return op.kind === 'bitmap' ? { x: op.x, y: op.y, width: op.bitmap.width, height: op.bitmap.height } : op.rect;
}

/** Ink outside the paper or the head. Text bitmaps are tight, so their rectangle is their ink. */
export function lintEdges(sheet: Sheet, page: { width: number; height: number }, headDots: number | undefined): LintFinding[] {
  const out: LintFinding[] = [];
  const told = new Set<string>();
  sheet.ops.forEach((op, i) => {
    const element = sheet.owners[i]!;
    const rect = opRect(op);
    if (told.has(element) || isInside(rect, page)) return;
    if (op.kind === 'bitmap') {
      const ink = inkBounds(op.bitmap);
      if (!ink || isInside({ ...ink, x: ink.x + op.x, y: ink.y + op.y }, page)) return;
    }
    told.add(element);
    out.push(finding('off_paper', element, 'part of it is off the paper', { place: rect }));
  });
  if (headDots !== undefined && page.width > headDots) {
    sheet.ops.forEach((op, i) => {
      const rect = opRect(op);
      if (rect.x + rect.width <= headDots || told.has(sheet.owners[i]!)) return;
      told.add(sheet.owners[i]!);
      out.push(finding('beyond_head', sheet.owners[i]!, `reaches dot ${rect.x + rect.width} and the head has ${headDots}`, { place: rect, data: { dots: rect.x + rect.width, head: headDots } }));
    });
  }
  return out;
}

function isInside(rect: DotRect, page: { width: number; height: number }): boolean {
  return rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= page.width && rect.y + rect.height <= page.height;
}

/** Quiet zones, ink over codes and cut lines, from the finished picture. */
export function lintCodes(sheet: Sheet, page: Bitmap, cutLines: readonly number[]): LintFinding[] {
  return sheet.codes.flatMap((code) => [...lintQuietZone(sheet, code, page), ...lintOverlap(sheet, code, page), ...lintCutLines(sheet, code, cutLines)]);
}

function lintQuietZone(sheet: Sheet, code: PlacedCode, page: Bitmap): LintFinding[] {
  const { rect } = code.op;
  const { left, right, top, bottom } = code.quiet;
  const whole = { x: rect.x - left, y: rect.y - top, width: rect.width + left + right, height: rect.height + top + bottom };
  const strips = [
    { x: whole.x, y: whole.y, width: whole.width, height: top },
    { x: whole.x, y: rect.y + rect.height, width: whole.width, height: bottom },
    { x: whole.x, y: rect.y, width: left, height: rect.height },
    { x: rect.x + rect.width, y: rect.y, width: right, height: rect.height },
  ];
  const offPaper = !isInside(whole, page);
  const inked = strips.find((strip) => hasInk(page, strip));
  if (!offPaper && !inked) return [];
  const by = inked ? ownersAt(sheet, inked, code.op) : [];
  const message = inked ? `ink in its quiet zone${by.length > 0 ? ` from ${by.join(', ')}` : ''}` : 'its quiet zone reaches beyond the paper';
  return [finding('quiet_zone', code.element, message, { place: whole, data: { by: by.join(',') } })];
}

function lintOverlap(sheet: Sheet, code: PlacedCode, page: Bitmap): LintFinding[] {
  const { rect } = code.op;
  if (!sheet.ops.some((op) => op !== code.op && touches(opRect(op), rect))) return [];
  const alone = createBitmap(rect.width, rect.height);
  paintOp({ ...code.op, rect: { ...rect, x: 0, y: 0 } }, alone);
  const printed = crop(page, rect);
  if (equal(alone, printed)) return [];
  const by = ownersAt(sheet, rect, code.op);
  return [finding('code_overlap', code.element, `other ink lies over the code${by.length > 0 ? `: ${by.join(', ')}` : ''}`, { place: rect, data: { by: by.join(',') } })];
}

function touches(a: DotRect, b: DotRect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function equal(a: Bitmap, b: Bitmap): boolean {
  for (let i = 0; i < a.bits.length; i++) if (a.bits[i] !== b.bits[i]) return false;
  return true;
}

/** Elements that put ink into a rectangle, other than the code itself. */
function ownersAt(sheet: Sheet, rect: DotRect, code: DrawOp): string[] {
  const owners = new Set<string>();
  sheet.ops.forEach((op, i) => {
    if (op === code) return;
    const own = opRect(op);
    const right = Math.min(own.x + own.width, rect.x + rect.width);
    const bottom = Math.min(own.y + own.height, rect.y + rect.height);
    const common = { x: Math.max(own.x, rect.x), y: Math.max(own.y, rect.y), width: right - Math.max(own.x, rect.x), height: bottom - Math.max(own.y, rect.y) };
    if (common.width <= 0 || common.height <= 0) return;
    const probe = createBitmap(common.width, common.height);
    if (op.kind === 'bitmap') blit(probe, op.bitmap, op.x - common.x, op.y - common.y);
    else paintOp({ ...op, rect: { ...op.rect, x: op.rect.x - common.x, y: op.rect.y - common.y } }, probe);
    if (clipRect({ x: 0, y: 0, width: common.width, height: common.height }, probe.width, probe.height) && hasInk(probe, { x: 0, y: 0, width: common.width, height: common.height })) owners.add(sheet.owners[i]!);
  });
  return [...owners];
}

function lintCutLines(sheet: Sheet, code: PlacedCode, cutLines: readonly number[]): LintFinding[] {
  const { rect } = code.op;
  const distance = toDots(cutLineDistance, sheet.dpi);
  return cutLines.flatMap((cut) => {
    const y = toDots(cut, sheet.dpi);
    if (y > rect.y && y < rect.y + rect.height) return [finding('crosses_cut_line', code.element, 'the code lies across a cut line', { place: rect, data: { cut } })];
    const gap = y <= rect.y ? rect.y - y : y - (rect.y + rect.height);
    return gap < distance ? [finding('near_cut_line', code.element, `the code is ${gap} dots from a cut line; ${distance} are needed`, { place: rect, data: { cut, dots: gap } })] : [];
  });
}

/** Findings of the document itself: fields that do not exist, personal data that would print in the clear. */
export function lintDocument(document: LabelDocument): LintFinding[] {
  return allElements(document.elements).flatMap((element) => {
    const contents = contentsOf(element);
    const conditionFields = fieldsOf(element.when).map((path) => ({ path, masked: true }));
    const used = contents.flatMap((content) => content.flatMap((part) => ('field' in part ? [{ path: part.field, masked: part.format.some((f) => f.kind === 'mask' && findField(part.field)?.personal === f.as) }] : [])));
    const unknown = [...used, ...conditionFields].filter(({ path }) => !findField(path));
    const bare = document.privacy === 'masked' ? used.filter(({ path, masked }) => !masked && findField(path)?.personal) : [];
    return [
      ...unknown.map(({ path }) => finding('unknown_field', element.id, `there is no field ${path}`, { data: { field: path } })),
      ...bare.map(({ path }) => finding('unmasked_personal', element.id, `${path} is printed without a mask`, { data: { field: path } })),
    ];
  });
}

function contentsOf(element: LabelElement): Content[] {
  if (element.type === 'table') return element.columns.map((column) => column.content);
  return 'content' in element ? [element.content] : [];
}
