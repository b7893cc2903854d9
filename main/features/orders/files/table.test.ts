/** Tables of any kind as rows, and workbooks of several sheets: read by the real worker. */
import { utils, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../../common/errors.ts';
import { createOrderFileReader } from './reader.ts';

const reader = createOrderFileReader();
const language = 'zh-CN';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function workbook(sheets: Readonly<Record<string, readonly (readonly string[])[]>>, bookType: 'xlsx' | 'xls'): Uint8Array {
  const book = utils.book_new();
  for (const [name, rows] of Object.entries(sheets)) utils.book_append_sheet(book, utils.aoa_to_sheet(rows.map((row) => [...row])), name);
  return new Uint8Array(write(book, { type: 'buffer', bookType, ...(bookType === 'xls' && { bookType: 'biff8' as const }) }) as Buffer);
}

const names = [['宝贝标题', '简称'], [], ['加厚棉袜', '棉袜']];
const orders = [['本表由门店填写', ''], ['订单号', '收件人', '手机', '地址'], ['A20250301', '张试', '13900000001', '浙江省杭州市西湖区文三路1号']];

describe('a table as rows', () => {
  it.each(['xlsx', 'xls'] as const)('reads the first sheet of an %s that has rows, blank rows included, and any sheet by its name', async (kind) => {
    const file = { name: `n.${kind}`, bytes: workbook({ 说明: [], 简称: names, 地址: [['联系人'], ['张试']] }, kind), language } as const;
    const table = await reader.readTable(file);
    expect(table.sheet).toBe('简称');
    expect(table.rows.map((row) => row.filter((cell) => cell !== ''))).toEqual([['宝贝标题', '简称'], [], ['加厚棉袜', '棉袜']]);
    expect((await reader.readTable({ ...file, sheet: '地址' })).rows).toEqual([['联系人'], ['张试']]);
  });

  it('tells rows that cannot be taken apart, and refuses what is no table', async () => {
    const table = await reader.readTable({ name: 'n.csv', bytes: bytes('a,b\n"never closed,1\nc,d\n'), language });
    expect(table.rows).toEqual([['a', 'b'], [], ['c', 'd']]);
    expect(table.rejected).toMatchObject([{ row: 2, line: 2 }]);
    const problem = await reader.readTable({ name: 'n.pdf', bytes: bytes('%PDF-1.7'), language }).catch((thrown: unknown) => isFailure(thrown) && thrown.error);
    expect(problem).toMatchObject({ code: 'FILE_REFUSED', data: { file: 'n.pdf', problem: 'pdf' } });
  });
});

describe('orders in a workbook of several sheets', () => {
  it.each(['xlsx', 'xls'] as const)('are found behind an empty sheet and behind one that is no order list (%s)', async (kind) => {
    const read = await reader.read({ name: `o.${kind}`, bytes: workbook({ 空: [], 说明: [['怎么填'], ['每行一单']], 订单: orders }, kind), language });
    expect(read.ok && [read.file.sheet, read.file.headerRow, read.file.orders.length, read.file.notices.map((notice) => notice.code)]).toEqual(['订单', 2, 1, ['more-sheets']]);
    expect(read.sheets).toContain('订单');
  });

  it('are read from the sheet and the header row somebody pointed at', async () => {
    const two = workbook({ 一月: orders, 二月: [['表二'], ['号', '谁', '打哪个', '送到'], ['B20250301', '李试', '13900000002', '江苏省南京市玄武区中山路2号']] }, 'xlsx');
    const mapping = { platform: 'other' as const, kind: 'orders' as const, columns: { number: '号', name: '谁', mobile: '打哪个', address: '送到' }, headerRow: 2 };
    const read = await reader.read({ name: 'o.xlsx', bytes: two, language, sheet: '二月', mapping });
    expect(read.ok && read.file.orders.map((order) => [order.number, order.receiver.city])).toEqual([['B20250301', '南京市']]);
  });

  it('are read without any header, columns called by their letters', async () => {
    const paste = 'B20250301\t李试\t13900000002\t江苏省南京市玄武区中山路2号\nB20250302\t王试\t13900000003\t江苏省南京市玄武区中山路3号\n';
    const mapping = { platform: 'other' as const, kind: 'orders' as const, columns: { number: 'A', name: 'B', mobile: 'C', address: 'D' }, headerRow: 0 };
    const read = await reader.read({ name: 'paste.tsv', bytes: bytes(paste), language, mapping });
    expect(read.ok && read.file.orders.map((order) => [order.number, order.row, order.receiver.name])).toEqual([['B20250301', 1, '李试'], ['B20250302', 2, '王试']]);
  });
});
