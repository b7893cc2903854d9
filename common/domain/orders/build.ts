/** Records of a recognised table → orders with their lines; what cannot be an order is refused with row, line, column and reason. */
import { blankWhenDash, cleanCell, headerKey, isScientific, lostItsTail, withoutEmptyDecimal } from './clean.ts';
import { contentHash } from './hash.ts';
import { readLines } from './lines.ts';
import { readReceiver } from './receiver.ts';
import { addressOf, nameOf, phoneOf } from './receiver-cell.ts';
import type { AddressSplitter } from './receiver.ts';
import type { Recognition } from './recognise.ts';
import { isPickup, readFlag, readRefund, readStatus } from './status.ts';
import { flagReason, noticeTexts, reasonColumn, rejectTexts } from './texts.ts';
import type { Language } from './texts.ts';
import type { Field, FlagCode, FlaggedOrder, LineDraft, Notice, NoticeCode, OrderDraft, OrderStatus, RawRecord, RefundState, RejectCode, RejectedRow } from './types.ts';
import { parseCount, parseFen, parseTime } from './values.ts';

export interface BuildResult {
  readonly rows: number;
  readonly orders: readonly OrderDraft[];
  readonly duplicates: number;
  readonly rejected: readonly RejectedRow[];
  readonly flagged: readonly FlaggedOrder[];
  readonly notices: readonly Notice[];
}

export interface BuildOptions {
  readonly split: AddressSplitter;
  readonly language: Language;
  /** Text formats have lines of unequal length when they are damaged; a workbook simply ends a row early. */
  readonly strictColumns: boolean;
}

interface Open {
  draft: OrderDraft;
  lines: LineDraft[];
  codes: readonly FlagCode[];
  /** Hashes of the rows so far; the first one is hashed when a second comes, which for most orders is never. */
  seen: Set<number>;
  first: readonly string[] | undefined;
  refunds: RefundState[];
  /** All that was paid went back, though the state still says to ship. */
  allReturned: boolean;
  statuses: OrderStatus[];
  paidFen: number | null;
  piecesColumn: number | null;
  titleCell: string;
}

/** Templates of carriers have a column for the sender's own number and leave it to him; a blank there is no fault. */
const optionalNumbers = new Set(['客户订单号', '用户订单号', '商家订单号', '自定义订单号', '客户单号']);

type Read = (field: Field) => string;

/** A record with its cells cleaned, once, and cut behind the last filled one. */
interface CleanRecord extends RawRecord {
  readonly clean: readonly string[];
}

/** Fields that belong to the order; when all are blank the row continues the order above it. */
const orderLevel: readonly Field[] = ['status', 'name', 'mobile', 'telephone', 'address', 'receiver', 'province', 'createdAt', 'paidAt', 'buyer', 'paidAmount'];
const lineLevel: readonly Field[] = ['title', 'spec', 'itemId', 'skuId', 'skuCode', 'itemCode', 'quantity'];

