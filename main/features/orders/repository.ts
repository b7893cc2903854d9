/** The SQL of orders that is neither a search (query.ts) nor a write of orders (store.ts): batches, refused rows, presets, views. */
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ViewQuery } from '../../../common/contract/orders.ts';
import { viewQuerySchema } from '../../../common/contract/orders.ts';
import type { Mapping } from '../../../common/contract/import.ts';
import type { RejectedRow } from '../../../common/domain/orders/types.ts';
import type { ImportBatchTable } from '../../database/tables/orders.ts';
import { parts } from './repository/bulk.ts';
import type { Db } from './repository/bulk.ts';
import { askAnew, openQuestions, writeAnswers } from './repository/carrier-answers.ts';
import { countOrders } from './repository/counts.ts';
import { refillIndex } from './repository/documents.ts';
import { isWaiting, linesOf, listByCarrier, listOrders, sharedRecipients } from './repository/query.ts';
import type { OrderRow } from './repository/rows.ts';
import { changeOrders, saveDrafts, saveItems, tryDrafts } from './repository/store.ts';

export interface BatchRecord {
  readonly id: string;
  readonly shopId: string;
  readonly at: string;
  readonly operator: string;
  readonly stationId: string;
  readonly source: string;
  readonly files: readonly string[];
  readonly orders: number;
  readonly added: number;
  readonly changed: number;
  readonly known: number;
  readonly rejected: number;
}

export interface RefusedRow {
  readonly file: string;
  readonly rejected: RejectedRow;
  readonly header: readonly string[];
  readonly cells: readonly string[];
}

export interface PresetRecord extends Mapping {
  readonly id: string;
  readonly name: string;
  readonly header: readonly string[];
  readonly createdAt: string;
}

export interface ViewRecord {
  readonly id: string;
  readonly name: string;
  readonly query: ViewQuery;
  readonly columns: readonly string[];
  readonly position: number;
}

export type OrdersRepository = ReturnType<typeof createOrdersRepository>;

const strings = z.array(z.string());
const columnsSchema = z.record(z.string(), z.string());
/** What the report of an import keeps of a file, as far as the next one is known by it. */
const importedFile = z.object({ shopId: z.string(), platform: z.string(), shops: z.array(z.string()).default([]), header: z.string().default('') });

