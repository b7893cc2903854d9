/** Orders as drafts, as rows and as the contract shows them. */
import type { Selectable } from 'kysely';
import type { OrderLine, OrderSummary, ReceiverView, Stage } from '../../../../common/contract/orders.ts';
import type { Platform } from '../../../../common/contract/shops.ts';
import { contentHash, hashText, longHash } from '../../../../common/domain/orders/hash.ts';
import { recipientKey } from '../../../../common/domain/orders/receiver.ts';
import { stageOf } from '../../../../common/domain/orders/stage.ts';
import { termsOf } from '../../../../common/domain/orders/search-terms.ts';
import type { LineDraft, OrderDraft, Receiver } from '../../../../common/domain/orders/types.ts';
import { maskAddress, maskName, maskPhone } from '../../../../common/domain/masking/index.ts';
import type { OrderLineTable, OrderTable } from '../../../database/tables/orders.ts';
import { nameInitials } from './initials.ts';

export type OrderRow = Selectable<OrderTable>;
export type LineRow = Selectable<OrderLineTable>;

export const orderColumns = [
  'id', 'seq', 'shop_id', 'platform', 'number', 'status', 'status_text', 'refund', 'stage', 'buyer', 'buyer_id', 'merge_key', 'name', 'phone', 'phone2', 'province', 'city', 'district', 'town', 'detail', 'postcode', 'address',
  'receiver_state', 'recipient_key', 'pickup', 'ordered_at', 'paid_at', 'ship_by', 'shipped_at', 'finished_at', 'goods_fen', 'freight_fen', 'paid_fen', 'pieces', 'buyer_note', 'seller_note', 'flag', 'memo', 'platform_waybill',
  'platform_carrier', 'carrier_code', 'carrier_reason', 'waybill', 'printed', 'handed', 'held', 'cancelled', 'alarm', 'shop_name', 'extra', 'content_hash', 'source', 'batch_id', 'lock_station', 'lock_by', 'lock_until', 'version', 'created_at', 'updated_at',
] as const satisfies readonly (keyof OrderTable)[];
export const lineColumns = ['id', 'order_id', 'position', 'sub_number', 'title', 'spec', 'item_id', 'sku_id', 'sku_code', 'item_code', 'quantity', 'price_fen', 'refunded', 'goods_id'] as const satisfies readonly (keyof OrderLineTable)[];

/** Two independent 53-bit hashes: orders are put into one parcel by this key, after their fields were compared too. */
export function recipientHash(receiver: Receiver): string {
  if (receiver.state !== 'full') return '';
  return longHash(recipientKey(receiver));
}

export function goodsId(line: Pick<LineDraft, 'title' | 'spec' | 'skuCode'>): string {
  const text = `${line.title}\u0001${line.spec}\u0001${line.skuCode}`;
  let id = knownGoods.get(text);
  if (id === undefined) {
    id = hashText(text);
    if (knownGoods.size > 5_000) knownGoods.clear();
    knownGoods.set(text, id);
  }
  return id;
}
/** A shop sells the same few hundred things again and again. */
const knownGoods = new Map<string, string>();

/** Hash of what the platform may change, and of the goods; apart, because an order file without quantities must not undo its items file. */
export function hashesOf(order: OrderDraft): { base: string; lines: string; rich: boolean } {
  const { receiver } = order;
  const base = [
    order.status, order.refund, order.buyer, receiver.name, receiver.phone, receiver.phone2, receiver.address, receiver.state, order.pickup, order.paidAt, order.shipBy, order.shippedAt, order.finishedAt, order.goodsFen,
    order.freightFen, order.paidFen, order.buyerNote, order.sellerNote, order.flag, order.waybill, order.carrier,
  ];
  return { base: hashText(base.join('\u0001')), lines: hashText(order.lines.map((line) => `${goodsId(line)}${line.quantity ?? '?'}${line.refunded ? 'r' : ''}`).join('|')), rich: areRich(order.lines) };
}

/** Goods told by more than a title, all with their quantity: what an items file brings and a bare order list must not undo. */
export function areRich(lines: readonly LineDraft[]): boolean {
  return lines.length > 0 && lines.every((line) => line.quantity !== null) && lines.some((line) => line.spec !== '' || line.skuCode !== '' || line.itemId !== '');
}

