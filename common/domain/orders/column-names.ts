/** Names for the columns of any table, so that a person can point at each of them. */
import { headerKey } from './clean.ts';

/** 0 → A, 27 → AB: what a spreadsheet program writes above a column. */
export function columnLetters(column: number): string {
  const rest = column % 26;
  const before = (column - rest) / 26;
  return `${before === 0 ? '' : columnLetters(before - 1)}${String.fromCharCode(65 + rest)}`;
}

/** Header cells as names that are all there and all different: a blank one is called by its letter, the second of one name too. */
export function columnNames(header: readonly string[]): string[] {
  const names = new Set<string>();
  return header.map((cell, column) => {
    const text = cell.replace(/^\ufeff/, '').trim();
    const name = text === '' ? columnLetters(column) : names.has(text) ? `${text} (${columnLetters(column)})` : text;
    names.add(name);
    return name;
  });
}

/** A header in the form two files are compared by; blank cells at its end come and go with the program that saved the file. */
export function comparableHeader(header: readonly string[]): string[] {
  const last = header.findLastIndex((cell) => cell.trim() !== '');
  return columnNames(header.slice(0, last + 1)).map(headerKey);
}
