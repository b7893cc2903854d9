/** Orders as a page shows them: masked, with short names, parcels, the carrier the rules would choose, and who is editing. One look-up a page, not one an order. */
import type { OrderLine, OrderSummary } from '../../../common/contract/orders.ts';
import type { Actor } from '../audit/service.ts';
import type { OrdersRepository } from './repository.ts';
import { lineView, summaryView } from './repository/rows.ts';
import type { LineRow, OrderRow } from './repository/rows.ts';

/** Short name and SKU words of each line of a shop, in the order given; the items feature is asked. */
export type NameLines = (shopId: string, lines: readonly Pick<OrderLine, 'title' | 'spec' | 'itemId' | 'itemCode' | 'skuCode'>[]) => Promise<readonly { readonly shortName: string; readonly skuWords: string }[]>;

/** What parcels and carrier rules say of an order; the parcels feature is asked. */
export interface ParcelMarks {
  readonly boxes: number;
  readonly together: number;
  readonly proposed: { readonly carrierCode: string; readonly reason: string } | null;
}
export type ParcelMarksOf = (orders: readonly { readonly row: OrderRow; readonly lines: readonly LineRow[] }[]) => Promise<ReadonlyMap<string, ParcelMarks>>;

export interface PresentDeps {
  readonly repository: OrdersRepository;
  readonly nameLines: NameLines;
  readonly parcelMarks: ParcelMarksOf;
}

/** Summaries of the rows, in their order. */
export async function present({ repository, nameLines, parcelMarks }: PresentDeps, rows: readonly OrderRow[], actor: Actor | undefined, now: string): Promise<OrderSummary[]> {
  const lines = await repository.linesOf(rows.map((row) => row.id));
  const [shared, names, marks] = await Promise.all([
    repository.sharedRecipients(rows.filter((row) => row.stage === 'to_print').map((row) => row.recipient_key)),
    namesOf(nameLines, rows, lines),
    parcelMarks(rows.map((row) => ({ row, lines: lines.get(row.id) ?? [] }))),
  ]);
  return rows.map((row) =>
    summaryView(row, {
      lines: (lines.get(row.id) ?? []).map((line) => ({ ...lineView(line), ...names.get(nameKey(row.shop_id, line)) })),
      mergeable: row.stage === 'to_print' && row.recipient_key !== '' ? Math.max(0, (shared.get(row.recipient_key) ?? 1) - 1) : 0,
      boxes: marks.get(row.id)?.boxes ?? 1,
      together: marks.get(row.id)?.together ?? 1,
      proposed: marks.get(row.id)?.proposed ?? null,
      lock: row.lock_station === '' || row.lock_until < now ? null : { by: row.lock_by, until: row.lock_until, own: actor !== undefined && row.lock_station === holderOf(actor) },
    }),
  );
}

/** Who keeps an order: the page, not only the station, because one PC may have two windows open. */
export function holderOf(actor: Actor): string {
  return actor.page === undefined || actor.page === '' ? actor.station.id : `${actor.station.id}#${actor.page}`;
}

/** A page holds few different goods: each is named once. */
async function namesOf(nameLines: NameLines, rows: readonly OrderRow[], lines: ReadonlyMap<string, readonly LineRow[]>): Promise<Map<string, { shortName: string; skuWords: string }>> {
  const byShop = new Map<string, Map<string, LineRow>>();
  for (const row of rows) {
    const own = byShop.get(row.shop_id) ?? new Map<string, LineRow>();
    byShop.set(row.shop_id, own);
    for (const line of lines.get(row.id) ?? []) own.set(nameKey(row.shop_id, line), line);
  }
  const names = new Map<string, { shortName: string; skuWords: string }>();
  for (const [shopId, different] of byShop) {
    const named = await nameLines(shopId, [...different.values()].map(lineView));
    for (const [index, key] of [...different.keys()].entries()) {
      const one = named[index];
      if (one) names.set(key, one);
    }
  }
  return names;
}

function nameKey(shopId: string, line: LineRow): string {
  return [shopId, line.goods_id, line.item_id, line.item_code].join('\u0001');
}
