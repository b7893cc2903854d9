/** The items file of Taobao brings the goods of orders that came without them: joined by order number. */
import type { LineDraft, OrderDraft, OrderFile } from './types.ts';

export interface ItemsJoin {
  readonly file: string;
  /** Orders that got their lines from this file. */
  readonly matched: number;
  /** Order numbers of the items file that no order has, with the first row each stands in. */
  readonly unmatched: readonly { readonly order: string; readonly row: number; readonly lines: number }[];
  /** Orders of the order files that the items file does not have. */
  readonly withoutItems: readonly string[];
}

/** Orders with the lines of the items files in place of their own. The orders keep everything else. */
export function joinItems(orders: readonly OrderDraft[], items: OrderFile): { orders: OrderDraft[]; join: ItemsJoin } {
  const byNumber = new Map(items.orders.map((order) => [order.number, order]));
  const taken = new Set<string>();
  const withoutItems: string[] = [];
  const joined = orders.map((order) => {
    const found = byNumber.get(order.number);
    if (!found || found.lines.length === 0) {
      withoutItems.push(order.number);
      return order;
    }
    taken.add(order.number);
    return withLines(order, found.lines);
  });
  const unmatched = items.orders.filter((order) => !taken.has(order.number)).map((order) => ({ order: order.number, row: order.row, lines: order.lines.length }));
  return { orders: joined, join: { file: items.file, matched: taken.size, unmatched, withoutItems } };
}

/** The order with these lines; its pieces follow them when every quantity is known, and it is refunded when all of them are. */
export function withLines(order: OrderDraft, lines: readonly LineDraft[]): OrderDraft {
  const known = lines.every((line) => line.quantity !== null);
  const refund = lines.every((line) => line.refunded) ? 'done' : order.refund;
  return { ...order, lines, refund, pieces: known ? lines.reduce((sum, line) => sum + (line.quantity ?? 0), 0) : order.pieces };
}
