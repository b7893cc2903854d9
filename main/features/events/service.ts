import { topics } from '../../../common/contract/events.ts';
import type { Change, Topic } from '../../../common/contract/events.ts';

export type Changes = ReturnType<typeof createChanges>;

const kept = 500;
/** Changes within this time go out as one event: an import of 10,000 orders is one change to a screen. */
const gatherMs = 50;

/** The core's own notice board: features say what changed, screens listen. State is announced here, never carried. */
export function createChanges() {
  let seq = 0;
  const recent: Change[] = [];
  const waiting = new Set<() => void>();
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  const gathered = new Set<Topic>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    seq += 1;
    recent.push({ seq, topics: [...gathered] });
    gathered.clear();
    if (recent.length > kept) recent.shift();
    for (const wake of waiting) wake();
    waiting.clear();
    for (const listener of listeners) listener(recent.at(-1)?.topics ?? []);
  }

  return {
    emit(...changed: Topic[]): void {
      for (const topic of changed) gathered.add(topic);
      timer ??= setTimeout(flush, gatherMs);
      timer.unref();
    },

    /** For the core itself: called with the topics of every gathered change. */
    onEmit(listener: (topics: readonly Topic[]) => void): void {
      listeners.add(listener);
    },

    /** Ends when the signal is aborted. */
    async *subscribe(after: number, signal?: AbortSignal): AsyncGenerator<Change> {
      let seen = after;
      if (after === 0) seen = seq;
      else if (after > seq || (recent[0] !== undefined && after < recent[0].seq - 1)) {
        seen = seq;
        yield { seq, topics: [...topics] };
      }
      while (!signal?.aborted) {
        for (const change of recent.filter((entry) => entry.seq > seen)) {
          seen = change.seq;
          yield change;
        }
        if (seen < seq) continue;
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
  };
}
