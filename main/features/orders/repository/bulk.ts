/** Many rows in few statements whose text repeats, so that the database prepares each once. Works on both databases. */
import { CompiledQuery, SqliteAdapter } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../../database/tables.ts';

export type Db = Kysely<Database>;

export function isSqlite(db: Db): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter;
}

const rowsAtOnce = 100;
const texts = new Map<string, string>();

/** Inserts rows given as arrays in the order of `columns`; `suffix` is an `on conflict …` clause. Table and columns are constants of ours. */
export async function bulkInsert(db: Db, table: string, columns: readonly string[], rows: readonly (readonly unknown[])[], suffix = ''): Promise<void> {
  const sqlite = isSqlite(db);
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const part = rows.slice(start, start + rowsAtOnce);
    const parameters: unknown[] = [];
    for (const row of part) for (const value of row) parameters.push(value);
    await db.executeQuery(CompiledQuery.raw(insertText(table, columns, part.length, sqlite, suffix), parameters));
  }
}

function insertText(table: string, columns: readonly string[], rows: number, sqlite: boolean, suffix: string): string {
  const key = `${table}|${columns.join(',')}|${rows}|${String(sqlite)}|${suffix}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  let next = 0;
  const place = (): string => (sqlite ? '?' : `$${(next += 1)}`);
  const values = Array.from({ length: rows }, () => `(${columns.map(place).join(',')})`).join(',');
  const text = `insert into ${table} (${columns.join(',')}) values ${values} ${suffix}`;
  if (texts.size > 500) texts.clear();
  texts.set(key, text);
  return text;
}

/** The list in parts, for `in (…)`. */
export function* parts<T>(list: readonly T[], size = 500): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
