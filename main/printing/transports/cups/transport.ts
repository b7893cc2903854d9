import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { needsPerson } from '../../status/vocabulary.ts';
import type { Channel, Evidence, JobQueue, PrinterCondition, QueuedJob, Transport, TransportJob } from '../../types.ts';
import { TransportFailure, asTransportFailure } from '../failure.ts';
import { createCupsClient, ippJobState, systemCups, type CupsClient, type CupsJob, type CupsPrinter, type CupsServer } from './client.ts';

export interface CupsOptions {
  /** Default: the scheduler of this machine. */
  readonly server?: CupsServer;
  /** Pause between two looks at a job. */
  readonly pollMs?: number;
  /** A job that has not begun after this time in a stopped queue is taken out again. */
  readonly stoppedQueueMs?: number;
}

/**
 * A CUPS queue. One label is one raw job, named after its attempt. A queue that sends failed jobs again by itself would
 * print labels twice, so it is switched to abort-job, and refused where we may not switch it.
 */
export function createCupsTransport(address: { readonly queue: string }, options: CupsOptions = {}): Transport {
  const client = createCupsClient(options.server ?? systemCups());
  const { queue } = address;
  let policyChecked = false;

  async function describe(): Promise<CupsPrinter> {
    const printer = await client.printer(queue);
    if (printer === undefined) throw new TransportFailure('not_found', `CUPS has no queue ${queue}`, 0);
    return printer;
  }

  const jobs: JobQueue = {
    jobs: async () => (await client.jobs(queue)).map(describeJob),
    async withdraw(jobId) {
      await client.cancel(Number(jobId));
      const after = await client.job(Number(jobId));
      return after === undefined ? undefined : describeJob(after);
    },
  };

  return {
    kind: 'cups',
    oneJobPerChannel: true,
    queue: jobs,
    async open(job, signal) {
      if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before opening the queue', 0);
      if (!policyChecked) {
        const printer = await describe();
        if (printer.errorPolicy !== 'abort-job' && !(await client.setAbortJob(queue))) {
          throw new TransportFailure('unsupported', `the queue ${queue} repeats failed jobs (${printer.errorPolicy}); run: lpadmin -p ${queue} -o printer-error-policy=abort-job`, 0);
        }
        policyChecked = true;
      }
      return createCupsChannel(client, queue, job, options);
    },
    systemStatus: async () => {
      try {
        return describePrinter(await describe());
      } catch (thrown) {
        return { condition: 'off_line', detail: thrown instanceof Error ? thrown.message : String(thrown) };
      }
    },
  };
}

