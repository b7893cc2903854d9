/** Writing orders: what an import brings, and every later change of their facts; index and tab counts follow in the same transaction. */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { OrderDraft } from '../../../../common/domain/orders/types.ts';
import type { Ids } from '../../../ports/index.ts';
import { bulkInsert, parts } from './bulk.ts';
import type { Db } from './bulk.ts';
import { askAnew, expectAnswers, undecidedStages } from './carrier-answers.ts';
import { textInitials } from './initials.ts';
import { deadlineOf, draftRow, hashesOf, joinHash, lineColumns, lineRow, orderColumns, receiverColumns, seqOf, stageOfRow } from './rows.ts';
import type { DraftContext, LineRow, OrderRow } from './rows.ts';
import { documentOf, goodsIdsOf } from './documents.ts';
import { dropDocuments, indexDocuments } from './search-index.ts';
import type { SearchDocument } from './search-index.ts';

export interface SaveResult {
  readonly added: number;
  readonly changed: number;
  readonly known: number;
  readonly alarms: readonly { readonly order: string; readonly alarm: string }[];
  /** Orders whose number another shop already has. */
  readonly foreign: readonly string[];
}

interface Told {
  readonly base: string;
  readonly lines: string;
  readonly recipient: string;
}

interface Existing {
  readonly row: OrderRow;
  readonly base: string;
  readonly lines: string;
  readonly rich: boolean;
  /** What the platform said last: of an order whose label is printed it is not taken over, but alarms are raised once for it. */
  readonly told: Told;
}

/**
 * Adds new orders, updates changed ones, leaves known ones alone. What is on a label stays as it was printed: for such orders only
 * the platform's state moves on, and an alarm is set when it asks for the parcel to be stopped.
 */
export async function saveDrafts(db: Db, drafts: readonly OrderDraft[], context: DraftContext, ids: Ids, onProgress?: (done: number) => void): Promise<SaveResult> {
  return compareDrafts(db, drafts, context, onProgress, async (fresh, moved) => {
    await writeChanged(db, moved);
    await insertOrders(db, fresh, context, ids);
  });
}

/** What `saveDrafts` would do; nothing is written and nobody is kept from writing. */
export async function tryDrafts(db: Db, drafts: readonly OrderDraft[], context: DraftContext, onProgress?: (done: number) => void): Promise<SaveResult> {
  return compareDrafts(db, drafts, context, onProgress, async () => {});
}

async function compareDrafts(db: Db, drafts: readonly OrderDraft[], context: DraftContext, onProgress: ((done: number) => void) | undefined, write: (fresh: readonly OrderDraft[], moved: readonly ChangedOrder[]) => Promise<void>): Promise<SaveResult> {
  let known = 0;
  let added = 0;
  let changed = 0;
  const alarms: { order: string; alarm: string }[] = [];
  const foreign: string[] = [];
  let done = 0;
  for (const part of parts(drafts, 1000)) {
    const existing = await findExisting(db, part, context.shopId, context.platform);
    const fresh: OrderDraft[] = [];
    const moved: ChangedOrder[] = [];
    for (const draft of part) {
      const found = existing.own.get(draft.number);
      if (!found) {
        if (existing.foreign.has(draft.number)) foreign.push(draft.number);
        else fresh.push(draft);
        continue;
      }
      const change = await changeBy(db, draft, found, context);
      if (!change) {
        known += 1;
        continue;
      }
      moved.push(change);
      if (change.after.alarm !== change.before.alarm && change.after.alarm !== '') alarms.push({ order: draft.number, alarm: change.after.alarm });
    }
    await write(fresh, moved);
    changed += moved.length;
    added += fresh.length;
    done += part.length;
    onProgress?.(done);
    // SQLite answers at once, so nothing else would get a turn: progress leaves and a cancellation arrives here.
    await setImmediate();
  }
  return { added, changed, known, alarms, foreign };
}

async function findExisting(db: Db, drafts: readonly OrderDraft[], shopId: string, platform: string): Promise<{ own: Map<string, Existing>; foreign: Set<string> }> {
  const own = new Map<string, Existing>();
  const foreign = new Set<string>();
  for (const part of parts(drafts)) {
    const rows = await db.selectFrom('orders').selectAll().where('number', 'in', part.map((draft) => draft.number)).execute();
    for (const row of rows) {
      if (row.shop_id === shopId) {
        const [base = '', lines = '', rich = '0', toldBase = base, toldLines = lines, toldRecipient = row.recipient_key] = row.content_hash.split(':');
        own.set(row.number, { row, base, lines, rich: rich === '1', told: { base: toldBase, lines: toldLines, recipient: toldRecipient } });
      } else if (row.platform === platform && platform !== 'offline') foreign.add(row.number);
    }
  }
  return { own, foreign };
}

