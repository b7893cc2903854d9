import { describe, expect, it } from 'vitest';
import type { DrawOp, RenderedLabel } from '../../common/domain/label/rendered.ts';
import { interpretTspl } from '../interpreters/tspl.ts';
import type { InterpreterOptions, Printout } from '../interpreters/types.ts';
import { interpretZpl } from '../interpreters/zpl.ts';
import type { EncodeMode, PrinterProfile } from '../../main/printing/types.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { fitted, labelFrom, linearOp, noise, qrOp } from '../../main/printing/languages/testing.ts';

const judges: Record<string, (bytes: Uint8Array, options: InterpreterOptions) => Printout> = { tspl: interpretTspl, zpl: interpretZpl };

const denseOps: readonly DrawOp[] = [
  { kind: 'frame', rect: { x: 8, y: 8, width: 592, height: 1024 }, thickness: 2 },
  { kind: 'fill', rect: { x: 8, y: 200, width: 592, height: 2 } },
  { kind: 'bitmap', x: 21, y: 30, bitmap: noise(301, 27, 3), source: 'text' },
  { kind: 'bitmap', x: 400, y: 33, bitmap: noise(90, 40, 4), source: 'text' },
  linearOp('code128', 'SF1234567890123', 60, 90, 3, 96),
  linearOp('code128', 'AB12-34567', 540, 300, 2, 48, 90),
  linearOp('code128', '12345678', 500, 620, 2, 33, 270),
  linearOp('ean13', '690123456789', 40, 700, 2, 60),
  linearOp('code39', 'AB-12', 40, 800, 2, 40, 180),
  qrOp('1234567890123', 60, 300, 4),
  qrOp('HTTPS://A.CN/1B', 60, 420, 3),
  qrOp('https://example.cn/p?id=abc', 60, 540, 3, 'L'),
  qrOp('收件人 zhang', 250, 300, 4),
  { kind: 'bitmap', x: 30, y: 900, bitmap: noise(540, 60, 5), source: 'text' },
  { kind: 'fill', rect: { x: 30, y: 980, width: 200, height: 40 } },
  { kind: 'bitmap', x: 33, y: 985, bitmap: noise(180, 22, 6), source: 'text' },
  { kind: 'invert', rect: { x: 30, y: 980, width: 200, height: 40 } },
];

function dense(dpi: number): RenderedLabel {
  return dpi === 203 ? labelFrom(608, 1040, 203, denseOps) : labelFrom(898, 1535, 300, denseOps);
}

function judge(bytes: Uint8Array, profile: PrinterProfile): Printout {
  return judges[profile.language]!(bytes, { dpi: profile.dpi, headDots: profile.headDots, invertedBitmap: profile.dialect.invertedBitmap });
}

function expectSame(printout: Printout, label: RenderedLabel): void {
  expect(printout.errors).toEqual([]);
  expect(printout.labels).toHaveLength(1);
  const [printed] = printout.labels;
  expect(printed!.widthDots).toBe(label.bitmap.width);
  expect(printed!.heightDots).toBe(label.bitmap.height);
  expect(Buffer.compare(printed!.bits, label.bitmap.bits), 'dots').toBe(0);
}

describe.each(['tspl', 'zpl'])('%s', (language) => {
  describe.each(['raster', 'hybrid'] as const)('%s', (mode: EncodeMode) => {
    it.each([203, 300])('prints the preview dot for dot at %i dpi', (dpi) => {
      const label = dense(dpi);
      const profile = fitted(genericProfile({ language, dpi, widthMicrometres: 76_000, heightMicrometres: 130_000 }), label);
      const printout = judge(encodeLabel(label, profile, { mode }), profile);
      expectSame(printout, label);
      expect(printout.warnings).toEqual([]);
    });
  });

  it('draws codes itself where the modules are settled', () => {
    const label = dense(203);
    const profile = fitted(genericProfile({ language, dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 }), label);
    const printout = judge(encodeLabel(label, profile, { mode: 'hybrid' }), profile);
    expect(printout.labels[0]!.codes.map((code) => code.text)).toContain('SF1234567890123');
    expect(printout.labels[0]!.codes.map((code) => code.text)).toContain('1234567890123');
  });
});
