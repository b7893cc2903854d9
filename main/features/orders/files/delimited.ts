/**
 * CSV and TSV → records. RFC 4180 with the liberties order files take: `="123"` keeps its quotes, a quote inside an unquoted cell is a
 * character, line ends may be CRLF, LF or CR. A quote that is never closed costs its own line, not the rest of the file.
 */
import type { RawRecord, RejectCode } from '../../../../common/domain/orders/types.ts';
import { limits } from './limits.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The delimiter of a text: the candidate that divides its first lines most evenly. */
export function detectDelimiter(text: string): string {
  const head = text.slice(0, 65_536);
  let best = ',';
  let most = 0;
  for (const candidate of ['\t', ',', ';', '|']) {
    const counts: number[] = [];
    parseDelimited(head, candidate, (record) => {
      counts.push(record.cells.length);
      return counts.length < 20;
    });
    const first = counts.find((count) => count > 1) ?? 1;
    const even = counts.filter((count) => count === first).length / Math.max(1, counts.length);
    const points = first > 1 ? first * (0.5 + even) : 0;
    if (points > most) {
      most = points;
      best = candidate;
    }
  }
  return best;
}

/**
 * Calls `onRecord` for every record, blank lines included (their one cell is empty), until it returns false.
 * Records past a limit come with a defect and without cells.
 */
export function parseDelimited(text: string, delimiter: string, onRecord: (record: RawRecord) => boolean | void): void {
  const separator = delimiter.charCodeAt(0);
  const end = text.length;
  let position = 0;
  let row = 0;
  let line = 1;
  while (position < end) {
    row += 1;
    const startLine = line;
    const cells: string[] = [];
    let defect: RejectCode | undefined;
    let next = position;
    for (;;) {
      if (text.charCodeAt(next) === quote) {
        const cell = quotedCell(text, next, separator);
        if (!cell) {
          defect = 'unbalanced-quote';
          next = lineEnd(text, position);
          break;
        }
        line += cell.lines;
        if (cell.text.length > limits.cellCharacters) defect ??= 'cell-too-long';
        else if (!defect) cells.push(cell.text);
        next = cell.next;
      } else {
        let stop = next;
        for (; stop < end; stop += 1) {
          const code = text.charCodeAt(stop);
          if (code === separator || code === lineFeed || code === carriageReturn) break;
        }
        if (stop - next > limits.cellCharacters) defect ??= 'cell-too-long';
        else if (!defect) cells.push(withoutNul(text.slice(next, stop)));
        next = stop;
      }
      if (cells.length > limits.columns) defect ??= 'too-many-columns';
      if (next < end && text.charCodeAt(next) === separator) {
        next += 1;
        continue;
      }
      break;
    }
    if (defect === 'unbalanced-quote') line = startLine;
    position = skipLineEnd(text, next);
    if (position > next) line += 1;
    const record: RawRecord = defect ? { row, line: startLine, cells: [], defect } : { row, line: startLine, cells };
    if (onRecord(record) === false) return;
  }
}

function quotedCell(text: string, start: number, separator: number): { text: string; next: number; lines: number } | undefined {
  let position = start + 1;
  let value = '';
  for (;;) {
    const close = text.indexOf('"', position);
    // Past any cell we would take: whoever wrote this forgot a quote.
    if (close === -1 || close - start > limits.cellCharacters * 2 + 2) return undefined;
    if (text.charCodeAt(close + 1) === quote) {
      value += text.slice(position, close + 1);
      position = close + 2;
      continue;
    }
    value += text.slice(position, close);
    let next = close + 1;
    // Characters between the closing quote and the delimiter (`"12" ,`, `"\tabc"x`) belong to the cell.
    while (next < text.length) {
      const code = text.charCodeAt(next);
      if (code === separator || code === lineFeed || code === carriageReturn) break;
      next += 1;
    }
    if (next > close + 1) {
      const rest = text.slice(close + 1, next);
      if (rest.length > limits.cellCharacters || rest.includes('"')) return undefined;
      value += rest.trim();
    }
    return { text: withoutNul(value.includes('\r') ? value.replace(/\r\n?/g, '\n') : value), next, lines: countLines(text, start, close) };
  }
}

function withoutNul(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let index = from; index < to; index += 1) {
    const code = text.charCodeAt(index);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(index + 1) !== lineFeed)) lines += 1;
  }
  return lines;
}

function lineEnd(text: string, from: number): number {
  let position = from;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === lineFeed || code === carriageReturn) break;
    position += 1;
  }
  return position;
}

function skipLineEnd(text: string, at: number): number {
  if (text.charCodeAt(at) === carriageReturn) return text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1;
  return text.charCodeAt(at) === lineFeed ? at + 1 : at;
}
