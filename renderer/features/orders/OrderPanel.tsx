import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer, Spin, Table } from 'antd';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, moment, money } from '../../ui/format.ts';
import { useOrdersTexts } from './texts.ts';

/** The order as it came, its parcel, and everything the file said. */
export function OrderPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useOrdersTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { data: order, error } = useQuery(api.orders.get.queryOptions({ input: { id: orderId } }));
  const reveal = useMutation(api.orders.reveal.mutationOptions({ onError: failure }));
  const receiver = reveal.data ?? order?.receiver;
  return (
    <Drawer open onClose={onClose} width={560} title={t('detail', { number: order?.number ?? '' })}>
      {error !== null && <Failure error={error} />}
      {order === undefined && error === null && <Spin />}
      {order !== undefined && receiver !== undefined && (
        <>
          <Descriptions size="small" column={1} bordered>
            <Descriptions.Item label={t('shop')}>{order.shopName}</Descriptions.Item>
            <Descriptions.Item label={t('receiver')}>
              {receiver.name} {receiver.phone}
              <br />
              {[receiver.province, receiver.city, receiver.district, receiver.town, receiver.detail].filter((part) => part !== '').join(' ')}
              <br />
              {reveal.data === undefined && (
                <Button size="small" onClick={() => reveal.mutate({ id: order.id })}>
                  {t('reveal')}
                </Button>
              )}
            </Descriptions.Item>
            <Descriptions.Item label={t('paid')}>{order.paidAt === '' ? t('none') : moment(order.paidAt, locale)}</Descriptions.Item>
            <Descriptions.Item label={t('amount')}>{order.paidFen === null ? t('none') : money(order.paidFen, locale)}</Descriptions.Item>
            <Descriptions.Item label={t('buyerNote')}>{order.buyerNote || t('none')}</Descriptions.Item>
            <Descriptions.Item label={t('sellerNote')}>{order.sellerNote || t('none')}</Descriptions.Item>
            {order.parcels.map((parcel) => (
              <Descriptions.Item key={parcel.id} label={`${t('parcel')} ${parcel.position}/${parcel.total}`}>
                {parcel.carrierCode} <span className="number">{parcel.waybill === '' ? '—' : grouped(parcel.waybill)}</span>
              </Descriptions.Item>
            ))}
          </Descriptions>
          <Table
            size="small"
            style={{ marginTop: 12 }}
            rowKey="id"
            pagination={false}
            dataSource={order.lines}
            columns={[
              { title: t('goods'), render: (_, line) => `${line.title} ${line.spec}` },
              { title: '×', width: 60, align: 'right', dataIndex: 'quantity', render: (value: number | null) => value ?? '?' },
            ]}
          />
          {order.extra.length > 0 && (
            <Descriptions size="small" column={1} title={t('extra')} style={{ marginTop: 12 }}>
              {order.extra.map(([name, value]) => (
                <Descriptions.Item key={name} label={name}>
                  {value}
                </Descriptions.Item>
              ))}
            </Descriptions>
          )}
        </>
      )}
    </Drawer>
  );
}
