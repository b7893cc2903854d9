/** Who counts as the same recipient: one person written in many ways is one, two people are never one. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReceiver, recipientKey, splitBackEndAddress } from '../../common/domain/orders/receiver.ts';
import { readOrderFile } from '../../main/features/orders/files/read.ts';
import { refineReceivers } from '../../main/features/orders/files/refine.ts';
import { proposeMerges } from '../../common/domain/orders/merge.ts';
import type { MergeFacts } from '../../common/domain/orders/merge.ts';

interface Person { readonly name: string; readonly phone: string; readonly address: string }

const keyOf = ({ name, phone, address }: Person): string =>
  recipientKey(readReceiver({ name, mobile: phone, telephone: '', address, province: '', city: '', district: '', town: '', postcode: '' }, splitBackEndAddress).receiver);

const wide = (text: string): string => text.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0));
const person: Person = { name: '陈试麦', phone: '13900000001', address: '浙江省杭州市西湖区文新街道听松路77号听雨花园3幢2单元1203室' };

/** Ways in which the same buyer, another platform or a spreadsheet writes the same. */
const ways: readonly ((one: Person) => Person)[] = [
  (one) => ({ ...one, name: ` ${one.name} ` }),
  (one) => ({ ...one, name: one.name.split('').join(' ') }),
  (one) => ({ ...one, name: one.name.replace('陈', '陳').replace('麦', '麥') }),
  (one) => ({ ...one, phone: `+86 ${one.phone.slice(0, 3)} ${one.phone.slice(3, 7)} ${one.phone.slice(7)}` }),
  (one) => ({ ...one, phone: `86-${one.phone}` }),
  (one) => ({ ...one, phone: wide(one.phone) }),
  (one) => ({ ...one, address: one.address.replace('浙江省', '浙江省 ').replace('杭州市', '杭州市 ').replace('西湖区', '西湖区 ').replace('文新街道', '文新街道 ') }),
  (one) => ({ ...one, address: wide(one.address) }),
  (one) => ({ ...one, address: one.address.replace('浙江省', '浙江') }),
  (one) => ({ ...one, address: one.address.replace('听雨花园', '，听雨花园，').replace('幢', '幢 ') }),
  (one) => ({ ...one, address: `${one.address}。` }),
];
const others: readonly ((one: Person) => Person)[] = [
  (one) => ({ ...one, name: one.name.replace('麦', '卖') }),
  (one) => ({ ...one, name: one.name.slice(0, 2) }),
  (one) => ({ ...one, phone: one.phone.replace(/1$/, '2') }),
  (one) => ({ ...one, phone: `${one.phone}-1234` }),
  (one) => ({ ...one, address: one.address.replace('77号', '78号') }),
  (one) => ({ ...one, address: one.address.replace('3幢2单元1203室', '3-2-1203') }),
  (one) => ({ ...one, address: one.address.replace('3幢2单元1203室', '32-1203') }),
  (one) => ({ ...one, address: one.address.replace('3幢2单元1203室', '3-21203') }),
  (one) => ({ ...one, address: one.address.replace('西湖区', '余杭区') }),
  (one) => ({ ...one, address: one.address.replace('1203室', '1203室A') }),
];

describe('recipients', () => {
  it('written in any mixture of ways are one', () => {
    fc.assert(
      fc.property(fc.subarray([...ways]), (chosen) => {
        expect(keyOf(chosen.reduce((one, way) => way(one), person))).toBe(keyOf(person));
      }),
      { numRuns: 300 },
    );
  });

  it('who differ in one sign are two, however they are written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...others), fc.subarray([...ways]), fc.subarray([...ways]), (other, left, right) => {
        const [one, two] = [left.reduce((all, way) => way(all), person), right.reduce((all, way) => way(all), other(person))];
        expect(keyOf(two)).not.toBe(keyOf(one));
      }),
      { numRuns: 500 },
    );
    const keys = others.map((other) => keyOf(other(person)));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('without the province, without suffixes, in Traditional script and with it are one', async () => {
    const addresses = ['浙江省杭州市西湖区文新街道听松路77号3幢', '杭州市西湖区文新街道听松路77号3幢', '浙江杭州西湖区文新街道听松路77号3幢', '浙江省 杭州市 西湖区 文新街道 聽松路77號3幢', '西湖区文新街道听松路77号3幢'];
    const text = `订单号,收货人,手机,收货地址,商品名称\n${addresses.map((address, index) => `N-${index},陈试麦,13900000001,${address},棉袜`).join('\n')}\n`;
    const result = await readOrderFile('own.csv', new TextEncoder().encode(text), { language: 'en' });
    if (!result.ok) throw new Error('not recognised');
    const orders = await refineReceivers(result.file.orders);
    expect(orders.map(({ receiver: { province, city, district, town } }) => [province, city, district, town].join('/'))).toEqual(addresses.map(() => '浙江省/杭州市/西湖区/文新街道'));
    expect(new Set(orders.map(({ receiver }) => recipientKey(receiver))).size).toBe(1);
  });

  it('an address two cities could have stays as it came', async () => {
    const result = await readOrderFile('own.csv', new TextEncoder().encode('订单号,收货人,手机,收货地址,商品名称\nN-1,陈试麦,13900000001,鼓楼区听松路77号,棉袜\n'), { language: 'en' });
    if (!result.ok) throw new Error('not recognised');
    const [order] = await refineReceivers(result.file.orders);
    expect(order?.receiver).toMatchObject({ province: '', city: '', address: '鼓楼区听松路77号' });
  });

  it('nobody known is proposed with nobody known', () => {
    const facts: MergeFacts[] = ['', '', 'a', 'a'].map((recipient, index) => ({ id: String(index), shopId: 's', buyer: 'b', recipient, at: '2026-01-01T00:00:00.000Z', flag: 'none', refund: 'none', goods: '' }));
    const settings = { autoMerge: false, mergeRule: 'loose', acrossShops: false, windowHours: 0, exceptFlags: [], exceptItems: [], promiseHours: 48 } as unknown as Parameters<typeof proposeMerges>[1];
    expect(proposeMerges(facts, settings).map((group) => group.map(({ id }) => id))).toEqual([['2', '3']]);
  });
});
