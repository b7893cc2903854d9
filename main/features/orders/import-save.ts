/** Orders that were read, into the database in one transaction, or only tried. */
import { comparableHeader } from '../../../common/domain/orders/column-names.ts';
import { rejectTexts } from '../../../common/domain/orders/texts.ts';
import type { Language } from '../../../common/domain/orders/texts.ts';
import type { OrderDraft, OrderFile, RejectedRow } from '../../../common/domain/orders/types.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { fail } from '../../../common/errors.ts';
import type { Ids } from '../../ports/index.ts';
import type { Actor } from '../audit/service.ts';
import type { ReadOrders } from './importer.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository, RefusedRow } from './repository.ts';
import type { DraftContext } from './repository/rows.ts';

export interface SaveInput {
  readonly read: readonly ReadOrders[];
  readonly shop: Shop;
  readonly source: 'file' | 'folder' | 'paste';
  readonly language: Language;
  readonly dryRun: boolean;
  readonly actor: Actor;
  readonly now: string;
  readonly promiseHours: number;
  readonly signal?: AbortSignal | undefined;
  readonly onSaved?: ((file: string, done: number) => void) | undefined;
}

export interface Sums {
  readonly added: number;
  readonly changed: number;
  readonly known: number;
}

export interface SaveOutcome {
  readonly batchId: string;
  /** One for each file read. */
  readonly files: readonly Sums[];
  readonly alarms: readonly { readonly order: string; readonly alarm: string }[];
  readonly refused: readonly RefusedRow[];
}

/** Undoes the transaction of a dry run after it told what would happen. */
class DryRun extends Error {
  readonly outcome: SaveOutcome;
  constructor(outcome: SaveOutcome) {
    super('dry run');
    this.outcome = outcome;
  }
}

export function total(files: readonly Sums[]): Sums {
  return files.reduce((sum, one) => ({ added: sum.added + one.added, changed: sum.changed + one.changed, known: sum.known + one.known }), { added: 0, changed: 0, known: 0 });
}

/** All or nothing. Errors: ITEMS_WITHOUT_ORDERS, CANCELLED. */
export async function saveImport({ repository, ids }: { repository: OrdersRepository; ids: Ids }, input: SaveInput): Promise<SaveOutcome> {
  const { read, shop, now, actor, signal } = input;
  const contextOf = (platform: string): DraftContext => ({ shopId: shop.id, platform: platformOf(shop, platform), batchId, source: input.source, now, promiseHours: input.promiseHours });
  const progressOf = (file: string) => (done: number): void => {
    if (signal?.aborted) fail('CANCELLED', { what: file });
    input.onSaved?.(file, done);
  };
  const batchId = ids.next('imp');
  const withOrders = read.some(({ file }) => file.kind === 'orders');
  const [only] = read;
  if (input.dryRun && only && read.length === 1 && withOrders) {
    // No other file can bring the same orders again: comparing tells all.
    const { file, orders } = only;
    const { added, changed, known, alarms, foreign } = await repository.tryDrafts(orders, contextOf(file.platform), progressOf(file.file));
    return { batchId, files: [{ added, changed, known }], alarms, refused: [...refusedRows(file), ...foreignRows(file.file, orders, foreign, input.language)] };
  }
  try {
    return await repository.transaction(async (trx) => {
      const inside = createOrdersRepository(trx);
      const files: Sums[] = [];
      const alarms: { order: string; alarm: string }[] = [];
      const refused: RefusedRow[] = [];
      for (const { file, orders } of read) {
        refused.push(...refusedRows(file));
        if (file.kind === 'items') {
          const items = await saveItemsFile(inside, file.file, orders, shop.id, now, withOrders);
          files.push(items.sums);
          alarms.push(...items.alarms);
          continue;
        }
        const result = await inside.saveDrafts(orders, contextOf(file.platform), ids, progressOf(file.file));
        files.push({ added: result.added, changed: result.changed, known: result.known });
        alarms.push(...result.alarms);
        refused.push(...foreignRows(file.file, orders, result.foreign, input.language));
      }
      const outcome: SaveOutcome = { batchId, files, alarms, refused };
      if (input.dryRun) throw new DryRun(outcome);
      await inside.insertBatch(
        {
          id: batchId,
          shopId: shop.id,
          at: now,
          operator: actor.operator,
          stationId: actor.station.id,
          source: input.source,
          files: read.map(({ file }) => file.file),
          orders: read.reduce((sum, { file, orders }) => sum + (file.kind === 'orders' ? orders.length : 0), 0),
          ...total(files),
          rejected: refused.length,
        },
        read.map(({ file, report }) => ({ ...report, header: headerText(file.header), flagged: report.flagged.length, notices: report.notices.length, rejected: report.rejected.length })),
        refused,
      );
      return outcome;
    });
  } catch (thrown) {
    if (thrown instanceof DryRun) return thrown.outcome;
    throw thrown;
  }
}

/** A header as one text by which the next file like it is known. */
export function headerText(header: readonly string[]): string {
  return comparableHeader(header).join('\u0001');
}

/** Items whose order is in the database but in no file of this import; the rest was joined already. */
async function saveItemsFile(inside: OrdersRepository, file: string, orders: readonly OrderDraft[], shopId: string, now: string, withOrders: boolean): Promise<{ sums: Sums; alarms: SaveOutcome['alarms'] }> {
  const result = await inside.saveItems(orders, shopId, now);
  if (!withOrders && result.matched === 0) fail('ITEMS_WITHOUT_ORDERS', { file, orders: orders.length });
  return { sums: { added: 0, changed: result.changed, known: withOrders ? 0 : result.matched - result.changed }, alarms: result.alarms };
}

function platformOf(shop: Shop, found: string): string {
  return shop.platform === 'offline' && found !== 'other' ? found : shop.platform;
}

function refusedRows({ file, header, rejected }: OrderFile): RefusedRow[] {
  return rejected.map((row): RefusedRow => ({ file, rejected: row, header, cells: row.cells }));
}

function foreignRows(file: string, orders: readonly OrderDraft[], numbers: readonly string[], language: Language): RefusedRow[] {
  if (numbers.length === 0) return [];
  const foreign = new Set(numbers);
  return orders
    .filter((order) => foreign.has(order.number))
    .map(({ row, line }) => {
      const rejected: RejectedRow = { row, line, column: '', code: 'other-shop', reason: rejectTexts['other-shop'][language], cells: [] };
      return { file, rejected, header: [], cells: [] };
    });
}
