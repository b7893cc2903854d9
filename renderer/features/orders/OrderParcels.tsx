import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { OrderDetail } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { grouped } from '../../ui/format.ts';
import { carrierName } from '../carriers/names.ts';
import { usePanelTexts } from './panelTexts.ts';
import { useOutcomes } from './useOutcomes.tsx';

/** The boxes of an order: place in the set, carrier, number, what is in it, and the way back while no number is drawn. */
export function OrderParcels({ order, mayEdit }: { order: OrderDetail; mayEdit: boolean }) {
  const t = usePanelTexts();
  const locale = useLocale();
  const outcomes = useOutcomes();
  const { data: parcels } = useQuery(api.parcels.ofOrders.queryOptions({ input: { orderIds: [order.id] } }));
  const [first] = parcels ?? [];
  const free = mayEdit && (parcels ?? []).every((parcel) => parcel.waybill === '');

  return (
    <section className="order-section">
      <h3>
        {t('parcels')}
        {first !== undefined && first.orders.length > 1 && (
          <Button size="small" disabled={!free} onClick={() => void outcomes(client.parcels.unmerge({ parcelIds: [first.id] }), () => t('apart'))}>
            {t('unmerge')}
          </Button>
        )}
        {first !== undefined && first.total > 1 && (
          <Button size="small" disabled={!free} onClick={() => void outcomes(client.parcels.cancel({ parcelIds: [first.id] }), () => t('apart'))}>
            {t('rejoin')}
          </Button>
        )}
      </h3>
      {parcels?.length === 0 && <span className="muted">{t('noParcel')}</span>}
      <dl>
        {parcels?.map((parcel) => (
          <div key={parcel.id} style={{ display: 'contents' }}>
            <dt>{t('parcel', { position: parcel.position, total: parcel.total })}</dt>
            <dd>
              {carrierName(parcel.carrierCode, locale)} <span className="number">{parcel.waybill === '' ? '—' : grouped(parcel.waybill)}</span>
              <div>{parcel.lines.map((line) => `${line.title.slice(0, 16)} ${line.spec} ×${line.quantity ?? '?'}`).join(' · ')}</div>
              {parcel.orders.length > 1 && <div className="muted">{t('withOrders', { orders: parcel.orders.filter((one) => one.id !== order.id).map((one) => one.number).join('、') })}</div>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
