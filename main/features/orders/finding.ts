/**
 * Finding orders by what a page shows, where that is more than what is written: until a carrier is chosen, an order that waits has the one
 * the rules give it.
 */
import type { OrderFilter, OrderQuery } from '../../../common/contract/orders.ts';
import type { OrdersDeps } from './service.ts';
import type { FoundPage } from './repository/query.ts';
import type { OrderRow } from './repository/rows.ts';

export interface Finder {
  /** A page, a little longer than asked where the carrier is looked for. */
  list(query: OrderQuery, now: string): Promise<FoundPage>;
  /** Ids of what the filter finds, newest first, at most `limit`. */
  ids(filter: OrderFilter, limit: number, now: string): Promise<{ ids: string[]; more: boolean }>;
}

const idsPerPage = 200;

export function createFinder({ repository, parcelMarks, proposableCarriers }: Pick<OrdersDeps, 'repository' | 'parcelMarks' | 'proposableCarriers'>): Finder {
  async function ofCarrier(rows: readonly OrderRow[], carrier: string): Promise<OrderRow[]> {
    const undecided = rows.filter((row) => row.carrier_code === '');
    const lines = await repository.linesOf(undecided.map((row) => row.id));
    const marks = await parcelMarks(undecided.map((row) => ({ row, lines: lines.get(row.id) ?? [] })));
    return rows.filter((row) => (row.carrier_code === '' ? marks.get(row.id)?.proposed?.carrierCode : row.carrier_code) === carrier);
  }

  async function list(query: OrderQuery, now: string): Promise<FoundPage> {
    const { carrier } = query;
    // Where no rule can give it, what is written is all there is.
    if (carrier === undefined || !(await proposableCarriers()).has(carrier)) return repository.list(query, now);
    const found: OrderRow[] = [];
    let { cursor } = query;
    for (;;) {
      const page = await repository.list({ ...query, carrierUndecided: true, ...(cursor !== undefined && { cursor }) }, now);
      found.push(...(await ofCarrier(page.rows, carrier)));
      if (page.next === null || found.length >= query.limit) return { rows: found, next: page.next };
      cursor = page.next;
    }
  }

  return {
    list,
    async ids(filter, limit, now) {
      const ids: string[] = [];
      let cursor: string | undefined;
      while (ids.length < limit) {
        const page = await list({ ...filter, sort: 'newest', limit: Math.min(idsPerPage, limit - ids.length), ...(cursor !== undefined && { cursor }) }, now);
        ids.push(...page.rows.map((row) => row.id));
        if (page.next === null) return { ids: ids.slice(0, limit), more: ids.length > limit };
        cursor = page.next;
      }
      return { ids: ids.slice(0, limit), more: true };
    },
  };
}
