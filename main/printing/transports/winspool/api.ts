import { promisify } from 'node:util';
import type { FieldReader, JobInfo, PrinterInfo } from './layouts.ts';
import { jobInfo1Size, printerInfo2Size, readJobInfo1, readPrinterInfo2 } from './layouts.ts';

/** A printer handle of the spooler; never inspected, only handed back. */
export type PrinterHandle = { readonly handle: unknown };

/** The spooler calls we need. A call that fails answers undefined, false or 0; the reason is only known to the thread that made it. */
export interface WinspoolApi {
  open(name: string): Promise<PrinterHandle | undefined>;
  close(printer: PrinterHandle): Promise<boolean>;
  /** Starts a RAW document; the job id, 0 when refused. */
  startDocument(printer: PrinterHandle, name: string): Promise<number>;
  startPage(printer: PrinterHandle): Promise<boolean>;
  /** How many bytes the spooler took; undefined when the call failed. */
  write(printer: PrinterHandle, bytes: Uint8Array): Promise<number | undefined>;
  endPage(printer: PrinterHandle): Promise<boolean>;
  endDocument(printer: PrinterHandle): Promise<boolean>;
  abort(printer: PrinterHandle): Promise<boolean>;
  printers(): Promise<readonly PrinterInfo[]>;
  printer(printer: PrinterHandle): Promise<PrinterInfo | undefined>;
  jobs(printer: PrinterHandle): Promise<readonly JobInfo[]>;
  /** Undefined once the spooler has forgotten the job. */
  job(printer: PrinterHandle, jobId: number): Promise<JobInfo | undefined>;
  control(printer: PrinterHandle, jobId: number, command: number): Promise<boolean>;
}

/** PRINTER_ENUM_LOCAL | PRINTER_ENUM_CONNECTIONS */
const localAndConnected = 0x2 | 0x4;
/** More jobs than this in one queue is a queue nobody should send into. */
const mostJobs = 1000;

/**
 * Binds `winspool.drv`. Every call runs on another thread (the spooler may wait for a network printer) and all calls of one
 * api run one after the other. Throws where the library cannot be loaded, that is, everywhere but on Windows.
 */
