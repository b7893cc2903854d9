/**
 * Splits one label into what a printer draws by itself and what is sent as dots.
 *
 * The result is exact by construction: an operation is left to the printer only when every dot it draws is black on the label, its
 * dots are then taken off the page, and whatever ink is left over is sent as bitmaps. So the union is always the preview, also
 * where text, reverse video and codes overlap.
 */
import type { Bitmap, DotRect, DrawOp, RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { allBlack, erase, liesOn } from './ink.ts';

export type LinearOp = Extract<DrawOp, { kind: 'linear' }>;
export type QrOp = Extract<DrawOp, { kind: 'qr' }>;

/** Something the printer draws by itself. */
export type NativeOp =
  | { readonly kind: 'fill'; readonly rect: DotRect }
  | { readonly kind: 'frame'; readonly rect: DotRect; readonly thickness: number }
  | { readonly kind: 'linear'; readonly op: LinearOp; readonly data: string }
  | { readonly kind: 'qr'; readonly op: QrOp; readonly data: string };

/** What a language can draw dot for dot; `undefined` data means it cannot draw this one. */
export interface NativeAbilities {
  readonly fills: boolean;
  readonly frames: boolean;
  /** Data of the barcode command that makes exactly these modules, when the language has such a command. */
  linear(op: LinearOp): string | undefined;
  qr(op: QrOp): string | undefined;
  /** Bytes of one filled box command: what is shorter as dots is sent as dots. */
  readonly boxCost: number;
  /** Whether a code the printer cannot draw itself is sent as boxes where that is shorter than dots. */
  readonly codesAsBoxes: boolean;
}

export interface LabelPlan {
  readonly natives: readonly NativeOp[];
  /** Ink not drawn by the natives. Valid until the next plan is made: it is kept and reused. */
  readonly rest: Bitmap;
}

let scratch = new Uint8Array(0);

function copyOf(bitmap: Bitmap): Bitmap {
  const size = bitmap.stride * bitmap.height;
  if (scratch.length < size) scratch = new Uint8Array(size);
  const bits = scratch.subarray(0, size);
  bits.set(bitmap.bits.subarray(0, size));
  return { width: bitmap.width, height: bitmap.height, stride: bitmap.stride, bits };
}

/** Makes the plan for one label. Pure but for the reused page of `rest`. */
export function planLabel(label: RenderedLabel, abilities: NativeAbilities): LabelPlan {
  const rest = copyOf(label.bitmap);
  const natives: NativeOp[] = [];
  for (const op of label.ops) {
    switch (op.kind) {
      case 'fill':
        // A dash of a dotted line is shorter as dots than as a command.
        if (abilities.fills && dotBytes(op.rect) > abilities.boxCost && takeInk(label.bitmap, rest, [op.rect])) natives.push(op);
        break;
      case 'frame':
        if (abilities.fills && takeInk(label.bitmap, rest, frameBars(op.rect, op.thickness))) {
          if (abilities.frames) natives.push(op);
          else for (const rect of frameBars(op.rect, op.thickness)) natives.push({ kind: 'fill', rect });
        }
        break;
      case 'linear': {
        const bars = barRects(op);
        const data = abilities.linear(op);
        if (data !== undefined) {
          if (takeInk(label.bitmap, rest, bars)) natives.push({ kind: 'linear', op, data });
        } else if (abilities.codesAsBoxes && bars.length * abilities.boxCost < dotBytes(op.rect) && takeInk(label.bitmap, rest, bars)) {
          for (const rect of bars) natives.push({ kind: 'fill', rect });
        }
        break;
      }
      case 'qr': {
        const data = abilities.qr(op);
        if (data !== undefined && takeInk(label.bitmap, rest, qrRects(op))) natives.push({ kind: 'qr', op, data });
        break;
      }
      case 'bitmap':
      case 'invert':
        break;
    }
  }
  return { natives, rest };
}

/** Whether all of the rectangles are ink of the label; if so they are taken off the rest. */
function takeInk(page: Bitmap, rest: Bitmap, rects: readonly DotRect[]): boolean {
  if (rects.length === 0) return false;
  for (const rect of rects) if (!liesOn(page, rect) || !allBlack(page, rect)) return false;
  for (const rect of rects) erase(rest, rect);
  return true;
}

function dotBytes(rect: DotRect): number {
  return ((rect.width + 7) >> 3) * rect.height;
}

/** The four bars of a frame drawn inwards from its rectangle; one filled box when the thickness leaves no hole. */
export function frameBars(rect: DotRect, thickness: number): DotRect[] {
  const { x, y, width, height } = rect;
  if (thickness < 1) return [];
  if (thickness * 2 >= width || thickness * 2 >= height) return [rect];
  const inner = height - 2 * thickness;
  return [
    { x, y, width, height: thickness },
    { x, y: y + height - thickness, width, height: thickness },
    { x, y: y + thickness, width: thickness, height: inner },
    { x: x + width - thickness, y: y + thickness, width: thickness, height: inner },
  ];
}

/** The bars of a one-dimensional code as boxes, after its rotation (clockwise, as read). */
export function barRects(op: LinearOp): DotRect[] {
  const { rect, module, modules, rotation } = op;
  const total = modules.length * module;
  const along = rotation === 0 || rotation === 180 ? rect.width : rect.height;
  if (along !== total) return [];
  const bars: DotRect[] = [];
  let at = 0;
  while (at < modules.length) {
    if (modules.charCodeAt(at) !== 0x31) {
      at++;
      continue;
    }
    let end = at + 1;
    while (end < modules.length && modules.charCodeAt(end) === 0x31) end++;
    const offset = at * module;
    const length = (end - at) * module;
    if (rotation === 0) bars.push({ x: rect.x + offset, y: rect.y, width: length, height: rect.height });
    else if (rotation === 180) bars.push({ x: rect.x + total - offset - length, y: rect.y, width: length, height: rect.height });
    else if (rotation === 90) bars.push({ x: rect.x, y: rect.y + offset, width: rect.width, height: length });
    else bars.push({ x: rect.x, y: rect.y + total - offset - length, width: rect.width, height: length });
    at = end;
  }
  return bars;
}

/** Dark runs of an upright QR code as boxes; empty when the geometry does not fit the matrix. */
export function qrRects(op: QrOp): DotRect[] {
  const { rect, module, size, matrix } = op;
  if (op.rotation !== 0 || rect.width !== size * module || rect.height !== size * module) return [];
  const rects: DotRect[] = [];
  for (let row = 0; row < size; row++) {
    let at = 0;
    while (at < size) {
      if (matrix[row * size + at] !== 1) {
        at++;
        continue;
      }
      let end = at + 1;
      while (end < size && matrix[row * size + end] === 1) end++;
      rects.push({ x: rect.x + at * module, y: rect.y + row * module, width: (end - at) * module, height: module });
      at = end;
    }
  }
  return rects;
}