/** Takes records one by one; `finish` gives what they came to. */
export function createOrderBuilder(recognition: Recognition, options: BuildOptions) {
  const { profile, mapping, header } = recognition;
  const isItems = profile.kind === 'items';
  const open = new Map<string, Open>();
  const rejected: RejectedRow[] = [];
  const notices: Notice[] = [];
  const reviewColumn = header.findIndex((name) => headerKey(name) === '是否审核中');
  const returnedColumn = header.findIndex((name) => headerKey(name) === '退款金额');
  const unmapped = unmappedColumns(header, Object.values(mapping));
  const widest = Math.max(0, ...Object.values(mapping));
  let rows = 0;
  let duplicates = 0;
  let above: { number: string } | { refused: true } | undefined;

  const reject = (record: RawRecord, code: RejectCode, column: string): void => {
    rejected.push({ row: record.row, line: record.line, column, code, reason: rejectTexts[code][options.language], cells: record.cells });
  };
  const notice = (code: NoticeCode, row: number | null, order: string | null, detail = ''): void => {
    notices.push({ code, row, order, text: noticeTexts[code][options.language] + (detail === '' ? '' : `: ${detail}`) });
  };

  function add(raw: RawRecord): void {
    const cells = raw.cells.map(cleanCell);
    while (cells.at(-1) === '') cells.pop();
    if (raw.defect === undefined && cells.length === 0) return;
    rows += 1;
    if (raw.defect !== undefined) {
      above = { refused: true };
      return reject(raw, raw.defect, '');
    }
    const record: CleanRecord = { ...raw, clean: cells };
    const read: Read = (field) => {
      const column = mapping[field];
      return column === undefined ? '' : (cells[column] ?? '');
    };
    // Trailing blanks come and go with the program that saved the file; only what the raw row has counts here.
    const tooMany = cells.length > header.length;
    const tooFew = options.strictColumns && profile.platform !== 'other' && raw.cells.length <= widest;
    if (tooMany || tooFew) {
      above = { refused: true };
      return reject(record, 'wrong-columns', '');
    }
    if (profile.platform === 'other' && isSum(cells)) {
      above = { refused: true };
      return reject(record, numberDefect(read('number')) ?? 'number-missing', mapping.number === undefined ? '' : (header[mapping.number] ?? ''));
    }
    const number = numberOf(record, read);
    if (number === undefined) return;
    above = { number };
    put(number, record, read);
  }

  /** The order number of the row, its own or the one above it; undefined when the row was refused. */
  function numberOf(record: RawRecord, read: Read): string | undefined {
    const column = mapping.number === undefined ? '' : (header[mapping.number] ?? '');
    const own = mapping.number === undefined ? '' : withoutEmptyDecimal(read('number'));
    if (own === '') {
      const continues = orderLevel.every((field) => read(field) === '') && lineLevel.some((field) => read(field) !== '');
      if (continues && above && !isItems) {
        if ('number' in above) return above.number;
        reject(record, 'order-refused', column);
        return undefined;
      }
      // In digits, as order numbers are: letters alone would be taken for a word, and may spell one.
      if (mapping.number === undefined || optionalNumbers.has(headerKey(column))) return `T${contentHash([...orderLevel, ...lineLevel].map(read).join('\u0001'))}`;
    }
    const code = numberDefect(own);
    if (code === undefined) return own;
    above = { refused: true };
    reject(record, code, column);
    return undefined;
  }

  function put(number: string, record: CleanRecord, read: Read): void {
    const existing = open.get(number);
    if (existing && isRepeat(existing, record)) {
      duplicates += 1;
      if (!profile.oneRowPerOrder && mapping.subNumber === undefined && profile.platform !== 'pdd') notice('same-line-twice', record.row, number);
      return;
    }
    const lines = linesOf(number, record, read);
    if (!existing) {
      open.set(number, start(number, record, read, lines));
      return;
    }
    if (profile.oneRowPerOrder && mapping.subNumber === undefined && read('title') === existing.titleCell) {
      // The same order exported again later: its newer state counts.
      notice('repeated-differs', record.row, number);
      const again = start(number, record, read, lines);
      open.set(number, { ...again, seen: existing.seen, first: undefined });
      return;
    }
    existing.lines.push(...lines);
    existing.refunds.push(...refundsOf(read, lines.length));
    const status = read('status');
    if (status !== '') existing.statuses.push(readStatus(status));
    if (profile.sumPaid) existing.paidFen = addFen(existing.paidFen, parseFen(read('paidAmount')));
    completeReceiver(existing, record, read);
  }

  /** A later row of an order may carry what its first row lacks. */
  function completeReceiver(entry: Open, record: CleanRecord, read: Read): void {
    if (entry.draft.receiver.state === 'full' || isItems) return;
    const told = notices.length;
    const again = start(entry.draft.number, record, read, []);
    // What the row says of the order was told with its first row.
    notices.length = told;
    if (again.draft.receiver.state !== 'full') return;
    entry.draft = { ...entry.draft, receiver: again.draft.receiver };
    entry.codes = [];
  }

  function linesOf(number: string, record: CleanRecord, read: Read): LineDraft[] {
    const result = readLines(read, profile, mapping);
    for (const problem of result.problems) notice(problem.code, record.row, number, problem.detail);
    return result.lines;
  }

  function refundsOf(read: Read, count: number): RefundState[] {
    return Array.from({ length: Math.max(1, count) }, () => {
      const refund = readRefund(blankWhenDash(read('afterSale')), read('lineStatus') || read('status'));
      return readStatus(read('lineStatus') || read('status')) === 'closed' && isItems ? 'done' : refund;
    });
  }

  function start(number: string, record: CleanRecord, read: Read, lines: LineDraft[]): Open {
    const statusText = read('status') || (isItems ? read('lineStatus') : '');
    const said = mapping.status === undefined && !isItems ? 'to_ship' : readStatus(statusText);
    // Pinduoduo says 待发货 of an order whose buyer it is still looking at.
    const status = said === 'to_ship' && record.clean[reviewColumn] === '是' ? 'unpaid' : said;
    if (status !== said) notice('under-review', record.row, number);
    const paid = parseFen(read('paidAmount'));
    const returned = parseFen(record.clean[returnedColumn] ?? '');
    const moneyBack = status === 'to_ship' && !isItems && paid !== null && returned !== null && returned > 0 ? { whole: returned >= paid } : undefined;
    if (moneyBack?.whole === false) notice('money-returned', record.row, number);
    const newAddress = read('newAddress');
    const combined = read('receiver');
    const { receiver, codes } = readReceiver(
      {
        name: read('name') || nameOf(combined),
        mobile: read('mobile') || phoneOf(combined),
        telephone: read('telephone'),
        address: newAddress || read('address') || addressOf(combined),
        province: newAddress === '' ? read('province') : '',
        city: newAddress === '' ? read('city') : '',
        district: newAddress === '' ? read('district') : '',
        town: newAddress === '' ? read('town') : '',
        postcode: newAddress === '' ? read('postcode') : '',
      },
      options.split,
    );
    const express = splitExpress(blankWhenDash(read('express')));
    const createdAt = parseTime(read('createdAt')) || dateInNumber(profile.platform, number);
    const pieces = parseCount(read('pieces'));
    const draft: OrderDraft = {
      number,
      status,
      statusText,
      refund: 'none',
      buyer: read('buyer'),
      buyerId: read('buyerId'),
      mergeKey: read('mergeKey'),
      receiver,
      pickup: isPickup(read('delivery')),
      createdAt,
      paidAt: parseTime(read('paidAt')),
      shipBy: parseTime(read('shipBy')),
      shippedAt: parseTime(read('shippedAt')),
      finishedAt: parseTime(read('finishedAt')),
      goodsFen: parseFen(read('goodsAmount')),
      freightFen: parseFen(read('freight')),
      paidFen: null,
      buyerNote: read('buyerNote'),
      sellerNote: read('sellerNote'),
      flag: readFlag(read('flag')),
      waybill: longNumber(express.waybill || blankWhenDash(read('waybill')), record, number),
      carrier: express.carrier || blankWhenDash(read('carrier')),
      shopName: read('shopName'),
      lines: [],
      pieces: 0,
      extra: extraOf(record),
      row: record.row,
      line: record.line,
    };
    if (newAddress !== '') notice('new-address', record.row, number);
    return { draft, lines: [...lines], codes, seen: new Set(), first: record.clean, refunds: refundsOf(read, lines.length), allReturned: moneyBack?.whole === true, statuses: [status], paidFen: paid, piecesColumn: pieces, titleCell: read('title') };
  }

  function longNumber(text: string, record: RawRecord, order: string): string {
    if (!isScientific(text)) return text;
    notice('value-digits-lost', record.row, order, text);
    return '';
  }

  function extraOf(record: CleanRecord): [string, string][] {
    const extra: [string, string][] = [];
    for (const [column, name] of unmapped) {
      const text = record.clean[column] ?? '';
      if (text !== '') extra.push([name, text]);
    }
    return extra;
  }

  function finish(): BuildResult {
    const orders: OrderDraft[] = [];
    const flagged: FlaggedOrder[] = [];
    const shops = new Set<string>();
    for (const entry of open.values()) {
      const order = close(entry);
      orders.push(order);
      if (order.shopName !== '') shops.add(order.shopName);
      if (isItems) continue;
      if (entry.codes.length > 0) {
        flagged.push({ row: order.row, order: order.number, codes: entry.codes, reason: flagReason(entry.codes, options.language) });
      }
      if (order.pickup) notice('pickup', order.row, order.number);
      if (order.status === 'unknown') notice('status-unknown', order.row, order.number, order.statusText);
      if (order.lines.some((line) => line.quantity === null)) notice('quantities-missing', order.row, order.number);
      if (order.refund !== 'done' && order.lines.some((line) => line.refunded)) notice('partly-refunded', order.row, order.number);
    }
    if (shops.size > 1) notice('two-shops', null, null, [...shops].slice(0, 5).join(' / '));
    return { rows, orders, duplicates, rejected, flagged, notices };
  }

  return { add, finish };
}

