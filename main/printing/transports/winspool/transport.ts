import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, Evidence, JobQueue, PrinterCondition, QueuedJob, Transport, TransportJob } from '../../types.ts';
import { TransportFailure } from '../failure.ts';
import { loadWinspool, type PrinterHandle, type WinspoolApi } from './api.ts';
import { bitNames, jobControl, jobStatus, printerStatus, workOffline, type JobInfo, type PrinterInfo } from './layouts.ts';

export interface WinspoolOptions {
  /** The spooler; tests on other systems cannot have one. */
  readonly load?: () => Promise<WinspoolApi>;
  /** Pause between two looks at a job. */
  readonly pollMs?: number;
  /** Bytes per WritePrinter. */
  readonly chunkBytes?: number;
}

/** Bits that mean the job has begun to reach the printer. */
const begun = jobStatus.printing | jobStatus.printed | jobStatus.complete | jobStatus.restart;
/** Bits under which a job stands still until somebody does something. */
const stuck = jobStatus.paused | jobStatus.error | jobStatus.offline | jobStatus.paperOut | jobStatus.blocked | jobStatus.userIntervention;
const dying = jobStatus.deleting | jobStatus.deleted;

/** A printer of the Windows spooler. RAW bytes, one document per label, the document named after the attempt. */
export function createWinspoolTransport(address: { readonly name: string }, options: WinspoolOptions = {}): Transport {
  let loading: Promise<WinspoolApi> | undefined;
  async function spooler(): Promise<WinspoolApi> {
    loading ??= (options.load ?? loadWinspool)();
    try {
      return await loading;
    } catch (thrown) {
      loading = undefined;
      throw new TransportFailure('unsupported', 'the Windows spooler is not available on this system', 0, { cause: thrown });
    }
  }

  async function openPrinter(api: WinspoolApi): Promise<PrinterHandle> {
    const printer = await api.open(address.name);
    if (printer !== undefined) return printer;
    const known = (await api.printers()).some((one) => one.name.toLowerCase() === address.name.toLowerCase());
    throw known
      ? new TransportFailure('not_permitted', `Windows does not let us open the printer ${address.name}`, 0)
      : new TransportFailure('not_found', `Windows has no printer ${address.name}`, 0);
  }

  async function withPrinter<T>(use: (api: WinspoolApi, printer: PrinterHandle) => Promise<T>): Promise<T> {
    const api = await spooler();
    const printer = await openPrinter(api);
    try {
      return await use(api, printer);
    } finally {
      await api.close(printer);
    }
  }

  const queue: JobQueue = {
    jobs: () => withPrinter(async (api, printer) => (await api.jobs(printer)).map(describeJob)),
    withdraw: (jobId) =>
      withPrinter(async (api, printer) => {
        const id = Number(jobId);
        if ((await api.job(printer, id)) === undefined) return undefined;
        // Held first: between looking and deleting it could begin to print.
        await api.control(printer, id, jobControl.pause);
        const held = await api.job(printer, id);
        if (held === undefined) return undefined;
        const before = describeJob(held);
        if (!(await api.control(printer, id, jobControl.delete))) await api.control(printer, id, jobControl.cancel);
        return { ...before, state: 'cancelled' };
      }),
  };

  return {
    kind: 'winspool',
    oneJobPerChannel: true,
    queue,
    async open(job, signal) {
      if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before opening the printer', 0);
      const api = await spooler();
      return createWinspoolChannel(api, await openPrinter(api), job, options);
    },
    systemStatus: async () => {
      try {
        const info = await withPrinter((api, printer) => api.printer(printer));
        return info === undefined ? { condition: 'error', detail: 'the spooler does not describe the printer' } : describePrinter(info);
      } catch (thrown) {
        return { condition: 'off_line', detail: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}

function createWinspoolChannel(api: WinspoolApi, printer: PrinterHandle, job: TransportJob, options: WinspoolOptions): Channel {
  const chunkBytes = options.chunkBytes ?? 64 * 1024;
  const pollMs = options.pollMs ?? 50;
  let jobId = 0;
  let closing: Promise<'quiet'> | undefined;

  async function write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    jobId = await api.startDocument(printer, job.name);
    if (jobId === 0) throw new TransportFailure('not_permitted', 'the spooler did not accept a RAW document', 0);
    // "Start printing immediately" is the default of a queue, so a byte given to the spooler may already be on paper.
    let offered = 0;
    try {
      if (!(await api.startPage(printer))) throw new TransportFailure('io', 'StartPagePrinter failed', 0);
      while (offered < bytes.length) {
        if (signal?.aborted) throw new TransportFailure('cancelled', 'given up while the label was being spooled', offered);
        const chunk = bytes.subarray(offered, offered + chunkBytes);
        const took = await api.write(printer, chunk);
        if (took === undefined || took === 0) throw new TransportFailure('io', `the spooler stopped taking bytes after ${offered}`, offered);
        offered += took;
        job.onProgress?.({ offeredBytes: offered, totalBytes: bytes.length, stalledMs: 0 });
      }
      if (!(await api.endPage(printer))) throw new TransportFailure('io', 'EndPagePrinter failed', offered);
      if (!(await api.endDocument(printer))) throw new TransportFailure('io', 'EndDocPrinter failed', offered);
    } catch (thrown) {
      await api.abort(printer);
      throw thrown;
    }
  }

  /** Finished jobs vanish from the spooler, so what was seen last decides what a vanished job means. */
  async function settle(signal?: AbortSignal): Promise<readonly Evidence[]> {
    const started = performance.now();
    let waitingSince = started;
    let last: JobInfo | undefined;
    for (;;) {
      const now = await api.job(printer, jobId);
      if (now === undefined) return vanished(last, performance.now() - waitingSince);
      if ((now.status & (jobStatus.printed | jobStatus.complete)) !== 0 && (now.status & (stuck | dying)) === 0) return [stateOf(now)];
      if (last === undefined || now.status !== last.status) waitingSince = performance.now();
      last = now;
      job.onProgress?.({ offeredBytes: 0, totalBytes: 0, stalledMs: Math.round(performance.now() - waitingSince) });
      if (signal?.aborted) return withdraw(now);
      await delay(performance.now() - started < 1_000 ? Math.min(pollMs, 20) : pollMs * 4);
    }
  }

  async function withdraw(seen: JobInfo): Promise<never> {
    await api.control(printer, jobId, jobControl.pause);
    const held = (await api.job(printer, jobId)) ?? seen;
    await api.control(printer, jobId, jobControl.delete);
    const untouched = describeJob(held).untouched;
    throw new TransportFailure('cancelled', `taken out of the queue (${bitNames(held.status, jobStatus)})`, untouched ? 0 : 1);
  }

  return {
    duplex: false,
    write,
    settle,
    onData: () => () => undefined,
    close() {
      closing ??= api.close(printer).then(() => 'quiet');
      return closing;
    },
  };
}

function vanished(last: JobInfo | undefined, unchangedMs: number): readonly Evidence[] {
  if (last === undefined) return [{ kind: 'job_state', state: 'left the queue' }];
  if ((last.status & dying) !== 0 && (last.status & (jobStatus.printed | jobStatus.complete)) === 0) {
    throw new TransportFailure('job_cancelled', `deleted from the queue (${bitNames(last.status, jobStatus)})`, 1);
  }
  // It stood still and then it was gone: somebody may have deleted it.
  if ((last.status & stuck) !== 0 || ((last.status & begun) === 0 && unchangedMs > 1_500)) {
    throw new TransportFailure('job_lost', `gone from the queue, last seen ${bitNames(last.status, jobStatus)}`, 1);
  }
  return [{ kind: 'job_state', state: `left the queue, last seen ${bitNames(last.status, jobStatus)}` }];
}

function stateOf(info: JobInfo): Evidence {
  return { kind: 'job_state', state: bitNames(info.status, jobStatus) };
}

/** A job of the spooler in our words. */
export function describeJob(info: JobInfo): QueuedJob {
  const { status } = info;
  const state: QueuedJob['state'] =
    (status & dying) !== 0 ? 'cancelled'
    : (status & (jobStatus.printed | jobStatus.complete)) !== 0 ? 'completed'
    : (status & jobStatus.printing) !== 0 ? 'printing'
    : (status & jobStatus.error) !== 0 ? 'failed'
    : 'waiting';
  const words = bitNames(status, jobStatus);
  return {
    jobId: String(info.id),
    name: info.document,
    state,
    untouched: (status & (begun | jobStatus.error | jobStatus.paperOut)) === 0 && info.pagesPrinted === 0,
    detail: info.statusText === '' ? words : `${info.statusText} (${words})`,
  };
}

/** PRINTER_INFO_2 in the one vocabulary. The bits are only as good as the port monitor: most thermal drivers always say 0. */
export function describePrinter(info: PrinterInfo): { readonly condition: PrinterCondition; readonly detail?: string } {
  const { status } = info;
  const words = bitNames(status, printerStatus);
  const table: readonly (readonly [number, PrinterCondition])[] = [
    [printerStatus.doorOpen, 'head_open'], [printerStatus.paperJam, 'jam'], [printerStatus.paperOut | printerStatus.paperProblem, 'out_of_paper'],
    [printerStatus.noToner, 'out_of_ribbon'], [printerStatus.error | printerStatus.userIntervention | printerStatus.pendingDeletion, 'error'],
    [printerStatus.paused, 'paused'], [printerStatus.offline | printerStatus.notAvailable, 'off_line'],
  ];
  const found = table.find(([bits]) => (status & bits) !== 0);
  if (found !== undefined) return { condition: found[1], detail: words };
  if ((info.attributes & workOffline) !== 0) return { condition: 'off_line', detail: 'Windows works off line with this printer' };
  // Its own queue printing is no reason to hold a label back: the spooler keeps the order.
  return { condition: 'ready', ...(status === 0 ? {} : { detail: words }) };
}
