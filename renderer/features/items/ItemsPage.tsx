import { DownloadOutlined, HistoryOutlined, ImportOutlined, OrderedListOutlined, PlusOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Empty, Input, Segmented, Select, Space, Table } from 'antd';
import type { InputRef } from 'antd';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Item } from '../../../common/contract/items.ts';
import { api, appError, client } from '../../client/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { useSize } from '../../ui/useSize.ts';
import { saveText } from '../../ui/saveText.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import { ImportNames } from './ImportNames.tsx';
import { NewItem } from './NewItem.tsx';
import { RulesDrawer } from './RulesDrawer.tsx';
import { SkuTable } from './SkuTable.tsx';
import { itemColumns } from './columns.tsx';
import type { Room } from './columns.tsx';
import { useItemsTexts } from './texts.ts';

type Filter = 'unnamed' | 'all' | 'named' | 'archived';
const pageSize = 50;
const nothing: readonly string[] = [];

/** Short names of every item: what is missing first, suggestions with their reasons, edited in place, every step undoable. */
export default function ItemsPage() {
  const t = useItemsTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [filter, setFilter] = useState<Filter>('unnamed');
  const [shopId, setShopId] = useState('');
  const [today, setToday] = useState(false);
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<readonly string[]>(nothing);
  const [opened, setOpened] = useState<'rules' | 'history' | 'import' | 'new' | null>(null);
  const [roomId, setRoomId] = useState('');
  const search = useDeferredValue(typed.trim());
  const searchBox = useRef<InputRef>(null);
  const [box, size] = useSize<HTMLDivElement>();
  useKey('Ctrl+F', () => searchBox.current?.focus());

  const since = useMemo(() => (today ? startOfDay() : undefined), [today]);
  const scope = { ...(shopId !== '' && { shopId }), ...(since !== undefined && { since }) };
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const list = useQuery({ ...api.items.list.queryOptions({ input: { ...scope, search, filter, offset: (page - 1) * pageSize, limit: pageSize } }), placeholderData: (before) => before });
  const { data: rooms } = useQuery(api.items.rooms.queryOptions({ input: {} }));
  const items = list.data?.items ?? [];
  const place: Room | undefined = rooms?.find((one) => one.templateId === roomId) ?? rooms?.[0];
  const texts = [...new Set(items.flatMap((item) => [item.shown.text, item.suggestion.shortName]))].filter((text) => text !== '');
  const { data: measured } = useQuery({ ...api.items.widths.queryOptions({ input: { texts, size: place?.size ?? 24 } }), enabled: texts.length > 0, placeholderData: (before) => before });
  const widths = new Map(texts.map((text, index) => [text, measured?.widths[index]]));

  async function run<T>(work: () => Promise<T>, done: (value: T) => string): Promise<void> {
    try {
      void message.success(done(await work()));
    } catch (thrown) {
      failure(thrown);
    }
  }
  const rename = (itemId: string, skuId: string, name: string): void => void run(() => client.items.setNames({ changes: [{ itemId, skuId, name }] }), () => t('saved'));
  /** Names pasted over several rows are one step that undo takes back; an empty line leaves its row as it is. */
  function renameFrom(first: Item, names: readonly string[]): void {
    const rows = items.slice(items.indexOf(first));
    const changes = names.slice(0, rows.length).flatMap((name, index) => (name === '' ? [] : [{ itemId: rows[index]?.id ?? '', skuId: '', name }]));
    void run(() => client.items.setNames({ changes }), ({ changed }) => (names.length > rows.length ? t('pastedSome', { count: changed, left: names.length - rows.length }) : t('pasted', { count: changed })));
  }
  const accept = (input: { itemIds?: string[]; shopId?: string; since?: string }): void =>
    void run(
      () => client.items.acceptSuggestions({ ...input, minConfidence: input.itemIds?.length === 1 ? 0 : 0.5 }),
      ({ changed, skipped }) => {
        setChosen(nothing);
        return skipped > 0 ? t('acceptedSome', { count: changed, skipped }) : t('accepted', { count: changed });
      },
    );
  async function undo(): Promise<void> {
    try {
      const { changed, kept } = await client.items.undo(shopId === '' ? {} : { shopId });
      void message.success(kept > 0 ? t('undoneKept', { count: changed, kept }) : t('undone', { count: changed }));
    } catch (thrown) {
      if (appError(thrown)?.code === 'NOT_FOUND') void message.info(t('nothingToUndo'));
      else failure(thrown);
    }
  }
  useKey('Ctrl+Z', () => void undo(), opened === null && !(document.activeElement instanceof HTMLInputElement));
  async function save(): Promise<void> {
    try {
      const { name, text } = await client.items.export(shopId === '' ? {} : { shopId });
      saveText(name, text);
    } catch (thrown) {
      failure(thrown);
    }
  }
  const show = (next: Filter): void => {
    setFilter(next);
    setPage(1);
    setChosen(nothing);
  };

  const unnamed = list.data?.unnamed ?? 0;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', height: '100%', gap: 8 }}>
      <div style={{ display: 'flex', gap: 12, alignItems: 'baseline' }}>
        <h1 className="page-title" style={{ margin: 0 }}>
          {t('title')}
        </h1>
        <span className="muted">{t('lead')}</span>
        <span style={{ flex: 1 }} />
        <Button icon={<UndoOutlined />} onClick={() => void undo()}>
          {t('undo')}
          <Key>Ctrl+Z</Key>
        </Button>
        <Button icon={<OrderedListOutlined />} onClick={() => setOpened('rules')}>
          {t('rules')}
        </Button>
        <Button icon={<HistoryOutlined />} onClick={() => setOpened('history')}>
          {t('history')}
        </Button>
        <Button icon={<ImportOutlined />} onClick={() => setOpened('import')}>
          {t('import')}
        </Button>
        <Button icon={<DownloadOutlined />} onClick={() => void save()}>
          {t('export')}
        </Button>
        <Button icon={<PlusOutlined />} onClick={() => setOpened('new')}>
          {t('add')}
        </Button>
      </div>
      <Space wrap>
        <Segmented<Filter>
          value={filter}
          onChange={show}
          options={[
            { value: 'unnamed', label: t('unnamed', { count: unnamed }) },
            { value: 'all', label: t('all') },
            { value: 'named', label: t('named') },
            { value: 'archived', label: t('archived') },
          ]}
        />
        <Input {...takesScan} ref={searchBox} allowClear style={{ width: 300 }} placeholder={t('search')} aria-label={t('search')} value={typed} onChange={(event) => { setTyped(event.target.value); setPage(1); }} suffix={<Key>Ctrl+F</Key>} />
        <Select aria-label={t('shop')} style={{ width: 150 }} value={shopId} onChange={(value) => { setShopId(value); setPage(1); }} options={[{ value: '', label: t('allShops') }, ...(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))]} />
        <Checkbox checked={today} onChange={(event) => { setToday(event.target.checked); setPage(1); }}>
          {t('today')}
        </Checkbox>
        <Select aria-label={t('room')} style={{ width: 220 }} value={place?.templateId ?? ''} onChange={setRoomId} options={(rooms ?? []).length === 0 ? [{ value: '', label: t('noRoom') }] : (rooms ?? []).map((one) => ({ value: one.templateId, label: `${t('room')} ${one.name}` }))} />
        {chosen.length > 0 ? (
          <Button type="primary" onClick={() => accept({ itemIds: [...chosen] })}>
            {t('acceptChosen', { count: chosen.length })}
          </Button>
        ) : (
          <Button type="primary" disabled={unnamed === 0} onClick={() => accept(scope)}>
            {t('acceptAll', { count: unnamed })}
          </Button>
        )}
      </Space>
      {list.isError && <Failure error={list.error} />}
      {(measured?.uncovered.length ?? 0) > 0 && <div style={{ color: 'var(--state-failed)' }}>{t('uncovered', { characters: measured?.uncovered.join(' ') ?? '' })}</div>}
      <div ref={box} style={{ flex: 1, minHeight: 0 }}>
        <Table<Item>
          size="small"
          rowKey="id"
          loading={list.isPending}
          dataSource={items}
          columns={itemColumns({ t, widths, room: place, shopName: (id) => (shopId === '' && (shops?.length ?? 0) > 1 ? (shops?.find((shop) => shop.id === id)?.name ?? '') : ''), onName: (item, name) => rename(item.id, '', name), onLines: renameFrom, onAccept: (item) => accept({ itemIds: [item.id] }), onDetails: (item, change) => void run(() => client.items.update({ id: item.id, ...change }), () => t('saved')) })}
          rowSelection={{ selectedRowKeys: [...chosen], onChange: (keys) => setChosen(keys.map(String)), columnWidth: 36 }}
          expandable={{ expandedRowRender: (item) => <SkuTable item={item} onName={(skuId, name) => rename(item.id, skuId, name)} onDetails={(skuId, change) => void run(() => client.items.update({ id: item.id, skus: [{ id: skuId, ...change }] }), () => t('saved'))} />, rowExpandable: (item) => item.skus.length > 0 }}
          scroll={{ y: Math.max(160, size.height - 96), x: 1080 }}
          pagination={{ current: page, pageSize, total: list.data?.total ?? 0, showSizeChanger: false, onChange: setPage, size: 'small' }}
          locale={{ emptyText: <Empty description={search === '' && filter !== 'archived' && (list.data?.total ?? 0) === 0 && unnamed === 0 && filter === 'all' ? <><strong>{t('emptyTitle')}</strong><br />{t('emptyText')}</> : t('emptyFound')} /> }}
        />
      </div>
      {opened === 'rules' && <RulesDrawer shops={shops ?? []} onClose={() => setOpened(null)} />}
      {opened === 'history' && <HistoryDrawer shopId={shopId} onClose={() => setOpened(null)} />}
      {opened === 'import' && <ImportNames shops={shops ?? []} shopId={shopId} onClose={() => setOpened(null)} />}
      {opened === 'new' && <NewItem shops={shops ?? []} shopId={shopId} onClose={() => setOpened(null)} />}
    </div>
  );
}

/** Midnight of this PC's day, as the moment it is. */
function startOfDay(): string {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}
