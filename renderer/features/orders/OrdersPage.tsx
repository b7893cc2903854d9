import { ImportOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Empty, Tabs } from 'antd';
import type { InputRef } from 'antd';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { stages } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { useDroppedFiles } from '../../ui/droppedFiles.ts';
import { BatchesButton } from '../import/Batches.tsx';
import { ImportDialog } from '../import/ImportDialog.tsx';
import { useIncomingPaste } from '../import/useIncoming.ts';
import { ManualOrder } from '../manual-order/ManualOrder.tsx';
import { PasteOrders } from '../manual-order/PasteOrders.tsx';
import { useGoods } from '../items/Goods.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';
import { ExportButton } from './ExportButton.tsx';
import { FilterLine, FilterTags } from './FilterLine.tsx';
import { MergePanel } from './MergePanel.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { OrderTable } from './OrderTable.tsx';
import { PrintBar } from './PrintBar.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { Views } from './Views.tsx';
import { useActionTexts } from './actionTexts.ts';
import { orderColumns } from './columns.tsx';
import './orders.css';
import { useOrdersTexts } from './texts.ts';
import { useNow } from './useNow.ts';
import { usePageState } from './usePageState.ts';
import type { PageFilter, Tab } from './usePageState.ts';

const tabs: readonly Tab[] = ['to_print', 'printed', 'handed', 'problem', 'held', 'waiting', 'ended', 'all'];
/** As many as one selection may hold. */
const mostSelected = 5_000;

interface Selection {
  readonly ids: readonly string[];
  /** Where the orders behind them begin, when the filter found more than one selection holds. */
  readonly next: string | null;
  /** How many the filter found before them. */
  readonly from: number;
}
const nothingSelected: Selection = { ids: [], next: null, from: 0 };

