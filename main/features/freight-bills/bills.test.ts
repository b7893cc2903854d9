import { afterEach, beforeEach, expect, it } from 'vitest';
import { freightTableSchema } from '../../../common/domain/costs/freight-schema.ts';
import { forEachDialect } from '../../database/testing.ts';
import type { OpenDatabase } from '../../database/open.ts';
import { createAuditService } from '../audit/service.ts';
import { createParcelHistory } from '../costs/history.ts';
import { createChanges } from '../events/service.ts';
import { createFilesService } from '../files/service.ts';
import { createBillsRepository } from './repository.ts';
import { createBillsService } from './service.ts';

const actor = { operator: 'lead', station: { id: 'st1' } };
const clock = { now: () => '2026-11-22T10:00:00.000Z' };
const table = freightTableSchema.parse({ id: 'f', name: 'f', carrier: 'YTO', nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 28_000, stepGrams: 1000, stepE4: 10_000 } });

forEachDialect('freight bills', (open) => {
  let database: OpenDatabase;
  let made: ReturnType<typeof build>;
  beforeEach(async () => {
    database = await open();
    made = build(database);
  });
  afterEach(() => database.close());

  function build({ db }: OpenDatabase) {
    let count = 0;
    const ids = { next: (prefix: string) => `${prefix}_${String((count += 1)).padStart(4, '0')}` };
    const files = createFilesService({ ids });
    const bills = createBillsService({ repository: createBillsRepository(db), costs: { freightTables: { get: async () => table } }, history: createParcelHistory(db), files, clock, ids, audit: createAuditService({ db, clock, ids }), changes: createChanges() });
    const put = (name: string, bytes: Uint8Array) => {
      const { fileId } = files.begin({ name, size: bytes.length });
      files.append({ fileId, offset: 0, base64: Buffer.from(bytes).toString('base64') });
      return fileId;
    };
    return { bills, put };
  }

  async function seed() {
    const { db } = database;
    await db.insertInto('shops').values({ id: 's1', name: '袜店', platform: 'taobao', sender_address_id: null, archived_at: null, created_at: '' }).execute();
    const parcel = (id: string, created: string, waybill: string, province: string, grams: number | null, state = 'printed') =>
      db
        .insertInto('parcels')
        .values({
          id, shop_id: 's1', state, name: '', phone: '', province, city: '', district: '', town: '', detail: '', postcode: '', recipient_key: '', carrier_code: 'YTO', carrier_reason: '', waybill, weight_grams: grams,
          group_id: '', position: 1, total: 1, held: '', memo: '', flag: '', origin: 'order', snapshot: '', version: 1, lock_station: '', lock_until: '', created_at: created, updated_at: created,
        })
        .execute();
    // 16:30 UTC on the 30th is the 1st in China
    await parcel('p1', '2026-10-31T16:30:00.000Z', 'YT0000001', '浙江省', 900);
    await parcel('p2', '2026-11-05T02:00:00.000Z', 'YT0000002', '新疆', 400);
    await parcel('p3', '2026-11-06T02:00:00.000Z', 'YT0000003', '浙江', null);
    await parcel('p4', '2026-11-06T02:00:00.000Z', '', '浙江', 100, 'open');
    await parcel('p5', '2026-12-01T02:00:00.000Z', 'YT0000005', '浙江', 100);
  }

  it('checks a courier’s bill against the parcels', async () => {
    await seed();
    const { bills, put } = made;
    const csv = ['圆通速递对账单', '运单号,揽收日期,目的省份,结算重量(kg),运费(元)', 'YT0000001,2026/11/1,浙江,1.3,3.80', 'YT0000002,2026/11/5,新疆,0.4,2.80', 'YT0000001,2026/11/2,浙江,0.9,2.80', 'ZZ9999999,2026/11/2,浙江,0.9,2.80', '坏单号,2026/11/2,浙江,0.9,2.80', 'YT0000009,2026/11/2,浙江,重,2.80', 'YT0000008,2026/11/2,浙江,1,-2.80', '合计,,,,15.00'].join('\n');
    const input = { fileId: put('11月.csv', Buffer.from(csv)), name: '', tableId: 'f', carrier: 'YTO', from: '2026-11-01', to: '2026-11-30', toleranceFen: 0, columns: {}, dryRun: true };
    const trial = await bills.import(input, actor);
    expect(trial.bill).toMatchObject({ lines: 4, claimFen: 100 + 280, missing: ['YT0000003'], counts: { weight: 1, ok: 1, duplicate: 1, unmatched: 1 } });
    expect(trial.bill.problems.map((problem) => [problem.row, problem.column])).toEqual([[7, 'waybill'], [8, 'weight'], [9, 'charge']]);
    expect(await bills.list()).toEqual([]);
    const { bill } = await bills.import({ ...input, dryRun: false }, actor);
    await expect(bills.import({ ...input, dryRun: false }, actor)).rejects.toMatchObject({ error: { code: 'CONFLICT' } });
    expect((await bills.lines(bill.id, { limit: 10 })).map((line) => [line.row, line.verdict, line.claimFen])).toEqual([[5, 'duplicate', 280], [3, 'weight', 100], [4, 'ok', 0], [6, 'unmatched', 0]]);
    expect(Buffer.from((await bills.claim(bill.id)).base64, 'base64').length).toBeGreaterThan(4000);
    await expect(bills.import({ ...input, fileId: put('x.csv', Buffer.from('a,b\n1,2')) }, actor)).rejects.toMatchObject({ error: { code: 'TABLE_UNKNOWN' } });
    await bills.remove(bill.id, actor);
    expect(await bills.list()).toEqual([]);
  });
});
