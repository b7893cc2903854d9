import * as fc from 'fast-check';
import { encode as libraryQr } from 'uqr';
import { describe, expect, it } from 'vitest';
import { encodeCode128 } from './code128.ts';
import { encodeLinear, gs1CheckDigit } from './linear.ts';
import { encodeQr } from './qr.ts';

/** Reads codewords back by the standard's tables, written apart from the encoder. */
function read(codewords: readonly number[]): string {
  let set = { 103: 'A', 104: 'B', 105: 'C' }[codewords[0]!]!;
  let out = '';
  let shifted = false;
  for (const value of codewords.slice(1)) {
    const now = shifted ? (set === 'A' ? 'B' : 'A') : set;
    shifted = false;
    if (now === 'C' && value < 100) out += String(value).padStart(2, '0');
    else if (value === 99 && now !== 'C') set = 'C';
    else if (value === 100 && now !== 'B') set = 'B';
    else if (value === 101 && now !== 'A') set = 'A';
    else if (value === 98) shifted = true;
    else if (now === 'A') out += String.fromCharCode(value < 64 ? value + 32 : value - 64);
    else out += String.fromCharCode(value + 32);
  }
  return out;
}

/** Fewest symbols by trying everything: only for short texts. */
function fewest(text: string): number {
  const codes = Array.from(text, (c) => c.charCodeAt(0));
  const inSet = (set: string, code: number): boolean => (set === 'A' ? code < 96 : code >= 32);
  const memo = new Map<string, number>();
  const cost = (i: number, set: string): number => {
    if (i === codes.length) return 0;
    const key = `${i}${set}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    memo.set(key, Infinity);
    let best = Infinity;
    const isDigit = (at: number): boolean => codes[at] !== undefined && codes[at] >= 48 && codes[at] <= 57;
    if (set === 'C') {
      if (isDigit(i) && isDigit(i + 1)) best = 1 + cost(i + 2, 'C');
    } else {
      if (inSet(set, codes[i]!)) best = 1 + cost(i + 1, set);
      if (inSet(set === 'A' ? 'B' : 'A', codes[i]!)) best = Math.min(best, 2 + cost(i + 1, set));
    }
    for (const other of ['A', 'B', 'C']) {
      if (other === set) continue;
      const next = other === 'C' ? (isDigit(i) && isDigit(i + 1) ? 1 + cost(i + 2, 'C') : Infinity) : inSet(other, codes[i]!) ? 1 + cost(i + 1, other) : inSet(other === 'A' ? 'B' : 'A', codes[i]!) ? 2 + cost(i + 1, other) : Infinity;
      best = Math.min(best, 1 + next);
    }
    memo.set(key, best);
    return best;
  };
  return 1 + Math.min(cost(0, 'A'), cost(0, 'B'), cost(0, 'C'));
}

describe('Code 128', () => {
  it.each([
    ['YT8800000000017', 145],
    ['SF1234567890123', 145],
    ['123456789012345', 134],
    ['1234567890123', 123],
  ])('%s has the modules the reference measured: %i', (text, modules) => {
    expect(encodeCode128(text)!.modules).toHaveLength(modules);
  });

  it('says what it was given, in as few symbols as there can be', () => {
    const mixed = fc.string({ unit: fc.constantFrom(...'00112233445566778899ABab -^~"<>', '\u0000', '\u0001', '\u001f', '\n'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(mixed, (text) => {
        const code = encodeCode128(text)!;
        expect(read(code.codewords)).toBe(text);
        expect(code.codewords.length).toBe(fewest(text));
        expect(code.modules).toMatch(/^(?:[01]{11})+1100011101011$/);
      }),
      { numRuns: 400 },
    );
  });

  it('refuses what it cannot carry', () => {
    expect(encodeCode128('')).toBeUndefined();
    expect(encodeCode128('单号1')).toBeUndefined();
  });
});

describe('other linear codes', () => {
  it.each([
    ['ean13', '690123456789', '6901234567892', 95],
    ['ean8', '9638507', '96385074', 67],
    ['itf14', '1540014128876', '15400141288763', 135],
    ['code39', 'AB-12', 'AB-12', 111],
  ] as const)('%s %s carries %s', (symbology, text, carried, modules) => {
    const result = encodeLinear(symbology, text);
    expect(result.ok && result.code.text).toBe(carried);
    expect(result.ok && result.code.modules.length).toBe(modules);
  });

  it.each([
    ['ean13', '6901234567893', 'check_digit'],
    ['ean13', '12345', 'length'],
    ['ean8', 'ABCDEFG', 'characters'],
    ['code39', 'ab', 'characters'],
    ['code128', '  ', 'empty'],
    ['code128', 'x'.repeat(81), 'length'],
  ] as const)('%s %s is refused: %s', (symbology, text, reason) => {
    expect(encodeLinear(symbology, text)).toEqual({ ok: false, reason });
  });

  it('computes GS1 check digits', () => {
    expect(gs1CheckDigit('629104150021')).toBe(3);
  });
});

/** The four penalties of ISO/IEC 18004 in their plainest form. */
function penalty(data: readonly (readonly boolean[])[]): number {
  const rows = data.map((row) => row.map(Number).join(''));
  const columns = rows.map((_, x) => rows.map((row) => row[x]).join(''));
  const lines = [...rows, ...columns];
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const finders = lines.map((line) => `0000${line}0000`).reduce((sum, line) => sum + [...line.matchAll(/(?=10111010000|00001011101)/g)].length, 0);
  let blocks = 0;
  for (let y = 1; y < rows.length; y++) for (let x = 1; x < rows.length; x++) if (new Set([rows[y]![x], rows[y]![x - 1], rows[y - 1]![x], rows[y - 1]![x - 1]]).size === 1) blocks++;
  const dark = rows.join('').replaceAll('0', '').length / rows.length ** 2;
  return runs + 40 * finders + 3 * blocks + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}

describe('QR', () => {
  it('is one of the eight matrices the library makes for the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), fc.constantFrom('L', 'M', 'Q', 'H'), (text, level) => {
        const ours = encodeQr(text, level as 'M')!;
        const theirs = libraryQr(text, { ecc: level as 'M', border: 0, boostEcc: false, maskPattern: ours.mask });
        expect(Array.from(ours.matrix)).toEqual(theirs.data.flat().map(Number));
        expect(ours.version).toBe(theirs.version);
      }),
      { numRuns: 40 },
    );
  });

  it('chooses a mask whose penalty is close to the least of all eight', () => {
    const options = { ecc: 'M', border: 0, boostEcc: false } as const;
    for (let i = 0; i < 30; i++) {
      const text = `https://example.com/w/YT88000000${i * 7919}`;
      const scores = Array.from({ length: 8 }, (_, maskPattern) => penalty(libraryQr(text, { ...options, maskPattern }).data));
      expect(scores[encodeQr(text, 'M')!.mask]!).toBeLessThan(Math.min(...scores) * 1.08);
    }
  });

  it('refuses what is too long or empty', () => {
    expect(encodeQr('', 'M')).toBeUndefined();
    expect(encodeQr('x'.repeat(3000), 'M')).toBeUndefined();
  });
});
