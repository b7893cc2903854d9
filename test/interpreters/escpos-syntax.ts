import type { Inbox } from './inbox.ts';

/** One ESC/POS command: its name in words of the manual, numeric arguments, counted data; or a run of text bytes. */
export interface EscposUnit {
  readonly name: string;
  readonly args: readonly number[];
  readonly data?: Uint8Array;
}

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const DLE = 0x10;

/** Argument counts of the plain commands, by lead byte and command byte. */
const plain: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  [ESC]: { 0x40: 0, 0x61: 1, 0x45: 1, 0x47: 1, 0x64: 1, 0x4a: 1, 0x33: 1, 0x32: 0, 0x21: 1, 0x4d: 1, 0x20: 1, 0x24: 2, 0x5c: 2, 0x2d: 1, 0x74: 1, 0x52: 1, 0x70: 3, 0x7b: 1, 0x56: 1, 0x53: 0, 0x4c: 0, 0x69: 0, 0x6d: 0, 0x3d: 1, 0x63: 2, 0x42: 2, 0x65: 1 },
  [GS]: { 0x21: 1, 0x42: 1, 0x4c: 2, 0x57: 2, 0x68: 1, 0x77: 1, 0x48: 1, 0x66: 1, 0x61: 1, 0x72: 1, 0x49: 1, 0x50: 2, 0x62: 1 },
  [FS]: { 0x26: 0, 0x2e: 0, 0x21: 1, 0x57: 1, 0x53: 2, 0x43: 1, 0x2d: 1 },
};
const leads: Readonly<Record<number, string>> = { [ESC]: 'ESC', [GS]: 'GS', [FS]: 'FS' };

/** Takes the next whole command or text run. */
export function nextEscposUnit(inbox: Inbox): EscposUnit | 'more' {
  const first = inbox.at(0);
  if (first === undefined) return 'more';
  if (first === 0x0a || first === 0x0d || first === 0x09 || first === 0x0c) {
    inbox.take(1);
    return { name: { 0x0a: 'LF', 0x0d: 'CR', 0x09: 'HT', 0x0c: 'FF' }[first], args: [] };
  }
  if (first === DLE) {
    const second = inbox.at(1);
    if (second === undefined) return 'more';
    const size = second === 0x14 ? 5 : 3;
    if (inbox.size < size) return 'more';
    const bytes = inbox.take(size);
    return { name: { 0x04: 'DLE EOT', 0x05: 'DLE ENQ', 0x14: 'DLE DC4' }[second] ?? 'DLE', args: [...bytes.subarray(2)] };
  }
  if (first === ESC || first === GS || first === FS) return command(inbox, first);
  if (first < 0x20) {
    inbox.take(1);
    return { name: 'CONTROL', args: [first] };
  }
  // Text waits for what ends it, so that a two-byte character is never torn by the network.
  const end = inbox.findAgain((byte) => byte < 0x20, 0);
  return end < 0 ? 'more' : { name: 'TEXT', args: [], data: inbox.take(end) };
}

function command(inbox: Inbox, lead: number): EscposUnit | 'more' {
  const code = inbox.at(1);
  if (code === undefined) return 'more';
  const name = `${leads[lead] ?? ''} ${String.fromCharCode(code)}`;
  const u16 = (at: number): number | undefined => (inbox.at(at) === undefined || inbox.at(at + 1) === undefined ? undefined : (inbox.at(at) ?? 0) + (inbox.at(at + 1) ?? 0) * 256);
  /** Takes a head of `head` bytes and `size` bytes of data, when they are there. */
  const counted = (full: string, head: number, size: number, args: readonly number[]): EscposUnit | 'more' => {
    if (inbox.size < head + size) return 'more';
    inbox.take(head);
    return { name: full, args, data: inbox.take(size) };
  };
  if (lead === GS && code === 0x76) {
    if (inbox.size < 8) return 'more';
    return counted('GS v 0', 8, (u16(4) ?? 0) * (u16(6) ?? 0), [inbox.at(3) ?? 0, u16(4) ?? 0, u16(6) ?? 0]);
  }
  if ((lead === GS || lead === ESC || lead === FS) && code === 0x28) {
    const size = u16(3);
    if (size === undefined) return 'more';
    return counted(`${name} ${String.fromCharCode(inbox.at(2) ?? 0)}`, 5, size, [inbox.at(2) ?? 0]);
  }
  if (lead === GS && code === 0x38) {
    const [low, high] = [u16(3), u16(5)];
    if (low === undefined || high === undefined) return 'more';
    return counted('GS 8 L', 7, low + high * 65536, []);
  }
  if (lead === ESC && code === 0x2a) {
    const mode = inbox.at(2);
    const columns = u16(3);
    if (mode === undefined || columns === undefined) return 'more';
    return counted('ESC *', 5, columns * (mode >= 32 ? 3 : 1), [mode, columns]);
  }
  if (lead === GS && code === 0x6b) {
    const type = inbox.at(2);
    if (type === undefined) return 'more';
    if (type >= 65) {
      const size = inbox.at(3);
      if (size === undefined) return 'more';
      return counted('GS k', 4, size, [type]);
    }
    const end = inbox.find((byte) => byte === 0, 3);
    if (end < 0) return 'more';
    inbox.take(3);
    const data = inbox.take(end - 3);
    inbox.take(1);
    return { name: 'GS k', args: [type], data };
  }
  if (lead === GS && code === 0x56) {
    const mode = inbox.at(2);
    if (mode === undefined || (mode >= 65 && inbox.at(3) === undefined)) return 'more';
    return { name: 'GS V', args: [...inbox.take(mode >= 65 ? 4 : 3).subarray(2)] };
  }
  if (lead === ESC && code === 0x44) {
    const end = inbox.find((byte) => byte === 0, 2);
    if (end < 0) return 'more';
    return { name, args: [...inbox.take(end + 1).subarray(2, -1)] };
  }
  if (lead === FS && code === 0x32) {
    if (inbox.size < 4 + 72) return 'more';
    return counted('FS 2', 4, 72, []);
  }
  const count = plain[lead]?.[code];
  if (count === undefined) {
    inbox.take(2);
    return { name: 'UNKNOWN', args: [lead, code] };
  }
  if (inbox.size < 2 + count) return 'more';
  return { name, args: [...inbox.take(2 + count).subarray(2)] };
}