async function insertOrders(db: Db, drafts: readonly OrderDraft[], context: DraftContext, ids: Ids): Promise<void> {
  if (drafts.length === 0) return;
  const seqs = await freeSeqs(db, drafts.map((draft) => seqOf(draft, context.now)));
  const rows: OrderRow[] = [];
  const lines: LineRow[] = [];
  const documents: SearchDocument[] = [];
  for (const [index, draft] of drafts.entries()) {
    const row = draftRow(draft, context, ids.next('ord'), seqs[index] ?? 0);
    const own = draft.lines.map((line, position) => lineRow(row.id, position, line));
    rows.push(row);
    lines.push(...own);
    documents.push(documentOf(row, own.map((line) => line.goods_id)));
  }
  await bulkInsert(db, 'orders', orderColumns, rows);
  await insertLines(db, lines);
  await indexDocuments(db, documents);
  await addCounts(db, rows.map((row) => [row.shop_id, row.stage, 1]));
  await expectAnswers(db, rows);
}

async function insertLines(db: Db, lines: readonly LineRow[]): Promise<void> {
  await bulkInsert(db, 'order_lines', lineColumns, lines);
  const goods = new Map(lines.map((line) => [line.goods_id, line]));
  await bulkInsert(db, 'order_goods', ['id', 'title', 'spec', 'sku_code', 'initials'], [...goods.values()].map(({ goods_id: id, title, spec, sku_code }) => ({ id, title, spec, sku_code, initials: textInitials(title) })), 'on conflict (id) do nothing');
}

/** The wished places, moved on where one is taken. */
async function freeSeqs(db: Db, wished: readonly number[]): Promise<number[]> {
  const taken = new Set<number>();
  for (const part of parts(wished)) {
    for (const row of await db.selectFrom('orders').select('seq').where('seq', 'in', [...part]).execute()) taken.add(Number(row.seq));
  }
  const free: number[] = [];
  for (const wish of wished) {
    let seq = wish;
    while (taken.has(seq)) {
      seq += 1;
      if (!taken.has(seq) && (await db.selectFrom('orders').select('seq').where('seq', '=', seq).executeTakeFirst())) taken.add(seq);
    }
    taken.add(seq);
    free.push(seq);
  }
  return free;
}

/** What a draft changes of the order that is here, or undefined. */
async function changeBy(db: Db, fromFile: OrderDraft, existing: Existing, context: DraftContext): Promise<ChangedOrder | undefined> {
  const { row } = existing;
  const hashes = hashesOf(fromFile);
  const poorer = fromFile.lines.length === 0 || (existing.rich && !hashes.rich);
  const linesChanged = hashes.lines !== existing.lines && !poorer;
  // Corrected by hand here; a file that still has the old receiver must not bring it back.
  const correctedHere = row.source.includes('+receiver');
  const fixed = row.printed === 1 || row.waybill !== '' || row.handed === 1;
  const receiver = receiverColumns(fromFile.receiver);
  const told: Told = { base: hashes.base, lines: poorer ? existing.told.lines : hashes.lines, recipient: receiver.recipient_key || existing.told.recipient };
  if (fixed ? told.base === existing.told.base && told.lines === existing.told.lines : hashes.base === existing.base && !linesChanged) return undefined;
  const draft = (await isOlder(db, row, fromFile)) ? { ...fromFile, status: row.status as OrderDraft['status'], statusText: row.status_text, refund: row.refund as OrderDraft['refund'] } : fromFile;
  const next: OrderRow = {
    ...row,
    status: draft.status,
    status_text: draft.statusText,
    refund: draft.refund,
    buyer: draft.buyer || row.buyer,
    merge_key: draft.mergeKey || row.merge_key,
    paid_at: draft.paidAt || row.paid_at,
    ship_by: deadlineOf(draft, context.promiseHours) || row.ship_by,
    shipped_at: draft.shippedAt || row.shipped_at,
    finished_at: draft.finishedAt || row.finished_at,
    paid_fen: draft.paidFen ?? row.paid_fen,
    buyer_note: draft.buyerNote || row.buyer_note,
    seller_note: draft.sellerNote || row.seller_note,
    flag: draft.flag === 'none' ? row.flag : draft.flag,
    platform_waybill: draft.waybill || row.platform_waybill,
    platform_carrier: draft.carrier || row.platform_carrier,
    ...(fixed || correctedHere || (row.receiver_state === 'full' && draft.receiver.state !== 'full') ? {} : receiver),
    ...(fixed || !linesChanged ? {} : { pieces: draft.pieces }),
    alarm: fixed && row.handed === 0 ? alarmOf(draft, existing, told) : row.alarm,
    // What is on the label stays what was taken over: once its number is void, the same file brings receiver and goods up to date.
    content_hash: fixed
      ? joinHash({ base: existing.base, lines: existing.lines, rich: existing.rich, told })
      : joinHash({ base: hashes.base, ...(linesChanged ? { lines: hashes.lines, rich: hashes.rich } : { lines: existing.lines, rich: existing.rich }) }),
    version: row.version + 1,
    updated_at: context.now,
  };
  return { before: row, after: { ...next, stage: stageOfRow(next) }, ...(linesChanged && !fixed ? { lines: draft.lines.map((line, position) => lineRow(row.id, position, line)) } : {}) };
}

