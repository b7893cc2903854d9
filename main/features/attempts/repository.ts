import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { PrintAttemptTable, PrintJobTable } from '../../database/tables/printing.ts';
import { insertMany } from '../waybills/store.ts';
import type { Db, Trx } from '../waybills/store.ts';
import type { AttemptState, openStates } from '../../../common/domain/waybills/attempts.ts';

export type AttemptRow = Selectable<PrintAttemptTable>;
export type JobRow = Selectable<PrintJobTable>;

/** Word for word the condition of the index `print_attempts_open`, so that SQLite uses it. */
const isOpen = sql<boolean>`state in ('ready', 'intent', 'sending', 'uncertain')`;
const idsPerQuery = 500;

/** The only SQL of print jobs and attempts. Functions that take a transaction are parts of somebody's use case. */
export function createAttemptsRepository(db: Db) {
  return {
    async insertJobIfMissing(trx: Trx, job: JobRow): Promise<void> {
      await trx.insertInto('print_jobs').values(job).onConflict((conflict) => conflict.column('id').doNothing()).execute();
    },
    async updateJob(trx: Trx | Db, id: string, set: Partial<JobRow>): Promise<void> {
      await trx.updateTable('print_jobs').set(set).where('id', '=', id).execute();
    },
    async findJob(id: string): Promise<JobRow | undefined> {
      return db.selectFrom('print_jobs').selectAll().where('id', '=', id).executeTakeFirst();
    },
    /** Latest first. */
    async jobs(limit: number): Promise<JobRow[]> {
      return db.selectFrom('print_jobs').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
    },
    async countsOfJob(jobId: string): Promise<Record<string, number>> {
      const rows = await db.selectFrom('print_attempts').select((eb) => ['state', eb.fn.countAll().as('count')]).where('job_id', '=', jobId).groupBy('state').execute();
      return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
    },
    async insert(trx: Trx, rows: readonly AttemptRow[]): Promise<void> {
      await insertMany(trx, 'print_attempts', rows);
    },
    async countOfJob(trx: Trx, jobId: string): Promise<number> {
      const { count } = await trx
        .selectFrom('print_attempts')
        .select((eb) => eb.fn.max('position').as('count'))
        .where('job_id', '=', jobId)
        .executeTakeFirstOrThrow();
      return Number(count ?? 0);
    },
    async ofNumbers(trx: Trx | Db, numbers: readonly string[]): Promise<AttemptRow[]> {
      const rows: AttemptRow[] = [];
      for (let i = 0; i < numbers.length; i += idsPerQuery) {
        rows.push(...(await trx.selectFrom('print_attempts').selectAll().where('number', 'in', numbers.slice(i, i + idsPerQuery)).orderBy('number').orderBy('attempt_no').execute()));
      }
      return rows;
    },
    /** The row, locked until the transaction ends where the database has row locks (SQLite's write lock covers it). */
    async lock(trx: Trx, id: string): Promise<AttemptRow | undefined> {
      return trx.updateTable('print_attempts').set((eb) => ({ updated_at: eb.ref('updated_at') })).where('id', '=', id).returningAll().executeTakeFirst();
    },
    async find(id: string): Promise<AttemptRow | undefined> {
      return db.selectFrom('print_attempts').selectAll().where('id', '=', id).executeTakeFirst();
    },
    async ofJob(jobId: string, trx: Trx | Db = db): Promise<AttemptRow[]> {
      return trx.selectFrom('print_attempts').selectAll().where('job_id', '=', jobId).orderBy('position').orderBy('attempt_no').execute();
    },
    /** Attempts not settled yet, in some of those states. Reads only the unsettled ones, however long the history is. */
    async inStates(trx: Trx | Db, states: readonly (typeof openStates)[number][], limit = 10_000): Promise<AttemptRow[]> {
      return trx.selectFrom('print_attempts').selectAll().where(isOpen).where('state', 'in', states).orderBy('created_at').orderBy('position').limit(limit).execute();
    },
    async countState(state: (typeof openStates)[number]): Promise<number> {
      const { count } = await db.selectFrom('print_attempts').select((eb) => eb.fn.countAll().as('count')).where(isOpen).where('state', '=', state).executeTakeFirstOrThrow();
      return Number(count);
    },
    async update(trx: Trx, id: string, set: Partial<AttemptRow>): Promise<void> {
      await trx.updateTable('print_attempts').set(set).where('id', '=', id).execute();
    },
    async step(trx: Trx, step: { attemptId: string; from: string; to: string; at: string; who: string; stationId: string; detail: string }): Promise<void> {
      await trx
        .insertInto('print_attempt_steps')
        .values((eb) => ({
          attempt_id: step.attemptId,
          step: eb
            .selectFrom('print_attempt_steps')
            .select((inner) => inner(inner.fn.coalesce(inner.fn.max('step'), inner.val(0)), '+', 1).as('next'))
            .where('attempt_id', '=', step.attemptId),
          from_state: step.from,
          to_state: step.to,
          at: step.at,
          who: step.who,
          station_id: step.stationId,
          detail: step.detail,
        }))
        .execute();
    },
    async steps(attemptId: string) {
      return db.selectFrom('print_attempt_steps').selectAll().where('attempt_id', '=', attemptId).orderBy('step').execute();
    },
    /** Latest first (ids sort by the time they were made); `before` is the id the last page ended with. */
    async list(query: { number?: string | undefined; parcelId?: string | undefined; jobId?: string | undefined; states?: readonly AttemptState[] | undefined; before?: string | undefined; limit: number }): Promise<AttemptRow[]> {
      let select = db.selectFrom('print_attempts').selectAll().orderBy('id', 'desc').limit(query.limit);
      if (query.number !== undefined) select = select.where('number', '=', query.number);
      if (query.parcelId !== undefined) select = select.where('parcel_id', '=', query.parcelId);
      if (query.jobId !== undefined) select = select.where('job_id', '=', query.jobId);
      if (query.states !== undefined) select = select.where('state', 'in', query.states);
      if (query.before !== undefined) select = select.where('id', '<', query.before);
      return select.execute();
    },
  };
}
export type AttemptsRepository = ReturnType<typeof createAttemptsRepository>;
