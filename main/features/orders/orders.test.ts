import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forEachDialect } from '../../database/testing.ts';
import type { OpenDatabase } from '../../database/open.ts';
import type { OrderDraft } from '../../../common/domain/orders/types.ts';
import { readOrderFile } from './files/read.ts';
import { createOrdersRepository } from './repository.ts';
import type { OrdersRepository } from './repository.ts';
import type { DraftContext } from './repository/rows.ts';

const folder = new URL('../../../test/fixtures/samples/', import.meta.url);
const now = '2025-03-17T04:00:00.000Z';

async function drafts(name: string): Promise<readonly OrderDraft[]> {
  const result = await readOrderFile(name, readFileSync(new URL(name, folder)), { language: 'en' });
  if (!result.ok) throw new Error(name);
  return result.file.orders;
}

const context = (over: Partial<DraftContext> = {}): DraftContext => ({ shopId: 'shop_A', platform: 'pdd', batchId: 'imp_1', source: 'file', now, promiseHours: 48, ...over });

forEachDialect('orders', (open) => {
  let opened: OpenDatabase;
  let repository: OrdersRepository;
  let made = 0;
  const ids = { next: (prefix: string) => `${prefix}_${String((made += 1)).padStart(8, '0')}` };

  beforeAll(async () => {
    opened = await open();
    repository = createOrdersRepository(opened.db);
    const list = await drafts('pdd-orders-utf8bom.csv');
    await repository.transaction((trx) => createOrdersRepository(trx).saveDrafts(list, context(), ids));
  });
  afterAll(() => opened.close());

  it('adds every order once, and the same file again changes nothing', async () => {
    const list = await drafts('pdd-orders-utf8bom.csv');
    const before = await repository.counts(undefined, now);
    expect(before.all).toBe(198);
    const again = await repository.transaction((trx) => createOrdersRepository(trx).saveDrafts(list, context({ batchId: 'imp_2' }), ids));
    expect(again).toMatchObject({ added: 0, changed: 0, known: 198 });
    expect(await repository.counts(undefined, now)).toEqual(before);
  });

  it('pages through everything once, newest first', async () => {
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await repository.list({ sort: 'newest', limit: 37, ...(cursor !== undefined && { cursor }) }, now);
      seen.push(...page.rows.map((row) => Number(row.seq)));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(198);
    expect(seen).toEqual([...seen].sort((a, b) => b - a));
    expect(new Set(seen).size).toBe(198);
  });

  it('finds by name, initials, phone, its tail, number, address and goods', async () => {
    const [one] = (await repository.list({ sort: 'newest', limit: 200, search: '屈知秋' }, now)).rows;
    expect(one).toMatchObject({ name: '屈知秋', phone: '13900001001' });
    for (const search of ['qzq', '13900001001', '1001', '250313-504498155925457', '采薇街', '黄岩 中性笔', '屈 知']) {
      const { rows } = await repository.list({ sort: 'newest', limit: 200, search }, now);
      expect(rows.map((row) => row.number), search).toContain('250313-504498155925457');
    }
    expect((await repository.list({ sort: 'newest', limit: 200, search: '屈知秋 鞋垫子' }, now)).rows).toEqual([]);
  });

  it('filters, and the filters agree with a plain look at every row', async () => {
    const all = (await repository.list({ sort: 'newest', limit: 200 }, now)).rows;
    const numbers = async (filter: object): Promise<string[]> => (await repository.list({ sort: 'newest', limit: 200, ...filter }, now)).rows.map((row) => row.number).sort();
    const plain = (keep: (row: (typeof all)[number]) => boolean): string[] => all.filter(keep).map((row) => row.number).sort();
    expect(await numbers({ stage: 'to_print' })).toEqual(plain((row) => row.stage === 'to_print'));
    expect(await numbers({ province: '广东省' })).toEqual(plain((row) => row.province === '广东省'));
    expect(await numbers({ province: '广东省', stage: 'to_print', shopIds: ['shop_A'] })).toEqual(plain((row) => row.province === '广东省' && row.stage === 'to_print'));
    expect(await numbers({ shopIds: ['shop_B'] })).toEqual([]);
    expect(await numbers({ receiver: 'masked' })).toEqual(plain((row) => row.receiver_state === 'masked'));
    expect(await numbers({ hasNote: true })).toEqual(plain((row) => row.buyer_note + row.seller_note !== ''));
    expect(await numbers({ minFen: 5_050, maxFen: 9_999 })).toEqual(plain((row) => row.paid_fen !== null && row.paid_fen >= 5_050 && row.paid_fen <= 9_999));
    expect(await numbers({ item: '热水壶' })).not.toEqual([]);
    expect(await numbers({ from: '2025-03-15T00:00:00.000Z', to: '2025-03-15T12:00:00.000Z' })).toEqual(plain((row) => Math.floor(Number(row.seq) / 1e6) >= Date.parse('2025-03-15T00:00:00Z') / 1000 && Math.floor(Number(row.seq) / 1e6) <= Date.parse('2025-03-15T12:00:00Z') / 1000));
    const late = await repository.list({ sort: 'deadline', limit: 200, deadline: 'late' }, now);
    expect(late.rows.map((row) => row.number).sort()).toEqual(plain((row) => row.stage === 'to_print' && row.ship_by !== '' && row.ship_by < now));
    expect(late.rows.map((row) => row.ship_by)).toEqual(late.rows.map((row) => row.ship_by).toSorted());
    expect((await repository.counts(undefined, now)).late).toBe(late.rows.length);
  });

  it('takes a refund over, and raises an alarm when the label is printed already', async () => {
    const list = await drafts('pdd-orders-utf8bom.csv');
    const waiting = (await repository.list({ sort: 'newest', stage: 'to_print', limit: 3 }, now)).rows;
    const [printed, plain, moved] = waiting;
    await repository.change([printed!.id], now, () => ({ printed: 1, waybill: 'YT1' }));
    await repository.change([moved!.id], now, () => ({ printed: 1, waybill: 'YT2' }));
    const changed = list
      .filter((draft) => waiting.some((row) => row.number === draft.number))
      .map((draft): OrderDraft => (draft.number === moved!.number ? { ...draft, receiver: { ...draft.receiver, detail: '别处 1 号', address: '别处' } } : { ...draft, refund: 'done' }));
    const result = await repository.saveDrafts(changed, context(), ids);
    expect(result.changed).toBe(3);
    expect([...result.alarms].sort((a, b) => a.alarm.localeCompare(b.alarm))).toEqual([{ order: moved!.number, alarm: 'address' }, { order: printed!.number, alarm: 'refunded' }]);
    const [afterPrinted, afterPlain, afterMoved] = await repository.byIds([printed!.id, plain!.id, moved!.id]);
    expect(afterPrinted).toMatchObject({ stage: 'problem', alarm: 'refunded', detail: printed!.detail });
    expect(afterPlain).toMatchObject({ stage: 'ended', alarm: '' });
    expect(afterMoved).toMatchObject({ stage: 'problem', alarm: 'address', detail: moved!.detail });
    const { rows } = await repository.list({ sort: 'newest', limit: 200, alarm: true }, now);
    expect(rows).toHaveLength(2);
    const counts = await repository.counts(undefined, now);
    expect(counts.alarms).toBe(2);
    expect(counts.tabs.problem).toBe((await repository.list({ sort: 'newest', limit: 200, stage: 'problem' }, now)).rows.length);
    await repository.saveDrafts(list, context(), ids);
  });

  it('keeps the goods of an items file when the order file comes again', async () => {
    const orders = await drafts('taobao-orders-gbk.csv');
    const items = await drafts('taobao-items-gbk.csv');
    const taobao = context({ shopId: 'shop_T', platform: 'taobao' });
    await repository.saveDrafts(orders, taobao, ids);
    const joined = await repository.saveItems(items, 'shop_T', now);
    expect(joined).toMatchObject({ matched: 196, unmatched: ['4088035033826730935'] });
    const again = await repository.saveDrafts(orders, taobao, ids);
    expect(again).toMatchObject({ added: 0, changed: 0, known: 196 });
    const row = await repository.byNumber('shop_T', '4088640842509446949');
    const lines = (await repository.linesOf([row!.id])).get(row!.id) ?? [];
    expect(lines.map((line) => line.quantity)).toHaveLength(3);
    expect(lines.every((line) => line.quantity !== null)).toBe(true);
  });

  it('raises an alarm once for an items file that refunds or changes goods of a printed order', async () => {
    const number = '4088640842509446949';
    const row = await repository.byNumber('shop_T', number);
    await repository.change([row!.id], now, () => ({ printed: 1, waybill: 'YT9' }));
    const draft = (await drafts('taobao-items-gbk.csv')).find((one) => one.number === number)!;
    expect((await repository.saveItems([draft], 'shop_T', now)).alarms).toEqual([]);
    const partly = { ...draft, lines: draft.lines.map((line, index) => (index === 0 ? { ...line, refunded: true } : line)) };
    expect((await repository.saveItems([partly], 'shop_T', now)).alarms).toEqual([{ order: number, alarm: 'goods' }]);
    expect(await repository.byNumber('shop_T', number)).toMatchObject({ stage: 'problem', alarm: 'goods' });
    await repository.change([row!.id], now, () => ({ alarm: '' }));
    expect((await repository.saveItems([partly], 'shop_T', now)).alarms).toEqual([]);
    expect((await repository.saveDrafts(await drafts('taobao-orders-gbk.csv'), context({ shopId: 'shop_T', platform: 'taobao' }), ids)).alarms).toEqual([]);
    const all = { ...draft, lines: draft.lines.map((line) => ({ ...line, refunded: true })) };
    expect((await repository.saveItems([all], 'shop_T', now)).alarms).toEqual([{ order: number, alarm: 'refunded' }]);
    expect((await repository.linesOf([row!.id])).get(row!.id)?.some((line) => line.refunded === 1)).toBe(false);
  });

  it('leaves an order of another shop of the same platform alone', async () => {
    const list = (await drafts('pdd-orders-utf8bom.csv')).slice(0, 3);
    const result = await repository.saveDrafts(list, context({ shopId: 'shop_other' }), ids);
    expect(result).toMatchObject({ added: 0, foreign: list.map((draft) => draft.number) });
  });
});
