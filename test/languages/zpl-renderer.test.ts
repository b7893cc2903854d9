/** A second, unrelated opinion on our ZPL: the Zebrash renderer. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { ready } from 'zpl-renderer-js';
import type { DrawOp, RenderedLabel } from '../../common/domain/label/rendered.ts';
import { encodeLabel } from '../../main/printing/languages/index.ts';
import { labelFrom, linearOp, noise, qrOp } from '../../main/printing/languages/testing.ts';
import type { EncodeMode, PrinterProfile } from '../../main/printing/types.ts';
import type { PrintedLabel } from '../interpreters/types.ts';
import { differences, profileFor } from './judging.ts';

async function render(bytes: Uint8Array, label: RenderedLabel): Promise<PrintedLabel> {
  const { api } = await ready;
  const png = await api.zplToBase64Async(Buffer.from(bytes).toString('latin1'), label.bitmap.width / 8, label.bitmap.height / 8, 8);
  const image = await loadImage(Buffer.from(png, 'base64'));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const stride = (image.width + 7) >> 3;
  const bits = new Uint8Array(stride * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) if (data[(y * image.width + x) * 4]! < 128) bits[y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
  }
  return { widthDots: image.width, heightDots: image.height, stride, bits, texts: [], codes: [], settings: {}, echo: '' };
}

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
    expect(differences(await render(bytes, label), label)).toEqual([]);
  });

  it('draws a QR code of the same size at the same place', async () => {
    const label = labelFrom(400, 320, 203, [qrOp('SF1234567890', 60, 100, 4)]);
    const paper = await render(encodeLabel(label, profileFor(label, 'zpl'), { mode: 'hybrid' }), label);
    expect(differences(paper, label)).toEqual([]);
  });
});