/** 小计, 合计, 本页合计: a sum between or below the rows of a table kept by hand, never goods of the order above it. */
function isSum(cells: readonly string[]): boolean {
  return /^(?:本页|本单|本日|累计|总)?(?:小计|合计|总计|共计|汇总|sub ?total|total)(?:[:：].*)?$/i.test(cells.find((cell) => cell !== '') ?? '');
}

/** True when the order already has a row of the same cells; otherwise the row is remembered. */
function isRepeat(entry: Open, { clean }: CleanRecord): boolean {
  if (entry.first) entry.seen.add(rowHash(entry.first));
  entry.first = undefined;
  const hash = rowHash(clean);
  if (entry.seen.has(hash)) return true;
  entry.seen.add(hash);
  return false;
}

function rowHash(cells: readonly string[]): number {
  return contentHash(cells.join('\u0001'));
}

/** Settles what only the whole order tells: refunds, state, pieces, amount. */
function close(entry: Open): OrderDraft {
  const { draft, refunds } = entry;
  const allRefunded = entry.allReturned || refunds.every((refund) => refund === 'done');
  const lines = entry.lines.map((line, index) => ({ ...line, refunded: entry.allReturned || (refunds[index] ?? refunds[0]) === 'done' }));
  const counted = lines.reduce((sum, line) => sum + (line.quantity ?? 0), 0);
  const complete = lines.length > 0 && lines.every((line) => line.quantity !== null);
  return {
    ...draft,
    status: leadingStatus(entry.statuses),
    refund: allRefunded ? 'done' : refunds.includes('asked') ? 'asked' : 'none',
    lines,
    pieces: complete ? counted : (entry.piecesColumn ?? counted),
    paidFen: entry.paidFen,
  };
}

