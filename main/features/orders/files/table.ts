/** Any file as plain rows, for tables that are not orders: addresses, short names. */
import { rejectTexts } from '../../../../common/domain/orders/texts.ts';
import type { Language } from '../../../../common/domain/orders/texts.ts';
import { FileRefused, limits } from './limits.ts';
import type { OpenTable } from './open.ts';

export interface PlainTable {
  readonly sheet: string | null;
  readonly sheets: readonly string[];
  /** Record n of the file at index n - 1, blank ones included, so that a row is told by the number a spreadsheet shows. */
  readonly rows: readonly (readonly string[])[];
  /** Records that could not be taken apart; their row is empty. */
  readonly rejected: readonly { readonly row: number; readonly line: number; readonly reason: string }[];
}

/** The first sheet that has rows, or the one named. Errors: FileRefused. */
export async function readTable(table: OpenTable, language: Language, wanted?: string): Promise<PlainTable> {
  const { sheets } = table;
  try {
    for (const sheet of wanted !== undefined && sheets.includes(wanted) ? [wanted] : sheets.length > 0 ? sheets : [null]) {
      const rows: (readonly string[])[] = [];
      const rejected: { row: number; line: number; reason: string }[] = [];
      await table.read(sheet, ({ row, line, cells, defect }) => {
        if (row > limits.rows + 1) throw new FileRefused('too-many-rows');
        // A workbook leaves blank rows out.
        while (rows.length < row - 1) rows.push([]);
        rows.push(cells);
        if (defect !== undefined) rejected.push({ row, line, reason: rejectTexts[defect][language] });
      });
      if (rows.some((cells) => cells.some((cell) => cell.trim() !== ''))) return { sheet, sheets, rows, rejected };
    }
  } finally {
    table.close();
  }
  throw new FileRefused('no-table');
}
