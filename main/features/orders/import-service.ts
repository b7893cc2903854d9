/** Bringing files in: read in the worker, checked against the shop, tried or saved, reported row by row. */
import { toCsv } from '../../../common/domain/orders/export.ts';
import { columnNames, comparableHeader } from '../../../common/domain/orders/column-names.ts';
import { guessColumns } from '../../../common/domain/orders/guess.ts';
import { guessHeaderRow } from '../../../common/domain/orders/header-row.ts';
import { reasonColumn, rejectReason } from '../../../common/domain/orders/texts.ts';
import type { Language } from '../../../common/domain/orders/texts.ts';
import type { OrderDraft } from '../../../common/domain/orders/types.ts';
import type { ImportBatch, ImportLook, ImportReport, Inspection, Mapping } from '../../../common/contract/import.ts';
import type { Platform, Shop } from '../../../common/contract/shops.ts';
import { fail, isFailure } from '../../../common/errors.ts';
import type { AppError } from '../../../common/errors.ts';
import type { Clock, Ids, Log } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { ShopsService } from '../shops/service.ts';
import type { OrderFileReader } from './files/reader.ts';
import { headerText, saveImport, total } from './import-save.ts';
import type { SaveOutcome } from './import-save.ts';
import { checkShop, platformOfFiles, proposeShop } from './import-shop.ts';
import type { ShopProposal } from './import-shop.ts';
import { createImporter, presetOf } from './importer.ts';
import type { FilesControl, InputFile, ReadFile, ReadOrders } from './importer.ts';
import type { KeptReads } from './kept-reads.ts';
import type { OrdersRepository, PresetRecord } from './repository.ts';

export interface ImportDeps {
  readonly repository: OrdersRepository;
  readonly reader: Pick<OrderFileReader, 'read'>;
  /** Files read at a look, for the import that follows. */
  readonly kept: KeptReads<ReadFile>;
  readonly shops: ShopsService;
  readonly audit: AuditService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly changes: Pick<Changes, 'emit'>;
  /** Hours from payment to shipping where a file promises nothing. */
  readonly promiseHours: () => Promise<number>;
  /** Called after orders came in, outside the transaction, with what the files held: new items, automatic merging, notices to screens. */
  readonly onImported: (shopId: string, orders: readonly OrderDraft[]) => Promise<void>;
}

interface FilesRequest {
  readonly files: readonly InputFile[];
  /** Takes files that name several shops into one. */
  readonly mixedShops: boolean;
  /** Only the orders whose file names this shop; empty: those that name none. */
  readonly onlyShop?: string | undefined;
  readonly language: Language;
}

export interface ImportRequest extends FilesRequest {
  readonly shopId: string;
  readonly dryRun: boolean;
  readonly source: 'file' | 'folder' | 'paste';
  /** The files when they were read already. */
  readonly read?: readonly ReadOrders[];
}

export interface NewShop {
  readonly name: string;
  readonly platform: Platform;
}

export interface ImportControl extends FilesControl {
  readonly onSaved?: (file: string, done: number) => void;
}

/** A file with what it holds, or why it cannot be read. */
type LookedAt = ReadOrders | { readonly input: InputFile; readonly failure: AppError };

/** Files of earlier imports looked at when a shop is proposed. */
const remembered = 200;

export type ImportService = ReturnType<typeof createImportService>;

