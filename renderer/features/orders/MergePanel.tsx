import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal, Space, Table } from 'antd';
import { useState } from 'react';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { MergeRules } from './MergeRules.tsx';
import { useParcelTexts } from './parcelTexts.ts';
import { useOutcomes } from './useOutcomes.tsx';

type Group = Awaited<ReturnType<typeof client.parcels.mergeProposals>>[number];
const keyOf = (group: Group): string => group.orders.map((order) => order.id).join();
const idsOf = (group: Group): string[] => group.orders.map((order) => order.id);

/** Orders that may share a box, proposed by the rules; merged one by one, some or all, and taken apart again until a number is drawn. */
export function MergePanel({ orderIds, shopIds, onClose }: { orderIds: readonly string[]; shopIds: readonly string[]; onClose: () => void }) {
  const t = useParcelTexts();
  const locale = useLocale();
  const failure = useFailure();
  const outcomes = useOutcomes();
  const { data: proposals = [], error } = useQuery(api.parcels.mergeProposals.queryOptions({ input: { ...(shopIds.length > 0 && { shopIds: [...shopIds] }) } }));
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const { data: parcels } = useQuery(api.parcels.ofOrders.queryOptions({ input: { orderIds: [...orderIds] }, enabled: orderIds.length > 0 }));
  const mergedBefore = (parcels ?? []).filter((parcel) => parcel.orders.length > 1 && parcel.waybill === '').map((parcel) => parcel.id);
  const [picked, setPicked] = useState<readonly string[]>([]);
  /** What was merged here, for taking it back. */
  const [made, setMade] = useState<readonly string[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const chosen = proposals.filter((group) => picked.includes(keyOf(group)));

  async function merge(groups: readonly (readonly string[])[]): Promise<void> {
    try {
      const results = await client.parcels.merge({ groups: groups.map((group) => [...group]) });
      setRefused(results.flatMap((result) => (result.failure ? [failureText(result.failure, locale)] : [])));
      setMade((current) => [...current, ...results.flatMap((result) => result.parcelId ?? [])]);
      setPicked([]);
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function takeBack(parcelIds: readonly string[]): Promise<void> {
    if (await outcomes(client.parcels.unmerge({ parcelIds: [...parcelIds] }), (count) => t('undone', { count }))) setMade((current) => current.filter((id) => !parcelIds.includes(id)));
  }

  const mergeShown = (): void => void merge((chosen.length > 0 ? chosen : proposals).map(idsOf));
  useKey('Ctrl+Enter', mergeShown, proposals.length > 0);
  useKey('Ctrl+Z', () => void takeBack(made), made.length > 0);
  useKey('Ctrl+Shift+Enter', () => void merge([orderIds]), orderIds.length > 1);

  return (
    <Modal open width={980} title={t('mergeTitle')} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}<Key>Esc</Key></Button>}>
      {error !== null && <Failure error={error} />}
      <MergeRules />
      {refused.length > 0 && <Alert type="warning" showIcon style={{ marginBottom: 8 }} title={refused.map((line) => <div key={line}>{line}</div>)} />}
      {made.length > 0 && <Alert type="success" showIcon style={{ marginBottom: 8 }} title={t('merged', { count: made.length })} action={<Button size="small" onClick={() => void takeBack(made)}>{t('undo')}<Key>Ctrl+Z</Key></Button>} />}
      <Table<Group>
        size="small"
        rowKey={keyOf}
        dataSource={proposals}
        locale={{ emptyText: t('noProposals') }}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        rowSelection={{ selectedRowKeys: [...picked], onChange: (keys) => setPicked(keys.map(String)) }}
        columns={[
          { title: t('receiver'), width: 260, render: (_, { receiver }) => `${receiver.name} ${receiver.phone} ${receiver.city}${receiver.district}` },
          {
            title: t('orders'),
            render: (_, group) =>
              group.orders.map((order) => (
                <div key={order.id}>
                  <span className="number">{order.number}</span> <span className={order.pieces === 1 ? 'muted' : 'quantity-many'}>×{order.pieces}</span>{' '}
                  <span className="muted">
                    {shops?.find((shop) => shop.id === order.shopId)?.name} {order.buyer}
                  </span>
                </div>
              )),
          },
          { title: t('why'), width: 150, render: (_, group) => t(`${group.rule}Short`) },
          { width: 84, render: (_, group) => <Button size="small" onClick={() => void merge([idsOf(group)])}>{t('merge')}</Button> },
        ]}
      />
      <Space wrap style={{ marginTop: 8 }}>
        <Button type="primary" disabled={proposals.length === 0} onClick={mergeShown}>
          {chosen.length > 0 ? t('mergePicked', { count: chosen.length }) : t('mergeAll', { count: proposals.length })}
          <Key>Ctrl+Enter</Key>
        </Button>
        {orderIds.length > 1 && <Button onClick={() => void merge([orderIds])}>{t('mergeChosen', { count: orderIds.length })}<Key>Ctrl+Shift+Enter</Key></Button>}
        {mergedBefore.length > 0 && <Button onClick={() => void takeBack(mergedBefore)}>{t('unmerge', { count: mergedBefore.length })}</Button>}
      </Space>
    </Modal>
  );
}
