/** Changing short names: every change is part of a step, every step can be taken back. */
import { pinyinKeys } from '../../../common/domain/text-pinyin.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { HistoryRow, ItemsRepository } from './repository.ts';

export interface NameEdit {
  readonly itemId: string;
  /** Empty: for every SKU of the item. */
  readonly skuId: string;
  /** Empty takes the name away. */
  readonly name: string;
}

export type NameOrigin = 'hand' | 'import' | 'suggestion' | 'undo';

export type Naming = ReturnType<typeof createNaming>;

export function createNaming({ repository, clock, ids }: { repository: ItemsRepository; clock: Clock; ids: Ids }) {
  type Trx = Parameters<Parameters<ItemsRepository['transaction']>[0]>[0];

  /** Writes edits whose items exist; returns the history rows. The last of several edits of one name counts. */
  async function write(edits: readonly NameEdit[], source: NameOrigin, operator: string, batchId: string, trx: Trx): Promise<HistoryRow[]> {
    const byTarget = new Map(edits.map((edit) => [`${edit.itemId}\n${edit.skuId}`, edit]));
    const itemIds = [...new Set([...byTarget.values()].map((edit) => edit.itemId))];
    const items = new Map((await repository.byIds(itemIds, trx)).map((item) => [item.id, item]));
    const skus = new Map((await repository.skusOf(itemIds, trx)).map((sku) => [sku.id, sku.item_id]));
    const current = new Map((await repository.namesOf(itemIds, trx)).map((name) => [`${name.item_id}\n${name.sku_id}`, name.name]));
    const now = clock.now();
    const rows: HistoryRow[] = [];
    for (const [key, edit] of byTarget) {
      const item = items.get(edit.itemId) ?? fail('NOT_FOUND', { what: 'item', id: edit.itemId });
      if (edit.skuId !== '' && skus.get(edit.skuId) !== edit.itemId) fail('NOT_FOUND', { what: 'item', id: edit.skuId });
      const before = current.get(key) ?? '';
      if (before === edit.name) continue;
      if (edit.name === '') await repository.removeName(edit.itemId, edit.skuId, trx);
      else await repository.putName({ item_id: edit.itemId, sku_id: edit.skuId, name: edit.name, ...pinyinKeys(edit.name), source, updated_at: now }, trx);
      rows.push({ id: ids.next('sn'), batch_id: batchId, position: rows.length, shop_id: item.shop_id, item_id: edit.itemId, sku_id: edit.skuId, before_name: before, after_name: edit.name, source, operator, at: now, undone_by: '' });
    }
    await repository.insertHistory(rows, trx);
    return rows;
  }

  return {
    /** All or nothing. */
    async apply(edits: readonly NameEdit[], source: NameOrigin, operator: string): Promise<{ batchId: string; changed: number }> {
      const batchId = ids.next('snb');
      const rows = await repository.transaction((trx) => write(edits, source, operator, batchId, trx));
      return { batchId, changed: rows.length };
    },

    /** Takes a step back. A name somebody changed since stays as it is and is counted in `kept`. NOT_FOUND when nothing stands. */
    async undo(input: { batchId?: string | undefined; shopId?: string | undefined }, operator: string): Promise<{ batchId: string; changed: number; kept: number }> {
      const target = input.batchId ?? (await repository.lastBatch(input.shopId)) ?? fail('NOT_FOUND', { what: 'step', id: '' });
      const batchId = ids.next('snb');
      return repository.transaction(async (trx) => {
        const rows = await repository.batch(target, trx);
        if (rows.length === 0 || rows.some((row) => row.undone_by !== '')) fail('NOT_FOUND', { what: 'step', id: target });
        const names = new Map((await repository.namesOf([...new Set(rows.map((row) => row.item_id))], trx)).map((name) => [`${name.item_id}\n${name.sku_id}`, name.name]));
        const still = rows.filter((row) => (names.get(`${row.item_id}\n${row.sku_id}`) ?? '') === row.after_name);
        const done = await write(still.map((row) => ({ itemId: row.item_id, skuId: row.sku_id, name: row.before_name })), 'undo', operator, batchId, trx);
        await repository.markUndone(target, batchId, trx);
        return { batchId, changed: done.length, kept: rows.length - still.length };
      });
    },
  };
}
