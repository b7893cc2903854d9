import { deflateSync, crc32 } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { createBitmap, setDot } from '../../../common/domain/label/bitmap.ts';
import { decodePicture } from '../../../common/domain/label/layout/pictures.ts';
import { importPicture } from './pictures.ts';
import { decodePng, encodePng } from './png.ts';

function canvas(width: number, height: number, kind: 'image/png' | 'image/jpeg'): Buffer {
  const made = createCanvas(width, height);
  const context = made.getContext('2d');
  context.fillStyle = '#000000';
  context.fillRect(0, 0, width / 2, height);
  if (kind === 'image/jpeg') {
    context.fillStyle = '#ffffff';
    context.fillRect(width / 2, 0, width / 2, height);
  }
  return kind === 'image/png' ? made.toBuffer(kind) : made.toBuffer(kind, 95);
}

/** A PNG whose header promises a size its data need not have. */
function claimed(width: number, height: number, data = Buffer.alloc(10)): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const inner = Buffer.concat([Buffer.from(type), body]);
    const out = Buffer.alloc(inner.length + 8);
    out.writeUInt32BE(body.length, 0);
    inner.copy(out, 4);
    out.writeUInt32BE(crc32(inner), inner.length + 4);
    return out;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(data)), chunk('IEND', Buffer.alloc(0))]);
}

function bmp(width: number, height: number): Buffer {
  const stride = (width * 3 + 3) & ~3;
  const out = Buffer.alloc(54 + stride * height, 0xff);
  out.write('BM', 0, 'latin1');
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(0, 6);
  out.writeUInt32LE(54, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(24, 28);
  out.fill(0, 30, 54);
  return out;
}

describe('importPicture', () => {
  it('makes grey of a PNG, transparency white', async () => {
    const picture = await importPicture(canvas(40, 20, 'image/png'), 'logo.png');
    const grey = decodePicture(picture)!;
    expect([picture.width, picture.height]).toEqual([40, 20]);
    expect([grey[0], grey[39]]).toEqual([0, 255]);
  });

  it('takes JPEG and BMP', async () => {
    expect(await importPicture(canvas(64, 64, 'image/jpeg'), 'a.jpg')).toMatchObject({ width: 64, height: 64 });
    expect(decodePicture(await importPicture(bmp(5, 4), 'a.bmp'))).toEqual(new Uint8Array(20).fill(255));
  });

  it('shrinks what is larger than a label can use', async () => {
    const picture = await importPicture(canvas(5_000, 1_000, 'image/png'), 'wide.png');
    expect(picture.width).toBeLessThanOrEqual(4_000);
    expect(decodePicture(picture)).toHaveLength(picture.width * picture.height);
  });

  it.each([
    ['a side too long', claimed(8_001, 10), 'side'],
    ['too many pixels', claimed(7_000, 7_000), 'pixels'],
    ['a PNG bomb by header', claimed(0x7fffffff, 0x7fffffff), 'side'],
    ['more bytes than allowed', Buffer.concat([claimed(10, 10), Buffer.alloc(10 * 1024 * 1024)]), 'bytes'],
    ['a picture cut short', canvas(40, 20, 'image/png').subarray(0, 45), 'damaged'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'format'],
    ['a GIF', Buffer.from('GIF89a\u0005\u0000\u0004\u0000\u0000\u0000'), 'format'],
    ['nothing', Buffer.alloc(0), 'format'],
    ['a zip named png', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaa'), 'format'],
  ])('refuses %s', async (_, bytes, why) => {
    await expect(importPicture(bytes, 'x.png')).rejects.toMatchObject({ error: { code: 'PICTURE_REFUSED', data: { why } } });
  });

  it('gives up on picture data that inflate to more than they say', () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000)).toString('base64');
    expect(decodePicture({ width: 10, height: 10, grey: bomb })).toBeUndefined();
    expect(decodePicture({ width: 10, height: 10, grey: '!!' })).toBeUndefined();
  });
});

describe('PNG', () => {
  it('comes back as it went, with its resolution in it', () => {
    for (const width of [1, 7, 8, 9, 64, 101]) {
      const bitmap = createBitmap(width, 5);
      for (let x = 0; x < width; x += 3) setDot(bitmap, x, x % 5);
      const png = encodePng(bitmap, 203);
      expect(decodePng(png)).toEqual(bitmap);
      expect(Buffer.from(png).readUInt32BE(Buffer.from(png).indexOf('pHYs') + 4)).toBe(8000);
    }
  });
});
