/** Labels made by hand from drawing operations, for tests of the encoders. */
import { blit, createBitmap, fillRect, frameRects, invertRect } from '../../../common/domain/label/bitmap.ts';
import { encodeLinear } from '../../../common/domain/label/codes/linear.ts';
import { encodeQr } from '../../../common/domain/label/codes/qr.ts';
import type { Bitmap, DrawOp, LinearSymbology, RenderedLabel, Rotation } from '../../../common/domain/label/rendered.ts';
import type { PrinterProfile } from '../types.ts';
import { barRects } from './plan.ts';

/** Draws operations on a white page, as the label engine does. */
export function labelFrom(width: number, height: number, dpi: number, ops: readonly DrawOp[]): RenderedLabel {
  const bitmap = createBitmap(width, height);
  for (const op of ops) {
    if (op.kind === 'fill') fillRect(bitmap, op.rect);
    else if (op.kind === 'frame') for (const rect of frameRects(op.rect, op.thickness)) fillRect(bitmap, rect);
    else if (op.kind === 'invert') invertRect(bitmap, op.rect);
    else if (op.kind === 'bitmap') blit(bitmap, op.bitmap, op.x, op.y);
    else if (op.kind === 'linear') for (const rect of barRects(op)) fillRect(bitmap, rect);
    else {
      for (let i = 0; i < op.matrix.length; i++) {
        if (op.matrix[i] !== 1) continue;
        fillRect(bitmap, { x: op.rect.x + (i % op.size) * op.module, y: op.rect.y + Math.floor(i / op.size) * op.module, width: op.module, height: op.module });
      }
    }
  }
  const perMillimetre = dpi === 203 ? 8 : dpi / 25.4;
  return {
    dpi,
    bitmap,
    widthMicrometres: Math.round((width / perMillimetre) * 1_000),
    heightMicrometres: Math.round((height / perMillimetre) * 1_000),
    ops,
    codes: [],
    lint: [],
    part: { index: 1, total: 1 },
  };
}

/** A one-dimensional code with its upper left corner at x, y after rotation. */
export function linearOp(symbology: LinearSymbology, text: string, x: number, y: number, module: number, height: number, rotation: Rotation = 0): DrawOp {
  const made = encodeLinear(symbology, text);
  if (!made.ok) throw new Error(`${symbology} cannot carry ${JSON.stringify(text)}: ${made.reason}`);
  const { modules, codewords, text: carried } = made.code;
  const length = modules.length * module;
  const lying = rotation === 90 || rotation === 270;
  return {
    kind: 'linear',
    symbology,
    text: carried,
    rect: { x, y, width: lying ? height : length, height: lying ? length : height },
    rotation,
    module,
    modules,
    ...(codewords === undefined ? {} : { codewords }),
  };
}

/** An upright QR code. */
export function qrOp(text: string, x: number, y: number, module: number, level: 'L' | 'M' | 'Q' | 'H' = 'M'): DrawOp {
  const made = encodeQr(text, level);
  if (made === undefined) throw new Error('text too long for a QR code');
  const side = made.size * module;
  return { kind: 'qr', text, rect: { x, y, width: side, height: side }, rotation: 0, module, matrix: made.matrix, size: made.size, level, mask: made.mask, version: made.version };
}

/** Text-like ink: a bitmap with about a third of its dots black, the same for the same seed. */
export function noise(width: number, height: number, seed: number): Bitmap {
  const bitmap = createBitmap(width, height);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < bitmap.bits.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = (state >>> 24) & ((state >>> 16) & 0xff);
    const last = (i + 1) % bitmap.stride === 0 ? (0xff << (bitmap.stride * 8 - width)) & 0xff : 0xff;
    bitmap.bits[i] = value & last;
  }
  return bitmap;
}

/** A profile with paper of exactly the label's size. */
export function fitted(profile: PrinterProfile, label: RenderedLabel): PrinterProfile {
  return {
    ...profile,
    dpi: label.dpi,
    headDots: Math.max(profile.headDots, label.bitmap.width),
    media: { ...profile.media, widthMicrometres: label.widthMicrometres, heightMicrometres: label.heightMicrometres },
  };
}
