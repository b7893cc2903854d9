/** The same orders again and again: whatever the platform changes between two files, nothing doubles, no label is overwritten, no alarm is missed. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import type { OrderDraft } from '../../common/domain/orders/types.ts';
import { readOrderFile } from '../../main/features/orders/files/read.ts';
import { createOrdersRepository } from '../../main/features/orders/repository.ts';
import type { OrdersRepository } from '../../main/features/orders/repository.ts';
import type { DraftContext } from '../../main/features/orders/repository/rows.ts';
import { pddFile } from './setup.ts';

const now = '2025-03-17T04:00:00.000Z';
const context: DraftContext = { shopId: 'shop_A', platform: 'pdd', batchId: 'imp_1', source: 'file', now, promiseHours: 48 };

/** What the platform knows of an order. */
interface Told {
  readonly status: '待发货' | '已发货，待签收' | '已取消';
  readonly refund: '无售后或售后取消' | '退款中' | '退款成功';
  readonly street: number;
  readonly goods: number;
  readonly note: number;
}
interface Known {
  /** What the last file said. */
  told: Told;
  /** What stands on the label. */
  printed: { street: number; goods: number } | null;
  alarm: string;
}

const fresh: Told = { status: '待发货', refund: '无售后或售后取消', street: 1, goods: 1, note: 0 };
const graveness = ['refunded', 'closed', 'address', 'goods'];
const over = (told: Told): boolean => told.status === '已取消' || told.refund === '退款成功';

const which = fc.integer({ min: 0, max: 2 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('edit' as const), order: which, change: fc.oneof(
    fc.record({ status: fc.constantFrom('待发货' as const, '已发货，待签收' as const, '已取消' as const) }),
    fc.record({ refund: fc.constantFrom('无售后或售后取消' as const, '退款中' as const, '退款成功' as const) }),
    fc.record({ street: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ goods: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ note: fc.integer({ min: 0, max: 2 }) }),
  ) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('import' as const), orders: fc.shuffledSubarray([0, 1, 2], { minLength: 1 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('print' as const, 'void' as const, 'settle' as const), order: which }) },
);