export function joinHash(hashes: { base: string; lines: string; rich: boolean; told?: { base: string; lines: string; recipient: string } }): string {
  const told = hashes.told === undefined ? [] : [hashes.told.base, hashes.told.lines, hashes.told.recipient];
  return [hashes.base, hashes.lines, hashes.rich ? '1' : '0', ...told].join(':');
}

export interface DraftContext {
  readonly shopId: string;
  readonly platform: string;
  readonly batchId: string;
  readonly source: string;
  readonly now: string;
  /** Hours to ship where the file promises nothing. */
  readonly promiseHours: number;
}

/** Microseconds of the order's own time plus a place inside the second, so that orders sort by time and none share a place. */
export function seqOf(order: Pick<OrderDraft, 'createdAt' | 'paidAt' | 'number'>, now: string): number {
  const at = Date.parse(order.createdAt || order.paidAt || now);
  return Math.floor(at / 1000) * 1_000_000 + (contentHash(order.number) % 1_000_000);
}

export function deadlineOf(order: Pick<OrderDraft, 'shipBy' | 'paidAt' | 'status'>, promiseHours: number): string {
  if (order.shipBy !== '') return order.shipBy;
  if (order.paidAt === '' || order.status === 'closed') return '';
  return new Date(Date.parse(order.paidAt) + promiseHours * 3_600_000).toISOString();
}

export function draftRow(order: OrderDraft, context: DraftContext, id: string, seq: number): OrderRow {
  const { receiver } = order;
  // Written out in one literal, with no spread: made ten thousand times in an import, which this halves.
  return {
    id,
    seq,
    shop_id: context.shopId,
    platform: context.platform,
    number: order.number,
    status: order.status,
    status_text: order.statusText,
    refund: order.refund,
    stage: stageOf({ status: order.status, refund: order.refund, receiverState: receiver.state, pickup: order.pickup, held: '', cancelled: '', printed: false, handed: false, alarm: '' }),
    buyer: order.buyer,
    buyer_id: order.buyerId,
    merge_key: order.mergeKey,
    name: receiver.name,
    phone: receiver.phone,
    phone2: receiver.phone2,
    province: receiver.province,
    city: receiver.city,
    district: receiver.district,
    town: receiver.town,
    detail: receiver.detail,
    postcode: receiver.postcode,
    address: receiver.address,
    receiver_state: receiver.state,
    recipient_key: recipientHash(receiver),
    pickup: order.pickup ? 1 : 0,
    ordered_at: order.createdAt,
    paid_at: order.paidAt,
    ship_by: deadlineOf(order, context.promiseHours),
    shipped_at: order.shippedAt,
    finished_at: order.finishedAt,
    goods_fen: order.goodsFen,
    freight_fen: order.freightFen,
    paid_fen: order.paidFen,
    pieces: order.pieces,
    buyer_note: order.buyerNote,
    seller_note: order.sellerNote,
    flag: order.flag,
    memo: '',
    platform_waybill: order.waybill,
    platform_carrier: order.carrier,
    carrier_code: '',
    carrier_reason: '',
    waybill: '',
    printed: 0,
    handed: 0,
    held: '',
    cancelled: '',
    alarm: '',
    shop_name: order.shopName,
    extra: order.extra.length === 0 ? '[]' : JSON.stringify(order.extra),
    content_hash: joinHash(hashesOf(order)),
    source: context.source,
    batch_id: context.batchId,
    lock_station: '',
    lock_by: '',
    lock_until: '',
    version: 1,
    created_at: context.now,
    updated_at: context.now,
  };
}

export function receiverColumns(receiver: Receiver) {
  return {
    name: receiver.name,
    phone: receiver.phone,
    phone2: receiver.phone2,
    province: receiver.province,
    city: receiver.city,
    district: receiver.district,
    town: receiver.town,
    detail: receiver.detail,
    postcode: receiver.postcode,
    address: receiver.address,
    receiver_state: receiver.state,
    recipient_key: recipientHash(receiver),
  };
}

export function lineRow(orderId: string, position: number, line: LineDraft): LineRow {
  return {
    // Follows from the order, so that importing a file again writes the same ids.
    id: `${orderId}.${position}`,
    order_id: orderId,
    position,
    sub_number: line.subNumber,
    title: line.title,
    spec: line.spec,
    item_id: line.itemId,
    sku_id: line.skuId,
    sku_code: line.skuCode,
    item_code: line.itemCode,
    quantity: line.quantity,
    price_fen: line.priceFen,
    refunded: line.refunded ? 1 : 0,
    goods_id: goodsId(line),
  };
}

