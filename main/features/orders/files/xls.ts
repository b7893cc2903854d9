/** Old workbooks (.xls, BIFF in a compound file) → records, by SheetJS 0.20.3; its ZIP reader is never reached because the magic bytes are checked first. */
import type { RawRecord } from '../../../../common/domain/orders/types.ts';
import { FileRefused, limits } from './limits.ts';
import { numberText } from './xlsx.ts';

/** Records of the first sheet that has rows. Errors: FileRefused password-protected, xls-broken, too-many-rows. */
export async function parseXls(bytes: Uint8Array, onRecord: (record: RawRecord) => boolean | void): Promise<{ sheet: string; sheets: number }> {
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
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name];
    const rows = sheet?.['!data'];
    if (!sheet || !rows || rows.length === 0) continue;
    if (rows.length > limits.rows + 1) throw new FileRefused('too-many-rows');
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index] ?? [];
      if (row.length > limits.columns) {
        if (onRecord({ row: index + 1, line: index + 1, cells: [], defect: 'too-many-columns' }) === false) break;
        continue;
      }
      const cells: string[] = [];
      let tooLong = false;
      for (let column = 0; column < row.length; column += 1) {
        const cell = row[column];
        let text = '';
        if (cell && cell.t === 'n' && typeof cell.v === 'number') {
          const format = typeof cell.z === 'string' ? cell.z : 'General';
          text = numberText(String(cell.v), isDateCode(format), from1904);
        } else if (cell && cell.t !== 'e' && cell.t !== 'z') text = String(cell.v ?? '').replaceAll('\u0000', '');
        if (text.length > limits.cellCharacters) tooLong = true;
        cells.push(text);
      }
      const record: RawRecord = tooLong ? { row: index + 1, line: index + 1, cells: [], defect: 'cell-too-long' } : { row: index + 1, line: index + 1, cells };
      if (onRecord(record) === false) break;
    }
    return { sheet: name, sheets: book.SheetNames.length };
  }
  throw new FileRefused(book.SheetNames.length === 0 ? 'xls-broken' : 'no-table');
}

function isDateCode(format: string): boolean {
  return format !== 'General' && /[ymdhs]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
}
