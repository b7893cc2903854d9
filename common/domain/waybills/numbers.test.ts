import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attemptStates, attemptSteps, nextLabel, paperStates } from './attempts.ts';
import { findCarrier } from './carriers.ts';
import { choose } from './choose.ts';
import type { Offer } from './choose.ts';
import { isValidS10, normaliseNumber, s10CheckDigit, warnAbout } from './formats.ts';
import { readNumberList } from './lists.ts';
import { numberAt, overlaps, packNumbers, parseRange, rangeFrom, rangeSize, splitNumber } from './ranges.ts';

describe('number formats', () => {
  it('knows the S10 check digit', () => {
    expect(isValidS10('RB123456785GB')).toBe(true);
    expect(isValidS10('RB123456786US')).toBe(false);
    expect(s10CheckDigit('12345678')).toBe(5);
  });

  it('warns and never blocks', () => {
    expect(warnAbout('YTO', 'YT8800000000001')).toBeUndefined();
    expect(warnAbout('SF', 'SF1234567890123')).toBeUndefined();
    expect(warnAbout('ZTO', '78600000000001')).toBeUndefined();
    expect(warnAbout('EMS', 'EA123456785CN')).toBeUndefined();
    expect(warnAbout('EMS', 'EA123456786CN')).toEqual({ kind: 's10_check', expected: 'EA123456785CN' });
    expect(warnAbout('YTO', 'SF1234567890123')).toEqual({ kind: 'looks_like_other', expected: 'SF' });
    expect(warnAbout('ZTO', '123')).toMatchObject({ kind: 'form' });
    expect(warnAbout('OTHER', 'ANYTHING1234')).toBeUndefined();
  });

  it('reads what scanners and tables add to a number', () => {
    expect(normaliseNumber(' yt88 0000\u200b0000001@1 ')).toBe('YT8800000000001');
    expect(normaliseNumber('ＹＴ８８００')).toBe('YT8800');
    expect(normaliseNumber("'YT8800000000001")).toBe('YT8800000000001');
  });

  it('finds carriers by code, name and other names', () => {
    expect(findCarrier('圆通')?.code).toBe('YTO');
    expect(findCarrier(' sf ')?.code).toBe('SF');
    expect(findCarrier('nobody')).toBeUndefined();
  });
});

describe('ranges', () => {
  const number = fc
    .record({ head: fc.constantFrom('', 'YT', 'SF', 'JDV', 'DPK'), digits: fc.stringMatching(/^\d{6,18}$/), tail: fc.constantFrom('', 'CN') })
    .map(({ head, digits, tail }) => head + digits + tail);

  it('splitting and joining is the same number', () => {
    fc.assert(
      fc.property(number, (text) => {
        const { tail, ...series } = splitNumber(text);
        expect(numberAt(series, tail)).toBe(text);
        expect(tail).toBeLessThanOrEqual(999_999_999);
      }),
    );
  });

  it('counts on like the number written as a whole, over every border', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_000n }), fc.integer({ min: 1, max: 3000 }), (start, count) => {
        const text = `YT${start.toString().padStart(13, '0')}`;
        const made = rangeFrom(text, count);
        if (!made.ok) throw new Error(made.problem);
        const numbers = made.ranges.flatMap((range) => Array.from({ length: rangeSize(range) }, (_, i) => numberAt(range, range.first + i)));
        expect(numbers).toHaveLength(count);
        expect(numbers[0]).toBe(text);
        expect(numbers.at(-1)).toBe(`YT${(start + BigInt(count) - 1n).toString().padStart(13, '0')}`);
        expect(new Set(numbers).size).toBe(count);
      }),
      { numRuns: 200 },
    );
    expect(rangeFrom('YT9999999999999', 2)).toEqual({ ok: false, problem: 'overflow' });
  });

  it('makes the check digits of S10 ranges', () => {
    const made = parseRange('EA123456785CN+3');
    if (!made.ok) throw new Error(made.problem);
    const numbers = made.ranges.flatMap((range) => [0, 1, 2].map((i) => numberAt(range, range.first + i)));
    expect(numbers.every(isValidS10)).toBe(true);
    expect(numbers.map((one) => one.slice(2, 10))).toEqual(['12345678', '12345679', '12345680']);
    expect(parseRange('EA123456786CN+3')).toEqual({ ok: false, problem: 'check_digit' });
  });

  it('reads the ways people write a range', () => {
    for (const text of ['YT8800000000001+500', 'YT8800000000001~YT8800000000500', 'YT8800000000001..YT8800000000500', 'YT8800000000001 至 YT8800000000500', 'YT8800000000001-YT8800000000500']) {
      expect(parseRange(text), text).toMatchObject({ ok: true, count: 500 });
    }
    expect(parseRange('JDV000000000001-1-2')).toMatchObject({ ok: true, count: 1 });
    expect(parseRange('YT8800000000500~YT8800000000001')).toEqual({ ok: false, problem: 'end_before_start' });
    expect(parseRange('YT8800000000001~SF8800000000500')).toEqual({ ok: false, problem: 'different_series' });
    expect(parseRange('hello')).toEqual({ ok: false, problem: 'not_a_number' });
  });

  it('packing loses and invents nothing; overlaps are what sets share', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 120 }), fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 120 }), (left, right) => {
        const name = (n: number) => `YT88${String(n).padStart(11, '0')}`;
        const a = packNumbers(left.map(name));
        const b = packNumbers(right.map(name));
        const all = (ranges: typeof a) => ranges.flatMap((range) => Array.from({ length: rangeSize(range) }, (_, i) => numberAt(range, range.first + i))).sort();
        expect(all(a)).toEqual(left.map(name).sort());
        expect(all(overlaps(a, b))).toEqual(left.filter((n) => right.includes(n)).map(name).sort());
      }),
    );
  });

  it('reads a list with headers, quotes, ranges and repeats', () => {
    const list = readNumberList('运单号\r\n="YT8800000000001"\r\nYT8800000000002;YT8800000000004\r\nYT8800000000003~YT8800000000006\r\nYT8800000000001', 'YTO');
    expect(list.count).toBe(6);
    expect(list.problems).toEqual([]);
    expect(list.repeated).toEqual([{ number: 'YT8800000000001', line: 5 }, { number: 'YT8800000000004', line: 4 }]);
  });
});

