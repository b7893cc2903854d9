/** Uploaded tables of any kind as text, for imports that are not orders. */
import type { FilesService } from './service.ts';

type Language = 'zh-CN' | 'en';

/** Reads the rows of a table in the guarded worker. */
interface TableReader {
  readTable(
    job: { name: string; bytes: Uint8Array; language: Language; sheet?: string },
    control?: { signal?: AbortSignal },
  ): Promise<{ sheet: string | null; sheets: readonly string[]; rows: readonly (readonly string[])[]; rejected: readonly { row: number; line: number; reason: string }[] }>;
}

export interface TableText {
  /** Cells between tabs, record n on line n, blank ones included. */
  readonly text: string;
  readonly rows: number;
  readonly sheet: string | null;
  readonly sheets: string[];
  /** Records that could not be taken apart; their line is empty. */
  readonly rejected: { row: number; line: number; reason: string }[];
}

export type TablesService = ReturnType<typeof createTables>;

export function createTables({ files, reader }: { files: Pick<FilesService, 'take'>; reader: TableReader }) {
  return {
    /** Errors: NOT_FOUND (file), FILE_REFUSED, CANCELLED. */
    async text({ fileId, sheet, language }: { fileId: string; sheet?: string | undefined; language: Language }, signal?: AbortSignal): Promise<TableText> {
      const table = await reader.readTable({ ...files.take(fileId), language, ...(sheet !== undefined && { sheet }) }, { ...(signal && { signal }) });
      return { text: table.rows.map(tabbed).join('\n'), rows: table.rows.length, sheet: table.sheet, sheets: [...table.sheets], rejected: [...table.rejected] };
    },
  };
}

/** One record on one line: tabs and line ends inside a cell become blanks. */
function tabbed(cells: readonly string[]): string {
  return cells.map((cell) => (cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell).replaceAll(/[\t\r\n]+/g, ' ')).join('\t');
}
