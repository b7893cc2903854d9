import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Form, Input, InputNumber, Modal, Popconfirm, Select, Space, Table, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { Grant } from '../../../common/contract/waybills.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { saveText } from '../../ui/saveText.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { integer, moment, money } from '../../ui/format.ts';
import { today } from '../../ui/today.ts';
import { usePoolTexts } from './texts.ts';

const colours = { active: 'success', paused: 'warning', revoked: 'default', pending: 'processing' } as const;

/** Who may use how many numbers of which pool, and what they owe for it. */
export function GrantsTab() {
  const t = usePoolTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { modal } = App.useApp();
  const [making, setMaking] = useState(false);
  const [accepting, setAccepting] = useState(false);
  const { data, error, isLoading } = useQuery(api.waybills.grants.list.queryOptions({ input: {} }));
  const { data: pools } = useQuery(api.waybills.pools.list.queryOptions());
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  if (error !== null) return <Failure error={error} />;
  const shopName = (id: string): string => shops?.find((shop) => shop.id === id)?.name ?? id;
  const setState = (grant: Grant, state: 'active' | 'paused' | 'revoked'): void => void client.waybills.grants.setState({ id: grant.id, state }).catch(failure);
  return (
    <>
      <Space style={{ marginBottom: 8 }}>
        <Button type="primary" onClick={() => setMaking(true)}>
          {t('newGrant')}
        </Button>
        <Button onClick={() => setAccepting(true)}>{t('accept')}</Button>
      </Space>
      <Table<Grant>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={data}
        pagination={false}
        columns={[
          { title: t('pools'), render: (_, grant) => pools?.find((pool) => pool.id === grant.poolId)?.name ?? grant.poolId },
          {
            title: t('shop'),
            render: (_, grant) => (
              <>
                {shopName(grant.shopId)} {grant.own && <Tag>{t('own')}</Tag>}
              </>
            ),
          },
          { title: t('state'), render: (_, grant) => <Tag color={colours[grant.state]}>{t(grant.state)}</Tag> },
          { title: t('used'), align: 'right', render: (_, grant) => integer(grant.used, locale) },
          { title: t('cap'), align: 'right', render: (_, grant) => (grant.cap === null ? t('unlimited') : integer(grant.cap, locale)) },
          { title: t('dailyCap'), align: 'right', render: (_, grant) => (grant.dailyCap === null ? '' : `${integer(grant.usedToday, locale)} / ${integer(grant.dailyCap, locale)}`) },
          { title: t('until'), render: (_, grant) => (grant.validTo === null ? t('forever') : moment(grant.validTo, locale)) },
          { title: t('priority'), align: 'right', dataIndex: 'priority' },
          { title: t('provinces'), render: (_, grant) => grant.provinces?.join(' ') ?? '' },
          {
            title: '',
            render: (_, grant) =>
              grant.state === 'revoked' ? null : (
                <Space>
                  {grant.state === 'active' && (
                    <Button size="small" onClick={() => setState(grant, 'paused')}>
                      {t('pause')}
                    </Button>
                  )}
                  {grant.state === 'paused' && (
                    <Button size="small" onClick={() => setState(grant, 'active')}>
                      {t('resume')}
                    </Button>
                  )}
                  <Popconfirm title={t('revoke')} description={t('revokeAsk')} okText={t('ok')} cancelText={t('cancel')} onConfirm={() => setState(grant, 'revoked')}>
                    <Button size="small" danger>
                      {t('revoke')}
                    </Button>
                  </Popconfirm>
                </Space>
              ),
          },
        ]}
      />
      <Settlement />
      {making && (
        <NewGrant
          onClose={() => setMaking(false)}
          onCode={(code) => void modal.info({ title: t('code', { code: `${code.slice(0, 3)} ${code.slice(3)}` }), content: t('codeHint') })}
        />
      )}
      {accepting && <AcceptCode onClose={() => setAccepting(false)} />}
    </>
  );
}

