import { describe, expect, it } from 'vitest';
import { checkPicture } from './picture-header.ts';

const png = (width: number, height: number): Uint8Array => {
  const bytes = new Uint8Array(40);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
};

const bytesOf = (...parts: readonly (string | readonly number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : [...part])));
const little = (value: number, bytes: number): number[] => Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) % 256);

describe('picture bombs', () => {
  /** A GIF: its screen, a loop extension as animated ones have, then the first picture. */
  const gif = (screen: number, picture: number): Uint8Array =>
    bytesOf('GIF89a', little(screen, 2), little(screen, 2), [0x80, 0, 0], [0, 0, 0, 255, 255, 255], [0x21, 0xff, 11], 'NETSCAPE2.0', [3, 1, 0, 0, 0], [0x21, 0xf9, 4, 0, 0, 0, 0, 0], [0x2c], little(0, 4), little(picture, 2), little(picture, 2), [0], [2, 0, 0x3b]);
  const bmp = (width: number, height: number): Uint8Array => bytesOf('BM', little(60, 4), little(0, 4), little(54, 4), little(40, 4), little(width, 4), little(height, 4), little(0, 40));
  const webp = (width: number, height: number): Uint8Array => bytesOf('RIFF', little(60, 4), 'WEBPVP8X', little(10, 4), [2, 0, 0, 0], little(width - 1, 3), little(height - 1, 3), little(0, 20));
  /** A JPEG with a thumbnail in its EXIF segment, whose small frame header is not the picture's. */
  const jpeg = (width: number, height: number): Uint8Array => {
    const frame = (w: number, h: number): number[] => [0xff, 0xc0, 0, 17, 8, h >> 8, h & 255, w >> 8, w & 255, 3, ...little(0, 9)];
    const thumbnail = [0xff, 0xd8, ...frame(16, 16)];
    return bytesOf([0xff, 0xd8, 0xff, 0xe1, 0, thumbnail.length + 2], thumbnail, frame(width, height), little(0, 8));
  };

  it.each([
    ['GIF', gif(60_000, 10)],
    ['GIF whose first picture is larger than its screen', gif(10, 60_000)],
    ['BMP', bmp(60_000, 60_000)],
    ['BMP from top to bottom', bmp(100, 0x80000000)],
    ['WebP', webp(16_000_000, 2)],
    ['JPEG behind a small thumbnail', jpeg(60_000, 60_000)],
    ['PNG', png(60_000, 2)],
  ])('%s is refused by its size', (_, bytes) => {
    expect(checkPicture(bytes)).toMatchObject({ ok: false, reason: 'too_large' });
  });

  it('animated pictures are taken as their first one, by its size', () => {
    expect(checkPicture(gif(120, 100))).toEqual({ ok: true, header: { format: 'gif', width: 120, height: 120 } });
    expect(checkPicture(webp(300, 200))).toEqual({ ok: true, header: { format: 'webp', width: 300, height: 200 } });
    expect(checkPicture(jpeg(640, 480))).toEqual({ ok: true, header: { format: 'jpeg', width: 640, height: 480 } });
  });

  it.each([
    ['an SVG with a script', new TextEncoder().encode('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="99999" height="99999"><script>alert(1)</script></svg>')],
    ['a gzipped SVG', bytesOf([0x1f, 0x8b, 8, 0], little(0, 40))],
    ['a PNG without a size', png(0, 0)],
    ['a JPEG of segments without end', bytesOf([0xff, 0xd8], ...Array.from({ length: 2_000 }, () => [0xff, 0xe0, 0, 2]))],
    ['a JPEG whose segment has no length', bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 0], little(0, 40))],
    ['a TIFF', bytesOf('II*', little(0, 40))],
  ])('%s is no picture', (_, bytes) => {
    expect(checkPicture(bytes)).toMatchObject({ ok: false, reason: 'unknown' });
  });

  it.each([gif(10, 10), bmp(5, 5), webp(5, 5), jpeg(5, 5), png(5, 5)].map((bytes, index) => [index, bytes] as const))('a file cut anywhere never throws (%i)', (_, bytes) => {
    for (let length = 0; length <= bytes.length; length++) expect(checkPicture(bytes.slice(0, length))).toHaveProperty('ok');
  });
});

describe('picture header', () => {
  it('reads sizes and refuses bombs before anything is decoded', () => {
    expect(checkPicture(png(640, 480))).toEqual({ ok: true, header: { format: 'png', width: 640, height: 480 } });
    expect(checkPicture(png(30_000, 30_000))).toEqual({ ok: false, reason: 'too_large', width: 30_000, height: 30_000 });
    expect(checkPicture(png(7_000, 7_000))).toMatchObject({ ok: false, reason: 'too_large' });
    expect(checkPicture(new Uint8Array(11 * 1024 * 1024))).toMatchObject({ ok: false, reason: 'too_many_bytes' });
    expect(checkPicture(new TextEncoder().encode('<svg onload="alert(1)"/>'))).toMatchObject({ ok: false, reason: 'unknown' });
    expect(checkPicture(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 1, 0x22, 0]))).toEqual({ ok: true, header: { format: 'jpeg', width: 640, height: 480 } });
    expect(checkPicture(new Uint8Array(3))).toMatchObject({ ok: false, reason: 'unknown' });
  });
});
