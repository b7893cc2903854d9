/** Drawing operations to dots. The page bitmap of a label is exactly this union, so every encoder can check itself against it. */
import { blit, createBitmap, fillRect, frameRects, invertRect } from './bitmap.ts';
import type { Bitmap, DotRect, DrawOp } from './rendered.ts';

/** Draws operations, in order, onto a page; what lies outside is ignored. */
export function paint(ops: readonly DrawOp[], page: Bitmap): void {
  for (const op of ops) paintOp(op, page);
}

/** Draws one operation. */
export function paintOp(op: DrawOp, page: Bitmap): void {
  switch (op.kind) {
    case 'fill':
      fillRect(page, op.rect);
      return;
    case 'frame':
      for (const rect of frameRects(op.rect, op.thickness)) fillRect(page, rect);
      return;
    case 'invert':
      invertRect(page, op.rect);
      return;
    case 'bitmap':
      blit(page, op.bitmap, op.x, op.y);
      return;
    case 'linear':
      if (op.rotation === 0 || op.rotation === 180) paintUprightBars(op, page);
      else for (const bar of lyingBars(op)) fillRect(page, bar);
      return;
    case 'qr':
      blit(page, qrBitmap(op), op.rect.x, op.rect.y);
      return;
  }
}

type LinearOp = Extract<DrawOp, { kind: 'linear' }>;
type QrOp = Extract<DrawOp, { kind: 'qr' }>;

/** Bars across the feed: one row, made on the page's byte boundaries, laid over every row. */
function paintUprightBars(op: LinearOp, page: Bitmap): void {
  const phase = op.rect.x & 7;
  const row = createBitmap(op.rect.width + phase, 1);
  const count = op.modules.length;
  let x = phase;
  for (let i = 0; i < count; i++) {
    const isBar = op.modules.charCodeAt(op.rotation === 0 ? i : count - 1 - i) === 49;
    for (let end = x + op.module; x < end; x++) if (isBar) row.bits[x >> 3]! |= 0x80 >> (x & 7);
  }
  const left = op.rect.x - phase;
  const inside = left >= 0 && left + row.width <= page.width && op.rect.y >= 0 && op.rect.y + op.rect.height <= page.height;
  if (!inside) {
    for (let y = 0; y < op.rect.height; y++) blit(page, row, left, op.rect.y + y);
    return;
  }
  const { bits: ink, stride: bytes } = row;
  const { bits } = page;
  for (let y = 0, from = op.rect.y * page.stride + (left >> 3); y < op.rect.height; y++, from += page.stride) {
    for (let i = 0; i < bytes; i++) bits[from + i]! |= ink[i]!;
  }
}

/** Turned by 90° the code reads downwards, by 270° upwards. */
function lyingBars(op: LinearOp): DotRect[] {
  const bars: DotRect[] = [];
  const count = op.modules.length;
  for (let i = 0; i < count; i++) {
    if (op.modules.charCodeAt(op.rotation === 90 ? i : count - 1 - i) !== 49) continue;
    bars.push({ x: op.rect.x, y: op.rect.y + i * op.module, width: op.rect.width, height: op.module });
  }
  return bars;
}

function qrBitmap(op: QrOp): Bitmap {
  const side = op.size * op.module;
  const bitmap = createBitmap(side, side);
  const { bits, stride } = bitmap;
  for (let row = 0; row < op.size; row++) {
    const first = row * op.module * stride;
    let x = 0;
    for (let column = 0; column < op.size; column++) {
      const isDark = op.matrix[row * op.size + column] === 1;
      for (let end = x + op.module; x < end; x++) if (isDark) bits[first + (x >> 3)]! |= 0x80 >> (x & 7);
    }
    for (let copy = 1; copy < op.module; copy++) bits.copyWithin(first + copy * stride, first, first + stride);
  }
  return bitmap;
}
