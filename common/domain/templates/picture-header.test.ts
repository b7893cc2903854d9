import { describe, expect, it } from 'vitest';
import { checkPicture } from './picture-header.ts';

const png = (width: number, height: number): Uint8Array => {
  const bytes = new Uint8Array(40);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
};

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
