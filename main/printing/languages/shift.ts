/** Moves a whole label by the printer's calibrated offset, in whole dots. */
import { blit, createBitmap } from '../../../common/domain/label/bitmap.ts';
import type { DotRect, DrawOp, RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { fail } from '../../../common/errors.ts';
import type { PrinterProfile } from '../types.ts';
import { boundingRegion } from './ink.ts';
import { micrometresToDots } from './job.ts';

/**
 * The label as this printer must get it: the same page size, all ink moved right and down by the profile's offset.
 * Errors: LABEL_SHIFTED_OFF_PAPER when ink would be lost.
 */
export function shiftLabel(label: RenderedLabel, profile: PrinterProfile): RenderedLabel {
  const dx = micrometresToDots(profile.offset.xMicrometres, profile.dpi);
  const dy = micrometresToDots(profile.offset.yMicrometres, profile.dpi);
  if (dx === 0 && dy === 0) return label;
  const { bitmap } = label;
  const ink = inkBox(label);
  if (ink !== undefined && (ink.x + dx < 0 || ink.y + dy < 0 || ink.x + ink.width + dx > bitmap.width || ink.y + ink.height + dy > bitmap.height)) {
    fail('LABEL_SHIFTED_OFF_PAPER', { xMm: profile.offset.xMicrometres / 1_000, yMm: profile.offset.yMicrometres / 1_000 });
  }
  const moved = createBitmap(bitmap.width, bitmap.height);
  blit(moved, bitmap, dx, dy);
  return { ...label, bitmap: moved, ops: label.ops.map((op) => moveOp(op, dx, dy)), codes: label.codes.map((code) => ({ ...code, rect: moveRect(code.rect, dx, dy) })) };
}

/** The smallest box around the ink, to the dot. */
function inkBox(label: RenderedLabel): DotRect | undefined {
  const { bitmap } = label;
  const region = boundingRegion(bitmap);
  if (region === undefined) return undefined;
  let left = 0;
  let right = 0;
  for (let row = region.firstRow; row < region.firstRow + region.rowCount; row++) {
    left |= bitmap.bits[row * bitmap.stride + region.firstByte]!;
    right |= bitmap.bits[row * bitmap.stride + region.firstByte + region.byteCount - 1]!;
  }
  const x = region.firstByte * 8 + Math.clz32(left) - 24;
  const end = (region.firstByte + region.byteCount) * 8 - (31 - Math.clz32(right & -right));
  return { x, y: region.firstRow, width: end - x, height: region.rowCount };
}

function moveRect(rect: DotRect, dx: number, dy: number): DotRect {
  return { x: rect.x + dx, y: rect.y + dy, width: rect.width, height: rect.height };
}

function moveOp(op: DrawOp, dx: number, dy: number): DrawOp {
  if (op.kind === 'bitmap') return { ...op, x: op.x + dx, y: op.y + dy };
  return { ...op, rect: moveRect(op.rect, dx, dy) };
}
