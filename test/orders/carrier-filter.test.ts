/** The filter by carrier answers from what is kept; here it is held against the rules themselves, asked about one order after the other. */
import { afterAll, expect, it } from 'vitest';
import fc from 'fast-check';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import type { CarrierRule, OrderFilter } from '../../common/contract/orders.ts';
import { actor, bringTo, createWorld } from './setup.ts';
import type { Row, World } from './setup.ts';

const carriers = ['YTO', 'ZTO', 'EMS', 'SF'];
const provinces = ['浙江省', '江苏省', '西藏自治区'];
const size = 14;

/** Every kind of rule, so that every fact one looks at changes some answer. */
const pool: readonly Omit<CarrierRule, 'id' | 'position' | 'product'>[] = [
  { name: '江', carrierCode: 'YTO', conditions: { places: [{ province: '江苏省', city: '', district: '' }] }, enabled: true },
  { name: '轻', carrierCode: 'ZTO', conditions: { maxGrams: 500 }, enabled: true },
  { name: '重', carrierCode: 'SF', conditions: { minGrams: 1_500 }, enabled: true },
  { name: '备注', carrierCode: 'SF', conditions: { notes: ['顺丰'] }, enabled: true },
  { name: '毛巾', carrierCode: 'ZTO', conditions: { items: ['毛巾'] }, enabled: true },
  { name: '贵', carrierCode: 'EMS', conditions: { minFen: 2_000 }, enabled: true },
  { name: '关', carrierCode: 'YTO', conditions: {}, enabled: false },
];

type Step =
  | { readonly kind: 'rules'; readonly of: readonly number[]; readonly fallback: string; readonly reach: boolean }
  | { readonly kind: 'weigh'; readonly title: string; readonly grams: number }
  | { readonly kind: 'carrier' | 'memo' | 'hold' | 'release' | 'cancel' | 'restore' | 'split' | 'number' | 'void' | 'boxWeight' | 'again'; readonly at: number; readonly value: number }
  | { readonly kind: 'merge' | 'unmerge'; readonly at: number; readonly other: number };

const place = fc.nat(size - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('rules' as const), of: fc.uniqueArray(fc.nat(pool.length - 1), { maxLength: 4 }), fallback: fc.constantFrom('', ...carriers), reach: fc.boolean() }),
  fc.record({ kind: fc.constant('weigh' as const), title: fc.constantFrom('棉袜', '毛巾'), grams: fc.constantFrom(200, 600, 900) }),
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('carrier' as const, 'memo' as const, 'hold' as const, 'release' as const, 'cancel' as const, 'restore' as const, 'split' as const, 'number' as const, 'void' as const, 'boxWeight' as const, 'again' as const), at: place, value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('merge' as const, 'unmerge' as const), at: place, other: place }) },
);

const rows = (change?: { readonly at: number; readonly note: string }): Row[] =>
  Array.from({ length: size }, (_, index) => ({
    number: `250313-${String(index).padStart(2, '0')}`,
    time: `2025-03-1${index % 5} 10:${String(index).padStart(2, '0')}:00`,
    province: provinces[index % 3] ?? '',
    title: index % 2 === 0 ? '棉袜' : '毛巾',
    quantity: (index % 4) + 1,
    note: change?.at === index ? change.note : '',
  }));

