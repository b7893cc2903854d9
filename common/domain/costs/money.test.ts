import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, ceilDiv, formatE4, formatFen, mulDiv, roundDiv, roundParts } from './money.ts';

describe('money', () => {
  it('rounds half away from zero', () => {
    expect([roundDiv(149, 100), roundDiv(150, 100), roundDiv(-150, 100), roundDiv(-149, 100)]).toEqual([1, 2, -2, -1]);
    expect([ceilDiv(0, 5), ceilDiv(5, 5), ceilDiv(6, 5)]).toEqual([0, 1, 2]);
  });

  it('multiplies and divides exactly where a double would not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 13 }), fc.integer({ min: 0, max: 10 ** 6 }), fc.integer({ min: 1, max: 10 ** 6 }), (a, b, c) => {
        const exact = (BigInt(a) * BigInt(b) * 2n + BigInt(c)) / (BigInt(c) * 2n);
        fc.pre(exact < BigInt(Number.MAX_SAFE_INTEGER));
        expect(mulDiv(a, b, c)).toBe(Number(exact));
      }),
    );
  });

  it('apportions to the last unit, never more than one away from the exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), fc.array(fc.integer({ min: 0, max: 10 ** 6 }), { minLength: 1, maxLength: 30 }), (total, weights) => {
        const parts = apportion(total, weights);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        const sum = weights.reduce((a, b) => a + b, 0);
        if (sum > 0) parts.forEach((part, index) => expect(Math.abs(part - (total * (weights[index] ?? 0)) / sum)).toBeLessThanOrEqual(1 + 1e-6));
      }),
    );
  });

  it('rounds parts so that they add up to the rounded total', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 10000 }), (parts, unit) => {
        const rounded = roundParts(parts, unit);
        expect(rounded.total).toBe(roundDiv(parts.reduce((a, b) => a + b, 0), unit));
        expect(rounded.parts.reduce((a, b) => a + b, 0)).toBe(rounded.total);
        rounded.parts.forEach((part, index) => expect(Math.abs(part * unit - (parts[index] ?? 0))).toBeLessThanOrEqual(unit));
      }),
    );
  });

  it('writes yuan', () => {
    expect([formatFen(5), formatFen(-1234), formatE4(28000), formatE4(425), formatE4(-100)]).toEqual(['0.05', '-12.34', '2.80', '0.0425', '-0.01']);
  });
});
