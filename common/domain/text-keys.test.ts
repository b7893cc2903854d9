import { assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRow, guardFormula, withoutFormulaGuard } from './csv-guard.ts';
import { pinyinKeys } from './text-pinyin.ts';

describe('pinyin keys', () => {
  it.each([
    ['棉袜', 'mianwa', 'mw'],
    ['T恤5双装', 'txu5shuangzhuang', 'tx5sz'],
    ['LED台灯', 'ledtaideng', 'ledtd'],
    ['', '', ''],
  ])('%s → %s, %s', (text, pinyin, initials) => expect(pinyinKeys(text)).toEqual({ pinyin, initials }));
});

describe('cells for a spreadsheet', () => {
  it.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '＝1', '|x'])('%j is never computed', (cell) => expect(guardFormula(cell).startsWith("'")).toBe(true));
  it.each(['-12.5', '12', '棉袜', "O'Neil"])('%s stays as it is', (cell) => expect(guardFormula(cell)).toBe(cell));
  it('the guard comes off again', () => {
    const cells = oneof(string({ unit: 'binary' }), string({ unit: constantFrom("'", '=', '-', '1', '+', 'a') }));
    assert(
      property(cells, (cell) => {
        expect(withoutFormulaGuard(guardFormula(cell))).toBe(cell);
      }),
    );
  });
  it('quotes what would break a row', () => expect(csvRow(['a,b', '说"好"', 'x\ny', '=1'])).toBe(`"a,b","说""好""","x\ny",'=1`));
});
