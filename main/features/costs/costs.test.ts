import { afterEach, beforeEach, expect, it } from 'vitest';
import { forEachDialect } from '../../database/testing.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { createAuditService } from '../audit/service.ts';
import { createChanges } from '../events/service.ts';
import { createFilesService } from '../files/service.ts';
import { createParcelHistory } from './history.ts';
import { createCostsRepository } from './repository.ts';
import { createCostsService } from './service.ts';
import { freightTemplate } from '../../../common/domain/costs/freight-sheet.ts';
import type { SavedScenario } from '../../../common/domain/costs/scenario.ts';
import { scenarioOf } from '../../../common/domain/costs/testing.ts';
import { clock, lead as actor, putFile, seedParcels } from './testing.ts';
import { countingIds } from '../waybills/testing.ts';


forEachDialect('costs', (open) => {
  let database: OpenDatabase;
  let services: ReturnType<typeof build>;
  beforeEach(async () => {
    database = await open();
    services = build(database);
  });
  afterEach(() => database.close());

  function build({ db }: OpenDatabase) {
    const ids = countingIds();
    const changes = createChanges();
    const audit = createAuditService({ db, clock, ids });
    const files = createFilesService({ ids });
    const history = createParcelHistory(db);
    const costs = createCostsService({ repository: createCostsRepository(db), history, files, clock, ids, audit, changes });
    const put = (name: string, bytes: Uint8Array) => putFile(files, name, bytes);
    return { costs, put };
  }

  const seed = () => seedParcels(database.db);

  it('keeps scenarios by name, copies, compares and removes them', async () => {
    const { costs } = services;
    expect((await costs.list()).map((entry) => [entry.id, entry.builtin])).toEqual([['builtin:datang', true]]);
    const mine = await costs.duplicate('builtin:datang', '我的袜店', actor);
    await expect(costs.duplicate('builtin:datang', '我的袜店', actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    const { scenario } = await costs.get(mine.id);
    await costs.save(mine.id, { ...scenario, name: '改名', example: false }, actor);
    expect((await costs.get(mine.id)).name).toBe('改名');
    const compared = await costs.compare([mine.id, 'builtin:datang']);
    expect(compared.map((entry) => [entry.name, entry.cheapest, entry.options.map((option) => option.perTicketFen)])).toEqual([
      ['改名', 'cloud-a', [438, 350, 400]],
      ['大唐袜子店：自发还是云仓', 'cloud-a', [438, 350, 400]],
    ]);
    await expect(costs.save('builtin:datang', scenario, actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    await expect(costs.save(undefined, { ...scenario, own: { ...scenario.own, freight: ['gone'] } }, actor)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    await costs.remove(mine.id, actor);
    await expect(costs.get(mine.id)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('counts what the platform shipped, but not what left here with a label of ours', async () => {
    await seed();
    const { db } = database;
    const blank = Object.fromEntries(['platform', 'status_text', 'refund', 'stage', 'buyer', 'buyer_id', 'merge_key', 'name', 'phone', 'phone2', 'district', 'town', 'detail', 'postcode', 'address', 'receiver_state', 'recipient_key', 'ship_by', 'finished_at', 'buyer_note', 'seller_note', 'flag', 'memo', 'platform_waybill', 'platform_carrier', 'carrier_code', 'carrier_reason', 'waybill', 'held', 'alarm', 'shop_name', 'extra', 'content_hash', 'source', 'batch_id', 'lock_station', 'lock_until', 'created_at', 'updated_at'].map((name) => [name, '']));
    const order = (id: string, seq: number, status: string, shippedAt: string, paidAt: string) =>
      db
        .insertInto('orders')
        .values({ ...blank, id, seq, shop_id: 's1', number: id, status, province: '江苏', city: '', ordered_at: '2026-11-01T00:00:00.000Z', paid_at: paidAt, shipped_at: shippedAt, pieces: 3, pickup: 0, printed: 0, handed: 0, version: 1, goods_fen: null, freight_fen: null, paid_fen: null } as never)
        .execute();
    await order('o1', 1, 'shipped', '2026-11-07T00:00:00.000Z', '');
    await order('o2', 2, 'done', '', '2026-11-08T00:00:00.000Z');
    await order('o3', 3, 'to_ship', '', '2026-11-08T00:00:00.000Z');
    await order('o4', 4, 'shipped', '2026-11-09T00:00:00.000Z', '');
    await db.insertInto('parcel_orders').values({ parcel_id: 'p2', order_id: 'o4', live: 1 } as never).execute();
    const line = (id: string, orderId: string, title: string, quantity: number | null) =>
      db.insertInto('order_lines').values({ id, order_id: orderId, sub_number: '', title, spec: '', item_id: '', sku_id: '', sku_code: '', item_code: '', goods_id: '', position: 1, refunded: 0, quantity, price_fen: null }).execute();
    await line('l1', 'o1', '棉袜', 2);
    await line('l2', 'o1', '棉袜', null);
    await line('l4', 'o4', '帽子', 1);
    const found = await services.costs.history({ from: '2026-11-01', to: '2026-11-30', shopIds: ['s1'] });
    expect(found).toMatchObject({ parcels: 5, printed: 3, shippedElsewhere: 2 });
    expect(found.rows.map((row) => [row.date, row.items, row.item]).toSorted()).toEqual([['2026-11-01', 1, ''], ['2026-11-05', 1, '帽子'], ['2026-11-06', 1, ''], ['2026-11-07', 3, '棉袜'], ['2026-11-08', 1, '']]);
  });

  it('prices the parcels of the history, by China’s days, estimating what was not weighed', async () => {
    await seed();
    const found = await services.costs.history({ from: '2026-11-01', to: '2026-11-30', shopIds: [] });
    expect(found).toMatchObject({ parcels: 3, printed: 3, shippedElsewhere: 0, unweighed: 1 });
    expect(found.rows.map((row) => [row.date, row.province, row.grams])).toEqual([['2026-11-01', '浙江省', 900], ['2026-11-05', '新疆', 400], ['2026-11-06', '浙江', null]]);
    expect(await services.costs.history({ from: '2026-11-01', to: '2026-11-30', shopIds: ['other'] })).toMatchObject({ parcels: 0 });
    const base = scenarioOf({ parcels: { kind: 'real', from: '2026-11-01', to: '2026-11-30', rows: [] }, freightTables: [{ id: 'f', name: 'f', nationwide: { kind: 'fixed', priceE4: 30_000 } }], own: { freight: ['f'] } });
    const scenario: SavedScenario = { ...base, parcels: { kind: 'history', from: '2026-11-01', to: '2026-11-30', shopIds: [] } };
    const report = await services.costs.calculate(scenario);
    expect(report.options[0]).toMatchObject({ parcels: 3, fen: 900 });
    expect(report.period.weights).toMatchObject({ measured: 2, byMean: 1 });
    const empty = await services.costs.calculate({ ...scenario, parcels: { kind: 'history', from: '2020-01-01', to: '2020-01-31', shopIds: [] } });
    expect(empty.issues.map((issue) => issue.code)).toContain('no-parcels');
  });

  it('writes the template, reads it back, checks and keeps it', async () => {
    const { costs, put } = services;
    const template = await costs.freightTables.file('template');
    const fileId = put('合同.xlsx', Buffer.from(template.base64, 'base64'));
    const read = await costs.freightTables.read(fileId);
    expect(read.problems).toEqual([]);
    expect(read.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    const { id: _id, ...table } = read.table!;
    expect(table).toEqual({ ...freightTemplate(), id: undefined, example: false });
    const saved = await costs.freightTables.save(undefined, table, actor);
    expect(await costs.freightTables.list()).toEqual([saved]);
    expect(Buffer.from((await costs.freightTables.file(saved.id)).base64, 'base64').subarray(0, 2).toString()).toBe('PK');
    await expect(costs.freightTables.read(put('x.xlsx', Buffer.from('PK not a zip')))).rejects.toMatchObject({ error: { code: 'FILE_REFUSED' } });
  });

  it('makes a report as PDF and as xlsx', async () => {
    const { scenario } = await services.costs.get('builtin:datang');
    const pdf = await services.costs.report(scenario, 'pdf', 'zh-CN');
    expect(Buffer.from(pdf.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.name).toBe('大唐袜子店：自发还是云仓.pdf');
    expect((await services.costs.report(scenario, 'xlsx', 'en')).name).toBe('Datang hosiery shop_ own or cloud warehouse.xlsx');
  });
});
