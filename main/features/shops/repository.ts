import type { Kysely, Selectable } from 'kysely';
import type { Shop, Platform } from '../../../common/contract/shops.ts';
import type { Database } from '../../database/tables.ts';
import type { ShopTable } from '../../database/tables/core.ts';

export type ShopsRepository = ReturnType<typeof createShopsRepository>;

/** The only SQL of shops. */
export function createShopsRepository(db: Kysely<Database>) {
  return {
    async list(archived: boolean): Promise<Shop[]> {
      let query = db.selectFrom('shops').selectAll().orderBy('name');
      if (!archived) query = query.where('archived_at', 'is', null);
      return (await query.execute()).map(fromRow);
    },
    async find(id: string): Promise<Shop | undefined> {
      const row = await db.selectFrom('shops').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async findByName(name: string): Promise<Shop | undefined> {
      const row = await db.selectFrom('shops').selectAll().where('name', '=', name).where('archived_at', 'is', null).executeTakeFirst();
      return row && fromRow(row);
    },
    async insert(shop: Shop): Promise<void> {
      await db.insertInto('shops').values(toRow(shop)).execute();
    },
    async update(shop: Shop): Promise<void> {
      await db.updateTable('shops').set(toRow(shop)).where('id', '=', shop.id).execute();
    },
  };
}

function toRow(shop: Shop): Selectable<ShopTable> {
  return {
    id: shop.id,
    name: shop.name,
    platform: shop.platform,
    sender_address_id: shop.senderAddressId,
    archived_at: shop.archivedAt,
    created_at: shop.createdAt,
  };
}

function fromRow(row: Selectable<ShopTable>): Shop {
  return {
    id: row.id,
    name: row.name,
    platform: row.platform as Platform,
    senderAddressId: row.sender_address_id,
    archivedAt: row.archived_at,
    createdAt: row.created_at,
  };
}
