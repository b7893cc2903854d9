import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Face, RunMaker } from './runs.ts';
import { clampLine, wrapText } from './wrap.ts';

const face: Face = { weight: 'regular', size: 10, spacing: 0 };
/** Wide characters 10 dots, others 5. */
const runs: RunMaker = {
  run: () => {
    throw new Error('not drawn here');
  },
  advance: (code) => (code >= 0x2e80 ? 10 : 5),
  measure: (text) => Array.from(text).reduce((sum, character) => sum + (character.codePointAt(0)! >= 0x2e80 ? 10 : 5), 0),
  emOf: (size) => size,
  remembered: (_, make) => make(),
};

describe('wrapText', () => {
  it.each([
    ['甲乙丙丁戊', 30, ['甲乙丙', '丁戊']],
    ['甲乙丙，丁戊（己）庚', 30, ['甲乙', '丙，丁', '戊', '（己）', '庚']],
    ['送 2 件 blue shirt 谢谢', 40, ['送 2 件', 'blue', 'shirt 谢', '谢']],
    ['abcdefghij', 25, ['abcde', 'fghij']],
    ['第一行\n第二行', 100, ['第一行', '第二行']],
    ['第一行\n\n第三行', 100, ['第一行', '', '第三行']],
    ['', 100, []],
    ['  \n ', 100, []],
    ['银海路399号 3号仓', 65, ['银海路399号', '3号仓']],
    ['甲乙12层', 30, ['甲乙', '12层']],
    ['备注好　买家好', 30, ['备注好', '买家好']],
    ['备注　买家好', 30, ['备注', '买家好']],
    ['　首行缩进', 30, ['　首行', '缩进']],
    ['“好”，她说。', 30, ['“好”，', '她说。']],
  ])('%j in %i', (text, width, lines) => {
    expect(wrapText(runs, text, face, width)).toEqual(lines);
  });

  it('loses no character but white space, and makes no line wider than it may be', () => {
    const letters = fc.string({ unit: fc.constantFrom('中', '文', '，', '（', '。', 'a', 'b', '1', ' ', '\n', '“'), maxLength: 60 });
    fc.assert(
      fc.property(letters, fc.integer({ min: 40, max: 120 }), (text, width) => {
        const lines = wrapText(runs, text, face, width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        for (const line of lines) expect(runs.measure(line, face)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 500 },
    );
  });

  it('shortens with an ellipsis that fits', () => {
    expect(clampLine(runs, '甲乙丙丁', face, 35)).toBe('甲乙丙…');
    expect(clampLine(runs, '甲乙丙丁', face, 3)).toBe('…');
  });
});
