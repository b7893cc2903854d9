/** Tables in files: read with the same limits as order files, written as xlsx. */
import ExcelJS from 'exceljs';
import { fail } from '../../../common/errors.ts';
import { decodeText, detectEncoding } from '../orders/files/decode.ts';
import { detectDelimiter, parseDelimited } from '../orders/files/delimited.ts';
import { FileRefused, limits } from '../orders/files/limits.ts';
import { openWorkbook } from '../orders/files/xlsx.ts';
import type { OutgoingFile } from '../../../common/contract/costs.ts';

export interface SheetRecord {
  readonly row: number;
  readonly cells: readonly string[];
}

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Records of the first sheet of an xlsx, or of a csv. Errors: FILE_REFUSED. */
export async function readSheet(name: string, bytes: Uint8Array): Promise<SheetRecord[]> {
  const records: SheetRecord[] = [];
  const take = (record: SheetRecord): void => {
    if (records.length >= limits.rows) throw new FileRefused('too-many-rows');
    records.push({ row: record.row, cells: record.cells.slice(0, limits.columns) });
  };
  try {
    if (bytes.length === 0) throw new FileRefused('empty');
    if (bytes.length > limits.fileBytes) throw new FileRefused('too-large');
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const workbook = await openWorkbook(bytes);
      try {
        const [first] = workbook.sheets;
        if (!first) throw new FileRefused('no-table');
        await workbook.read(first, take);
      } finally {
        workbook.close();
      }
    } else {
      const text = await decodeText(bytes, detectEncoding(bytes));
      parseDelimited(text, detectDelimiter(text), take);
    }
  } catch (thrown) {
    if (thrown instanceof FileRefused) fail('FILE_REFUSED', { file: name, problem: thrown.problem, detail: thrown.message });
    throw thrown;
  }
  return records;
}

/** A sheet of texts as xlsx, header bold and frozen. Cells stay text, so a waybill number keeps its zeros and nothing is a formula. */
export async function writeSheet(fileName: string, sheets: readonly { readonly name: string; readonly rows: readonly (readonly (string | number | null)[])[]; readonly widths?: readonly number[] }[]): Promise<OutgoingFile> {
  const workbook = new ExcelJS.Workbook();
  for (const { name, rows, widths } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    for (const row of rows) sheet.addRow([...row]);
    sheet.getRow(1).font = { bold: true };
    widths?.forEach((width, index) => {
      sheet.getColumn(index + 1).width = width;
    });
  }
  return toFile(fileName, workbook);
}

/** A workbook as a file. */
export async function toFile(fileName: string, workbook: ExcelJS.Workbook): Promise<OutgoingFile> {
  const bytes = await workbook.xlsx.writeBuffer();
  return { name: fileName, type: xlsxType, base64: Buffer.from(bytes).toString('base64') };
}

/** A name that every file system takes. */
export function safeFileName(name: string): string {
  return name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80) || 'packbench';
}
