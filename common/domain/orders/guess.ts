/** What each column of an unknown table probably carries: by its name, and by what its cells look like. */
import { cleanCell, headerKey } from './clean.ts';
import { mapColumns } from './recognise.ts';
import { anyTable } from './profiles.ts';
import type { Field } from './types.ts';
import { parseTime } from './values.ts';

export interface ColumnGuess {
  readonly column: string;
  readonly field: string;
  readonly confidence: number;
}

const looks: readonly (readonly [Field, (text: string) => boolean])[] = [
  ['mobile', (text) => /^(?:\+?86-?)?1\d{10}(?:-\d{1,6})?$/.test(text) || /^1[\d*]{10}$/.test(text)],
  ['address', (text) => text.length >= 8 && /[省市区县镇乡].*(?:路|街|巷|号|村|弄|室|栋|幢|单元|小区)/.test(text)],
  ['createdAt', (text) => /\d{4}[-/年]\d/.test(text) && parseTime(text) !== ''],
  ['number', (text) => /^[A-Z]{0,3}\d{8,}(?:-\d+)?$/i.test(text) && !/^1\d{10}$/.test(text)],
  ['quantity', (text) => /^\d{1,3}(?:件|个)?$/.test(text)],
  ['price', (text) => /^[¥￥]?\d+\.\d{1,2}$/.test(text)],
  ['name', (text) => /^[\u4e00-\u9fff·]{2,5}$/.test(text)],
  ['title', (text) => text.length >= 6 && /[\u4e00-\u9fff]{4,}/.test(text)],
];

/** One guess a column, the best; columns that look like nothing are left out. A field is guessed for one column only. */
export function guessColumns(header: readonly string[], rows: readonly (readonly string[])[]): ColumnGuess[] {
  const byName = mapColumns(header.map(headerKey), anyTable);
  const guesses = new Map<number, { field: Field; confidence: number }>();
  for (const [field, column] of Object.entries(byName) as [Field, number][]) guesses.set(column, { field, confidence: 0.9 });
  const taken = new Set(Object.keys(byName));
  for (let column = 0; column < header.length; column += 1) {
    if (guesses.has(column)) continue;
    const cells = rows.map((row) => cleanCell(row[column] ?? '')).filter((cell) => cell !== '');
    if (cells.length === 0) continue;
    for (const [field, fits] of looks) {
      if (taken.has(field)) continue;
      const share = cells.filter(fits).length / cells.length;
      if (share < 0.7) continue;
      guesses.set(column, { field, confidence: Math.round(share * 60) / 100 });
      taken.add(field);
      break;
    }
  }
  return [...guesses].sort(([left], [right]) => left - right).map(([column, guess]) => ({ column: header[column] ?? '', ...guess }));
}
