import type { SpoolItem } from '../types.ts';
import type { Batch, BatchReport, LabelEvent, StopReason } from './types.ts';

/** A label waiting in the actor, with its batch. */
export interface QueuedLabel {
  readonly item: SpoolItem;
  readonly position: number;
  readonly batch: OpenBatch;
}

/** The actor's side of a batch. */
export interface OpenBatch {
  readonly batch: Batch;
  readonly labels: readonly QueuedLabel[];
  readonly cancelled: boolean;
  tell(event: LabelEvent): void;
  stop(reason: StopReason): void;
}

/** A batch that records every event, so that a reader who comes late (or again) misses nothing. */
export function createBatch(batchId: string, items: readonly SpoolItem[], onCancel: () => void): OpenBatch {
  const events: LabelEvent[] = [];
  const finals = new Map<number, LabelEvent>();
  let stopped: StopReason | undefined;
  let cancelled = false;
  let wake = Promise.withResolvers<void>();
  const done = Promise.withResolvers<BatchReport>();

  function report(): BatchReport {
    const labels = items.map((_, position) => finals.get(position)).filter((event) => event !== undefined);
    return { labels, ...(stopped === undefined ? {} : { stopped }) };
  }

  async function* read(): AsyncIterableIterator<LabelEvent> {
    for (let at = 0; ; at += 1) {
      while (at >= events.length) {
        if (finals.size === items.length) return;
        await wake.promise;
      }
      const event = events[at];
      if (event !== undefined) yield event;
    }
  }

  const open: OpenBatch = {
    batch: {
      batchId,
      events: read,
      done: done.promise,
      cancel() {
        cancelled = true;
        onCancel();
      },
    },
    labels: items.map((item, position) => ({ item, position, get batch() { return open; } })),
    get cancelled() { return cancelled; },
    tell(event) {
      events.push(event);
      if (event.final) finals.set(event.position, event);
      wake.resolve();
      wake = Promise.withResolvers<void>();
      if (finals.size === items.length) done.resolve(report());
    },
    stop(reason) {
      stopped ??= reason;
    },
  };
  if (items.length === 0) done.resolve(report());
  return open;
}

/** Parts of a batch follow each other within seconds; this many early ends are remembered. */
const rememberedEnds = 200;

/** Batches that ended early, with the reason; the oldest are forgotten. */
export function createEndedBatches(): { add(batchId: string, reason: StopReason): void; get(batchId: string): StopReason | undefined } {
  const reasons = new Map<string, StopReason>();
  return {
    add(batchId, reason) {
      if (!reasons.has(batchId)) reasons.set(batchId, reason);
      const [oldest] = reasons.keys();
      if (reasons.size > rememberedEnds && oldest !== undefined) reasons.delete(oldest);
    },
    get: (batchId) => reasons.get(batchId),
  };
}
