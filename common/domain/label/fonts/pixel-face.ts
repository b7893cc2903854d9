/**
 * Compact faces of ready-made dots: a 16-dot face for text too small for outlines, and a 24-dot face for characters the
 * outline fonts lack. The file is zlib data of: magic 'PBF1', u8 cell width, u8 cell height, u32 count (big endian), then
 * count × u24 code points (ascending), count × u8 advance widths, count × cell (rows top to bottom, most significant bit left,
 * each row padded to whole bytes). Made by scripts/make-bitmap-faces.ts.
 */
import { unzlibSync, zlibSync } from 'fflate';

export interface PixelGlyph {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly bits: Uint8Array;
}

export interface PixelFace {
  readonly cellHeight: number;
  readonly count: number;
  glyph(codePoint: number): PixelGlyph | undefined;
}

const magic = [0x50, 0x42, 0x46, 0x31];
const headerBytes = 10;

const hasMagic = (bytes: Uint8Array): boolean => magic.every((value, i) => bytes[i] === value);

/**
 * Opens a face file, as it lies on the disk or inflated already (a host with a faster inflate does that itself). Throws on a
 * file that is not one: the files are ours and ship with the program.
 */
export function readPixelFace(file: Uint8Array): PixelFace {
  const bytes = hasMagic(file) ? file : unzlibSync(file);
  if (!hasMagic(bytes)) throw new Error('not a Packbench bitmap face');
  const cellWidth = bytes[4]!;
  const cellHeight = bytes[5]!;
  const count = ((bytes[6]! << 24) | (bytes[7]! << 16) | (bytes[8]! << 8) | bytes[9]!) >>> 0;
  const stride = (cellWidth + 7) >> 3;
  const widthsAt = headerBytes + count * 3;
  const cellsAt = widthsAt + count;
  if (bytes.length !== cellsAt + count * stride * cellHeight) throw new Error('bitmap face is cut short');
  const codePointAt = (i: number): number => (bytes[headerBytes + i * 3]! << 16) | (bytes[headerBytes + i * 3 + 1]! << 8) | bytes[headerBytes + i * 3 + 2]!;
  return {
    cellHeight,
    count,
    glyph: (codePoint) => {
      let low = 0;
      let high = count - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = codePointAt(middle);
        if (found === codePoint) {
          const at = cellsAt + middle * stride * cellHeight;
          return { width: bytes[widthsAt + middle]!, height: cellHeight, stride, bits: bytes.subarray(at, at + stride * cellHeight) };
        }
        if (found < codePoint) low = middle + 1;
        else high = middle - 1;
      }
      return undefined;
    },
  };
}

/** Writes a face file; glyphs must be in ascending order of code point and have the cell's stride and height. */
export function writePixelFace(cellWidth: number, cellHeight: number, glyphs: readonly { codePoint: number; width: number; bits: Uint8Array }[]): Uint8Array {
  const count = glyphs.length;
  const cell = ((cellWidth + 7) >> 3) * cellHeight;
  const bytes = new Uint8Array(headerBytes + count * 4 + count * cell);
  bytes.set([...magic, cellWidth, cellHeight, count >>> 24, (count >>> 16) & 0xff, (count >>> 8) & 0xff, count & 0xff]);
  glyphs.forEach(({ codePoint, width, bits }, i) => {
    bytes.set([codePoint >>> 16, (codePoint >>> 8) & 0xff, codePoint & 0xff], headerBytes + i * 3);
    bytes[headerBytes + count * 3 + i] = width;
    bytes.set(bits, headerBytes + count * 4 + i * cell);
  });
  return zlibSync(bytes, { level: 9 });
}