async function take(world: World, shopId: string, ids: readonly string[], one: Step): Promise<void> {
  const { parcels, orders } = world;
  if (one.kind === 'rules') {
    await parcels.saveRules({ rules: one.of.flatMap((index) => pool[index] ?? []), fallback: one.fallback, reach: one.reach ? [{ carrierCode: 'YTO', province: '江苏省', city: '', district: '' }] : [] }, actor);
    return;
  }
  if (one.kind === 'weigh') return void world.weights.set(one.title, one.grams);
  const id = ids[one.at] ?? '';
  const boxes = await parcels.ofOrders([id]);
  if (one.kind === 'merge') return void (await parcels.merge([[...new Set([id, ids[one.other] ?? ''])]].filter((group) => group.length > 1), true, actor));
  if (one.kind === 'unmerge') return void (await parcels.unmerge(boxes.map((box) => box.id), actor));
  switch (one.kind) {
    case 'carrier':
      return void (await parcels.setCarrier([id], ['', '', 'SF', 'YTO'][one.value] ?? '', actor));
    case 'memo':
      return void (await orders.setMemo([id], one.value === 0 ? '要顺丰' : '', actor));
    case 'hold':
      return void (await orders.hold([id], '等货', actor));
    case 'release':
      return void (await orders.release([id], actor));
    case 'cancel':
      return void (await orders.cancel([id], '不要了', actor));
    case 'restore':
      return void (await orders.restore([id], actor));
    case 'split':
      // What cannot be split says so and stays as it is.
      return void (await parcels.split(id, { type: 'pieces', perBox: one.value + 1 }, actor).catch(() => undefined));
    case 'number': {
      const [parcel] = await parcels.prepare([id]);
      if (parcel && parcel.problem === null && parcel.waybill === '') await parcels.markNumbered([{ parcelId: parcel.parcelId, waybill: `YT${parcel.parcelId}`, carrierCode: 'YTO' }]);
      return;
    }
    case 'void':
      return parcels.markVoided(boxes.map((box) => box.id)).then(() => undefined);
    case 'boxWeight':
      return void (boxes[0] && (await parcels.setWeight(boxes[0].id, [0, 300, 1_000, 2_000][one.value] ?? 0, actor)));
    case 'again':
      return void (await bringTo(world, shopId, rows({ at: one.at, note: one.value === 0 ? '发顺丰' : `第 ${one.value} 次` })));
  }
}

/** What the print would give: each box of the order as it stands, asked by itself. */
async function asked(world: World, id: string): Promise<string[]> {
  const [order] = await world.orders.load([id]);
  if (!order) return [];
  if (order.row.carrier_code !== '' || order.row.waybill !== '' || !['to_print', 'problem', 'held'].includes(order.row.stage)) return [order.row.carrier_code];
  const boxes = await world.parcels.ofOrders([id]);
  return boxes.length > 0 ? boxes.map((box) => box.carrierCode) : (await world.parcels.whatIf([id], {})).map((one) => one.carrierCode);
}

