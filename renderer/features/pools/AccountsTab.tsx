import { useQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Dropdown, Empty, Form, Input, InputNumber, Modal, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import type { AccountState, AccountView, Settlement } from '../../../common/contract/waybills.ts';
import { settlements } from '../../../common/contract/waybills.ts';
import { carriers, findCarrier } from '../../../common/domain/waybills/carriers.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { integer } from '../../ui/format.ts';
import { productOptions } from '../../ui/products.ts';
import { StatementDialog } from './StatementDialog.tsx';
import { usePoolTexts } from './texts.ts';

type Ask = { readonly kind: 'top_up' | 'correct' | 'agreement' | 'statement' | 'products'; readonly account: AccountView } | { readonly kind: 'new' };

const nextStates: Readonly<Record<AccountState, readonly AccountState[]>> = {
  applied: ['waiting', 'active', 'closed'], waiting: ['active', 'closed'], active: ['suspended', 'closed'], suspended: ['active', 'closed'], closed: [],
};
const tagColour: Readonly<Record<AccountState, string>> = { applied: 'default', waiting: 'processing', active: 'success', suspended: 'warning', closed: 'default' };

/** Accounts with what is left and for how many days. */
export function AccountsTab() {
  const t = usePoolTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [ask, setAsk] = useState<Ask>();
  const { data, error, isLoading } = useQuery(api.waybills.accounts.list.queryOptions());
  if (error !== null) return <Failure error={error} />;
  const setState = (account: AccountView, state: AccountState): void => void client.waybills.accounts.setState({ id: account.id, state }).catch(failure);
  return (
    <>
      <Button type="primary" style={{ marginBottom: 8 }} onClick={() => setAsk({ kind: 'new' })}>
        {t('newAccount')}
      </Button>
      <Table<AccountView>
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={data}
        pagination={false}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('empty')} /> }}
        columns={[
          { title: t('name'), render: (_, row) => <strong>{row.name}</strong> },
          { title: t('carrier'), render: (_, row) => findCarrier(row.carrierCode)?.shortName ?? row.carrierCode },
          { title: t('branch'), render: (_, row) => [row.branchName, row.branchCode].filter((part) => part !== '').join(' ') },
          { title: t('products'), render: (_, row) => row.products.join('、') || <span className="muted">—</span> },
          { title: t('settlement'), render: (_, row) => t(row.settlement) },
          {
            title: t('state'),
            render: (_, row) => (
              <>
                <Tag color={tagColour[row.state]}>{t(row.state)}</Tag>
                {row.settlement === 'pickup' && row.agreementAt === null && <Tag color="warning">{t('needsAgreement')}</Tag>}
              </>
            ),
          },
          { title: t('balance'), align: 'right', render: (_, row) => (row.forecast.units === null ? '—' : integer(row.forecast.units, locale)) },
          {
            title: t('free'),
            align: 'right',
            render: (_, row) => (
              <>
                {row.forecast.low && <Tag color="error">{t('low')}</Tag>}
                {integer(row.forecast.free, locale)}
              </>
            ),
          },
          { title: t('perDay'), align: 'right', render: (_, row) => integer(Math.round(row.forecast.perDay), locale) },
          { title: t('daysLeft'), align: 'right', render: (_, row) => (row.forecast.daysLeft === null ? <span className="muted">{t('noRate')}</span> : t('days', { days: row.forecast.daysLeft })) },
          {
            title: '',
            align: 'right',
            render: (_, row) => (
              <Space>
                {row.settlement === 'prepaid' && (
                  <Button size="small" onClick={() => setAsk({ kind: 'top_up', account: row })}>
                    {t('topUp')}
                  </Button>
                )}
                {row.settlement === 'pickup' && row.agreementAt === null && (
                  <Button size="small" onClick={() => setAsk({ kind: 'agreement', account: row })}>
                    {t('agreement')}
                  </Button>
                )}
                <Button size="small" onClick={() => setAsk({ kind: 'statement', account: row })}>
                  {t('statement')}
                </Button>
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: [
                      ...nextStates[row.state].map((state) => ({ key: state, label: t(state) })),
                      { key: 'products', label: t('products') },
                      ...(row.settlement === 'prepaid' ? [{ key: 'correct', label: t('correct') }] : []),
                    ],
                    onClick: ({ key }) => (key === 'correct' || key === 'products' ? setAsk({ kind: key, account: row }) : setState(row, key as AccountState)),
                  }}
                >
                  <Button size="small">{t('state')}</Button>
                </Dropdown>
              </Space>
            ),
          },
        ]}
      />
      {ask?.kind === 'new' && <NewAccount onClose={() => setAsk(undefined)} />}
      {ask?.kind === 'statement' && <StatementDialog account={ask.account} onClose={() => setAsk(undefined)} />}
      {(ask?.kind === 'top_up' || ask?.kind === 'correct') && <Units kind={ask.kind} account={ask.account} onClose={() => setAsk(undefined)} />}
      {ask?.kind === 'products' && <Products account={ask.account} onClose={() => setAsk(undefined)} />}
      {ask?.kind === 'agreement' && <Agreement account={ask.account} onClose={() => setAsk(undefined)} />}
    </>
  );
}

