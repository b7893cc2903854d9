/** A second, unrelated opinion on our ZPL: the Zebrash renderer. */
import { describe, expect, it } from 'vitest';
import type { DrawOp } from '../../common/domain/label/rendered.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { labelFrom, linearOp, noise, qrOp } from '../../main/printing/languages/testing.ts';
import type { EncodeMode, PrinterProfile } from '../../main/printing/types.ts';
import { differences, profileFor } from './judging.ts';
import { zebrash } from './zebrash.ts';

const ops: readonly DrawOp[] = [
  { kind: 'frame', rect: { x: 8, y: 8, width: 592, height: 624 }, thickness: 3 },
  { kind: 'fill', rect: { x: 8, y: 200, width: 592, height: 2 } },
  { kind: 'bitmap', x: 21, y: 30, bitmap: noise(301, 27, 3), source: 'text' },
  linearOp('code128', 'SF1234567890123', 60, 90, 3, 96),
  linearOp('code128', 'AB12-34567', 540, 230, 2, 48, 90),
  linearOp('code128', '12345678', 480, 230, 2, 33, 270),
  linearOp('code128', 'YT1234567890', 40, 420, 2, 60, 180),
  { kind: 'bitmap', x: 30, y: 500, bitmap: noise(540, 60, 5), source: 'text' },
  { kind: 'fill', rect: { x: 30, y: 580, width: 200, height: 40 } },
  { kind: 'bitmap', x: 33, y: 585, bitmap: noise(180, 22, 6), source: 'text' },
  { kind: 'invert', rect: { x: 30, y: 580, width: 200, height: 40 } },
];

const ways: [EncodeMode, PrinterProfile['dialect']['compression']][] = [
  ['raster', 'z64'],
  ['raster', 'acs'],
  ['hybrid', 'z64'],
  ['hybrid', 'acs'],
  ['hybrid', 'none'],
];

describe('zebrash', () => {
  it.each(ways)('prints %s with %s as the preview', async (mode, compression) => {
    const label = labelFrom(608, 640, 203, ops);
    const start = profileFor(label, 'zpl');
    const bytes = encodeLabel(label, { ...start, dialect: { ...start.dialect, compression } }, { mode });
    expect(differences(await zebrash(bytes, label), label)).toEqual([]);
  });

  it('draws a QR code of the same size at the same place', async () => {
    const label = labelFrom(400, 320, 203, [qrOp('SF1234567890', 60, 100, 4)]);
    const paper = await zebrash(encodeLabel(label, profileFor(label, 'zpl'), { mode: 'hybrid' }), label);
    expect(differences(paper, label)).toEqual([]);
  });
});
