/** Pictures of templates: one with sample data, and two with what differs between them. */
import { completeLabelData } from '../../../common/domain/label/data.ts';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { Bitmap } from '../../../common/domain/label/rendered.ts';
import { labelSamples } from '../../../common/domain/label/samples.ts';
import { deflateSync, crc32 } from 'node:zlib';
import type { LabelEngine } from '../../printing/raster/engine.ts';
import { encodePng } from '../../printing/raster/png.ts';

export interface Picture {
  readonly png: string;
  readonly widthDots: number;
  readonly heightDots: number;
}

/** The data set a name stands for. */
export function sampleData(sample: string): LabelData {
  return labelSamples.find(({ id }) => id === sample)?.data ?? completeLabelData({});
}

/** First sheet of a document with sample data; with both logos unless said. */
export function sheetOf(engine: Pick<LabelEngine, 'render'>, document: LabelDocument, sample: string, dpi: number, logos?: { readonly upper: boolean; readonly lower: boolean }): Bitmap {
  const [first] = engine.render(document, sampleData(sample), { dpi, logos });
  return first?.bitmap ?? { width: 1, height: 1, stride: 1, bits: new Uint8Array(1) };
}

export function pictureOf(bitmap: Bitmap, dpi: number): Picture {
  return { png: Buffer.from(encodePng(bitmap, dpi)).toString('base64'), widthDots: bitmap.width, heightDots: bitmap.height };
}

/** Two bitmaps over each other: common ink grey, new ink red, ink that is gone blue. */
export function differenceOf(before: Bitmap, after: Bitmap): { readonly picture: Picture; readonly changedDots: number } {
  const [width, height] = [Math.max(before.width, after.width), Math.max(before.height, after.height)];
  const dot = (bitmap: Bitmap, x: number, y: number): boolean => x < bitmap.width && y < bitmap.height && ((bitmap.bits[y * bitmap.stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0;
  const rows = Buffer.alloc((width + 1) * height);
  let changedDots = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [old, now] = [dot(before, x, y), dot(after, x, y)];
      if (old !== now) changedDots++;
      rows[y * (width + 1) + 1 + x] = old && now ? 1 : now ? 2 : old ? 3 : 0;
    }
  }
  const palette = Buffer.from([0xff, 0xff, 0xff, 0xb8, 0xb4, 0xac, 0xc9, 0x2a, 0x2a, 0x1c, 0x6f, 0xb8]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 3;
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
  return { picture: { png: png.toString('base64'), widthDots: width, heightDots: height }, changedDots };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
