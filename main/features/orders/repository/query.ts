/** Finding orders among a million: pages by cursor, through whichever index leaves least to look at. */
import { sql } from 'kysely';
import type { OrderFilter, OrderQuery } from '../../../../common/contract/orders.ts';
import { endOfDay } from '../../../../common/domain/orders/deadline.ts';
import { amountStep, amountSteps, facet, holdsMatch, plainTerm, searchMatch } from '../../../../common/domain/orders/search-terms.ts';
import type { Match, Term } from '../../../../common/domain/orders/search-terms.ts';
import { parts } from './bulk.ts';
import type { Db } from './bulk.ts';
import { findCandidates, inListOrder, mayBeUndecided } from './by-carrier.ts';
import { isUndecided } from './carrier-answers.ts';
import { readCursor, seqBounds, writeCursor } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { fewSeqs } from './few.ts';
import { rowTerms } from './rows.ts';
import type { LineRow, OrderRow } from './rows.ts';
import { findSeqs, isImpossible, seqsMatching } from './search-index.ts';

export interface FoundPage {
  readonly rows: readonly OrderRow[];
  readonly next: string | null;
}

export async function listOrders(db: Db, asked: OrderQuery, now: string): Promise<FoundPage> {
  const { query, byDeadline } = asListed(asked);
  const plan = await planOf(db, query);
  if (isImpossible(plan.match)) return { rows: [], next: null };
  const cursor = readCursor(query.cursor);
  const rows = byDeadline ? await pageByDeadline(db, query, plan, cursor, now) : await pageByTime(db, query, plan, cursor);
  return cutPage(rows, query.limit, byDeadline);
}

/** A page of the orders that go with a carrier, or may do so: ids of those the rules have to be asked about are in `unsure`. */
export async function listByCarrier(db: Db, asked: OrderQuery & { readonly carrier: string }, stamp: string, now: string): Promise<FoundPage & { readonly unsure: ReadonlySet<string> }> {
  const written = await listOrders(db, asked, now);
  const { query, byDeadline } = asListed(asked);
  if (!mayBeUndecided(query)) return { ...written, unsure: new Set() };
  const { match } = await planOf(db, { ...query, carrier: undefined, stage: undefined, shopIds: undefined });
  const candidates = await findCandidates(db, { ...query, carrier: asked.carrier }, stamp, match, readCursor(query.cursor), byDeadline, now, query.limit + 1);
  const compare = inListOrder(byDeadline, query.sort === 'oldest');
  const placed = (row: OrderRow) => ({ seq: Number(row.seq), shipBy: row.ship_by });
  // An order that was given its carrier between the two questions is in both.
  const known = new Set(written.rows.map((row) => row.id));
  const others = (await fetchSeqs(db, candidates.map(({ seq }) => seq), false)).filter((row) => !known.has(row.id));
  const rows = [...written.rows, ...others].sort((left, right) => compare(placed(left), placed(right)));
  const page = cutPage(rows, query.limit, byDeadline);
  const last = page.rows.at(-1);
  const unsure = new Set(candidates.filter((one) => !one.sure).map(({ seq }) => seq));
  return {
    rows: page.rows.filter((row) => isUndecided(row) || row.carrier_code === asked.carrier),
    next: page.next ?? (written.next !== null && last ? cursorAt(last, byDeadline) : null),
    unsure: new Set(others.filter((row) => isUndecided(row) && unsure.has(Number(row.seq))).map((row) => row.id)),
  };
}

/** A deadline matters for what is still to be printed. Said here, so that the term index leaves out the million that has gone. */
function asListed(asked: OrderQuery): { query: OrderQuery; byDeadline: boolean } {
  const byDeadline = asked.deadline !== 'none' && (asked.sort === 'deadline' || asked.deadline !== undefined);
  return { query: byDeadline ? { ...asked, stage: asked.stage ?? 'to_print' } : asked, byDeadline };
}

/** Where the page behind this order begins. */
export function cursorAfter(query: OrderQuery, row: OrderRow): string {
  return cursorAt(row, asListed(query).byDeadline);
}

function cutPage(rows: readonly OrderRow[], limit: number, byDeadline: boolean): FoundPage {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last ? cursorAt(last, byDeadline) : null };
}

function cursorAt(row: OrderRow, byDeadline: boolean): string {
  return writeCursor(byDeadline ? { seq: Number(row.seq), shipBy: row.ship_by } : { seq: Number(row.seq) });
}

interface Plan {
  readonly match: Match;
  /** True when the tab's own index is enough. */
  readonly plain: boolean;
}

