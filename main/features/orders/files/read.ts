/** Bytes of any order file → an OrderFile. Runs inside the worker; pure apart from the bytes. */
import { createOrderBuilder } from '../../../../common/domain/orders/build.ts';
import { headerKey } from '../../../../common/domain/orders/clean.ts';
import { anyTable, profileOf } from '../../../../common/domain/orders/profiles.ts';
import { splitBackEndAddress } from '../../../../common/domain/orders/receiver.ts';
import type { AddressSplitter } from '../../../../common/domain/orders/receiver.ts';
import { recognise } from '../../../../common/domain/orders/recognise.ts';
import type { Recognition } from '../../../../common/domain/orders/recognise.ts';
import type { Language } from '../../../../common/domain/orders/texts.ts';
import { noticeTexts } from '../../../../common/domain/orders/texts.ts';
import type { ColumnMapping, OrderFile, RawRecord, SheetFormat, TextEncoding } from '../../../../common/domain/orders/types.ts';
import type { Platform } from '../../../../common/contract/shops.ts';
import { decodeText, detectEncoding } from './decode.ts';
import { detectDelimiter, parseDelimited } from './delimited.ts';
import { markupKind, parseMarkup } from './html.ts';
import { FileRefused, limits } from './limits.ts';
import { isCompoundFile } from './magic.ts';

/** A mapping somebody confirmed on screen or kept as a preset: header → field, found again by name. */
export interface GivenMapping {
  readonly platform: Platform | 'other';
  readonly kind: 'orders' | 'items';
  /** Field → header text. */
  readonly columns: Readonly<Record<string, string>>;
}

export interface ReadOptions {
  readonly language: Language;
  readonly mapping?: GivenMapping;
  readonly split?: AddressSplitter;
  readonly onProgress?: (rows: number) => void;
}

/** Header and first records of a table nobody recognised: what the mapping screen shows. */
export interface UnknownTable {
  readonly file: string;
  readonly format: SheetFormat;
  readonly encoding: TextEncoding;
  readonly sheet: string | null;
  readonly sample: readonly (readonly string[])[];
}

export type ReadResult =
  | { readonly ok: true; readonly file: OrderFile; readonly sample: readonly (readonly string[])[] }
  | { readonly ok: false; readonly unknown: UnknownTable };

/** Records kept until the header is found, and shown on the mapping screen. */
const headRecords = 12;

/** Reads one file. Errors: FileRefused for the whole file; bad rows are in the result. */
export async function readOrderFile(name: string, bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  if (bytes.length === 0) throw new FileRefused('empty');
  if (bytes.length > limits.fileBytes) throw new FileRefused('too-large');
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readXlsx(name, bytes, options);
  if (isCompoundFile(bytes)) {
    const intake = createIntake(name, { format: 'xls', encoding: 'utf-8', sheet: null }, options, false);
    const { parseXls } = await import('./xls.ts');
    const { sheet, sheets } = await parseXls(bytes, intake.take);
    return intake.finish({ sheet, sheets });
  }
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (magic.startsWith('%PDF')) throw new FileRefused('pdf');
  if (['\u0089PNG', '\u00ff\u00d8\u00ff', 'GIF8', 'RIFF'].some((start) => magic.startsWith(start))) throw new FileRefused('image');
  const encoding = detectEncoding(bytes);
  const text = await decodeText(bytes, encoding);
  if (text.trim() === '') throw new FileRefused('empty');
  const markup = markupKind(text);
  if (markup) {
    const intake = createIntake(name, { format: markup, encoding, sheet: null }, options, false);
    parseMarkup(text, markup, intake.take);
    return intake.finish({ sheet: null, sheets: 1 });
  }
  return readText(name, text, encoding, options);
}

/** A table in text form: csv, tsv, or cells pasted from a spreadsheet. */
export function readText(name: string, text: string, encoding: TextEncoding, options: ReadOptions): ReadResult {
  const delimiter = detectDelimiter(text);
  const intake = createIntake(name, { format: delimiter === '\t' ? 'tsv' : 'csv', encoding, sheet: null }, options, true);
  parseDelimited(text, delimiter, intake.take);
  return intake.finish({ sheet: null, sheets: 1 });
}

