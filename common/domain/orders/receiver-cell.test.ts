import { describe, expect, it } from 'vitest';
import { joinItems } from './join-items.ts';
import { addressOf, nameOf, phoneOf } from './receiver-cell.ts';
import type { LineDraft, OrderDraft, OrderFile } from './types.ts';

describe('a receiver in one cell', () => {
  it.each([
    ['张试，13800000001，浙江省杭州市西湖区听松路1号', '张试', '浙江省杭州市西湖区听松路1号'],
    ['欧阳晓 13800000001 浙江省 杭州市 西湖区 听松路1号', '欧阳晓', '浙江省杭州市西湖区听松路1号'],
    ['浙江省 杭州市 西湖区 听松路1号 欧阳晓 13800000001', '欧阳晓', '浙江省杭州市西湖区听松路1号'],
    ['收件人：张试\n电话：13800000001\n地址：浙江省杭州市西湖区听松路1号', '张试', '浙江省杭州市西湖区听松路1号'],
  ])('%s', (cell, name, address) => expect([nameOf(cell), phoneOf(cell), addressOf(cell)]).toEqual([name, '13800000001', address]));
});

describe('an items file joined to its orders', () => {
  it('refunds the order whose goods are all refunded', () => {
    const line = (refunded: boolean): LineDraft => ({ title: '袜', quantity: 1, refunded }) as LineDraft;
    const order = (number: string, lines: readonly LineDraft[]): OrderDraft => ({ number, refund: 'none', lines, pieces: 2 }) as unknown as OrderDraft;
    const items = { file: 'items.csv', orders: [order('1', [line(true), line(true)]), order('2', [line(true), line(false)])] } as unknown as OrderFile;
    expect(joinItems([order('1', []), order('2', [])], items).orders.map(({ refund }) => refund)).toEqual(['done', 'none']);
  });
});
