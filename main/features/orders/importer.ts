/** Files → orders, before any of it touches the database: reads every file, joins items files to their orders, reports per file. */
import type { FileMapping, FileReport, Mapping } from '../../../common/contract/import.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import { comparableHeader } from '../../../common/domain/orders/column-names.ts';
import { joinItems } from '../../../common/domain/orders/join-items.ts';
import type { ItemsJoin } from '../../../common/domain/orders/join-items.ts';
import { summarise } from '../../../common/domain/orders/summary.ts';
import type { Language } from '../../../common/domain/orders/texts.ts';
import type { OrderDraft, OrderFile } from '../../../common/domain/orders/types.ts';
import type { OrderFileReader, ReadControl } from './files/reader.ts';
import type { ReadResult } from './files/read.ts';
import { bytesOf } from './kept-reads.ts';
import type { KeptReads } from './kept-reads.ts';

export interface InputFile {
  /** Of an upload, which may be looked at first and imported then. */
  readonly id?: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** For a table that is not recognised, or that a person wants read in another way. */
  readonly mapping?: FileMapping | undefined;
}

/** A kept mapping with the header it was made for, in comparable form. */
export interface KnownPreset extends Mapping {
  readonly name: string;
  readonly header: readonly string[];
}

export interface ReadFilesInput {
  readonly files: readonly InputFile[];
  readonly language: Language;
  /** Kept mappings; the one made for a file's header is used when no platform is recognised. */
  readonly presets?: readonly KnownPreset[];
  /** Takes only the orders whose file names this shop; empty: those that name none. */
  readonly onlyShop?: string | undefined;
  /** Told of a file that cannot be read, which is then left out; without it the first such file stops all. */
  readonly onRefused?: (file: InputFile, failure: AppFailure) => void;
}

/** What a file holds, and the kept mapping it was read by. */
export interface ReadFile {
  readonly file: OrderFile;
  readonly preset?: string;
}

interface ReadTable extends ReadFile {
  readonly input: InputFile;
}

/** Orders of one file, their goods joined, with what to tell about the file. */
export interface ReadOrders {
  readonly input: InputFile;
  readonly file: OrderFile;
  readonly orders: readonly OrderDraft[];
  readonly report: FileReport;
}

export interface FilesControl extends Omit<ReadControl, 'onProgress'> {
  readonly onProgress?: (file: string, rows: number) => void;
}

export type Importer = ReturnType<typeof createImporter>;

export function createImporter({ reader, kept }: { reader: Pick<OrderFileReader, 'read'>; kept?: KeptReads<ReadFile> }) {
  /** Errors: FILE_REFUSED, TABLE_UNKNOWN, CANCELLED; the first file that cannot be read stops all, so nothing comes in by half. */
  async function readFiles(input: ReadFilesInput, control: FilesControl = {}): Promise<ReadOrders[]> {
    const read: ReadTable[] = [];
    for (const file of input.files) {
      try {
        read.push(await readOne(file, input, control));
      } catch (thrown) {
        if (!input.onRefused || !isFailure(thrown) || thrown.error.code === 'CANCELLED') throw thrown;
        input.onRefused(file, thrown);
      }
    }
    return joined(read);
  }

  async function readOne(input: InputFile, request: ReadFilesInput, control: FilesControl): Promise<ReadTable> {
    const { id, mapping } = input;
    const way = JSON.stringify([request.language, mapping]);
    const before = id === undefined ? undefined : kept?.find(id, way);
    const { file, ...rest } = before ?? (await parse(input, request, control));
    if (id !== undefined && before === undefined) kept?.keep(id, way, { file, ...rest }, bytesOf(file.orders) + bytesOf(file.rejected));
    return { input, file: request.onlyShop === undefined ? file : ofShop(file, request.onlyShop), ...rest };
  }

  async function parse({ name, bytes, mapping }: InputFile, { language, presets = [] }: ReadFilesInput, { signal, onProgress }: FilesControl): Promise<ReadFile> {
    const job = { name, bytes, language, ...(mapping && { mapping, ...(mapping.sheet !== undefined && { sheet: mapping.sheet }) }) };
    const control: ReadControl = { ...(signal && { signal }), onProgress: (rows) => onProgress?.(name, rows) };
    let result = await reader.read(job, control);
    const preset = mapping || (result.ok && result.file.platform !== 'other') ? undefined : presetOf(result, presets);
    if (preset) {
      const { platform, kind, columns } = preset;
      result = await reader.read({ ...job, mapping: { platform, kind, columns } }, control);
    }
    if (!result.ok) fail('TABLE_UNKNOWN', { file: name, header: (result.unknown.sample.find((cells) => cells.length > 1) ?? []).filter((cell) => cell !== '').slice(0, 40) });
    return { file: result.file, ...(preset && { preset: preset.name }) };
  }

  /** Items files joined to the orders they belong to. */
  function joined(read: readonly ReadTable[]): ReadOrders[] {
    const orderFiles = read.filter(({ file }) => file.kind === 'orders');
    const itemFiles = read.filter(({ file }) => file.kind === 'items');
    const orders = new Map(orderFiles.map(({ file }) => [file, file.orders as readonly OrderDraft[]]));
    const joins = new Map<OrderFile, ItemsJoin>();
    for (const { file: items } of itemFiles) {
      if (orderFiles.length === 0) continue;
      // All order files together: an export of two months has one items file.
      const all = orderFiles.flatMap(({ file }) => orders.get(file) ?? []);
      const { orders: joined, join } = joinItems(all, items);
      joins.set(items, join);
      let start = 0;
      for (const { file } of orderFiles) {
        const { length } = orders.get(file) ?? [];
        orders.set(file, joined.slice(start, start + length));
        start += length;
      }
    }
    return read.map(({ input, file, preset }) => {
      const own = orders.get(file) ?? file.orders;
      return { input, file, orders: own, report: { ...reportOf(file, own, joins.get(file), joins.size > 0), ...(preset !== undefined && { preset }) } };
    });
  }

  return { readFiles };
}

