import { describe, expect, it } from 'vitest';
import { createJob } from '../../main/features/printing/job.ts';
import { followStream } from '../../renderer/client/follow.ts';

/** A job of `count` labels whose stream breaks after every `breakAfter` events. */
function breakingJob(count: number, breakAfter: number) {
  const job = createJob(
    'job_1',
    { id: 'prn', name: 'p' },
    Array.from({ length: count }, (_, i) => ({ parcelId: `p${i}`, orders: [], attemptId: null, number: null, position: i + 1, state: 'waiting' as const, failure: null })),
  );
  let starts = 0;
  return {
    job,
    starts: () => starts,
    start: async (after: number, signal: AbortSignal) => {
      starts += 1;
      async function* cut() {
        let seen = 0;
        for await (const event of job.follow(after, signal)) {
          yield event;
          seen += 1;
          if (seen === breakAfter) throw new Error('the connection was lost');
        }
      }
      return cut();
    },
  };
}

describe('a stream that breaks', () => {
  it('is followed from where it broke: every event once, in order, to the end', async () => {
    const { job, start, starts } = breakingJob(20, 3);
    const seen: number[] = [];
    const following = followStream(start, (event) => seen.push(event.seq), new AbortController().signal, () => false, 1);
    for (let i = 0; i < 20; i += 1) {
      job.update(`p${i}`, { state: 'printed' });
      if (i % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    job.enter('finished');
    await following;
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => i + 1));
    expect(seen).toHaveLength(22);
    expect(starts()).toBeGreaterThan(5);
  });

  it('ends with the error the stream declares', async () => {
    const { start } = breakingJob(3, 1);
    await expect(followStream(start, () => {}, new AbortController().signal, () => true, 1)).rejects.toThrow('lost');
  });

  it('stops when nobody listens any more', async () => {
    const { start } = breakingJob(3, 100);
    const stop = new AbortController();
    const following = followStream(start, () => {}, stop.signal, () => false, 1);
    setTimeout(() => stop.abort(), 20);
    await following;
  });
});
