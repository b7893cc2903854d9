/** A packing station over real orders, parcels, numbers and journal on one database, wired as the core wires them. */
import type { OpenDatabase } from '../../main/database/open.ts';
import { composeStations } from '../../main/entry/compose-stations.ts';
import { createItemsRepository } from '../../main/features/items/repository.ts';
import { createRulesRepository } from '../../main/features/items/rules.ts';
import { createItemsService } from '../../main/features/items/service.ts';
import { createParcelSync } from '../../main/features/printing/parcel-sync.ts';
import { createWaybillsService } from '../../main/features/waybills/service.ts';
import { countingIds, orderFor, quietLog, seedPool, worldOver } from '../../main/features/waybills/testing.ts';
import { actor, createWorld, other, pddFile } from '../orders/setup.ts';
import type { Row } from '../orders/setup.ts';

export { actor, other };
export type StationWorld = Awaited<ReturnType<typeof createStationWorld>>;

export async function createStationWorld(opened: OpenDatabase) {
  const world = createWorld(opened);
  const clock = { now: () => world.time.now, advance: (ms: number) => void (world.time.now = new Date(Date.parse(world.time.now) + ms).toISOString()), set: (at: string) => void (world.time.now = at) };
  const ids = countingIds('s');
  const numbers = worldOver(opened, { clock, ids, audit: world.audit });
  const waybills = createWaybillsService({ numbers, audit: world.audit, clock, log: quietLog });
  await waybills.start();
  const items = createItemsService({ repository: createItemsRepository(opened.db), rules: createRulesRepository(opened.db), clock, ids, audit: world.audit });
  const printed: unknown[] = [];
  const slips = { handOver: async (data: unknown) => ({ sheets: printed.push(data) }), handOverPdf: async () => new Uint8Array() };
  const { stations, handOver } = composeStations({
    db: opened.db, attempts: numbers.attempts, parcels: world.parcels, orders: world.orders, items,
    orderedLine: (line) => ({ title: line.title, platformId: line.itemId, itemCode: line.itemCode, sku: line.spec, skuCode: line.skuCode, quantity: line.quantity ?? 0, barcode: '' }),
    waybills, shops: world.shops, slips: slips as never, audit: world.audit, clock, ids,
  });
  const sync = createParcelSync({ facts: numbers.parcelFacts, parcels: world.parcels, log: quietLog });
  const shopId = (await world.shops.create({ name: '拼', platform: 'pdd', senderAddressId: null }, actor)).id;
  await seedPool(numbers, { shopId });
  let jobs = 0;
  let scans = 0;

  async function importRows(rows: readonly Row[]) {
    const report = await world.imports.importFiles({ files: [pddFile(rows)], shopId, dryRun: false, mixedShops: false, language: 'en', source: 'file' }, actor);
    await items.learn(shopId, rows.map((row) => ({ title: row.title ?? '棉袜', platformId: '1', itemCode: '', spec: '黑色', skuCode: row.sku ?? 'S1', barcode: '' })));
    return report;
  }

  return {
    ...world, ...numbers, orderRows: world.repository, clock, stations, handOver, shopId, importRows, printed, items,
    rights: (pin: string) => numbers.attempts.rights.set({ reprint: 'pin', pin }),

    /** Brings orders in, prints a label for each of their parcels (to the transport at least), and gives the numbers. */
    async print(rows: readonly Row[], state: 'sent' | 'uncertain' | 'intent' | 'sending' = 'sent'): Promise<string[]> {
      await importRows(rows);
      const orderIds = await Promise.all([...new Set(rows.map((row) => row.number))].map(async (number) => (await world.repository.byNumber(shopId, number))?.id ?? ''));
      const parcels = await world.parcels.prepare(orderIds);
      const drawn = await numbers.draw(orderFor(shopId, parcels.map((parcel) => parcel.parcelId), { jobId: `job_${(jobs += 1)}` }));
      const found: string[] = [];
      for (const one of drawn) {
        if (!one.ok) throw new Error(one.error.code);
        found.push(one.number);
        if (state === 'intent') continue;
        await numbers.attempts.sink.sending(one.attemptId, { sha256: 'x', byteCount: 1 });
        if (state === 'sent') await numbers.attempts.sink.sent(one.attemptId, []);
        if (state === 'uncertain') await numbers.attempts.sink.uncertain(one.attemptId, 'cable');
      }
      for (const { parcelId } of parcels) sync.parcelChanged(parcelId);
      await sync.flush();
      return found;
    },
    /** What the core does by itself a moment after a number changed. */
    synced: async (parcelIds: readonly string[]): Promise<void> => {
      for (const id of parcelIds) sync.parcelChanged(id);
      await sync.flush();
    },
    /** One scan, five seconds after the last. */
    async scan(code: string, by = actor) {
      clock.advance(5_000);
      return (await stations.scan({ scanId: `scan_${(scans += 1)}`, code, capturedMs: Date.parse(clock.now()) }, by)).answer;
    },
  };
}
