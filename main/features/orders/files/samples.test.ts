import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { summarise } from '../../../../common/domain/orders/summary.ts';
import type { OrderFile } from '../../../../common/domain/orders/types.ts';
import { readOrderFile } from './read.ts';

const folder = new URL('../../../../test/fixtures/samples/', import.meta.url);

async function read(name: string): Promise<OrderFile> {
  const result = await readOrderFile(name, readFileSync(new URL(name, folder)), { language: 'en' });
  if (!result.ok) throw new Error(`${name} was not recognised`);
  return result.file;
}

/** The figures the samples were made with. */
const expected = [
  { name: 'taobao-orders-gbk.csv', platform: 'taobao', encoding: 'gb18030', rows: 200, orders: 196, lines: null, pieces: 560, toShip: 106, recipients: 167, toMerge: 1, flagged: 16, rejected: 2, duplicates: 2 },
  { name: 'pdd-orders-utf8bom.csv', platform: 'pdd', encoding: 'utf-8-bom', rows: 200, orders: 198, lines: 198, pieces: 747, toShip: 117, recipients: 168, toMerge: 3, flagged: 14, rejected: 1, duplicates: 1 },
  { name: 'douyin-orders-utf8bom.csv', platform: 'douyin', encoding: 'utf-8-bom', rows: 200, orders: 143, lines: 200, pieces: 426, toShip: 87, recipients: 76, toMerge: 3, flagged: 55, rejected: 0, duplicates: 0 },
  { name: 'jd-orders.xlsx', platform: 'jd', encoding: 'utf-8', rows: 169, orders: 120, lines: 169, pieces: 306, toShip: 69, recipients: 73, toMerge: 1, flagged: 43, rejected: 0, duplicates: 0 },
  { name: '1688-orders.xlsx', platform: '1688', encoding: 'utf-8', rows: 144, orders: 80, lines: 144, pieces: 889, toShip: 42, recipients: 73, toMerge: 2, flagged: 1, rejected: 0, duplicates: 0 },
  { name: 'kuaishou-orders.csv', platform: 'kuaishou', encoding: 'utf-8', rows: 138, orders: 90, lines: 138, pieces: 222, toShip: 48, recipients: 72, toMerge: 3, flagged: 9, rejected: 0, duplicates: 0 },
  { name: 'youzan-orders.xlsx', platform: 'youzan', encoding: 'utf-8', rows: 90, orders: 90, lines: null, pieces: 247, toShip: 48, recipients: 76, toMerge: 4, flagged: 3, rejected: 0, duplicates: 0 },
] as const;

describe('files as seller back ends write them', () => {
  it.each(expected)('$name', async ({ name, lines, ...figures }) => {
    const file = await read(name);
    const summary = summarise(file.orders);
    expect({
      name,
      platform: file.platform,
      encoding: file.encoding,
      rows: file.rows,
      orders: summary.orders,
      pieces: summary.pieces,
      toShip: summary.toShip,
      recipients: summary.recipients,
      toMerge: summary.toMerge,
      flagged: file.flagged.length,
      rejected: file.rejected.length,
      duplicates: file.duplicates,
    }).toEqual({ name, ...figures });
    if (lines !== null) expect(summary.lines).toBe(lines);
  });

  it('reads the items file of Taobao', async () => {
    const file = await read('taobao-items-gbk.csv');
    const summary = summarise(file.orders);
    expect([file.platform, file.kind, file.rows, summary.orders, summary.lines, summary.pieces, file.rejected.length]).toEqual(['taobao', 'items', 269, 197, 269, 561, 0]);
  });

  it('says which rows were refused and why', async () => {
    const taobao = await read('taobao-orders-gbk.csv');
    expect(taobao.rejected.map(({ row, line, column, code, reason }) => ({ row, line, column, code, reason }))).toEqual([
      { row: 140, line: 142, column: '订单编号', code: 'number-missing', reason: expect.any(String) },
      { row: 193, line: 196, column: '订单编号', code: 'number-digits-lost', reason: expect.any(String) },
    ]);
  });
});
