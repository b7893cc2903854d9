/** Bringing files in: read in the worker, checked against the shop, saved in one transaction, reported row by row. */
import { contentHash } from '../../../common/domain/orders/hash.ts';
import { toCsv } from '../../../common/domain/orders/export.ts';
import { headerKey } from '../../../common/domain/orders/clean.ts';
import { guessColumns } from '../../../common/domain/orders/guess.ts';
import { rejectTexts } from '../../../common/domain/orders/texts.ts';
import type { Language } from '../../../common/domain/orders/texts.ts';
import type { OrderDraft, RejectedRow } from '../../../common/domain/orders/types.ts';
import type { Mapping } from '../../../common/contract/import.ts';
import type { ImportReport } from '../../../common/contract/orders.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { OrderFileReader, ReadControl } from './files/reader.ts';
import { createImporter } from './importer.ts';
import type { InputFile, ReadOrders } from './importer.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository, PresetRecord, RefusedRow } from './repository.ts';
import type { DraftContext } from './repository/rows.ts';

export interface ImportDeps {
  readonly repository: OrdersRepository;
  readonly reader: OrderFileReader;
  readonly shops: ShopsService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Hours from payment to shipping where a file promises nothing. */
  readonly promiseHours: () => Promise<number>;
  /** Called after orders came in, outside the transaction, with what the files held: new items, automatic merging, notices to screens. */
  readonly onImported: (shopId: string, orders: readonly OrderDraft[]) => Promise<void>;
}

export interface ImportRequest {
  readonly files: readonly InputFile[];
  readonly shopId: string;
  readonly dryRun: boolean;
  /** Takes files that name several shops into this one. */
  readonly mixedShops: boolean;
  readonly language: Language;
  readonly mapping?: Mapping;
  readonly source: 'file' | 'folder' | 'paste';
  /** The files when they were read already. */
  readonly read?: readonly ReadOrders[];
}

export interface ImportControl extends ReadControl {
  readonly onSaved?: (done: number) => void;
}

export type ImportService = ReturnType<typeof createImportService>;

/** Undoes the transaction of a dry run after it told what would happen. */
class DryRun extends Error {
  readonly outcome: SaveOutcome;
  constructor(outcome: SaveOutcome) {
    super('dry run');
    this.outcome = outcome;
  }
}

interface SaveOutcome {
  readonly batchId: string;
  readonly added: number;
  readonly changed: number;
  readonly known: number;
  readonly alarms: readonly { readonly order: string; readonly alarm: string }[];
  readonly refused: readonly RefusedRow[];
}

