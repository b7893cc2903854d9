/** Use cases of print attempts: what waits for a person, settling it, reprints, scans. */
import type { Attempt, Doubt, PrintJob } from '../../../common/contract/attempts.ts';
import type { AttemptState } from '../../../common/domain/waybills/attempts.ts';
import { normaliseNumber } from '../../../common/domain/waybills/formats.ts';
import { fail } from '../../../common/errors.ts';
import type { Evidence } from '../../printing/types.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { LedgerHead, LedgerWriting } from '../waybills/ledger.ts';
import type { Trx } from '../waybills/store.ts';
import { newAttempt } from './journal.ts';
import type { AttemptJournal, JournalDeps } from './journal.ts';
import type { Recovery } from './recovery.ts';
import type { AttemptRow, AttemptsRepository } from './repository.ts';
import type { Rights } from './rights.ts';

export interface AttemptsDeps extends Pick<JournalDeps, 'store' | 'ledger' | 'gate' | 'ids' | 'clock' | 'changed'> {
  readonly repository: AttemptsRepository;
  readonly journal: AttemptJournal;
  readonly recovery: Recovery;
  readonly rights: Rights;
  readonly audit: AuditService;
  readonly witness: { check(): void; record(head: LedgerHead): void };
}

export interface OpenedReprint {
  readonly attemptId: string;
  readonly number: string;
  readonly carrierCode: string;
  readonly accountId: string;
  readonly parcelId: string;
  readonly templateVersionId: string;
  readonly printerId: string;
  readonly mark: number;
  readonly position: number;
}

/** Labels on paper for certain, for the journal. */
const good: readonly AttemptState[] = ['acked', 'confirmed'];

export type AttemptsService = ReturnType<typeof createAttemptsService>;

