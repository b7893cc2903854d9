/** The columns of the orders table by key: kept views and this browser remember keys, never places. */
import type { TableColumnType } from 'antd';
import type { GoodsLine } from '../../../common/contract/items.ts';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { moment, money } from '../../ui/format.ts';
import { Goods } from '../items/Goods.tsx';
import { CarrierWhy, Due, Notes, OrderState, Receiver, Waybill } from './cells.tsx';
import type { useOrdersTexts } from './texts.ts';

export const columnKeys = ['shop', 'receiver', 'goods', 'notes', 'carrier', 'due', 'number', 'state', 'order', 'buyer', 'pieces', 'amount', 'paid'] as const;
export type ColumnKey = (typeof columnKeys)[number];
export const defaultColumns: readonly ColumnKey[] = ['shop', 'receiver', 'goods', 'notes', 'carrier', 'due', 'number', 'state'];

/** The keys this program knows, once each, in the order given; of another version's columns the rest is left out. */
export function knownColumns(keys: readonly unknown[]): ColumnKey[] {
  const known = keys.flatMap((key) => columnKeys.find((one) => one === key) ?? []);
  return [...new Set(known)];
}

export interface ColumnContext {
  readonly t: ReturnType<typeof useOrdersTexts>;
  readonly locale: Locale;
  readonly shopName: (id: string) => string;
  readonly goods: ReadonlyMap<string, readonly GoodsLine[]>;
  /** UTC; deadlines are seen from it. */
  readonly now: string;
}

type Column = Omit<TableColumnType<OrderSummary>, 'title' | 'key'>;

// Together with 240 for the goods the usual eight fit a screen of 1366 pixels without scrolling sideways.
const builders: Readonly<Record<ColumnKey, (context: ColumnContext) => Column>> = {
  shop: ({ shopName }) => ({ width: 84, ellipsis: true, render: (_, order) => shopName(order.shopId) }),
  receiver: () => ({ width: 236, ellipsis: true, render: (_, order) => <Receiver order={order} /> }),
  goods: ({ goods }) => ({ ellipsis: true, render: (_, order) => <Goods order={order} named={goods.get(order.id)} /> }),
  notes: () => ({ width: 136, ellipsis: true, render: (_, order) => <Notes order={order} /> }),
  carrier: ({ locale }) => ({ width: 112, ellipsis: true, render: (_, order) => <CarrierWhy order={order} locale={locale} /> }),
  due: ({ now }) => ({ width: 138, render: (_, order) => <Due order={order} now={now} /> }),
  number: () => ({ width: 150, ellipsis: true, render: (_, order) => <Waybill order={order} /> }),
  state: () => ({ width: 132, ellipsis: true, render: (_, order) => <OrderState order={order} /> }),
  order: () => ({ width: 190, ellipsis: true, render: (_, order) => <span className="number">{order.number}</span> }),
  buyer: () => ({ width: 110, ellipsis: true, render: (_, order) => order.buyer }),
  pieces: () => ({ width: 64, align: 'right', render: (_, order) => <span className={order.pieces === 1 ? 'muted' : 'quantity-many'}>{order.pieces}</span> }),
  amount: ({ locale }) => ({ width: 96, align: 'right', render: (_, order) => (order.paidFen === null ? '' : money(order.paidFen, locale)) }),
  paid: ({ locale }) => ({ width: 130, render: (_, order) => (order.paidAt === '' ? '' : moment(order.paidAt, locale)) }),
};

export function orderColumns(keys: readonly ColumnKey[], context: ColumnContext): TableColumnType<OrderSummary>[] {
  return keys.map((key) => ({ key, title: context.t(key), ...builders[key](context) }));
}
