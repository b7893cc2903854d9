/** The killable half of reading a file: gets bytes, posts progress, posts one result, ends. Touches no disk, no network, no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused } from './limits.ts';
import { openTable, openText } from './open.ts';
import { readOpened } from './read.ts';
import type { WorkerJob, WorkerReply } from './reader.ts';
import { loadAddressSplitter } from './splitter.ts';
import { readTable } from './table.ts';

const job = workerData as WorkerJob;

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

try {
  const table = job.text === undefined ? await openTable(job.bytes ?? new Uint8Array()) : openText(job.text, 'utf-8');
  if (job.what === 'table') reply({ type: 'done', result: await readTable(table, job.language, job.sheet) });
  else {
    const { mapping } = job;
    const result = await readOpened(job.name, table, { language: job.language, split: await loadAddressSplitter(), onProgress: (rows) => reply({ type: 'progress', rows }), ...(mapping && { mapping }) });
    reply({ type: 'done', result });
  }
} catch (thrown) {
  if (thrown instanceof FileRefused) reply({ type: 'refused', problem: thrown.problem, detail: thrown.message });
  else throw thrown;
}
