import { useQuery } from '@tanstack/react-query';
import { Card, InputNumber, Select, Space, Switch, Table } from 'antd';
import type { ParcelSettings } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { useInboxTexts } from './inboxTexts.ts';

/** Folders whose files are imported by themselves, deadlines, and what keeps orders apart. */
export function InboxCard() {
  const t = useInboxTexts();
  const words = useFilterTexts();
  const failure = useFailure();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const { data: watch } = useQuery(api.orders.watch.get.queryOptions());
  const { data: settings } = useQuery(api.parcels.settings.get.queryOptions());

  async function toggle(shopId: string, on: boolean): Promise<void> {
    try {
      await client.orders.watch.set({ shopId, on });
      await queryClient.invalidateQueries({ queryKey: api.orders.watch.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function change(changes: Partial<ParcelSettings>): Promise<void> {
    if (settings === undefined) return;
    try {
      await client.parcels.settings.save({ ...settings, ...changes });
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Card size="small" title={t('title')}>
      <p className="muted">{t('explain')}</p>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={shops ?? []}
        columns={[
          { title: t('shop'), width: 180, dataIndex: 'name' },
          { title: t('watch'), width: 80, render: (_, shop) => <Switch size="small" aria-label={`${t('watch')} ${shop.name}`} checked={watch?.folders.some((one) => one.shopId === shop.id) ?? false} onChange={(on) => void toggle(shop.id, on)} /> },
          { title: t('folder'), ellipsis: true, render: (_, shop) => <code>{watch?.folders.find((one) => one.shopId === shop.id)?.folder}</code> },
          {
            title: t('last'),
            width: 240,
            render: (_, shop) => {
              const state = watch?.folders.find((one) => one.shopId === shop.id);
              return state === undefined || state.lastFile === '' ? '' : `${state.lastFile} · ${t(state.state === 'imported' ? 'imported' : 'refused')}`;
            },
          },
        ]}
      />
      {settings !== undefined && (
        <Space wrap style={{ marginTop: 8 }}>
          <InputNumber addonBefore={t('promise')} aria-label={t('promise')} min={1} max={720} value={settings.promiseHours} onChange={(value) => value !== null && void change({ promiseHours: value })} style={{ width: 240 }} />
          <InputNumber addonBefore={t('window')} aria-label={t('window')} min={0} max={720} value={settings.windowHours} onChange={(value) => value !== null && void change({ windowHours: value })} style={{ width: 260 }} />
          <Select mode="multiple" aria-label={t('exceptFlags')} placeholder={t('exceptFlags')} style={{ minWidth: 180 }} value={settings.exceptFlags} options={flags.filter((flag) => flag !== 'none').map((value) => ({ value, label: words(value) }))} onChange={(exceptFlags) => void change({ exceptFlags })} />
          <Select mode="tags" aria-label={t('exceptItems')} placeholder={t('exceptItems')} style={{ minWidth: 220 }} value={settings.exceptItems} onChange={(exceptItems: string[]) => void change({ exceptItems })} />
        </Space>
      )}
    </Card>
  );
}
