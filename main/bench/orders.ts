/** Orders at scale: files in, lists, filters and searches at 10,000 and at 1,000,000 orders, in the same run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../database/open.ts';
import { createOrderFileReader } from '../features/orders/files/reader.ts';
import { createOrdersRepository } from '../features/orders/repository.ts';
import type { OrdersRepository } from '../features/orders/repository.ts';
import { ordersCsv, ordersXlsx, syntheticOrder } from './orders-data.ts';
import { measure, ratio, rounded, summarise } from './harness.ts';
import type { BenchCase, BenchContext, BenchValue, Timing } from './harness.ts';

const now = '2026-06-01T02:00:00.000Z';
const shops = ['shop_a', 'shop_b', 'shop_c'];

/** One growing data set: measured when it holds 10,000 orders, then filled up and measured again. */
export const bench: BenchCase = {
  about: 'order files read and saved; lists, filters and searches at 10 k and 1 M orders',
  async run(context) {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-orders-'));
    try {
      const imports = await measureImports(folder, context);
      const large = context.quick ? 100_000 : 1_000_000;
      const file = join(folder, 'large.db');
      const small = await buildAndMeasure(join(folder, 'small.db'), 10_000, context);
      const big = await buildAndMeasure(file, large, context);
      const start = performance.now();
      const again = await openSqlite(file, { now: () => now });
      const firstPage = await createOrdersRepository(again.db).list({ sort: 'newest', limit: 50, stage: 'to_print' }, now);
      const startMs = rounded(performance.now() - start);
      await again.close();
      return {
        imports,
        dataSet: { orders: large, buildSeconds: rounded(big.buildMs / 1000, 1), ordersPerSecond: Math.round(large / (big.buildMs / 1000)) },
        at10k: asValue(small.queries, small.processor),
        at1M: asValue(big.queries, big.processor),
        all: { small: asTiming(summarise(small.times)), large: asTiming(summarise(big.times)), worstP95Ms: Math.max(...Object.values(big.queries).map((timing) => timing.p95Ms)) },
        growth: Object.fromEntries(Object.entries(big.processor).map(([name, spent]) => [name, ratio(spent, small.processor[name] ?? 0)])),
        saving10kOrders: { whileSmallMs: rounded(small.saveMs), whileLargeMs: rounded(big.saveMs), growth: ratio(big.saveMs, small.saveMs) },
        start: { toFirstPageMs: startMs, orders: firstPage.rows.length },
        budgets: { listP95Ms: 50, firstPageMs: 30, importXlsxMs: 3_000, importCsvMs: 1_000, memoryMb: 300, startMs: 1_500, growth: 1.5 },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** 10,000 orders from a file to the database, the way `packbench import` takes: worker, rows to orders, one transaction. */
async function measureImports(folder: string, context: BenchContext): Promise<Record<string, BenchValue>> {
  const results: Record<string, BenchValue> = {};
  const reader = createOrderFileReader();
  for (const [format, bytes] of [['csv', ordersCsv(10_000, now)], ['xlsx', ordersXlsx(10_000, now)]] as const) {
    context.note(`import ${format}, ${Math.round(bytes.length / 1024)} kB`);
    writeFileSync(join(folder, `orders.${format}`), bytes);
    const reading: number[] = [];
    const whole: number[] = [];
    const processor: number[] = [];
    let peak = 0;
    for (let round = 0; round < (context.quick ? 2 : 4); round += 1) {
      const opened = await openSqlite(join(folder, `${format}-${round}.db`), { now: () => now });
      let made = 0;
      const before = process.memoryUsage().rss;
      const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss - before)), 5);
      const cpu = process.cpuUsage();
      const start = performance.now();
      const result = await reader.read({ name: `orders.${format}`, bytes, language: 'en' });
      reading.push(performance.now() - start);
      if (!result.ok) throw new Error('the bench file was not recognised');
      const { orders } = result.file;
      if (orders.length !== 10_000) throw new Error(`${orders.length} orders came out of 10,000`);
      await opened.db.transaction().execute((trx) =>
        createOrdersRepository(trx).saveDrafts(orders, { shopId: 'shop_a', platform: 'pdd', batchId: 'b', source: 'file', now, promiseHours: 48 }, { next: (prefix) => `${prefix}_${(made += 1)}` }),
      );
      whole.push(performance.now() - start);
      const spent = process.cpuUsage(cpu);
      processor.push((spent.user + spent.system) / 1000);
      clearInterval(watch);
      await opened.close();
    }
    results[format] = { orders: 10_000, fileKb: Math.round(bytes.length / 1024), readMs: asTiming(summarise(reading)), wholeMs: asTiming(summarise(whole)), processorMs: asTiming(summarise(processor)), peakExtraMb: Math.round(peak / 1_048_576), peakRssMb: Math.round(process.memoryUsage().rss / 1_048_576) };
  }
  return results;
}

interface Measured {
  readonly queries: Record<string, Timing>;
  readonly times: number[];
  /** Median processor time of each query: what other programs on this machine do meanwhile is not in it. */
  readonly processor: Record<string, number>;
  readonly buildMs: number;
  /** One more import of 10,000 into the full database, as processor time: what other programs do meanwhile is not ours. */
  readonly saveMs: number;
}

/** A database of so many orders of the same making, saved the way imports save them, then asked. */
async function buildAndMeasure(file: string, size: number, context: BenchContext): Promise<Measured> {
  const opened = await openSqlite(file, { now: () => now });
  const repository = createOrdersRepository(opened.db);
  let made = 0;
  const ids = { next: (prefix: string) => `${prefix}_${(made += 1).toString(36).padStart(9, '0')}` };
  const save = async (from: number, total: number): Promise<void> => {
    const drafts = Array.from({ length: 10_000 }, (_, index) => syntheticOrder(from + index, total, now));
    await repository.transaction((trx) => createOrdersRepository(trx).saveDrafts(drafts, { shopId: shops[(from / 10_000) % shops.length] ?? '', platform: 'pdd', batchId: 'b', source: 'file', now, promiseHours: 48 }, ids));
  };
  const start = performance.now();
  for (let from = 0; from < size; from += 10_000) {
    await save(from, size);
    if (from % 100_000 === 0) context.note(`${from} of ${size} orders`);
  }
  const buildMs = performance.now() - start;
  const measured = await measureQueries(repository, size);
  const before = process.cpuUsage();
  await save(size, size + 10_000);
  const spent = process.cpuUsage(before);
  await opened.close();
  return { ...measured, buildMs, saveMs: (spent.user + spent.system) / 1000 };
}

async function measureQueries(repository: OrdersRepository, size: number): Promise<{ queries: Record<string, Timing>; times: number[]; processor: Record<string, number> }> {
  const times: number[] = [];
  const queries: Record<string, Timing> = {};
  const provinces = ['广东省', '浙江省', '西藏自治区', '海南省'];
  const pick = (round: number): ReturnType<typeof syntheticOrder> => syntheticOrder((round * 7919) % size, size, now);
  const processor: Record<string, number> = {};
  const run = async (name: string, work: (round: number) => Promise<unknown>): Promise<void> => {
    const spent: number[] = [];
    queries[name] = await measure(30, 3, async (round) => {
      const cpu = process.cpuUsage();
      const start = performance.now();
      await work(round);
      if (round < 3) return;
      times.push(performance.now() - start);
      const used = process.cpuUsage(cpu);
      spent.push((used.user + used.system) / 1000);
    });
    processor[name] = summarise(spent).medianMs;
  };
  const page = async (query: Parameters<OrdersRepository['list']>[0]): Promise<void> => {
    const { rows } = await repository.list(query, now);
    await Promise.all([repository.linesOf(rows.map((row) => row.id)), repository.sharedRecipients(rows.map((row) => row.recipient_key))]);
  };
  const first = { sort: 'newest', limit: 50 } as const;
  await run('firstPage', () => page({ ...first, stage: 'to_print' }));
  await run('allNewest', () => page(first));
  await run('oldest', () => page({ ...first, sort: 'oldest', stage: 'handed' }));
  await run('byDeadline', () => page({ ...first, sort: 'deadline', stage: 'to_print' }));
  await run('late', () => page({ ...first, sort: 'deadline', deadline: 'late' }));
  await run('oneShop', (round) => page({ ...first, shopIds: [shops[round % 3] ?? ''] }));
  await run('oneShopTab', (round) => page({ ...first, stage: 'to_print', shopIds: [shops[round % 3] ?? ''] }));
  await run('province', (round) => page({ ...first, province: provinces[round % 4] ?? '' }));
  await run('rareAndCommon', (round) => page({ ...first, province: provinces[round % 4] ?? '', flag: 'purple', stage: 'problem' }));
  await run('item', (round) => page({ ...first, item: `款${round % 40}` }));
  await run('amount', (round) => page({ ...first, minFen: 50_000 + round, maxFen: 60_000 }));
  await run('noteAndPrinted', () => page({ ...first, hasNote: true, printed: false }));
  await run('searchNumber', (round) => page({ ...first, search: pick(round).number }));
  await run('searchPhone', (round) => page({ ...first, search: pick(round).receiver.phone }));
  await run('searchPhoneTail', (round) => page({ ...first, search: pick(round).receiver.phone.slice(-4) }));
  await run('searchName', (round) => page({ ...first, search: pick(round).receiver.name }));
  await run('searchInitials', (round) => page({ ...first, search: ['zsf', 'lw', 'wxm', 'chg'][round % 4] ?? '' }));
  await run('searchAddress', (round) => page({ ...first, search: `${pick(round).receiver.detail.slice(0, 4)} ${pick(round).receiver.city.slice(0, 2)}` }));
  await run('searchGoodsInTab', (round) => page({ ...first, stage: 'to_print', search: `款${round % 40}` }));
  await run('nothingFound', (round) => page({ ...first, search: `查无此人${round}` }));
  await run('counts', () => repository.counts(undefined, now));
  const deep = await repository.list({ ...first, limit: 200 }, now);
  await run('nextPage', () => page({ ...first, ...(deep.next !== null && { cursor: deep.next }) }));
  return { queries, times, processor };
}

function asTiming(timing: Timing): BenchValue {
  return { medianMs: timing.medianMs, p95Ms: timing.p95Ms, minMs: timing.minMs, rounds: timing.rounds };
}

function asValue(queries: Readonly<Record<string, Timing>>, processor: Readonly<Record<string, number>>): BenchValue {
  return Object.fromEntries(Object.entries(queries).map(([name, timing]) => [name, { medianMs: timing.medianMs, p95Ms: timing.p95Ms, minMs: timing.minMs, processorMs: processor[name] ?? 0 }]));
}
