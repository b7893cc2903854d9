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
import { clock, lead as actor, putFile, seedParcels } from '../costs/testing.ts';
import { countingIds } from '../waybills/testing.ts';

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
    const ids = countingIds();
    const files = createFilesService({ ids });
    const bills = createBillsService({ repository: createBillsRepository(db), costs: { freightTables: { get: async () => table } }, history: createParcelHistory(db), files, clock, ids, audit: createAuditService({ db, clock, ids }), changes: createChanges() });
    const put = (name: string, bytes: Uint8Array) => putFile(files, name, bytes);
    return { bills, put };
  }

  const seed = () => seedParcels(database.db);

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
