import { describe, expect, it, vi } from 'vitest';
import type { Reply } from '../../../common/contract/stations.ts';
import { createScanQueue } from './queue.ts';
import type { WaitingScan } from './queue.ts';

const reply = (code: string): Reply => ({ answer: { kind: 'unknown', code }, desk: { card: null, basket: [], recent: [], today: { here: 0, all: 0 } } });
class Refusal extends Error {}

function queueOver(scan: (scan: WaitingScan) => Promise<Reply>, kept: readonly WaitingScan[] = []) {
  const store = { waiting: kept };
  const answers: string[] = [];
  const failures: unknown[] = [];
  let late = 0;
  let ids = 0;
  const queue = createScanQueue({
    scan,
    isAnswer: (thrown) => thrown instanceof Refusal,
    onReply: ({ answer }) => void answers.push(answer.kind === 'unknown' ? answer.code : answer.kind),
    onFailure: (thrown) => void failures.push(thrown),
    onLate: () => void (late += 1),
    kept: { read: () => store.waiting, write: (waiting) => void (store.waiting = waiting) },
    newId: () => `id_${(ids += 1)}`,
    retryMs: 1,
  });
  return { queue, store, answers, failures, late: () => late };
}

describe('scans on their way to the core', () => {
  it('are asked again with the same id until there is an answer, in their order, and told late once', async () => {
    const asked: string[] = [];
    let lost = 3;
    const { queue, store, answers, late } = queueOver(async ({ scanId, code }) => {
      asked.push(scanId);
      if ((lost -= 1) >= 0) throw new Error('the connection was lost');
      return reply(code);
    });
    queue.scan('A', 1);
    queue.scan('B', 2);
    expect(store.waiting.map(({ code }) => code)).toEqual(['A', 'B']);
    await vi.waitFor(() => expect(queue.state().waiting).toBe(0), { timeout: 25_000 });
    expect(asked).toEqual(['id_1', 'id_1', 'id_1', 'id_1', 'id_2']);
    expect(answers).toEqual(['A', 'B']);
    expect([late(), queue.state().late, store.waiting]).toEqual([1, false, []]);
  });

  it('refused by the core are told and not asked again; the next goes on', async () => {
    const { queue, store, answers, failures } = queueOver(async ({ code }) => {
      if (code === 'A') throw new Refusal();
      return reply(code);
    });
    queue.scan('A', 1);
    queue.scan('B', 2);
    await vi.waitFor(() => expect(queue.state().waiting).toBe(0), { timeout: 25_000 });
    expect(failures).toHaveLength(1);
    expect([answers, store.waiting]).toEqual([['B'], []]);
  });

  it('left over from before the page was loaded anew go first, with the ids they had', async () => {
    const asked: string[] = [];
    const { queue, store } = queueOver(async ({ scanId, code }) => {
      asked.push(scanId);
      return reply(code);
    }, [{ scanId: 'old_1', code: 'A', capturedMs: 1 }, { scanId: 'old_2', code: 'B', capturedMs: 2 }]);
    queue.scan('C', 3);
    expect(store.waiting.map(({ scanId }) => scanId)).toEqual(['old_1', 'old_2', 'id_1']);
    await vi.waitFor(() => expect(queue.state().waiting).toBe(0), { timeout: 25_000 });
    expect(asked).toEqual(['old_1', 'old_2', 'id_1']);
  });

  it('a key of the packer waits for its turn and is not pressed twice', async () => {
    const { queue, failures, answers } = queueOver(async ({ code }) => reply(code));
    let pressed = 0;
    queue.scan('A', 1);
    queue.run(async () => {
      pressed += 1;
      expect(answers).toEqual(['A']);
      throw new Error('the connection was lost');
    });
    await vi.waitFor(() => expect(failures).toHaveLength(1), { timeout: 25_000 });
    expect(pressed).toBe(1);
  });
});
