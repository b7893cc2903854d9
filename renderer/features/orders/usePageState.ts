/** What the orders page shows: tab, filter, words, order, columns and the kept view they came from. Kept while the program runs, so that coming back to the page finds it as it was. */
import { useCallback, useMemo, useState } from 'react';
import type { OrderFilter, OrderQuery, OrderView, Stage, ViewQuery } from '../../../common/contract/orders.ts';
import { defaultColumns, knownColumns } from './columns.tsx';
import type { ColumnKey } from './columns.tsx';

export type Tab = Stage | 'all';
export type Sort = OrderQuery['sort'];
/** What the page narrows its list by, besides tab and words. */
export type PageFilter = Omit<OrderFilter, 'stage' | 'search'>;

/** Conditions to set; undefined takes one off. */
export type Narrowing = { readonly [K in keyof PageFilter]?: PageFilter[K] | undefined };

export interface PageState {
  readonly tab: Tab;
  readonly filter: PageFilter;
  readonly words: string;
  readonly sort: Sort;
  readonly columns: readonly ColumnKey[];
  /** The kept view on screen. */
  readonly viewId: string | null;
}

const columnsKey = 'packbench.orders.columns';

/** This browser's own columns, for when no view is on screen. */
function ownColumns(): readonly ColumnKey[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(columnsKey) ?? '[]');
    const known = Array.isArray(kept) ? knownColumns(kept) : [];
    return known.length > 0 ? known : defaultColumns;
  } catch {
    return defaultColumns;
  }
}

let last: PageState | undefined;

export function usePageState() {
  const [state, setState] = useState<PageState>(() => last ?? { tab: 'to_print', filter: {}, words: '', sort: 'newest', columns: ownColumns(), viewId: null });
  last = state;
  const change = useCallback((patch: Partial<PageState>) => setState((current) => ({ ...current, ...patch })), []);
  return {
    state,
    change,
    /** Sets some conditions; undefined and empty ones are taken out. */
    narrow: (patch: Narrowing) => change({ filter: tidy({ ...state.filter, ...patch }) }),
    setColumns(columns: readonly ColumnKey[]): void {
      if (state.viewId === null) localStorage.setItem(columnsKey, JSON.stringify(columns));
      change({ columns });
    },
    show: (view: OrderView) => change(stateOfView(view, state.columns)),
    leaveView: () => change({ tab: 'to_print', filter: {}, words: '', sort: 'newest', columns: ownColumns(), viewId: null }),
    /** The whole filter as the core takes it. */
    filter: useMemo(() => filterOf(state), [state]),
  };
}

export function filterOf({ tab, filter, words }: Pick<PageState, 'tab' | 'filter' | 'words'>): OrderFilter {
  return { ...filter, ...(tab !== 'all' && { stage: tab }), ...(words.trim() !== '' && { search: words.trim() }) };
}

/** What a view keeps of the page. */
export function viewOf(state: PageState): { query: ViewQuery; columns: string[] } {
  return { query: { ...filterOf(state), sort: state.sort }, columns: [...state.columns] };
}

/** The page as a view wants it; columns this program does not know are left out, and a view without any leaves the page's own. */
export function stateOfView(view: OrderView, columns: readonly ColumnKey[]): PageState {
  const { stage, search, sort, ...filter } = view.query;
  const own = knownColumns(view.columns);
  return { tab: stage ?? 'all', filter, words: search ?? '', sort: sort ?? 'newest', columns: own.length > 0 ? own : columns, viewId: view.id };
}

/** True when the page shows something else than the view it came from. */
export function differs(state: PageState, view: OrderView): boolean {
  const plain = (one: PageState): string => JSON.stringify([one.tab, Object.entries(one.filter).toSorted(([left], [right]) => left.localeCompare(right)), one.words.trim(), one.sort, one.columns]);
  return plain(state) !== plain(stateOfView(view, state.columns));
}

function tidy(filter: Narrowing): PageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== '' && value !== null && !(Array.isArray(value) && value.length === 0)));
}