describe('the same orders again', () => {
  let opened: OpenDatabase;
  let repository: OrdersRepository;
  let run = 0;
  let made = 0;
  const ids = { next: (prefix: string) => `${prefix}_${String((made += 1)).padStart(8, '0')}` };
  beforeAll(async () => {
    opened = await openTestDatabase('sqlite');
    repository = createOrdersRepository(opened.db);
  });
  afterAll(() => opened.close());

  const numberOf = (order: number): string => `250313-${run}-${order}`;
  async function drafts(told: readonly (readonly [number, Told])[]): Promise<readonly OrderDraft[]> {
    const file = pddFile(told.map(([order, one]) => ({ number: numberOf(order), status: one.status, refund: one.refund, detail: `文三路 ${one.street} 号`, quantity: one.goods, note: one.note === 0 ? '' : `备注${one.note}` })));
    const result = await readOrderFile(file.name, file.bytes, { language: 'en' });
    if (!result.ok) throw new Error('not recognised');
    return result.file.orders;
  }
  const rowOf = async (order: number) => repository.byNumber('shop_A', numberOf(order));
  async function checked(order: number, known: Known): Promise<void> {
    const row = await rowOf(order);
    const line = ((await repository.linesOf([row?.id ?? ''])).get(row?.id ?? '') ?? []).map((one) => one.quantity);
    const shown = known.printed ?? known.told;
    expect({ detail: row?.detail, pieces: row?.pieces, line, alarm: row?.alarm, note: row?.seller_note === '' ? 0 : Number(row?.seller_note.slice(2)) }).toEqual({
      detail: `文三路 ${shown.street} 号`, pieces: shown.goods, line: [shown.goods], alarm: known.alarm, note: known.told.note,
    });
    expect([row?.refund, row?.status]).toEqual([{ 无售后或售后取消: 'none', 退款中: 'asked', 退款成功: 'done' }[known.told.refund], { 待发货: 'to_ship', '已发货，待签收': 'shipped', 已取消: 'closed' }[known.told.status]]);
  }

  it('nothing doubles, no label is overwritten, alarms are exactly those that should be', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        run += 1;
        const platform: Told[] = [fresh, fresh, fresh];
        const known = new Map<number, Known>();
        for (const one of steps) {
          if (one.do === 'edit') {
            // An order that is over stays over, except that a refund may follow the closing.
            const before = platform[one.order] ?? fresh;
            const after = { ...before, ...one.change } as Told;
            if (!over(before) || over(after)) platform[one.order] = after;
          } else if (one.do === 'import') {
            const list = await drafts(one.orders.map((order) => [order, platform[order] ?? fresh]));
            const result = await repository.saveDrafts(list, context, ids);
            const again = await repository.saveDrafts(list, context, ids);
            expect(again).toMatchObject({ added: 0, changed: 0, known: one.orders.length, alarms: [] });
            expect(result.added).toBe(one.orders.filter((order) => !known.has(order)).length);
            for (const order of one.orders) {
              const told = platform[order] ?? fresh;
              const before = known.get(order);
              if (!before) {
                known.set(order, { told, printed: null, alarm: '' });
                continue;
              }
              const raised = before.printed === null ? [] : [
                told.refund !== '无售后或售后取消' && told.refund !== before.told.refund && 'refunded',
                told.status === '已取消' && before.told.status !== '已取消' && 'closed',
                told.street !== before.told.street && 'address',
                told.goods !== before.told.goods && 'goods',
              ];
              before.alarm = graveness.find((alarm) => raised.includes(alarm) || before.alarm === alarm) ?? '';
              // A note taken away again is kept: it may have been written here.
              before.told = { ...told, note: told.note === 0 ? before.told.note : told.note };
            }
          } else {
            const row = await rowOf(one.order);
            const facts = known.get(one.order);
            if (!row || !facts) continue;
            if (one.do === 'print' && facts.printed === null) {
              await repository.change([row.id], now, () => ({ printed: 1, waybill: `YT${run}${one.order}` }));
              facts.printed = { street: facts.told.street, goods: facts.told.goods };
            } else if (one.do === 'settle') {
              await repository.change([row.id], now, () => ({ alarm: '' }));
              facts.alarm = '';
            } else if (one.do === 'void' && facts.printed !== null) {
              // The number is void; the next file brings receiver and goods up to date.
              await repository.change([row.id], now, () => ({ printed: 0, waybill: '' }));
              facts.printed = null;
              const list = await drafts([[one.order, facts.told]]);
              await repository.saveDrafts(list.map((draft) => ({ ...draft, sellerNote: '' })), context, ids);
              await repository.saveDrafts(list, context, ids);
            }
          }
          for (const [order, facts] of known) await checked(order, facts);
        }
        const { count } = await opened.db.selectFrom('orders').select((eb) => eb.fn.countAll<number>().as('count')).where('number', 'like', `250313-${run}-%`).executeTakeFirstOrThrow();
        expect(Number(count)).toBe(known.size);
      }),
      { numRuns: 60, seed: 20261122 },
    );
  });

  it('a lesser alarm does not hide a graver one, and one that is settled is not raised again', async () => {
    run += 1;
    await repository.saveDrafts(await drafts([[0, fresh]]), context, ids);
    await repository.change([(await rowOf(0))?.id ?? ''], now, () => ({ printed: 1, waybill: `YT${run}` }));
    const refunded = { ...fresh, refund: '退款中' as const };
    expect((await repository.saveDrafts(await drafts([[0, refunded]]), context, ids)).alarms).toEqual([{ order: numberOf(0), alarm: 'refunded' }]);
    await repository.saveDrafts(await drafts([[0, { ...refunded, goods: 2, street: 2 }]]), context, ids);
    expect((await rowOf(0))?.alarm).toBe('refunded');
    await repository.change([(await rowOf(0))?.id ?? ''], now, () => ({ alarm: '' }));
    await repository.saveDrafts(await drafts([[0, { ...refunded, goods: 2, street: 2, note: 1 }]]), context, ids);
    expect((await rowOf(0))?.alarm).toBe('');
    await repository.saveDrafts(await drafts([[0, { ...refunded, goods: 2, street: 3, note: 1 }]]), context, ids);
    expect((await rowOf(0))?.alarm).toBe('address');
  });

  it('an older file after a newer one does not open a refunded order again', async () => {
    run += 1;
    const older = await drafts([[0, fresh], [1, fresh]]);
    const newer = await drafts([[0, { ...fresh, refund: '退款成功' }], [1, { ...fresh, status: '已取消' }]]);
    await repository.saveDrafts(newer, context, ids);
    await repository.saveDrafts(older, context, ids);
    expect([(await rowOf(0))?.refund, (await rowOf(1))?.status, (await rowOf(0))?.stage, (await rowOf(1))?.stage]).toEqual(['done', 'closed', 'ended', 'ended']);
    await repository.saveDrafts(newer, context, ids);
    expect((await rowOf(0))?.stage).toBe('ended');
  });

  it('the order of two files of different orders does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ street: fc.integer({ min: 1, max: 3 }), goods: fc.integer({ min: 1, max: 3 }), refund: fc.constantFrom('无售后或售后取消' as const, '退款中' as const, '退款成功' as const) }), { minLength: 2, maxLength: 6 }), async (list) => {
        const results: unknown[] = [];
        for (const turned of [false, true]) {
          run += 1;
          const own = list.map((one, order) => [order, { ...fresh, ...one }] as const);
          const files = [own.filter((_, index) => index % 2 === 0), own.filter((_, index) => index % 2 === 1)];
          for (const file of turned ? files.toReversed() : files) await repository.saveDrafts(await drafts(file), context, ids);
          results.push(await Promise.all(own.map(async ([order]) => {
            const row = await rowOf(order);
            return [row?.stage, row?.detail, row?.pieces, row?.refund];
          })));
        }
        expect(results[0]).toEqual(results[1]);
      }),
      { numRuns: 10, seed: 7 },
    );
  });
});
