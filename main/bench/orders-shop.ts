/** A business with so many orders, and what its people ask of the list: the same questions of a small one and of a large one, in turn. */
import { join } from 'node:path';
import { openSqlite } from '../database/open.ts';
import type { Core } from '../entry/compose.ts';
import type { OrderQuery } from '../../common/contract/orders.ts';
import { createOrdersRepository } from '../features/orders/repository.ts';
import { createIds } from '../platform/node/basics.ts';
import { bestseller, dropshipper, ordersCsv, saleDay, syntheticOrder } from './orders-data.ts';
import { benchActor, benchShop, importOnce } from './orders-import.ts';
import { rounded, summarise } from './harness.ts';
import type { BenchContext, Timing } from './harness.ts';

export interface Business {
  readonly core: Core;
  readonly size: number;
  readonly shopIds: readonly string[];
  readonly buildSeconds: number;
  /** From nothing open to the first page of what is to be printed. */
  readonly startMs: number;
  readonly now: string;
}

/** Three shops that share so many orders, saved the way imports save them; then a core started on them. */
export async function buildBusiness(folder: string, size: number, now: string, context: BenchContext, make: typeof syntheticOrder = syntheticOrder): Promise<Business> {
  const place = { dataFolder: join(folder, 'data'), witnessFolder: join(folder, 'witness') };
  const empty = await context.openCore(place);
  const shopIds = [await benchShop(empty, '甲店'), await benchShop(empty, '乙店'), await benchShop(empty, '丙店')];
  await empty.close();
  const began = performance.now();
  const opened = await openSqlite(join(place.dataFolder, 'packbench.db'), { now: () => now });
  const ids = createIds();
  for (let from = 0; from < size; from += 10_000) {
    for (const [shop, shopId] of shopIds.entries()) {
      const drafts = Array.from({ length: 10_000 }, (_, index) => from + index).filter((index) => index % 3 === shop).map((index) => make(index, size, now));
      await opened.db.transaction().execute((trx) => createOrdersRepository(trx).saveDrafts(drafts, { shopId, platform: 'pdd', batchId: 'b', source: 'file', now, promiseHours: 48 }, ids));
    }
    if (from % 100_000 === 0) context.note(`${from} of ${size} orders`);
  }
  await opened.close();
  const buildSeconds = rounded((performance.now() - began) / 1000, 1);
  const start = performance.now();
  const core = await context.openCore(place);
  const page = await core.services.orders.list({ sort: 'newest', limit: 50, stage: 'to_print' }, benchActor(core));
  const startMs = rounded(performance.now() - start);
  if (page.orders.length !== 50) throw new Error('the first page is not full');
  return { core, size, shopIds, buildSeconds, startMs, now };
}

type Ask = (business: Business, round: number) => OrderQuery;

const first = { sort: 'newest', limit: 50 } as const;
const any = ({ size, now }: Business, round: number) => syntheticOrder((round * 7919) % size, size, now);
/** One that has left: those that have not are the last and the first two of every so many. */
const gone = ({ size, now }: Business, round: number) => syntheticOrder(Math.floor(((round * 7919) % (size - 2_000)) / 50) * 50 + 7, size, now);
const provinces = ['广东省', '浙江省', '西藏自治区', '海南省'];