export function createOrdersRepository(db: Db) {
  return {
    /** Runs the work in one transaction; inside, make the repository of the transaction. */
    transaction: <T>(work: (trx: Db) => Promise<T>): Promise<T> => db.transaction().execute(work),

    list: (query: Parameters<typeof listOrders>[1], now: string) => listOrders(db, query, now),
    listByCarrier: (...args: DropFirst<Parameters<typeof listByCarrier>>) => listByCarrier(db, ...args),
    askAnew: (orderIds: readonly string[]) => askAnew(db, orderIds),
    openQuestions: (stamp: string, limit: number) => openQuestions(db, stamp, limit),
    writeAnswers: (...args: DropFirst<Parameters<typeof writeAnswers>>) => writeAnswers(db, ...args),
    counts: (shopIds: readonly string[] | undefined, now: string) => countOrders(db, shopIds, now),
    linesOf: (orderIds: readonly string[]) => linesOf(db, orderIds),
    sharedRecipients: (keys: readonly string[]) => sharedRecipients(db, keys),
    saveDrafts: (...args: DropFirst<Parameters<typeof saveDrafts>>) => saveDrafts(db, ...args),
    tryDrafts: (...args: DropFirst<Parameters<typeof tryDrafts>>) => tryDrafts(db, ...args),
    saveItems: (...args: DropFirst<Parameters<typeof saveItems>>) => saveItems(db, ...args),
    refillIndex: () => refillIndex(db),
    change: (...args: DropFirst<Parameters<typeof changeOrders>>) => changeOrders(db, ...args),

    /** Orders in the order of the ids given; unknown ones are left out. */
    async byIds(orderIds: readonly string[]): Promise<OrderRow[]> {
      const found = new Map<string, OrderRow>();
      for (const part of parts(orderIds)) {
        for (const row of await db.selectFrom('orders').selectAll().where('id', 'in', [...part]).execute()) found.set(row.id, row);
      }
      return orderIds.flatMap((id) => found.get(id) ?? []);
    },

    /** Orders at these places, in no order. */
    async bySeqs(seqs: readonly number[]): Promise<OrderRow[]> {
      const rows: OrderRow[] = [];
      for (const part of parts(seqs)) rows.push(...(await db.selectFrom('orders').selectAll().where('seq', 'in', [...part]).execute()));
      return rows;
    },

    async byNumber(shopId: string, number: string): Promise<OrderRow | undefined> {
      return db.selectFrom('orders').selectAll().where('number', '=', number).where('shop_id', '=', shopId).executeTakeFirst();
    },

    /** Orders of this number, in whatever shop. */
    async idsByNumber(number: string): Promise<string[]> {
      return (await db.selectFrom('orders').select('id').where('number', '=', number).orderBy('seq', 'desc').limit(20).execute()).map((row) => row.id);
    },

    /** Orders to print that go to one of these recipients. */
    async waitingByRecipient(keys: readonly string[]): Promise<OrderRow[]> {
      const rows: OrderRow[] = [];
      for (const part of parts(keys)) {
        rows.push(...(await db.selectFrom('orders').selectAll().where(isWaiting).where('recipient_key', 'in', [...part]).execute()));
      }
      return rows;
    },

    /** Recipient keys that two or more orders to print share. */
    async crowdedRecipients(shopIds: readonly string[] | undefined, limit: number): Promise<string[]> {
      let select = db
        .selectFrom('orders')
        .select('recipient_key')
        .where(isWaiting)
        .where('recipient_key', '<>', '')
        .groupBy('recipient_key')
        .having((eb) => eb.fn.countAll(), '>', 1)
        .limit(limit);
      if (shopIds && shopIds.length > 0) select = select.where('shop_id', 'in', [...shopIds]);
      return (await select.execute()).map((row) => row.recipient_key);
    },

    /** Orders whose receiver the platform hides and that it says share one with others: of the shops, or of these keys. */
    async hiddenByMergeKey({ shopIds, keys }: { shopIds?: readonly string[]; keys?: readonly string[] }): Promise<OrderRow[]> {
      // Written out, so that the partial index of orders with a key is used.
      let select = db.selectFrom('orders').selectAll().where(sql<boolean>`merge_key <> ''`).where('stage', '=', 'problem').where('receiver_state', '<>', 'full').orderBy('seq').limit(5_000);
      if (shopIds && shopIds.length > 0) select = select.where('shop_id', 'in', [...shopIds]);
      if (keys) select = select.where('merge_key', 'in', [...keys].slice(0, 5_000));
      return keys?.length === 0 ? [] : select.execute();
    },

    /** Takes or prolongs the lock of those nobody else holds; everything else about them stays, their version too. */
    async lock(orderIds: readonly string[], { holder, by, until }: { holder: string; by: string; until: string }, now: string): Promise<void> {
      for (const part of parts(orderIds)) {
        await db
          .updateTable('orders')
          .set({ lock_station: holder, lock_by: by, lock_until: until })
          .where('id', 'in', [...part])
          .where((eb) => eb.or([eb('lock_station', 'in', ['', holder]), eb('lock_until', '<', now)]))
          .execute();
      }
    },

    /** How many were let go of. */
    async unlock(orderIds: readonly string[], holder: string): Promise<number> {
      let freed = 0;
      for (const part of parts(orderIds)) {
        const result = await db.updateTable('orders').set({ lock_station: '', lock_by: '', lock_until: '' }).where('id', 'in', [...part]).where('lock_station', '=', holder).executeTakeFirst();
        freed += Number(result.numUpdatedRows);
      }
      return freed;
    },

    async insertBatch(batch: BatchRecord, report: unknown, refused: readonly RefusedRow[]): Promise<void> {
      await db
        .insertInto('import_batches')
        .values({
          id: batch.id,
          shop_id: batch.shopId,
          at: batch.at,
          operator: batch.operator,
          station_id: batch.stationId,
          source: batch.source,
          files: JSON.stringify(batch.files),
          orders: batch.orders,
          added: batch.added,
          changed: batch.changed,
          known: batch.known,
          rejected: batch.rejected,
          report: JSON.stringify(report),
        })
        .execute();
      for (const part of parts(refused, 50)) {
        await db
          .insertInto('import_rows')
          .values(
            part.map(({ file, rejected, header, cells }) => ({
              batch_id: batch.id,
              file,
              row: rejected.row,
              line: rejected.line,
              column_name: rejected.column,
              code: rejected.code,
              reason: rejected.reason,
              cells: JSON.stringify(cells),
              header: JSON.stringify(header),
            })),
          )
          .execute();
      }
    },

    async batches(limit: number): Promise<BatchRecord[]> {
      return (await db.selectFrom('import_batches').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(batchOf);
    },

    async batch(id: string): Promise<BatchRecord | undefined> {
      const row = await db.selectFrom('import_batches').selectAll().where('id', '=', id).executeTakeFirst();
      return row && batchOf(row);
    },

    /** Files of the latest imports with the shop they went to, latest first. */
    async filesImported(limit: number): Promise<z.infer<typeof importedFile>[]> {
      const rows = await db.selectFrom('import_batches').select(['shop_id', 'report']).orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.flatMap((row) => z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(row.report)).map((file) => importedFile.parse({ ...file, shopId: row.shop_id })));
    },

    async refusedRows(batchId: string): Promise<{ file: string; row: number; line: number; column: string; code: string; reason: string; header: string[]; cells: string[] }[]> {
      const rows = await db.selectFrom('import_rows').selectAll().where('batch_id', '=', batchId).orderBy('file').orderBy('row').execute();
      return rows.map((row) => ({ file: row.file, row: row.row, line: row.line, column: row.column_name, code: row.code, reason: row.reason, header: strings.parse(JSON.parse(row.header)), cells: strings.parse(JSON.parse(row.cells)) }));
    },

    async presets(): Promise<PresetRecord[]> {
      const rows = await db.selectFrom('column_presets').selectAll().orderBy('name').execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        platform: row.platform as Mapping['platform'],
        kind: row.kind as Mapping['kind'],
        columns: columnsSchema.parse(JSON.parse(row.columns)),
        header: strings.parse(JSON.parse(row.header)),
        createdAt: row.created_at,
      }));
    },

    /** A preset of the same name is replaced. */
    async savePreset(preset: PresetRecord): Promise<void> {
      const row = { name: preset.name, platform: preset.platform, kind: preset.kind, columns: JSON.stringify(preset.columns), header: JSON.stringify(preset.header), created_at: preset.createdAt };
      await db
        .insertInto('column_presets')
        .values({ id: preset.id, ...row })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
        .execute();
    },

    async renamePreset(id: string, name: string): Promise<void> {
      await db.updateTable('column_presets').set({ name }).where('id', '=', id).execute();
    },

    async removePreset(id: string): Promise<void> {
      await db.deleteFrom('column_presets').where('id', '=', id).execute();
    },

    async views(): Promise<ViewRecord[]> {
      const rows = await db.selectFrom('order_views').selectAll().orderBy('position').orderBy('id').execute();
      return rows.map((row) => ({ id: row.id, name: row.name, query: readViewQuery(JSON.parse(row.query)), columns: strings.parse(JSON.parse(row.columns)), position: row.position }));
    },

    async saveView(view: ViewRecord, now: string): Promise<void> {
      const row = { name: view.name, query: JSON.stringify(view.query), columns: JSON.stringify(view.columns), position: view.position };
      await db
        .insertInto('order_views')
        .values({ id: view.id, ...row, created_at: now })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },

    async removeView(id: string): Promise<void> {
      await db.deleteFrom('order_views').where('id', '=', id).execute();
    },
  };
}

function batchOf(row: Selectable<ImportBatchTable>): BatchRecord {
  return {
    id: row.id,
    shopId: row.shop_id,
    at: row.at,
    operator: row.operator,
    stationId: row.station_id,
    source: row.source,
    files: strings.parse(JSON.parse(row.files)),
    orders: row.orders,
    added: row.added,
    changed: row.changed,
    known: row.known,
    rejected: row.rejected,
  };
}

type DropFirst<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

/** A view another version of the program kept: what is not understood is left out, the rest still filters. */
function readViewQuery(stored: unknown): ViewQuery {
  const found = viewQuerySchema.safeParse(stored);
  if (found.success) return found.data;
  if (typeof stored !== 'object' || stored === null) return {};
  const wrong = new Set(found.error.issues.map((issue) => issue.path[0]));
  return viewQuerySchema.catch({}).parse(Object.fromEntries(Object.entries(stored).filter(([key]) => !wrong.has(key))));
}
