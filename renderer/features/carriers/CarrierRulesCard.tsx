import { useQuery } from '@tanstack/react-query';
import { App, AutoComplete, Button, Card, Input, InputNumber, Select, Space, Switch, Table } from 'antd';
import { useEffect, useState } from 'react';
import type { CarrierRule, ReachExclusion, RuleConditions } from '../../../common/contract/orders.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { productOptions } from '../../ui/products.ts';
import { useCarrierTexts } from './texts.ts';

type Draft = Omit<CarrierRule, 'id' | 'position'> & { readonly id?: string; readonly key: number };

/** Which carrier takes what: rules from the top, the first that fits; places a carrier does not go to; what is left over. */
export function CarrierRulesCard() {
  const t = useCarrierTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: saved, error } = useQuery(api.parcels.rules.list.queryOptions());
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const [rules, setRules] = useState<readonly Draft[]>([]);
  const [fallback, setFallback] = useState('');
  const [reach, setReach] = useState('');
  const [dirty, setDirty] = useState(false);
  useEffect(() => {
    if (saved === undefined || dirty) return;
    setRules(saved.rules.map((rule, key) => ({ ...rule, key })));
    setFallback(saved.fallback);
    setReach(saved.reach.map(reachLine).join('\n'));
  }, [saved, dirty]);
  const options = carriers.filter((carrier) => carrier.code !== 'OTHER').map((carrier) => ({ value: carrier.code, label: locale === 'en' ? carrier.nameEn : carrier.shortName }));

  function change(key: number, patch: Partial<Draft>): void {
    setDirty(true);
    setRules((current) => current.map((rule) => (rule.key === key ? { ...rule, ...patch } : rule)));
  }
  const condition = (rule: Draft, patch: Partial<RuleConditions>): void => change(rule.key, { conditions: Object.fromEntries(Object.entries({ ...rule.conditions, ...patch }).filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))) });
  function move(index: number, by: number): void {
    setDirty(true);
    setRules((current) => {
      const next = [...current];
      const [rule] = next.splice(index, 1);
      if (rule) next.splice(index + by, 0, rule);
      return next;
    });
  }
  async function save(): Promise<void> {
    try {
      await client.parcels.rules.save({ rules: rules.map(({ key: _key, ...rule }) => rule), fallback, reach: readReach(reach) });
      setDirty(false);
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
      message.success(t('saved'));
    } catch (thrown) {
      failure(thrown);
    }
  }
  const tags = (rule: Draft, key: 'provinces' | 'cities' | 'items' | 'notes', width: number) => (
    <Select mode="tags" size="small" aria-label={t(key)} placeholder={t(key)} style={{ width }} value={rule.conditions[key] ?? []} tokenSeparators={[',', '，', ' ']} onChange={(value: string[]) => condition(rule, { [key]: value })} />
  );

  return (
    <Card
      size="small"
      title={t('title')}
      extra={
        <Button type="primary" disabled={!dirty} onClick={() => void save()}>
          {t('save')}
        </Button>
      }
    >
      {error !== null && <Failure error={error} />}
      <p className="muted">{t('explain')}</p>
      <Table
        size="small"
        rowKey="key"
        pagination={false}
        scroll={{ x: 1000 }}
        dataSource={[...rules]}
        columns={[
          { title: '#', width: 74, render: (_, _rule, index) => (
            <Space size={2}>
              {index + 1}
              <Button size="small" type="text" aria-label={t('up')} disabled={index === 0} onClick={() => move(index, -1)}>↑</Button>
            </Space>
          ) },
          { title: t('name'), width: 110, render: (_, rule) => <Input size="small" aria-label={t('name')} value={rule.name} maxLength={40} onChange={(event) => change(rule.key, { name: event.target.value })} /> },
          { title: t('carrier'), width: 110, render: (_, rule) => <Select size="small" aria-label={t('carrier')} style={{ width: 100 }} value={rule.carrierCode} options={options} onChange={(carrierCode) => change(rule.key, { carrierCode, product: '' })} /> },
          { title: t('product'), width: 110, render: (_, rule) => <AutoComplete size="small" aria-label={t('product')} placeholder={t('anyProduct')} style={{ width: 104 }} value={rule.product} maxLength={40} options={productOptions([rule.carrierCode])} onChange={(product: string) => change(rule.key, { product })} /> },
          {
            title: t('when'),
            render: (_, rule) => (
              <Space wrap size={4}>
                {tags(rule, 'provinces', 150)}
                {tags(rule, 'cities', 120)}
                <Select mode="multiple" size="small" aria-label={t('shops')} placeholder={t('shops')} style={{ width: 120 }} value={rule.conditions.shopIds ?? []} options={(shops ?? []).map((shop) => ({ value: shop.id, label: shop.name }))} onChange={(shopIds) => condition(rule, { shopIds })} />
                <InputNumber size="small" aria-label={t('minGrams')} placeholder={t('minGrams')} style={{ width: 90 }} min={0} value={rule.conditions.minGrams ?? null} onChange={(value) => condition(rule, { minGrams: value ?? undefined })} />
                <InputNumber size="small" aria-label={t('maxGrams')} placeholder={t('maxGrams')} style={{ width: 90 }} min={0} value={rule.conditions.maxGrams ?? null} onChange={(value) => condition(rule, { maxGrams: value ?? undefined })} />
                <InputNumber size="small" aria-label={t('minYuan')} placeholder={t('minYuan')} style={{ width: 84 }} min={0} value={rule.conditions.minFen === undefined ? null : rule.conditions.minFen / 100} onChange={(value) => condition(rule, { minFen: value === null ? undefined : Math.round(Number(value) * 100) })} />
                {tags(rule, 'items', 120)}
                {tags(rule, 'notes', 120)}
              </Space>
            ),
          },
          { title: t('on'), width: 60, render: (_, rule) => <Switch size="small" aria-label={t('on')} checked={rule.enabled} onChange={(enabled) => change(rule.key, { enabled })} /> },
          {
            width: 44,
            render: (_, rule) => (
              <Button
                size="small"
                type="text"
                aria-label={t('remove')}
                onClick={() => {
                  setDirty(true);
                  setRules((current) => current.filter((one) => one.key !== rule.key));
                }}
              >
                ✕
              </Button>
            ),
          },
        ]}
      />
      <Space wrap style={{ marginTop: 8 }} align="start">
        <Button
          onClick={() => {
            setDirty(true);
            setRules((current) => [...current, { key: Math.max(0, ...current.map((rule) => rule.key)) + 1, name: t('newRule', { count: current.length + 1 }), carrierCode: 'YTO', product: '', conditions: {}, enabled: true }]);
          }}
        >
          ＋ {t('add')}
        </Button>
        <label>
          {t('fallback')}{' '}
          <Select
            aria-label={t('fallback')}
            style={{ width: 120 }}
            value={fallback}
            options={[{ value: '', label: t('noFallback') }, ...options]}
            onChange={(value) => {
              setDirty(true);
              setFallback(value);
            }}
          />
        </label>
        <label>
          {t('reach')}
          <Input.TextArea
            aria-label={t('reach')}
            placeholder={t('reachHint')}
            style={{ width: 360 }}
            autoSize={{ minRows: 2, maxRows: 8 }}
            value={reach}
            onChange={(event) => {
              setDirty(true);
              setReach(event.target.value);
            }}
          />
        </label>
      </Space>
    </Card>
  );
}

/** `YTO 西藏自治区 那曲市`: a carrier and a place, one a line. */
function reachLine(one: ReachExclusion): string {
  return [one.carrierCode, one.province, one.city, one.district].filter((part) => part !== '').join(' ');
}

function readReach(text: string): ReachExclusion[] {
  return text.split('\n').flatMap((line) => {
    const [code = '', province = '', city = '', district = ''] = line.trim().split(/[\s,，]+/);
    const carrier = carriers.find((one) => [one.code, one.name, one.shortName, ...one.aliases].some((name) => name.toUpperCase() === code.toUpperCase()));
    return carrier === undefined || province === '' ? [] : [{ carrierCode: carrier.code, province, city, district }];
  });
}
