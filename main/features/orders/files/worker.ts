/** The killable half of reading a file: gets bytes, posts progress, posts one result, ends. Touches no disk, no network, no database. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadAddressSplitter } from './splitter.ts';
import { FileRefused } from './limits.ts';
import { readOrderFile, readText } from './read.ts';
import type { ReadOptions, ReadResult } from './read.ts';
import type { WorkerJob, WorkerReply } from './reader.ts';

const job = workerData as WorkerJob;

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}

try {
  const options: ReadOptions = {
    language: job.language,
    split: await loadAddressSplitter(),
    onProgress: (rows) => reply({ type: 'progress', rows }),
    ...(job.mapping && { mapping: job.mapping }),
  };
  const result: ReadResult = job.text === undefined ? await readOrderFile(job.name, job.bytes ?? new Uint8Array(), options) : readText(job.name, job.text, 'utf-8', options);
  reply({ type: 'done', result });
} catch (thrown) {
  if (thrown instanceof FileRefused) reply({ type: 'refused', problem: thrown.problem, detail: thrown.message });
  else throw thrown;
}
