/** A list of numbers in a file: txt, csv or a spreadsheet, read by the same guarded readers as order files, turned into lines of text. */
import type { RawRecord } from '../../../common/domain/orders/types.ts';
import { fail } from '../../../common/errors.ts';
import { decodeText, detectEncoding } from '../orders/files/decode.ts';
import { isCompoundFile } from '../orders/files/magic.ts';

/** Longest list read at once: 100,000 rows of text stay far below the limit of a message. */
const mostLines = 100_000;
const headers = /^(运单号|快递单号|物流单号|面单号|单号|waybill|tracking|number)/i;

/**
 * The text of a list, one number or range a line. In a spreadsheet with a header that says which column holds the numbers only that
 * column is taken; without one, the first column. Errors: FILE_UNREADABLE.
 */
export async function readListFile(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<string> {
  const { name, bytes } = file;
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const { openWorkbook } = await import('../orders/files/xlsx.ts');
      const workbook = await openWorkbook(bytes);
      try {
        const [sheet] = workbook.sheets;
        if (sheet === undefined) return fail('FILE_UNREADABLE', { file: name, reason: 'the workbook has no sheet' });
        const column = createColumn();
        await workbook.read(sheet, column.take);
        return column.text();
      } finally {
        workbook.close();
      }
    }
    if (isCompoundFile(bytes)) {
      const { openXls } = await import('../orders/files/xls.ts');
      const book = await openXls(bytes);
      const column = createColumn();
      book.read(book.sheets[0] ?? '', column.take);
      return column.text();
    }
    return await decodeText(bytes, detectEncoding(bytes));
  } catch (thrown) {
    if (thrown instanceof Error && 'error' in thrown) throw thrown;
    return fail('FILE_UNREADABLE', { file: name, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function createColumn() {
  const lines: string[] = [];
  let index: number | undefined;
  return {
    take(record: RawRecord): boolean {
      if (index === undefined) {
        const named = record.cells.findIndex((cell) => headers.test(cell.trim()));
        index = Math.max(0, named);
        if (named >= 0) return true;
      }
      lines.push(record.cells[index] ?? '');
      return lines.length < mostLines;
    },
    text: (): string => lines.join('\n'),
  };
}
