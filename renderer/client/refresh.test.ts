import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createRefresh } from './refresh.ts';

/** A clock moved by hand; those who sleep wake when their time has come. */
function handClock() {
  let at = 0;
  const sleepers: { until: number; wake: () => void }[] = [];
  return {
    timing: { now: () => at, sleep: (milliseconds: number) => new Promise<void>((wake) => sleepers.push({ until: at + milliseconds, wake })) },
    async pass(milliseconds: number) {
      at += milliseconds;
      for (const sleeper of sleepers.splice(0)) {
        if (sleeper.until <= at) sleeper.wake();
        else sleepers.push(sleeper);
      }
      await setImmediate();
    },
  };
}

describe('refreshing', () => {
  it('answers the first change at once, gathers those that come meanwhile, and leaves the core alone in between', async () => {
    const asked: string[][] = [];
    const answers: (() => void)[] = [];
    const { timing, pass } = handClock();
    const refresh = createRefresh((keys) => new Promise<void>((resolve) => {
      asked.push([...keys]);
      answers.push(resolve);
    }), timing);
    refresh(['orders']);
    expect(asked).toEqual([['orders']]);
    refresh(['parcels']);
    refresh(['orders', 'parcels']);
    await pass(100);
    expect(asked).toHaveLength(1);
    answers[0]?.();
    await setImmediate();
    await pass(199);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toEqual([['orders'], ['parcels', 'orders']]);
    answers[1]?.();
    await setImmediate();
    await pass(1);
    // Nothing came: the next change is answered at once again.
    refresh(['items']);
    expect(asked.at(-1)).toEqual(['items']);
  });

  it('goes on after a refresh that failed or never answers', async () => {
    const asked: string[][] = [];
    const { timing, pass } = handClock();
    const refresh = createRefresh((keys) => {
      asked.push([...keys]);
      return asked.length === 1 ? Promise.reject(new Error('refused')) : new Promise(() => {});
    }, timing);
    refresh(['a']);
    refresh(['b']);
    await setImmediate();
    await pass(0);
    expect(asked).toEqual([['a'], ['b']]);
    refresh(['c']);
    await pass(5_000);
    await pass(5_000);
    expect(asked).toEqual([['a'], ['b'], ['c']]);
  });
});
