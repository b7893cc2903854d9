/** Which orders may leave in one parcel. */
import type { ParcelSettings } from '../../contract/orders.ts';

export interface MergeFacts {
  readonly id: string;
  readonly shopId: string;
  readonly buyer: string;
  /** Same person, same door: equal texts, not only equal hashes; the platform's key where it hides them. Empty: nobody knows. */
  readonly recipient: string;
  readonly at: string;
  readonly flag: string;
  readonly refund: string;
  readonly goods: string;
}

export type MergeObstacle = 'receiver' | 'buyer' | 'shop' | 'window' | 'flag' | 'items' | 'refund';

/** Why an order has to go alone, or undefined. */
export function staysAlone(order: MergeFacts, settings: ParcelSettings): MergeObstacle | undefined {
  if (order.refund !== 'none') return 'refund';
  if (settings.exceptFlags.some((flag) => flag !== 'none' && flag === order.flag)) return 'flag';
  return settings.exceptItems.some((word) => word !== '' && order.goods.includes(word)) ? 'items' : undefined;
}

/** Why these orders do not go together under the settings, or undefined. */
export function mergeObstacle(orders: readonly MergeFacts[], settings: ParcelSettings): MergeObstacle | undefined {
  const [first] = orders;
  if (!first) return undefined;
  for (const order of orders) {
    if (order.recipient !== first.recipient || order.recipient === '') return 'receiver';
    if (settings.mergeRule === 'strict' && (order.buyer !== first.buyer || order.buyer === '')) return 'buyer';
    if (!settings.acrossShops && order.shopId !== first.shopId) return 'shop';
    const alone = staysAlone(order, settings);
    if (alone) return alone;
  }
  if (settings.windowHours === 0) return undefined;
  const times = orders.map((order) => Date.parse(order.at)).filter((time) => !Number.isNaN(time));
  return Math.max(...times) - Math.min(...times) > settings.windowHours * 3_600_000 ? 'window' : undefined;
}

/** Groups of two or more that the settings would merge; within a window, neighbours in time stay together. */
export function proposeMerges(orders: readonly MergeFacts[], settings: ParcelSettings): MergeFacts[][] {
  const byKey = new Map<string, MergeFacts[]>();
  for (const order of orders) {
    if (order.recipient === '' || staysAlone(order, settings)) continue;
    if (settings.mergeRule === 'strict' && order.buyer === '') continue;
    const key = [order.recipient, settings.mergeRule === 'strict' ? order.buyer : '', settings.acrossShops ? '' : order.shopId].join('\u0001');
    const group = byKey.get(key);
    if (group) group.push(order);
    else byKey.set(key, [order]);
  }
  const groups: MergeFacts[][] = [];
  for (const group of byKey.values()) {
    for (const part of settings.windowHours === 0 ? [group] : inWindows(group, settings.windowHours * 3_600_000)) if (part.length > 1) groups.push(part);
  }
  return groups;
}

function inWindows(orders: readonly MergeFacts[], window: number): MergeFacts[][] {
  const sorted = [...orders].sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
  const parts: MergeFacts[][] = [];
  let start = Number.NaN;
  for (const order of sorted) {
    const at = Date.parse(order.at);
    if (parts.length === 0 || at - start > window) {
      parts.push([order]);
      start = at;
    } else parts.at(-1)?.push(order);
  }
  return parts;
}