function createCupsChannel(client: CupsClient, queue: string, job: TransportJob, options: CupsOptions): Channel {
  const pollMs = options.pollMs ?? 150;
  let jobId: number | undefined;
  let size = 0;

  /** Resolves when the scheduler has the whole label. Nothing has left before the scheduler has a job. */
  async function write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    size = bytes.length;
    try {
      jobId = await client.printRaw(queue, job.name, bytes);
    } catch (thrown) {
      const failure = asTransportFailure(thrown, 0);
      if (['not_found', 'not_permitted', 'refused'].includes(failure.reason)) throw failure;
      // The answer was lost, not necessarily the job: the queue itself knows.
      const found = await findByName();
      if (found === 'unknown') throw new TransportFailure(failure.reason, failure.message, bytes.length, { cause: thrown });
      if (found === undefined) throw failure;
      jobId = found.id;
    }
  }

  async function findByName(): Promise<CupsJob | undefined | 'unknown'> {
    try {
      return (await client.jobs(queue)).findLast((one) => one.name === job.name);
    } catch {
      return 'unknown';
    }
  }

  /** Follows the job to its end. Completed means "the peer took it and closed", nothing more. */
  async function settle(signal?: AbortSignal): Promise<readonly Evidence[]> {
    if (jobId === undefined) return [];
    const started = performance.now();
    let movedAt = started;
    let last = '';
    for (let wait = 10; ; wait = Math.min(wait * 2, pollMs)) {
      const now = await look(jobId);
      if (now === undefined) throw new TransportFailure('job_lost', `CUPS has forgotten job ${jobId}`, size);
      if (now.state >= ippJobState.canceled) return ended(now);
      const seen = `${now.state} ${now.message}`;
      if (seen !== last) movedAt = performance.now();
      last = seen;
      job.onProgress?.({ offeredBytes: now.began ? size : 0, totalBytes: size, stalledMs: Math.round(performance.now() - movedAt) });
      if (signal?.aborted) return withdraw(jobId, 'cancelled', 'given up');
      if (!now.began && performance.now() - started > (options.stoppedQueueMs ?? 3_000)) {
        const printer = await client.printer(queue).catch(() => undefined);
        const status = printer === undefined ? undefined : describePrinter(printer);
        if (status !== undefined && needsPerson(status.condition)) await withdraw(jobId, 'queue_stopped', status.detail ?? status.condition);
      }
      await delay(wait);
    }
  }

  /** The scheduler may be restarted while a job is under way; it keeps its jobs. */
  async function look(id: number): Promise<CupsJob | undefined> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await client.job(id);
      } catch (thrown) {
        if (attempt >= 20) throw new TransportFailure('job_lost', `CUPS is gone while job ${id} is under way`, size, { cause: thrown });
        await delay(250);
      }
    }
  }

  function ended(now: CupsJob): readonly Evidence[] {
    const words = [stateName(now.state), ...now.reasons, now.message].filter((word) => word !== '').join(' ');
    if (now.state === ippJobState.completed) return [{ kind: 'job_state', state: words }];
    throw new TransportFailure(now.state === ippJobState.canceled ? 'job_cancelled' : 'job_failed', `CUPS: ${words}`, now.began ? size : 0);
  }

  async function withdraw(id: number, reason: 'cancelled' | 'queue_stopped', why: string): Promise<readonly Evidence[]> {
    await client.cancel(id).catch(() => false);
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const after = await look(id);
      if (after !== undefined && after.state === ippJobState.completed) return ended(after);
      if (after === undefined || after.state >= ippJobState.canceled) {
        throw new TransportFailure(reason, `taken out of the queue: ${why}`, after?.began === false ? 0 : size);
      }
      await delay(50);
    }
    throw new TransportFailure(reason, `${why}; CUPS does not let go of job ${id}`, size);
  }

  return { duplex: false, write, settle, onData: () => () => undefined, close: () => Promise.resolve('quiet') };
}

const stateNames: Readonly<Record<number, string>> = {
  [ippJobState.pending]: 'pending', [ippJobState.held]: 'held', [ippJobState.processing]: 'processing', [ippJobState.stopped]: 'stopped',
  [ippJobState.canceled]: 'canceled', [ippJobState.aborted]: 'aborted', [ippJobState.completed]: 'completed',
};
function stateName(state: number): string {
  return stateNames[state] ?? String(state);
}

function describeJob(job: CupsJob): QueuedJob {
  const state: QueuedJob['state'] =
    job.state === ippJobState.completed ? 'completed'
    : job.state === ippJobState.canceled ? 'cancelled'
    : job.state === ippJobState.aborted ? 'failed'
    : job.state === ippJobState.processing ? 'printing'
    : 'waiting';
  return { jobId: String(job.id), name: job.name, state, untouched: !job.began, detail: [stateName(job.state), ...job.reasons, job.message].filter((word) => word !== '').join(' ') };
}

/** printer-state-reasons (RFC 8011, PWG 5100.9) in the one vocabulary; a suffix -error, -warning or -report is the severity. */
const reasonConditions: readonly (readonly [prefix: string, condition: PrinterCondition])[] = [
  ['media-empty', 'out_of_paper'], ['media-needed', 'out_of_paper'], ['media-jam', 'jam'], ['cover-open', 'head_open'], ['door-open', 'head_open'], ['interlock-open', 'head_open'],
  ['marker-supply-empty', 'out_of_ribbon'], ['fuser-over-temp', 'over_heated'], ['paused', 'paused'], ['offline', 'off_line'], ['shutdown', 'off_line'], ['timed-out', 'off_line'],
];

export function describePrinter(printer: CupsPrinter): { readonly condition: PrinterCondition; readonly detail?: string } {
  const detail = [...printer.reasons, printer.message].filter((word) => word !== '').join(', ');
  for (const reason of printer.reasons) {
    // A warning or a report is for information: the printer goes on.
    if (reason.endsWith('-warning') || reason === 'media-needed-report') continue;
    const found = reasonConditions.find(([prefix]) => reason.startsWith(prefix));
    if (found !== undefined) return { condition: found[1], detail };
  }
  if (printer.state === 5) return { condition: 'paused', detail: detail === '' ? 'the queue is stopped' : detail };
  if (!printer.accepting) return { condition: 'paused', detail: 'the queue does not accept jobs' };
  return { condition: 'ready', ...(detail === '' ? {} : { detail }) };
}