export function createAttemptsService(deps: AttemptsDeps) {
  const { store, repository, journal, ledger, rights, audit, ids, clock, witness, gate } = deps;

  async function writing<T>(work: (trx: Trx, writing: LedgerWriting) => Promise<T>): Promise<T> {
    const { value, head } = await store.write(async (trx) => {
      const open = await ledger.open(trx, { evenStopped: true });
      const value = await work(trx, open);
      return { value, head: await open.flush() };
    });
    witness.record(head);
    return value;
  }

  /** A person's or a scan's word on one label, inside a transaction. */
  async function settleWithin(trx: Trx, open: LedgerWriting, row: AttemptRow, outcome: 'confirmed' | 'not_printed', actor: Actor, detail: string): Promise<void> {
    const set = { settled_at: open.at, settled_by: actor.operator };
    const who = { operator: actor.operator, stationId: actor.station.id, detail, set };
    await journal.stepWithin(trx, open, row.id, outcome, { ...who, ...(outcome === 'confirmed' ? { number: 'printed' } : {}) });
  }

  function tell(rows: readonly AttemptRow[], state: AttemptState): void {
    for (const row of rows) deps.changed?.(row.id, state);
  }

  async function jobOf(id: string): Promise<PrintJob> {
    const row = (await repository.findJob(id)) ?? fail('NOT_FOUND', { what: 'job', id });
    return { ...toJob(row), counts: await repository.countsOfJob(id) };
  }

  /** Settles the labels of a batch that are not known for certain. `upTo` is the last position that came out; 0 for none. */
  async function settleUpTo(jobId: string, upTo: number, lastId: string | null, actor: Actor) {
    const result = await writing(async (trx, open) => {
      const rows = await repository.ofJob(jobId, trx);
      const confirmed = rows.filter((row) => row.position <= upTo && ['sent', 'acked', 'uncertain', 'not_printed'].includes(row.state) && (row.state !== 'not_printed' || row.id === lastId));
      const missing = rows.filter((row) => row.position > upTo && ['sent', 'uncertain'].includes(row.state));
      for (const row of confirmed) await settleWithin(trx, open, row, 'confirmed', actor, `last good ${upTo}`);
      for (const row of missing) await settleWithin(trx, open, row, 'not_printed', actor, `last good ${upTo}`);
      return { confirmed, missing, left: rows.filter((row) => row.position > upTo && row.state === 'acked').length };
    });
    await audit.record(actor, 'attempts.settle', jobId, { upTo, confirmed: result.confirmed.length, notPrinted: result.missing.length });
    tell(result.confirmed, 'confirmed');
    tell(result.missing, 'not_printed');
    return { confirmed: result.confirmed.length, notPrinted: result.missing.length, left: result.left };
  }

  return {
    sink: journal.sink,
    /** At start, before anything is sent; see recovery.ts. */
    recover: deps.recovery.recover,
    rights,

    async get(id: string): Promise<Attempt & { steps: { from: string; to: string; at: string; by: string; detail: string }[] }> {
      const row = (await repository.find(id)) ?? fail('NOT_FOUND', { what: 'attempt', id });
      const steps = await repository.steps(id);
      return { ...toAttempt(row), steps: steps.map((step) => ({ from: step.from_state, to: step.to_state, at: step.at, by: step.who, detail: step.detail })) };
    },

    async list(query: { number?: string | undefined; parcelId?: string | undefined; jobId?: string | undefined; state?: AttemptState | undefined; before?: string | undefined; limit: number }): Promise<Attempt[]> {
      const rows = await repository.list({
        ...query, number: query.number === undefined ? undefined : normaliseNumber(query.number), states: query.state === undefined ? undefined : [query.state],
      });
      return rows.map(toAttempt);
    },

    async jobs(limit: number): Promise<PrintJob[]> {
      const rows = await repository.jobs(limit);
      return Promise.all(rows.map(async (row) => ({ ...toJob(row), counts: await repository.countsOfJob(row.id) })));
    },

    /** Batches with labels in doubt, oldest first, each with the last label known to be good before the first doubtful one. */
    async uncertain(): Promise<Doubt[]> {
      const rows = await repository.inStates(store.db, ['uncertain']);
      const byJob = new Map<string, AttemptRow[]>();
      for (const row of rows) byJob.set(row.job_id, [...(byJob.get(row.job_id) ?? []), row]);
      return Promise.all(
        [...byJob].map(async ([jobId, doubtful]) => {
          const all = await repository.ofJob(jobId);
          const first = Math.min(...doubtful.map((row) => row.position));
          const before = all.filter((row) => row.position < first);
          const last = before.findLast((row) => good.includes(row.state as AttemptState)) ?? before.findLast((row) => row.state === 'sent');
          return {
            job: await jobOf(jobId), lastGood: last ? toAttempt(last) : null, doubtful: doubtful.sort((a, b) => a.position - b.position).map(toAttempt),
            notSent: all.filter((row) => row.state === 'not_sent' || row.state === 'intent').length,
          };
        }),
      );
    },

    /** Errors: NOT_FOUND, ATTEMPT_STATE (nothing to settle). */
    async settle(input: { id: string; outcome: 'confirmed' | 'not_printed'; note: string }, actor: Actor): Promise<Attempt> {
      const row = await writing(async (trx, open) => {
        const row = (await repository.lock(trx, input.id)) ?? fail('NOT_FOUND', { what: 'attempt', id: input.id });
        await settleWithin(trx, open, row, input.outcome, actor, input.note);
        return row;
      });
      await audit.record(actor, 'attempt.settle', input.id, { outcome: input.outcome });
      tell([row], input.outcome);
      return toAttempt((await repository.find(input.id)) as AttemptRow);
    },

    /**
     * One scan of the last label that came out settles its batch. Errors: NUMBER_UNKNOWN (never printed here), ATTEMPT_STATE (that label
     * was never sent, so it cannot be the one in the hand: a wrong scan).
     */
    async settleByLast(input: { number: string; jobId?: string | undefined }, actor: Actor) {
      const number = normaliseNumber(input.number);
      const attempts = (await repository.ofNumbers(store.db, [number])).filter((row) => input.jobId === undefined || row.job_id === input.jobId);
      const row = attempts.at(-1) ?? fail('NUMBER_UNKNOWN', { number });
      if (!['sent', 'acked', 'confirmed', 'uncertain', 'not_printed'].includes(row.state)) fail('ATTEMPT_STATE', { attempt: row.id, state: row.state, action: 'confirmed' });
      return { jobId: row.job_id, ...(await settleUpTo(row.job_id, row.position, row.id, actor)) };
    },

    /** All of a batch came out, or nothing of what is not known for certain did. */
    async settleJob(input: { jobId: string; outcome: 'confirmed' | 'not_printed' }, actor: Actor) {
      await jobOf(input.jobId);
      return settleUpTo(input.jobId, input.outcome === 'confirmed' ? Number.MAX_SAFE_INTEGER : 0, null, actor);
    },

    /** A label under the scanner. The fact is recorded first; what is odd about it is the answer. */
    async scan(input: { number: string; parcelId?: string | undefined }, actor: Actor) {
      const number = normaliseNumber(input.number);
      const drawn = await store.db.selectFrom('waybill_numbers').select(['state', 'parcel_id']).where('number', '=', number).executeTakeFirst();
      const answer = (outcome: 'confirmed' | 'seen_before' | 'under_way' | 'other_parcel' | 'void' | 'unknown_number' | 'not_printed_here', attempt?: AttemptRow, seenAt: string | null = null) =>
        ({ outcome, number, parcelId: drawn?.parcel_id ?? null, attemptId: attempt?.id ?? null, seenAt });
      if (!drawn) return answer('unknown_number');
      if (['void', 'void_waiting', 'burned'].includes(drawn.state)) return answer('void');
      if (input.parcelId !== undefined && input.parcelId !== drawn.parcel_id) return answer('other_parcel');
      const result = await writing(async (trx, open) => {
        const attempts = await repository.ofNumbers(trx, [number]);
        const row = attempts.findLast((attempt) => ['sent', 'acked', 'confirmed', 'uncertain', 'not_printed'].includes(attempt.state));
        // Faster than the printer's own answer: the label is in the hand while the journal still waits to hear that it left.
        const leaving = attempts.find((attempt) => attempt.state === 'sending');
        if (leaving && row?.state !== 'confirmed') return answer('under_way', leaving);
        if (!row) return answer('not_printed_here');
        if (row.state === 'confirmed') return answer('seen_before', row, row.settled_at);
        await settleWithin(trx, open, row, 'confirmed', actor, 'scan');
        return answer('confirmed', row);
      });
      if (result.outcome === 'confirmed' && result.attemptId !== null) deps.changed?.(result.attemptId, 'confirmed');
      return result;
    },

    /**
     * A further label of the same number: new attempt, visible mark, reason, who. An uncertain label is settled by it as "not known,
     * replaced". Errors: NOT_FOUND, REASON_NEEDED, PIN_NEEDED, PIN_WRONG, NUMBER_STATE (void), LABEL_UNDER_WAY, ISSUING_STOPPED.
     */
    async openReprint(
      request: { attemptId: string; reason: string; pin?: string | undefined; printerId?: string | undefined; jobId: string },
      actor: Actor,
    ): Promise<OpenedReprint> {
      gate.assertOpen();
      witness.check();
      const approvedBy = await rights.approve('reprint', request);
      const opened = await writing(async (trx, open) => {
        const row = (await repository.lock(trx, request.attemptId)) ?? fail('NOT_FOUND', { what: 'attempt', id: request.attemptId });
        const number = (await trx.selectFrom('waybill_numbers').selectAll().where('number', '=', row.number).executeTakeFirst()) ?? fail('NUMBER_UNKNOWN', { number: row.number });
        if (number.live === 0) fail('NUMBER_STATE', { number: row.number, state: number.state, action: 'reprint' });
        const attempts = await repository.ofNumbers(trx, [row.number]);
        const busy = attempts.find((attempt) => ['ready', 'intent', 'sending'].includes(attempt.state));
        if (busy) fail('LABEL_UNDER_WAY', { parcel: row.parcel_id, number: row.number, attempt: busy.id, job: busy.job_id });
        for (const attempt of attempts.filter((one) => one.state === 'uncertain')) await settleWithin(trx, open, attempt, 'not_printed', actor, 'replaced by a reprint');
        const attemptNo = attempts.length + 1;
        const mark = attempts.filter((attempt) => ['sent', 'acked', 'confirmed', 'uncertain', 'not_printed'].includes(attempt.state)).length;
        const printerId = request.printerId ?? row.printer_id;
        const order = { jobId: request.jobId, printerId, templateVersionId: row.template_version_id, operator: actor.operator, stationId: actor.station.id, at: open.at };
        await repository.insertJobIfMissing(trx, {
          id: request.jobId, name: 'reprint', printer_id: printerId, template_version_id: row.template_version_id, total: 1, state: 'open', reason: request.reason,
          operator: actor.operator, station_id: actor.station.id, created_at: open.at, ended_at: null,
        });
        const position = (await repository.countOfJob(trx, request.jobId)) + 1;
        const made = newAttempt(ids.next('att'), order, {
          number: row.number, parcelId: row.parcel_id, position, attemptNo, mark, reprintOf: row.id, reason: request.reason.trim(), approvedBy: approvedBy ?? undefined,
        });
        await repository.insert(trx, [made]);
        return { attemptId: made.id, number: row.number, carrierCode: number.carrier_code, accountId: number.account_id, parcelId: row.parcel_id, templateVersionId: row.template_version_id, printerId, mark, position };
      });
      await audit.record(actor, 'attempt.reprint', opened.attemptId, { number: opened.number, mark: opened.mark, approvedBy });
      deps.changed?.(opened.attemptId, 'intent');
      return opened;
    },

    /** Labels a job will not send: no byte was offered. Labels in any other state are left as they are. */
    async release(attemptIds: readonly string[], reason: string): Promise<void> {
      if (attemptIds.length === 0) return;
      const released = await writing(async (trx, open) => {
        const rows: AttemptRow[] = [];
        for (const id of attemptIds) {
          const row = await repository.lock(trx, id);
          if (row?.state !== 'intent' && row?.state !== 'ready') continue;
          await journal.stepWithin(trx, open, id, 'not_sent', { operator: 'packbench', stationId: '', detail: reason });
          rows.push(row);
        }
        return rows;
      });
      tell(released, 'not_sent');
    },

    /** Part of voiding a number: its labels are void too. Errors: LABEL_UNDER_WAY when one is being sent this moment. */
    async voidWithin(trx: Trx, open: LedgerWriting, number: string, actor: Actor, reason: string): Promise<void> {
      for (const row of await repository.ofNumbers(trx, [number])) {
        if (row.state === 'void') continue;
        if (row.state === 'sending') fail('LABEL_UNDER_WAY', { parcel: row.parcel_id, number, attempt: row.id, job: row.job_id });
        await journal.stepWithin(trx, open, row.id, 'void', { operator: actor.operator, stationId: actor.station.id, detail: reason, set: { settled_at: open.at, settled_by: actor.operator } });
      }
    },

    async endJob(jobId: string, state: 'done' | 'stopped' | 'cancelled', reason: string): Promise<void> {
      await repository.updateJob(store.db, jobId, { state, reason, ended_at: clock.now() });
    },

    countUncertain: (): Promise<number> => repository.countState('uncertain'),
  };
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    id: row.id, jobId: row.job_id, position: row.position, parcelId: row.parcel_id, number: row.number, printerId: row.printer_id, templateVersionId: row.template_version_id,
    attemptNo: row.attempt_no, mark: row.mark, reprintOf: row.reprint_of, reason: row.reason, approvedBy: row.approved_by, state: row.state as AttemptState, sha256: row.sha256,
    byteCount: row.byte_count, evidence: JSON.parse(row.evidence) as Evidence[], detail: row.detail, operator: row.operator, stationId: row.station_id,
    createdAt: row.created_at, sendingAt: row.sending_at, sentAt: row.sent_at, settledAt: row.settled_at, settledBy: row.settled_by,
  };
}

function toJob(row: { id: string; name: string; printer_id: string; template_version_id: string; total: number; state: string; reason: string; operator: string; station_id: string; created_at: string; ended_at: string | null }): Omit<PrintJob, 'counts'> {
  return {
    id: row.id, name: row.name, printerId: row.printer_id, templateVersionId: row.template_version_id, total: row.total, state: row.state as PrintJob['state'], reason: row.reason,
    operator: row.operator, stationId: row.station_id, createdAt: row.created_at, endedAt: row.ended_at,
  };
}
