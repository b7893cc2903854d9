/** Where the header of a table nobody recognises stands, if it has one. */
import { cleanCell, headerKey } from './clean.ts';
import { anyTable } from './profiles.ts';
import { mapColumns } from './recognise.ts';

/** Cells no header has: phones, long numbers, amounts, dates, whole addresses. */
const data = /^(?:[¥￥]?\d[\d,]*(?:\.\d+)?|\+?[\d*-]{7,}|\d{4}[-/年.]\d.*)$/;

function isData(text: string): boolean {
  return data.test(text) || (text.length >= 10 && /[省市区县].*(?:路|街|巷|号|村|弄|室|栋|幢|镇)/.test(text));
}

/**
 * The header's record, counted from 1: the first that fills most of the table's width with names. 0 when goods, phones or addresses
 * come before any such record: a table without a header, as cells copied out of the middle of a sheet are.
 */
export function guessHeaderRow(records: readonly (readonly string[])[]): number {
  const rows = records.map((cells) => cells.map(cleanCell).filter((cell) => cell !== ''));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  for (const [index, cells] of rows.entries()) {
    if (cells.length < 2) continue;
    const named = Object.keys(mapColumns((records[index] ?? []).map(headerKey), anyTable)).length;
    if (named >= 2) return index + 1;
    if (cells.some(isData)) return 0;
    if (cells.length * 2 > width) return index + 1;
  }
  return rows.length === 0 ? 0 : 1;
}
