import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Empty, Form, Input, InputNumber, Modal, Select, Space, Table, Tooltip, Upload } from 'antd';
import { useState } from 'react';
import type { ImportPreview, PoolView } from '../../../common/contract/waybills.ts';
import { api, client } from '../../client/index.ts';
import { upload } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, integer } from '../../ui/format.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { usePoolTexts } from './texts.ts';

/** Colours of the bar: one per shop in the order of use; the rest of the bar is what is free. */
const shades = ['#1c6fb8', '#2b8a3e', '#a15c00', '#7048e8', '#c2255c', '#0b7285'];

/** Pools, each with a bar of who used what and what is left. */
export function PoolsTab() {
  const t = usePoolTexts();
  const locale = useLocale();
  const [making, setMaking] = useState(false);
  const [importing, setImporting] = useState<PoolView>();
  const { data, error, isLoading } = useQuery(api.waybills.pools.list.queryOptions());
  if (error !== null) return <Failure error={error} />;
  return (
    <>
      <Button type="primary" style={{ marginBottom: 8 }} onClick={() => setMaking(true)}>
        {t('newPool')}
      </Button>
      <Table<PoolView>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={data}
        pagination={false}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noPools')} /> }}
        columns={[
          { title: t('name'), width: 180, render: (_, pool) => <strong>{pool.name}</strong> },
          { title: t('accounts'), width: 180, render: (_, pool) => `${pool.accountName} · ${pool.carrierCode}` },
          { title: t('usage'), render: (_, pool) => <UsageBar pool={pool} /> },
          { title: t('free'), width: 130, align: 'right', render: (_, pool) => <strong>{integer(pool.balances['free'] ?? 0, locale)}</strong> },
          { title: t('reserve'), width: 90, align: 'right', render: (_, pool) => (pool.reserve === 0 ? '' : integer(pool.reserve, locale)) },
          {
            title: '',
            width: 130,
            render: (_, pool) => (
              <Button size="small" onClick={() => setImporting(pool)}>
                {t('importNumbers')}
              </Button>
            ),
          },
        ]}
      />
      {making && <NewPool onClose={() => setMaking(false)} />}
      {importing !== undefined && <ImportNumbers pool={importing} onClose={() => setImporting(undefined)} />}
    </>
  );
}

function UsageBar({ pool }: { pool: PoolView }) {
  const t = usePoolTexts();
  const locale = useLocale();
  const free = pool.balances['free'] ?? 0;
  const all = free + pool.usage.reduce((sum, shop) => sum + shop.used, 0);
  return (
    <div>
      <div role="img" aria-label={t('usage')} style={{ display: 'flex', height: 14, borderRadius: 3, overflow: 'hidden', background: 'var(--hair)' }}>
        {pool.usage.map((shop, index) => (
          <Tooltip key={shop.shopId} title={`${shop.shopName} ${integer(shop.used, locale)}`}>
            <div style={{ width: `${(100 * shop.used) / Math.max(1, all)}%`, background: shades[index % shades.length], minWidth: 2 }} />
          </Tooltip>
        ))}
      </div>
      <small className="muted">
        {pool.usage.map((shop, index) => (
          <span key={shop.shopId} style={{ marginRight: 10 }}>
            <span aria-hidden="true" style={{ color: shades[index % shades.length] }}>
              ■
            </span>{' '}
            {shop.shopName} {integer(shop.used, locale)}
          </span>
        ))}
      </small>
    </div>
  );
}

