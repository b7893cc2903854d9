/** Writing transactions of the ledger, and what a failing disk means. */
import { CompiledQuery } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { failure, isFailure } from '../../../common/errors.ts';
import type { Database } from '../../database/tables.ts';
import { isPostgres } from '../../database/triggers.ts';
import type { Clock, Log } from '../../ports/index.ts';
import type { Gate } from './gate.ts';

export type Db = Kysely<Database>;
export type Trx = Transaction<Database>;

export type Store = ReturnType<typeof createStore>;

/**
 * `write` runs one immediate transaction. Any error of the disk or of the database server closes the gate, because after a failed
 * sync nobody knows what is on the disk (the pages are marked clean); `resume` of the service verifies before it opens again.
 */
export function createStore({ db, gate, clock, log }: { db: Db; gate: Gate; clock: Clock; log: Log }) {
  return {
    db,
    async write<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
      try {
        return await db.transaction().execute(work);
      } catch (thrown) {
        const problem = diskProblem(thrown);
        if (problem === undefined) throw thrown;
        gate.stop('disk', problem, clock.now());
        log.error('waybills.disk', { problem });
        throw isFailure(thrown) ? thrown : failure('DATABASE_IO', { reason: problem }, { cause: thrown });
      }
    },
  };
}

/**
 * Codes of SQLite (and of Kysely's rollback after one) that say the disk did not do what it was asked, or the file is not whole.
 * Busy and constraint errors are not among them.
 */
export function diskProblem(thrown: unknown): string | undefined {
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code === 'string' && /^SQLITE_(IOERR|FULL|CORRUPT|NOTADB|READONLY|CANTOPEN|PROTOCOL)/.test(code)) return code;
    // PostgreSQL classes: 53 out of resources, 58 system error, XX internal error.
    if (typeof code === 'string' && /^(53100|58...|XX...)$/.test(code)) return code;
    if (/cannot (commit|rollback) - no transaction is active/.test(at.message)) return 'SQLITE_ROLLED_BACK';
  }
  return undefined;
}

const rowsPerInsert = 200;
const insertTexts = new Map<string, string>();

/**
 * Inserts many rows of equal columns. The same as Kysely's own insert, with the text of a full chunk kept: building it anew costs more
 * than SQLite needs to run it.
 */
export async function insertMany(trx: Trx, table: keyof Database, rows: readonly object[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const postgres = isPostgres(trx);
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    const chunk = rows.slice(from, from + rowsPerInsert);
    const key = `${postgres}|${table}|${chunk.length}|${columns.join()}`;
    let text = insertTexts.get(key);
    if (text === undefined) {
      let n = 0;
      const values = chunk.map(() => `(${columns.map(() => (postgres ? `$${(n += 1)}` : '?')).join(',')})`);
      text = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(',')}) values ${values.join(',')}`;
      // Only full chunks and single rows come again.
      if (chunk.length === rowsPerInsert || chunk.length === 1) insertTexts.set(key, text);
    }
    const values: unknown[] = [];
    for (const row of chunk) for (const column of columns) values.push((row as Record<string, unknown>)[column]);
    await trx.executeQuery(CompiledQuery.raw(text, values));
  }
}
