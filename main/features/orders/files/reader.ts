/**
 * Reads order files in a worker with limits on heap and time, cancellable, so that no file can stop the program. The thread of a file that
 * was read well waits for the next one; that of any other is given up.
 */
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FileProblem } from '../../../../common/domain/orders/file-problems.ts';
import type { Language } from '../../../../common/domain/orders/texts.ts';
import type { OrderDraft } from '../../../../common/domain/orders/types.ts';
import { fail, failure } from '../../../../common/errors.ts';
import { limits } from './limits.ts';
import type { GivenMapping, ReadResult } from './read.ts';
import type { PlainTable } from './table.ts';

export interface ReadJob {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly language: Language;
  /** Sheet of a workbook; the first that is recognised, or for a plain table the first that has rows, when left out. */
  readonly sheet?: string;
}

export interface OrdersJob extends ReadJob {
  readonly mapping?: GivenMapping;
}

export type WorkerJob = (OrdersJob & { readonly what: 'orders' }) | (ReadJob & { readonly what: 'table' });

export type WorkerReply =
  | { readonly type: 'progress'; readonly rows: number }
  /** The next orders of the file, after its last row was read: unpacked here while the worker packs the ones behind them. */
  | { readonly type: 'orders'; readonly orders: readonly OrderDraft[] }
  /** The result; that of an order file without its orders, which came before. */
  | { readonly type: 'done'; readonly result: ReadResult | PlainTable }
  | { readonly type: 'refused'; readonly problem: FileProblem; readonly detail: string };

