import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Modal, Radio, Space, Spin, Table } from 'antd';
import { useState } from 'react';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useActionTexts } from './actionTexts.ts';

type Way = 'lines' | 'pieces' | 'weight' | 'quantities';

/** One order over several boxes: a box a line, so many pieces or grams a box, or dealt out by hand. Until a number is drawn it can be put together again. */
export function SplitPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useActionTexts();
  const failure = useFailure();
  const { data: order } = useQuery(api.orders.get.queryOptions({ input: { id: orderId } }));
  const { data: parcels } = useQuery(api.parcels.ofOrders.queryOptions({ input: { orderIds: [orderId] } }));
  const [way, setWay] = useState<Way>('lines');
  const [perBox, setPerBox] = useState(1);
  const [grams, setGrams] = useState(3_000);
  const [boxes, setBoxes] = useState(2);
  const [dealt, setDealt] = useState<Readonly<Record<string, number>>>({});
  if (order === undefined) return <Modal open onCancel={onClose} footer={null}><Spin /></Modal>;
  const lines = order.lines.filter((line) => !line.refunded);
  const inBox = (lineId: string, box: number): number => dealt[`${lineId}/${box}`] ?? 0;

  async function split(): Promise<void> {
    try {
      const by =
        way === 'lines'
          ? { type: 'lines' as const }
          : way === 'pieces'
            ? { type: 'pieces' as const, perBox }
            : way === 'weight'
              ? { type: 'weight' as const, maxGrams: grams, defaultGrams: 500 }
              : {
                  type: 'quantities' as const,
                  boxes: Array.from({ length: boxes }, (_, box) => lines.flatMap((line) => (inBox(line.id, box) > 0 ? [{ lineId: line.id, quantity: inBox(line.id, box) }] : []))).filter((box) => box.length > 0),
                };
      await client.parcels.split({ orderId, by });
    } catch (thrown) {
      failure(thrown);
    }
  }

  return (
    <Modal open width={760} title={t('splitTitle', { number: order.number })} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}</Button>}>
      <Radio.Group value={way} onChange={(event) => setWay(event.target.value as Way)} options={(['lines', 'pieces', 'weight', 'quantities'] as const).map((value) => ({ value, label: t(`by_${value}`) }))} />
      <Space style={{ display: 'flex', margin: '8px 0' }}>
        {way === 'pieces' && <InputNumber aria-label={t('perBox')} addonBefore={t('perBox')} min={1} value={perBox} onChange={(value) => setPerBox(value ?? 1)} />}
        {way === 'weight' && <InputNumber aria-label={t('grams')} addonBefore={t('grams')} min={1} value={grams} onChange={(value) => setGrams(value ?? 1)} />}
        {way === 'quantities' && <InputNumber aria-label={t('boxes')} addonBefore={t('boxes')} min={2} max={20} value={boxes} onChange={(value) => setBoxes(value ?? 2)} />}
      </Space>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={lines}
        columns={[
          { title: t('goods'), ellipsis: true, render: (_, line) => `${line.title} ${line.spec}` },
          { title: '×', width: 60, align: 'right', render: (_, line) => line.quantity ?? '?' },
          ...(way === 'quantities'
            ? Array.from({ length: boxes }, (_, box) => ({
                title: `${t('box')} ${box + 1}`,
                width: 84,
                render: (_: unknown, line: (typeof lines)[number]) => <InputNumber size="small" aria-label={`${line.title} ${t('box')} ${box + 1}`} min={0} max={line.quantity ?? 0} value={inBox(line.id, box)} onChange={(value) => setDealt((current) => ({ ...current, [`${line.id}/${box}`]: value ?? 0 }))} />,
              }))
            : []),
        ]}
      />
      <Space style={{ marginTop: 8 }}>
        <Button type="primary" onClick={() => void split()}>
          {t('doSplit')}
        </Button>
        {(parcels ?? []).length > 1 && (
          <>
            <span>{(parcels ?? []).map((parcel) => `${parcel.position}/${parcel.total}: ${parcel.lines.map((line) => `${line.title.slice(0, 8)}×${line.quantity ?? '?'}`).join(' ')}`).join(' · ')}</span>
            <Button onClick={() => void client.parcels.cancel({ parcelIds: (parcels ?? []).slice(0, 1).map((parcel) => parcel.id) }).catch(failure)}>{t('unsplit')}</Button>
          </>
        )}
      </Space>
    </Modal>
  );
}
