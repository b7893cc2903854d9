import type { Log } from '../../ports/index.ts';
import type { AttemptSink, JobQueue, PrinterAddress, Transport } from '../types.ts';
import { findLeftovers, settleLeftovers, type Leftover, type LeftoverOptions, type LeftoverOutcome } from './leftovers.ts';

export interface StockDeps {
  readonly printers: readonly { readonly id: string; readonly address: PrinterAddress }[];
  readonly transportFor: (address: PrinterAddress) => Transport;
  /** Which of these job names are attempts of ours that are not settled; jobs of other programs are not ours to touch. */
  readonly unsettled: (names: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly log: Log;
  /** A queue that does not answer in this time is left for later. */
  readonly timeoutMs?: number;
}

/** What the queues of the system still hold of an earlier run. */
export interface QueueStock {
  /** Attempts that a queue can still tell about: the journal leaves them as they are until `settle`. */
  readonly attemptIds: ReadonlySet<string>;
  /** Empties the queues of them and tells the journal. Call once, before anything is sent. */
  settle(sink: AttemptSink, options?: LeftoverOptions): Promise<readonly LeftoverOutcome[]>;
}

/** Reads every queue once at start. Printers without a queue of the system cost nothing. Never throws for a queue that is away. */
export async function takeStock(deps: StockDeps): Promise<QueueStock> {
  const found: { readonly queue: JobQueue; readonly leftovers: readonly Leftover[] }[] = [];
  await Promise.all(deps.printers.map(async ({ id, address }) => {
    if (address.kind !== 'cups' && address.kind !== 'winspool') return;
    const { queue } = deps.transportFor(address);
    if (queue === undefined) return;
    try {
      const leftovers = await inTime(readQueue(queue, deps.unsettled), deps.timeoutMs ?? 3_000);
      if (leftovers.length > 0) found.push({ queue, leftovers });
    } catch (thrown) {
      deps.log.warn('queue not read at start', { printerId: id, error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }));
  // Two printer profiles may use one queue: each job is settled once.
  const seen = new Set<string>();
  const once = found.map(({ queue, leftovers }) => ({ queue, leftovers: leftovers.filter(({ attemptId }) => !seen.has(attemptId) && seen.add(attemptId)) }));
  return {
    attemptIds: seen,
    async settle(sink, options) {
      const outcomes = await Promise.all(once.map(({ queue, leftovers }) => settleLeftovers(queue, leftovers, sink, deps.log, options)));
      return outcomes.flat();
    },
  };
}

async function readQueue(queue: JobQueue, unsettled: StockDeps['unsettled']): Promise<readonly Leftover[]> {
  const names = [...new Set((await queue.jobs()).map((job) => job.name))];
  return names.length === 0 ? [] : findLeftovers(queue, await unsettled(names));
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
