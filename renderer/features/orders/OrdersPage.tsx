import { ImportOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Space, Table, Tabs } from 'antd';
import type { InputRef } from 'antd';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import type { OrderFilter, OrderQuery, OrderSummary, Stage } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { useGoods } from '../items/Goods.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { useSize } from '../../ui/useSize.ts';
import { ImportDialog } from '../import/ImportDialog.tsx';
import { ColumnChooser, useHiddenColumns } from './ColumnChooser.tsx';
import { FilterBar } from './FilterBar.tsx';
import type { ExtraFilter } from './FilterBar.tsx';
import { OrderPanel } from './OrderPanel.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { PrintBar } from './PrintBar.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { useActionTexts } from './actionTexts.ts';
import { orderColumns } from './columns.tsx';
import { useOrdersTexts } from './texts.ts';

const tabs: readonly (Stage | 'all')[] = ['to_print', 'printed', 'handed', 'problem', 'held', 'waiting', 'ended', 'all'];

/** Orders in, labels out: the page a packer lives on. */
export default function OrdersPage() {
  const t = useOrdersTexts();
  const actions = useActionTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [tab, setTab] = useState<Stage | 'all'>('to_print');
  const [shopId, setShopId] = useState<string | null>(null);
  const [sort, setSort] = useState<OrderQuery['sort']>('newest');
  const [typed, setTyped] = useState('');
  const [extra, setExtra] = useState<ExtraFilter>({});
  const [typing, setTyping] = useState<'paste' | 'manual' | null>(null);
  const search = useDeferredValue(typed.trim());
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const [dragging, setDragging] = useState(false);
  const [opened, setOpened] = useState<string | null>(null);
  const searchBox = useRef<InputRef>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [box, size] = useSize<HTMLDivElement>();
  useKey('Ctrl+F', () => searchBox.current?.focus());
  useKey('Ctrl+O', () => picker.current?.click());

  const filter: OrderFilter = useMemo(
    () => ({ ...extra, ...(tab !== 'all' && { stage: tab }), ...(shopId !== null && { shopIds: [shopId] }), ...(search !== '' && { search }) }),
    [tab, shopId, search, extra],
  );
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const { data: counts } = useQuery(api.orders.counts.queryOptions({ input: shopId === null ? {} : { shopIds: [shopId] } }));
  const list = useInfiniteQuery(
    api.orders.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...filter, sort, limit: 100, ...(cursor !== undefined && { cursor }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
  );
  const orders = useMemo(() => list.data?.pages.flatMap((page) => page.orders) ?? [], [list.data]);
  const goods = useGoods(list.data?.pages);
  const [hidden, setHidden] = useHiddenColumns();
  const allColumns = useMemo(() => orderColumns(t, locale, (id) => shops?.find((shop) => shop.id === id)?.name ?? '', goods), [t, locale, shops, goods]);
  const columns = useMemo(() => allColumns.filter((_, index) => !hidden.includes(index)), [allColumns, hidden]);
  // Cells copied from a spreadsheet and pasted anywhere outside a field are a table to import.
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      const target = event.target as HTMLElement | null;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (target?.closest('input, textarea, [contenteditable]') || !text.includes('\t') || !text.includes('\n')) return;
      event.preventDefault();
      setFiles([new File([text], 'paste.tsv', { type: 'text/tab-separated-values' })]);
    }
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  function choose(next: Stage | 'all'): void {
    setTab(next);
    setSelected([]);
  }
  function drop(event: DragEvent): void {
    event.preventDefault();
    setDragging(false);
    if (event.dataTransfer.files.length > 0) setFiles([...event.dataTransfer.files]);
  }
  async function selectAll(): Promise<void> {
    try {
      const found = await client.orders.ids({ ...filter, limit: 5_000 });
      setSelected(found.ids);
    } catch (thrown) {
      failure(thrown);
    }
  }
  useKey('Ctrl+A', () => void selectAll(), files === null && opened === null);

  const countOf = (name: Stage | 'all'): number | undefined => (name === 'all' ? counts?.all : counts?.tabs[name]);
  return (
    <div
      style={{ display: 'flex', flexDirection: 'column', height: '100%', gap: 8 }}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
    >
      <div style={{ display: 'flex', gap: 16, alignItems: 'center' }}>
        <h1 className="page-title" style={{ margin: 0 }}>
          {t('title')}
        </h1>
        <span className="spacer" style={{ flex: 1 }} />
        {counts !== undefined && <span>{t('dueToday', { count: counts.dueToday })}</span>}
        {counts !== undefined && counts.late > 0 && <span style={{ color: 'var(--state-failed)' }}>{t('late', { count: counts.late })}</span>}
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          accept=".csv,.tsv,.txt,.xlsx,.xls"
          data-testid="order-files"
          onChange={(event) => {
            setFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Button onClick={() => setTyping('manual')}>＋ {actions('newOrder')}</Button>
        <Button onClick={() => setTyping('paste')}>{actions('paste')}</Button>
        <Button icon={<ImportOutlined />} onClick={() => picker.current?.click()}>
          {t('import')}
          <Key>Ctrl+O</Key>
        </Button>
      </div>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={(key) => choose(key as Stage | 'all')}
        items={tabs.map((name) => ({ key: name, label: `${t(name)} ${countOf(name) ?? ''}` }))}
        tabBarStyle={{ margin: 0 }}
      />
      <Space wrap>
        <Input
          ref={searchBox}
          allowClear
          style={{ width: 320 }}
          placeholder={t('search')}
          aria-label={t('search')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          suffix={<Key>Ctrl+F</Key>}
        />
        <Select
          aria-label={t('shop')}
          style={{ width: 160 }}
          value={shopId ?? ''}
          onChange={(value) => setShopId(value === '' ? null : value)}
          options={[{ value: '', label: t('allShops') }, ...(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))]}
        />
        <Select
          aria-label={t('sort')}
          style={{ width: 120 }}
          value={sort}
          onChange={setSort}
          options={(['newest', 'oldest', 'deadline'] as const).map((value) => ({ value, label: t(value) }))}
        />
        <Button size="small" type="link" onClick={() => void selectAll()}>
          {t('selectAll', { count: countOf(tab) ?? 0 })}
          <Key>Ctrl+A</Key>
        </Button>
        {selected.length > 0 && (
          <Button size="small" type="link" onClick={() => setSelected([])}>
            {t('clear')}
          </Button>
        )}
        <span className="muted">{t('loaded', { count: orders.length })}</span>
        <ColumnChooser titles={allColumns.map((column) => String(column.title))} hidden={hidden} onChange={setHidden} />
      </Space>
      <FilterBar
        filter={extra}
        whole={filter}
        onChange={setExtra}
        onView={({ stage, shopIds, search: words, ...rest }) => {
          setTab(stage ?? 'all');
          setShopId(shopIds?.[0] ?? null);
          setTyped(words ?? '');
          setExtra(rest);
        }}
      />
      <SelectionActions orderIds={selected} shopIds={shopId === null ? [] : [shopId]} />
      {list.error !== null && <Failure error={list.error} />}
      <div ref={box} style={{ flex: 1, minHeight: 120, outline: dragging ? '3px dashed var(--tape)' : undefined }}>
        <Table<OrderSummary>
          size="small"
          rowKey="id"
          virtual
          loading={list.isLoading}
          columns={columns}
          dataSource={orders}
          pagination={false}
          scroll={{ y: Math.max(120, size.height - 40), x: Math.max(1_180, size.width) }}
          rowSelection={{ selectedRowKeys: [...selected], onChange: (keys) => setSelected(keys.map(String)), columnWidth: 40, preserveSelectedRowKeys: true }}
          onRow={(order) => ({
            tabIndex: 0,
            onDoubleClick: () => setOpened(order.id),
            onKeyDown: (event) => {
              if (event.key === 'Enter') setOpened(order.id);
              if (event.key === ' ') {
                event.preventDefault();
                setSelected((current) => (current.includes(order.id) ? current.filter((id) => id !== order.id) : [...current, order.id]));
              }
            },
          })}
          onScroll={(event) => {
            const target = event.target as HTMLElement;
            const left = target.scrollHeight - target.scrollTop - target.clientHeight;
            if (left < 600 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
          }}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={search === '' ? t('empty') : t('noMatch')}>{search === '' && t('emptyHint')}</Empty> }}
        />
      </div>
      <PrintBar orderIds={selected} onStarted={() => setSelected([])} />
      {typing !== null && <PasteDialog start={typing} onClose={() => setTyping(null)} />}
      {files !== null && <ImportDialog files={files} onClose={() => setFiles(null)} />}
      {opened !== null && <OrderPanel orderId={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
