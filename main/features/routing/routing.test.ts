import { afterEach, beforeEach, expect, it } from 'vitest';
import ExcelJS from 'exceljs';
import type { PreparedParcel } from '../../../common/contract/orders.ts';
import { usualOrderColumns } from '../../../common/contract/routing.ts';
import { scenarioOf, planOf } from '../../../common/domain/costs/testing.ts';
import { forEachDialect } from '../../database/testing.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { createAuditService } from '../audit/service.ts';
import { createChanges } from '../events/service.ts';
import { createFilesService } from '../files/service.ts';
import { createRoutingRepository } from './repository.ts';
import { createRoutingService } from './service.ts';
import { clock, lead as actor } from '../costs/testing.ts';
import { countingIds } from '../waybills/testing.ts';


/** Two orders of one line each; the double keeps what was held, and refuses what it is told to. */
function ordersDouble() {
  const held = new Map<string, string>();
  const locked = new Set<string>();
  const parcel = (id: string, province: string, grams: number | null): PreparedParcel => ({
    parcelId: `p-${id}`, shopId: 's1', platform: 'offline', orderIds: [id], orderNumbers: [id.toUpperCase()], state: 'open', waybill: '', carrierCode: '', carrierReason: '', carrierProduct: '',
    recipient: { name: '张三', phone: '13800000001', province, city: '某市', district: '某区', town: '', detail: '人民路1号', postcode: '' },
    lines: [
      { lineId: `${id}-1`, orderId: id, title: '=1+1 棉袜', spec: '黑', itemId: '', skuId: '', skuCode: 'SK1', itemCode: 'W1', quantity: 2, priceFen: 900 },
      { lineId: `${id}-2`, orderId: id, title: '帽子', spec: '', itemId: '', skuId: '', skuCode: 'SK2', itemCode: 'W2', quantity: 1, priceFen: 900 },
    ],
    pieces: 3, weightGrams: grams, position: 1, total: 1, paidFen: 1800, paidAt: '', buyerNote: '', sellerNote: '轻放', memo: '', flag: 'none', problem: null,
  });
  const parcels = new Map([['a', parcel('a', '新疆', 800)], ['b', parcel('b', '浙江', 800)], ['c', parcel('c', '西藏', null)]]);
  return {
    held,
    locked,
    parcels,
    port: {
      prepare: async (ids: readonly string[]) => ids.flatMap((id) => parcels.get(id) ?? []),
      hold: async (ids: readonly string[], reason: string) =>
        ids.map((id) => {
          if (locked.has(id)) return { id, ok: false, failure: { code: 'ORDER_LOCKED', data: {} } };
          held.set(id, reason);
          return { id, ok: true };
        }),
      release: async (ids: readonly string[]) => ids.map((id) => ({ id, ok: held.delete(id) })),
    },
  };
}

