/** Files → orders, before any of it touches the database: reads every file, joins items files to their orders, reports per file. */
import type { FileReport, Mapping } from '../../../common/contract/import.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import { headerKey } from '../../../common/domain/orders/clean.ts';
import { joinItems } from '../../../common/domain/orders/join-items.ts';
import type { ItemsJoin } from '../../../common/domain/orders/join-items.ts';
import { summarise } from '../../../common/domain/orders/summary.ts';
import type { Language } from '../../../common/domain/orders/texts.ts';
import type { OrderDraft, OrderFile } from '../../../common/domain/orders/types.ts';
import type { OrderFileReader, ReadControl } from './files/reader.ts';

export interface InputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Cells pasted from a spreadsheet instead of bytes. */
  readonly text?: string;
}

export interface ReadFilesInput {
  readonly files: readonly InputFile[];
  readonly language: Language;
  /** For a table that is not recognised, or that a person wants read in another way. */
  readonly mapping?: Mapping;
  /** Kept mappings; the one made for a file's header is used when no platform is recognised. */
  readonly presets?: readonly (Mapping & { readonly header: readonly string[] })[];
  /** Told of a file that cannot be read, which is then left out; without it the first such file stops all. */
  readonly onRefused?: (file: string, failure: AppFailure) => void;
}

interface ReadTable {
  readonly file: OrderFile;
  readonly sample: readonly (readonly string[])[];
}

/** Orders of one file, their goods joined, with what to tell about the file. */
export interface ReadOrders {
  readonly file: OrderFile;
  readonly orders: readonly OrderDraft[];
  readonly report: FileReport;
  readonly sample: readonly (readonly string[])[];
}

export type Importer = ReturnType<typeof createImporter>;

export function createImporter({ reader }: { reader: OrderFileReader }) {
  /** Errors: FILE_REFUSED, TABLE_UNKNOWN, CANCELLED; the first file that cannot be read stops all, so nothing comes in by half. */
  async function readFiles(input: ReadFilesInput, control: ReadControl = {}): Promise<ReadOrders[]> {
    const read: ReadTable[] = [];
    for (const file of input.files) {
      try {
        read.push(await readOne(file, input, control));
      } catch (thrown) {
        if (!input.onRefused || !isFailure(thrown) || thrown.error.code === 'CANCELLED') throw thrown;
        input.onRefused(file.name, thrown);
      }
    }
    return joined(read);
  }

  async function readOne({ name, bytes, text }: InputFile, input: ReadFilesInput, control: ReadControl): Promise<ReadTable> {
    const job = { name, language: input.language, ...(text === undefined ? { bytes } : { text }), ...(input.mapping && { mapping: input.mapping }) };
    let result = await reader.read(job, control);
    if (!input.mapping && input.presets && (!result.ok || result.file.platform === 'other')) {
      const header = (result.ok ? result.file.header : (result.unknown.sample[0] ?? [])).map(headerKey).join('\u0001');
      const preset = input.presets.find((one) => one.header.length > 0 && one.header.join('\u0001') === header);
      if (preset) result = await reader.read({ ...job, mapping: { platform: preset.platform, kind: preset.kind, columns: preset.columns } }, control);
    }
    if (!result.ok) fail('TABLE_UNKNOWN', { file: name, header: (result.unknown.sample[0] ?? []).filter((cell) => cell !== '').slice(0, 40) });
    return result;
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
    return read.map(({ file, sample }) => {
      const own = orders.get(file) ?? file.orders;
      return { file, sample, orders: own, report: reportOf(file, own, joins.get(file), joins.size > 0) };
    });
  }

  return { readFiles };
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
