/** The numbers people ask for first, over the orders of one file. */
import { recipientKey } from './receiver.ts';
import type { OrderDraft } from './types.ts';

export interface OrderSummary {
  readonly orders: number;
  readonly lines: number;
  readonly pieces: number;
  /** Different full receivers a parcel goes to; who fetches the goods is none. */
  readonly recipients: number;
  /** Waiting for shipping and not refunded. */
  readonly toShip: number;
  /** Receivers with two or more orders to ship. */
  readonly toMerge: number;
}

/** True for an order that waits for its parcel. */
export function waitsForShipping(order: Pick<OrderDraft, 'status' | 'refund'>): boolean {
  return order.status === 'to_ship' && order.refund !== 'done';
}

export function summarise(orders: readonly OrderDraft[]): OrderSummary {
  const recipients = new Set<string>();
  const waiting = new Map<string, number>();
  let lines = 0;
  let pieces = 0;
  let toShip = 0;
  for (const order of orders) {
    lines += order.lines.length;
    pieces += order.pieces;
    const full = order.receiver.state === 'full' && !order.pickup;
    const key = full ? recipientKey(order.receiver) : '';
    if (full) recipients.add(key);
    if (!waitsForShipping(order)) continue;
    toShip += 1;
    if (full) waiting.set(key, (waiting.get(key) ?? 0) + 1);
  }
  let toMerge = 0;
  for (const count of waiting.values()) if (count > 1) toMerge += 1;
  return { orders: orders.length, lines, pieces, recipients: recipients.size, toShip, toMerge };
}