function NewPool({ onClose }: { onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ accountId: string; name: string; ownerShopId: string; reserve?: number }>();
  const { data: accounts } = useQuery(api.waybills.accounts.list.queryOptions());
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  async function save(): Promise<void> {
    const values = await form.validateFields();
    try {
      await client.waybills.pools.create({ ...values, reserve: values.reserve ?? 0 });
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t('newPool')} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical">
        <Form.Item name="accountId" label={t('accounts')} rules={[{ required: true, message: t('accounts') }]}>
          <Select options={(accounts ?? []).map((account) => ({ value: account.id, label: account.name }))} />
        </Form.Item>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('name') }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="ownerShopId" label={t('owner')} rules={[{ required: true, message: t('owner') }]}>
          <Select options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
        </Form.Item>
        <Form.Item name="reserve" label={t('reserve')}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** Paste or read a list, see what it is, confirm the quantity. Nothing is taken in before the last step. */
function ImportNumbers({ pool, onClose }: { pool: PoolView; onClose: () => void }) {
  const t = usePoolTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [source, setSource] = useState('');
  const [topUp, setTopUp] = useState(true);
  const [preview, setPreview] = useState<ImportPreview>();
  const [busy, setBusy] = useState(false);
  async function run(work: () => Promise<void>): Promise<void> {
    setBusy(true);
    try {
      await work();
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  const good = preview !== undefined && preview.count > 0 && preview.problems.length === 0 && preview.repeated.length === 0 && preview.knownCount === 0;
  const check = (): Promise<void> => run(async () => setPreview(await client.waybills.pools.previewImport({ poolId: pool.id, text })));
  const commit = (): Promise<void> =>
    run(async () => {
      const done = await client.waybills.pools.import({ poolId: pool.id, text, expected: preview?.count ?? 0, source, topUp });
      void message.success(t('imported', { count: integer(done.count, locale) }));
      onClose();
    });
  return (
    <Modal
      open
      width={640}
      title={`${t('importNumbers')} · ${pool.name}`}
      okText={good ? t('confirmCount', { count: integer(preview.count, locale) }) : t('check')}
      cancelText={t('cancel')}
      confirmLoading={busy}
      okButtonProps={{ disabled: text.trim() === '' }}
      onOk={() => void (good ? commit() : check())}
      onCancel={onClose}
    >
      <p className="muted">{t('listHint')}</p>
      <Input.TextArea
        {...takesScan}
        aria-label={t('list')}
        rows={8}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setPreview(undefined);
        }}
      />
      <Space style={{ margin: '8px 0' }}>
        <Upload
          accept=".txt,.csv,.xlsx,.xls"
          showUploadList={false}
          beforeUpload={(file) => {
            void run(async () => {
              const list = await client.waybills.pools.readFile({ fileId: await upload(file) });
              setText(list.text);
              setSource(list.name);
              setPreview(undefined);
            });
            return false;
          }}
        >
          <Button size="small">{t('file')}</Button>
        </Upload>
        <Checkbox checked={topUp} onChange={(event) => setTopUp(event.target.checked)}>
          {t('countsAsBought')}
        </Checkbox>
      </Space>
      {preview !== undefined && (
        <div data-testid="import-preview">
          <p>{t('count', { count: integer(preview.count, locale), segments: integer(preview.segments, locale), first: grouped(preview.first), last: grouped(preview.last) })}</p>
          <Findings title={t('known', { count: integer(preview.knownCount, locale) })} count={preview.knownCount} bad lines={preview.known.map((one) => `${one.number} ${one.account}`)} />
          <Findings title={t('repeated', { count: preview.repeated.length })} count={preview.repeated.length} bad lines={preview.repeated.map((one) => `${one.line}: ${one.number}`)} />
          <Findings title={t('problems', { count: preview.problems.length })} count={preview.problems.length} bad lines={preview.problems.map((one) => `${one.line}: ${one.text}`)} />
          <Findings title={t('warnings', { count: preview.warningCount })} count={preview.warningCount} lines={preview.warnings.map((one) => `${one.line}: ${one.number} (${one.expected})`)} />
        </div>
      )}
    </Modal>
  );
}

function Findings({ title, count, lines, bad = false }: { title: string; count: number; lines: readonly string[]; bad?: boolean }) {
  if (count === 0) return null;
  return (
    <details style={{ color: bad ? 'var(--state-failed)' : 'var(--state-unknown)' }}>
      <summary>
        <span aria-hidden="true">{bad ? '✕' : '?'}</span> {title}
      </summary>
      <pre style={{ maxHeight: 160, overflow: 'auto', margin: 0 }}>{lines.slice(0, 200).join('\n')}</pre>
    </details>
  );
}
