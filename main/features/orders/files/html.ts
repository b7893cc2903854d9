/** HTML tables and SpreadsheetML saved under the name .xls, as many seller back ends do → records. Nothing in the page is run or fetched. */
import type { RawRecord } from '../../../../common/domain/orders/types.ts';
import { FileRefused, limits } from './limits.ts';

/** What the text of a file called .xls really is. */
export function markupKind(text: string): 'html' | 'spreadsheetml' | undefined {
  const head = text.slice(0, 4096).replace(/^[\s\ufeff]+/, '').toLowerCase();
  if (!head.startsWith('<')) return undefined;
  if (head.includes('urn:schemas-microsoft-com:office:spreadsheet') && head.startsWith('<?xml')) return 'spreadsheetml';
  return /^(?:<!doctype html|<html|<head|<body|<meta|<table|<style|<div|<!--|<\?xml)/.test(head) ? 'html' : undefined;
}

const names = new Map([['amp', '&'], ['lt', '<'], ['gt', '>'], ['quot', '"'], ['apos', "'"], ['nbsp', ' '], ['yen', '¥'], ['middot', '·']]);

function unescapeText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return names.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
  });
}

function blanks(count: number): string[] {
  return Array.from({ length: Math.max(0, count) }, () => '');
}

/** Records of the table with the most rows. Errors: FileRefused html-without-table (a log-in page saved by mistake), dangerous-xml. */
export function parseMarkup(text: string, kind: 'html' | 'spreadsheetml', onRecord: (record: RawRecord) => boolean | void): void {
  if (kind === 'spreadsheetml' && /<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new FileRefused('dangerous-xml');
  const [rowTag, cellTag] = kind === 'html' ? ['tr', 't[dh]'] : ['Row', 'Cell'];
  const rows = new RegExp(`<(?:\\w+:)?${rowTag}\\b([^>]{0,2000})>|<(?:\\w+:)?${cellTag}\\b([^>]{0,2000}?)(/)?>|<br\\s*/?>|</(?:\\w+:)?${cellTag}>|</(?:\\w+:)?${rowTag}>|<(?:script|style)\\b`, 'gi');
  let row = 0;
  let line = 1;
  let counted = 0;
  let cells: string[] | undefined;
  let cellStart = -1;
  /** Columns the cell takes behind its first one. */
  let spanned = 0;
  let found = false;
  let recordLine = 1;
  let defect: RawRecord['defect'];
  /** Cells of rows above that reach into this one: column → rows left. They are blank here, as merged cells of a workbook are. */
  let reaching = new Map<number, number>();
  const skipReaching = (): void => {
    for (let left = reaching.get(cells?.length ?? -1); cells && left !== undefined; left = reaching.get(cells.length)) {
      if (left > 1) below.set(cells.length, left - 1);
      cells.push('');
    }
  };
  let below = new Map<number, number>();
  const endCell = (at: number): void => {
    if (cellStart === -1 || !cells) return;
    const raw = text.slice(cellStart, at);
    cellStart = -1;
    if (raw.length > limits.cellCharacters * 4) defect ??= 'cell-too-long';
    else {
      const value = unescapeText(raw.replace(/<br\s*\/?>/gi, '\n').replace(/<[^>]*>/g, '')).replace(/[ \t\r]*\n[ \t\r]*/g, '\n').trim();
      if (value.length > limits.cellCharacters) defect ??= 'cell-too-long';
      else cells.push(value, ...blanks(spanned));
    }
    if (cells.length > limits.columns) defect ??= 'too-many-columns';
  };
  const endRow = (): boolean => {
    if (!cells) return true;
    skipReaching();
    reaching = below;
    below = new Map();
    row += 1;
    if (row > limits.rows + 1) throw new FileRefused('too-many-rows');
    found = true;
    const record: RawRecord = defect ? { row, line: recordLine, cells: [], defect } : { row, line: recordLine, cells };
    cells = undefined;
    defect = undefined;
    return onRecord(record) !== false;
  };
  for (let match = rows.exec(text); match; match = rows.exec(text)) {
    const tag = match[0].toLowerCase();
    for (; counted < match.index; counted += 1) if (text.charCodeAt(counted) === 10) line += 1;
    if (tag.startsWith('<script') || tag.startsWith('<style')) {
      const close = text.toLowerCase().indexOf(tag.startsWith('<script') ? '</script' : '</style', match.index);
      if (close === -1) break;
      rows.lastIndex = close;
    } else if (tag.startsWith('<br')) continue;
    else if (tag.startsWith('</')) {
      endCell(match.index);
      if (tag.includes(rowTag.toLowerCase()) && !endRow()) return;
    } else if (match[1] !== undefined && match[2] === undefined) {
      endCell(match.index);
      if (!endRow()) return;
      cells = [];
      recordLine = line;
    } else {
      endCell(match.index);
      const attributes = match[2] ?? '';
      skipReaching();
      const span = Number(/\bcolspan\s*=\s*["']?(\d{1,3})/i.exec(attributes)?.[1] ?? 1);
      const rowSpan = Number(/\browspan\s*=\s*["']?(\d{1,5})/i.exec(attributes)?.[1] ?? 1);
      if (cells && rowSpan > 1) for (let column = 0; column < Math.min(span, limits.columns); column += 1) below.set(cells.length + column, rowSpan - 1);
      const index = /\bIndex="(\d{1,4})"/.exec(attributes);
      if (cells && index) while (cells.length < Math.min(Number(index[1]) - 1, limits.columns)) cells.push('');
      spanned = Math.min(span, limits.columns) - 1;
      if (match[3] !== undefined) cells?.push('', ...blanks(spanned));
      else cellStart = rows.lastIndex;
    }
  }
  endCell(text.length);
  if (!endRow()) return;
  if (!found) throw new FileRefused('html-without-table');
}
