/** PNG files of 1-bit pictures, with the resolution in them so that they print at their true size. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Bitmap } from '../../../common/domain/label/rendered.ts';
import { dotsPerInch } from '../../../common/domain/label/units.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const inchesPerMetre = 1000 / 25.4;

/** Encodes a bitmap; the same dots give the same bytes. In a PNG of grey depth 1 a set bit is white, so bits are turned over. */
export function encodePng(bitmap: Bitmap, dpi: number): Uint8Array {
  const { width, height, stride, bits } = bitmap;
  const rows = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1) + 1;
    for (let i = 0; i < stride; i++) rows[to + i] = ~bits[y * stride + i]! & 0xff;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const resolution = Buffer.alloc(9);
  const perMetre = Math.round(dotsPerInch(dpi) * inchesPerMetre);
  resolution.writeUInt32BE(perMetre, 0);
  resolution.writeUInt32BE(perMetre, 4);
  resolution[8] = 1;
  return Buffer.concat([signature, chunk('IHDR', header), chunk('pHYs', resolution), chunk('IDAT', deflateSync(rows, { level: 6 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Reads a PNG written by `encodePng` back; anything else gives undefined. */
export function decodePng(png: Uint8Array): Bitmap | undefined {
  const view = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!signature.every((value, i) => view[i] === value)) return undefined;
  let width = 0;
  let height = 0;
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= view.length; ) {
    const size = view.readUInt32BE(at);
    const type = view.toString('latin1', at + 4, at + 8);
    const body = view.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') {
      width = body.readUInt32BE(0);
      height = body.readUInt32BE(4);
      if (body[8] !== 1 || body[9] !== 0 || body[12] !== 0) return undefined;
    } else if (type === 'IDAT') data.push(body);
    at += size + 12;
  }
  const stride = (width + 7) >> 3;
  const rows = inflateSync(Buffer.concat(data), { maxOutputLength: (stride + 1) * height + 1 });
  const bits = new Uint8Array(stride * height);
  const padMask = (0xff << (stride * 8 - width)) & 0xff;
  for (let y = 0; y < height; y++) {
    if (rows[y * (stride + 1)] !== 0) return undefined;
    for (let i = 0; i < stride; i++) bits[y * stride + i] = ~rows[y * (stride + 1) + 1 + i]! & (i === stride - 1 ? padMask : 0xff);
  }
  return { width, height, stride, bits };
}
