/**
 * Graphics as ZPL carries them: plain hexadecimal, the run-length form of it (ACS), and Z64 (deflated, base64, with a check sum).
 * 1 is black and rows are padded with 0, as in our own bitmaps.
 */
import { deflateSync } from 'node:zlib';

/** CRC-16 with polynomial 0x1021, start 0, no reflection; ZPL takes it over the base64 text. */
const crcTable = Uint16Array.from({ length: 256 }, (_, index) => {
  let crc = index << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc & 0xffff;
});

/** The check sum of a base64 text as four hexadecimal digits. */
export function z64Checksum(base64: Uint8Array): string {
  let crc = 0;
  for (let i = 0; i < base64.length; i++) crc = ((crc << 8) & 0xffff) ^ crcTable[(crc >> 8) ^ base64[i]!]!;
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * Measured on waybills: a window of 1 kB (a dozen rows) packs text 2 % tighter than the largest one, whose far matches cost more bits
 * than they save, and level 7 takes a seventh of the time of level 9 for the same size.
 */
const deflateOptions = { level: 7, windowBits: 10, memLevel: 9, chunkSize: 64 * 1024 } as const;

/** `:Z64:<base64 of zlib>:<crc>`. */
export function encodeZ64(data: Uint8Array): string {
  const packed = deflateSync(data, deflateOptions);
  const base64 = packed.toString('base64');
  return `:Z64:${base64}:${z64Checksum(Buffer.from(base64, 'latin1'))}`;
}

const hexDigits = '0123456789ABCDEF';

/** Two digits a byte, no compression. */
export function encodeHex(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex').toUpperCase();
}

const countCodes: readonly string[] = Array.from({ length: 420 }, (_, count) => (count < 2 ? '' : countCode(count)));

/** `G`–`Y` count 1–19, `g`–`z` count 20–400 in twenties; they add up. */
function countCode(count: number): string {
  const twenties = Math.floor(count / 20);
  const ones = count % 20;
  return (twenties > 0 ? String.fromCharCode(0x66 + twenties) : '') + (ones > 0 ? String.fromCharCode(0x46 + ones) : '');
}

function run(count: number, digit: number): string {
  let text = '';
  let left = count;
  while (left > 400) {
    text += 'z';
    left -= 400;
  }
  return text + (text === '' ? countCodes[left]! : countCode(left)) + hexDigits[digit]!;
}

/**
 * Run-length hexadecimal: `,` fills the row with white, `!` with black, `:` repeats the row above (never first, because that is how
 * the other forms begin). Gives up and returns undefined once longer than `limit` characters.
 */
export function encodeAcs(data: Uint8Array, bytesPerRow: number, limit = Number.POSITIVE_INFINITY): string | undefined {
  const nibbles = bytesPerRow * 2;
  const digits = new Uint8Array(nibbles);
  const parts: string[] = [];
  let length = 0;
  for (let start = 0; start < data.length; start += bytesPerRow) {
    let text = '';
    if (start > 0 && sameRow(data, start - bytesPerRow, start, bytesPerRow)) text = ':';
    else {
      for (let i = 0; i < bytesPerRow; i++) {
        const value = data[start + i]!;
        digits[i * 2] = value >> 4;
        digits[i * 2 + 1] = value & 15;
      }
      const tail = digits[nibbles - 1]!;
      let end = nibbles;
      // Fill codes are worth it from the last run of the row; they also stand for a single digit.
      if (tail === 0 || tail === 15) while (end > 0 && digits[end - 1] === tail) end--;
      let at = 0;
      while (at < end) {
        const digit = digits[at]!;
        let stop = at + 1;
        while (stop < end && digits[stop] === digit) stop++;
        const count = stop - at;
        text += count === 1 ? hexDigits[digit]! : count === 2 ? hexDigits[digit]! + hexDigits[digit]! : run(count, digit);
        at = stop;
      }
      if (end < nibbles) text += tail === 0 ? ',' : '!';
    }
    length += text.length;
    if (length > limit) return undefined;
    parts.push(text);
  }
  return parts.join('');
}

function sameRow(data: Uint8Array, a: number, b: number, count: number): boolean {
  for (let i = 0; i < count; i++) if (data[a + i] !== data[b + i]) return false;
  return true;
}
