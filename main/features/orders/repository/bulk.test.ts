import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { forEachDialect } from '../../../database/testing.ts';
import { bulkInsert } from './bulk.ts';
import type { Db } from './bulk.ts';

forEachDialect('many rows at once', (open) => {
  const columns = ['id', 'title', 'spec', 'sku_code', 'initials'] as const;
  const goods = (db: Db) => db.selectFrom('order_goods').selectAll().orderBy('id').execute();

  it('writes what is the same in all rows, what differs, and what is both in turn', async () => {
    const { db, close } = await open();
    const rows = Array.from({ length: 250 }, (_unused, index) => ({ id: `g${String(index).padStart(3, '0')}`, title: "袜'子", spec: index === 249 ? '白' : '黑', sku_code: '', initials: String(index % 7) }));
    await bulkInsert(db, 'order_goods', columns, rows);
    expect(await goods(db)).toEqual(rows);
    await bulkInsert(db, 'order_goods', columns, [{ id: 'g000', title: 'other', spec: '', sku_code: '', initials: '' }, { id: 'h', title: 'other', spec: '', sku_code: '', initials: '' }], 'on conflict (id) do nothing');
    await bulkInsert(db, 'order_goods', columns, [{ id: 'one', title: 'alone', spec: '', sku_code: '', initials: '' }]);
    await bulkInsert(db, 'order_goods', columns, []);
    const after = await goods(db);
    expect(after).toHaveLength(252);
    expect(after[0]).toEqual(rows[0]);
    expect(after.slice(250).map(({ id, title }) => [id, title])).toEqual([['h', 'other'], ['one', 'alone']]);
    await close();
  });

  it('takes any text: quotes, breaks, signs of other planes, and half a sign', async () => {
    const { db, close } = await open();
    const odd = ['\'"\\', '{"a":1}\n\t[]', 'null', '🧦 袜子', '\\ud83e 写出来的', '半个 \ud83e'];
    await bulkInsert(db, 'order_goods', columns, odd.map((title, index) => ({ id: `o${index}`, title, spec: '', sku_code: '', initials: '' })));
    expect((await goods(db)).map(({ title }) => title)).toEqual([...odd.slice(0, 5), '半个 \ufffd']);
    await close();
  });

  it('keeps numbers, nothing and long places apart when every row has the same', async () => {
    const { db, close } = await open();
    const seq = 1_780_000_000_123_456;
    const order = (id: string, place: number) => ({ id, number: id, seq: place, goods_fen: null, paid_fen: 9_900, pickup: 0, version: 1 });
    await bulkInsert(db, 'orders', ['id', 'number', 'seq', 'goods_fen', 'paid_fen', 'pickup', 'version'], [order('a', seq), order('b', seq + 1)]);
    const { rows } = await sql<Record<string, unknown>>`select id, seq, goods_fen, paid_fen, pickup, version from orders order by seq`.execute(db);
    expect(rows.map((row) => ({ ...row, seq: Number(row['seq']), paid_fen: Number(row['paid_fen']) }))).toEqual([
      { id: 'a', seq, goods_fen: null, paid_fen: 9_900, pickup: 0, version: 1 },
      { id: 'b', seq: seq + 1, goods_fen: null, paid_fen: 9_900, pickup: 0, version: 1 },
    ]);
    await close();
  });
});
