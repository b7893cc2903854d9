import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Select, Space, Switch, Table } from 'antd';
import { useState } from 'react';
import { api, client, queryClient } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { useActionTexts } from './actionTexts.ts';

/** Orders that may share a box, proposed by the rule; merged one by one or all, and taken apart again until a number is drawn. */
export function MergePanel({ orderIds, shopIds, onClose }: { orderIds: readonly string[]; shopIds: readonly string[]; onClose: () => void }) {
  const t = useActionTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { data: settings } = useQuery(api.parcels.settings.get.queryOptions());
  const { data: proposals, error } = useQuery(api.parcels.mergeProposals.queryOptions({ input: { ...(shopIds.length > 0 && { shopIds: [...shopIds] }) } }));
  const { data: parcels } = useQuery(api.parcels.ofOrders.queryOptions({ input: { orderIds: [...orderIds] }, enabled: orderIds.length > 0 }));
  const merged = (parcels ?? []).filter((parcel) => parcel.orders.length > 1);
  const [refused, setRefused] = useState<readonly string[]>([]);

  async function merge(groups: readonly (readonly string[])[], force = false): Promise<void> {
    try {
      const results = await client.parcels.merge({ groups: groups.map((group) => [...group]), force });
      setRefused(results.flatMap((result) => (result.failure ? [failureText(result.failure, locale)] : [])));
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function change(changes: Partial<NonNullable<typeof settings>>): Promise<void> {
    if (settings === undefined) return;
    try {
      await client.parcels.settings.save({ ...settings, ...changes });
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }

  return (
    <Modal open width={860} title={t('mergeTitle')} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      {error !== null && <Failure error={error} />}
      {settings !== undefined && (
        <Space wrap style={{ marginBottom: 8 }}>
          <Select aria-label={t('rule')} style={{ width: 260 }} value={settings.mergeRule} onChange={(mergeRule) => void change({ mergeRule })} options={[{ value: 'loose', label: t('loose') }, { value: 'strict', label: t('strict') }]} />
          <label>
            <Switch size="small" checked={settings.autoMerge} onChange={(autoMerge) => void change({ autoMerge })} /> {t('auto')}
          </label>
          <label>
            <Switch size="small" checked={settings.acrossShops} onChange={(acrossShops) => void change({ acrossShops })} /> {t('acrossShops')}
          </label>
        </Space>
      )}
      {refused.length > 0 && <Alert type="warning" style={{ marginBottom: 8 }} message={refused.map((line) => <div key={line}>{line}</div>)} />}
      <Table
        size="small"
        rowKey={(group) => group.orders.map((order) => order.id).join()}
        dataSource={proposals ?? []}
        pagination={{ pageSize: 8, hideOnSinglePage: true }}
        columns={[
          { title: t('receiver'), render: (_, group) => `${group.receiver.name} ${group.receiver.phone} ${group.receiver.city}${group.receiver.district}` },
          { title: t('orders'), render: (_, group) => group.orders.map((order) => `${order.number} ×${order.pieces}`).join(' · ') },
          { width: 90, render: (_, group) => <Button size="small" onClick={() => void merge([group.orders.map((order) => order.id)])}>{t('mergeOne')}</Button> },
        ]}
      />
      <Space style={{ marginTop: 8 }}>
        <Button type="primary" disabled={(proposals ?? []).length === 0} onClick={() => void merge((proposals ?? []).map((group) => group.orders.map((order) => order.id)))}>
          {t('mergeAll', { count: proposals?.length ?? 0 })}
        </Button>
        <Button disabled={orderIds.length < 2} onClick={() => void merge([orderIds])}>
          {t('mergeChosen', { count: orderIds.length })}
        </Button>
        {merged.length > 0 && (
          <Button onClick={() => void client.parcels.unmerge({ parcelIds: merged.map((parcel) => parcel.id) }).catch(failure)}>{t('unmerge', { count: merged.length })}</Button>
        )}
      </Space>
    </Modal>
  );
}
