import { useQuery } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Modal, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import type { ReceiverView } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useActionTexts } from './actionTexts.ts';

interface Draft {
  readonly key: number;
  readonly receiver: ReceiverView;
  readonly note: string;
  readonly doubts: readonly string[];
  readonly candidates: readonly string[];
  readonly confidence: number;
  readonly title: string;
  readonly quantity: number;
}

const empty: ReceiverView = { name: '', phone: '', province: '', city: '', district: '', town: '', detail: '', postcode: '' };
const fields = ['name', 'phone', 'province', 'city', 'district', 'town', 'detail'] as const;

/** Orders typed or pasted: what was read is shown field by field, the doubtful ones marked, and corrected before anything is saved. */
export function PasteDialog({ start, onClose }: { start: 'paste' | 'manual'; onClose: () => void }) {
  const t = useActionTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const [shopId, setShopId] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [drafts, setDrafts] = useState<readonly Draft[]>(start === 'manual' ? [{ key: 0, receiver: empty, note: '', doubts: [], candidates: [], confidence: 1, title: '', quantity: 1 }] : []);
  const shop = shopId ?? shops?.[0]?.id ?? null;
  const change = (key: number, patch: Partial<Draft>): void => setDrafts((current) => current.map((draft) => (draft.key === key ? { ...draft, ...patch } : draft)));

  async function read(): Promise<void> {
    try {
      const found = await client.orders.readPasted({ text });
      setDrafts(found.map((one, key) => ({ key, receiver: one.receiver, note: one.note, doubts: one.doubts, candidates: one.candidates, confidence: one.confidence, title: '', quantity: 1 })));
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function create(): Promise<void> {
    if (shop === null) return;
    let made = 0;
    try {
      for (const draft of drafts) {
        await client.orders.createManual({ shopId: shop, receiver: draft.receiver, lines: draft.title.trim() === '' ? [] : [{ title: draft.title.trim(), quantity: draft.quantity }], sellerNote: draft.note });
        made += 1;
      }
      message.success(t('made', { count: made }));
      onClose();
    } catch (thrown) {
      setDrafts((current) => current.slice(made));
      failure(thrown);
    }
  }
  const ready = shop !== null && drafts.length > 0 && drafts.every((draft) => draft.receiver.name !== '' && draft.receiver.phone !== '' && draft.receiver.detail !== '');

  return (
    <Modal open width={1100} title={start === 'paste' ? t('pasteTitle') : t('manualTitle')} onCancel={onClose} maskClosable={false} footer={null}>
      <Space style={{ marginBottom: 8 }}>
        <span>{t('shop')}</span>
        <Select aria-label={t('shop')} style={{ width: 200 }} value={shop} onChange={setShopId} options={(shops ?? []).map((one) => ({ value: one.id, label: one.name }))} />
      </Space>
      {start === 'paste' && (
        <>
          <Input.TextArea autoFocus rows={5} aria-label={t('pasteHint')} placeholder={t('pasteHint')} value={text} onChange={(event) => setText(event.target.value)} />
          <Button style={{ margin: '8px 0' }} disabled={text.trim() === ''} onClick={() => void read()}>
            {t('read')}
          </Button>
        </>
      )}
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        scroll={{ y: 320, x: 1040 }}
        dataSource={[...drafts]}
        columns={[
          ...fields.map((field) => ({
            title: t(field),
            width: field === 'detail' ? 260 : 110,
            render: (_: unknown, draft: Draft) => (
              <Input
                size="small"
                aria-label={t(field)}
                {...(draft.doubts.includes(field) && { status: 'warning' as const, title: [t('doubt'), ...draft.candidates].join(' · ') })}
                value={draft.receiver[field]}
                onChange={(event) => change(draft.key, { receiver: { ...draft.receiver, [field]: event.target.value }, doubts: draft.doubts.filter((doubt) => doubt !== field) })}
              />
            ),
          })),
          { title: t('goods'), width: 150, render: (_, draft) => <Input size="small" aria-label={t('goods')} value={draft.title} onChange={(event) => change(draft.key, { title: event.target.value })} /> },
          { title: t('quantity'), width: 76, render: (_, draft) => <InputNumber size="small" aria-label={t('quantity')} min={1} style={{ width: 60 }} value={draft.quantity} onChange={(value) => change(draft.key, { quantity: value ?? 1 })} /> },
          { title: t('note'), width: 130, render: (_, draft) => <Input size="small" aria-label={t('note')} value={draft.note} onChange={(event) => change(draft.key, { note: event.target.value })} /> },
          { title: t('confidence'), width: 76, render: (_, draft) => (start === 'paste' ? <Tag color={draft.confidence >= 0.8 ? 'green' : 'gold'}>{Math.round(draft.confidence * 100)}%</Tag> : null) },
        ]}
      />
      <div style={{ textAlign: 'right', marginTop: 8 }}>
        <Button type="primary" disabled={!ready} onClick={() => void create()}>
          {t('create', { count: drafts.length })}
        </Button>
      </div>
    </Modal>
  );
}
