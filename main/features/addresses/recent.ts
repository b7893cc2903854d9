import type { OrderSummary } from '../../../common/contract/orders.ts';
import type { KnownRecipient } from './service.ts';

/** Recipients of a page of orders, each once, latest first. What the orders gave masked stays masked. */
export function recentRecipients(page: { readonly orders: readonly OrderSummary[] }, limit: number): KnownRecipient[] {
  const seen = new Map<string, KnownRecipient>();
  for (const order of page.orders) {
    const { name, phone, province, city, district, town, detail } = order.receiver;
    if (order.receiverState === 'encrypted' || (name === '' && phone === '')) continue;
    const key = JSON.stringify([name, phone, province, city, district, detail]);
    if (!seen.has(key)) seen.set(key, { id: order.id, name, phone, province, city, district, town, detail, lastAt: order.paidAt || order.orderedAt });
    if (seen.size >= limit) break;
  }
  return [...seen.values()];
}
