import { useQuery } from '@tanstack/react-query';
import { App, Button, InputNumber, Modal, Radio, Select, Space, Spin, Table } from 'antd';
import { useMemo, useState } from 'react';
import type { ParcelView } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { weight } from '../../ui/format.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { Goods, useGoods } from '../items/Goods.tsx';
import { useParcelTexts } from './parcelTexts.ts';
import { useOutcomes } from './useOutcomes.tsx';

type Way = Parameters<typeof client.parcels.split>[0]['by'];
const ways = ['lines', 'pieces', 'weight', 'items', 'quantities'] as const;

/** One order over several boxes: by line, pieces, weight or the words of an item, or dealt out by hand. Until a number is drawn it can be put together again. */
export function SplitPanel({ orderId, onClose }: { orderId: string; onClose: () => void }) {
  const t = useParcelTexts();
  const locale = useLocale();
  const failure = useFailure();
  const outcomes = useOutcomes();
  const { message } = App.useApp();
  const { data: order } = useQuery(api.orders.get.queryOptions({ input: { id: orderId } }));
  const { data: parcels = [] } = useQuery(api.parcels.ofOrders.queryOptions({ input: { orderIds: [orderId] } }));
  const page = useMemo(() => (order === undefined ? undefined : [{ orders: [order] }]), [order]);
  const named = useGoods(page).get(orderId);
  const [way, setWay] = useState<(typeof ways)[number]>('lines');
  const [perBox, setPerBox] = useState<number | null>(1);
  const [grams, setGrams] = useState(3_000);
  const [defaultGrams, setDefaultGrams] = useState(500);
  const [words, setWords] = useState<string[]>([]);
  const [boxes, setBoxes] = useState(2);
  const [dealt, setDealt] = useState<Readonly<Record<string, number>>>({});
  const lines = (order?.lines ?? []).filter((line) => !line.refunded);
  const inBox = (lineId: string, box: number): number => dealt[`${lineId}/${box}`] ?? 0;
  const numbers = Array.from({ length: boxes }, (_, box) => box);
  const left = lines.reduce((sum, line) => sum + (line.quantity ?? 0) - numbers.reduce((put, box) => put + inBox(line.id, box), 0), 0);

  function chosen(): Way {
    switch (way) {
      case 'lines':
        return { type: 'lines' };
      case 'pieces':
        return { type: 'pieces', perBox: perBox ?? 1 };
      case 'weight':
        return { type: 'weight', maxGrams: grams, defaultGrams };
      case 'items':
        return { type: 'items', words, perBox };
      case 'quantities':
        return { type: 'quantities', boxes: numbers.map((box) => lines.flatMap((line) => (inBox(line.id, box) > 0 ? [{ lineId: line.id, quantity: inBox(line.id, box) }] : []))).filter((box) => box.length > 0) };
    }
  }
  async function split(): Promise<void> {
    try {
      message.success(t('done', { count: (await client.parcels.split({ orderId, by: chosen() })).length }));
    } catch (thrown) {
      failure(thrown);
    }
  }
  const [first] = parcels;
  const ready = order !== undefined && (way !== 'items' || words.length > 0) && (way !== 'quantities' || left === 0);

  useKey('Ctrl+Enter', () => void split(), ready);
  if (order === undefined) return <Modal open onCancel={onClose} footer={null}><Spin /></Modal>;

  return (
    <Modal open width={860} title={t('splitTitle', { number: order.number })} onCancel={onClose} footer={<Button onClick={onClose}>{t('close')}<Key>Esc</Key></Button>}>
      <p style={{ marginTop: 0 }}>
        <Goods order={order} named={named} />
      </p>
      <Radio.Group value={way} onChange={(event) => setWay(event.target.value as (typeof ways)[number])} options={ways.map((value) => ({ value, label: t(`by_${value}`) }))} />
      <Space wrap style={{ display: 'flex', margin: '8px 0' }}>
        {way === 'items' && <Select aria-label={t('words')} mode="tags" open={false} suffixIcon={null} placeholder={`${t('words')}（${t('wordsHint')}）`} style={{ width: 360 }} value={words} onChange={setWords} />}
        {(way === 'pieces' || way === 'items') && <Labelled label={t('perBox')} value={perBox} onChange={setPerBox} placeholder={way === 'items' ? t('oneBox') : ''} />}
        {way === 'weight' && <Labelled label={t('grams')} value={grams} onChange={(value) => setGrams(value ?? 1)} />}
        {way === 'weight' && <Labelled label={t('defaultGrams')} value={defaultGrams} onChange={(value) => setDefaultGrams(value ?? 1)} />}
        {way === 'quantities' && <Labelled label={t('boxes')} value={boxes} onChange={(value) => setBoxes(Math.min(20, Math.max(2, value ?? 2)))} />}
        {way === 'quantities' && <span className={left === 0 ? 'muted' : 'quantity-many'}>{left === 0 ? t('allDealt') : t('left', { count: left })}</span>}
      </Space>
      {way === 'quantities' && (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={lines}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('goods'), ellipsis: true, width: 300, render: (_, line) => `${line.title} ${line.spec}` },
            { title: '×', width: 50, align: 'right', render: (_, line) => line.quantity ?? '?' },
            ...numbers.map((box) => ({
              title: `${t('box')} ${box + 1}`,
              width: 84,
              render: (_: unknown, line: (typeof lines)[number]) => <InputNumber size="small" aria-label={`${line.title} ${t('box')} ${box + 1}`} min={0} max={line.quantity ?? 0} value={inBox(line.id, box)} onChange={(value) => setDealt((current) => ({ ...current, [`${line.id}/${box}`]: value ?? 0 }))} />,
            })),
          ]}
        />
      )}
      <Space style={{ margin: '8px 0' }}>
        <Button type="primary" disabled={!ready} onClick={() => void split()}>
          {t('doSplit')}
          <Key>Ctrl+Enter</Key>
        </Button>
        {first !== undefined && parcels.length > 1 && <Button onClick={() => void outcomes(client.parcels.cancel({ parcelIds: [first.id] }), () => t('rejoined'))}>{t('unsplit')}</Button>}
      </Space>
      {parcels.length > 1 && (
        <Table<ParcelView>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={parcels}
          data-testid="boxes"
          columns={[
            { title: t('box'), width: 70, render: (_, parcel) => <strong>{`${parcel.position}/${parcel.total}`}</strong> },
            { title: t('content'), render: (_, parcel) => parcel.lines.map((line) => `${line.title} ${line.spec} ×${line.quantity ?? '?'}`).join(' · ') },
            { title: t('weight'), width: 90, align: 'right', render: (_, parcel) => (parcel.weightGrams === null ? t('unknownWeight') : weight(parcel.weightGrams, locale)) },
          ]}
        />
      )}
    </Modal>
  );
}

function Labelled({ label, value, onChange, placeholder = '' }: { label: string; value: number | null; onChange: (value: number | null) => void; placeholder?: string }) {
  return (
    <label>
      {label} <InputNumber aria-label={label} min={1} precision={0} style={{ width: placeholder === '' ? 84 : 190 }} placeholder={placeholder} value={value} onChange={onChange} />
    </label>
  );
}
