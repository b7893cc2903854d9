import type { JobEvent, JobLabel } from '../../../common/contract/printing.ts';

export type JobState = JobEvent['state'];

/** A print job of this run of the core, with its whole history of events, so that a screen that was away misses nothing. */
export type Job = ReturnType<typeof createJob>;

const finalStates: readonly JobState[] = ['finished', 'stopped', 'cancelled'];

/** `total`: labels the job will have; those not given yet are added while the first ones print. */
export function createJob(jobId: string, printer: { id: string; name: string }, labels: readonly JobLabel[], total = labels.length) {
  const current = new Map(labels.map((label) => [label.parcelId, label]));
  let state: JobState = 'preparing';
  let reason = '';
  let seq = 0;
  let changed = new Set(current.keys());
  const events: JobEvent[] = [];
  let wake = Promise.withResolvers<void>();
  const cancel = new AbortController();

  function doneCount(): number {
    let count = 0;
    for (const label of current.values()) if (label.state !== 'waiting' && label.state !== 'sending') count += 1;
    return count;
  }

  function publish(): void {
    seq += 1;
    events.push({ seq, jobId, done: doneCount(), total: Math.max(total, current.size), state, reason, labels: [...changed].map((id) => current.get(id)).filter((label) => label !== undefined) });
    changed = new Set();
    wake.resolve();
    wake = Promise.withResolvers<void>();
  }
  publish();

  return {
    jobId,
    printer,
    cancel,
    state: () => state,
    isOver: () => finalStates.includes(state),
    summary: () => ({ done: doneCount(), total: Math.max(total, current.size) }),
    labels: (): JobLabel[] => [...current.values()],

    /** Changes one label and tells everyone. */
    update(parcelId: string, change: Partial<JobLabel>): void {
      const label = current.get(parcelId);
      if (label === undefined) return;
      current.set(parcelId, { ...label, ...change });
      changed.add(parcelId);
      publish();
    },

    add(more: readonly JobLabel[]): void {
      if (more.length === 0) return;
      for (const label of more) {
        current.set(label.parcelId, label);
        changed.add(label.parcelId);
      }
      publish();
    },

    enter(next: JobState, why = ''): void {
      state = next;
      reason = why;
      publish();
    },

    /** All events after `after`, then new ones until the job is over. */
    async *follow(after: number, signal?: AbortSignal): AsyncGenerator<JobEvent> {
      let seen = after;
      while (!signal?.aborted) {
        for (const event of events.slice(seen)) {
          seen = event.seq;
          yield event;
        }
        if (seen < seq) continue;
        if (finalStates.includes(state)) return;
        const gone = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
        await Promise.race([wake.promise, gone]);
      }
    },
  };
}