export interface ReadControl {
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

export type OrderFileReader = ReturnType<typeof createOrderFileReader>;

/** On a busy PC a file may wait this many times its allowance. */
const mostPatience = 4;

/** Milliseconds of processor a worker has used; all the time in the world when it does not answer. */
async function processorTime(worker: Worker): Promise<number> {
  const silent = new Promise<number>((resolve) => setTimeout(() => resolve(Number.POSITIVE_INFINITY), 500).unref());
  const asked = worker.cpuUsage().then(({ user, system }) => (user + system) / 1000, () => Number.POSITIVE_INFINITY);
  return Promise.race([asked, silent]);
}

/** In the sources the worker lies beside this file; the bundled desktop program has it as an entry of its own, `order-reader.js`. */
function defaultWorkerUrl(): URL {
  if (import.meta.url.endsWith('.ts')) return new URL('./worker.ts', import.meta.url);
  const beside = new URL('./order-reader.js', import.meta.url);
  return existsSync(beside) ? beside : new URL('../order-reader.js', import.meta.url);
}

/** After a larger file its thread is given up, and with it the memory the file took. */
const largestKept = 8 * 1024 * 1024;

/** A thread that waits for a file, and what it had used of the processor before. */
interface Ready {
  readonly worker: Worker;
  readonly usedBefore: number;
}

/** Nobody waits for anything of it any more. An error that nobody hears would end the program. */
function quiet(worker: Worker): Worker {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
  return worker.on('error', () => {});
}

export function createOrderFileReader({ workerUrl = defaultWorkerUrl(), milliseconds = limits.milliseconds }: { workerUrl?: URL; milliseconds?: number } = {}) {
  let ready: Ready | undefined;
  let closed = false;

  function start(): Ready {
    const worker = new Worker(workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 96, stackSizeMb: 4 },
      env: {},
      stdout: true,
      stderr: true,
    });
    return { worker, usedBefore: 0 };
  }

  /** Lays a thread by for the next file; one that ends while it waits is forgotten. */
  function layBy(next: Ready): void {
    ready = next;
    const forget = (): void => {
      if (ready === next) ready = undefined;
    };
    next.worker.once('exit', forget).on('error', forget).unref();
  }

  function take(): Ready {
    const taken = ready ?? start();
    ready = undefined;
    quiet(taken.worker).ref();
    return taken;
  }

  /** After a file that was read as it should be. */
  async function giveBack({ worker }: Ready, job: WorkerJob): Promise<void> {
    quiet(worker);
    const usedBefore = closed || job.bytes.length > largestKept || ready !== undefined ? Number.POSITIVE_INFINITY : await processorTime(worker);
    if (Number.isFinite(usedBefore) && ready === undefined && !closed) layBy({ worker, usedBefore });
    else void worker.terminate();
  }

  /** Errors: FILE_REFUSED with its problem, CANCELLED. */
  function run<T extends ReadResult | PlainTable>(job: WorkerJob, control: ReadControl, onOrders: (orders: readonly OrderDraft[]) => void = () => {}): Promise<T> {
    const { signal, onProgress } = control;
    if (signal?.aborted) fail('CANCELLED', { what: job.name });
    if (job.bytes.length > limits.fileBytes) fail('FILE_REFUSED', { file: job.name, problem: 'too-large', detail: String(job.bytes.length) });
    // The caller keeps its bytes; the worker gets a copy it may hold on to.
    const bytes = new Uint8Array(job.bytes);
    const taken = take();
    const { worker } = taken;
    worker.postMessage({ ...job, bytes } satisfies WorkerJob, [bytes.buffer as ArrayBuffer]);
    return new Promise<T>((resolve, reject) => {
      let timer = setTimeout(() => void judge(milliseconds), milliseconds);
      let over = false;
      /** Whatever comes first ends it; what comes later from the thread is about nothing any more. */
      function end(settle: () => void): void {
        if (over) return;
        over = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        settle();
      }
      function giveUp(failed: Error): void {
        end(() => reject(failed));
        void worker.terminate();
      }
      const refuse = (problem: FileProblem, detail: string): void => giveUp(failure('FILE_REFUSED', { file: job.name, problem, detail }));
      const cancel = (): void => giveUp(failure('CANCELLED', { what: job.name }));
      /** Time the file itself took, not time this PC was busy with something else: a worker that got no processor is given more, up to a point. */
      async function judge(waited: number): Promise<void> {
        const used = (await processorTime(worker)) - taken.usedBefore;
        if (over) return;
        if (used < milliseconds && waited < milliseconds * mostPatience) timer = setTimeout(() => void judge(waited * 2), waited);
        else refuse('timeout', `${milliseconds} ms`);
      }
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: WorkerReply) => {
        if (over) return;
        if (message.type === 'progress') onProgress?.(message.rows);
        else if (message.type === 'orders') onOrders(message.orders);
        else if (message.type === 'refused') refuse(message.problem, message.detail);
        else
          // Given back first, so that the next of several files finds it.
          end(() => void giveBack(taken, job).then(() => resolve(message.result as T)));
      });
      // The message of an error may quote the file; only its kind goes on.
      worker.on('error', (error: Error & { code?: string }) => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? refuse('memory', error.code) : refuse('worker-failed', error.name)));
      worker.on('exit', () => refuse('worker-failed', 'exit'));
    });
  }

  return {
    /** The orders of a file. Errors: FILE_REFUSED with its problem, CANCELLED. */
    async read(job: OrdersJob, control: ReadControl = {}): Promise<ReadResult> {
      const orders: OrderDraft[] = [];
      const result = await run<ReadResult>({ ...job, what: 'orders' }, control, (part) => orders.push(...part));
      return result.ok ? { ...result, file: { ...result.file, orders } } : result;
    },
    /** The rows of any table. Errors: FILE_REFUSED with its problem, CANCELLED. */
    readTable: (job: ReadJob, control: ReadControl = {}): Promise<PlainTable> => run({ ...job, what: 'table' }, control),
    /** Starts the thread the next file is read in, which takes longer than reading a small one. */
    warm(): void {
      if (ready === undefined) layBy(start());
    },
    /** Ends the waiting thread; from now on none is kept. */
    async close(): Promise<void> {
      closed = true;
      const { worker } = ready ?? {};
      ready = undefined;
      await worker?.terminate();
    },
  };
}