/** The filter as index terms. Exact amounts are left to the rows; everything else is in the index. */
async function planOf(db: Db, query: OrderFilter): Promise<Plan> {
  const all: Term[] = [];
  const any: Match['any'][number][] = [];
  const add = (kind: string, value: string | undefined): void => {
    if (value !== undefined) all.push({ term: facet(kind, value) });
  };
  add('l', query.platform);
  add('p', query.province);
  add('c', query.carrier);
  add('r', query.receiver);
  if (query.flag !== 'none') add('f', query.flag);
  if (query.printed !== undefined) add('w', query.printed ? '1' : '0');
  if (query.hasNote !== undefined) add('n', query.hasNote ? '1' : '0');
  if (query.alarm) all.push({ term: '_alarm_1' });
  if (query.minFen !== undefined || query.maxFen !== undefined) {
    const from = amountStep(Math.max(0, query.minFen ?? 0));
    const to = query.maxFen === undefined ? amountSteps - 1 : amountStep(query.maxFen);
    if (to - from < amountSteps - 1) any.push(Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => [{ term: facet('a', String(from + step)) }]));
  }
  const shops = query.shopIds ?? [];
  if (shops.length > 1) any.push(shops.map((shop) => [{ term: facet('s', shop) }]));
  if (query.item !== undefined && query.item.trim() !== '') any.push((await findGoods(db, query.item.trim())).map((id) => [{ term: facet('i', id) }]));
  if (query.search !== undefined && query.search.trim() !== '') {
    const words = query.search.trim().split(/[\s,，;；]+/).filter((word) => word !== '');
    const goods = new Map<string, readonly string[]>();
    for (const word of words.slice(0, 8)) if (!/^\d+$/.test(word)) goods.set(word, await findGoods(db, word));
    any.push(...searchMatch(query.search, (word) => goods.get(word) ?? []));
  }
  const [shop] = shops;
  // The tab has an index of its own for one shop or all; the term index needs the tab and the shop as terms.
  const plain = all.length === 0 && any.length === 0 && !(shop !== undefined && query.stage === undefined);
  if (!plain) {
    if (shops.length === 1) add('s', shop);
    add('g', query.stage);
  }
  return { match: { all, any }, plain };
}

const mostGoods = 400;

/** Ids of goods whose name, spec, code or initials hold the word. */
async function findGoods(db: Db, word: string): Promise<string[]> {
  const pattern = `%${word.toLowerCase().replaceAll('\\', '\\\\').replaceAll('%', '\\%').replaceAll('_', '\\_')}%`;
  const initials = /^[a-z0-9]{2,}$/i.test(word) ? `%${plainTerm(word)}%` : undefined;
  const { rows } = await sql<{ id: string }>`select id from order_goods where lower(title) like ${pattern} escape '\\' or lower(spec) like ${pattern} escape '\\' or lower(sku_code) like ${pattern} escape '\\'
    ${initials === undefined ? sql`` : sql`or initials like ${initials}`} limit ${mostGoods}`.execute(db);
  return rows.map((row) => row.id);
}

/** What the index does not hold, as conditions on the rows. */
function residual(query: OrderFilter, row: OrderRow): boolean {
  if (query.minFen !== undefined && (row.paid_fen === null || row.paid_fen < query.minFen)) return false;
  if (query.maxFen !== undefined && (row.paid_fen === null || row.paid_fen > query.maxFen)) return false;
  if (query.flag === 'none' && row.flag !== 'none' && row.flag !== '') return false;
  if (query.deadline === 'none' && row.ship_by !== '') return false;
  return true;
}

async function pageByTime(db: Db, query: OrderQuery, plan: Plan, cursor: Cursor | undefined): Promise<OrderRow[]> {
  const oldest = query.sort === 'oldest';
  let { from, before } = seqBounds(query);
  if (cursor) {
    if (oldest) from = Math.max(from ?? 0, cursor.seq + 1);
    else before = Math.min(before ?? cursor.seq, cursor.seq);
  }
  const found: OrderRow[] = [];
  const wanted = query.limit + 1;
  const few = await fewSeqs(db, query);
  if (few) {
    const inRange = few.filter((seq) => (from === undefined || seq >= from) && (before === undefined || seq < before)).sort((left, right) => (oldest ? left - right : right - left));
    return pageOfFew(db, query, plan, inRange, wanted);
  }
  // What is left to the rows here rules out few of them.
  for (let step = wanted; ; step = Math.min(step * 2, 2000)) {
    const range = { ...(from !== undefined && { from }), ...(before !== undefined && { before }) };
    const rows = plan.plain ? await scanTab(db, query, range, oldest, step) : await fetchSeqs(db, await findSeqs(db, plan.match, query.stage, range, oldest ? 'asc' : 'desc', step), oldest);
    for (const row of rows) if (residual(query, row)) found.push(row);
    const last = rows.at(-1);
    if (found.length >= wanted || rows.length < step || !last) return found;
    if (oldest) from = Number(last.seq) + 1;
    else before = Number(last.seq);
  }
}

/** The first `wanted` of these places whose orders fit, each looked at by itself. */
async function pageOfFew(db: Db, query: OrderQuery, plan: Plan, seqs: readonly number[], wanted: number): Promise<OrderRow[]> {
  const found: OrderRow[] = [];
  for (const part of parts(seqs, wanted)) {
    const rows = (await fetchSeqs(db, part, query.sort === 'oldest')).filter((row) => residual(query, row) && inTab(query, row));
    const lines = plan.plain ? undefined : await linesOf(db, rows.map((row) => row.id));
    found.push(...rows.filter((row) => !lines || holdsMatch(plan.match, rowTerms(row, (lines.get(row.id) ?? []).map((line) => line.goods_id)))));
    if (found.length >= wanted) break;
  }
  return found.slice(0, wanted);
}

