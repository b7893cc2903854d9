/** What a packer does at the station, and what must not happen there; on every database. */
import { afterAll, beforeEach, expect, it } from 'vitest';
import { forEachDialect } from '../../main/database/testing.ts';
import type { OpenDatabase } from '../../main/database/open.ts';
import { isFailure } from '../../common/errors.ts';
import { actor, createStationWorld, other } from './setup.ts';
import type { StationWorld } from './setup.ts';

forEachDialect('stations', (open) => {
  let opened: OpenDatabase | undefined;
  let world: StationWorld;

  beforeEach(async () => {
    await opened?.close();
    opened = await open();
    world = await createStationWorld(opened);
  });
  afterAll(() => opened?.close());

  const attemptState = async (number: string) => (await world.attempts.list({ number, limit: 1 }))[0]?.state;
  const orderOf = async (number: string) => world.orders.get((await world.orderRows.byNumber(world.shopId, number))?.id ?? '');

  it('packs by one scan of the label, which settles a label nobody knew about', async () => {
    const [one, two] = await world.print([{ number: '250313-1', quantity: 2 }, { number: '250313-2' }], 'uncertain');
    const answer = await world.scan(one!);
    expect(answer).toMatchObject({ kind: 'packed', how: 'label', card: { number: one, carrierCode: 'YTO', state: 'packed', pieces: 2, labels: 1, by: '张工', receiver: '张*', lines: [{ needed: 2, counted: 0 }] } });
    expect(JSON.stringify(answer)).not.toContain('13900000001');
    expect([await attemptState(one!), await attemptState(two!)]).toEqual(['confirmed', 'uncertain']);
    expect((await world.stations.desk(actor)).today).toEqual({ here: 1, all: 1 });
  });

  it('takes a code that came twice within a moment, or whose answer was lost, as one scan', async () => {
    const [one] = await world.print([{ number: '250313-1' }]);
    const at = Date.parse(world.clock.now());
    const scan = (scanId: string, capturedMs: number) => world.stations.scan({ scanId, code: one!, capturedMs }, actor);
    expect((await scan('a', at)).answer.kind).toBe('packed');
    expect((await scan('b', at + 120)).answer.kind).toBe('repeated');
    // The answer was lost: the same one again.
    expect((await scan('a', at)).answer).toMatchObject({ kind: 'packed', how: 'label', card: { number: one } });
    expect((await scan('c', at + 9_000)).answer).toMatchObject({ kind: 'duplicate', card: { by: '张工', station: 'station_1' } });
    expect((await world.stations.desk(actor)).today.here).toBe(1);
  });

  it('answers a scan whose answer was lost as it did before, whatever it was, and counts nothing twice', async () => {
    const [one, two, three, four, five] = await world.print([{ number: '250313-1', quantity: 2 }, { number: '250313-2', title: '鞋垫', sku: 'S2' }, { number: '250313-3' }, { number: '250313-4' }, { number: '250313-5' }]);
    const [six] = await world.print([{ number: '250313-6' }], 'intent');
    await world.life.void({ number: three!, reason: '面单破损' }, actor);
    await world.importRows([{ number: '250313-4', refund: '退款成功' }, { number: '250313-9' }]);
    await world.importRows([{ number: '250313-5', refund: '退款成功' }]);
    await world.stations.setAside({ number: five!, reason: '已退款' }, actor);
    await world.stations.putDown(actor);
    let scans = 0;
    const kinds = new Set<string>();
    for (const code of ['S1', one!, 'S2', two!, 'S1', one!, two!, three!, four!, five!, six!, '250313-9', '6901234567892', 'YT8800000000099', 'S2', one!]) {
      world.clock.advance(5_000);
      const scan = { scanId: `again_${(scans += 1)}`, code, capturedMs: Date.parse(world.clock.now()) };
      const first = await world.stations.scan(scan, actor);
      const again = await world.stations.scan(scan, actor);
      expect(again, code).toEqual(first);
      kinds.add(first.answer.kind);
    }
    expect([...kinds].sort()).toEqual(['alarm', 'basket', 'counted', 'duplicate', 'held', 'no_parcel', 'not_printed', 'order', 'packed', 'unfinished', 'unknown', 'void', 'wrong_goods']);
  });

  it('tells the second station by whom and when', async () => {
    const [one] = await world.print([{ number: '250313-1', quantity: 2 }]);
    await world.scan('250313-1');
    await world.scan('S1');
    expect(await world.scan(one!, other)).toMatchObject({ kind: 'elsewhere', card: { by: '张工', station: 'station_1' } });
    // The same scan once more is a decision.
    expect(await world.scan(one!, other)).toMatchObject({ kind: 'counted' });
    expect(await world.scan('S1', other)).toMatchObject({ kind: 'packed', how: 'counted' });
    expect(await world.scan(one!)).toMatchObject({ kind: 'duplicate', card: { by: '李工' } });
  });

  it('two stations at once: exactly one packs', async () => {
    const [one] = await world.print([{ number: '250313-1' }]);
    const answers = await Promise.all([actor, other].map((who, index) => world.stations.scan({ scanId: `x${index}`, code: one!, capturedMs: 0 }, who)));
    expect(answers.map(({ answer }) => answer.kind).sort()).toEqual(['duplicate', 'packed']);
  });

  it('counts goods before the label', async () => {
    const [one] = await world.print([{ number: '250313-1', quantity: 2 }]);
    expect(await world.scan('S1')).toMatchObject({ kind: 'basket', goods: [{ code: 'S1', quantity: 1 }] });
    expect(await world.scan(one!)).toMatchObject({ kind: 'counted', card: { state: 'counting', lines: [{ counted: 1, needed: 2 }] } });
    expect(await world.scan('ｓ１')).toMatchObject({ kind: 'packed', how: 'counted' });
  });

  it('counts goods after the label: what its label packed is packed again when it is complete', async () => {
    const [one, two] = await world.print([{ number: '250313-1', quantity: 2 }, { number: '250313-2', title: '鞋垫', sku: 'S2' }]);
    await world.scan(one!);
    expect(await world.scan('S1')).toMatchObject({ kind: 'counted', card: { state: 'counting' } });
    expect((await world.stations.desk(actor)).today.here).toBe(0);
    expect(await world.scan('S2')).toMatchObject({ kind: 'wrong_goods', why: 'not_in_parcel' });
    expect(await world.scan(two!)).toMatchObject({ kind: 'unfinished', scanned: two, card: { number: one } });
    expect(await world.scan('S1')).toMatchObject({ kind: 'packed', how: 'counted' });
    expect(await world.scan(two!)).toMatchObject({ kind: 'packed', card: { number: two } });
  });

  it('refuses goods of another parcel, and one piece too many', async () => {
    const [one] = await world.print([{ number: '250313-1' }, { number: '250313-2', title: '鞋垫', sku: 'S2' }]);
    await world.scan('S2');
    expect(await world.scan(one!)).toMatchObject({ kind: 'wrong_goods', why: 'not_in_parcel', goods: [{ code: 'S2' }] });
    expect(await world.scan('S1')).toMatchObject({ kind: 'packed' });
    await world.scan('S1');
    await world.scan('S1');
    await world.stations.putDown(actor);
    const [three] = await world.print([{ number: '250313-3' }]);
    await world.scan('S1');
    await world.scan('S1');
    expect(await world.scan(three!)).toMatchObject({ kind: 'wrong_goods', why: 'too_many', card: { lines: [{ counted: 1, needed: 1 }] } });
    expect((await world.stations.packAsIs(three!, actor)).answer).toMatchObject({ kind: 'packed', how: 'as_is' });
  });

  it('opens a parcel by its order, and wants the label of that parcel', async () => {
    const [one, two] = await world.print([{ number: '250313-1' }, { number: '250313-2' }]);
    expect(await world.scan('250313-1')).toMatchObject({ kind: 'opened', card: { number: one } });
    expect(await world.scan(two!)).toMatchObject({ kind: 'unfinished', card: { number: one } });
    expect(await world.scan('S1')).toMatchObject({ kind: 'counted', card: { lines: [{ counted: 1 }] } });
    expect(await world.scan(one!)).toMatchObject({ kind: 'packed', how: 'counted' });
    await world.importRows([{ number: '250313-9' }]);
    expect(await world.scan('250313-9')).toMatchObject({ kind: 'order', boxes: [] });
  });

  it('says what is no number of a parcel: void, never used, unknown, not printed', async () => {
    const [one] = await world.print([{ number: '250313-1' }]);
    await world.life.void({ number: one!, reason: '面单破损' }, actor);
    expect(await world.scan(one!)).toMatchObject({ kind: 'void', number: one, reason: '面单破损', by: '张工' });
    expect(await world.scan('YT8800000000099')).toMatchObject({ kind: 'no_parcel', state: 'free' });
    expect(await world.scan('6901234567892')).toMatchObject({ kind: 'unknown', code: '6901234567892' });
    expect(await world.scan('￥#')).toMatchObject({ kind: 'unknown' });
    const [two] = await world.print([{ number: '250313-2' }], 'intent');
    expect(await world.scan(two!)).toMatchObject({ kind: 'not_printed' });
    const [three] = await world.print([{ number: '250313-3' }], 'sending');
    expect(await world.scan(three!)).toMatchObject({ kind: 'packed' });
  });

  it('tolerates what scanners put around a code', async () => {
    const [one, two, three] = await world.print([{ number: '250313-1' }, { number: '250313-2' }, { number: '250313-3' }]);
    const wide = [...one!].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('');
    expect(await world.scan(` ${wide}\r`)).toMatchObject({ kind: 'packed', card: { number: one } });
    expect(await world.scan(`]C1${two}`)).toMatchObject({ kind: 'packed', card: { number: two } });
    expect(await world.scan(`A${three!.toLowerCase()}@1`)).toMatchObject({ kind: 'packed', card: { number: three } });
  });

  for (const [alarm, change] of [['refunded', { refund: '退款成功' }], ['closed', { status: '已取消' }], ['address', { detail: '新地址 9 号' }], ['goods', { quantity: 3 }]] as const) {
    it(`stops a printed parcel whose order was ${alarm} since, and lets it go only by a decision`, async () => {
      const [one] = await world.print([{ number: '250313-1' }]);
      expect((await world.importRows([{ number: '250313-1', ...change }])).alarms).toEqual([{ order: '250313-1', alarm }]);
      expect(await world.scan(one!)).toMatchObject({ kind: 'alarm', card: { state: 'open', orders: [{ alarm }] } });
      expect((await world.stations.packAsIs(one!, actor)).answer.kind).toBe('alarm');
      expect(await world.scan('S1')).toMatchObject({ kind: 'alarm' });
      expect((await world.stations.desk(actor)).today.here).toBe(0);
      await expect(world.stations.packDespite({ number: one!, reason: '' }, actor)).rejects.toSatisfy((thrown) => isFailure(thrown, 'REASON_NEEDED'));
      expect((await world.stations.packDespite({ number: one!, reason: '买家要发' }, actor)).answer).toMatchObject({ kind: 'packed', how: 'despite' });
      expect((await orderOf('250313-1')).alarm).toBe('');
      expect((await world.audit.list({ subject: one!, limit: 10 })).find((entry) => entry.action === 'parcel.pack-despite')?.facts).toMatchObject({ alarms: [alarm], reason: '买家要发' });
      // The same file once more says nothing new.
      expect((await world.importRows([{ number: '250313-1', ...change }])).alarms).toEqual([]);
      // Nor does another change that has nothing to do with it.
      expect((await world.importRows([{ number: '250313-1', note: '尽快', ...change }])).alarms).toEqual([]);
      expect(await world.scan(one!)).toMatchObject({ kind: 'duplicate' });
      expect((await world.stations.undo(actor)).answer).toMatchObject({ kind: 'cannot_undo', why: 'decided' });
    });
  }

  it('brings receiver and goods up to date when the number of a stopped parcel is void and the same file comes again', async () => {
    const [one] = await world.print([{ number: '250313-1' }]);
    const moved = [{ number: '250313-1', detail: '新地址 9 号', quantity: 3 }];
    await world.importRows(moved);
    await world.scan(one!);
    await world.stations.setAside({ number: one!, reason: '改地址' }, actor);
    await world.life.void({ number: one!, reason: '改地址' }, actor);
    const parcelId = (await world.store.db.selectFrom('packings').select('parcel_id').where('number', '=', one!).executeTakeFirst())?.parcel_id ?? '';
    await world.synced([parcelId]);
    await world.importRows(moved);
    await world.orders.release([(await orderOf('250313-1')).id], actor);
    const [again] = await world.parcels.prepareById([parcelId]);
    expect(again).toMatchObject({ waybill: '', problem: null, recipient: { detail: '新地址 9 号' }, pieces: 3 });
    expect(await world.scan(one!)).toMatchObject({ kind: 'void', instead: '' });
  });

  it('takes a parcel aside: held, its number kept, and it leaves only by a decision', async () => {
    const [one] = await world.print([{ number: '250313-1' }]);
    await world.importRows([{ number: '250313-1', refund: '退款成功' }]);
    await world.scan(one!);
    expect((await world.stations.setAside({ number: one!, reason: '已退款' }, actor)).answer).toMatchObject({ kind: 'set_aside', card: { state: 'aside', orders: [{ alarm: '', held: '已退款' }] } });
    expect(await orderOf('250313-1')).toMatchObject({ stage: 'held', waybill: one });
    expect(await world.scan(one!, other)).toMatchObject({ kind: 'held', card: { by: '张工' } });
    await world.rights('4711');
    await expect(world.stations.packDespite({ number: one!, reason: '撤销退款' }, actor)).rejects.toSatisfy((thrown) => isFailure(thrown, 'PIN_NEEDED'));
    expect((await world.stations.packDespite({ number: one!, reason: '撤销退款', pin: '4711' }, actor)).answer.kind).toBe('packed');
    expect(await orderOf('250313-1')).toMatchObject({ stage: 'printed', held: '' });
  });

  it('takes back the last scan of its own station, step by step, and nothing that left', async () => {
    const [one, two] = await world.print([{ number: '250313-1', quantity: 2 }, { number: '250313-2' }]);
    await world.scan(one!);
    await world.scan('S1');
    expect((await world.stations.undo(actor)).answer).toMatchObject({ kind: 'undone', of: 'counted', card: { state: 'packed', lines: [{ counted: 0 }] } });
    const { answer, desk } = await world.stations.undo(actor);
    expect(answer).toMatchObject({ kind: 'undone', of: 'packed', card: { state: 'open' } });
    expect(desk).toMatchObject({ card: null, today: { here: 0 } });
    expect(desk.recent.map((scan) => [scan.kind, scan.undone])).toContainEqual(['packed', true]);
    expect((await world.stations.undo(actor)).answer).toMatchObject({ kind: 'cannot_undo', why: 'nothing' });
    expect((await world.stations.undo(other)).answer).toMatchObject({ kind: 'cannot_undo', why: 'nothing' });
    expect(await world.scan(two!)).toMatchObject({ kind: 'packed' });
    await world.handOver.confirm({ carrierCode: 'YTO', numbers: [two!] }, actor);
    expect((await world.stations.undo(actor)).answer).toMatchObject({ kind: 'cannot_undo', why: 'handed' });
    // Its label stays confirmed: it was seen.
    expect(await attemptState(one!)).toBe('confirmed');
  });

  it('hands over what is packed and may leave, names the rest, and shows labels nobody packed', async () => {
    const [one, two, three] = await world.print([{ number: '250313-1', quantity: 2 }, { number: '250313-2' }, { number: '250313-3' }]);
    await world.scan(one!);
    await world.scan(two!);
    await world.importRows([{ number: '250313-2', refund: '退款成功' }]);
    const list = await world.handOver.list();
    expect(list.carriers).toMatchObject([{ carrierCode: 'YTO', ready: [{ number: one, pieces: 2, orders: ['250313-1'] }], stopped: [{ number: two, stop: 'refunded' }] }]);
    expect(list.leftovers).toMatchObject([{ number: three, today: true, orders: ['250313-3'] }]);
    const { id, handed, refused } = await world.handOver.confirm({ carrierCode: 'YTO', numbers: [one!, two!, three!] }, actor);
    expect([handed, refused]).toEqual([[one], [{ number: two, why: 'refunded' }, { number: three, why: 'not_packed' }]]);
    expect((await world.store.db.selectFrom('waybill_numbers').select('state').where('number', '=', one!).executeTakeFirst())?.state).toBe('handed_over');
    expect(await world.scan(one!)).toMatchObject({ kind: 'duplicate', card: { state: 'handed' } });
    await world.handOver.print(id, 'prn');
    expect(world.printed).toMatchObject([{ waybill: { carrier: { name: '圆通速递' } }, manifest: [{ number: one, quantity: 2 }] }]);
    const after = await world.handOver.list();
    expect(after.carriers).toMatchObject([{ ready: [], stopped: [{ number: two }] }]);
    expect(after.done).toMatchObject([{ id, parcels: 1, by: '张工' }]);
    await expect(world.handOver.confirm({ carrierCode: 'YTO', numbers: [one!] }, actor)).rejects.toSatisfy((thrown) => isFailure(thrown, 'NOT_FOUND'));
    await world.life.void({ number: three!, reason: '丢了' }, actor);
    expect((await world.handOver.list()).leftovers).toEqual([]);
  });

  it('one box of an order in several: each by its own label; the order lists them', async () => {
    await world.importRows([{ number: '250313-1', quantity: 2 }]);
    const id = (await world.orderRows.byNumber(world.shopId, '250313-1'))?.id ?? '';
    await world.parcels.split(id, { type: 'pieces', perBox: 1 }, actor);
    const [one, two] = await world.print([{ number: '250313-1', quantity: 2 }]);
    expect(await world.scan(one!)).toMatchObject({ kind: 'packed', card: { position: 1, total: 2, orders: [{ boxes: 2 }], lines: [{ needed: 1 }] } });
    expect(await world.scan('250313-1')).toMatchObject({ kind: 'order', boxes: [{ number: one, state: 'packed' }, { number: two, state: 'open' }] });
  });
});