function NewAccount({ onClose }: { onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ carrierCode: string; name: string; branchName?: string; branchCode?: string; settlement: Settlement; products?: string[]; ownerShopId?: string; price?: number; lowWater?: number }>();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  async function save(): Promise<void> {
    const values = await form.validateFields();
    try {
      await client.waybills.accounts.create({
        carrierCode: values.carrierCode, name: values.name, branchName: values.branchName ?? '', branchCode: values.branchCode ?? '', settlement: values.settlement, products: values.products ?? [],
        ownerShopId: values.ownerShopId ?? null, unitPrice: Math.round((values.price ?? 0) * 10_000), lowWater: values.lowWater ?? 0,
      });
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t('newAccount')} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical" initialValues={{ carrierCode: 'YTO', settlement: 'prepaid' }}>
        <Form.Item name="carrierCode" label={t('carrier')}>
          <Select showSearch optionFilterProp="label" options={carriers.map((carrier) => ({ value: carrier.code, label: `${carrier.name} ${carrier.code}` }))} />
        </Form.Item>
        <Form.Item name="name" label={t('name')} rules={[{ required: true, whitespace: true, message: t('name') }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="branchName" label={t('branch')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="branchCode" label={t('branchCode')}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item noStyle dependencies={['carrierCode']}>
          {({ getFieldValue }) => (
            <Form.Item name="products" label={t('products')} extra={t('productsHint')}>
              <Select mode="tags" maxCount={30} options={productOptions([String(getFieldValue('carrierCode'))])} />
            </Form.Item>
          )}
        </Form.Item>
        <Form.Item name="settlement" label={t('settlement')}>
          <Select options={settlements.map((value) => ({ value, label: t(value) }))} />
        </Form.Item>
        <Form.Item name="ownerShopId" label={t('owner')}>
          <Select allowClear options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} />
        </Form.Item>
        <Space>
          <Form.Item name="price" label={t('price')}>
            <InputNumber min={0} step={0.1} precision={4} />
          </Form.Item>
          <Form.Item name="lowWater" label={t('lowWater')}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
        </Space>
      </Form>
    </Modal>
  );
}

function Units({ kind, account, onClose }: { kind: 'top_up' | 'correct'; account: AccountView; onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ units: number; paid?: number; note?: string }>();
  async function save(): Promise<void> {
    const { units, paid, note } = await form.validateFields();
    try {
      if (kind === 'top_up') await client.waybills.accounts.topUp({ id: account.id, units, paidFen: Math.round((paid ?? 0) * 100), note: note ?? '' });
      else await client.waybills.accounts.correct({ id: account.id, units, reason: note ?? '' });
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={`${t(kind === 'top_up' ? 'topUp' : 'correct')} · ${account.name}`} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical">
        <Form.Item name="units" label={t('units')} rules={[{ required: true, message: t('units') }]}>
          <InputNumber autoFocus {...(kind === 'top_up' && { min: 1 })} precision={0} style={{ width: 200 }} />
        </Form.Item>
        {kind === 'top_up' && (
          <Form.Item name="paid" label={t('paid')}>
            <InputNumber min={0} precision={2} style={{ width: 200 }} />
          </Form.Item>
        )}
        <Form.Item name="note" label={t(kind === 'top_up' ? 'note' : 'reason')} rules={kind === 'correct' ? [{ required: true, whitespace: true, message: t('reason') }] : []}>
          <Input maxLength={200} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The carrier products of an account's contract; the first is taken when nobody asks for another. */
function Products({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const [products, setProducts] = useState(account.products);
  const save = (): void => void client.waybills.accounts.update({ id: account.id, products }).then(onClose, failure);
  return (
    <Modal open title={`${t('products')} · ${account.name}`} okText={t('ok')} cancelText={t('cancel')} onOk={save} onCancel={onClose}>
      <p className="muted">{t('productsHint')}</p>
      <Select autoFocus mode="tags" aria-label={t('products')} style={{ width: '100%' }} maxCount={30} value={products} options={productOptions([account.carrierCode])} onChange={setProducts} />
    </Modal>
  );
}

function Agreement({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = usePoolTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ signedAt: { format(pattern: string): string }; account: string }>();
  async function save(): Promise<void> {
    const values = await form.validateFields();
    try {
      await client.waybills.accounts.agreement({ id: account.id, signedAt: values.signedAt.format('YYYY-MM-DD'), account: values.account });
      void message.success(t('agreement'));
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={`${t('agreement')} · ${account.name}`} okText={t('ok')} cancelText={t('cancel')} onOk={() => void save()} onCancel={onClose}>
      <Form form={form} layout="vertical">
        <Form.Item name="signedAt" label={t('signedAt')} rules={[{ required: true, message: t('signedAt') }]}>
          <DatePicker />
        </Form.Item>
        <Form.Item name="account" label={t('payingAccount')} rules={[{ required: true, whitespace: true, message: t('payingAccount') }]}>
          <Input maxLength={60} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