/** Orders in, labels out: the page a packer lives on. */
export default function OrdersPage() {
  const t = useOrdersTexts();
  const actions = useActionTexts();
  const locale = useLocale();
  const failure = useFailure();
  const now = useNow();
  const page = usePageState();
  const { state, filter } = page;
  const asked = useDeferredValue(filter);
  const sort = state.tab === 'all' && state.sort === 'deadline' ? 'newest' : state.sort;
  const [selection, setSelection] = useState(nothingSelected);
  const [incoming, setIncoming] = useState<{ readonly files: readonly File[]; readonly pasted: boolean } | null>(null);
  const [typing, setTyping] = useState<'manual' | { readonly pasted: string } | null>(null);
  const [merging, setMerging] = useState(false);
  const [history, setHistory] = useState(false);
  const [dragging, setDragging] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const searchBox = useRef<InputRef>(null);
  const picker = useRef<HTMLInputElement>(null);
  useKey('Ctrl+F', () => searchBox.current?.focus({ cursor: 'all' }));
  useKey('Ctrl+O', () => picker.current?.click());
  const free = incoming === null && typing === null && opened === null && !merging;
  useIncomingPaste({ onTable: (file) => setIncoming({ files: [file], pasted: true }), onRecipients: (pasted) => setTyping({ pasted }) }, free);
  useDroppedFiles((files) => setIncoming({ files, pasted: false }), incoming === null && typing === null && !merging, setDragging);

  const { data: shops = [] } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const shopIds = filter.shopIds ?? [];
  const { data: counts } = useQuery(api.orders.counts.queryOptions({ input: shopIds.length === 0 ? {} : { shopIds } }));
  const { data: proposals } = useQuery(api.parcels.mergeProposals.queryOptions({ input: shopIds.length === 0 ? {} : { shopIds } }));
  const list = useInfiniteQuery(
    api.orders.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...asked, sort, limit: 100, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.next ?? undefined,
    }),
  );
  const orders = useMemo(() => list.data?.pages.flatMap((one) => one.orders) ?? [], [list.data]);
  const goods = useGoods(list.data?.pages);
  const columns = useMemo(
    () => orderColumns(state.columns, { t, locale, shopName: (id) => shops.find((shop) => shop.id === id)?.name ?? '', goods, now }),
    [state.columns, t, locale, shops, goods, now],
  );
  // What was selected under another filter may be out of sight, and out of sight nothing is printed.
  const found = JSON.stringify(filter);
  useEffect(() => setSelection(nothingSelected), [found]);

  const select = (ids: readonly string[]): void => setSelection({ ...nothingSelected, ids });
  /** What was done to moved them out of the list; who has selected others since keeps those. */
  const letGo = (ids: readonly string[]): void => setSelection((current) => (current.ids === ids ? nothingSelected : current));
  /** As many as one selection holds, from the first on, or those behind the ones selected last. */
  async function selectAll(behind?: Selection): Promise<void> {
    try {
      const { ids, next } = await client.orders.ids({ ...filter, limit: mostSelected, ...(behind?.next && { cursor: behind.next }) });
      setSelection({ ids, next, from: behind?.next ? behind.from + behind.ids.length : 0 });
    } catch (thrown) {
      failure(thrown);
    }
  }
  /** A count that filters: pressed again it lets go. */
  function jump(tab: Tab, extra: Pick<PageFilter, 'deadline' | 'alarm'>): void {
    const { deadline: _deadline, alarm: _alarm, ...rest } = state.filter;
    const on = state.tab === tab && state.filter.deadline === extra.deadline && state.filter.alarm === extra.alarm;
    page.change(on ? { filter: rest } : { tab, filter: { ...rest, ...extra } });
  }
  /** Nothing lies over the page. */
  const keys = incoming === null && typing === null && opened === null && !merging && !history;
  useKey('Ctrl+I', () => setTyping('manual'), keys);
  useKey('Ctrl+Shift+A', () => void selectAll(selection), keys && selection.next !== null);
  const part = selection.from > 0 ? 'selectedPart' : selection.next !== null ? 'selectedFirst' : 'selected';
  const selectedText = t(part, { count: selection.ids.length, from: selection.from + 1, to: selection.from + selection.ids.length });
  const countOf = (name: Tab): number | undefined => (name === 'all' ? counts?.all : counts?.tabs[name]);
  const narrowed = filter.search !== undefined || Object.keys(state.filter).length > 0;
  return (
    <div className="orders-page">
      <h1 className="visually-hidden">{t('title')}</h1>
      <div className="orders-head">
        <Tabs
          size="small"
          activeKey={state.tab}
          onChange={(key) => page.change({ tab: stages.find((stage) => stage === key) ?? 'all' })}
          items={tabs.map((name) => ({ key: name, label: `${t(name)} ${countOf(name) ?? ''}` }))}
          tabBarGutter={14}
          tabBarStyle={{ margin: 0 }}
        />
        {counts !== undefined && (
          <>
            <Count on={state.filter.deadline === 'today'} count={counts.dueToday} text={t('dueToday', { count: counts.dueToday })} onClick={() => jump('to_print', { deadline: 'today' })} />
            <Count on={state.filter.deadline === 'late'} count={counts.late} urgent text={t('late', { count: counts.late })} onClick={() => jump('to_print', { deadline: 'late' })} />
            {counts.alarms > 0 && <Count on={state.filter.alarm === true} count={counts.alarms} urgent text={`! ${t('alarms', { count: counts.alarms })}`} onClick={() => jump('all', { alarm: true })} />}
          </>
        )}
        {(proposals?.length ?? 0) > 0 && <Count on={false} count={1} text={t('canMerge', { count: proposals?.length ?? 0 })} onClick={() => setMerging(true)} />}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept=".csv,.tsv,.txt,.xlsx,.xls"
          data-testid="order-files"
          onChange={(event) => {
            setIncoming({ files: [...(event.target.files ?? [])], pasted: false });
            event.target.value = '';
          }}
        />
        <Button onClick={() => setTyping('manual')}>
          ＋ {actions('newOrder')}
          <Key>Ctrl+I</Key>
        </Button>
        <Button onClick={() => setTyping({ pasted: '' })}>
          {actions('paste')}
          <Key>Ctrl+V</Key>
        </Button>
        <Button icon={<ImportOutlined />} onClick={() => picker.current?.click()}>
          {t('import')}
          <Key>Ctrl+O</Key>
        </Button>
        <BatchesButton open={history} onOpen={setHistory} />
      </div>
      <FilterLine state={state} shops={shops} searchBox={searchBox} onWords={(words) => page.change({ words })} onSort={(next) => page.change({ sort: next })} onNarrow={page.narrow} keys={keys}>
        <Views state={state} onShow={page.show} onLeave={page.leaveView} onKept={(viewId) => page.change({ viewId })} />
        <ColumnChooser columns={state.columns} onChange={page.setColumns} />
        <ExportButton filter={filter} orderIds={selection.ids} keys={keys} />
      </FilterLine>
      <FilterTags filter={state.filter} shops={shops} onNarrow={page.narrow} onClear={() => page.change({ filter: {} })} />
      {list.error !== null && <Failure error={list.error} />}
      <OrderTable
        orders={orders}
        columns={columns}
        loading={list.isLoading}
        selected={selection.ids}
        onSelect={select}
        onOpen={setOpened}
        onAll={() => void selectAll()}
        onEnd={() => {
          if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
        }}
        keys={keys}
        dragging={dragging}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={narrowed ? t('noMatch') : t('empty')}>{!narrowed && t('emptyHint')}</Empty>}
      />
      <div className="orders-line">
        {selection.ids.length === 0 ? (
          <>
            <Button type="link" size="small" onClick={() => void selectAll()}>
              {t('selectAll')}
              <Key>Ctrl+A</Key>
            </Button>
            <span className="muted">{t('keys')}</span>
          </>
        ) : (
          <>
            <strong data-testid="selected">{selectedText}</strong>
            {selection.next !== null && (
              <Button type="link" size="small" onClick={() => void selectAll(selection)}>
                {t('selectNext')}
                <Key>Ctrl+Shift+A</Key>
              </Button>
            )}
            <Button type="link" size="small" onClick={() => select([])}>
              {t('clear')}
              <Key>Esc</Key>
            </Button>
            <SelectionActions orderIds={selection.ids} shopIds={shopIds} onMoved={letGo} mayRestore={state.tab === 'ended' || state.tab === 'all'} keys={keys} />
          </>
        )}
      </div>
      <PrintBar orderIds={selection.ids} onStarted={() => select([])} />
      {typing === 'manual' && <ManualOrder onClose={() => setTyping(null)} />}
      {typing !== null && typing !== 'manual' && <PasteOrders text={typing.pasted} onClose={() => setTyping(null)} />}
      {incoming !== null && (
        <ImportDialog
          files={incoming.files}
          pasted={incoming.pasted}
          onClose={() => setIncoming(null)}
          onShow={(tab) => {
            setIncoming(null);
            page.change({ tab });
          }}
        />
      )}
      {opened !== null && <OrderPanel orderId={opened} onClose={() => setOpened(null)} />}
      {merging && <MergePanel orderIds={selection.ids} shopIds={shopIds} onClose={() => setMerging(false)} />}
    </div>
  );
}

function Count({ on, count, text, urgent = false, onClick }: { on: boolean; count: number; text: string; urgent?: boolean; onClick: () => void }) {
  return (
    <Button size="small" type={on ? 'primary' : 'text'} {...(urgent && count > 0 && !on && { style: { color: 'var(--state-failed)', fontWeight: 600 } })} aria-pressed={on} disabled={count === 0 && !on} onClick={onClick}>
      {text}
    </Button>
  );
}
