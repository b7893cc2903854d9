/** Reads order files in a worker with limits on heap and time, cancellable, so that no file can stop the program. */
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

export function createOrderFileReader({ workerUrl = defaultWorkerUrl(), milliseconds = limits.milliseconds }: { workerUrl?: URL; milliseconds?: number } = {}) {
  /** Errors: FILE_REFUSED with its problem, CANCELLED. */
  function run<T extends ReadResult | PlainTable>(job: WorkerJob, control: ReadControl, onOrders: (orders: readonly OrderDraft[]) => void = () => {}): Promise<T> {
    const { signal, onProgress } = control;
    if (signal?.aborted) fail('CANCELLED', { what: job.name });
    if (job.bytes.length > limits.fileBytes) fail('FILE_REFUSED', { file: job.name, problem: 'too-large', detail: String(job.bytes.length) });
    // The caller keeps its bytes; the worker gets a copy it may hold on to.
    const bytes = new Uint8Array(job.bytes);
    const worker = new Worker(workerUrl, {
      workerData: { ...job, bytes } satisfies WorkerJob,
      transferList: [bytes.buffer as ArrayBuffer],
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 96, stackSizeMb: 4 },
      env: {},
      stdout: true,
      stderr: true,
    });
    return new Promise<T>((resolve, reject) => {
      const refuse = (problem: FileProblem, detail: string): void => reject(failure('FILE_REFUSED', { file: job.name, problem, detail }));
      const cancel = (): void => {
        reject(failure('CANCELLED', { what: job.name }));
        void worker.terminate();
      };
      let timer = setTimeout(() => void judge(milliseconds), milliseconds);
      /** Time the file itself took, not time this PC was busy with something else: a worker that got no processor is given more, up to a point. */
      async function judge(waited: number): Promise<void> {
        const used = await processorTime(worker);
        if (over) return;
        if (used < milliseconds && waited < milliseconds * mostPatience) {
          timer = setTimeout(() => void judge(waited * 2), waited);
          return;
        }
        refuse('timeout', `${milliseconds} ms`);
        void worker.terminate();
      }
      let over = false;
      signal?.addEventListener('abort', cancel, { once: true });
      worker.on('message', (message: WorkerReply) => {
        if (message.type === 'progress') onProgress?.(message.rows);
        else if (message.type === 'orders') onOrders(message.orders);
        else if (message.type === 'done') resolve(message.result as T);
        else refuse(message.problem, message.detail);
      });
      worker.on('error', (error: Error & { code?: string }) => {
        // The message may quote the file; only its kind goes on.
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse('memory', error.code);
        else refuse('worker-failed', error.name);
      });
      worker.on('exit', () => {
        over = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        refuse('worker-failed', 'exit');
      });
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
  };
}