/**
 * True when the file was made before one that is already here: no platform opens an order again that it closed or refunded in full.
 * A file that has other goods of the order tells of it more completely and is followed.
 */
async function isOlder(db: Db, row: OrderRow, draft: OrderDraft): Promise<boolean> {
  const over = (order: { readonly status: string; readonly refund: string }): boolean => order.status === 'closed' || order.refund === 'done';
  if (!over(row) || over(draft)) return false;
  const known = await db.selectFrom('order_lines').select('goods_id').where('order_id', '=', row.id).execute();
  const told = draft.lines.map((line, position) => lineRow(row.id, position, line).goods_id);
  return told.every((goods) => known.some((line) => line.goods_id === goods));
}

/** From the gravest down. */
const alarmOrder = ['refunded', 'closed', 'address', 'goods'];

/**
 * What the platform changed since it was last heard, the label being printed. Settled once, it is not raised again; a lesser one does not
 * hide a graver one; what is again as on the label is none.
 */
function alarmOf(draft: OrderDraft, { row, lines, told }: Existing, now: Told): string {
  const raised = [
    draft.refund !== 'none' && draft.refund !== row.refund ? 'refunded' : '',
    draft.status === 'closed' && row.status !== 'closed' ? 'closed' : '',
    row.recipient_key !== '' && now.recipient !== told.recipient && now.recipient !== row.recipient_key ? 'address' : '',
    now.lines !== told.lines && now.lines !== lines ? 'goods' : '',
    row.alarm,
  ];
  return alarmOrder.find((alarm) => raised.includes(alarm)) ?? row.alarm;
}

export interface ChangedOrder {
  readonly before: OrderRow;
  readonly after: OrderRow;
  /** Goods that take the place of the old ones. */
  readonly lines?: readonly LineRow[];
}

/** Writes changed orders with everything that follows from them. */
export async function writeChanged(db: Db, changes: readonly ChangedOrder[]): Promise<void> {
  const goodsOf = await goodsIdsOf(db, changes.flatMap(({ after, lines }) => (lines ? [] : [after.id])));
  await updateOrders(db, changes);
  const refilled = changes.flatMap(({ after, lines }) => (lines ? [{ id: after.id, lines }] : []));
  for (const part of parts(refilled)) await db.deleteFrom('order_lines').where('order_id', 'in', part.map(({ id }) => id)).execute();
  await insertLines(db, refilled.flatMap(({ lines }) => lines));
  for (const { id, lines } of refilled) goodsOf.set(id, lines.map((line) => line.goods_id));
  await dropDocuments(db, changes.map(({ before }) => before));
  await indexDocuments(db, changes.map(({ after }) => documentOf(after, goodsOf.get(after.id) ?? [])));
  await addCounts(
    db,
    changes.flatMap(({ before, after }): CountChange[] => (before.stage === after.stage ? [] : [[before.shop_id, before.stage, -1], [after.shop_id, after.stage, 1]])),
  );
  const waits = ({ stage }: OrderRow): boolean => undecidedStages.some((one) => one === stage);
  await askAnew(db, changes.filter(({ before, after }) => waits(before) || waits(after)).map(({ after }) => after.id));
}

