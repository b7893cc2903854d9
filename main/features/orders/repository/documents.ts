/** Orders as documents of the search index: one at a time as they change, and all of them where an update emptied it. */
import { parts } from './bulk.ts';
import type { Db } from './bulk.ts';
import { rowTerms } from './rows.ts';
import type { OrderRow } from './rows.ts';
import { indexDocuments, isIndexEmpty, lockIndex } from './search-index.ts';
import type { SearchDocument } from './search-index.ts';

export function documentOf(row: OrderRow, goodsIds: readonly string[]): SearchDocument {
  return { seq: row.seq, stage: row.stage, terms: rowTerms(row, goodsIds) };
}

/**
 * Writes the index of all orders where it is empty: an update that changes what orders are found by empties it. All or nothing, so
 * that a start broken off begins again. Tells how many were written.
 */
export async function refillIndex(db: Db): Promise<number> {
  if (!(await isIndexEmpty(db))) return 0;
  return db.transaction().execute(async (trx) => {
    await lockIndex(trx);
    // Another host of the same server may have been quicker.
    if (!(await isIndexEmpty(trx))) return 0;
    let written = 0;
    for (let after = -1; ; ) {
      const rows = await trx.selectFrom('orders').selectAll().where('seq', '>', after).orderBy('seq').limit(500).execute();
      if (rows.length === 0) return written;
      const goodsOf = await goodsIdsOf(trx, rows.map((row) => row.id));
      await indexDocuments(trx, rows.map((row) => documentOf(row, goodsOf.get(row.id) ?? [])));
      written += rows.length;
      after = Number(rows.at(-1)?.seq);
    }
  });
}

export async function goodsIdsOf(db: Db, orderIds: readonly string[]): Promise<Map<string, string[]>> {
  const goodsOf = new Map<string, string[]>();
  for (const part of parts(orderIds)) {
    const rows = await db.selectFrom('order_lines').select(['order_id', 'goods_id']).where('order_id', 'in', [...part]).execute();
    for (const row of rows) goodsOf.set(row.order_id, [...(goodsOf.get(row.order_id) ?? []), row.goods_id]);
  }
  return goodsOf;
}
