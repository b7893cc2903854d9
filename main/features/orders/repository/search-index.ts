/**
 * The index of orders by terms: FTS5 in SQLite, a GIN index over a tsvector in PostgreSQL. The only place that knows the difference.
 * Orders that still wait have an index of their own, which stays small: who looks among them never walks through history.
 */
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Stage } from '../../../../common/contract/orders.ts';
import type { Match, Term } from '../../../../common/domain/orders/search-terms.ts';
import { bulkInsert, isSqlite, parts } from './bulk.ts';
import type { Db } from './bulk.ts';

/** An order in the index: its place, and its tab, which says in which index. */
export interface Indexed {
  readonly seq: number;
  readonly stage: string;
}
export interface SearchDocument extends Indexed {
  readonly terms: readonly string[];
}

const waitingIndex = 'order_search_waiting';
const goneIndex = 'order_search';
const waitingStages: readonly string[] = ['waiting', 'to_print', 'problem', 'held'] satisfies readonly Stage[];

const indexOf = (stage: string): string => (waitingStages.includes(stage) ? waitingIndex : goneIndex);

/** Adds documents that are not in the index yet. */
export async function indexDocuments(db: Db, documents: readonly SearchDocument[]): Promise<void> {
  for (const [index, own] of Map.groupBy(documents, ({ stage }) => indexOf(stage))) {
    if (isSqlite(db)) {
      await bulkInsert(db, index, ['rowid', 'terms'], own.map(({ seq, terms }) => ({ rowid: seq, terms: terms.join(' ') })));
      continue;
    }
    for (const part of parts(own, 1_000)) {
      const seqs = part.map(({ seq }) => seq);
      // No term holds a blank.
      const terms = part.map((document) => document.terms.join(' '));
      await sql`insert into ${sql.table(index)} (seq, terms) select seq, array_to_tsvector(string_to_array(terms, ' ')) from unnest(${seqs}::bigint[], ${terms}::text[]) as documents (seq, terms)`.execute(db);
    }
  }
}

export async function dropDocuments(db: Db, documents: readonly Indexed[]): Promise<void> {
  for (const [index, own] of Map.groupBy(documents, ({ stage }) => indexOf(stage))) {
    for (const part of parts(own, 400)) await sql`delete from ${sql.table(index)} where ${keyOf(db)} in (${sql.join(part.map(({ seq }) => seq))})`.execute(db);
  }
}

export interface SeqRange {
  /** Below this. */
  readonly before?: number;
  /** From this on. */
  readonly from?: number;
}

/** Places of the orders of a tab (of all without one) that match, newest first or oldest first, at most `limit`. */
export async function findSeqs(db: Db, match: Match, stage: Stage | undefined, range: SeqRange, order: 'asc' | 'desc', limit: number): Promise<number[]> {
  if (isImpossible(match)) return [];
  const key = keyOf(db);
  // Cast, because a number bound as a float would be ignored as a bound of the index.
  const conditions: RawBuilder<unknown>[] = [];
  if (range.before !== undefined) conditions.push(sql`${key} < cast(${range.before} as bigint)`);
  if (range.from !== undefined) conditions.push(sql`${key} >= cast(${range.from} as bigint)`);
  const found: number[] = [];
  for (const index of stage === undefined ? [waitingIndex, goneIndex] : [indexOf(stage)]) {
    const { rows } = await sql<{ seq: number }>`select ${key} as seq from ${sql.table(index)} where ${sql.join([matches(db, index, match), ...conditions], sql` and `)} order by ${key} ${sql.raw(order)} limit ${limit}`.execute(db);
    for (const row of rows) found.push(Number(row.seq));
  }
  return found.sort((left, right) => (order === 'asc' ? left - right : right - left)).slice(0, limit);
}

/** A subquery of the places in a tab that match, for `seq in (…)`. */
export function seqsMatching(db: Db, match: Match, stage: Stage): RawBuilder<{ seq: number }> {
  if (isImpossible(match)) return sql`(select 0 where 1 = 0)`;
  const index = indexOf(stage);
  return sql`(select ${keyOf(db)} from ${sql.table(index)} where ${matches(db, index, match)})`;
}

/** True when nothing is in the index. */
export async function isIndexEmpty(db: Db): Promise<boolean> {
  for (const index of [waitingIndex, goneIndex]) {
    const { rows } = await sql`select ${keyOf(db)} from ${sql.table(index)} limit 1`.execute(db);
    if (rows.length > 0) return false;
  }
  return true;
}

/** Keeps other hosts from writing the index until the transaction ends; an embedded database has one writer anyway. */
export async function lockIndex(trx: Db): Promise<void> {
  if (!isSqlite(trx)) await sql`lock table ${sql.table(goneIndex)} in exclusive mode`.execute(trx);
}

function keyOf(db: Db): RawBuilder<unknown> {
  return sql.ref(isSqlite(db) ? 'rowid' : 'seq');
}

/** True when some word has no alternative at all: nothing can match. */
export function isImpossible(match: Match): boolean {
  return match.any.some((alternatives) => alternatives.length === 0);
}

function matches(db: Db, index: string, match: Match): RawBuilder<unknown> {
  return isSqlite(db) ? sql`${sql.table(index)} match ${expression(match, ftsTerm, ' AND ', ' OR ')}` : sql`terms @@ ${expression(match, tsTerm, ' & ', ' | ')}::tsquery`;
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
