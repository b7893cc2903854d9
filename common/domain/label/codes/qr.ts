/** QR matrices from uqr, as flat bytes. Facts: ISO/IEC 18004 (quiet zone of 4 modules). */
import { encode } from 'uqr';

export interface QrMatrix {
  /** Rows of modules, 1 = dark; length = size × size. */
  readonly matrix: Uint8Array;
  readonly size: number;
  readonly version: number;
  readonly mask: number;
}

export type QrLevel = 'L' | 'M' | 'Q' | 'H';

export const qrQuietModules = 4;

/** Makes the matrix of a text (UTF-8 where it needs to be); undefined when it is empty or longer than a QR of this level carries. */
export function encodeQr(text: string, level: QrLevel, maxVersion = 40): QrMatrix | undefined {
  if (text === '') return undefined;
  try {
    const { size, version, maskPattern, data } = encode(text, { ecc: level, border: 0, boostEcc: false, maxVersion });
    const matrix = new Uint8Array(size * size);
    for (let y = 0; y < size; y++) {
      const row = data[y]!;
      for (let x = 0; x < size; x++) if (row[x]) matrix[y * size + x] = 1;
    }
    return { matrix, size, version, mask: maskPattern };
  } catch {
    return undefined;
  }
}
