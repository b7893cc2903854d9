/** What kind of file are these bytes, which sheets has it, and its records: told by the content, never by the name. */
import type { RawRecord, SheetFormat, TextEncoding } from '../../../../common/domain/orders/types.ts';
import { decodeText, detectEncoding } from './decode.ts';
import { detectDelimiter, parseDelimited } from './delimited.ts';
import { markupKind, parseMarkup } from './html.ts';
import { FileRefused, limits } from './limits.ts';
import { isCompoundFile } from './magic.ts';

type TakeRecord = (record: RawRecord) => boolean | void;

export interface OpenTable {
  readonly format: SheetFormat;
  readonly encoding: TextEncoding;
  /** Names of the sheets of a workbook, in its order; empty for a file that is one table. */
  readonly sheets: readonly string[];
  /** A text line of another length than its header is damaged; a workbook simply ends a row early. */
  readonly strictColumns: boolean;
  /** Records of one sheet, or of the file where there are none, until `take` returns false. */
  read(sheet: string | null, take: TakeRecord): Promise<void>;
  close(): void;
}

/** Opens a file of any kind we read. Errors: FileRefused. */
export async function openTable(bytes: Uint8Array): Promise<OpenTable> {
  if (bytes.length === 0) throw new FileRefused('empty');
  if (bytes.length > limits.fileBytes) throw new FileRefused('too-large');
  // Each format's reader is loaded when a file of it comes: a csv does not wait for the others.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    const { openWorkbook } = await import('./xlsx.ts');
    const workbook = await openWorkbook(bytes);
    const named = new Map(workbook.sheets.map((sheet) => [sheet.name, sheet]));
    return {
      format: 'xlsx',
      encoding: 'utf-8',
      sheets: [...named.keys()],
      strictColumns: false,
      read: async (name, take) => {
        const sheet = named.get(name ?? '');
        if (sheet) await workbook.read(sheet, take);
      },
      close: () => workbook.close(),
    };
  }
  if (isCompoundFile(bytes)) {
    const { openXls } = await import('./xls.ts');
    const book = await openXls(bytes);
    return { format: 'xls', encoding: 'utf-8', sheets: book.sheets, strictColumns: false, read: async (name, take) => book.read(name ?? '', take), close: () => {} };
  }
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (magic.startsWith('%PDF')) throw new FileRefused('pdf');
  if (['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'RIFF'].some((start) => magic.startsWith(start))) throw new FileRefused('image');
  const encoding = detectEncoding(bytes);
  const text = await decodeText(bytes, encoding);
  if (text.trim() === '') throw new FileRefused('empty');
  const markup = markupKind(text);
  if (markup) return { format: markup, encoding, sheets: [], strictColumns: false, read: async (_, take) => parseMarkup(text, markup, take), close: () => {} };
  const delimiter = detectDelimiter(text);
  return { format: delimiter === '\t' ? 'tsv' : 'csv', encoding, sheets: [], strictColumns: true, read: async (_, take) => parseDelimited(text, delimiter, take), close: () => {} };
}