export function createImportService(deps: ImportDeps) {
  const { repository, reader, shops, audit, clock, ids, log } = deps;
  const importer = createImporter({ reader, kept: deps.kept });

  /** The files read and joined, nothing saved. Errors: FILE_REFUSED, TABLE_UNKNOWN, CANCELLED. */
  async function readFiles(request: Pick<FilesRequest, 'files' | 'language' | 'onlyShop'>, control: FilesControl = {}, onRefused?: (file: InputFile, failure: { error: AppError }) => void): Promise<ReadOrders[]> {
    const { files, language, onlyShop } = request;
    return importer.readFiles({ files, language, presets: await repository.presets(), ...(onlyShop !== undefined && { onlyShop }), ...(onRefused && { onRefused }) }, control);
  }

  async function save(read: readonly ReadOrders[], shop: Shop, request: Pick<ImportRequest, 'dryRun' | 'source' | 'language'>, actor: Actor, control: ImportControl): Promise<SaveOutcome> {
    const { dryRun, source, language } = request;
    return saveImport({ repository, ids }, { read, shop, source, language, dryRun, actor, now: clock.now(), promiseHours: await deps.promiseHours(), signal: control.signal, onSaved: control.onSaved });
  }

  /** Saves what was read and checked, and tells the rest of the program. */
  async function bringIn(read: readonly ReadOrders[], shop: Shop, request: Pick<ImportRequest, 'dryRun' | 'source' | 'language' | 'onlyShop'>, actor: Actor, control: ImportControl = {}): Promise<ImportReport> {
    if (control.signal?.aborted) fail('CANCELLED', { what: shop.name });
    const outcome = await save(read, shop, request, actor, control);
    const report = reportOf(read, outcome, request.dryRun);
    if (request.dryRun) return report;
    const { added, changed, known } = report;
    log.info('orders.import', { batchId: outcome.batchId, shopId: shop.id, files: read.length, added, changed, rejected: outcome.refused.length });
    await audit.record(actor, 'orders.import', outcome.batchId, { added, changed, known, rejected: outcome.refused.length });
    // Of files that mix shops the next part is still to come.
    if (request.onlyShop === undefined) for (const { input } of read) if (input.id !== undefined) deps.kept.drop(input.id);
    if (added + changed > 0) await deps.onImported(shop.id, read.flatMap(({ orders }) => orders));
    return report;
  }

  /**
   * Errors: NOT_FOUND (shop), FILE_REFUSED, TABLE_UNKNOWN, SHOPS_MIXED, PLATFORM_DIFFERS, ITEMS_WITHOUT_ORDERS, CANCELLED. Any of them
   * leaves everything as it was.
   */
  async function importFiles(request: ImportRequest, actor: Actor, control: ImportControl = {}): Promise<ImportReport> {
    const shop = await shops.get(request.shopId);
    const read = request.read ?? (await readFiles(request, control));
    checkShop(read, shop, request.mixedShops);
    return bringIn(read, shop, request, actor, control);
  }

  /** The same into a shop made for it, which is made only when nothing stands in the way any more. */
  async function importIntoNew(request: Omit<ImportRequest, 'shopId'>, made: NewShop, actor: Actor, control: ImportControl = {}): Promise<ImportReport> {
    const read = await readFiles(request, control);
    return bringIn(read, await newShop(read, made, request.mixedShops, actor), request, actor, control);
  }

  async function newShop(read: readonly ReadOrders[], { name, platform }: NewShop, mixed: boolean, actor: Actor): Promise<Shop> {
    checkShop(read, { name, platform }, mixed);
    const [items] = read;
    if (items && read.every(({ file }) => file.kind === 'items')) fail('ITEMS_WITHOUT_ORDERS', { file: items.file.file, orders: items.orders.length });
    const shop = await shops.create({ name, platform, senderAddressId: null }, actor);
    deps.changes.emit('shops');
    return shop;
  }

  /**
   * What the files hold, which shop they belong to and what the import would do; nothing is saved. `shopId` null: the shop is proposed;
   * empty: it is a new one. Files that cannot be read are told beside the others. Errors: CANCELLED, NOT_FOUND (shop).
   */
  async function look(request: FilesRequest & { readonly shopId: string | null }, actor: Actor, control: ImportControl = {}): Promise<{ files: LookedAt[]; shop: ImportLook['shop']; report: ImportReport | null; problem: AppError | null }> {
    const refused = new Map<InputFile, AppError>();
    const read = await readFiles(request, control, (file, { error }) => refused.set(file, error));
    const given = request.shopId === null || request.shopId === '' ? undefined : await shops.get(request.shopId);
    const proposal = await propose(read, request.onlyShop !== undefined);
    const wanted = given ?? (request.shopId === '' || proposal.id === null ? undefined : await shops.get(proposal.id));
    const shop: ImportLook['shop'] = { ...proposal, id: wanted?.id ?? null, name: wanted?.name ?? '', reason: given ? 'chosen' : wanted ? proposal.reason : null };
    const files = request.files.flatMap((input): LookedAt[] => {
      const failure = refused.get(input);
      return failure ? [{ input, failure }] : read.filter((one) => one.input === input);
    });
    try {
      if (read.length === 0) return { files, shop, report: null, problem: null };
      const into: Shop = wanted ?? { id: '', name: shop.newName, platform: shop.platform, senderAddressId: null, archivedAt: null, createdAt: '' };
      checkShop(read, into, request.mixedShops);
      const outcome = await save(read, into, { dryRun: true, source: 'file', language: request.language }, actor, control);
      return { files, shop, report: reportOf(read, outcome, true), problem: null };
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.error.code === 'CANCELLED') throw thrown;
      return { files, shop, report: null, problem: thrown.error };
    }
  }

  async function propose(read: readonly ReadOrders[], oneOfSeveral: boolean): Promise<ShopProposal> {
    const [live, before] = await Promise.all([shops.list({ archived: false }), repository.filesImported(remembered)]);
    return proposeShop(read, live, before, ({ file }) => headerText(file.header), oneOfSeveral);
  }

  /** Imports into the shop of that name, made when there is none: for the command line. */
  async function importNamed(input: { files: readonly InputFile[]; shop: string; language: Language; mixedShops: boolean }, actor: Actor) {
    const read = await readFiles(input, {});
    const platform = platformOfFiles(read);
    const known = await shops.findByName(input.shop);
    if (known) checkShop(read, known, input.mixedShops);
    const shop = known ?? (await newShop(read, { name: input.shop, platform: platform === 'other' ? 'offline' : platform }, input.mixedShops, actor));
    const report = await bringIn(read, shop, { dryRun: false, source: 'file', language: input.language }, actor);
    const numbers = read.filter(({ file }) => file.kind === 'orders').flatMap(({ orders }) => orders.map((order) => order.number));
    return { shop, report, numbers };
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
    readFiles,
    importFiles,
    importIntoNew,
    look,
    importNamed,
    importForRun,

    /** What the column page shows of a file that may be any table. Errors: FILE_REFUSED. */
    async inspect(file: InputFile, where: { sheet?: string | undefined; headerRow?: number | undefined } = {}): Promise<Inspection> {
      const result = await reader.read({ name: file.name, bytes: file.bytes, language: 'zh-CN', ...(where.sheet !== undefined && { sheet: where.sheet }) });
      const sample = (result.ok ? result.sample : result.unknown.sample).map((row) => [...row]);
      const headerRow = where.headerRow ?? (result.ok ? result.file.headerRow : guessHeaderRow(sample));
      const width = Math.max(0, ...sample.map((cells) => cells.length));
      const names = columnNames(Array.from({ length: width }, (_, column) => (headerRow === 0 ? '' : (sample[headerRow - 1]?.[column] ?? ''))));
      return {
        sheets: [...result.sheets],
        sheet: result.ok ? result.file.sheet : result.unknown.sheet,
        platform: result.ok ? result.file.platform : 'other',
        sample,
        headerRow,
        names,
        guesses: guessColumns(names, sample.slice(headerRow)),
        presetId: presetOf(result, await repository.presets())?.id ?? null,
      };
    },

    /** The refused rows of a batch with their reasons, to mend and import again; rows that could not be taken apart have no cells. */
    async rejectedFile(batchId: string, language: Language): Promise<{ name: string; csv: string }> {
      const rows = await repository.refusedRows(batchId);
      if (rows.length === 0) fail('NOT_FOUND', { what: 'file', id: batchId });
      const table: string[][] = [];
      let headerOf = '';
      for (const row of rows) {
        if (row.cells.length === 0) continue;
        if (row.file !== headerOf) table.push([...row.header, reasonColumn[language]]);
        headerOf = row.file;
        table.push([...row.header.map((_, column) => row.cells[column] ?? ''), rejectReason(row.code, language, row.reason)]);
      }
      return { name: `${language === 'en' ? 'not-imported' : '未导入'}-${batchId.slice(-6)}.csv`, csv: toCsv(table) };
    },

    batches: (limit: number) => repository.batches(limit),

    /** One import and the rows it did not take. Errors: NOT_FOUND. */
    async batch(batchId: string): Promise<{ batch: ImportBatch; rejected: ImportReport['rejected'] }> {
      const batch = (await repository.batch(batchId)) ?? fail('NOT_FOUND', { what: 'batch', id: batchId });
      const rejected = (await repository.refusedRows(batchId)).map(({ file, row, line, column, reason, code }) => ({ file, row, line, column, reason, code }));
      return { batch: { ...batch, files: [...batch.files] }, rejected };
    },

    presets: () => repository.presets(),

    async savePreset(input: { name: string; mapping: Mapping; header: readonly string[] }, actor: Actor): Promise<PresetRecord> {
      const preset: PresetRecord = { id: ids.next('pre'), name: input.name, ...input.mapping, header: comparableHeader(input.header), createdAt: clock.now() };
      await repository.savePreset(preset);
      await audit.record(actor, 'orders.preset', preset.name);
      return (await repository.presets()).find((one) => one.name === input.name) ?? preset;
    },

    /** Errors: NOT_FOUND, CONFLICT when another preset has that name. */
    async renamePreset(id: string, name: string): Promise<void> {
      const presets = await repository.presets();
      if (!presets.some((preset) => preset.id === id)) fail('NOT_FOUND', { what: 'preset', id });
      if (presets.some((preset) => preset.name === name && preset.id !== id)) fail('CONFLICT', { what: 'preset', id, reason: 'name' });
      await repository.renamePreset(id, name);
    },

    removePreset: (id: string) => repository.removePreset(id),
  };
}

function reportOf(read: readonly ReadOrders[], outcome: SaveOutcome, dryRun: boolean): ImportReport {
  return {
    batchId: dryRun ? null : outcome.batchId,
    files: read.map(({ report }, index) => {
      const sums = outcome.files[index] ?? { added: 0, changed: 0, known: 0 };
      // The orders of an items file that came alone were found here.
      const found = report.kind === 'items' && sums.changed + sums.known > 0;
      return { ...report, notices: found ? report.notices.filter(({ code }) => code !== 'items-without-orders') : report.notices, ...sums };
    }),
    ...total(outcome.files),
    alarms: [...outcome.alarms],
    rejected: outcome.refused.map(({ file, rejected: { row, line, column, reason, code } }) => ({ file, row, line, column, reason, code })),
  };
}
