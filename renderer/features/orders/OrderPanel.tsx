import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Drawer, Spin } from 'antd';
import { useMemo } from 'react';
import type { OrderDetail } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { grouped, moment, money } from '../../ui/format.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { Goods, useGoods } from '../items/Goods.tsx';
import { AttemptHistory } from './AttemptHistory.tsx';
import { AlarmBadge } from './cells.tsx';
import { OrderNotes } from './OrderNotes.tsx';
import { OrderParcels } from './OrderParcels.tsx';
import { OrderReceiver } from './OrderReceiver.tsx';
import { usePanelTexts } from './panelTexts.ts';
import { useOrdersTexts } from './texts.ts';
import { useLock } from './useLock.ts';

/** One order whole: where it goes, what is written on it, its boxes, every label that was ever printed, and the file's own words. */
export function OrderPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = usePanelTexts();
  const locale = useLocale();
  const { data: order, error, refetch } = useQuery(api.orders.get.queryOptions({ input: { id: orderId } }));
  const lock = useLock(orderId);
  const elsewhere = order?.lock != null && !order.lock.own;
  const mayEdit = !elsewhere && lock.refused === undefined;
  return (
    <Drawer open onClose={onClose} width={680} title={t('detail', { number: order?.number ?? '' })}>
      {error !== null && <Failure error={error} />}
      {order === undefined && error === null && <Spin />}
      {order !== undefined && (
        <>
          {elsewhere && order.lock !== null && <Alert type="info" showIcon style={{ marginBottom: 12 }} title={t('lockedBy', { by: order.lock.by || t('someone'), until: moment(order.lock.until, locale) })} />}
          {!elsewhere && lock.refused !== undefined && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={failureText(lock.refused, locale)} />}
          <Standing order={order} mayEdit={mayEdit} />
          <OrderReceiver order={order} mayEdit={mayEdit} onEdit={lock.take} onReload={() => void refetch()} />
          <OrderNotes order={order} mayEdit={mayEdit} onEdit={lock.take} />
          <OrderGoods order={order} />
          <OrderParcels order={order} mayEdit={mayEdit} />
          <AttemptHistory parcelIds={order.pastParcels} />
          <AsItCame order={order} />
        </>
      )}
    </Drawer>
  );
}

/** What keeps the order from going on, and the way out of it. */
function Standing({ order, mayEdit }: { order: OrderDetail; mayEdit: boolean }) {
  const t = usePanelTexts();
  const words = useOrdersTexts();
  const failure = useFailure();
  const ids = [order.id];
  const settle = (): void => void client.orders.settleAlarm({ ids }).catch(failure);
  const restore = (): void => void client.orders.restore({ ids }).catch(failure);
  const release = (): void => void client.orders.release({ ids }).catch(failure);
  useKey('Shift+F8', settle, mayEdit && order.alarm !== '');
  useKey('Shift+F9', restore, mayEdit && order.cancelled !== '');
  useKey('F8', release, mayEdit && order.held !== '');
  return (
    <>
      {order.alarm !== '' && (
        <Alert
          type="error"
          showIcon
          style={{ marginBottom: 12 }}
          title={<AlarmBadge alarm={order.alarm} />}
          description={t('alarm', { what: words(`alarm_${order.alarm as 'refunded'}`) })}
          action={<Button disabled={!mayEdit} onClick={settle}>{t('settle')}<Key>Shift+F8</Key></Button>}
        />
      )}
      {order.cancelled !== '' && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t('cancelled', { reason: order.cancelled })} action={<Button disabled={!mayEdit} onClick={restore}>{t('restore')}<Key>Shift+F9</Key></Button>} />
      )}
      {order.held !== '' && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={t('held', { reason: order.held })} action={<Button disabled={!mayEdit} onClick={release}>{t('release')}<Key>F8</Key></Button>} />
      )}
    </>
  );
}

function OrderGoods({ order }: { order: OrderDetail }) {
  const t = usePanelTexts();
  const page = useMemo(() => [{ orders: [order] }], [order]);
  const named = useGoods(page).get(order.id);
  return (
    <section className="order-section">
      <h3>{t('goods')}</h3>
      <Goods order={order} named={named} />
      <ul className="muted" style={{ margin: '4px 0 0', paddingInlineStart: 18 }}>
        {order.lines.map((line) => (
          <li key={line.id} style={line.refunded ? { textDecoration: 'line-through' } : undefined}>
            {[line.title, line.spec, line.skuCode].filter((part) => part !== '').join(' · ')} ×{line.quantity ?? '?'}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Nothing of the file is lost: what we read, and every column nobody asked about. */
function AsItCame({ order }: { order: OrderDetail }) {
  const t = usePanelTexts();
  const locale = useLocale();
  const at = (time: string): string => (time === '' ? '' : moment(time, locale));
  const fen = (value: number | null): string => (value === null ? '' : money(value, locale));
  const rows: readonly (readonly [string, string])[] = [
    [t('number'), order.number], [t('shop'), order.shopName], [t('state'), order.statusText], [t('buyer'), order.buyer], [t('ordered'), at(order.orderedAt)], [t('paid'), at(order.paidAt)], [t('shipBy'), at(order.shipBy)],
    [t('amount'), fen(order.paidFen)], [t('goodsAmount'), fen(order.goodsFen)], [t('freight'), fen(order.freightFen)], [t('platformWaybill'), [order.platformCarrier, grouped(order.platformWaybill)].filter((part) => part !== '').join(' ')],
  ];
  return (
    <section className="order-section">
      <h3>{t('asItCame')}</h3>
      <Pairs rows={rows.filter(([, value]) => value !== '')} />
      {order.extra.length > 0 && (
        <>
          <h3 style={{ marginTop: 12 }}>{t('extra')}</h3>
          <Pairs rows={order.extra} />
        </>
      )}
    </section>
  );
}

function Pairs({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl>
      {rows.map(([name, value], index) => (
        // A file may have two columns of one name.
        // eslint-disable-next-line react/no-array-index-key
        <div key={index} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
