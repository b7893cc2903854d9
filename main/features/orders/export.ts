/** What a filter finds as a table, page by page, so that a hundred thousand orders neither fill the memory nor hold up anybody's label. */
import { chinaTime, exportHeader, exportRows, toCsv } from '../../../common/domain/orders/export.ts';
import type { OrderDraft } from '../../../common/domain/orders/types.ts';
import type { OrderFilter } from '../../../common/contract/orders.ts';
import { parts } from './repository/bulk.ts';
import type { Finder } from './finding.ts';
import type { OrdersRepository } from './repository.ts';
import { lineView, maskedReceiver, receiverView } from './repository/rows.ts';
import type { OrderRow } from './repository/rows.ts';

export interface ExportRequest extends OrderFilter {
  /** These and no filter, in this order. */
  readonly ids?: readonly string[] | undefined;
  /** Recipients in the clear. */
  readonly personal: boolean;
  readonly limit: number;
}

export type ExportEvent = { readonly type: 'part'; readonly csv: string; readonly orders: number } | { readonly type: 'done'; readonly name: string; readonly orders: number; readonly more: boolean };

const pageSize = 200;
/** Looking up a page costs the more the more orders fit, so few large ones are looked up. */
const lookedUpAtOnce = 2_000;

/** The header, then pages of orders, then what it came to. The pieces one after the other are the file. */
export async function* exportOrders({ repository, finder }: { repository: OrdersRepository; finder: Pick<Finder, 'list'> }, { ids, personal, limit, ...filter }: ExportRequest, now: string): AsyncGenerator<ExportEvent> {
  yield { type: 'part', csv: toCsv([exportHeader]), orders: 0 };
  let orders = 0;
  let more = false;
  for await (const page of ids ? pagesOfIds(repository, ids) : pagesOfFilter(finder, filter, limit, now)) {
    orders += page.rows.length;
    ({ more } = page);
    // The mark of the encoding stands once, before the header.
    yield { type: 'part', csv: toCsv(await tableRows(repository, page.rows, personal)).slice(1), orders };
  }
  yield { type: 'done', name: `订单-${chinaTime(now).slice(0, 10)}.csv`, orders, more };
}

interface Page {
  readonly rows: readonly OrderRow[];
  /** There are orders behind it that are left out. */
  readonly more: boolean;
}

async function* pagesOfIds(repository: OrdersRepository, ids: readonly string[]): AsyncGenerator<Page> {
  for (const part of parts(ids, pageSize)) yield { rows: await repository.byIds(part), more: false };
}

async function* pagesOfFilter(finder: Pick<Finder, 'list'>, filter: OrderFilter, limit: number, now: string): AsyncGenerator<Page> {
  let cursor: string | undefined;
  for (let left = limit; left > 0; ) {
    const page = await finder.list({ ...filter, sort: 'newest', limit: Math.min(lookedUpAtOnce, left), ...(cursor !== undefined && { cursor }) }, now);
    left -= page.rows.length;
    const pieces = [...parts(page.rows, pageSize)];
    for (const [at, rows] of pieces.entries()) yield { rows, more: at < pieces.length - 1 || page.next !== null };
    if (page.next === null) return;
    cursor = page.next;
  }
}

async function tableRows(repository: OrdersRepository, rows: readonly OrderRow[], personal: boolean): Promise<string[][]> {
  const lines = await repository.linesOf(rows.map((row) => row.id));
  return rows.flatMap((row) =>
    exportRows({
      number: row.number,
      platform: row.platform,
      shopName: row.shop_name,
      status: row.status as OrderDraft['status'],
      refund: row.refund as OrderDraft['refund'],
      buyer: row.buyer,
      receiver: { ...(personal ? receiverView(row) : maskedReceiver(row)), phone2: personal ? row.phone2 : '' },
      pickup: row.pickup === 1,
      pieces: row.pieces,
      goodsFen: row.goods_fen,
      freightFen: row.freight_fen,
      paidFen: row.paid_fen,
      buyerNote: row.buyer_note,
      sellerNote: row.seller_note,
      flag: row.flag as OrderDraft['flag'],
      createdAt: row.ordered_at,
      paidAt: row.paid_at,
      shipBy: row.ship_by,
      carrier: row.carrier_code || row.platform_carrier,
      waybill: row.waybill || row.platform_waybill,
      lines: (lines.get(row.id) ?? []).map((line) => ({ ...lineView(line), subNumber: line.sub_number })),
    }),
  );
}
