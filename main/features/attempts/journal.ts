/**
 * The attempt journal: what is known of every label, durable before the first byte leaves. It is the `AttemptSink` of the spooler and
 * the book the draw writes its labels into. Facts about paper are recorded even while issuing is stopped.
 */
import { mayStep, nextLabel } from '../../../common/domain/waybills/attempts.ts';
import type { AttemptState } from '../../../common/domain/waybills/attempts.ts';
import { fail } from '../../../common/errors.ts';
import type { AppError } from '../../../common/errors.ts';
import type { Ids } from '../../ports/index.ts';
import type { AttemptSink, Evidence } from '../../printing/types.ts';
import type { Gate } from '../waybills/gate.ts';
import type { Ledger, LedgerHead, LedgerWriting } from '../waybills/ledger.ts';
import type { NumberMoves, Who } from '../waybills/moves.ts';
import type { Store, Trx } from '../waybills/store.ts';
import type { AttemptRow, AttemptsRepository } from './repository.ts';

export interface JournalDeps {
  readonly store: Store;
  readonly repository: AttemptsRepository;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly moves: NumberMoves;
  readonly ids: Ids;
  readonly clock: { now(): string };
  readonly witness: { record(head: LedgerHead): void };
  /** Told after each durable change of an attempt, for streams; must not throw. */
  readonly changed?: ((attemptId: string, state: AttemptState) => void) | undefined;
}

export interface LabelsToOpen {
  readonly jobId: string;
  readonly jobName: string;
  readonly printerId: string;
  readonly templateVersionId: string;
  readonly operator: string;
  readonly stationId: string;
  readonly at: string;
  readonly labels: readonly { readonly number: string; readonly parcelId: string; readonly position?: number | undefined; readonly again: boolean }[];
}

export type OpenedLabel = { readonly ok: true; readonly attemptId: string; readonly mark: number } | { readonly ok: false; readonly error: AppError };

/** Recorded as the doer where no person was. */
const machine = 'spooler';

export type AttemptJournal = ReturnType<typeof createAttemptJournal>;