forEachDialect('routing', (open) => {
  let database: OpenDatabase;
  let made: ReturnType<typeof build>;
  beforeEach(async () => {
    database = await open();
    made = build(database);
  });
  afterEach(() => database.close());

  function build({ db }: OpenDatabase) {
    const ids = countingIds();
    const files = createFilesService({ ids });
    const orders = ordersDouble();
    const scenario = scenarioOf({
      parcels: planOf(1),
      freightTables: [{ id: 'f', name: 'f', nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000 }, rules: [{ provinces: ['新疆', '西藏'], price: { kind: 'first-additional', firstGrams: 1000, firstE4: 150_000, stepGrams: 1000, stepE4: 120_000 } }] }],
      own: { freight: ['f'] },
      quotes: [{ id: 'q', name: 'Q', price: { kind: 'all-in', bands: [{ uptoGrams: 1000, priceE4: 90_000 }, { uptoGrams: 3000, priceE4: 120_000 }] } }],
    });
    const service = createRoutingService({
      repository: createRoutingRepository(db),
      orders: orders.port,
      costs: { scenarioById: async (id) => ({ id, name: 's', scenario, createdAt: '', updatedAt: '' }) },
      shopName: async () => '袜店',
      files,
      clock,
      ids,
      audit: createAuditService({ db, clock, ids }),
      changes: createChanges(),
    });
    const put = (text: string) => {
      const bytes = Buffer.from(text);
      const { fileId } = files.begin({ name: 'result.csv', size: bytes.length });
      files.append({ fileId, offset: 0, base64: bytes.toString('base64') });
      return fileId;
    };
    return { ...orders, service, put };
  }

  async function west() {
    const { service } = made;
    const warehouse = await service.warehouses.save({ name: '西仓', scenarioId: 'x', quoteId: 'q', columns: [...usualOrderColumns, { header: '货主', constant: '我' }], resultColumns: { reference: '', waybill: '', carrier: '', grams: '', kilograms: '', charge: '' }, stockCodes: [], archived: false }, actor);
    await service.rules.save([{ name: '便宜就去', warehouseId: warehouse.id, conditions: { cheaper: true }, enabled: true }], actor);
    return warehouse;
  }

  it('decides by cost, says what it could not judge, and holds what it gives away', async () => {
    const warehouse = await west();
    const { service, held } = made;
    expect((await service.plan(['a', 'b', 'c'])).map((each) => [each.reference, each.warehouseId, each.ownFen, each.cloudFen, each.undecided])).toEqual([
      ['A', warehouse.id, 1500, 900, []], // 15.00 to Xinjiang against 9.00
      ['B', '', null, null, []],
      ['C', '', null, null, ['便宜就去: price']], // its weight is unknown
    ]);
    expect(await service.assign(['a', 'b', 'c'], undefined, actor)).toEqual({ assigned: 1, own: 2, refused: [] });
    expect([...held]).toEqual([['a', '云仓 西仓']]);
    // again: it is already there, and nothing happens twice
    expect(await service.assign(['a'], undefined, actor)).toEqual({ assigned: 0, own: 0, refused: [{ reference: 'A', reason: 'WITH_WAREHOUSE' }] });
    expect(await service.shipments({ limit: 10 })).toHaveLength(1);
  });

  it('does not give away what somebody is working on or what has a number', async () => {
    const warehouse = await west();
    const { service, locked, parcels } = made;
    locked.add('a');
    parcels.set('b', { ...parcels.get('b')!, state: 'printed', waybill: 'YT1' });
    expect(await service.assign(['a', 'b'], warehouse.id, actor)).toEqual({ assigned: 0, own: 0, refused: [{ reference: 'A', reason: 'ORDER_LOCKED' }, { reference: 'B', reason: 'HAS_NUMBER' }] });
    expect(await service.shipments({ limit: 10 })).toEqual([]);
  });

  it('writes the order file in the warehouse’s columns, as text', async () => {
    const warehouse = await west();
    const { service } = made;
    await service.assign(['a'], undefined, actor);
    const file = await service.exportOrders(warehouse.id, undefined, actor);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(file.base64, 'base64') as unknown as ArrayBuffer);
    const rows: string[][] = [];
    workbook.worksheets[0]!.eachRow((row) => rows.push((row.values as (string | undefined)[]).slice(1).map((value) => value ?? '')));
    expect(rows[0]).toEqual([...usualOrderColumns.map((column) => column.header), '货主']);
    expect(rows.slice(1)).toEqual([
      ['A', '张三', '13800000001', '新疆', '某市', '某区', '人民路1号', 'SK1', '=1+1 棉袜', '黑', '2', '轻放', '我'],
      ['A', '张三', '13800000001', '新疆', '某市', '某区', '人民路1号', 'SK2', '帽子', '', '1', '轻放', '我'],
    ]);
    await expect(service.exportOrders(warehouse.id, undefined, actor)).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
    // the file was lost: the same parcels may be written again by name
    const [shipment] = await service.shipments({ limit: 10 });
    expect((await service.exportOrders(warehouse.id, [shipment!.id], actor)).parcels).toBe(1);
  });

  it('takes the result in once, reports bad rows, reconciles and lets nothing shipped be taken back', async () => {
    const warehouse = await west();
    const { service, put, held } = made;
    await service.assign(['a', 'b'], warehouse.id, actor);
    await service.exportOrders(warehouse.id, undefined, actor);
    const csv = '客户单号,快递单号,快递公司,计费重量,费用合计\nA,YT700001,圆通,0.85,9.50\nA,YT700001,圆通,0.85,9.50\nX,YT700002,圆通,1,9.00\nB,,圆通,1,9.00\n';
    const trial = await service.importResult(warehouse.id, put(csv), true, actor);
    expect(trial).toMatchObject({ rows: 4, acknowledged: 1, missing: ['B'] });
    expect((await service.shipments({ state: 'shipped', limit: 10 }))).toEqual([]);
    const result = await service.importResult(warehouse.id, put(csv), false, actor);
    expect(result.problems.map((problem) => [problem.row, problem.column])).toEqual([[4, 'reference'], [5, 'waybill']]);
    expect(held.get('a')).toBe('西仓 已发 YT700001');
    expect(await service.importResult(warehouse.id, put(csv), false, actor)).toMatchObject({ acknowledged: 0, known: 1 });
    expect((await service.importResult(warehouse.id, put(csv.replaceAll('YT700001', 'YT799999')), false, actor)).problems[0]?.reason.en).toContain('already acknowledged');
    expect(await service.reconcile(warehouse.id, '2026-11-22', '2026-11-22')).toEqual({
      shipments: 1, expectedFen: 900, chargedFen: 950,
      differences: [{ reference: 'A', waybill: 'YT700001', expectedFen: 900, chargedFen: 950, differenceFen: 50, grams: 800, chargedGrams: 850, reason: 'over' }],
    });
    expect((await service.reconcile(warehouse.id, '2026-11-20', '2026-11-21')).shipments).toBe(0);
    const all = await service.shipments({ limit: 10 });
    expect(await service.release(all.map((each) => each.id), actor)).toEqual({ released: 1, refused: [{ reference: 'A', reason: 'shipped' }] });
    expect([...held.keys()]).toEqual(['a']);
    await expect(service.importResult(warehouse.id, put('a,b\n1,2'), false, actor)).rejects.toMatchObject({ error: { code: 'TABLE_UNKNOWN' } });
  });

  it('refuses two warehouses of one name, columns without content and rules to nowhere', async () => {
    const warehouse = await west();
    const { service } = made;
    const { id: _id, ...same } = warehouse;
    await expect(service.warehouses.save(same, actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    await expect(service.warehouses.save({ ...same, name: '东仓', columns: [{ header: '空' }] }, actor)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    await expect(service.rules.save([{ name: 'r', warehouseId: 'gone', conditions: {}, enabled: true }], actor)).rejects.toMatchObject({ error: { code: 'BAD_INPUT' } });
    // a retired warehouse gets nothing any more
    await service.warehouses.save({ ...warehouse, archived: true }, actor);
    expect((await service.plan(['a'])).map((each) => each.warehouseId)).toEqual(['']);
  });
});