/** What is asked, by name. A page of 50 with everything the screen shows of it: goods and their short names, parcels, carriers, locks. */
export const asked: Readonly<Record<string, Ask>> = {
  firstPage: () => ({ ...first, stage: 'to_print' }),
  allNewest: () => first,
  oldest: () => ({ ...first, sort: 'oldest', stage: 'ended' }),
  byDeadline: () => ({ ...first, sort: 'deadline', stage: 'to_print' }),
  late: () => ({ ...first, sort: 'deadline', deadline: 'late' }),
  noDeadline: () => ({ ...first, deadline: 'none' }),
  oneShop: ({ shopIds }, round) => ({ ...first, shopIds: [shopIds[round % 3] ?? ''] }),
  oneShopTab: ({ shopIds }, round) => ({ ...first, stage: 'to_print', shopIds: [shopIds[round % 3] ?? ''] }),
  province: (_, round) => ({ ...first, province: provinces[round % 4] ?? '' }),
  purpleInTab: () => ({ ...first, flag: 'purple', stage: 'to_print' }),
  rareAndCommon: (_, round) => ({ ...first, province: provinces[round % 4] ?? '', flag: 'purple', stage: 'problem' }),
  item: (_, round) => ({ ...first, item: `款${round % 40}加厚` }),
  bestseller: () => ({ ...first, item: bestseller }),
  bestsellerByDeadline: () => ({ ...first, sort: 'deadline', item: bestseller }),
  saleDay: ({ now }) => ({ ...first, ...saleDay(now) }),
  saleDayProvince: ({ now }, round) => ({ ...first, ...saleDay(now), province: provinces[round % 4] ?? '' }),
  amount: (_, round) => ({ ...first, minFen: 5_000 + round, maxFen: 10_000 }),
  amountNobodyPaid: (_, round) => ({ ...first, minFen: 1_991 + (round % 5), maxFen: 1_991 + (round % 5) }),
  noteAndPrinted: () => ({ ...first, hasNote: true, printed: false }),
  searchNumber: (business, round) => ({ ...first, search: any(business, round).number }),
  searchNumberStart: (business, round) => ({ ...first, search: any(business, round).number.replace('-', '').slice(0, 8) }),
  searchWaybill: (business, round) => ({ ...first, search: gone(business, round).waybill }),
  searchWaybillStart: (business, round) => ({ ...first, search: gone(business, round).waybill.slice(0, 4 + (round % 10)) }),
  searchPhone: (business, round) => ({ ...first, search: any(business, round).receiver.phone }),
  searchPhoneTail: (business, round) => ({ ...first, search: any(business, round).receiver.phone.slice(-4) }),
  searchName: (business, round) => ({ ...first, search: any(business, round).receiver.name }),
  searchBuyerStart: (_, round) => ({ ...first, search: `tb${10 + round}` }),
  searchBuyerStartLonger: (_, round) => ({ ...first, search: `tb${100 + round}` }),
  searchInitials: (_, round) => ({ ...first, search: ['zsf', 'lw', 'wxm', 'chg'][round % 4] ?? '' }),
  searchAddress: (business, round) => ({ ...first, search: `${any(business, round).receiver.detail.slice(0, 4)} ${any(business, round).receiver.city.slice(0, 2)}` }),
  searchGoodsInTab: () => ({ ...first, stage: 'to_print', search: '棉袜' }),
  heavyRecipient: () => ({ ...first, search: dropshipper.phone }),
  heavyRecipientTail: () => ({ ...first, search: dropshipper.phone.slice(-4) }),
  heavyRecipientInTab: () => ({ ...first, stage: 'to_print', search: dropshipper.name }),
  commonNeverMeet: () => ({ ...first, province: '广东省', search: '杭州' }),
  carrier: () => ({ ...first, carrier: 'YTO' }),
  nothingFound: (_, round) => ({ ...first, search: `查无此人${round}` }),
};

export interface Answer extends Timing {
  /** Rows of an answer, in the mean. */
  readonly rows: number;
}

/** One question of both, turn by turn, so that what else the machine does falls on both alike. */
export async function askBoth(small: Business, large: Business, rounds: number, work: (business: Business, round: number) => Promise<number>): Promise<{ small: Answer; large: Answer }> {
  const sides = [{ business: small, times: [] as number[], rows: 0 }, { business: large, times: [] as number[], rows: 0 }];
  for (let round = 0; round < rounds + 3; round += 1) {
    for (const side of sides) {
      const start = performance.now();
      const rows = await work(side.business, round);
      if (round < 3) continue;
      side.times.push(performance.now() - start);
      side.rows += rows / rounds;
    }
  }
  const [one, other] = sides.map(({ times, rows }): Answer => ({ ...summarise(times), rows: rounded(rows, 1) }));
  if (!one || !other) throw new Error('two businesses were asked');
  return { small: one, large: other };
}

export async function page(business: Business, query: OrderQuery): Promise<number> {
  return (await business.core.services.orders.list(query, benchActor(business.core))).orders.length;
}

/** The cursor of a page far down, found by walking there. */
export async function deepCursor({ core }: Business, pages: number): Promise<string> {
  let cursor: string | null = null;
  for (let at = 0; at < pages; at += 1) {
    const found: { next: string | null } = await core.services.orders.list({ ...first, ...(cursor !== null && { cursor }) }, benchActor(core));
    if (found.next === null) return cursor ?? '';
    cursor = found.next;
  }
  return cursor ?? '';
}

/** 10,000 new orders, the same file again, and the file of the next day in which one order in twenty has moved on. */
export async function importInto({ core, size, now, shopIds }: Business) {
  const file = { total: size, from: size };
  const shopId = shopIds[0] ?? '';
  const fresh = await importOnce(core, shopId, ordersCsv(10_000, now, file));
  const again = await importOnce(core, shopId, ordersCsv(10_000, now, file));
  const moved = await importOnce(core, shopId, ordersCsv(10_000, now, { ...file, isSent: (index) => index % 20 === 0 }));
  if (fresh.added !== 10_000 || again.known !== 10_000 || moved.changed !== 500) throw new Error(`unexpected: ${JSON.stringify({ fresh, again, moved })}`);
  return { fresh, again, moved };
}