describe('choice of a pool', () => {
  const offer = (over: Partial<Offer>): Offer => ({
    grantId: 'g', shopId: 's', poolId: 'p', poolName: 'p', accountId: 'a', accountName: 'a', carrierCode: 'YTO', products: [], payerShopId: 's', own: true, priority: 100, provinces: null, minGrams: null,
    maxGrams: null, ended: null, accountState: 'active', agreementMissing: false, cap: null, used: 0, dailyCap: null, usedToday: 0, free: 10, reserve: 0, units: null, ...over,
  });

  it('takes the cheapest where freight is known, and says so', () => {
    const offers = [offer({ grantId: 'g1', accountId: 'a1' }), offer({ grantId: 'g2', accountId: 'a2', priority: 500 })];
    const choice = choose({ shopId: 's', province: '浙江' }, offers, 'cheapest', (accountId) => (accountId === 'a2' ? 210 : 260));
    expect(choice).toMatchObject({ ok: true, offer: { grantId: 'g2' }, reason: { rule: 'cheapest', fen: 210 } });
  });

  it('tells the most telling refusal', () => {
    const offers = [offer({ grantId: 'g1', ended: 'revoked' }), offer({ grantId: 'g2', free: 0 })];
    expect(choose({ shopId: 's' }, offers)).toMatchObject({ ok: false, refusal: { code: 'NO_NUMBERS_LEFT' } });
    expect(choose({ shopId: 'other' }, offers)).toMatchObject({ ok: false, refusal: { code: 'GRANT_MISSING' } });
  });
});

describe('life of a label', () => {
  it('has no way from paper back to sending', () => {
    const sendable = new Set(['ready', 'intent', 'sending']);
    for (const from of attemptStates) {
      if (from === 'sending' || sendable.has(from)) continue;
      const reached = new Set<string>();
      const walk = (state: (typeof attemptStates)[number]): void => {
        for (const next of attemptSteps[state]) {
          if (reached.has(next)) continue;
          reached.add(next);
          walk(next);
        }
      };
      walk(from);
      for (const state of sendable) expect(reached.has(state), `${from} → ${state}`).toBe(false);
    }
  });

  it('a further label goes by itself only when no earlier one can be on paper', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...attemptStates), { maxLength: 6 }), (states) => {
        const next = nextLabel(states.map((state, i) => ({ id: String(i), jobId: 'old', state })), 'new');
        if (next.kind === 'send') expect(states.some((state) => (paperStates as readonly string[]).includes(state))).toBe(false);
      }),
    );
  });
});
