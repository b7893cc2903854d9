/** The killable half of reading files: gets one at a time, posts progress, posts one result. Touches no disk, no network, no database. */
import { parentPort } from 'node:worker_threads';
import { FileRefused } from './limits.ts';
import { openTable } from './open.ts';
import { readOpened } from './read.ts';
import type { ReadResult } from './read.ts';
import { refineReceivers } from './refine.ts';
import type { WorkerJob, WorkerReply } from './reader.ts';
import { loadAddressSplitter } from './splitter.ts';
import { readTable } from './table.ts';

/** A message of this many orders is taken over while the next one is being packed. */
const ordersAtOnce = 500;

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

function replyOrders(result: ReadResult): void {
  if (!result.ok) return reply({ type: 'done', result });
  const { orders } = result.file;
  for (let start = 0; start < orders.length; start += ordersAtOnce) reply({ type: 'orders', orders: orders.slice(start, start + ordersAtOnce) });
  reply({ type: 'done', result: { ...result, file: { ...result.file, orders: [] } } });
}

async function work(job: WorkerJob): Promise<void> {
  try {
    const table = await openTable(job.bytes);
    if (job.what === 'table') return reply({ type: 'done', result: await readTable(table, job.language, job.sheet) });
    const { mapping, sheet } = job;
    const result = await readOpened(job.name, table, { language: job.language, split: await loadAddressSplitter(), onProgress: (rows) => reply({ type: 'progress', rows }), ...(mapping && { mapping }), ...(sheet !== undefined && { sheet }) });
    replyOrders(result.ok ? { ...result, file: { ...result.file, orders: await refineReceivers(result.file.orders) } } : result);
  } catch (thrown) {
    if (thrown instanceof FileRefused) reply({ type: 'refused', problem: thrown.problem, detail: thrown.message });
    else throw thrown;
  }
}

// What is thrown ends the thread; the reader tells it as a file that cannot be read, and takes another thread for the next.
parentPort?.on('message', (job: WorkerJob) => void work(job));
