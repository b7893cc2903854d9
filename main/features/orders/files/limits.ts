/** What a file from outside may cost us, and how a file that asks for more is refused. */
import type { FileProblem } from '../../../../common/domain/orders/file-problems.ts';

export const limits = {
  /** Bytes of the file itself. */
  fileBytes: 64 * 1024 * 1024,
  zipEntries: 200,
  entryBytes: 48 * 1024 * 1024,
  inflatedBytes: 64 * 1024 * 1024,
  rows: 100_000,
  columns: 200,
  cellCharacters: 32_000,
  milliseconds: 20_000,
  /** Heap of the worker, on top of which the bytes of the file and of one inflated chunk stand. */
  heapMegabytes: 224,
} as const;

/** Stops the reading of one file. Crosses the worker boundary as its reason. */
export class FileRefused extends Error {
  readonly problem: FileProblem;
  constructor(problem: FileProblem, detail = '') {
    super(detail === '' ? problem : `${problem}: ${detail}`);
    this.name = 'FileRefused';
    this.problem = problem;
  }
}