async function found(world: World, filter: OrderFilter, sort: 'newest' | 'oldest' | 'deadline', limit: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.orders.list({ ...filter, sort, limit, ...(cursor !== undefined && { cursor }) });
    seen.push(...page.orders.map((order) => order.id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return seen;
}

forEachDialect('the filter by carrier', (open, dialect) => {
  let opened: OpenDatabase | undefined;
  afterAll(() => opened?.close());

  it('finds what the rules say of each order by itself, whatever changed since they were last asked', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 6 }), askedBetween: fc.boolean() }), { minLength: 2, maxLength: 5 }), async (rounds) => {
        await opened?.close();
        opened = await open();
        const world = createWorld(opened);
        const shopId = (await world.shops.create({ name: '拼', platform: 'pdd', senderAddressId: null }, actor)).id;
        const ids = await bringTo(world, shopId, rows());
        for (const { steps, askedBetween } of rounds) {
          // Answers are being written while orders, boxes and rules change.
          for (const one of steps) await Promise.all([take(world, shopId, ids, one), askedBetween ? world.orders.askCarriers() : undefined]);
          const truth = new Map<string, readonly string[]>();
          for (const id of ids) truth.set(id, await asked(world, id));
          for (const carrier of carriers) {
            const expected = ids.filter((id) => truth.get(id)?.includes(carrier)).sort();
            for (const sort of ['newest', 'oldest'] as const) expect((await found(world, { carrier }, sort, 3)).sort(), `${carrier} ${sort}`).toEqual(expected);
            const waiting = (await world.orders.load(expected)).filter(({ row }) => row.stage === 'to_print');
            expect((await found(world, { carrier, stage: 'to_print' }, 'deadline', 2)).sort()).toEqual(waiting.map(({ row }) => row.id).sort());
            expect((await found(world, { carrier, stage: 'to_print', province: '江苏省' }, 'newest', 50)).sort()).toEqual(waiting.filter(({ row }) => row.province === '江苏省').map(({ row }) => row.id).sort());
            expect((await world.orders.ids({ carrier }, 1_000)).ids.sort()).toEqual(expected);
          }
        }
        world.clean();
      }),
      { numRuns: dialect === 'sqlite' ? 15 : 3 },
    );
  });

  it('keeps the order of the list where chosen and proposed carriers stand side by side, and asks nothing twice', async () => {
    await opened?.close();
    opened = await open();
    const world = createWorld(opened);
    const shopId = (await world.shops.create({ name: '拼', platform: 'pdd', senderAddressId: null }, actor)).id;
    const ids = await bringTo(world, shopId, rows());
    await world.parcels.saveRules({ rules: [], fallback: 'YTO', reach: [] }, actor);
    await world.parcels.setCarrier(ids.filter((_, index) => index % 3 === 0), 'YTO', actor);
    await world.repository.change([ids[4]!, ids[9]!], world.time.now, () => ({ ship_by: '' }));
    for (const sort of ['newest', 'oldest', 'deadline'] as const) {
      for (const stage of ['to_print', undefined] as const) {
        const plain = await found(world, { ...(stage && { stage }) }, sort, 50);
        expect(await found(world, { carrier: 'YTO', ...(stage && { stage }) }, sort, 2)).toEqual(plain);
      }
    }
    const stamp = await world.parcels.carrierStamp();
    expect(await world.repository.openQuestions(stamp, 10)).toEqual([]);
    await world.orders.setMemo([ids[1]!], '小心', actor);
    expect(await world.repository.openQuestions(stamp, 10)).toHaveLength(1);
    // An answer to the question as it was before the change is not written.
    const [before] = await world.repository.openQuestions(stamp, 10);
    await world.orders.setMemo([ids[1]!], '要顺丰', actor);
    expect(await world.repository.writeAnswers(stamp, [{ ...before!, carrier: 'SF' }])).toBe(0);
    expect(await found(world, { carrier: 'SF' }, 'newest', 5)).toEqual([]);
    expect(await found(world, { carrier: 'YTO' }, 'newest', 50)).toHaveLength(size);
  });

  it('sees an order with the box it goes in: what changes one of the orders in it counts for all, and several boxes are found under each of their carriers', async () => {
    await opened?.close();
    opened = await open();
    const world = createWorld(opened);
    const shopId = (await world.shops.create({ name: '拼', platform: 'pdd', senderAddressId: null }, actor)).id;
    const [one = '', two = '', three = ''] = await bringTo(world, shopId, rows());
    await world.parcels.saveRules({ rules: [pool[3]!, pool[2]!], fallback: 'YTO', reach: [] }, actor);
    await world.parcels.merge([[one, two]], true, actor);
    expect(await found(world, { carrier: 'SF' }, 'newest', 50)).toEqual([]);
    await world.orders.setMemo([two], '要顺丰', actor);
    expect((await found(world, { carrier: 'SF' }, 'newest', 50)).sort()).toEqual([one, two].sort());
    await world.orders.setMemo([two], '', actor);
    // Chosen for one of them, it stands on both: the box has one carrier.
    await world.parcels.setCarrier([two], 'ZTO', actor);
    expect((await found(world, { carrier: 'ZTO' }, 'newest', 50)).sort()).toEqual([one, two].sort());
    expect((await world.parcels.prepare([one])).map((parcel) => parcel.carrierCode)).toEqual(['ZTO']);

    const boxes = await world.parcels.split(three, { type: 'pieces', perBox: 1 }, actor);
    await world.parcels.setWeight(boxes[1]!.id, 2_000, actor);
    expect(await found(world, { carrier: 'SF' }, 'newest', 50)).toEqual([three]);
    expect(await found(world, { carrier: 'YTO' }, 'newest', 50)).toContain(three);
    const [shown] = (await world.orders.list({ sort: 'newest', limit: 1, search: '25031302' })).orders;
    expect(shown?.proposed).toMatchObject({ carrierCode: 'YTO', also: ['SF'] });
    await world.parcels.cancel(boxes.map((box) => box.id), actor);
    expect(await found(world, { carrier: 'SF' }, 'newest', 50)).toEqual([]);
  });
});
