/** Bytes of any order file → an OrderFile. Runs inside the worker; pure apart from the bytes. */
import { createOrderBuilder } from '../../../../common/domain/orders/build.ts';
import { headerKey } from '../../../../common/domain/orders/clean.ts';
import { columnNames } from '../../../../common/domain/orders/column-names.ts';
import { anyTable, profileOf } from '../../../../common/domain/orders/profiles.ts';
import { splitBackEndAddress } from '../../../../common/domain/orders/receiver.ts';
import type { AddressSplitter } from '../../../../common/domain/orders/receiver.ts';
import { recognise } from '../../../../common/domain/orders/recognise.ts';
import type { Recognition } from '../../../../common/domain/orders/recognise.ts';
import type { Language } from '../../../../common/domain/orders/texts.ts';
import { noticeTexts } from '../../../../common/domain/orders/texts.ts';
import type { ColumnMapping, OrderFile, RawRecord, SheetFormat, TextEncoding } from '../../../../common/domain/orders/types.ts';
import type { Platform } from '../../../../common/contract/shops.ts';
import { FileRefused, limits } from './limits.ts';
import { openTable } from './open.ts';
import type { OpenTable } from './open.ts';

/** A mapping somebody confirmed on screen or kept as a preset: header → field, found again by name. */
export interface GivenMapping {
  readonly platform: Platform | 'other';
  readonly kind: 'orders' | 'items';
  /** Field → header text. */
  readonly columns: Readonly<Record<string, string>>;
  /** Record that is the header, 1 for the first; 0: the table has none and its columns are called by their letters. Found by the names when left out. */
  readonly headerRow?: number | undefined;
}

export interface ReadOptions {
  readonly language: Language;
  readonly mapping?: GivenMapping;
  /** Sheet to read; the first that is recognised when left out. */
  readonly sheet?: string;
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

/** `sheets`: those a person may choose among. */
export type ReadResult = { readonly sheets: readonly string[] } & (
  | { readonly ok: true; readonly file: OrderFile; readonly sample: readonly (readonly string[])[] }
  | { readonly ok: false; readonly unknown: UnknownTable }
);

/** Records kept until the header is found, and shown on the mapping screen. */
const headRecords = 12;

/** Reads one file. Errors: FileRefused for the whole file; bad rows are in the result. */
export async function readOrderFile(name: string, bytes: Uint8Array, options: ReadOptions): Promise<ReadResult> {
  return readOpened(name, await openTable(bytes), options);
}

/** The orders of a file that is open; closes it. Errors: FileRefused. */
export async function readOpened(name: string, table: OpenTable, options: ReadOptions): Promise<ReadResult> {
  const { format, encoding, sheets } = table;
  const given = options.sheet;
  const wanted: readonly (string | null)[] = given !== undefined && sheets.includes(given) ? [given] : sheets.length > 0 ? sheets : [null];
  try {
    let best: ReadResult | undefined;
    // The first sheet is the orders in every known export; others are looked at only when it is empty or not recognised.
    for (const sheet of wanted) {
      const intake = createIntake(name, { format, encoding, sheet }, options, table.strictColumns);
      await table.read(sheet, intake.take);
      const result = intake.finish(sheets);
      if (result?.ok) return result;
      best ??= result;
    }
    if (!best) throw new FileRefused('no-table');
    return best;
  } finally {
    table.close();
  }
}

interface Source {
  readonly format: SheetFormat;
  readonly encoding: TextEncoding;
  readonly sheet: string | null;
}

/** Takes records as they come: the first few until the header is known, then straight into orders. `finish` gives undefined for an empty table. */
function createIntake(name: string, source: Source, options: ReadOptions, strictColumns: boolean) {
  let head: RawRecord[] | undefined = [];
  const sample: (readonly string[])[] = [];
  let recognition: Recognition | undefined;
  let builder: ReturnType<typeof createOrderBuilder> | undefined;
  let count = 0;
  const headLength = Math.max(headRecords, options.mapping?.headerRow ?? 0);

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
        if (head.length >= headLength) start();
        return true;
      }
      if (!builder) return sample.length < headRecords + 8;
      builder.add(record);
      if (count % 1000 === 0) options.onProgress?.(count);
      return true;
    },
    finish(sheets: readonly string[]): ReadResult | undefined {
      if (head) start();
      if (count === 0) return undefined;
      if (!recognition || !builder) return { ok: false, unknown: { ...source, file: name, sample }, sheets };
      const built = builder.finish();
      const notices = [...built.notices];
      if (built.orders.length > 0 && recognition.profile.kind === 'items') notices.push({ code: 'items-without-orders', row: null, order: null, text: noticeTexts['items-without-orders'][options.language] });
      if (sheets.length > 1) notices.push({ code: 'more-sheets', row: null, order: null, text: noticeTexts['more-sheets'][options.language] });
      const file: OrderFile = {
        file: name,
        kind: recognition.profile.kind,
        platform: options.mapping?.platform ?? recognition.profile.platform,
        confidence: recognition.confidence,
        ...source,
        header: recognition.header,
        headerRow: recognition.headerIndex + 1,
        mapping: recognition.mapping,
        ...built,
        notices,
      };
      return { ok: true, file, sample, sheets };
    },
  };
}

/** The confirmed mapping on this file: its header is the record somebody pointed at, or the one that has most of the mapped columns. */
function applyMapping(records: readonly RawRecord[], given: GivenMapping): Recognition | undefined {
  const wanted = Object.entries(given.columns).map(([field, header]) => [field, headerKey(header)] as const);
  const profile = given.platform === 'other' ? anyTable : profileOf(given.platform, given.kind);
  const read = (headerIndex: number, header: readonly string[]): Recognition => {
    const keys = header.map(headerKey);
    const mapping = Object.fromEntries(wanted.flatMap(([field, key]) => (keys.includes(key) ? [[field, keys.indexOf(key)]] : [])));
    return { profile, confidence: Object.keys(mapping).length / Math.max(1, wanted.length), headerIndex, header, mapping: mapping as ColumnMapping };
  };
  if (given.headerRow === 0) return read(-1, columnNames(Array.from({ length: Math.max(0, ...records.map(({ cells }) => cells.length)) }, () => '')));
  const readings = records.map(({ cells }, index) => read(index, columnNames(cells)));
  const pointedAt = given.headerRow === undefined ? undefined : readings[given.headerRow - 1];
  if (pointedAt && pointedAt.confidence > 0) return pointedAt;
  const [best] = readings.toSorted((left, right) => right.confidence - left.confidence || left.headerIndex - right.headerIndex);
  return best && best.confidence >= 0.5 ? best : undefined;
}
