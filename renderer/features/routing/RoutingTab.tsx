import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Table, Tag } from 'antd';
import { useState } from 'react';
import type { Routed } from '../../../common/contract/routing.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { Rules } from './Rules.tsx';
import { Shipments } from './Shipments.tsx';
import { Warehouses } from './Warehouses.tsx';
import { useRoutingTexts } from './texts.ts';

/** Which parcels a cloud warehouse ships: rules, handing over, what came back. */
export default function RoutingTab() {
  const { data: warehouses } = useQuery(api.routing.warehouses.list.queryOptions());
  const open = (warehouses ?? []).filter((each) => !each.archived);
  return (
    <div className="costs-grid" style={{ marginTop: 0 }}>
      <Warehouses warehouses={warehouses} />
      {open.length > 0 && (
        <>
          <Rules warehouses={open} />
          <Assign names={new Map(open.map((each) => [each.id, each.name]))} />
          <Shipments warehouses={open} />
        </>
      )}
    </div>
  );
}

function Assign({ names }: { names: ReadonlyMap<string, string> }) {
  const t = useRoutingTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [plan, setPlan] = useState<readonly Routed[]>();
  const cloud = (plan ?? []).filter((each) => each.warehouseId !== '' && each.problem === null);

  async function look(): Promise<void> {
    try {
      const { ids } = await client.orders.ids({ stage: 'to_print', limit: 5_000 });
      if (ids.length === 0) {
        setPlan([]);
        return;
      }
      setPlan(await client.routing.plan({ orderIds: ids }));
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function give(): Promise<void> {
    try {
      const result = await client.routing.assign({ orderIds: cloud.flatMap((each) => each.orderIds) });
      void message.success(t('assigned', { count: result.assigned }));
      if (result.refused.length > 0) void message.warning(`${t('refused', { count: result.refused.length })}: ${result.refused.slice(0, 5).map((each) => `${each.reference} ${each.reason}`).join('、')}`);
      setPlan(undefined);
      await queries.invalidateQueries({ queryKey: api.routing.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <section className="costs-panel wide" data-testid="routing-assign">
      <h2>{t('work')}</h2>
      <p className="muted">{t('planHint')}</p>
      <Button onClick={() => void look()}>{t('planNow')}</Button>{' '}
      {cloud.length > 0 && (
        <Button type="primary" onClick={() => void give()}>
          {t('assign', { count: cloud.length })}
        </Button>
      )}
      {plan && (
        <>
          <p>{plan.length === 0 ? t('noOrders') : t('planned', { own: plan.length - cloud.length, cloud: cloud.length })}</p>
          {plan.length > 0 && <Table<Routed>
            size="small"
            rowKey="parcelId"
            pagination={{ pageSize: 20, hideOnSinglePage: true }}
            dataSource={plan}
            columns={[
              { title: t('order'), dataIndex: 'reference', className: 'number' },
              { title: t('to'), render: (_, each) => (each.warehouseId === '' ? t('ownWarehouse') : <strong>{names.get(each.warehouseId) ?? each.warehouseId}</strong>) },
              { title: t('why'), render: (_, each) => <>{each.reason} {each.problem !== null && <Tag color="warning">{each.problem}</Tag>} {each.undecided.length > 0 && <span className="muted">{t('undecided')}: {each.undecided.join('; ')}</span>}</> },
              { title: t('ownCost'), align: 'right', render: (_, each) => (each.ownFen === null ? '—' : formatFen(each.ownFen)) },
              { title: t('cloudCost'), align: 'right', render: (_, each) => (each.cloudFen === null ? '—' : formatFen(each.cloudFen)) },
            ]}
          />}
        </>
      )}
    </section>
  );
}
