/** The index of orders by terms: FTS5 in SQLite, a GIN index over a tsvector in PostgreSQL. The only place that knows the difference. */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Match, Term } from '../../../../common/domain/orders/search-terms.ts';
import { bulkInsert, isSqlite, parts } from './bulk.ts';
import type { Db } from './bulk.ts';

export interface SearchDocument {
  readonly seq: number;
  readonly terms: readonly string[];
}

/** Adds documents that are not in the index yet. */
export async function indexDocuments(db: Db, documents: readonly SearchDocument[]): Promise<void> {
  if (isSqlite(db)) {
    await bulkInsert(db, 'order_search', ['rowid', 'terms'], documents.map(({ seq, terms }) => ({ rowid: seq, terms: terms.join(' ') })));
    return;
  }
  for (const part of parts(documents, 200)) {
    const rows = part.map(({ seq, terms }) => sql`(${seq}::bigint, array_to_tsvector(${[...terms]}::text[]))`);
    await sql`insert into order_search (seq, terms) values ${sql.join(rows)}`.execute(db);
  }
}

export async function dropDocuments(db: Db, seqs: readonly number[]): Promise<void> {
  for (const part of parts(seqs, 400)) {
    if (isSqlite(db)) await sql`delete from order_search where rowid in (${sql.join(part)})`.execute(db);
    else await sql`delete from order_search where seq in (${sql.join(part)})`.execute(db);
  }
}

export interface SeqRange {
  /** Below this. */
  readonly before?: number;
  /** From this on. */
  readonly from?: number;
}

/** Places of the orders that match, newest first or oldest first, at most `limit`. */
export async function findSeqs(db: Db, match: Match, range: SeqRange, order: 'asc' | 'desc', limit: number): Promise<number[]> {
  if (isImpossible(match)) return [];
  const key = isSqlite(db) ? sql.ref('rowid') : sql.ref('seq');
  // Cast, because a number bound as a float would be ignored as a bound of the index.
  const conditions: RawBuilder<unknown>[] = [matches(db, match)];
  if (range.before !== undefined) conditions.push(sql`${key} < cast(${range.before} as bigint)`);
  if (range.from !== undefined) conditions.push(sql`${key} >= cast(${range.from} as bigint)`);
  const { rows } = await sql<{ seq: number }>`select ${key} as seq from order_search where ${sql.join(conditions, sql` and `)} order by ${key} ${sql.raw(order)} limit ${limit}`.execute(db);
  return rows.map((row) => Number(row.seq));
}

/** A subquery of the places that match, for `seq in (…)`. */
export function seqsMatching(db: Db, match: Match): RawBuilder<{ seq: number }> {
  if (isImpossible(match)) return sql`(select 0 where 1 = 0)`;
  return isSqlite(db) ? sql`(select rowid from order_search where ${matches(db, match)})` : sql`(select seq from order_search where ${matches(db, match)})`;
}

/** True when some word has no alternative at all: nothing can match. */
export function isImpossible(match: Match): boolean {
  return match.any.some((alternatives) => alternatives.length === 0);
}

function matches(db: Db, match: Match): RawBuilder<unknown> {
  return isSqlite(db) ? sql`order_search match ${expression(match, ftsTerm, ' AND ', ' OR ')}` : sql`terms @@ ${expression(match, tsTerm, ' & ', ' | ')}::tsquery`;
}

function expression(match: Match, write: (term: Term) => string, and: string, or: string): string {
  const groups = match.any.map((alternatives) => `(${alternatives.map((terms) => `(${terms.map(write).join(and)})`).join(or)})`);
  return [...match.all.map(write), ...groups].join(and);
}

/** Terms hold only letters, digits, `_` and Han characters; quoting keeps AND and OR from being read as operators. */
function ftsTerm({ term, prefix }: Term): string {
  return `"${term}"${prefix ? '*' : ''}`;
}

function tsTerm({ term, prefix }: Term): string {
  return `'${term}'${prefix ? ':*' : ''}`;
}
