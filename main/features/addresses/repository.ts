import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../database/tables.ts';
import type { AddressDefaultTable, SenderAddressTable } from '../../database/tables/book.ts';

export type AddressRow = Selectable<SenderAddressTable>;
export type DefaultRow = Selectable<AddressDefaultTable>;
export type AddressesRepository = ReturnType<typeof createAddressesRepository>;

/** The only SQL of sender addresses and their defaults. */
export function createAddressesRepository(db: Kysely<Database>) {
  return {
    async list(query: { search: string; archived: boolean }): Promise<AddressRow[]> {
      let select = db.selectFrom('sender_addresses').selectAll().where('archived_at', query.archived ? 'is not' : 'is', null).orderBy('label').orderBy('created_at').orderBy('id');
      for (const word of query.search.trim().toLowerCase().split(/\s+/).filter((one) => one !== '')) {
        const like = `%${word.replace(/[\\%_]/g, (found) => `\\${found}`)}%`;
        const texts = sql.join(['label', 'contact', 'company', 'phone', 'province', 'city', 'district', 'town', 'detail', 'note'].map((column) => sql.ref(column)), sql` || ' ' || `);
        const keys = /^[a-z0-9]+$/.test(word) ? sql`or pinyin like ${like} escape '\\' or initials like ${like} escape '\\'` : sql``;
        select = select.where(sql<boolean>`(lower(${texts}) like ${like} escape '\\' ${keys})`);
      }
      return select.execute();
    },
    async find(id: string): Promise<AddressRow | undefined> {
      return db.selectFrom('sender_addresses').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async insert(rows: readonly AddressRow[]): Promise<void> {
      for (let start = 0; start < rows.length; start += 50) await db.insertInto('sender_addresses').values(rows.slice(start, start + 50)).execute();
    },
    async update(row: AddressRow): Promise<void> {
      const { id, ...values } = row;
      await db.updateTable('sender_addresses').set(values).where('id', '=', id).execute();
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('sender_addresses').where('id', '=', id).execute();
    },
    async defaults(): Promise<DefaultRow[]> {
      return db.selectFrom('address_defaults').selectAll().orderBy('scope').orderBy('scope_id').orderBy('purpose').execute();
    },
    async setDefault(row: DefaultRow): Promise<void> {
      await db
        .insertInto('address_defaults')
        .values(row)
        .onConflict((conflict) => conflict.columns(['scope', 'scope_id', 'purpose']).doUpdateSet({ address_id: row.address_id, updated_at: row.updated_at }))
        .execute();
    },
    async clearDefault(scope: string, scopeId: string, purpose: string): Promise<void> {
      await db.deleteFrom('address_defaults').where('scope', '=', scope).where('scope_id', '=', scopeId).where('purpose', '=', purpose).execute();
    },
  };
}
