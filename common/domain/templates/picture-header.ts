/** Size of a picture from its first bytes, before anything is decoded: a small file can hold a picture that fills the memory. */

export interface PictureHeader {
  readonly format: 'png' | 'jpeg' | 'gif' | 'bmp' | 'webp';
  readonly width: number;
  readonly height: number;
}

export const pictureLimits = { side: 8_000, pixels: 40_000_000, bytes: 10 * 1024 * 1024 } as const;

export type PictureCheck = { readonly ok: true; readonly header: PictureHeader } | { readonly ok: false; readonly reason: 'unknown' | 'too_many_bytes' | 'too_large'; readonly width?: number; readonly height?: number };

/** Refuses what is no picture we read, and picture bombs: over 10 MB, over 8,000 pixels a side, over 40 million pixels. */
export function checkPicture(bytes: Uint8Array): PictureCheck {
  if (bytes.length > pictureLimits.bytes) return { ok: false, reason: 'too_many_bytes' };
  const header = readHeader(bytes);
  if (header === undefined || header.width < 1 || header.height < 1) return { ok: false, reason: 'unknown' };
  const { width, height } = header;
  if (width > pictureLimits.side || height > pictureLimits.side || width * height > pictureLimits.pixels) return { ok: false, reason: 'too_large', width, height };
  return { ok: true, header };
}

function readHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));
  if (bytes.length >= 24 && text(1, 3) === 'PNG' && text(12, 4) === 'IHDR') return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length >= 10 && /^GIF8[79]a$/.test(text(0, 6))) return readGif(view);
  if (bytes.length >= 26 && text(0, 2) === 'BM') return { format: 'bmp', width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  if (bytes.length >= 30 && text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP') return readWebp(view, text(12, 4));
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return readJpeg(view);
  return undefined;
}

/** Decoders grow the screen to the first picture, which may be larger than the header says. */
function readGif(view: DataView): PictureHeader {
  const header = { format: 'gif' as const, width: view.getUint16(6, true), height: view.getUint16(8, true) };
  const flags = view.byteLength > 10 ? view.getUint8(10) : 0;
  let at = 13 + (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) === 0x2c) {
      const reach = (corner: number, size: number): number => view.getUint16(at + corner, true) + view.getUint16(at + size, true);
      return { ...header, width: Math.max(header.width, reach(1, 5)), height: Math.max(header.height, reach(3, 7)) };
    }
    if (view.getUint8(at) !== 0x21) break;
    at += 2;
    while (at < view.byteLength && view.getUint8(at) !== 0) at += view.getUint8(at) + 1;
    at += 1;
  }
  return header;
}

function readWebp(view: DataView, chunk: string): PictureHeader | undefined {
  const three = (at: number): number => view.getUint8(at) + view.getUint8(at + 1) * 256 + view.getUint8(at + 2) * 65_536;
  if (chunk === 'VP8X') return { format: 'webp', width: three(24) + 1, height: three(27) + 1 };
  if (chunk === 'VP8 ') return { format: 'webp', width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk !== 'VP8L') return undefined;
  const bits = view.getUint32(21, true);
  return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Walks the segments to the frame header; the size stands behind its marker. */
function readJpeg(view: DataView): PictureHeader | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) return { format: 'jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
