/** What the orders page asks of the core: order by deadline, kept views, and the way out as a table. */
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import type { OrderFilter } from '../../common/contract/orders.ts';
import { isFailure } from '../../common/errors.ts';
import { actor, bringTo, createWorld, pddFile } from './setup.ts';
import type { Row, World } from './setup.ts';

forEachDialect('the list of orders', (open) => {
  let opened: OpenDatabase | undefined;
  let world: World;
  let shopId: string;

  beforeEach(async () => {
    await opened?.close();
    opened = await open();
    world = createWorld(opened);
    shopId = (await world.shops.create({ name: '拼', platform: 'pdd', senderAddressId: null }, actor)).id;
  });
  afterAll(() => opened?.close());

  const bring = (rows: readonly Row[]): Promise<string[]> => bringTo(world, shopId, rows);

  it('by deadline shows the most pressing first and still every order, those without one at the end', async () => {
    const ids = await bring(Array.from({ length: 7 }, (_, index) => ({ number: `250313-${index}`, time: `2025-03-1${index + 1} 10:00:00` })));
    await world.repository.change([ids[0]!, ids[3]!], world.time.now, () => ({ ship_by: '' }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.orders.list({ sort: 'deadline', stage: 'to_print', limit: 3, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.orders.map((order) => order.number.slice(-1)));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['1', '2', '4', '5', '6', '0', '3']);
    const none = await world.orders.list({ sort: 'deadline', deadline: 'none', stage: 'to_print', limit: 10 });
    expect(none.orders.map((order) => order.number.slice(-1))).toEqual(['3', '0']);
  });

  it('finds orders that wait by the carrier the rules give them, page after page, and the others by the one they went with', async () => {
    const provinces = ['浙江省', '江苏省', '西藏自治区'];
    const ids = await bring(Array.from({ length: 12 }, (_, index) => ({ number: `250313-${String(index).padStart(2, '0')}`, time: `2025-03-10 10:${String(index).padStart(2, '0')}:00`, province: provinces[index % 3] ?? '', status: index >= 9 ? '已发货，待收货' : '待发货' })));
    await world.parcels.saveRules({ rules: [{ name: '江浙', carrierCode: 'YTO', conditions: { places: ['浙江省', '江苏省'].map((province) => ({ province, city: '', district: '' })) }, enabled: true }], fallback: 'EMS', reach: [] }, actor);
    // Chosen by hand against the rules, and one that has gone.
    await world.parcels.setCarrier([ids[0]!], 'SF', actor);
    await world.repository.change([ids[9]!], world.time.now, () => ({ carrier_code: 'YTO', waybill: 'YT1' }));
    const all = async (filter: OrderFilter, sort: 'newest' | 'oldest' | 'deadline' = 'newest'): Promise<string[]> => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await world.orders.list({ ...filter, sort, limit: 2, ...(cursor !== undefined && { cursor }) });
        seen.push(...page.orders.map((order) => order.number.slice(-2)));
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      return seen;
    };
    expect(await all({ carrier: 'YTO', stage: 'to_print' })).toEqual(['07', '06', '04', '03', '01']);
    expect(await all({ carrier: 'YTO', stage: 'to_print' }, 'oldest')).toEqual(['01', '03', '04', '06', '07']);
    expect((await all({ carrier: 'YTO', stage: 'to_print' }, 'deadline')).sort()).toEqual(['01', '03', '04', '06', '07']);
    expect(await all({ carrier: 'YTO' })).toEqual(['09', '07', '06', '04', '03', '01']);
    expect(await all({ carrier: 'EMS', shopIds: [shopId] })).toEqual(['08', '05', '02']);
    expect(await all({ carrier: 'SF', stage: 'to_print' })).toEqual(['00']);
    expect(await all({ carrier: 'ZTO' })).toEqual([]);
    expect((await world.orders.ids({ carrier: 'YTO', stage: 'to_print' }, 3)).more).toBe(true);
    expect((await world.orders.ids({ carrier: 'YTO', stage: 'to_print' }, 100)).ids).toHaveLength(5);
    expect((await world.orders.export({ carrier: 'EMS', personal: false, limit: 100 }, actor)).orders).toBe(3);
    await world.parcels.saveRules({ rules: [], fallback: '', reach: [] }, actor);
  });

  it('finds exact amounts and orders without a deadline among others, with every other filter, page after page, in both directions', async () => {
    const ids = await bring(
      Array.from({ length: 40 }, (_, index) => ({ number: `250313-${String(index).padStart(2, '0')}`, time: `2025-03-10 10:${String(index).padStart(2, '0')}:00`, title: index % 2 === 0 ? '棉袜' : '毛巾', status: index % 5 === 0 ? '已发货，待收货' : '待发货' })),
    );
    await world.repository.change(ids, world.time.now, (row) => ({ paid_fen: row.number.endsWith('7') ? 1_991 : 1_990 }));
    await world.repository.change(ids.filter((_, index) => index % 3 === 0), world.time.now, () => ({ ship_by: '' }));
    const all = (await world.repository.list({ sort: 'newest', limit: 200 }, world.time.now)).rows;
    const socks = new Set(ids.filter((_, index) => index % 2 === 0));
    const filters: readonly (readonly [OrderFilter, (row: (typeof all)[number]) => boolean])[] = [
      [{ minFen: 1_991, maxFen: 1_991 }, (row) => row.paid_fen === 1_991],
      [{ minFen: 1_991 }, (row) => row.paid_fen === 1_991],
      [{ maxFen: 1_990, stage: 'ended' }, (row) => row.paid_fen === 1_990 && row.stage === 'ended'],
      [{ deadline: 'none' }, (row) => row.ship_by === ''],
      [{ deadline: 'none', stage: 'to_print', shopIds: [shopId], item: '棉袜' }, (row) => row.ship_by === '' && row.stage === 'to_print' && socks.has(row.id)],
      [{ deadline: 'none', shopIds: ['shop_other'] }, () => false],
      [{ minFen: 1_990, maxFen: 1_990, search: '毛巾 待', printed: false }, () => false],
      [{ minFen: 1_990, maxFen: 1_990, search: '毛巾', printed: false }, (row) => row.paid_fen === 1_990 && !socks.has(row.id)],
    ];
    for (const [filter, keep] of filters) {
      for (const sort of ['newest', 'oldest'] as const) {
        const seen: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await world.repository.list({ ...filter, sort, limit: 3, ...(cursor !== undefined && { cursor }) }, world.time.now);
          seen.push(...page.rows.map((row) => row.number));
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        const expected = all.filter(keep).map((row) => row.number);
        expect(seen, JSON.stringify({ filter, sort })).toEqual(sort === 'newest' ? expected : expected.toReversed());
      }
    }
    expect((await world.repository.list({ sort: 'deadline', item: '棉袜', limit: 50 }, world.time.now)).rows.map((row) => row.number)).toEqual((await world.repository.list({ sort: 'deadline', stage: 'to_print', item: '棉袜', limit: 50 }, world.time.now)).rows.map((row) => row.number));
  });

  it('finds orders by what was typed of a number or a buyer so far, wherever the order stands, and again after an update that emptied the index', async () => {
    await bring([
      { number: '250313-123456789012345', name: '试例' },
      { number: '250313-123499999999999', name: '样例', status: '已发货，待收货' },
      { number: '250314-888888888888888', name: '王样', status: '已取消' },
    ]);
    await world.manual.create({ shopId, flag: 'none', number: 'SDXY-2025-7', receiver: { name: 'Smithson', phone: '13900000009', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文三路 9 号', postcode: '' }, lines: [{ title: '毛巾', quantity: 1, spec: '', skuCode: '', itemCode: '', itemId: '', priceFen: null }], buyerNote: '', sellerNote: '' }, actor);
    const [sent] = (await world.orders.list({ sort: 'newest', limit: 1, stage: 'ended', search: '样例' })).orders;
    await world.repository.change([sent!.id], world.time.now, () => ({ buyer: 'momo_shop_2020_longname', waybill: 'YT8800000000007' }));
    const found = async (search: string): Promise<string[]> => (await world.repository.list({ sort: 'newest', limit: 10, search }, world.time.now)).rows.map((row) => row.number).sort();
    const expectAll = async (): Promise<void> => {
      const whole = '250313123456789012345';
      for (let length = 8; length <= whole.length; length += 1) expect(await found(whole.slice(0, length)), String(length)).toEqual(length <= 10 ? ['250313-123456789012345', '250313-123499999999999'] : ['250313-123456789012345']);
      expect(await found('2503131')).toEqual([]);
      const buyer = 'momo_shop_2020_longname';
      for (let length = 4; length <= buyer.length; length += 1) expect(await found(buyer.slice(0, length).toUpperCase()), String(length)).toEqual(['250313-123499999999999']);
      expect(await found('mom')).toEqual([]);
      expect(await found('momo_shop_2021')).toEqual([]);
      expect(await found('Smiths')).toEqual(['SDXY-2025-7']);
      expect(await found('smithson')).toEqual(['SDXY-2025-7']);
      expect(await found('sdxy2025')).toEqual(['SDXY-2025-7']);
      expect(await found('sdxy20257')).toEqual(['SDXY-2025-7']);
      for (const waybill of ['YT88000000000', 'YT8800000000007', '0007']) expect(await found(waybill), waybill).toEqual(['250313-123499999999999']);
      expect(await found('YT880')).toEqual([]);
    };
    await expectAll();
    const { db } = opened!;
    const stored = async (): Promise<unknown> => (await world.repository.list({ sort: 'newest', limit: 10, search: '杭州' }, world.time.now)).rows.map((row) => row.number);
    const before = await stored();
    expect(await world.repository.refillIndex()).toBe(0);
    for (const index of ['order_search', 'order_search_waiting'] as const) await sql`delete from ${sql.table(index)}`.execute(db);
    expect(await found('smithson')).toEqual([]);
    expect(await world.repository.refillIndex()).toBe(4);
    expect(await stored()).toEqual(before);
    await expectAll();
  });

  it('keeps an order findable in the tab it stands in and in no other, through every tab it passes', async () => {
    const [id] = await bring([{ number: '250313-7', name: '试例' }, { number: '250313-8', name: '样例' }]);
    const steps = [{ held: '等' }, { held: '' }, { waybill: 'YT1', printed: 1 }, { handed: 1 }, { waybill: '', printed: 0, handed: 0 }, { status: 'closed' }] as const;
    for (const step of steps) {
      await world.repository.change([id!], world.time.now, () => step);
      const [row] = await world.repository.byIds([id!]);
      for (const stage of [undefined, 'waiting', 'to_print', 'problem', 'held', 'printed', 'handed', 'ended'] as const) {
        const seen = (await world.repository.list({ sort: 'newest', limit: 10, search: '试例', ...(stage !== undefined && { stage }) }, world.time.now)).rows.map((one) => one.id);
        expect(seen, `${row!.stage} in ${stage ?? 'all'}`).toEqual(stage === undefined || stage === row!.stage ? [id] : []);
      }
    }
    // One waits, one has gone: both indexes make one list.
    const both = async (sort: 'newest' | 'oldest', cursor?: string) => world.repository.list({ sort, limit: 1, province: '浙江省', ...(cursor !== undefined && { cursor }) }, world.time.now);
    const first = await both('newest');
    const second = await both('newest', first.next ?? '');
    expect([...first.rows, ...second.rows].map((row) => row.number).sort()).toEqual(['250313-7', '250313-8']);
    expect((await both('oldest')).rows[0]!.number).toBe(second.rows[0]!.number);
  });

  it('an order cancelled here is not shipped, whatever its file says later, until it is restored; one with a label is not cancelled', async () => {
    const rows = [{ number: '250313-1', name: '张试' }, { number: '250313-2', name: '张试' }, { number: '250313-3', name: '李试' }];
    const ids = await bring(rows);
    await world.repository.change([ids[2]!], world.time.now, () => ({ waybill: 'YT1', printed: 1 }));
    const outcomes = await world.orders.cancel(ids, '买家不要了', actor);
    expect(outcomes.map(({ ok, failure }) => failure?.code ?? ok)).toEqual([true, true, 'ORDER_PRINTED']);
    expect((await world.orders.counts()).tabs).toMatchObject({ to_print: 0, ended: 2, printed: 1 });
    await bring(rows.map((row) => ({ ...row, note: '催发货' })));
    expect((await world.orders.get(ids[0]!)).stage).toBe('ended');
    expect((await world.parcels.prepare([ids[0]!]))[0]?.problem).toMatchObject({ code: 'ORDER_CANCELLED', data: { reason: '买家不要了' } });
    expect(await world.parcels.mergeProposals({ shopIds: [shopId] })).toEqual([]);
    await world.orders.restore([ids[0]!, ids[1]!], actor);
    expect(await world.orders.get(ids[0]!)).toMatchObject({ stage: 'to_print', cancelled: '', sellerNote: '催发货' });
    expect((await world.parcels.prepare([ids[0]!]))[0]?.problem).toBeNull();
    expect((await world.audit.list({ limit: 20 })).map(({ action }) => action)).toEqual(expect.arrayContaining(['orders.cancel', 'orders.restore']));
  });

  it('walks along the list where an amount or no deadline is what most orders have', async () => {
    await world.imports.importFiles({ files: [pddFile(Array.from({ length: 2_100 }, (_, index) => ({ number: `250313-${String(index).padStart(4, '0')}`, time: '2025-03-10 10:00:00' })))], shopId, dryRun: false, mixedShops: false, language: 'en', source: 'file' }, actor);
    const { ids } = await world.orders.ids({}, 5_000);
    const odd = new Set(ids.filter((_, index) => index % 40 === 7));
    await world.repository.change(ids, world.time.now, (row) => ({ paid_fen: odd.has(row.id) ? 1_991 : 1_990, ship_by: odd.has(row.id) ? row.ship_by : '' }));
    const rest = ids.filter((id) => !odd.has(id));
    expect(rest.length).toBeGreaterThan(2_000);
    for (const filter of [{ minFen: 1_990, maxFen: 1_990 }, { deadline: 'none' }, { deadline: 'none', province: '浙江省' }] as const) {
      const first = await world.repository.list({ ...filter, sort: 'newest', limit: 50 }, world.time.now);
      const second = await world.repository.list({ ...filter, sort: 'newest', limit: 50, cursor: first.next ?? '' }, world.time.now);
      expect([...first.rows, ...second.rows].map((row) => row.id), JSON.stringify(filter)).toEqual(rest.slice(0, 100));
    }
  });

  it('keeps views with filter, sort and columns; a name stands once; an old or odd view does not break the others', async () => {
    const view = await world.orders.saveView({ name: '急单', query: { stage: 'to_print', deadline: 'today', sort: 'deadline' }, columns: ['goods', 'due', 'gone'] });
    await expect(world.orders.saveView({ name: '急单', query: {}, columns: [] })).rejects.toSatisfy((thrown) => isFailure(thrown, 'CONFLICT'));
    await world.orders.saveView({ id: view.id, name: '今天的', query: { ...view.query, flag: 'red' }, columns: ['goods'] });
    await world.repository.saveView({ id: 'view_old', name: '旧', query: { search: '袜', flag: 'pink', platform: 'taobao', later: 1 } as never, columns: [], position: 9 }, world.time.now);
    await world.repository.saveView({ id: 'view_odd', name: '怪', query: [] as never, columns: [], position: 10 }, world.time.now);
    expect((await world.orders.views()).map(({ name, query, columns }) => ({ name, query, columns }))).toEqual([
      { name: '今天的', query: { stage: 'to_print', deadline: 'today', sort: 'deadline', flag: 'red' }, columns: ['goods'] },
      { name: '旧', query: { search: '袜', platform: 'taobao' }, columns: [] },
      { name: '怪', query: {}, columns: [] },
    ]);
  });

  it('exports in pieces that make the same file, says when there are more, and keeps formulas from being run', async () => {
    await bring(Array.from({ length: 5 }, (_, index) => ({ number: `250313-${index}`, title: index === 0 ? '=cmd|calc' : '棉袜' })));
    const whole = await world.orders.export({ personal: false, limit: 100 }, actor);
    expect(whole.csv.split('\r\n')).toHaveLength(7);
    expect(whole.csv.startsWith('\ufeff打包台订单号')).toBe(true);
    expect(whole.csv.match(/\ufeff/g)).toHaveLength(1);
    expect(whole.csv).toContain("'=cmd|calc");
    expect(whole.csv).not.toContain('13900000001');
    const events = [];
    for await (const event of world.orders.exporting({ personal: true, limit: 3 }, actor)) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'done', orders: 3, more: true });
    expect((await world.audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'orders.export', subject: 'personal', facts: { orders: 3 } });
    const [order] = (await world.orders.list({ sort: 'newest', limit: 1 })).orders;
    expect((await world.orders.export({ ids: [order!.id], personal: false, limit: 100 }, actor)).orders).toBe(1);
  });
});
