import { deflateSync, crc32 } from 'node:zlib';

/** A 1-bit greyscale PNG of dots (1 = black). */
export function dotsToPng(image: { readonly widthDots: number; readonly heightDots: number; readonly stride: number; readonly bits: Uint8Array }): Uint8Array {
  const raw = Buffer.alloc((image.stride + 1) * image.heightDots);
  for (let row = 0; row < image.heightDots; row++) {
    for (let at = 0; at < image.stride; at++) raw[row * (image.stride + 1) + 1 + at] = (image.bits[row * image.stride + at] ?? 0) ^ 0xff;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(image.widthDots, 0);
  header.writeUInt32BE(image.heightDots, 4);
  header[8] = 1;
  return new Uint8Array(Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(raw, { level: 1 })), chunk('IEND', Buffer.alloc(0))]));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
