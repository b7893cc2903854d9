/** After a crash: what was under way is sorted into "no byte left" and "nobody knows". Runs before anything is sent. */
import type { AttemptState } from '../../../common/domain/waybills/attempts.ts';
import type { Ledger, LedgerHead, LedgerWriting } from '../waybills/ledger.ts';
import type { Store, Trx } from '../waybills/store.ts';
import type { AttemptJournal } from './journal.ts';
import type { AttemptRow, AttemptsRepository } from './repository.ts';

export interface RecoveryReport {
  readonly notSent: number;
  readonly uncertain: number;
  /** Labels whose job still stands in the spooler's queue: they stay as they are until the spooler tells. */
  readonly adopted: number;
}

const who = { operator: 'packbench', stationId: '' };

export type Recovery = ReturnType<typeof createRecovery>;

export function createRecovery(deps: {
  readonly store: Store;
  readonly repository: AttemptsRepository;
  readonly journal: AttemptJournal;
  readonly ledger: Ledger;
  readonly witness: { record(head: LedgerHead): void };
}) {
  const { store, repository, journal, ledger, witness } = deps;

  async function sort(trx: Trx, writing: LedgerWriting, row: AttemptRow, detail: string): Promise<AttemptState> {
    const to: AttemptState = row.state === 'sending' ? 'uncertain' : 'not_sent';
    await journal.stepWithin(trx, writing, row.id, to, { ...who, detail, ...(to === 'uncertain' ? { number: 'unknown' } : {}) });
    return to;
  }

  return {
    /**
     * `intent` without `sending` is not sent and may go again by itself; `sending` is uncertain and waits for a person or for late
     * evidence. `queued` are attempts whose document still stands in an operating system's queue.
     */
    async recover(queued: ReadonlySet<string> = new Set()): Promise<RecoveryReport> {
      const report = { notSent: 0, uncertain: 0, adopted: 0 };
      const head = await store.write(async (trx) => {
        const writing = await ledger.open(trx, { evenStopped: true });
        for (const row of await repository.inStates(trx, ['ready', 'intent', 'sending'], 100_000)) {
          if (queued.has(row.id)) {
            report.adopted += 1;
            continue;
          }
          if ((await sort(trx, writing, row, 'restart')) === 'uncertain') report.uncertain += 1;
          else report.notSent += 1;
        }
        return writing.flush();
      });
      witness.record(head);
      return report;
    },

    /**
     * These data are a copy or an old image: in the time they do not know of, any label that was not yet out may have been printed.
     * So nothing goes out again by itself: labels of living numbers without paper become uncertain.
     */
    async afterCopy(trx: Trx, writing: LedgerWriting): Promise<void> {
      for (const row of await repository.inStates(trx, ['ready', 'intent', 'sending'], 1_000_000)) {
        await journal.stepWithin(trx, writing, row.id, 'uncertain', { ...who, detail: 'copy', number: 'unknown' });
      }
      const idle = await trx
        .selectFrom('print_attempts as a')
        .innerJoin('waybill_numbers as n', 'n.number', 'a.number')
        .select(['a.id'])
        .where('n.state', '=', 'assigned')
        .where('a.state', 'in', ['not_sent', 'cancelled'])
        .where((eb) =>
          eb.not(eb.exists(eb.selectFrom('print_attempts as b').select('b.id').whereRef('b.number', '=', 'a.number').whereRef('b.attempt_no', '>', 'a.attempt_no'))),
        )
        .execute();
      for (const row of idle) await journal.stepWithin(trx, writing, row.id, 'uncertain', { ...who, detail: 'copy', number: 'unknown' });
    },
  };
}