function NewGrant({ onClose, onCode }: { onClose: () => void; onCode: (code: string) => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ poolId: string; shopId: string; cap?: number; dailyCap?: number; validTo?: { toISOString(): string }; priority?: number; provinces?: string[]; maxGrams?: number }>();
  const { data: pools } = useQuery(api.waybills.pools.list.queryOptions());
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  async function save(byCode: boolean): Promise<void> {
    const values = await form.validateFields();
    const rules = {
      poolId: values.poolId, shopId: values.shopId, cap: values.cap ?? null, dailyCap: values.dailyCap ?? null, validTo: values.validTo?.toISOString() ?? null,
      priority: values.priority ?? 100, provinces: values.provinces?.length ? values.provinces : null, minGrams: null, maxGrams: values.maxGrams ?? null,
    };
    try {
      if (byCode) onCode((await client.waybills.grants.share(rules)).code);
      else await client.waybills.grants.create(rules);
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal
      open
      title={t('newGrant')}
      onCancel={onClose}
      footer={[
        <Button key="code" onClick={() => void save(true)}>
          {t('shareCode')}
        </Button>,
        <Button key="ok" type="primary" onClick={() => void save(false)}>
          {t('ok')}
        </Button>,
      ]}
    >
      <Form form={form} layout="vertical">
        <Form.Item name="poolId" label={t('pools')} rules={[{ required: true, message: t('pools') }]}>
          <Select options={(pools ?? []).map((pool) => ({ value: pool.id, label: pool.name }))} />
        </Form.Item>
        <Form.Item name="shopId" label={t('shop')} rules={[{ required: true, message: t('shop') }]}>
          <Select options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
        </Form.Item>
        <Space wrap>
          <Form.Item name="cap" label={t('cap')}>
            <InputNumber min={1} precision={0} placeholder={t('unlimited')} />
          </Form.Item>
          <Form.Item name="dailyCap" label={t('dailyCap')}>
            <InputNumber min={1} precision={0} placeholder={t('unlimited')} />
          </Form.Item>
          <Form.Item name="priority" label={t('priority')}>
            <InputNumber min={0} max={1000} precision={0} placeholder="100" />
          </Form.Item>
          <Form.Item name="validTo" label={t('until')}>
            <DatePicker showTime placeholder={t('forever')} />
          </Form.Item>
          <Form.Item name="maxGrams" label={t('weight')}>
            <InputNumber min={1} precision={0} placeholder="≤" />
          </Form.Item>
        </Space>
        <Form.Item name="provinces" label={t('provinces')}>
          <Select mode="tags" tokenSeparators={[' ', ',', '，', '、']} open={false} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function AcceptCode({ onClose }: { onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ shopId: string; code: string }>();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  async function save(): Promise<void> {
    const values = await form.validateFields();
    try {
      await client.waybills.grants.accept(values);
      void message.success(t('acceptDone'));
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t('accept')} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical">
        <Form.Item name="shopId" label={t('shop')} rules={[{ required: true, message: t('shop') }]}>
          <Select options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
        </Form.Item>
        <Form.Item name="code" label={t('accept')} rules={[{ required: true, message: t('accept') }]}>
          <Input inputMode="numeric" maxLength={12} style={{ width: 200, fontSize: 20 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Settlement() {
  const t = usePoolTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [month, setMonth] = useState(today().format('YYYY-MM'));
  const { data } = useQuery(api.waybills.grants.settlement.queryOptions({ input: { month } }));
  const save = (): void => {
    client.waybills.grants
      .settlementCsv({ month })
      .then(({ fileName, csv }) => saveText(fileName, csv, 'text/csv'))
      .catch(failure);
  };
  return (
    <section style={{ marginTop: 16 }}>
      <Space style={{ marginBottom: 8 }}>
        <strong>{t('settlementTitle')}</strong>
        <DatePicker picker="month" aria-label={t('month')} allowClear={false} value={dayjs(`${month}-01`)} onChange={(value) => setMonth(value?.format('YYYY-MM') ?? month)} />
        <Button size="small" onClick={save}>
          {t('exportCsv')}
        </Button>
      </Space>
      <Table
        size="small"
        rowKey={(row) => `${row.payerShopId}${row.shopId}${row.accountId}`}
        pagination={false}
        dataSource={data?.rows}
        columns={[
          { title: t('payer'), dataIndex: 'payerShopName' },
          { title: t('shop'), dataIndex: 'shopName' },
          { title: t('accounts'), dataIndex: 'accountName' },
          { title: t('drawn'), align: 'right', render: (_, row) => integer(row.drawn, locale) },
          { title: t('recycled'), align: 'right', render: (_, row) => integer(row.recycled, locale) },
          { title: t('charged'), align: 'right', render: (_, row) => integer(row.charged, locale) },
          { title: t('amount'), align: 'right', render: (_, row) => money(row.fen, locale) },
        ]}
      />
    </section>
  );
}
