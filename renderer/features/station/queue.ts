/**
 * Scans on their way to the core: one after the other, in the order they were made, and none lost. While no answer comes a scan is asked
 * again with the same id, which the core takes as one scan; what still waits when the page is loaded anew is taken up again.
 */
import type { Answer, Reply } from '../../../common/contract/stations.ts';

export interface WaitingScan {
  readonly scanId: string;
  readonly code: string;
  readonly capturedMs: number;
}

export interface QueueState {
  /** What the last scan or key was. */
  readonly answer: Answer | undefined;
  /** Counts answers, so that the same one twice is seen twice. */
  readonly answers: number;
  /** Counts scans as they are made. */
  readonly scanned: number;
  /** Scans and keys that wait for their answer. */
  readonly waiting: number;
  /** The core was asked and could not be reached; it is asked again. */
  readonly late: boolean;
}

export interface QueueDeps {
  /** Asks the core. Rejects when it refuses (then `isAnswer`) or cannot be reached. */
  scan(scan: WaitingScan): Promise<Reply>;
  isAnswer(thrown: unknown): boolean;
  /** Every answer, in order. */
  onReply(reply: Reply): void;
  /** A scan or key the core refused, or a key that did not reach it. */
  onFailure(thrown: unknown): void;
  /** Becomes true when an answer is late. */
  onLate(): void;
  /** What waits, kept over a reload of the page. */
  readonly kept: { read(): readonly WaitingScan[]; write(waiting: readonly WaitingScan[]): void };
  readonly newId: () => string;
  readonly retryMs?: number;
}

export type ScanQueue = ReturnType<typeof createScanQueue>;

export function createScanQueue({ retryMs = 500, ...deps }: QueueDeps) {
  let state: QueueState = { answer: undefined, answers: 0, scanned: 0, waiting: 0, late: false };
  let chain = Promise.resolve();
  let waiting: readonly WaitingScan[] = [];
  const listeners = new Set<() => void>();

  function set(next: Partial<QueueState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }
  function keep(next: readonly WaitingScan[]): void {
    waiting = next;
    deps.kept.write(waiting);
  }
  function answered(reply: Reply): void {
    set({ late: false, ...(reply.answer.kind !== 'repeated' && { answer: reply.answer, answers: state.answers + 1 }) });
    deps.onReply(reply);
  }
  function inTurn(work: () => Promise<void>): void {
    set({ waiting: state.waiting + 1 });
    chain = chain.then(work).finally(() => set({ waiting: state.waiting - 1 }));
  }

  async function untilAnswered(scan: WaitingScan): Promise<void> {
    for (;;) {
      try {
        answered(await deps.scan(scan));
        break;
      } catch (thrown) {
        if (deps.isAnswer(thrown)) {
          set({ late: false });
          deps.onFailure(thrown);
          break;
        }
        if (!state.late) {
          set({ late: true });
          deps.onLate();
        }
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    keep(waiting.filter((one) => one.scanId !== scan.scanId));
  }
  function add(scan: WaitingScan): void {
    keep([...waiting, scan]);
    inTurn(() => untilAnswered(scan));
  }

  for (const scan of deps.kept.read()) add(scan);

  return {
    state: (): QueueState => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    scan(code: string, capturedMs: number): void {
      set({ scanned: state.scanned + 1 });
      add({ scanId: deps.newId(), code: code.slice(0, 500), capturedMs });
    },
    /** A key of the packer, in turn with the scans; its answer is shown like that of a scan. Not asked again: the packer presses it again. */
    run(work: () => Promise<Reply>): void {
      inTurn(() => work().then(answered, deps.onFailure));
    },
  };
}
