import { useQuery } from '@tanstack/react-query';
import { App, Button, Empty, Modal, Space, Table } from 'antd';
import { useState } from 'react';
import type { HandOver as HandOverList } from '../../../common/contract/stations.ts';
import { api, client } from '../../client/index.ts';
import { download } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, moment } from '../../ui/format.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { bandOf } from './carriers.ts';
import { useStationTexts } from './texts.ts';

type Carrier = HandOverList['carriers'][number];
/** Narrower paper cannot take the A4 sheet. */
const sheetMicrometres = 209_000;

/** The end of a shift: what goes to each courier, what is stopped, which labels nobody packed, and the sheets to sign. */
export function HandOver({ onClose }: { onClose: () => void }) {
  const t = useStationTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data, error } = useQuery(api.stations.handOver.list.queryOptions());
  const [asking, setAsking] = useState<Carrier>();
  const reasonOf = (stop: string): string => (['refunded', 'closed', 'address', 'goods'].includes(stop) ? t(`stop_${stop as 'refunded'}`) : stop);

  async function give(carrier: Carrier): Promise<void> {
    setAsking(undefined);
    try {
      const { handed, refused } = await client.stations.handOver.confirm({ carrierCode: carrier.carrierCode, numbers: carrier.ready.map((one) => one.number) });
      void message.success(t('handedNow', { carrier: carrier.carrierName, count: handed.length }));
      if (refused.length > 0) void message.error(t('refused', { count: refused.length, numbers: refused.map((one) => `${grouped(one.number)} ${reasonOf(one.why)}`).join(' · ') }), 0);
    } catch (thrown) {
      failure(thrown);
    }
  }
  const ready = data?.carriers.filter((carrier) => carrier.ready.length > 0) ?? [];
  const keys = ['F1', 'F2', 'F3', 'F4'] as const;
  const ask = (index: number): void => setAsking(ready[index]);
  useKey('F1', () => ask(0), ready.length > 0 && !asking);
  useKey('F2', () => ask(1), ready.length > 1 && !asking);
  useKey('F3', () => ask(2), ready.length > 2 && !asking);
  useKey('F4', () => ask(3), ready.length > 3 && !asking);
  useKey('F12', () => asking && void give(asking), asking !== undefined);
  useKey('Escape', onClose, asking === undefined);
  if (error !== null) return <Failure error={error} />;
  const earlier = data?.leftovers.filter((one) => !one.today).length ?? 0;
  return (
    <div className="station-hand" data-testid="hand-over">
      <h2>{t('handTitle')}</h2>
      {data?.carriers.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('handEmpty')} />}
      <div className="station-carriers">
        {data?.carriers.map((carrier) => {
          const key = keys[ready.indexOf(carrier)];
          return (
            <section key={carrier.carrierCode} className="station-carrier" data-testid={`carrier-${carrier.carrierCode}`}>
              <header className="station-band" style={bandOf(carrier.carrierCode)}>
                <strong>{carrier.carrierName}</strong>
                <span>{t('ready', { count: carrier.ready.length })}</span>
              </header>
              {carrier.stopped.length > 0 && (
                <div className="station-stopped">
                  <strong>✕ {t('stopped', { count: carrier.stopped.length })}</strong>
                  <ul>
                    {carrier.stopped.map((one) => (
                      <li key={one.number}><span className="number">{grouped(one.number)}</span> {reasonOf(one.stop)}</li>
                    ))}
                  </ul>
                </div>
              )}
              {carrier.ready.length > 0 && (
                <Button type="primary" size="large" onClick={() => setAsking(carrier)}>{t('confirm', { count: carrier.ready.length })}{key !== undefined && <Key>{key}</Key>}</Button>
              )}
            </section>
          );
        })}
      </div>
      {data !== undefined && data.done.length > 0 && (
        <>
          <h2>{t('done')}</h2>
          {data.done.map((one) => (
            <Done key={one.id} one={one} />
          ))}
        </>
      )}
      <h2>{t('leftovers')}</h2>
      {data?.leftovers.length === 0 && <p className="station-good">✓ {t('noLeftovers')}</p>}
      {data !== undefined && data.leftovers.length > 0 && (
        <>
          <p>{t('leftoversHint')}</p>
          <p>
            <strong>{t('today', { count: data.leftovers.length - earlier })}</strong> {earlier > 0 && <span>· {t('earlier', { count: earlier })}</span>}
          </p>
          <Table
            size="small"
            rowKey="number"
            pagination={data.leftovers.length > 50 ? { pageSize: 50 } : false}
            dataSource={data.leftovers}
            columns={[
              { title: t('number'), dataIndex: 'number', render: (text: string) => <span className="number">{grouped(text)}</span> },
              { title: t('orders'), dataIndex: 'orders', render: (list: string[]) => list.join(' · ') },
              { title: t('place'), dataIndex: 'place' },
              { title: t('printedAt'), dataIndex: 'printedAt', render: (iso: string) => moment(iso, locale) },
              { title: t('stop'), dataIndex: 'stop', render: (stop: string) => stop !== '' && <strong style={{ color: 'var(--state-failed)' }}>✕ {reasonOf(stop)}</strong> },
            ]}
          />
        </>
      )}
      <Modal open={asking !== undefined} title={t('handOver')} okText={<>{t('yes')}<Key>F12</Key></>} cancelText={t('no')} onOk={() => asking && void give(asking)} onCancel={() => setAsking(undefined)}>
        <p style={{ fontSize: 22 }}>{asking && t('confirmAsk', { carrier: asking.carrierName, count: asking.ready.length })}</p>
      </Modal>
    </div>
  );
}

function Done({ one }: { one: HandOverList['done'][number] }) {
  const t = useStationTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  const wide = printers?.filter((printer) => printer.profile.media.widthMicrometres >= sheetMicrometres) ?? [];
  async function pdf(): Promise<void> {
    try {
      const file = await client.stations.handOver.pdf({ id: one.id });
      download(file.name, file.pdf, 'application/pdf');
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function print(printerId: string): Promise<void> {
    try {
      const { sheets } = await client.stations.handOver.print({ id: one.id, printerId });
      void message.success(t('sheetPrinted', { count: sheets }));
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Space style={{ display: 'flex', marginBottom: 8 }} wrap>
      <span>
        {moment(one.at, locale)} · {one.carrierName} · {t('pieces', { count: one.parcels })} · {one.by}
      </span>
      <Button onClick={() => void pdf()}>{t('sheet')}</Button>
      {wide.map((printer) => (
        <Button key={printer.id} onClick={() => void print(printer.id)}>
          {t('printSheet')} · {printer.name}
        </Button>
      ))}
    </Space>
  );
}
