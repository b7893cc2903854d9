import { sql } from 'kysely';
import type { ExpressionBuilder, Kysely, Selectable, Transaction } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { ItemSkuTable, ItemTable, ShortNameHistoryTable, ShortNameTable } from '../../database/tables/book.ts';

export type ItemRow = Selectable<ItemTable>;
export type SkuRow = Selectable<ItemSkuTable>;
export type NameRow = Selectable<ShortNameTable>;
export type HistoryRow = Selectable<ShortNameHistoryTable>;
type Db = Kysely<Database> | Transaction<Database>;

/** Values per statement: SQLite and PostgreSQL both take more, but not without limit. */
const perStatement = 400;
const rowsPerInsert = 60;

export interface ItemQuery {
  readonly shopId?: string | undefined;
  readonly search: string;
  readonly filter: 'all' | 'unnamed' | 'named' | 'archived';
  readonly since?: string | undefined;
}

export type ItemsRepository = ReturnType<typeof createItemsRepository>;

/** The only SQL of items, SKUs, short names and their history. */
export function createItemsRepository(db: Kysely<Database>) {
  const base = (query: ItemQuery, at: Db) => {
    let select = at.selectFrom('items').where('items.archived_at', query.filter === 'archived' ? 'is not' : 'is', null);
    if (query.shopId !== undefined) select = select.where('items.shop_id', '=', query.shopId);
    if (query.since !== undefined) select = select.where('items.last_ordered_at', '>=', query.since);
    if (query.filter === 'named') select = select.where((eb) => named(eb));
    if (query.filter === 'unnamed') select = select.where((eb) => eb.not(named(eb)));
    const words = query.search.trim().toLowerCase();
    if (words !== '') select = select.where((eb) => matching(eb, words));
    return select;
  };

  return {
    /** Runs work in one transaction. */
    transaction<T>(work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
      return db.transaction().execute(work);
    },

    /** Latest ordered first, then by title. */
    async list(query: ItemQuery, offset: number, limit: number): Promise<ItemRow[]> {
      return base(query, db).selectAll('items').orderBy('items.last_ordered_at', 'desc').orderBy('items.title').orderBy('items.id').offset(offset).limit(limit).execute();
    },

    async count(query: ItemQuery): Promise<number> {
      const row = await base(query, db).select((eb) => eb.fn.countAll<number | string>().as('count')).executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** Id and title only, for what no SQL can decide. */
    async titles(query: ItemQuery, limit: number): Promise<{ id: string; shop_id: string; title: string }[]> {
      return base(query, db).select(['items.id', 'items.shop_id', 'items.title']).orderBy('items.last_ordered_at', 'desc').orderBy('items.title').orderBy('items.id').limit(limit).execute();
    },

    async byIds(ids: readonly string[], at: Db = db): Promise<ItemRow[]> {
      return chunked(ids, (some) => at.selectFrom('items').selectAll().where('id', 'in', some).execute());
    },

    async skusOf(itemIds: readonly string[], at: Db = db): Promise<SkuRow[]> {
      return chunked(itemIds, (some) => at.selectFrom('item_skus').selectAll().where('item_id', 'in', some).orderBy('spec').orderBy('id').execute());
    },

    async namesOf(itemIds: readonly string[], at: Db = db): Promise<NameRow[]> {
      return chunked(itemIds, (some) => at.selectFrom('short_names').selectAll().where('item_id', 'in', some).execute());
    },

    /** Items of a shop that one of these numbers, codes or titles names. */
    async recognised(shopId: string, keys: { platformIds: readonly string[]; codes: readonly string[]; titles: readonly string[] }, at: Db = db): Promise<ItemRow[]> {
      const found = new Map<string, ItemRow>();
      const look = async (column: 'platform_id' | 'code' | 'title', values: readonly string[]): Promise<void> => {
        const wanted = [...new Set(values.filter((value) => value !== ''))];
        for (const row of await chunked(wanted, (some) => at.selectFrom('items').selectAll().where('shop_id', '=', shopId).where(column, 'in', some).execute())) found.set(row.id, row);
      };
      await look('platform_id', keys.platformIds);
      await look('code', keys.codes);
      await look('title', keys.titles);
      return [...found.values()];
    },

    /** Tells one state of all that says what a line weighs from another. Of two items with one title the one ordered last decides, where that is all there is to go by. */
    async weightsStamp(): Promise<string> {
      const [all, alike] = await Promise.all([
        db.selectFrom('items').select((eb) => [eb.fn.countAll<number>().as('items'), eb.fn.sum<number>('weight_grams').as('grams'), eb.fn.max('updated_at').as('at')]).executeTakeFirst(),
        db.selectFrom('items').select((eb) => eb.fn.max('last_ordered_at').as('at')).groupBy(['shop_id', 'title']).having((eb) => eb.fn.countAll(), '>', 1).having((eb) => eb.fn.count('weight_grams'), '>', 0).execute(),
      ]);
      return [Number(all?.items ?? 0), Number(all?.grams ?? 0), all?.at ?? '', ...alike.map(({ at }) => at).sort()].join(' ');
    },

    /** The item (and SKU) with one of these codes, in any shop: a barcode or SKU code first, then the item's own code. */
    async byCode(codes: readonly string[]): Promise<{ item: ItemRow; sku: SkuRow | undefined } | undefined> {
      const sku = await db.selectFrom('item_skus').selectAll().where((eb) => eb.or([eb('barcode', 'in', codes), eb('code', 'in', codes)])).limit(1).executeTakeFirst();
      const item = sku
        ? await db.selectFrom('items').selectAll().where('id', '=', sku.item_id).executeTakeFirst()
        : await db.selectFrom('items').selectAll().where('shop_id', 'in', db.selectFrom('shops').select('id')).where('code', 'in', codes).limit(1).executeTakeFirst();
      return item && { item, sku };
    },

    async insertItems(rows: readonly ItemRow[], at: Db = db): Promise<void> {
      for (let start = 0; start < rows.length; start += rowsPerInsert) await at.insertInto('items').values(rows.slice(start, start + rowsPerInsert)).onConflict((conflict) => conflict.columns(['shop_id', 'match_key']).doNothing()).execute();
    },

    async updateItem(id: string, values: Partial<Omit<ItemRow, 'id' | 'shop_id'>>, at: Db = db): Promise<void> {
      await at.updateTable('items').set(values).where('id', '=', id).execute();
    },

    /** Marks when items were ordered; never goes back. */
    async touchOrdered(ids: readonly string[], when: string, at: Db = db): Promise<void> {
      await chunked(ids, async (some) => {
        await at.updateTable('items').set({ last_ordered_at: when }).where('id', 'in', some).where('last_ordered_at', '<', when).execute();
        return [];
      });
    },

    async insertSkus(rows: readonly SkuRow[], at: Db = db): Promise<void> {
      for (let start = 0; start < rows.length; start += rowsPerInsert) await at.insertInto('item_skus').values(rows.slice(start, start + rowsPerInsert)).onConflict((conflict) => conflict.columns(['item_id', 'match_key']).doNothing()).execute();
    },

    async updateSku(id: string, values: Partial<Pick<SkuRow, 'code' | 'spec' | 'barcode' | 'location' | 'updated_at'>>, at: Db = db): Promise<void> {
      await at.updateTable('item_skus').set(values).where('id', '=', id).execute();
    },

    async putName(row: NameRow, at: Db): Promise<void> {
      await at
        .insertInto('short_names')
        .values(row)
        .onConflict((conflict) => conflict.columns(['item_id', 'sku_id']).doUpdateSet({ name: row.name, pinyin: row.pinyin, initials: row.initials, source: row.source, updated_at: row.updated_at }))
        .execute();
    },

    async removeName(itemId: string, skuId: string, at: Db): Promise<void> {
      await at.deleteFrom('short_names').where('item_id', '=', itemId).where('sku_id', '=', skuId).execute();
    },

    async insertHistory(rows: readonly HistoryRow[], at: Db): Promise<void> {
      for (let start = 0; start < rows.length; start += rowsPerInsert) await at.insertInto('short_name_history').values(rows.slice(start, start + rowsPerInsert)).execute();
    },

    async history(query: { itemId?: string | undefined; shopId?: string | undefined; limit: number }): Promise<HistoryRow[]> {
      let select = db.selectFrom('short_name_history').selectAll().orderBy('at', 'desc').orderBy('batch_id', 'desc').orderBy('position').limit(query.limit);
      if (query.itemId !== undefined) select = select.where('item_id', '=', query.itemId);
      if (query.shopId !== undefined) select = select.where('shop_id', '=', query.shopId);
      return select.execute();
    },

    /** Rows of one step, in their order. */
    async batch(batchId: string, at: Db = db): Promise<HistoryRow[]> {
      return at.selectFrom('short_name_history').selectAll().where('batch_id', '=', batchId).orderBy('position').execute();
    },

    /** The last step that stands and is no undoing itself. */
    async lastBatch(shopId?: string): Promise<string | undefined> {
      let select = db.selectFrom('short_name_history').select('batch_id').where('undone_by', '=', '').where('source', '!=', 'undo').orderBy('at', 'desc').orderBy('batch_id', 'desc').limit(1);
      if (shopId !== undefined) select = select.where('shop_id', '=', shopId);
      return (await select.executeTakeFirst())?.batch_id;
    },

    async markUndone(batchId: string, by: string, at: Db): Promise<void> {
      await at.updateTable('short_name_history').set({ undone_by: by }).where('batch_id', '=', batchId).execute();
    },
  };

  function named(eb: ExpressionBuilder<Database, 'items'>) {
    const names = eb.selectFrom('short_names').whereRef('short_names.item_id', '=', 'items.id');
    const skus = eb.selectFrom('item_skus').whereRef('item_skus.item_id', '=', 'items.id');
    const unnamedSku = skus.where((inner) =>
      inner.not(inner.exists(inner.selectFrom('short_names').whereRef('short_names.item_id', '=', 'item_skus.item_id').whereRef('short_names.sku_id', '=', 'item_skus.id').select('short_names.item_id'))),
    );
    return eb.or([
      eb.exists(names.where('short_names.sku_id', '=', '').select('short_names.item_id')),
      eb.and([eb.exists(skus.select('item_skus.id')), eb.not(eb.exists(unnamedSku.select('item_skus.id')))]),
    ]);
  }

  function matching(eb: ExpressionBuilder<Database, 'items'>, words: string) {
    const like = `%${words.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;
    const has = (column: 'items.title' | 'items.code' | 'items.brand' | 'items.platform_id') => sql<boolean>`lower(${sql.ref(column)}) like ${like} escape '\\'`;
    const keys = /^[a-z0-9]+$/.test(words);
    const inNames = eb.exists(
      eb
        .selectFrom('short_names')
        .whereRef('short_names.item_id', '=', 'items.id')
        .where(sql<boolean>`(lower(short_names.name) like ${like} escape '\\'${keys ? sql` or short_names.pinyin like ${like} escape '\\' or short_names.initials like ${like} escape '\\'` : sql``})`)
        .select('short_names.item_id'),
    );
    const inSkus = eb.exists(
      eb
        .selectFrom('item_skus')
        .whereRef('item_skus.item_id', '=', 'items.id')
        .where(sql<boolean>`(lower(item_skus.code) like ${like} escape '\\' or lower(item_skus.spec) like ${like} escape '\\' or item_skus.barcode = ${words})`)
        .select('item_skus.id'),
    );
    const own = [has('items.title'), has('items.code'), has('items.brand'), has('items.platform_id')];
    const typed = keys ? [sql<boolean>`items.pinyin like ${like} escape '\\'`, sql<boolean>`items.initials like ${like} escape '\\'`] : [];
    return eb.or([...own, ...typed, inNames, inSkus]);
  }
}

async function chunked<T, R>(values: readonly T[], ask: (some: T[]) => Promise<R[]>): Promise<R[]> {
  const out: R[] = [];
  for (let start = 0; start < values.length; start += perStatement) out.push(...(await ask(values.slice(start, start + perStatement))));
  return out;
}