type StageColumns = Pick<OrderRow, 'status' | 'refund' | 'receiver_state' | 'pickup' | 'held' | 'cancelled' | 'printed' | 'handed' | 'alarm'>;

export function stageOfRow(row: StageColumns): Stage {
  return stageOf({ status: row.status, refund: row.refund, receiverState: row.receiver_state, pickup: row.pickup === 1, held: row.held, cancelled: row.cancelled, printed: row.printed === 1, handed: row.handed === 1, alarm: row.alarm });
}

export function rowTerms(row: OrderRow, goodsIds: readonly string[]): string[] {
  return termsOf(
    {
      shopId: row.shop_id,
      platform: row.platform,
      stage: row.stage,
      flag: row.flag,
      province: row.province,
      carrierCode: row.carrier_code,
      receiverState: row.receiver_state,
      printed: row.printed === 1,
      alarm: row.alarm,
      number: row.number,
      waybill: row.waybill,
      platformWaybill: row.platform_waybill,
      phone: row.phone,
      phone2: row.phone2,
      name: row.receiver_state === 'encrypted' ? '' : row.name,
      buyer: row.buyer,
      address: row.receiver_state === 'encrypted' ? '' : `${row.city}${row.district}${row.town}${row.detail}`,
      notes: [row.buyer_note, row.seller_note, row.memo].filter((note) => note !== '').join(' '),
      paidFen: row.paid_fen,
      goodsIds,
    },
    nameInitials,
  );
}

export function lineView(row: LineRow): OrderLine {
  return {
    id: row.id,
    title: row.title,
    spec: row.spec,
    itemId: row.item_id,
    skuId: row.sku_id,
    skuCode: row.sku_code,
    itemCode: row.item_code,
    quantity: row.quantity,
    priceFen: row.price_fen,
    refunded: row.refunded === 1,
  };
}

export function receiverView(row: Pick<OrderRow, 'name' | 'phone' | 'province' | 'city' | 'district' | 'town' | 'detail' | 'postcode'>): ReceiverView {
  return { name: row.name, phone: row.phone, province: row.province, city: row.city, district: row.district, town: row.town, detail: row.detail, postcode: row.postcode };
}

/** As lists show it: place down to the town in the clear, person and door hidden. Ciphertext says nothing, so none of it is shown. */
export function maskedReceiver(row: Parameters<typeof receiverView>[0] & Partial<Pick<OrderRow, 'receiver_state'>>): ReceiverView {
  if (row.receiver_state === 'encrypted') return { ...receiverView(row), name: '', phone: '', detail: '' };
  return { ...receiverView(row), name: maskName(row.name), phone: maskPhone(row.phone), detail: maskAddress(row.detail) };
}

/** What the row itself does not tell: other orders, parcels, rules, and who asks. */
export type SummaryExtras = Pick<OrderSummary, 'lines' | 'mergeable' | 'boxes' | 'together' | 'proposed' | 'lock'>;

export function summaryView(row: OrderRow, extras: SummaryExtras): OrderSummary {
  return {
    id: row.id,
    shopId: row.shop_id,
    platform: row.platform as Platform,
    number: row.number,
    stage: row.stage as Stage,
    status: row.status as OrderSummary['status'],
    statusText: row.status_text,
    refund: row.refund as OrderSummary['refund'],
    buyer: row.buyer,
    receiver: maskedReceiver(row),
    receiverState: row.receiver_state as OrderSummary['receiverState'],
    pickup: row.pickup === 1,
    pieces: row.pieces,
    paidFen: row.paid_fen,
    orderedAt: row.ordered_at,
    paidAt: row.paid_at,
    shipBy: row.ship_by,
    buyerNote: row.buyer_note,
    sellerNote: row.seller_note,
    flag: row.flag as OrderSummary['flag'],
    memo: row.memo,
    carrierCode: row.carrier_code,
    carrierReason: row.carrier_reason,
    waybill: row.waybill,
    platformWaybill: row.platform_waybill,
    platformCarrier: row.platform_carrier,
    printed: row.printed === 1,
    handed: row.handed === 1,
    held: row.held,
    cancelled: row.cancelled,
    alarm: row.alarm,
    ...extras,
    version: row.version,
  };
}