async function readXlsx(name: string, bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  // Each format's reader is loaded when a file of it comes: a csv does not wait for the others.
  const { openWorkbook } = await import('./xlsx.ts');
  const workbook = await openWorkbook(bytes);
  try {
    let best: ReadResult | undefined;
    // The first sheet is the orders in every known export; others are looked at only when it is not recognised.
    for (const sheet of workbook.sheets) {
      const intake = createIntake(name, { format: 'xlsx', encoding: 'utf-8', sheet: sheet.name }, options, false);
      await workbook.read(sheet, intake.take);
      const result = intake.finish({ sheet: sheet.name, sheets: workbook.sheets.length });
      if (result.ok) return result;
      best ??= result;
    }
    return best ?? { ok: false, unknown: { file: name, format: 'xlsx', encoding: 'utf-8', sheet: null, sample: [] } };
  } finally {
    workbook.close();
  }
}

interface Source {
  readonly format: SheetFormat;
  readonly encoding: TextEncoding;
  readonly sheet: string | null;
}

/** Takes records as they come: the first few until the header is known, then straight into orders. */
function createIntake(name: string, source: Source, options: ReadOptions, strictColumns: boolean) {
  let head: RawRecord[] | undefined = [];
  const sample: (readonly string[])[] = [];
  let recognition: Recognition | undefined;
  let builder: ReturnType<typeof createOrderBuilder> | undefined;
  let count = 0;

  function start(): void {
    const records = head ?? [];
    head = undefined;
    recognition = options.mapping ? applyMapping(records, options.mapping) : recognise(records);
    if (!recognition) return;
    builder = createOrderBuilder(recognition, { split: options.split ?? splitBackEndAddress, language: options.language, strictColumns });
    for (const record of records.slice(recognition.headerIndex + 1)) builder.add(record);
  }

  return {
    take(record: RawRecord): boolean {
      count += 1;
      if (count > limits.rows + 1) throw new FileRefused('too-many-rows');
      if (sample.length < headRecords + 8) sample.push(record.cells.slice(0, limits.columns).map((cell) => cell.slice(0, 200)));
      if (head) {
        head.push(record);
        if (head.length >= headRecords) start();
        return true;
      }
      if (!builder) return sample.length < headRecords + 8;
      builder.add(record);
      if (count % 1000 === 0) options.onProgress?.(count);
      return true;
    },
    finish({ sheet, sheets }: { sheet: string | null; sheets: number }): ReadResult {
      if (head) start();
      if (!recognition || !builder) {
        if (count === 0) throw new FileRefused('no-table');
        return { ok: false, unknown: { ...source, file: name, sheet: sheet ?? source.sheet, sample } };
      }
      const built = builder.finish();
      const notices = [...built.notices];
      if (built.orders.length > 0 && recognition.profile.kind === 'items') notices.push({ code: 'items-without-orders', row: null, order: null, text: noticeTexts['items-without-orders'][options.language] });
      if (sheets > 1) notices.push({ code: 'more-sheets', row: null, order: null, text: noticeTexts['more-sheets'][options.language] });
      const file: OrderFile = {
        file: name,
        kind: recognition.profile.kind,
        platform: options.mapping?.platform ?? recognition.profile.platform,
        confidence: recognition.confidence,
        ...source,
        sheet: sheet ?? source.sheet,
        header: recognition.header,
        headerRow: recognition.headerIndex + 1,
        mapping: recognition.mapping,
        ...built,
        notices,
      };
      return { ok: true, file, sample };
    },
  };
}

/** The confirmed mapping on this file: its header is the record that has all the mapped columns, or most of them. */
function applyMapping(records: readonly RawRecord[], given: GivenMapping): Recognition | undefined {
  const wanted = Object.entries(given.columns).map(([field, header]) => [field, headerKey(header)] as const);
  let best: Recognition | undefined;
  for (const [index, record] of records.entries()) {
    const keys = record.cells.map(headerKey);
    const mapping: Record<string, number> = {};
    for (const [field, key] of wanted) {
      const column = keys.indexOf(key);
      if (column !== -1) mapping[field] = column;
    }
    const confidence = Object.keys(mapping).length / Math.max(1, wanted.length);
    if (confidence < 0.5 || (best && confidence <= best.confidence)) continue;
    const profile = given.platform === 'other' ? anyTable : profileOf(given.platform, given.kind);
    best = { profile, confidence, headerIndex: index, header: record.cells.map((cell) => cell.trim()), mapping: mapping as ColumnMapping };
  }
  return best;
}