/** The kept mapping made for the header of this table, wherever among its first records the header stands. */
export function presetOf<P extends { readonly header: readonly string[] }>(result: ReadResult, presets: readonly P[]): P | undefined {
  const headers = new Set((result.ok ? [result.file.header] : result.unknown.sample).map((cells) => comparableHeader(cells).join('\u0001')));
  return presets.find((preset) => preset.header.length > 0 && headers.has(preset.header.join('\u0001')));
}

/** The file as if it held only the orders of one of its shops; its refused rows, which name no order, stay. */
function ofShop(file: OrderFile, shop: string): OrderFile {
  if (file.kind === 'items') return file;
  const orders = file.orders.filter((order) => order.shopName === shop);
  const numbers = new Set(orders.map((order) => order.number));
  return { ...file, orders, flagged: file.flagged.filter((flag) => numbers.has(flag.order)), notices: file.notices.filter((notice) => notice.code !== 'two-shops' && (notice.order === null || numbers.has(notice.order))) };
}

function reportOf(file: OrderFile, orders: readonly OrderDraft[], join: ItemsJoin | undefined, hasItems: boolean): FileReport {
  const sums = summarise(orders);
  const isItems = file.kind === 'items';
  const settled = (code: string): boolean => (code === 'items-without-orders' && join !== undefined) || (code === 'quantities-missing' && hasItems);
  return {
    file: file.file,
    kind: file.kind,
    platform: file.platform,
    confidence: file.confidence,
    format: file.format,
    encoding: file.encoding,
    sheet: file.sheet,
    shops: isItems ? [] : shopsOf(orders),
    rows: file.rows,
    orders: sums.orders,
    lines: sums.lines,
    pieces: sums.pieces,
    recipients: isItems ? 0 : sums.recipients,
    toShip: isItems ? 0 : sums.toShip,
    toMerge: isItems ? 0 : sums.toMerge,
    duplicates: file.duplicates,
    rejected: file.rejected.map(({ row, line, column, reason, code }) => ({ row, line, column, reason, code })),
    flagged: file.flagged.map((flag) => ({ ...flag, codes: [...flag.codes] })),
    notices: file.notices.filter((notice) => !settled(notice.code)),
    ...(join && { joined: { matched: join.matched, unmatched: [...join.unmatched], withoutItems: [...join.withoutItems] } }),
  };
}

/** Names of the shops; with several of them also the empty one where orders name none. */
function shopsOf(orders: readonly OrderDraft[]): string[] {
  const names = [...new Set(orders.map((order) => order.shopName))];
  const given = names.filter((name) => name !== '');
  return given.length > 1 ? names : given;
}
