/** The one typed client of the page, with React Query helpers and streams that survive a reconnect. */
import { ORPCError, safe } from '@orpc/client';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { Topic } from '../../common/contract/events.ts';
import { errorText } from '../../common/error-texts.ts';
import type { Locale } from '../../common/error-texts.ts';
import { errorCatalog } from '../../common/errors.ts';
import type { AppError } from '../../common/errors.ts';
import { connect } from './connect.ts';
import { followStream } from './follow.ts';
import type { StartStream } from './follow.ts';
import { createRefresh } from './refresh.ts';

export const connection = connect();
export const client = connection.client;

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: false } },
});

/** `api.shops.list.queryOptions({input})`: keys start with the feature, so that a change of a topic refetches it. */
export const api = createTanstackQueryUtils(client);

export { safe };

/** The expected failure behind a rejected call, or undefined when it is something else (a lost connection). */
export function appError(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof ORPCError) || !Object.hasOwn(errorCatalog, thrown.code)) return undefined;
  return { code: thrown.code, data: thrown.data } as AppError;
}

/** True when the core answered, by refusing; false when it could not be asked or its answer was lost. */
export function isAnswer(thrown: unknown): boolean {
  return thrown instanceof ORPCError;
}

/** One sentence for any rejected call. */
export function explain(thrown: unknown, locale: Locale): string {
  const known = appError(thrown);
  if (known) return errorText(known, locale);
  const lost = locale === 'zh-CN' ? '与打包台主程序的连接断了，正在重连；已发出的操作请刷新后核对。' : 'The connection to Packbench was lost and is coming back; check after it is what was under way.';
  return connection.state() === 'open' && thrown instanceof Error ? thrown.message : lost;
}

/** `follow` with this client's idea of a final error: what the contract declares is thrown, a lost connection is not. */
export function follow<T extends { seq: number }>(start: StartStream<T>, onEvent: (event: T) => void, signal: AbortSignal): Promise<void> {
  return followStream(start, onEvent, signal, (thrown) => appError(thrown) !== undefined);
}

/** The contract keys whose queries show a topic. A feature that is not listed shows only its own topic. */
const shownBy: Partial<Record<Topic, readonly string[]>> = {
  orders: ['orders', 'parcels', 'printing', 'stations', 'system'],
  parcels: ['orders', 'parcels', 'printing', 'system'],
  attempts: ['attempts', 'printing', 'orders', 'parcels', 'stations', 'system'],
  waybills: ['waybills', 'system', 'printing'],
  printers: ['printers', 'system'],
};

/** Refetches what changed, for as long as the page lives. */
export function followChanges(signal: AbortSignal): void {
  const refresh = createRefresh((keys) => queryClient.invalidateQueries({ predicate: (query) => keys.has(firstKey(query.queryKey)) }));
  void follow(
    (after, abort) => client.events.changes({ after }, { signal: abort }),
    (change) => refresh(change.topics.flatMap((topic) => shownBy[topic] ?? [topic])),
    signal,
  );
  connection.onState((state) => {
    if (state === 'open') void queryClient.invalidateQueries();
  });
}

function firstKey(key: readonly unknown[]): string {
  const path = key[0];
  return Array.isArray(path) ? String(path[0]) : '';
}
