import type { PrinterCondition } from '../types.ts';
import { asciiOf, type FrameMatcher } from './frames.ts';
import { gravest, type Decoded } from './vocabulary.ts';

/** `DLE EOT n`, real-time status (Epson ESC/POS). Never inside raster data: it would run from within the image. */
export function realTimeQuery(n: 1 | 2 | 3 | 4): Uint8Array {
  return Uint8Array.of(0x10, 0x04, n);
}

/** `GS r 1`: answered only after everything before it was read. */
export const orderedQuery = Uint8Array.of(0x1d, 0x72, 0x01);

/** True for a byte with the fixed bits of a real-time answer: b1 and b4 set, b0 and b7 clear. */
export function isRealTimeByte(byte: number): boolean {
  return (byte & 0x93) === 0x12;
}

/** The four answers, in the order asked; one that did not come is undefined. */
export function decodeRealTime(answers: readonly [number?, number?, number?, number?]): Decoded {
  const [printer = 0, offline = 0, error = 0, paper = 0] = answers;
  const seen: (readonly [PrinterCondition, string])[] = [];
  if ((offline & 0x04) !== 0) seen.push(['head_open', 'cover open']);
  if ((offline & 0x08) !== 0) seen.push(['busy', 'feed button']);
  if ((offline & 0x20) !== 0 || (paper & 0x60) !== 0) seen.push(['out_of_paper', 'paper end']);
  if ((error & 0x08) !== 0) seen.push(['jam', 'cutter']);
  if ((error & 0x20) !== 0) seen.push(['error', 'unrecoverable error']);
  if ((error & 0x40) !== 0) seen.push(['over_heated', 'recovers by itself']);
  if ((error & 0x04) !== 0) seen.push(['error', 'recoverable error']);
  if ((offline & 0x40) !== 0 && (error & 0x6c) === 0) seen.push(['error', 'error']);
  if ((printer & 0x08) !== 0) seen.push(['off_line', 'off line']);
  if ((paper & 0x0c) !== 0) seen.push(['ready', 'paper near end']);
  const words = [...new Set(seen.map(([, word]) => word))];
  return { condition: gravest(seen.map(([condition]) => condition)), ...(words.length === 0 ? {} : { detail: words.join(', ') }) };
}

export const matchRealTime: FrameMatcher<number> = (bytes) => {
  const at = bytes.findIndex(isRealTimeByte);
  return at < 0 ? undefined : { value: bytes[at] ?? 0, end: at + 1 };
};

/** Answer to `GS r 1`: b4 and b7 are 0, which no real-time answer has. */
export const matchOrdered: FrameMatcher<number> = (bytes) => {
  const at = bytes.findIndex((byte) => (byte & 0x90) === 0);
  return at < 0 ? undefined : { value: bytes[at] ?? 0, end: at + 1 };
};

/** Automatic status back: four bytes on each change, the first with the pattern 0xx1xx00. */
export const matchAutomatic: FrameMatcher<Decoded> = (bytes) => {
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    const [b1 = 0, b2 = 0, b3 = 0, b4 = 0] = bytes.subarray(at, at + 4);
    if ((b1 & 0x93) !== 0x10 || (b2 & 0x90) !== 0 || (b3 & 0x90) !== 0 || (b4 & 0x90) !== 0) continue;
    return { value: decodeAutomatic(b1, b2, b3), start: at, end: at + 4 };
  }
  return undefined;
};

export function decodeAutomatic(b1: number, b2: number, b3: number): Decoded {
  const seen: (readonly [PrinterCondition, string])[] = [];
  if ((b1 & 0x20) !== 0) seen.push(['head_open', 'cover open']);
  if ((b1 & 0x40) !== 0) seen.push(['busy', 'feeding']);
  if ((b2 & 0x08) !== 0) seen.push(['jam', 'cutter']);
  if ((b2 & 0x04) !== 0) seen.push(['error', 'recoverable error']);
  if ((b2 & 0x20) !== 0) seen.push(['error', 'unrecoverable error']);
  if ((b2 & 0x40) !== 0) seen.push(['over_heated', 'recovers by itself']);
  if ((b3 & 0x0c) !== 0) seen.push(['out_of_paper', 'paper end']);
  if ((b3 & 0x03) !== 0) seen.push(['ready', 'paper near end']);
  if ((b1 & 0x08) !== 0) seen.push(['off_line', 'off line']);
  const words = seen.map(([, word]) => word);
  return { condition: gravest(seen.map(([condition]) => condition)), ...(words.length === 0 ? {} : { detail: words.join(', ') }) };
}

/** `GS ( H` function 48 with a four-character id: the printer echoes the id when the printing before it is finished. */
export function processIdCommand(id: string): Uint8Array {
  if (!/^[\u0020-\u007e]{4}$/.test(id)) throw new Error('a process id is four printable ASCII characters');
  return Buffer.from(`\u001d(H\u0006\u000000${id}`, 'latin1');
}

/** `37 22 d1 d2 d3 d4 00`. */
export const matchProcessId: FrameMatcher<string> = (bytes) => {
  for (let at = 0; at + 7 <= bytes.length; at += 1) {
    if (bytes[at] !== 0x37 || bytes[at + 1] !== 0x22 || bytes[at + 6] !== 0x00) continue;
    const id = bytes.subarray(at + 2, at + 6);
    if (!id.every((byte) => byte >= 0x20 && byte <= 0x7e)) continue;
    return { value: asciiOf(id), start: at, end: at + 7 };
  }
  return undefined;
};
