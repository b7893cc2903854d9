import { describe, expect, it } from 'vitest';
import { labelFrom, noise } from '../printing/languages/testing.ts';
import { denseData } from './samples.ts';
import { measure, ratio, summarise } from './harness.ts';
import { contextCoderBytes, fullPageZ64Bytes } from './wire.ts';

describe('the bench harness', () => {
  it('takes median, 95th percentile and least', () => {
    expect(summarise([5, 1, 2, 3, 4])).toEqual({ rounds: 5, medianMs: 3, p95Ms: 5, minMs: 1 });
  });

  it('leaves the warm-up out and gives every round its number', async () => {
    const rounds: number[] = [];
    const timing = await measure(3, 2, (round) => rounds.push(round));
    expect(rounds).toEqual([0, 1, 2, 3, 4]);
    expect(timing.rounds).toBe(3);
  });

  it('divides without falling over zero', () => {
    expect(ratio(3, 2)).toBe(1.5);
    expect(ratio(3, 0)).toBe(0);
  });

  it('fills every label with other data', () => {
    const numbers = new Set(Array.from({ length: 1_000 }, (_, index) => denseData(index).waybill.number));
    expect(numbers.size).toBe(1_000);
  });

  it('knows that noise cannot be packed and white needs next to nothing', () => {
    const white = labelFrom(608, 400, 203, []).bitmap;
    const busy = noise(608, 400, 5);
    expect(contextCoderBytes(white)).toBeLessThan(50);
    expect(contextCoderBytes(busy)).toBeGreaterThan(15_000);
    expect(fullPageZ64Bytes(white)).toBeLessThan(contextCoderBytes(busy));
  });
});
