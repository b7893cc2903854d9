/** Old workbooks (.xls, BIFF in a compound file) → records, by SheetJS 0.20.3; its ZIP reader is never reached because the magic bytes are checked first. */
import type { CellObject } from '@e965/xlsx';
import type { RawRecord } from '../../../../common/domain/orders/types.ts';
import { FileRefused, limits } from './limits.ts';
import { numberText } from './xlsx.ts';

export interface OldWorkbook {
  /** Names of the sheets that have rows. */
  readonly sheets: readonly string[];
  /** Records of one sheet, until `onRecord` returns false. */
  read(sheet: string, onRecord: (record: RawRecord) => boolean | void): void;
}

/** Errors: FileRefused password-protected, xls-broken, no-table, too-many-rows. */
export async function openXls(bytes: Uint8Array): Promise<OldWorkbook> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The envelope of an encrypted workbook names its stream in UTF-16.
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw new FileRefused('password-protected');
  const { read } = await import('@e965/xlsx');
  let book: ReturnType<typeof read>;
  try {
    book = read(buffer, { type: 'buffer', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellStyles: false, cellNF: true, sheetRows: limits.rows + 2, bookVBA: false });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new FileRefused(/password/i.test(message) ? 'password-protected' : 'xls-broken', message);
  }
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  const rowsOf = (name: string) => book.Sheets[name]?.['!data'] ?? [];
  const sheets = book.SheetNames.filter((name) => rowsOf(name).length > 0);
  if (sheets.length === 0) throw new FileRefused(book.SheetNames.length === 0 ? 'xls-broken' : 'no-table');
  return {
    sheets,
    read(sheet, onRecord) {
      const rows = rowsOf(sheet);
      if (rows.length > limits.rows + 1) throw new FileRefused('too-many-rows');
      for (let index = 0; index < rows.length; index += 1) {
        const row = rows[index] ?? [];
        const at = { row: index + 1, line: index + 1 };
        const cells = row.length > limits.columns ? [] : Array.from(row, (cell) => cellText(cell, from1904));
        const defect = row.length > limits.columns ? 'too-many-columns' : cells.some((text) => text.length > limits.cellCharacters) ? 'cell-too-long' : undefined;
        const record: RawRecord = defect === undefined ? { ...at, cells } : { ...at, cells: [], defect };
        if (onRecord(record) === false) return;
      }
    },
  };
}

function cellText(cell: CellObject | undefined, from1904: boolean): string {
  if (cell === undefined || cell.t === 'e' || cell.t === 'z') return '';
  if (cell.t === 'n' && typeof cell.v === 'number') return numberText(String(cell.v), isDateCode(typeof cell.z === 'string' ? cell.z : 'General'), from1904);
  return String(cell.v ?? '').replaceAll('\u0000', '');
}

function isDateCode(format: string): boolean {
  return format !== 'General' && /[ymdhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}