export function createImportService(deps: ImportDeps) {
  const { repository, reader, shops, audit, clock, ids, log } = deps;
  const importer = createImporter({ reader });

  /** The files read and joined, nothing saved. Errors: FILE_REFUSED, TABLE_UNKNOWN, CANCELLED. */
  async function readFiles(request: Pick<ImportRequest, 'files' | 'language' | 'mapping'>, control: ImportControl = {}): Promise<ReadOrders[]> {
    return importer.readFiles({ files: request.files, language: request.language, ...(request.mapping && { mapping: request.mapping }), presets: await repository.presets() }, control);
  }

  /**
   * Errors: NOT_FOUND (shop), FILE_REFUSED, TABLE_UNKNOWN, SHOPS_MIXED, PLATFORM_DIFFERS, ITEMS_WITHOUT_ORDERS, CANCELLED. Any of them
   * leaves everything as it was.
   */
  async function importFiles(request: ImportRequest, actor: Actor, control: ImportControl = {}): Promise<ImportReport> {
    const shop = await shops.get(request.shopId);
    const read = request.read ?? (await readFiles(request, control));
    for (const one of read) checkShop(one, shop, request.mixedShops);
    if (control.signal?.aborted) fail('CANCELLED', { what: shop.name });
    const promiseHours = await deps.promiseHours();
    const outcome = await save(read, request, shop, actor, promiseHours, control);
    if (!request.dryRun) {
      log.info('orders.import', { batchId: outcome.batchId, shopId: shop.id, files: read.length, added: outcome.added, changed: outcome.changed, rejected: outcome.refused.length });
      await audit.record(actor, 'orders.import', outcome.batchId, { added: outcome.added, changed: outcome.changed, known: outcome.known, rejected: outcome.refused.length });
      if (outcome.added + outcome.changed > 0) await deps.onImported(shop.id, read.flatMap(({ orders }) => orders));
    }
    return {
      batchId: request.dryRun ? null : outcome.batchId,
      files: read.map(({ report }) => report),
      added: outcome.added,
      changed: outcome.changed,
      known: outcome.known,
      alarms: [...outcome.alarms],
      rejected: outcome.refused.map(({ file, rejected: { row, line, column, reason, code } }) => ({ file, row, line, column, reason, code })),
    };
  }

  async function save(read: readonly ReadOrders[], request: ImportRequest, shop: Shop, actor: Actor, promiseHours: number, control: ImportControl): Promise<SaveOutcome> {
    const batchId = ids.next('imp');
    const now = clock.now();
    try {
      return await repository.transaction(async (trx) => {
        const inside = createOrdersRepository(trx);
        const sums = { added: 0, changed: 0, known: 0 };
        const alarms: { order: string; alarm: string }[] = [];
        const refused: RefusedRow[] = [];
        const orderFiles = read.filter(({ file }) => file.kind === 'orders');
        for (const { file, orders } of read) {
          refused.push(...file.rejected.map((rejected): RefusedRow => ({ file: file.file, rejected, header: file.header, cells: rejected.cells })));
          if (file.kind === 'items') {
            alarms.push(...(await saveItemsFile(inside, file.file, orders, shop.id, now, orderFiles.length > 0, sums)));
            continue;
          }
          const context: DraftContext = { shopId: shop.id, platform: platformOf(shop, file.platform), batchId, source: request.source, now, promiseHours };
          const result = await inside.saveDrafts(orders, context, ids, (done) => {
            if (control.signal?.aborted) fail('CANCELLED', { what: file.file });
            control.onSaved?.(done);
          });
          sums.added += result.added;
          sums.changed += result.changed;
          sums.known += result.known;
          alarms.push(...result.alarms);
          refused.push(...foreignRows(file.file, orders, new Set(result.foreign), request.language));
        }
        const outcome: SaveOutcome = { batchId, ...sums, alarms, refused };
        if (request.dryRun) throw new DryRun(outcome);
        await inside.insertBatch(
          {
            id: batchId,
            shopId: shop.id,
            at: now,
            operator: actor.operator,
            stationId: actor.station.id,
            source: request.source,
            files: read.map(({ file }) => file.file),
            orders: orderFiles.reduce((sum, { orders }) => sum + orders.length, 0),
            ...sums,
            rejected: refused.length,
          },
          read.map(({ report }) => ({ ...report, flagged: report.flagged.length, notices: report.notices.length, rejected: report.rejected.length })),
          refused,
        );
        return outcome;
      });
    } catch (thrown) {
      if (thrown instanceof DryRun) return thrown.outcome;
      throw thrown;
    }
  }

  /** Items whose order is in the database but in no file of this import; the rest was joined already. */
  async function saveItemsFile(inside: OrdersRepository, file: string, orders: readonly OrderDraft[], shopId: string, now: string, withOrders: boolean, sums: { changed: number; known: number }) {
    const result = await inside.saveItems(orders, shopId, now);
    if (!withOrders && result.matched === 0) fail('ITEMS_WITHOUT_ORDERS', { file, orders: orders.length });
    sums.changed += result.changed;
    if (!withOrders) sums.known += result.matched - result.changed;
    return result.alarms;
  }

  /** Imports into the shop of that name, made when there is none: for the command line. */
  async function importNamed(input: { files: readonly InputFile[]; shop: string; language: Language; mixedShops: boolean }, actor: Actor) {
    const read = await readFiles(input);
    const platform = read.find(({ file }) => file.platform !== 'other')?.file.platform ?? 'other';
    const shop = (await shops.findByName(input.shop)) ?? (await newShop(read, input, platform === 'other' ? 'offline' : platform, actor));
    const report = await importFiles({ files: input.files, shopId: shop.id, dryRun: false, mixedShops: input.mixedShops, language: input.language, source: 'file', read }, actor);
    const numbers = read.filter(({ file }) => file.kind === 'orders').flatMap(({ orders }) => orders.map((order) => order.number));
    return { shop, report, numbers };
  }

  /** A shop for files that will go into it: what they would be refused for is refused before the shop exists. */
  async function newShop(read: readonly ReadOrders[], input: { shop: string; mixedShops: boolean }, platform: Shop['platform'], actor: Actor): Promise<Shop> {
    const shop: Shop = { id: '', name: input.shop, platform, senderAddressId: null, archivedAt: null, createdAt: '' };
    for (const one of read) checkShop(one, shop, input.mixedShops);
    const [items] = read;
    if (items && read.every(({ file }) => file.kind === 'items')) fail('ITEMS_WITHOUT_ORDERS', { file: items.file.file, orders: items.orders.length });
    return shops.create({ name: input.shop, platform, senderAddressId: null }, actor);
  }

  /** What `packbench run` prints: the orders of these files that wait for a label, in the order of the files. */
  async function importForRun(files: readonly InputFile[], shopName: string, actor: Actor) {
    const { shop, report, numbers } = await importNamed({ files, shop: shopName, language: 'en', mixedShops: false }, actor);
    const orderIds: string[] = [];
    for (const number of numbers) {
      const row = await repository.byNumber(shop.id, number);
      if (row?.stage === 'to_print') orderIds.push(row.id);
    }
    return { shop, orders: numbers.length, orderIds, rejected: report.rejected.map(({ file, row, reason }) => ({ file, row, reason })), flagged: report.files.flatMap(({ file, flagged }) => flagged.map(({ row, order, reason }) => ({ file, row, order, reason }))) };
  }

  return {
    importFiles,
    readFiles,
    importNamed,
    importForRun,

    /** What the column page shows of a file that may be any table. */
    async inspect(file: InputFile): Promise<{ recognised: boolean; platform: string; kind: string; confidence: number; sample: string[][]; headerRow: number; columns: Record<string, string>; guesses: { column: string; field: string; confidence: number }[]; presetId: string | null }> {
      const result = await reader.read({ name: file.name, bytes: file.bytes, language: 'zh-CN' });
      const presets = await repository.presets();
      if (!result.ok) {
        const { sample } = result.unknown;
        const header = sample[0] ?? [];
        return { recognised: false, platform: 'other', kind: 'orders', confidence: 0, sample: sample.map((row) => [...row]), headerRow: 1, columns: {}, guesses: guessColumns(header, sample.slice(1)), presetId: presetFor(presets, header)?.id ?? null };
      }
      const { header, mapping, headerRow, platform, kind, confidence } = result.file;
      const columns = Object.fromEntries(Object.entries(mapping).map(([field, column]) => [field, header[column] ?? '']));
      return { recognised: platform !== 'other', platform, kind, confidence, sample: result.sample.map((row) => [...row]), headerRow, columns, guesses: guessColumns(header, result.sample.slice(headerRow)), presetId: presetFor(presets, header)?.id ?? null };
    },

    /** The refused rows of a batch with their reasons, to mend and import again; rows that could not be taken apart have no cells. */
    async rejectedFile(batchId: string): Promise<{ name: string; csv: string }> {
      const rows = await repository.refusedRows(batchId);
      if (rows.length === 0) fail('NOT_FOUND', { what: 'file', id: batchId });
      const table: string[][] = [];
      let headerOf = '';
      for (const row of rows) {
        if (row.cells.length === 0) continue;
        if (row.file !== headerOf) table.push([...row.header, '未导入原因']);
        headerOf = row.file;
        table.push([...row.header.map((_, column) => row.cells[column] ?? ''), row.reason]);
      }
      return { name: `未导入-${batchId.slice(-6)}.csv`, csv: toCsv(table) };
    },

    batches: (limit: number) => repository.batches(limit),
    presets: () => repository.presets(),

    async savePreset(input: { name: string; mapping: Mapping; header: readonly string[] }, actor: Actor): Promise<PresetRecord> {
      const preset: PresetRecord = { id: ids.next('pre'), name: input.name, ...input.mapping, header: input.header.map(headerKey), createdAt: clock.now() };
      await repository.savePreset(preset);
      await audit.record(actor, 'orders.preset', preset.name);
      return (await repository.presets()).find((one) => one.name === input.name) ?? preset;
    },

    removePreset: (id: string) => repository.removePreset(id),
  };
}

