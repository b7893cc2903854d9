/** Orders as a page shows them: masked, with their parcels, the carrier the rules would choose, and who is editing. One look-up a page, not one an order. */
import type { OrderSummary } from '../../../common/contract/orders.ts';
import type { Actor } from '../audit/service.ts';
import type { OrdersRepository } from './repository.ts';
import { lineView, summaryView } from './repository/rows.ts';
import type { LineRow, OrderRow } from './repository/rows.ts';

/** What parcels and carrier rules say of an order; the parcels feature is asked. */
export interface ParcelMarks {
  readonly boxes: number;
  readonly together: number;
  readonly proposed: OrderSummary['proposed'];
}
export type ParcelMarksOf = (orders: readonly { readonly row: OrderRow; readonly lines: readonly LineRow[] }[]) => Promise<ReadonlyMap<string, ParcelMarks>>;

export interface PresentDeps {
  readonly repository: OrdersRepository;
  readonly parcelMarks: ParcelMarksOf;
}

/** Summaries of the rows, in their order. */
export async function present({ repository, parcelMarks }: PresentDeps, rows: readonly OrderRow[], actor: Actor | undefined, now: string): Promise<OrderSummary[]> {
  const lines = await repository.linesOf(rows.map((row) => row.id));
  const [shared, marks] = await Promise.all([
    repository.sharedRecipients(rows.filter((row) => row.stage === 'to_print').map((row) => row.recipient_key)),
    parcelMarks(rows.map((row) => ({ row, lines: lines.get(row.id) ?? [] }))),
  ]);
  return rows.map((row) =>
    summaryView(row, {
      lines: (lines.get(row.id) ?? []).map(lineView),
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