/** Lines of one order may stand differently: while one waits for shipping, the order does. */
function leadingStatus(statuses: readonly OrderStatus[]): OrderStatus {
  for (const status of ['to_ship', 'unpaid', 'shipped', 'done', 'closed'] as const) if (statuses.includes(status)) return status;
  return 'unknown';
}

/** Why a text cannot be an order number, or undefined. */
export function numberDefect(text: string): RejectCode | undefined {
  if (text === '') return 'number-missing';
  if (isScientific(text) || lostItsTail(text)) return 'number-digits-lost';
  // U+FFFD: bytes that were no character; the number is not what it was.
  if (text.length > 64 || !/\d/.test(text) || /[\s\p{Cc}\u4e00-\u9fff<>\ufffd]/u.test(text)) return 'number-unreadable';
  return undefined;
}

function addFen(left: number | null, right: number | null): number | null {
  return left === null ? right : left + (right ?? 0);
}

/** Named columns no field uses. Two columns of one name keep both, the later with its position. */
function unmappedColumns(header: readonly string[], mapped: readonly number[]): [number, string][] {
  const used = new Set(mapped);
  const ours: readonly string[] = Object.values(reasonColumn);
  const names = new Set<string>();
  const columns: [number, string][] = [];
  for (const [index, name] of header.entries()) {
    if (used.has(index) || name === '' || ours.includes(name)) continue;
    columns.push([index, names.has(name) ? `${name} (${index + 1})` : name]);
    names.add(name);
  }
  return columns;
}

/** Pinduoduo leaves the order time out now and then; its order number starts with the day, yymmdd. */
function dateInNumber(platform: string, number: string): string {
  const found = platform === 'pdd' ? /^(\d\d)(\d\d)(\d\d)-/.exec(number) : null;
  return found ? parseTime(`20${found[1]}-${found[2]}-${found[3]} 00:00:00`) : '';
}

/** Douyin writes waybill and carrier in one cell: `SF0770346305051-顺丰速运`. */
function splitExpress(text: string): { waybill: string; carrier: string } {
  const found = /^([A-Za-z0-9]{6,40})-([^-]+)$/.exec(text.split(/[;；]/)[0] ?? '');
  return found ? { waybill: found[1] ?? '', carrier: found[2] ?? '' } : { waybill: '', carrier: '' };
}