function platformOf(shop: Shop, found: string): string {
  return shop.platform === 'offline' && found !== 'other' ? found : shop.platform;
}

function checkShop({ file }: ReadOrders, shop: Shop, mixed: boolean): void {
  if (file.platform !== 'other' && shop.platform !== 'offline' && file.platform !== shop.platform) {
    fail('PLATFORM_DIFFERS', { file: file.file, found: file.platform, shop: shop.name, expected: shop.platform });
  }
  const names = [...new Set(file.orders.map((order) => order.shopName).filter((name) => name !== ''))];
  if (names.length > 1 && !mixed) fail('SHOPS_MIXED', { file: file.file, shops: names });
}

function foreignRows(file: string, orders: readonly OrderDraft[], foreign: ReadonlySet<string>, language: Language): RefusedRow[] {
  if (foreign.size === 0) return [];
  return orders
    .filter((order) => foreign.has(order.number))
    .map(({ row, line }) => {
      const rejected: RejectedRow = { row, line, column: '', code: 'other-shop', reason: rejectTexts['other-shop'][language], cells: [] };
      return { file, rejected, header: [], cells: [] };
    });
}

/** The preset made for a file with this header. */
export function presetFor(presets: readonly PresetRecord[], header: readonly string[]): PresetRecord | undefined {
  const keys = contentHash(header.map(headerKey).join('\u0001'));
  return presets.find((preset) => preset.header.length > 0 && contentHash(preset.header.join('\u0001')) === keys);
}
