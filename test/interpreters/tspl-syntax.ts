import { inflateSync } from 'node:zlib';
import { fromLatin1 } from './inbox.ts';
import type { Inbox } from './inbox.ts';

/** One unit of a TSPL stream: a line with its arguments, or an immediate command. */
export type TsplUnit =
  | { readonly kind: 'line'; readonly name: string; readonly args: readonly TsplArgument[]; readonly payload?: Uint8Array; readonly broken?: string }
  | { readonly kind: 'immediate'; readonly code: string };

export interface TsplArgument {
  readonly text: string;
  readonly quoted: boolean;
}

const ESC = 0x1b;

/** Takes the next whole unit from the stream, or says that more bytes are needed. */
export function nextTsplUnit(inbox: Inbox, dialect: { readonly zlib: boolean }): TsplUnit | 'more' {
  for (;;) {
    const first = inbox.at(0);
    if (first === undefined) return 'more';
    if (first === 0x0d || first === 0x0a) {
      inbox.take(1);
      continue;
    }
    if (first === ESC) return escape(inbox);
    if (first === 0x7e) {
      if (inbox.size < 3) return 'more';
      const text = inbox.peek(3);
      inbox.take(3);
      return { kind: 'line', name: text, args: [] };
    }
    return line(inbox, dialect);
  }
}

function escape(inbox: Inbox): TsplUnit | 'more' {
  if (inbox.size < 3) return 'more';
  const text = inbox.peek(3);
  if (text[1] !== '!') {
    inbox.take(1);
    return { kind: 'line', name: 'ESC', args: [], broken: 'ESC without !' };
  }
  inbox.take(3);
  return { kind: 'immediate', code: text[2] ?? '' };
}

/** Commands that carry counted bytes, and how many commas stand before them. */
const counted: Readonly<Record<string, number>> = { BITMAP: 5, DOWNLOAD: 2 };

function line(inbox: Inbox, dialect: { readonly zlib: boolean }): TsplUnit | 'more' {
  const head = inbox.peek(160);
  const word = /^\s*([A-Z_@~][A-Z0-9_$]*)/i.exec(head)?.[1]?.toUpperCase() ?? '';
  if (counted[word] !== undefined) {
    const payload = countedLine(inbox, head, word, dialect);
    if (payload !== 'line') return payload;
  }
  // An immediate command may stand between two bytes of a line; it is executed first and the line goes on.
  const stop = inbox.find((byte) => byte === 0x0d || byte === 0x0a || byte === ESC);
  if (stop < 0) return 'more';
  if (inbox.at(stop) === ESC) {
    if (inbox.size < stop + 3) return 'more';
    if (inbox.at(stop + 1) === 0x21) {
      const before = inbox.take(stop);
      const code = String.fromCharCode(inbox.at(2) ?? 0);
      inbox.take(3);
      inbox.putBack(before);
      return { kind: 'immediate', code };
    }
    return { kind: 'line', name: word, args: [], broken: `ESC inside ${inbox.take(stop + 1).length} bytes of text` };
  }
  const text = Buffer.from(inbox.take(stop)).toString('latin1');
  return parseLine(text);
}

function countedLine(inbox: Inbox, head: string, word: string, dialect: { readonly zlib: boolean }): TsplUnit | 'more' | 'line' {
  const end = head.search(/[\r\n]/);
  const scope = end < 0 ? head : head.slice(0, end);
  const prefix = /^\s*[A-Z]+\s*/i.exec(scope)?.[0].length ?? 0;
  const fields: string[] = [];
  let at = prefix;
  let need = counted[word] ?? 0;
  if (word === 'DOWNLOAD' && /^\s*[FE]\s*,/i.test(scope.slice(prefix))) need++;
  while (fields.length < need) {
    const comma = scope.indexOf(',', at);
    if (comma < 0) {
      if (end < 0 && inbox.size < 160) return 'more';
      return 'line';
    }
    fields.push(scope.slice(at, comma).trim());
    at = comma + 1;
  }
  const size = word === 'BITMAP' ? bitmapSize(inbox, fields, at, dialect) : { header: at, bytes: Number(fields.at(-1)) };
  if (size === 'more') return 'more';
  if (!Number.isInteger(size.bytes) || size.bytes < 0) return 'line';
  if (inbox.size < size.header + size.bytes) return 'more';
  inbox.take(size.header);
  const payload = inbox.take(size.bytes);
  return { kind: 'line', name: word, args: fields.map((text) => ({ text: text.replace(/^"|"$/g, ''), quoted: text.startsWith('"') })), payload };
}

function bitmapSize(inbox: Inbox, fields: readonly string[], header: number, dialect: { readonly zlib: boolean }): { readonly header: number; readonly bytes: number } | 'more' {
  const raw = Number(fields[2]) * Number(fields[3]);
  if (!dialect.zlib || !['3', '4', '5'].includes(fields[4] ?? '')) return { header, bytes: raw };
  // Compressed forms: either a byte count and a comma stand before the data, or the zlib stream ends itself.
  if (inbox.size < header + 12) return 'more';
  const count = /^\s*(\d+)\s*,/.exec(inbox.peek(header + 12).slice(header));
  if (count !== null) return { header: header + count[0].length, bytes: Number(count[1]) };
  const all = fromLatin1(inbox.peek(inbox.size)).subarray(header);
  try {
    const result = inflateSync(all, { info: true }) as unknown as { engine: { bytesWritten: number } };
    return { header, bytes: result.engine.bytesWritten };
  } catch {
    return 'more';
  }
}

/** Splits `NAME a,b,"c"` with the quoting of the language; spaces between tokens do not count. */
export function parseLine(text: string): TsplUnit {
  const match = /^\s*([^\s,"]+)\s*(.*)$/s.exec(text);
  if (match === null) return { kind: 'line', name: '', args: [], broken: `not a command: ${JSON.stringify(text.slice(0, 40))}` };
  const name = (match[1] ?? '').toUpperCase();
  const rest = match[2] ?? '';
  const args: TsplArgument[] = [];
  let at = 0;
  let broken: string | undefined;
  while (at < rest.length) {
    while (rest[at] === ' ') at++;
    if (rest[at] === '"') {
      let value = '';
      at++;
      for (;;) {
        if (at >= rest.length) {
          broken = 'string without closing quote';
          break;
        }
        if (rest.startsWith('\\["]', at)) {
          value += '"';
          at += 4;
          continue;
        }
        if (rest[at] === '"') {
          at++;
          break;
        }
        value += rest[at] ?? '';
        at++;
      }
      args.push({ text: value, quoted: true });
      while (rest[at] === ' ') at++;
      if (at < rest.length && rest[at] !== ',' && rest[at] !== ';') broken = 'text after the closing quote';
      const comma = rest.indexOf(',', at);
      at = comma < 0 ? rest.length : comma + 1;
      continue;
    }
    const comma = rest.indexOf(',', at);
    const end = comma < 0 ? rest.length : comma;
    args.push({ text: rest.slice(at, end).trim(), quoted: false });
    at = end + 1;
    if (comma === rest.length - 1) args.push({ text: '', quoted: false });
  }
  return broken === undefined ? { kind: 'line', name, args } : { kind: 'line', name, args, broken };
}
