import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Form, Input, Select, Space, Table } from 'antd';
import { platforms } from '../../../common/contract/shops.ts';
import type { Platform, Shop } from '../../../common/contract/shops.ts';
import { api } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { settingsSections } from './sections.ts';
import { useSettingsTexts } from './texts.ts';

/** Who works here, with which shops and printers. Other features add their section in sections.ts. */
export default function SettingsPage() {
  const t = useSettingsTexts();
  return (
    <div style={{ display: 'grid', gap: 12, maxWidth: 1100 }}>
      <h1 className="page-title">{t('title')}</h1>
      {settingsSections.map(({ key, Section }) => (
        <Section key={key} />
      ))}
      <OperatorCard />
      <ShopsCard />
    </div>
  );
}

function OperatorCard() {
  const t = useSettingsTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: settings } = useQuery(api.settings.get.queryOptions());
  const save = useMutation(api.settings.set.mutationOptions({ onSuccess: () => void message.success(t('saved')), onError: failure }));
  if (settings === undefined) return null;
  return (
    <Card size="small" title={t('person')}>
      <Form layout="inline" initialValues={{ operator: settings.operator }} onFinish={({ operator }: { operator: string }) => save.mutate({ operator })}>
        <Form.Item name="operator" label={t('person')} extra={t('personHint')}>
          <Input maxLength={40} style={{ width: 220 }} />
        </Form.Item>
        <Button htmlType="submit" loading={save.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Card>
  );
}

function ShopsCard() {
  const t = useSettingsTexts();
  const failure = useFailure();
  const [form] = Form.useForm<{ name: string; platform: Platform }>();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: { archived: true } }));
  const create = useMutation(api.shops.create.mutationOptions({ onSuccess: () => form.resetFields(), onError: failure }));
  const update = useMutation(api.shops.update.mutationOptions({ onError: failure }));
  const { data: rules } = useQuery(api.waybills.grants.drawRules.queryOptions());
  const setRule = useMutation(api.waybills.grants.drawRule.mutationOptions({ onError: failure }));
  const modes = (['priority', 'cheapest'] as const).map((value) => ({ value, label: t(value) }));
  const options = platforms.map((value) => ({ value, label: t(value) }));
  return (
    <Card size="small" title={t('shops')}>
      <Form form={form} layout="inline" initialValues={{ name: '', platform: 'taobao' }} onFinish={(values) => create.mutate(values)}>
        <Form.Item name="name" label={t('shopName')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="platform" label={t('platform')}>
          <Select style={{ width: 160 }} options={options} />
        </Form.Item>
        <Button htmlType="submit" loading={create.isPending}>
          {t('addShop')}
        </Button>
      </Form>
      <Table<Shop>
        size="small"
        style={{ marginTop: 8 }}
        rowKey="id"
        pagination={false}
        dataSource={shops ?? []}
        columns={[
          { title: t('shopName'), dataIndex: 'name' },
          { title: t('platform'), render: (_, shop) => t(shop.platform) },
          {
            title: t('drawRule'),
            render: (_, shop) => (
              <Select
                size="small"
                aria-label={`${t('drawRule')} ${shop.name}`}
                style={{ width: 220 }}
                value={rules?.find((rule) => rule.shopId === shop.id)?.mode ?? 'priority'}
                options={modes}
                onChange={(mode) => setRule.mutate({ shopId: shop.id, mode })}
              />
            ),
          },
          { title: t('state'), render: (_, shop) => t(shop.archivedAt === null ? 'live' : 'archived') },
          {
            width: 120,
            render: (_, shop) => (
              <Space>
                <Button size="small" onClick={() => update.mutate({ id: shop.id, archived: shop.archivedAt === null })}>
                  {t(shop.archivedAt === null ? 'archive' : 'restore')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
    </Card>
  );
}