/** Thousands of orders are often changed alike (held, flagged, given a carrier): those are one statement. */
async function updateOrders(db: Db, changes: readonly ChangedOrder[]): Promise<void> {
  const alike = new Map<string, { readonly set: Partial<OrderRow>; readonly ids: string[] }>();
  for (const { before, after } of changes) {
    const set: Partial<OrderRow> = Object.fromEntries(orderColumns.filter((column) => column !== 'version' && before[column] !== after[column]).map((column) => [column, after[column]]));
    const key = JSON.stringify(set);
    const known = alike.get(key);
    if (known) known.ids.push(after.id);
    else alike.set(key, { set, ids: [after.id] });
  }
  for (const { set, ids } of alike.values()) {
    for (const part of parts(ids)) await db.updateTable('orders').set((eb) => ({ ...set, version: eb('version', '+', 1) })).where('id', 'in', [...part]).execute();
  }
}

type CountChange = readonly [shopId: string, stage: string, by: number];

async function addCounts(db: Db, changes: readonly CountChange[]): Promise<void> {
  const sums = new Map<string, number>();
  for (const [shop, stage, by] of changes) sums.set(`${shop}\u0001${stage}`, (sums.get(`${shop}\u0001${stage}`) ?? 0) + by);
  for (const [key, by] of [...sums].sort()) {
    if (by === 0) continue;
    const [shop_id = '', stage = ''] = key.split('\u0001');
    await sql`insert into order_counts (shop_id, stage, count) values (${shop_id}, ${stage}, ${by}) on conflict (shop_id, stage) do update set count = order_counts.count + excluded.count`.execute(db);
  }
}

/** Reads, changes and writes some orders; `change` gives the new columns or undefined to leave an order alone. */
export async function changeOrders(db: Db, orderIds: readonly string[], now: string, change: (row: OrderRow) => Partial<OrderRow> | undefined): Promise<OrderRow[]> {
  const written: OrderRow[] = [];
  for (const part of parts(orderIds)) {
    const rows = await db.selectFrom('orders').selectAll().where('id', 'in', [...part]).execute();
    const changes: ChangedOrder[] = [];
    for (const before of rows) {
      const patch = change(before);
      if (!patch) continue;
      const merged: OrderRow = { ...before, ...patch, version: before.version + 1, updated_at: now };
      changes.push({ before, after: { ...merged, stage: stageOfRow(merged) } });
    }
    await writeChanged(db, changes);
    written.push(...changes.map(({ after }) => after));
  }
  return written;
}

/** Replaces the goods of orders that are here and not printed by those of an items file. */
export async function saveItems(db: Db, drafts: readonly OrderDraft[], shopId: string, now: string): Promise<{ matched: number; changed: number; unmatched: string[]; alarms: SaveResult['alarms'] }> {
  let matched = 0;
  let changed = 0;
  const alarms: { order: string; alarm: string }[] = [];
  const unmatched: string[] = [];
  for (const part of parts(drafts)) {
    const existing = await findExisting(db, part, shopId, '');
    const moved: ChangedOrder[] = [];
    for (const draft of part) {
      const found = existing.own.get(draft.number);
      if (!found) {
        unmatched.push(draft.number);
        continue;
      }
      matched += 1;
      const { row } = found;
      const { lines, rich } = hashesOf(draft);
      if (row.printed === 1 || row.waybill !== '') {
        const alarm = alarmOfItems(draft, found, lines);
        if (alarm === '') continue;
        const stopped = { ...row, alarm: alarmOrder.find((one) => one === alarm || one === row.alarm) ?? alarm, content_hash: joinHash({ base: found.base, lines: found.lines, rich: found.rich, told: { ...found.told, lines } }), version: row.version + 1, updated_at: now };
        moved.push({ before: row, after: { ...stopped, stage: stageOfRow(stopped) } });
        alarms.push({ order: row.number, alarm });
        continue;
      }
      if (lines === found.lines) continue;
      const after: OrderRow = { ...row, pieces: draft.pieces, content_hash: joinHash({ base: found.base, lines, rich }), version: row.version + 1, updated_at: now };
      moved.push({ before: row, after, lines: draft.lines.map((line, position) => lineRow(row.id, position, line)) });
    }
    await writeChanged(db, moved);
    changed += moved.length;
  }
  return { matched, changed, unmatched, alarms };
}

/** An items file of a printed order that names other goods than before, or says some are refunded. Goods first heard of here are no change. */
function alarmOfItems(draft: OrderDraft, { row, rich, told, lines: printed }: Existing, lines: string): string {
  if (!rich || row.handed === 1 || lines === told.lines || lines === printed) return '';
  return draft.lines.every((line) => line.refunded) ? 'refunded' : 'goods';
}
