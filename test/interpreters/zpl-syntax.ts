import { fromLatin1 } from './inbox.ts';
import type { Inbox } from './inbox.ts';

/** One command of a ZPL stream: `^BC` and its parameter text, or an SGD line. */
export type ZplUnit =
  | { readonly kind: 'command'; readonly name: string; readonly text: string; readonly payload?: Uint8Array }
  | { readonly kind: 'sgd'; readonly text: string }
  | { readonly kind: 'stray'; readonly text: string };

export interface ZplPrefixes {
  caret: number;
  tilde: number;
}

/**
 * Takes the next whole command. A command ends where the next prefix begins, so the last one of a stream waits, except
 * for those that are complete in themselves.
 */
export function nextZplUnit(inbox: Inbox, prefixes: ZplPrefixes, inFormat: boolean): ZplUnit | 'more' {
  const isPrefix = (byte: number): boolean => byte === prefixes.caret || byte === prefixes.tilde;
  for (;;) {
    const first = inbox.at(0);
    if (first === undefined) return 'more';
    if (isPrefix(first)) return command(inbox, prefixes, isPrefix);
    if (!inFormat && first === 0x21) {
      const end = inbox.find((byte) => byte === 0x0a);
      if (end < 0) return 'more';
      return { kind: 'sgd', text: Buffer.from(inbox.take(end + 1)).toString('latin1').trim() };
    }
    const next = inbox.find(isPrefix);
    const bang = inFormat ? -1 : inbox.find((byte) => byte === 0x21);
    const ends = [next, bang].filter((one) => one > 0);
    const size = ends.length > 0 ? Math.min(...ends) : inbox.size;
    const text = Buffer.from(inbox.take(size)).toString('latin1');
    if (/[^\s\0]/.test(text)) return { kind: 'stray', text };
  }
}

/** Commands without parameters: complete as soon as their name is. */
const bare = new Set(['XA', 'XZ', 'FS', 'HS', 'JA', 'HI', 'HH', 'WC', 'PH', 'PP', 'PS', 'JR', 'JB', 'JG', 'JX', 'HB', 'HD', 'HM']);
/** Queries that end with the line, because nothing may follow them. */
const lineEnded = /^HQ/;

function command(inbox: Inbox, prefixes: ZplPrefixes, isPrefix: (byte: number) => boolean): ZplUnit | 'more' {
  if (inbox.size < 3) return 'more';
  const sign = inbox.at(0) === prefixes.caret ? '^' : '~';
  const first = inbox.peek(3).slice(1).toUpperCase();
  // ^A carries its font name in the second letter.
  const name = first.startsWith('A') && sign === '^' && first !== 'A@' ? 'A' : first;
  const from = name === 'A' ? 2 : 3;
  if (bare.has(name)) {
    inbox.take(3);
    return { kind: 'command', name: sign + name, text: '' };
  }
  if (lineEnded.test(name)) {
    const end = inbox.find((byte) => byte === 0x0a || isPrefix(byte), 3);
    if (end < 0) {
      if (inbox.size < 5) return 'more';
      return { kind: 'command', name: sign + name, text: Buffer.from(inbox.take(inbox.size)).toString('latin1').slice(3).trim() };
    }
    return { kind: 'command', name: sign + name, text: Buffer.from(inbox.take(end)).toString('latin1').slice(3).trim() };
  }
  if (name === 'GF' || name === 'DG' || name === 'DY') {
    const counted = binary(inbox, sign + name);
    if (counted !== undefined) return counted;
  }
  const end = inbox.findAgain(isPrefix, from);
  if (end < 0) return 'more';
  const text = Buffer.from(inbox.take(end)).toString('latin1').slice(from);
  return { kind: 'command', name: sign + name, text };
}

/** `^GFB,b,c,d,<b bytes>` and `~DYx,B,…`: the bytes are counted and may hold any value. */
function binary(inbox: Inbox, name: string): ZplUnit | 'more' | undefined {
  const head = inbox.peek(120);
  const pattern = name === '^GF' ? /^.GF([BC]),(\d+),(\d+),(\d+),/ : /^.DY([^,]*),([BP]),([^,]*),(\d+),(\d*),/;
  if (inbox.size < 120 && !pattern.test(head) && /^.(GF[BC]?|DY)[^~^]*$/.test(head) && !/^.GFA/.test(head)) return 'more';
  const match = pattern.exec(head);
  if (match === null) return undefined;
  const size = Number(name === '^GF' ? match[2] : match[4]);
  if (inbox.size < match[0].length + size) return 'more';
  const text = match[0].slice(3, -1);
  inbox.take(match[0].length);
  return { kind: 'command', name, text, payload: inbox.take(size) };
}

/** `_5E` becomes the byte 5E, for any escape character. */
export function unhex(text: string, escape: string): { readonly bytes: string; readonly bad: boolean } {
  let bytes = '';
  let bad = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== escape) {
      bytes += text[at] ?? '';
      continue;
    }
    const code = text.slice(at + 1, at + 3);
    if (!/^[0-9A-Fa-f]{2}$/.test(code)) {
      bad = true;
      bytes += escape;
      continue;
    }
    bytes += String.fromCharCode(Number.parseInt(code, 16));
    at += 2;
  }
  return { bytes, bad };
}

/** Field bytes as the reader of a UTF-8 printer sees them. */
export function utf8(bytes: string): string {
  return new TextDecoder().decode(fromLatin1(bytes));
}
