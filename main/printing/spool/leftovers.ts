import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../../ports/index.ts';
import type { AttemptSink, Evidence, JobQueue, QueuedJob } from '../types.ts';

/** A job of an earlier run that the system's queue still knows, found at start before anything is sent. */
export interface Leftover {
  readonly attemptId: string;
  readonly job: QueuedJob;
}

/** Jobs in the queue that belong to attempts of ours; jobs of other programs are not ours to judge. */
export async function findLeftovers(queue: JobQueue, attemptIds: ReadonlySet<string>): Promise<readonly Leftover[]> {
  return (await queue.jobs()).filter((job) => attemptIds.has(job.name)).map((job) => ({ attemptId: job.name, job }));
}

/** What became of a leftover. */
export interface LeftoverOutcome {
  readonly attemptId: string;
  readonly outcome: 'sent' | 'not_sent' | 'uncertain';
  readonly detail: string;
}

export interface LeftoverOptions {
  readonly pollMs?: number;
  /** How long a job that is printing is followed before it is doubted. */
  readonly followMs?: number;
}

/**
 * Takes waiting jobs out of the queue (nothing of yesterday may come out by itself), follows those that have begun to their
 * end, and tells the journal. The attempts must still be `sending` there. Never sends a byte, never throws.
 */
export async function settleLeftovers(queue: JobQueue, leftovers: readonly Leftover[], sink: AttemptSink, log: Log, options: LeftoverOptions = {}): Promise<readonly LeftoverOutcome[]> {
  const outcomes: LeftoverOutcome[] = [];
  for (const { attemptId, job } of leftovers) {
    let last: QueuedJob | undefined;
    let detail = 'gone from the queue';
    try {
      last = await followToEnd(queue, job, options);
      detail = last?.detail ?? detail;
    } catch (thrown) {
      // The queue went away while it was asked: the label may still come out of it.
      detail = thrown instanceof Error ? thrown.message : String(thrown);
    }
    const outcome = judge(last);
    try {
      if (outcome === 'sent') await sink.sent(attemptId, [{ kind: 'transport' }, evidenceOf(detail)]);
      else if (outcome === 'not_sent') await sink.notSent(attemptId, `taken out of the queue: ${detail}`);
      else await sink.uncertain(attemptId, `left in the queue by an earlier run: ${detail}`);
    } catch (thrown) {
      log.error('leftover', { attemptId, outcome, error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
    outcomes.push({ attemptId, outcome, detail });
  }
  return outcomes;
}

/** The job as it was last seen; undefined when the queue lost it while it was followed. */
async function followToEnd(queue: JobQueue, found: QueuedJob, options: LeftoverOptions): Promise<QueuedJob | undefined> {
  let job: QueuedJob | undefined = found;
  if (job.state === 'waiting') job = (await queue.withdraw(job.jobId)) ?? job;
  const pollMs = options.pollMs ?? 250;
  const rounds = Math.ceil((options.followMs ?? 30_000) / pollMs);
  for (let round = 0; round < rounds && job !== undefined && (job.state === 'printing' || job.state === 'waiting'); round += 1) {
    await delay(pollMs);
    const jobId: string = job.jobId;
    job = (await queue.jobs()).find((one) => one.jobId === jobId);
  }
  return job;
}

function judge(job: QueuedJob | undefined): LeftoverOutcome['outcome'] {
  if (job === undefined) return 'uncertain';
  if (job.state === 'completed') return 'sent';
  return (job.state === 'cancelled' || job.state === 'failed') && job.untouched ? 'not_sent' : 'uncertain';
}

function evidenceOf(detail: string): Evidence {
  return { kind: 'job_state', state: detail };
}
