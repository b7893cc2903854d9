import { describe, expect, it } from 'vitest';
import { decimalText, parseDay, parseDecimal, parseYuanE4 } from './decimals.ts';
import { freightRows, freightTemplate, readFreightRows } from './freight-sheet.ts';

const records = (rows: readonly (readonly string[])[]) => rows.map((cells, index) => ({ row: index + 1, cells }));

describe('figures as people type them', () => {
  it.each([['2.8', 28_000], ['￥2.80 元', 28_000], ['１．５', 15_000], ['1,234.5', 12_345_000], ['.05', 500], ['0', 0], ['-0', 0]])('%s yuan is %i', (text, value) => {
    expect(parseYuanE4(text)).toEqual({ ok: true, value });
  });
  it.each([['', 'empty'], ['-1', 'negative'], ['2.8.1', 'not-a-number'], ['abc', 'not-a-number'], ['0.00001', 'too-fine'], ['99999999999999999', 'too-large'], ['1e3', 'not-a-number']])('%s is refused: %s', (text, problem) => {
    expect(parseYuanE4(text)).toEqual({ ok: false, problem });
  });
  it('writes what it reads', () => {
    for (const value of [0, 5, 28_000, 28_050, 123_456]) expect(parseDecimal(decimalText(value, 4), 4)).toEqual({ ok: true, value });
    expect([parseDay('2026/1/5'), parseDay('2026年11月22日'), parseDay('2026-02-30'), parseDay('明天')]).toEqual(['2026-01-05', '2026-11-22', undefined, undefined]);
  });
});

describe('a freight table on a sheet', () => {
  it('comes back as it was', () => {
    const template = freightTemplate();
    const read = readFreightRows(records(freightRows({ ...template, validFrom: '2026-01-01', fallback: { kind: 'fixed', priceE4: 99_000 } })), 'template', 'x');
    expect(read).toMatchObject({ ok: true, problems: [] });
    if (!read.ok) return;
    expect(read.table).toEqual({ ...template, example: false, validFrom: '2026-01-01', fallback: { kind: 'fixed', priceE4: 99_000 } });
  });
  it('names row, column and reason of what it cannot read, and keeps the rest', () => {
    const rows = freightRows(freightTemplate());
    const at = rows.findIndex((row) => row[2] === '全国');
    const broken = structuredClone(rows);
    broken[at]![6] = '-3';
    broken.push(['运费', '', '浙江国', '', '固定价', '', '2.8'], ['云费', '', '', '']);
    const read = readFreightRows(records(broken), 't', 'x');
    expect(read.problems.map((problem) => [problem.row, problem.column])).toEqual([[at + 1, '首重价(元)'], [rows.length + 1, '省份'], [rows.length + 2, '类型']]);
    expect(read.ok && read.table.rules).toHaveLength(2);
    expect(read.ok && read.table.nationwide).toBeUndefined();
  });
  it('refuses a sheet that is something else', () => {
    expect(readFreightRows(records([['订单编号', '收件人'], ['1', '张三']]), 't', 'x')).toMatchObject({ ok: false, problems: [{ column: '类型' }] });
  });
});