export async function loadWinspool(): Promise<WinspoolApi> {
  const { default: koffi } = await import('koffi');
  const library = koffi.load('winspool.drv');
  const handleOut = koffi.out(koffi.pointer('void *'));
  const countOut = koffi.out(koffi.pointer('uint32_t'));
  const documentInfo = koffi.struct({ pDocName: 'str16', pOutputFile: 'str16', pDatatype: 'str16' });
  // The data parameter is bytes: a wide-character type there would mangle binary.
  const bytesIn = 'uint8_t *';

  let last: Promise<unknown> = Promise.resolve();
  function declare(name: string, result: string, parameters: Parameters<typeof library.func>[3]): (...args: unknown[]) => Promise<number> {
    const call = promisify(library.func('__stdcall', name, result, parameters).async);
    return (...args) => {
      const answer = last.then(() => call(...args) as Promise<number>);
      last = answer.catch(() => undefined);
      return answer;
    };
  }

  const openPrinter = declare('OpenPrinterW', 'int32_t', ['str16', handleOut, 'void *']);
  const closePrinter = declare('ClosePrinter', 'int32_t', ['void *']);
  const startDoc = declare('StartDocPrinterW', 'uint32_t', ['void *', 'uint32_t', koffi.pointer(documentInfo)]);
  const startPage = declare('StartPagePrinter', 'int32_t', ['void *']);
  const endPage = declare('EndPagePrinter', 'int32_t', ['void *']);
  const endDoc = declare('EndDocPrinter', 'int32_t', ['void *']);
  const abortPrinter = declare('AbortPrinter', 'int32_t', ['void *']);
  const writePrinter = declare('WritePrinter', 'int32_t', ['void *', bytesIn, 'uint32_t', countOut]);
  const enumPrinters = declare('EnumPrintersW', 'int32_t', ['uint32_t', 'str16', 'uint32_t', bytesIn, 'uint32_t', countOut, countOut]);
  const getPrinter = declare('GetPrinterW', 'int32_t', ['void *', 'uint32_t', bytesIn, 'uint32_t', countOut]);
  const enumJobs = declare('EnumJobsW', 'int32_t', ['void *', 'uint32_t', 'uint32_t', 'uint32_t', bytesIn, 'uint32_t', countOut, countOut]);
  const getJob = declare('GetJobW', 'int32_t', ['void *', 'uint32_t', 'uint32_t', bytesIn, 'uint32_t', countOut]);
  const setJob = declare('SetJobW', 'int32_t', ['void *', 'uint32_t', 'uint32_t', 'void *', 'uint32_t']);

  function fieldsOf(buffer: Buffer): FieldReader {
    return {
      uint32: (offset) => buffer.readUInt32LE(offset),
      text: (offset) => (buffer.readBigUInt64LE(offset) === 0n ? '' : String(koffi.decode(buffer, offset, 'str16'))),
    };
  }

  /** The two-call pattern: ask for the size, then for the data. The list may grow in between, so it is tried a few times. */
  async function fetch(call: (buffer: Buffer | null, size: number, needed: number[], returned: number[]) => Promise<number>): Promise<{ buffer: Buffer; count: number } | undefined> {
    let size = 0;
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const needed = [0];
      const returned = [0];
      const buffer = size === 0 ? null : Buffer.alloc(size);
      const ok = await call(buffer, size, needed, returned);
      if (ok !== 0) return { buffer: buffer ?? Buffer.alloc(0), count: returned[0] ?? 0 };
      const wanted = needed[0] ?? 0;
      if (wanted <= size) return undefined;
      size = wanted;
    }
    return undefined;
  }

  function readAll<T>(found: { buffer: Buffer; count: number } | undefined, size: number, read: (at: number, field: FieldReader) => T): T[] {
    if (found === undefined) return [];
    const field = fieldsOf(found.buffer);
    return Array.from({ length: found.count }, (_, index) => read(index * size, field));
  }

  return {
    async open(name) {
      const handle: unknown[] = [null];
      return (await openPrinter(name, handle, null)) === 0 ? undefined : { handle: handle[0] };
    },
    close: async ({ handle }) => (await closePrinter(handle)) !== 0,
    startDocument: ({ handle }, name) => startDoc(handle, 1, { pDocName: name, pOutputFile: null, pDatatype: 'RAW' }),
    startPage: async ({ handle }) => (await startPage(handle)) !== 0,
    async write({ handle }, bytes) {
      const written = [0];
      const ok = await writePrinter(handle, bytes, bytes.length, written);
      return ok === 0 ? undefined : (written[0] ?? 0);
    },
    endPage: async ({ handle }) => (await endPage(handle)) !== 0,
    endDocument: async ({ handle }) => (await endDoc(handle)) !== 0,
    abort: async ({ handle }) => (await abortPrinter(handle)) !== 0,
    async printers() {
      const found = await fetch((buffer, size, needed, returned) => enumPrinters(localAndConnected, null, 2, buffer, size, needed, returned));
      return readAll(found, printerInfo2Size, readPrinterInfo2);
    },
    async printer({ handle }) {
      const found = await fetch((buffer, size, needed) => getPrinter(handle, 2, buffer, size, needed));
      return readAll(found === undefined ? undefined : { ...found, count: 1 }, printerInfo2Size, readPrinterInfo2)[0];
    },
    async jobs({ handle }) {
      const found = await fetch((buffer, size, needed, returned) => enumJobs(handle, 0, mostJobs, 1, buffer, size, needed, returned));
      return readAll(found, jobInfo1Size, readJobInfo1);
    },
    async job({ handle }, jobId) {
      const found = await fetch((buffer, size, needed) => getJob(handle, jobId, 1, buffer, size, needed));
      return readAll(found === undefined ? undefined : { ...found, count: 1 }, jobInfo1Size, readJobInfo1)[0];
    },
    control: async ({ handle }, jobId, command) => (await setJob(handle, jobId, 0, null, command)) !== 0,
  };
}
