/**
 * When may a printer draw a QR code itself? Only when everything it would choose is settled: one segment, its mode, the version and
 * the mask. Then its modules are ours.
 */
import type { QrOp } from './plan.ts';

export type QrMode = 'numeric' | 'alphanumeric' | 'byte';

/** Error correction codewords per block, versions 1–40 (ISO/IEC 18004 table 9). */
const eccPerBlock = {
  L: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  M: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  Q: [13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
  H: [17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
} as const;

/** Number of blocks, versions 1–40 (ISO/IEC 18004 table 9). */
const blocks = {
  L: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  M: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
  Q: [1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68],
  H: [1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81],
} as const;

/** Data bits a symbol holds. Versions 1–40. */
export function qrDataBits(version: number, level: QrOp['level']): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const align = Math.floor(version / 7) + 2;
    modules -= (25 * align - 10) * align - 55;
    if (version >= 7) modules -= 36;
  }
  const at = version - 1;
  return (Math.floor(modules / 8) - eccPerBlock[level][at]! * blocks[level][at]!) * 8;
}

function countBits(mode: QrMode, version: number): number {
  const size = version < 10 ? 0 : version < 27 ? 1 : 2;
  const table = { numeric: [10, 12, 14], alphanumeric: [9, 11, 13], byte: [8, 16, 16] } as const;
  return table[mode][size]!;
}

function segmentBits(mode: QrMode, length: number, version: number): number {
  const head = 4 + countBits(mode, version);
  if (mode === 'numeric') return head + Math.floor(length / 3) * 10 + [0, 4, 7][length % 3]!;
  if (mode === 'alphanumeric') return head + Math.floor(length / 2) * 11 + (length % 2) * 6;
  return head + length * 8;
}

const numericText = /^[0-9]+$/;
const alphanumericText = /^[0-9A-Z $%*+\-./:]+$/;
const printableAscii = /^[\x20-\x7e]+$/;

/**
 * The mode of the one segment that holds the text, when the label's version is the smallest that fits it (a printer always takes the
 * smallest). Undefined for text beyond printable ASCII: printers disagree about its bytes.
 */
export function singleSegmentMode(op: QrOp): QrMode | undefined {
  if (op.rotation !== 0 || op.version < 1 || op.version > 40 || op.mask < 0 || op.mask > 7 || op.size !== op.version * 4 + 17) return undefined;
  if (!printableAscii.test(op.text)) return undefined;
  const mode: QrMode = numericText.test(op.text) ? 'numeric' : alphanumericText.test(op.text) ? 'alphanumeric' : 'byte';
  const fits = (version: number): boolean => segmentBits(mode, op.text.length, version) <= qrDataBits(version, op.level);
  if (!fits(op.version) || (op.version > 1 && fits(op.version - 1))) return undefined;
  return mode;
}

/**
 * True when no automatic encoder could gain, or even break even, by leaving the mode inside the text, so that it must produce our single
 * segment. The shortest run worth a segment of its own, at the end of the smallest symbols: 7 digits in alphanumeric text
 * (14 + 24 bits against 38.5), 3 digits (24 against 24) or 6 alphanumeric characters (46 against 48) in bytes.
 */
export function automaticModeAgrees(text: string, mode: QrMode): boolean {
  if (mode === 'numeric') return true;
  if (mode === 'alphanumeric') return !/[0-9]{7}/.test(text);
  return !/[0-9]{3}/.test(text) && !/[0-9A-Z $%*+\-./:]{6}/.test(text);
}
