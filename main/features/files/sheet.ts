/** Small tables of our own making, as a spreadsheet gives them back: columns found by their headers, in any order. */
import { parse } from 'csv-parse/sync';
import { csvRow, withoutFormulaGuard } from '../../../common/domain/csv-guard.ts';

export interface SheetColumn<F extends string> {
  readonly field: F;
  readonly header: string;
  /** Other words for the header. */
  readonly aliases: readonly string[];
}

export interface Sheet<F extends string> {
  readonly has: (field: F) => boolean;
  /** Lines with something in them, numbered from 1 with the header and the blank ones counted. */
  readonly rows: readonly { readonly row: number; readonly cells: Readonly<Record<F, string>> }[];
}

/** UTF-8 with BOM, so that spreadsheet programs read it as such; no cell is a formula. */
export function writeSheet<F extends string>(columns: readonly SheetColumn<F>[], rows: readonly Readonly<Record<F, string>>[]): string {
  return `\ufeff${[csvRow(columns.map((column) => column.header)), ...rows.map((row) => csvRow(columns.map((column) => row[column.field])))].join('\r\n')}\r\n`;
}

/** A pasted or saved table, comma or tab. Columns nobody knows are left out, those that are missing are empty. */
export function readSheet<F extends string>(text: string, columns: readonly SheetColumn<F>[]): Sheet<F> {
  const body = text.replace(/^\ufeff/, '');
  const delimiter = body.slice(0, body.search(/\r?\n|$/)).includes('\t') ? '\t' : ',';
  const records = parse(body, { delimiter, relax_quotes: true, relax_column_count: true, max_record_size: 100_000 }) as string[][];
  const header = (records[0] ?? []).map(comparable);
  const places = new Map<F, number>();
  for (const column of columns) {
    const at = header.findIndex((cell) => [column.header, ...column.aliases].some((name) => comparable(name) === cell));
    if (at >= 0) places.set(column.field, at);
  }
  const cell = (record: readonly string[], field: F): string => withoutFormulaGuard((record[places.get(field) ?? -1] ?? '').trim());
  return {
    has: (field) => places.has(field),
    rows: records.slice(1).flatMap((record, index) => (record.every((one) => one.trim() === '') ? [] : [{ row: index + 2, cells: Object.fromEntries(columns.map(({ field }) => [field, cell(record, field)])) as Record<F, string> }])),
  };
}

function comparable(header: string): string {
  return header.normalize('NFKC').toLowerCase().replace(/[\s_()/]+/g, '');
}