export function createAttemptJournal(deps: JournalDeps) {
  const { store, repository, ledger, gate, moves, ids, clock, witness } = deps;

  /** One step of one attempt with what it does to the number, in one transaction. Repeating a step that is done is nothing. */
  async function step(
    attemptId: string,
    to: AttemptState,
    facts: Who & { detail: string; set?: Partial<AttemptRow>; number?: 'printed' | 'unknown'; evidence?: readonly Evidence[] },
  ): Promise<AttemptRow> {
    const { row, head } = await store.write(async (trx) => {
      const writing = await ledger.open(trx, { evenStopped: true });
      const row = await stepWithin(trx, writing, attemptId, to, facts);
      return { row, head: await writing.flush() };
    });
    witness.record(head);
    deps.changed?.(attemptId, row.state as AttemptState);
    return row;
  }

  async function stepWithin(
    trx: Trx,
    writing: LedgerWriting,
    attemptId: string,
    to: AttemptState,
    facts: Who & { detail: string; set?: Partial<AttemptRow>; number?: 'printed' | 'unknown'; evidence?: readonly Evidence[] },
  ): Promise<AttemptRow> {
    const row = (await repository.lock(trx, attemptId)) ?? fail('NOT_FOUND', { what: 'attempt', id: attemptId });
    const from = row.state as AttemptState;
    if (from === to) return row;
    if (!mayStep(from, to)) fail('ATTEMPT_STATE', { attempt: attemptId, state: from, action: to });
    const set: Partial<AttemptRow> = { ...facts.set, state: to, detail: facts.detail, updated_at: writing.at };
    if (facts.evidence && facts.evidence.length > 0) set.evidence = JSON.stringify([...(JSON.parse(row.evidence) as Evidence[]), ...facts.evidence]);
    await repository.update(trx, attemptId, set);
    await repository.step(trx, { attemptId, from, to, at: writing.at, who: facts.operator, stationId: facts.stationId, detail: facts.detail });
    if (facts.number !== undefined) await numberIs(trx, writing, row, facts.number, facts);
    return { ...row, ...set };
  }

  /** A number is printed as soon as one label of it is; unknown only while nothing better is known. */
  async function numberIs(trx: Trx, writing: LedgerWriting, row: AttemptRow, known: 'printed' | 'unknown', who: Who): Promise<void> {
    const attempts = await repository.ofNumbers(trx, [row.number]);
    const others = attempts.filter((attempt) => attempt.id !== row.id);
    if (known === 'unknown' && others.some((attempt) => ['sent', 'acked', 'confirmed'].includes(attempt.state))) return;
    const allowed = known === 'printed' ? ['assigned', 'unknown'] : ['assigned'];
    await moves.to(trx, writing, row.number, known, { ...who, kind: known === 'printed' ? 'print' : 'unknown', attemptId: row.id }).catch((thrown: unknown) => {
      // Handed over, closed or void already: the paper fact is in the journal, the number's life went on.
      const error = (thrown as { error?: AppError }).error;
      if (error?.code === 'NUMBER_STATE' && !allowed.includes(error.data.state)) return;
      throw thrown;
    });
  }

  const sink: AttemptSink = {
    async sending(attemptId, facts) {
      gate.assertOpen();
      await store.write(async (trx) => {
        const row = (await repository.lock(trx, attemptId)) ?? fail('NOT_FOUND', { what: 'attempt', id: attemptId });
        const from = row.state as AttemptState;
        if (from !== 'intent') fail('ATTEMPT_STATE', { attempt: attemptId, state: from, action: 'sending' });
        const at = clock.now();
        await repository.update(trx, attemptId, {
          state: 'sending', sha256: facts.sha256, byte_count: facts.byteCount, odometer_before: facts.odometerBefore ?? null, sending_at: at, updated_at: at,
        });
        await repository.step(trx, { attemptId, from, to: 'sending', at, who: machine, stationId: row.station_id, detail: '' });
      });
      deps.changed?.(attemptId, 'sending');
    },
    async sent(attemptId, evidence) {
      await step(attemptId, 'sent', { operator: machine, stationId: '', detail: '', evidence, number: 'printed', set: { sent_at: clock.now() } });
    },
    async acked(attemptId, evidence) {
      await step(attemptId, 'acked', { operator: machine, stationId: '', detail: '', evidence, number: 'printed' });
    },
    async noted(attemptId, evidence) {
      await store.write(async (trx) => {
        const row = (await repository.lock(trx, attemptId)) ?? fail('NOT_FOUND', { what: 'attempt', id: attemptId });
        await repository.update(trx, attemptId, { evidence: JSON.stringify([...(JSON.parse(row.evidence) as Evidence[]), ...evidence]), updated_at: clock.now() });
      });
    },
    async uncertain(attemptId, reason) {
      await step(attemptId, 'uncertain', { operator: machine, stationId: '', detail: reason, number: 'unknown' });
    },
    async notSent(attemptId, reason) {
      await step(attemptId, 'not_sent', { operator: machine, stationId: '', detail: reason });
    },
  };

  return {
    sink,
    step,
    stepWithin,

    /** Part of the draw's transaction: one attempt in state `intent` per label, or why the label may not go out by itself. */
    async openLabels(trx: Trx, order: LabelsToOpen): Promise<OpenedLabel[]> {
      await repository.insertJobIfMissing(trx, {
        id: order.jobId, name: order.jobName, printer_id: order.printerId, template_version_id: order.templateVersionId, total: order.labels.length,
        state: 'open', reason: '', operator: order.operator, station_id: order.stationId, created_at: order.at, ended_at: null,
      });
      const earlier = new Map<string, AttemptRow[]>();
      for (const row of await repository.ofNumbers(trx, order.labels.filter((label) => label.again).map((label) => label.number))) {
        const list = earlier.get(row.number);
        if (list) list.push(row);
        else earlier.set(row.number, [row]);
      }
      let position = await repository.countOfJob(trx, order.jobId);
      const rows: AttemptRow[] = [];
      const opened = order.labels.map((label): OpenedLabel => {
        const attempts = earlier.get(label.number) ?? [];
        const next = nextLabel(attempts.map((attempt) => ({ id: attempt.id, jobId: attempt.job_id, state: attempt.state as AttemptState })), order.jobId);
        const { parcelId: parcel, number } = label;
        if (next.kind === 'same') return { ok: true, attemptId: next.attemptId, mark: attempts.find((attempt) => attempt.id === next.attemptId)?.mark ?? 0 };
        if (next.kind === 'under_way') return { ok: false, error: { code: 'LABEL_UNDER_WAY', data: { parcel, number, attempt: next.attemptId, job: next.jobId } } };
        if (next.kind === 'uncertain') return { ok: false, error: { code: 'LABEL_UNCERTAIN', data: { parcel, number, attempt: next.attemptId } } };
        if (next.kind === 'printed') return { ok: false, error: { code: 'LABEL_PRINTED', data: { parcel, number, attempt: next.attemptId, state: next.state } } };
        position += 1;
        const row = newAttempt(ids.next('att'), order, { number, parcelId: parcel, position: label.position ?? position, attemptNo: attempts.length + 1, mark: next.mark });
        rows.push(row);
        return { ok: true, attemptId: row.id, mark: row.mark };
      });
      await repository.insert(trx, rows);
      return opened;
    },
  };
}

export function newAttempt(
  id: string,
  order: Omit<LabelsToOpen, 'labels' | 'jobName'>,
  label: { number: string; parcelId: string; position: number; attemptNo: number; mark: number; reprintOf?: string; reason?: string; approvedBy?: string; state?: AttemptState },
): AttemptRow {
  return {
    id, job_id: order.jobId, position: label.position, parcel_id: label.parcelId, number: label.number, printer_id: order.printerId,
    template_version_id: order.templateVersionId, attempt_no: label.attemptNo, mark: label.mark, reprint_of: label.reprintOf ?? null,
    reason: label.reason ?? '', approved_by: label.approvedBy ?? null, state: label.state ?? 'intent', sha256: null, byte_count: null, odometer_before: null,
    evidence: '[]', detail: '', operator: order.operator, station_id: order.stationId, created_at: order.at, sending_at: null, sent_at: null,
    settled_at: null, settled_by: null, updated_at: order.at,
  };
}
