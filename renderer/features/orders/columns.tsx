import type { TableColumnsType } from 'antd';
import type { GoodsLine } from '../../../common/contract/items.ts';
import type { OrderSummary } from '../../../common/contract/orders.ts';
import type { Locale } from '../../../common/error-texts.ts';
import { Goods } from '../items/Goods.tsx';
import { grouped, moment } from '../../ui/format.ts';
import { State } from '../../ui/State.tsx';
import type { LabelState } from '../../ui/State.tsx';
import type { useOrdersTexts } from './texts.ts';

type T = ReturnType<typeof useOrdersTexts>;

const flagColours: Readonly<Record<string, string>> = { red: '#c92a2a', yellow: '#b86e00', green: '#2b8a3e', blue: '#1c6fb8', purple: '#7b3fa0' };

function stateOf(order: OrderSummary): { state: LabelState; text?: string } {
  if (order.handed) return { state: 'confirmed' };
  if (order.printed) return { state: 'printed' };
  return { state: order.stage === 'problem' ? 'failed' : 'waiting' };
}

export function orderColumns(t: T, locale: Locale, shopName: (id: string) => string, goods: ReadonlyMap<string, readonly GoodsLine[]>): TableColumnsType<OrderSummary> {
  return [
    { title: t('shop'), width: 96, ellipsis: true, render: (_, order) => shopName(order.shopId) },
    {
      title: t('receiver'),
      width: 250,
      ellipsis: true,
      render: (_, { receiver, receiverState }) => (
        <>
          {receiver.name} <span className="muted">{receiver.phone}</span> {receiver.city.replace(/市$/, '')}
          {receiver.district}
          {receiverState !== 'full' && <span style={{ color: 'var(--state-failed)' }}> ✕ {t(receiverState === 'encrypted' ? 'encrypted' : 'incomplete')}</span>}
        </>
      ),
    },
    {
      title: t('goods'),
      ellipsis: true,
      render: (_, order) => <Goods order={order} named={goods.get(order.id)} />,
    },
    {
      title: t('notes'),
      width: 150,
      ellipsis: true,
      render: (_, order) => (
        <>
          {order.flag !== 'none' && <span style={{ color: flagColours[order.flag] }}>⚑ </span>}
          {[order.memo, order.sellerNote, order.buyerNote].filter((note) => note !== '').join(' · ')}
        </>
      ),
    },
    { title: t('carrier'), width: 110, ellipsis: true, render: (_, order) => (order.carrierCode === '' ? <span className="muted">{t('byRule')}</span> : <span title={order.carrierReason}>{order.carrierCode}</span>) },
    {
      title: t('due'),
      width: 112,
      render: (_, { shipBy, stage }) => {
        if (shipBy === '') return '';
        const late = stage === 'to_print' && shipBy < new Date().toISOString();
        return <span style={late ? { color: 'var(--state-failed)', fontWeight: 600 } : undefined}>{moment(shipBy, locale)}</span>;
      },
    },
    { title: t('number'), width: 170, render: (_, order) => <span className="number">{order.waybill === '' ? '—' : grouped(order.waybill)}</span> },
    {
      title: t('state'),
      width: 120,
      render: (_, order) => (
        <>
          <State {...stateOf(order)} />
          {order.alarm !== '' && <span style={{ color: 'var(--state-failed)' }}> ! {t('alarm')}</span>}
        </>
      ),
    },
  ];
}
