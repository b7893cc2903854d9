import { expect, it } from 'vitest';
import type { AttemptSink, JobQueue, QueuedJob } from '../types.ts';
import { findLeftovers, settleLeftovers } from './leftovers.ts';
import { takeStock } from './stock.ts';

const job = (jobId: string, name: string, state: QueuedJob['state'], untouched = state === 'waiting'): QueuedJob => ({ jobId, name, state, untouched, detail: state });
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A queue whose printing jobs end as told after a look or two. */
function queueOf(jobs: QueuedJob[], ends: Record<string, QueuedJob['state'] | 'vanish'> = {}, withdrawn: string[] = []): JobQueue {
  let looks = 0;
  return {
    jobs() {
      looks += 1;
      if (looks === 3) {
        for (const [id, end] of Object.entries(ends)) {
          const at = jobs.findIndex((one) => one.jobId === id);
          const one = jobs[at];
          if (one === undefined) continue;
          if (end === 'vanish') jobs.splice(at, 1);
          else jobs[at] = { ...one, state: end, untouched: false };
        }
      }
      return Promise.resolve([...jobs]);
    },
    withdraw(jobId) {
      withdrawn.push(jobId);
      const at = jobs.findIndex((one) => one.jobId === jobId);
      const one = jobs[at];
      if (one === undefined) return Promise.resolve(undefined);
      const after: QueuedJob = { ...one, state: 'cancelled' };
      jobs[at] = after;
      return Promise.resolve(after);
    },
  };
}
function recordingSink() {
  const told: string[] = [];
  const tell = (word: string) => (attemptId: string) => {
    told.push(`${word} ${attemptId}`);
    return Promise.resolve();
  };
  const sink: AttemptSink = { sending: tell('sending'), sent: tell('sent'), acked: tell('acked'), uncertain: tell('uncertain'), notSent: tell('not_sent') };
  return { sink, told };
}

it('waiting jobs are taken out, begun ones followed, other programs left alone; nothing is sent', async () => {
  const withdrawn: string[] = [];
  const queue = queueOf(
    [job('1', 'a_wait', 'waiting'), job('2', 'a_print', 'printing'), job('3', 'a_gone', 'printing'), job('4', 'a_done', 'completed'), job('5', 'a_failed', 'failed', false), job('6', 'invoice', 'waiting')],
    { 2: 'completed', 3: 'vanish' }, withdrawn,
  );
  const leftovers = await findLeftovers(queue, new Set(['a_wait', 'a_print', 'a_gone', 'a_done', 'a_failed', 'a_never']));
  expect(leftovers.map((one) => one.attemptId)).toEqual(['a_wait', 'a_print', 'a_gone', 'a_done', 'a_failed']);
  const { sink, told } = recordingSink();
  const outcomes = await settleLeftovers(queue, leftovers, sink, log, { pollMs: 1, followMs: 50 });
  expect(outcomes.map(({ attemptId, outcome }) => `${outcome} ${attemptId}`)).toEqual(['not_sent a_wait', 'sent a_print', 'uncertain a_gone', 'sent a_done', 'uncertain a_failed']);
  expect(told).toEqual(['not_sent a_wait', 'sent a_print', 'uncertain a_gone', 'sent a_done', 'uncertain a_failed']);
  expect(withdrawn).toEqual(['1']);
});

it('a job that never ends is doubted in bounded time', async () => {
  const queue = queueOf([job('1', 'a', 'printing')]);
  const { sink, told } = recordingSink();
  await settleLeftovers(queue, await findLeftovers(queue, new Set(['a'])), sink, log, { pollMs: 1, followMs: 5 });
  expect(told).toEqual(['uncertain a']);
});

it('a job that began between looking and withdrawing is in doubt', async () => {
  const queue = queueOf([job('1', 'a', 'waiting', false)]);
  const { sink, told } = recordingSink();
  await settleLeftovers(queue, await findLeftovers(queue, new Set(['a'])), sink, log, { pollMs: 1, followMs: 5 });
  expect(told).toEqual(['uncertain a']);
});

it('a queue that goes away while it is asked leaves doubt, not an exception', async () => {
  const { sink, told } = recordingSink();
  const queue: JobQueue = { jobs: () => Promise.resolve([job('1', 'a', 'waiting')]), withdraw: () => Promise.reject(new Error('CUPS is gone')) };
  await settleLeftovers(queue, await findLeftovers(queue, new Set(['a'])), sink, log, { pollMs: 1, followMs: 5 });
  expect(told).toEqual(['uncertain a']);
});

it('stock at start: only unsettled attempts of ours, each once; a queue that is away is left alone', async () => {
  const shared = [job('1', 'a_mine', 'waiting'), job('2', 'a_settled', 'waiting'), job('3', 'letter', 'waiting')];
  const withdrawn: string[] = [];
  const asked: string[] = [];
  const stock = await takeStock({
    printers: [
      { id: 'p1', address: { kind: 'cups', queue: 'one' } }, { id: 'p2', address: { kind: 'cups', queue: 'one' } },
      { id: 'p3', address: { kind: 'winspool', name: 'away' } }, { id: 'p4', address: { kind: 'tcp', host: 'h', port: 1 } },
    ],
    transportFor: (address) => {
      asked.push(address.kind);
      const queue = address.kind === 'cups' ? queueOf(shared, {}, withdrawn) : { ...queueOf([]), jobs: () => new Promise<never>(() => undefined) };
      return { kind: address.kind, oneJobPerChannel: true, open: () => Promise.reject(new Error('nothing may be sent')), queue };
    },
    unsettled: (names) => Promise.resolve(new Set(names.filter((name) => name === 'a_mine'))),
    log,
    timeoutMs: 30,
  });
  expect(asked.sort()).toEqual(['cups', 'cups', 'winspool']);
  expect([...stock.attemptIds]).toEqual(['a_mine']);
  const { sink, told } = recordingSink();
  expect(await stock.settle(sink, { pollMs: 1, followMs: 5 })).toHaveLength(1);
  expect(told).toEqual(['not_sent a_mine']);
  expect(withdrawn).toEqual(['1']);
});
