/** A parcel seen from the orders in it: what it holds, where it goes, who carries it, and what keeps it from being printed. No database here. */
import type { CarrierRule, PreparedLine, ReachExclusion, ReceiverView } from '../../../common/contract/orders.ts';
import { chooseCarrier, isExcluded } from '../../../common/domain/orders/carrier-rules.ts';
import type { CarrierFacts } from '../../../common/domain/orders/carrier-rules.ts';
import type { MergeFacts } from '../../../common/domain/orders/merge.ts';
import { recipientKey } from '../../../common/domain/orders/receiver.ts';
import { splitByItems, splitByLines, splitByPieces, splitByWeight } from '../../../common/domain/orders/split.ts';
import type { Box, SplitLine } from '../../../common/domain/orders/split.ts';
import type { Receiver } from '../../../common/domain/orders/types.ts';
import { failure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import type { FullOrder } from '../orders/service.ts';
import type { NewParcel, ParcelFull, ParcelRow } from './repository.ts';

export type SplitWay =
  | { readonly type: 'lines' }
  | { readonly type: 'quantities'; readonly boxes: readonly Box[] }
  | { readonly type: 'pieces'; readonly perBox: number }
  | { readonly type: 'weight'; readonly maxGrams: number; readonly defaultGrams: number }
  | { readonly type: 'items'; readonly words: readonly string[]; readonly perBox: number | null };

export interface Rules {
  readonly rules: readonly CarrierRule[];
  readonly fallback: string;
  readonly reach: readonly ReachExclusion[];
}

export function boxesFor(lines: readonly SplitLine[], way: SplitWay): readonly Box[] {
  switch (way.type) {
    case 'lines':
      return splitByLines(lines);
    case 'quantities':
      return way.boxes;
    case 'pieces':
      return splitByPieces(lines, way.perBox);
    case 'weight':
      return splitByWeight(lines, way.maxGrams);
    case 'items':
      return splitByItems(lines, way.words, way.perBox);
  }
}

export function recipientOf({ row }: FullOrder): ReceiverView {
  return { name: row.name, phone: row.phone, province: row.province, city: row.city, district: row.district, town: row.town, detail: row.detail, postcode: row.postcode };
}

export function parcelRecipient(parcel: ParcelRow): ReceiverView {
  return { name: parcel.name, phone: parcel.phone, province: parcel.province, city: parcel.city, district: parcel.district, town: parcel.town, detail: parcel.detail, postcode: parcel.postcode };
}

/**
 * Same person, same door, as text. Of a receiver the platform hides nothing is compared: only its own key says that two orders go to
 * one door, within one shop.
 */
function doorOf({ row, lines }: FullOrder): string {
  if (row.receiver_state === 'full') return recipientKey({ ...recipientOf({ row, lines }), phone2: '', address: row.address, state: 'full' } satisfies Receiver);
  return row.merge_key === '' ? '' : `platform\u0001${row.shop_id}\u0001${row.merge_key}`;
}

/** True when the order waits for its label, or would but for the receiver the platform hides. */
export function mayMerge({ row }: FullOrder): boolean {
  return row.stage === 'to_print' || (row.stage === 'problem' && row.receiver_state !== 'full' && row.merge_key !== '' && row.status === 'to_ship' && row.refund === 'none' && row.alarm === '');
}

export function mergeFacts(order: FullOrder): MergeFacts {
  const { row, lines } = order;
  return {
    id: row.id,
    shopId: row.shop_id,
    buyer: row.buyer_id || row.buyer,
    recipient: doorOf(order),
    at: row.ordered_at || row.created_at,
    flag: row.flag,
    refund: row.refund,
    goods: lines.map((line) => `${line.title} ${line.spec} ${line.sku_code}`).join(' '),
  };
}

/** Goods of the parcel as the orders have them now, with the quantities of this box. */
export function linesOf(full: ParcelFull, own: readonly FullOrder[]): PreparedLine[] {
  const quantities = new Map(full.lines.map((line) => [line.line_id, line.quantity]));
  const all = preparedLines(own);
  const isPart = full.parcel.origin === 'split';
  return all.filter((line) => !isPart || quantities.has(line.lineId)).map((line) => (isPart ? { ...line, quantity: quantities.get(line.lineId) ?? line.quantity } : line));
}

export function preparedLines(own: readonly FullOrder[]): PreparedLine[] {
  return own.flatMap(({ row, lines }) =>
    lines
      .filter((line) => line.refunded === 0)
      .map((line) => ({ lineId: line.id, orderId: row.id, title: line.title, spec: line.spec, itemId: line.item_id, skuId: line.sku_id, skuCode: line.sku_code, itemCode: line.item_code, quantity: line.quantity, priceFen: line.price_fen })),
  );
}

export function carrierFacts(own: readonly FullOrder[], lines: readonly PreparedLine[], grams: number | null): CarrierFacts {
  const row = own[0]?.row;
  return {
    province: row?.province ?? '',
    city: row?.city ?? '',
    district: row?.district ?? '',
    grams,
    shopId: row?.shop_id ?? '',
    platform: row?.platform ?? '',
    paidFen: own.some((order) => order.row.paid_fen !== null) ? own.reduce((sum, order) => sum + (order.row.paid_fen ?? 0), 0) : null,
    goods: lines.map((line) => `${line.title} ${line.spec} ${line.skuCode}`).join(' '),
    notes: own.map((order) => `${order.row.buyer_note} ${order.row.seller_note} ${order.row.memo}`).join(' '),
  };
}

/** The number's carrier, else what somebody chose for an order, else what the rules say. */
export function carrierOf(parcel: Pick<ParcelRow, 'carrier_code' | 'carrier_reason'>, own: readonly FullOrder[], lines: readonly PreparedLine[], grams: number | null, rules: Rules): { carrierCode: string; reason: string } {
  if (parcel.carrier_code !== '') return { carrierCode: parcel.carrier_code, reason: parcel.carrier_reason };
  const chosen = own.find((order) => order.row.carrier_code !== '')?.row;
  if (chosen) return { carrierCode: chosen.carrier_code, reason: chosen.carrier_reason };
  return chooseCarrier(carrierFacts(own, lines, grams), rules.rules, rules.fallback, rules.reach);
}

/** Why no label may be printed, the gravest reason first. */
export function problemOf(parcel: ParcelRow, own: readonly FullOrder[], recipient: ReceiverView, carrier: string, reach: readonly ReachExclusion[]): AppFailure | undefined {
  for (const { row } of own) {
    if (row.alarm !== '') return failure('ORDER_ALARM', { order: row.number, alarm: row.alarm as 'refunded' | 'closed' | 'address' | 'goods' });
    if (row.held !== '') return failure('ORDER_HELD', { order: row.number, reason: row.held });
    if (row.pickup === 1) return failure('ORDER_PICKUP', { order: row.number });
    if (parcel.waybill !== '') continue;
    if (row.cancelled !== '') return failure('ORDER_CANCELLED', { order: row.number, reason: row.cancelled });
    if (row.status !== 'to_ship') return failure('ORDER_NOT_TO_SHIP', { order: row.number, status: row.status_text || row.status });
    if (row.refund !== 'none') return failure('ORDER_NOT_TO_SHIP', { order: row.number, status: row.refund === 'done' ? '已退款' : '退款中' });
    if (row.receiver_state !== 'full') return failure('RECEIVER_UNPRINTABLE', { order: row.number, state: row.receiver_state as 'masked' | 'encrypted' | 'incomplete' });
  }
  // Merged as one recipient, then one of them was moved: the box would go to whichever comes first.
  if (own.length > 1 && parcel.waybill === '' && parcel.origin !== 'forced' && new Set(own.map(doorOf)).size > 1) return failure('MERGE_DIFFERS', { orders: own.map(({ row }) => row.number), what: 'receiver' });
  if (parcel.held !== '') return failure('ORDER_HELD', { order: own[0]?.row.number ?? '', reason: parcel.held });
  if (carrier !== '' && parcel.waybill === '' && isExcluded(carrier, recipient, reach)) return failure('NO_REACH', { carrier, place: `${recipient.province}${recipient.city}${recipient.district}` });
  return undefined;
}

export function joinTexts(texts: readonly string[]): string {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))].join(' / ');
}

/** An open parcel of these orders, going where the first of them goes. */
export function newParcel(own: readonly FullOrder[], lines: NewParcel['lines'], origin: string, made: { readonly id: string; readonly now: string }, box?: { groupId: string; position: number; total: number }): NewParcel {
  const [first] = own;
  if (!first) throw new RangeError('a parcel needs an order');
  const { id, now } = made;
  const { row } = first;
  const parcel: ParcelRow = {
    id,
    shop_id: row.shop_id,
    state: 'open',
    ...recipientOf(first),
    recipient_key: row.recipient_key,
    carrier_code: '',
    carrier_reason: '',
    waybill: '',
    weight_grams: null,
    group_id: box?.groupId ?? '',
    position: box?.position ?? 1,
    total: box?.total ?? 1,
    held: '',
    memo: '',
    flag: 'none',
    origin,
    snapshot: '',
    version: 1,
    lock_station: '',
    lock_until: '',
    created_at: now,
    updated_at: now,
  };
  return { parcel, orderIds: own.map((order) => order.row.id), lines };
}
