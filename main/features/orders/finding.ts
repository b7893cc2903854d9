/**
 * Finding orders by what a page shows, where that is more than what is written: until a carrier is chosen, an order that waits has the one
 * the rules give it. What they gave is kept (`repository/carrier-answers.ts`) and brought up to date behind every change; who looks before
 * that is done has the rest asked first, so the answer is always that of the rules as they are now.
 */
import { setImmediate } from 'node:timers/promises';
import type { OrderFilter, OrderQuery } from '../../../common/contract/orders.ts';
import type { FullOrder, OrdersDeps } from './service.ts';
import { several } from './repository/carrier-answers.ts';
import { cursorAfter } from './repository/query.ts';
import type { FoundPage } from './repository/query.ts';
import type { OrderRow } from './repository/rows.ts';

/** What the rules give orders that wait. */
export interface CarrierAnswers {
  /** Tells one state of everything the rules look at besides the orders from another; empty when it changed meanwhile. */
  readonly stamp: string;
  /** By order: the carriers of its boxes, each once. */
  readonly carriers: ReadonlyMap<string, readonly string[]>;
}

/** The carrier rules, as far as finding orders asks them. */
export interface CarrierRules {
  readonly stamp: () => Promise<string>;
  readonly ask: (orders: readonly FullOrder[]) => Promise<CarrierAnswers>;
}

export interface Finder {
  list(query: OrderQuery, now: string): Promise<FoundPage>;
  /** Ids of what the filter finds, newest first, at most `limit`, from `after` on; `next` is where the following ones begin. */
  ids(filter: OrderFilter, limit: number, now: string, after?: string): Promise<{ ids: string[]; more: boolean; next: string | null }>;
  /** Asks the rules about every order nobody asked about since it or they changed. */
  askOpen(): Promise<void>;
}

const askedAtOnce = 300;

export function createFinder({ repository, carrierRules }: Pick<OrdersDeps, 'repository' | 'carrierRules'>): Finder {
  let asking: Promise<void> | undefined;

  async function ask(rows: readonly OrderRow[]): Promise<CarrierAnswers> {
    const lines = await repository.linesOf(rows.map((row) => row.id));
    return carrierRules.ask(rows.map((row) => ({ row, lines: lines.get(row.id) ?? [] })));
  }

  async function askAll(): Promise<void> {
    const stamp = await carrierRules.stamp();
    for (;;) {
      // Turns first, then the orders: one that changes in between has another turn when its answer is written.
      const open = await repository.openQuestions(stamp, askedAtOnce);
      if (open.length === 0) return;
      const rows = await repository.bySeqs(open.map(({ seq }) => seq));
      const { stamp: given, carriers } = await ask(rows);
      if (given !== stamp) return;
      const places = new Map(rows.map((row) => [Number(row.seq), carriers.get(row.id) ?? []]));
      const answers = open.map((one) => ({ ...one, carrier: short(places.get(one.seq) ?? []) }));
      if ((await repository.writeAnswers(stamp, answers)) === 0) return;
      // SQLite answers at once, so nothing else would get a turn.
      await setImmediate();
    }
  }

  const askOpen = (): Promise<void> => (asking ??= askAll().finally(() => (asking = undefined)));

  async function list(query: OrderQuery, now: string): Promise<FoundPage> {
    const { carrier } = query;
    if (carrier === undefined) return repository.list(query, now);
    await askOpen();
    const stamp = await carrierRules.stamp();
    const found: OrderRow[] = [];
    let { cursor } = query;
    for (;;) {
      const page = await repository.listByCarrier({ ...query, carrier, ...(cursor !== undefined && { cursor }) }, stamp, now);
      const unsure = page.rows.filter((row) => page.unsure.has(row.id));
      const carriers = unsure.length > 0 ? (await ask(unsure)).carriers : undefined;
      found.push(...page.rows.filter((row) => !page.unsure.has(row.id) || carriers?.get(row.id)?.includes(carrier)));
      const last = found[query.limit - 1];
      if (last && found.length > query.limit) return { rows: found.slice(0, query.limit), next: cursorAfter(query, last) };
      if (page.next === null || last) return { rows: found, next: page.next };
      cursor = page.next;
    }
  }

  return {
    list,
    askOpen,
    async ids(filter, limit, now, after) {
      const ids: string[] = [];
      let cursor = after;
      for (;;) {
        const page = await list({ ...filter, sort: 'newest', limit: limit - ids.length, ...(cursor !== undefined && { cursor }) }, now);
        ids.push(...page.rows.map((row) => row.id));
        if (page.next === null || ids.length >= limit) return { ids, more: page.next !== null, next: page.next };
        cursor = page.next;
      }
    },
  };
}

function short(carriers: readonly string[]): string {
  return carriers.length > 1 ? several : (carriers[0] ?? '');
}
