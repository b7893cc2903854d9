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

/**
 * Inserts rows given as objects; `suffix` is an `on conflict …` clause. Table and columns are constants of ours, the first column tells the
 * rows apart. Handing values over one by one costs more than writing the row, so a column with one value in all rows (the shop, the
 * empty note, …) is handed over once a statement.
 */
export async function bulkInsert<Column extends string>(db: Db, table: string, columns: readonly Column[], rows: readonly Readonly<Record<Column, unknown>>[], suffix = ''): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const shared = columns.slice(1).filter((column) => rows.every((row) => row[column] === first[column]));
  const own = columns.filter((column) => !shared.includes(column));
  const sharedValues = shared.map((column) => first[column]);
  for (const part of parts(rows, rowsAtOnce)) {
    const parameters = [...sharedValues];
    for (const row of part) for (const column of own) parameters.push(row[column]);
    await db.executeQuery(CompiledQuery.raw(insertText(db, table, shared, own, part.length, suffix), parameters));
  }
}

function insertText(db: Db, table: string, shared: readonly string[], own: readonly string[], rows: number, suffix: string): string {
  const key = `${table}|${shared.join(',')}|${own.join(',')}|${rows}|${String(isSqlite(db))}|${suffix}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const text = `${isSqlite(db) ? sqliteInsert(table, shared, own, rows) : postgresInsert(table, shared, own, rows)} ${suffix}`;
  if (texts.size > 500) texts.clear();
  texts.set(key, text);
  return text;
}

/** A parameter of SQLite has no number in the driver, so the shared values are one row that is joined to every other. */
function sqliteInsert(table: string, shared: readonly string[], own: readonly string[], rows: number): string {
  const places = (columns: readonly string[]): string => columns.map(() => '?').join(',');
  const list = Array.from({ length: rows }, () => `(${places(own)})`).join(',');
  const into = `insert into ${table} (${[...shared, ...own].join(',')})`;
  if (shared.length === 0) return `${into} values ${list}`;
  return `with shared (${shared.join(',')}) as (values (${places(shared)})) ${into} select * from shared, (values ${list}) where true`;
}

function postgresInsert(table: string, shared: readonly string[], own: readonly string[], rows: number): string {
  const sharedPlaces = shared.map((_, index) => `$${index + 1}`);
  let next = shared.length;
  const list = Array.from({ length: rows }, () => `(${[...sharedPlaces, ...own.map(() => `$${(next += 1)}`)].join(',')})`).join(',');
  return `insert into ${table} (${[...shared, ...own].join(',')}) values ${list}`;
}

/** The list in parts, for `in (…)`. */
export function* parts<T>(list: readonly T[], size = 500): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}
