import { describe, expect, it } from 'vitest';
import { chooseParcels } from './parcel-choice.ts';
import type { Candidate } from './parcel-choice.ts';

const plain: Candidate = { orders: 1, recipient: '林晓梅', address: '浙江省杭州市上城区杭海路1031号', lines: 1, goods: '棉袜中筒 黑色', notes: '' };
const parcels = (...more: Partial<Candidate>[]): (Candidate & { id: number })[] => more.map((one, id) => ({ ...plain, ...one, id }));
const chosen = (list: readonly (Candidate & { id: number })[], most: number): string[] => chooseParcels(list, most, (one) => one).map(({ parcel, why }) => `${parcel.id} ${why.join(' ')}`);

describe('parcels to look at a template with', () => {
  it('are the hardest of those that wait, then the ones that must leave first', () => {
    const list = parcels({}, { notes: '送小样' }, { address: plain.address.repeat(4) }, {}, { lines: 9 }, { recipient: '𠮷田' }, { orders: 3 }, {});
    expect(chosen(list, 7)).toEqual(['6 most_orders', '2 longest_address', '4 most_goods', '1 longest_note', '5 rare_characters', '0 due_first', '3 due_first']);
  });

  it('stand there once with every reason, and no reason is made up', () => {
    expect(chosen(parcels({ lines: 4, notes: '请写「致 𠮷田」♥', address: plain.address.repeat(3) }, {}), 8)).toEqual(['0 longest_address most_goods longest_note rare_characters', '1 due_first']);
    // No notes and no rare characters: nobody is there for them. Of equals the one that must leave first.
    expect(chosen(parcels({}, {}), 8)).toEqual(['0 longest_address most_goods', '1 due_first']);
    expect(chosen([], 8)).toEqual([]);
    expect(chosen(parcels({}, { lines: 3 }, { notes: '长' }, {}), 2)).toHaveLength(2);
  });

  it.each([['罗䶮', 1], ['𠮷田', 1], ['ﾊﾝ', 0], ['生日快乐🎂', 1], ['阿不都·买买提（转012）', 0], ['Crème', 1], ['№7', 1]])('sees what fonts may lack in %s', (recipient, found) => {
    expect(chosen(parcels({}, { recipient, address: '短', goods: '短' }), 8).some((one) => one.startsWith('1') && one.includes('rare_characters'))).toBe(found === 1);
  });
});
