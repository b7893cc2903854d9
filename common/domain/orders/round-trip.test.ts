import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOrderBuilder } from './build.ts';
import { cleanCell } from './clean.ts';
import { exportHeader, exportRows, safeCell } from './export.ts';
import { readReceiver, splitBackEndAddress } from './receiver.ts';
import { recognise } from './recognise.ts';
import type { OrderDraft, RawRecord } from './types.ts';
import { parseFen, parseTime } from './values.ts';

const words = fc.constantFrom('棉袜', '鞋垫', '=SUM(A1)', '+86', '@x', "'引", '－减', '＝等', '"引号"', '换\n行', '逗,号', '分;号', '制\t表', '1.23E+18', '中 间', '𠮷');
const text = fc.array(words, { maxLength: 3 }).map((parts) => parts.join(''));
const code = fc.stringMatching(/^[A-Z0-9-]{0,8}$/).filter((value) => !/^-+$/.test(value) && !/^\d+E\d+$/.test(value));
const fen = fc.option(fc.integer({ min: 0, max: 99_999_999 }), { nil: null });
const time = fc.option(fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }), { nil: undefined }).map((second) => (second === undefined ? '' : new Date(second * 1000).toISOString()));
const line = fc.record({
  subNumber: fc.constant(''),
  title: fc.constantFrom('棉袜黑L', '=HYPERLINK("x")', '带，逗号;分号', "'撇号", '- 减号开头'),
  spec: text,
  itemId: fc.constantFrom('', '357264772326'),
  skuId: fc.constantFrom('', '3572640200001'),
  skuCode: code,
  itemCode: code,
  quantity: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: null }),
  priceFen: fen,
  refunded: fc.boolean(),
});
const cells = fc.record({
  name: fc.constantFrom('张三', '李*', '', 'O\'Neil', '＝王'),
  mobile: fc.constantFrom('13900000001', '18412340001-2345', '1******0001', ''),
  telephone: fc.constantFrom('', '0571-88000001'),
  province: fc.constantFrom('浙江省', ''),
  city: fc.constant('杭州市'),
  district: fc.constantFrom('西湖区', ''),
  town: fc.constantFrom('', '古荡街道'),
  address: fc.constantFrom('文三路 1 号', '3-2-101', '+A 座', ''),
  postcode: fc.constantFrom('', '310000'),
});
const uniqueLines = fc.uniqueArray(line, { minLength: 1, maxLength: 4, selector: (one) => JSON.stringify([one.title, one.spec.trim()]) });

function orderOf(parts: { number: number; status: OrderDraft['status']; cells: Parameters<typeof readReceiver>[0]; lines: OrderDraft['lines']; note: string; fens: (number | null)[]; times: string[]; pickup: boolean; flag: OrderDraft['flag'] }): OrderDraft {
  const complete = parts.lines.every((one) => one.quantity !== null);
  return {
    number: `40885709661404${String(parts.number).padStart(5, '1')}`,
    status: parts.status,
    statusText: '',
    refund: parts.lines.every((one) => one.refunded) ? 'done' : 'none',
    buyer: 'tb1',
    buyerId: '',
    mergeKey: '',
    receiver: readReceiver(parts.cells, splitBackEndAddress).receiver,
    pickup: parts.pickup,
    createdAt: parts.times[0] ?? '',
    paidAt: parts.times[1] ?? '',
    shipBy: parts.times[2] ?? '',
    shippedAt: '',
    finishedAt: '',
    goodsFen: parts.fens[0] ?? null,
    freightFen: parts.fens[1] ?? null,
    paidFen: parts.fens[2] ?? null,
    buyerNote: cleanCell(parts.note),
    sellerNote: '',
    flag: parts.flag,
    waybill: 'YT8800000000001',
    carrier: '圆通速递',
    shopName: '样例店',
    lines: parts.lines.map((one) => ({ ...one, title: cleanCell(one.title), spec: cleanCell(one.spec) })),
    pieces: complete ? parts.lines.reduce((sum, one) => sum + (one.quantity ?? 0), 0) : 7,
    extra: [],
    row: 0,
    line: 0,
  };
}

const order = fc
  .record({
    // A number with many zeros at its end is taken for one that lost its digits.
    number: fc.integer({ min: 1, max: 99_999 }).filter((number) => number % 1_000 !== 0),
    status: fc.constantFrom('unpaid', 'to_ship', 'shipped', 'done', 'closed', 'unknown'),
    cells,
    lines: uniqueLines,
    note: text,
    fens: fc.tuple(fen, fen, fen),
    times: fc.tuple(time, time, time),
    pickup: fc.boolean(),
    flag: fc.constantFrom('none', 'red', 'yellow', 'green', 'blue', 'purple'),
  } as const)
  .map((parts) => orderOf(parts as Parameters<typeof orderOf>[0]));

/** What a spreadsheet does to a cell of our file on its way back: nothing, once it is text. */
function rowsOf(list: readonly OrderDraft[]): RawRecord[] {
  const table = [[...exportHeader], ...list.flatMap((one) => exportRows({ ...one, platform: 'taobao' }))];
  return table.map((row, index) => ({ row: index + 1, line: index + 1, cells: row.map((cell) => unquote(safeCell(cell))) }));
}

function unquote(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}

function comparable(one: OrderDraft): unknown {
  const { row: _row, line: _line, statusText: _text, extra: _extra, ...rest } = one;
  return { ...rest, receiver: { ...rest.receiver, address: '' } };
}

describe('export and import', () => {
  it('give the same orders back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(order, { minLength: 1, maxLength: 5, selector: (one) => one.number }), (list) => {
        const [head, ...records] = rowsOf(list);
        const recognition = recognise([head!, ...records.slice(0, 11)]);
        expect(recognition?.mapping.number).toBe(0);
        const builder = createOrderBuilder(recognition!, { split: splitBackEndAddress, language: 'en', strictColumns: false });
        for (const record of records) builder.add(record);
        const built = builder.finish();
        expect(built.rejected).toEqual([]);
        expect(built.orders.map(comparable)).toEqual(list.map(comparable));
      }),
      { numRuns: 300 },
    );
  });

  it('never write a cell a spreadsheet would compute', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const cell = unquote(safeCell(value));
        expect(cell === '' || !/^[=+\-@\t\r＝＋－＠]/.test(cell)).toBe(true);
      }),
    );
  });
});

describe('cells', () => {
  it.each([
    ['="4088570966140400506"', '4088570966140400506'],
    ["'13900000001", '13900000001'],
    ['\t357264772326', '357264772326'],
    ['76533952559944\t', '76533952559944'],
    ['\u3000 中 间 \u200b', '中 间'],
    ['"', '"'],
    ['="', '="'],
  ])('%j is %j', (cell, meant) => expect(cleanCell(cell)).toBe(meant));

  it.each([
    ['¥1,234.50', 123450],
    ['10.700000000000001', 1070],
    ['１２．５０元', 1250],
    ['-5', -500],
    ['约10', null],
    ['', null],
  ])('%j is %s fen', (cell, value) => expect(parseFen(cell)).toBe(value));

  it.each([
    ['2025-03-15 14:39:49', '2025-03-15T06:39:49.000Z'],
    ['2025/3/5 9:05', '2025-03-05T01:05:00.000Z'],
    ['2025年3月5日', '2025-03-04T16:00:00.000Z'],
    ['45732.193715277775', '2025-03-15T20:38:57.000Z'],
    ['2025-02-31 00:00:00', ''],
    ['明天', ''],
  ])('%j is %s', (cell, value) => expect(parseTime(cell)).toBe(value));
});
