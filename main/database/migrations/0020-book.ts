import type { Kysely } from 'kysely';

/** Sender addresses with their defaults; items, SKUs, short names, rules and the history of names. */
export async function up(db: Kysely<any>): Promise<void> {
  await db.schema
    .createTable('sender_addresses')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('contact', 'text', (column) => column.notNull())
    .addColumn('company', 'text', (column) => column.notNull())
    .addColumn('phone', 'text', (column) => column.notNull())
    .addColumn('extension', 'text', (column) => column.notNull())
    .addColumn('privacy_phone', 'text', (column) => column.notNull())
    .addColumn('province', 'text', (column) => column.notNull())
    .addColumn('city', 'text', (column) => column.notNull())
    .addColumn('district', 'text', (column) => column.notNull())
    .addColumn('town', 'text', (column) => column.notNull())
    .addColumn('detail', 'text', (column) => column.notNull())
    .addColumn('postcode', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('pinyin', 'text', (column) => column.notNull())
    .addColumn('initials', 'text', (column) => column.notNull())
    .addColumn('archived_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('address_defaults')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('scope_id', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('address_id', 'text', (column) => column.notNull().references('sender_addresses.id'))
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('address_defaults_key', ['scope', 'scope_id', 'purpose'])
    .execute();
  await db.schema.createIndex('address_defaults_address').on('address_defaults').column('address_id').execute();

  await db.schema
    .createTable('items')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('shop_id', 'text', (column) => column.notNull().references('shops.id'))
    .addColumn('platform_id', 'text', (column) => column.notNull())
    .addColumn('match_key', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('brand', 'text', (column) => column.notNull())
    .addColumn('location', 'text', (column) => column.notNull())
    .addColumn('weight_grams', 'integer')
    .addColumn('pinyin', 'text', (column) => column.notNull())
    .addColumn('initials', 'text', (column) => column.notNull())
    .addColumn('last_ordered_at', 'text', (column) => column.notNull())
    .addColumn('archived_at', 'text')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('items_match', ['shop_id', 'match_key'])
    .execute();
  await db.schema.createIndex('items_shop_title').on('items').columns(['shop_id', 'title']).execute();
  await db.schema.createIndex('items_shop_code').on('items').columns(['shop_id', 'code']).execute();
  await db.schema.createIndex('items_last_ordered').on('items').columns(['last_ordered_at', 'id']).execute();

  await db.schema
    .createTable('item_skus')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('item_id', 'text', (column) => column.notNull().references('items.id'))
    .addColumn('match_key', 'text', (column) => column.notNull())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('spec', 'text', (column) => column.notNull())
    .addColumn('barcode', 'text', (column) => column.notNull())
    .addColumn('location', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('item_skus_match', ['item_id', 'match_key'])
    .execute();
  await db.schema.createIndex('item_skus_code').on('item_skus').column('code').execute();
  await db.schema.createIndex('item_skus_barcode').on('item_skus').column('barcode').execute();

  await db.schema
    .createTable('short_names')
    .addColumn('item_id', 'text', (column) => column.notNull().references('items.id'))
    .addColumn('sku_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('pinyin', 'text', (column) => column.notNull())
    .addColumn('initials', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('short_names_key', ['item_id', 'sku_id'])
    .execute();

  await db.schema
    .createTable('short_name_rules')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('shop_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('pattern', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('short_name_history')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('batch_id', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('shop_id', 'text', (column) => column.notNull())
    .addColumn('item_id', 'text', (column) => column.notNull())
    .addColumn('sku_id', 'text', (column) => column.notNull())
    .addColumn('before_name', 'text', (column) => column.notNull())
    .addColumn('after_name', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('operator', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('undone_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('short_name_history_batch').on('short_name_history').columns(['batch_id', 'position']).execute();
  await db.schema.createIndex('short_name_history_item').on('short_name_history').columns(['item_id', 'at']).execute();
  await db.schema.createIndex('short_name_history_at').on('short_name_history').column('at').execute();
}