function inTab(query: OrderFilter, row: OrderRow): boolean {
  const shops = query.shopIds ?? [];
  return (query.stage === undefined || row.stage === query.stage) && (shops.length === 0 || shops.includes(row.shop_id));
}

async function scanTab(db: Db, query: OrderFilter, range: { from?: number; before?: number }, oldest: boolean, limit: number): Promise<OrderRow[]> {
  let select = db.selectFrom('orders').selectAll().orderBy('seq', oldest ? 'asc' : 'desc').limit(limit);
  if (query.stage !== undefined) select = select.where('stage', '=', query.stage);
  const [shop] = query.shopIds ?? [];
  if (shop !== undefined) select = select.where('shop_id', '=', shop);
  if (range.from !== undefined) select = select.where('seq', '>=', range.from);
  if (range.before !== undefined) select = select.where('seq', '<', range.before);
  return select.execute();
}

async function fetchSeqs(db: Db, seqs: readonly number[], oldest: boolean): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  for (const part of parts(seqs)) rows.push(...(await db.selectFrom('orders').selectAll().where('seq', 'in', [...part]).execute()));
  return rows.sort((left, right) => (oldest ? Number(left.seq) - Number(right.seq) : Number(right.seq) - Number(left.seq)));
}

/** Sorted by deadline: only what is still to be printed has one that matters, and that set does not grow with history. Orders nobody promised anything for come last. */
async function pageByDeadline(db: Db, query: OrderQuery, plan: Plan, cursor: Cursor | undefined, now: string): Promise<OrderRow[]> {
  const rows = cursor?.shipBy === '' ? [] : await deadlineRows(db, query, plan, cursor, now, true, query.limit + 1);
  if (query.deadline !== undefined || rows.length > query.limit) return rows;
  return [...rows, ...(await deadlineRows(db, query, plan, cursor?.shipBy === '' ? cursor : undefined, now, false, query.limit + 1 - rows.length))];
}

async function deadlineRows(db: Db, query: OrderQuery, plan: Plan, cursor: Cursor | undefined, now: string, promised: boolean, limit: number): Promise<OrderRow[]> {
  const { stage = 'to_print' } = query;
  let select = db
    .selectFrom('orders')
    .selectAll()
    .where('stage', '=', stage)
    .where('ship_by', promised ? '<>' : '=', '')
    .orderBy('ship_by')
    .orderBy('seq')
    .limit(limit);
  if (query.deadline === 'late') select = select.where('ship_by', '<', now);
  if (query.deadline === 'today') select = select.where('ship_by', '>=', now).where('ship_by', '<', endOfDay(now));
  const shops = query.shopIds ?? [];
  if (shops.length > 0) select = select.where('shop_id', 'in', shops);
  const { from, before } = seqBounds(query);
  if (from !== undefined) select = select.where('seq', '>=', from);
  if (before !== undefined) select = select.where('seq', '<', before);
  if (query.minFen !== undefined) select = select.where('paid_fen', '>=', query.minFen);
  if (query.maxFen !== undefined) select = select.where('paid_fen', '<=', query.maxFen);
  if (query.flag === 'none') select = select.where('flag', 'in', ['none', '']);
  if (!plan.plain) select = select.where(sql<boolean>`seq in ${seqsMatching(db, plan.match, stage)}`);
  if (cursor?.shipBy !== undefined) {
    const { shipBy, seq } = cursor;
    select = select.where((eb) => eb.or([eb('ship_by', '>', shipBy), eb.and([eb('ship_by', '=', shipBy), eb('seq', '>', seq)])]));
  }
  return select.execute();
}

/** Lines of some orders, in their order. */
export async function linesOf(db: Db, orderIds: readonly string[]): Promise<Map<string, LineRow[]>> {
  const lines = new Map<string, LineRow[]>();
  for (const part of parts(orderIds)) {
    const rows = await db.selectFrom('order_lines').selectAll().where('order_id', 'in', [...part]).orderBy('order_id').orderBy('position').execute();
    for (const row of rows) {
      const own = lines.get(row.order_id);
      if (own) own.push(row);
      else lines.set(row.order_id, [row]);
    }
  }
  return lines;
}

/** Waiting for a label. Written out, not bound, so that the partial index of waiting orders is used. */
export const isWaiting = sql<boolean>`stage = 'to_print'`;

/** How many orders to print share each recipient. */
export async function sharedRecipients(db: Db, keys: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(keys.filter((key) => key !== ''))];
  const counts = new Map<string, number>();
  for (const part of parts(wanted)) {
    const rows = await db
      .selectFrom('orders')
      .select(['recipient_key', (eb) => eb.fn.countAll<number>().as('count')])
      .where(isWaiting)
      .where('recipient_key', 'in', [...part])
      .groupBy('recipient_key')
      .execute();
    for (const row of rows) counts.set(row.recipient_key, Number(row.count));
  }
  return counts;
}
