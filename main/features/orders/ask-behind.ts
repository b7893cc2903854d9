/** Keeps the answers of the carrier rules up to date behind every change, so that nobody waits for them who looks for a carrier. */
import type { Topic } from '../../../common/contract/events.ts';
import type { Log } from '../../ports/index.ts';

export interface AskBehindDeps {
  readonly ask: () => Promise<void>;
  readonly changes: { onEmit(listener: (topics: readonly Topic[]) => void): void };
  readonly log: Pick<Log, 'warn'>;
  /** After a change this long nothing is asked: what comes in many small steps is asked about once. */
  readonly restMs?: number;
}

const looked: readonly Topic[] = ['orders', 'parcels', 'items', 'settings'];

/** Begins with what another start left unasked. After `stop` nothing is under way any more. */
export function askBehind({ ask, changes, log, restMs = 250 }: AskBehindDeps): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  function soon(): void {
    if (stopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      // What fails here is asked by whoever looks, who is then told why.
      running = running.then(ask).catch((error: unknown) => log.warn('orders.carriers', { error: String(error) }));
    }, restMs);
    timer.unref();
  }

  changes.onEmit((topics) => {
    if (topics.some((topic) => looked.includes(topic))) soon();
  });
  soon();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
