/**
 * Orders that still wait get a term index of their own, so that looking among them does not walk through those that have gone; and
 * beginnings of words become terms. Both are emptied: the next start fills them from the orders (`refillIndex`).
 */
import { SqliteAdapter, sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop table order_search`.execute(db);
  for (const index of ['order_search', 'order_search_waiting']) {
    if (db.getExecutor().adapter instanceof SqliteAdapter) {
      await sql`create virtual table ${sql.table(index)} using fts5(terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'")`.execute(db);
      continue;
    }
    await sql`create table ${sql.table(index)} (seq bigint primary key, terms tsvector not null)`.execute(db);
    await sql`create index ${sql.ref(`${index}_terms`)} on ${sql.table(index)} using gin (terms) with (fastupdate = off)`.execute(db);
  }
}
