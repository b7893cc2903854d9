import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input, InputNumber, Popconfirm, Select, Space } from 'antd';
import { useState } from 'react';
import type { OrderFilter } from '../../../common/contract/orders.ts';
import { flags, receiverStates } from '../../../common/contract/orders.ts';
import { platforms } from '../../../common/contract/shops.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { downloadText } from '../../ui/downloadText.ts';
import { useFilterTexts } from './filterTexts.ts';

/** What the page narrows its list by, besides tab, shop and search. */
export type ExtraFilter = Omit<OrderFilter, 'stage' | 'shopIds' | 'search'>;

const provinces = ['北京市', '天津市', '河北省', '山西省', '内蒙古自治区', '辽宁省', '吉林省', '黑龙江省', '上海市', '江苏省', '浙江省', '安徽省', '福建省', '江西省', '山东省', '河南省', '湖北省', '湖南省', '广东省', '广西壮族自治区', '海南省', '重庆市', '四川省', '贵州省', '云南省', '西藏自治区', '陕西省', '甘肃省', '青海省', '宁夏回族自治区', '新疆维吾尔自治区', '台湾省', '香港特别行政区', '澳门特别行政区'];

interface Props {
  readonly filter: ExtraFilter;
  /** The whole filter of the page, for views and export. */
  readonly whole: OrderFilter;
  readonly onChange: (filter: ExtraFilter) => void;
  /** A kept view replaces tab, shop and search too. */
  readonly onView: (query: OrderFilter) => void;
}

/** Filters that narrow by what is in the order, kept views, and the way out as a table. */
export function FilterBar({ filter, whole, onChange, onView }: Props) {
  const t = useFilterTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { data: views } = useQuery(api.orders.views.list.queryOptions());
  const [naming, setNaming] = useState<string | null>(null);
  const set = (change: Partial<ExtraFilter>): void => onChange(Object.fromEntries(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== '' && value !== null)));
  const choice = <V extends string>(label: string, value: V | undefined, options: readonly { value: V; label: string }[], change: (value: V | undefined) => void, width = 110) => (
    <Select<V> size="small" allowClear showSearch optionFilterProp="label" aria-label={label} placeholder={label} style={{ width }} {...(value !== undefined && { value })} options={[...options]} onChange={(next) => change(next)} />
  );

  async function saveView(): Promise<void> {
    if (naming === null || naming.trim() === '') return;
    try {
      await client.orders.views.save({ name: naming.trim(), query: whole, columns: [] });
      setNaming(null);
      await queryClient.invalidateQueries({ queryKey: api.orders.views.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  async function removeView(id: string): Promise<void> {
    await client.orders.views.remove({ id }).catch(failure);
    await queryClient.invalidateQueries({ queryKey: api.orders.views.key() });
  }
  async function exportCsv(personal: boolean): Promise<void> {
    try {
      const { name, csv } = await client.orders.export({ ...whole, personal, limit: 20_000 });
      downloadText(name, csv);
    } catch (thrown) {
      failure(thrown);
    }
  }

  return (
    <Space wrap size={6}>
      {choice(t('platform'), filter.platform, platforms.map((value) => ({ value, label: t(value) })), (platform) => set({ platform }))}
      {choice(t('carrier'), filter.carrier, carriers.map((carrier) => ({ value: carrier.code, label: locale === 'en' ? carrier.nameEn : carrier.shortName })), (carrier) => set({ carrier }))}
      {choice(t('province'), filter.province, provinces.map((value) => ({ value, label: value })), (province) => set({ province }), 130)}
      {choice(t('flag'), filter.flag, flags.map((value) => ({ value, label: t(value) })), (flag) => set({ flag }), 84)}
      {choice(t('receiver'), filter.receiver, receiverStates.map((value) => ({ value, label: t(value) })), (receiver) => set({ receiver }))}
      {choice(t('deadline'), filter.deadline, (['today', 'late', 'none'] as const).map((value) => ({ value, label: t(`due_${value}`) })), (deadline) => set({ deadline }))}
      {choice(t('note'), filter.hasNote === undefined ? undefined : filter.hasNote ? 'yes' : 'no', [{ value: 'yes', label: t('noted') }, { value: 'no', label: t('unnoted') }], (value) => set({ hasNote: value === undefined ? undefined : value === 'yes' }), 96)}
      <Input size="small" allowClear aria-label={t('item')} placeholder={t('item')} style={{ width: 130 }} value={filter.item ?? ''} onChange={(event) => set({ item: event.target.value })} />
      <InputNumber size="small" aria-label={t('from')} placeholder={t('from')} min={0} style={{ width: 84 }} value={filter.minFen === undefined ? null : filter.minFen / 100} onChange={(yuan) => set({ minFen: yuan === null ? undefined : Math.round(Number(yuan) * 100) })} />
      <InputNumber size="small" aria-label={t('to')} placeholder={t('to')} min={0} style={{ width: 84 }} value={filter.maxFen === undefined ? null : filter.maxFen / 100} onChange={(yuan) => set({ maxFen: yuan === null ? undefined : Math.round(Number(yuan) * 100) })} />
      {Object.keys(filter).length > 0 && (
        <Button size="small" type="link" onClick={() => onChange({})}>
          {t('clear')}
        </Button>
      )}
      <Select
        size="small"
        aria-label={t('views')}
        placeholder={t('views')}
        style={{ width: 130 }}
        value={null}
        options={(views ?? []).map((view) => ({ value: view.id, label: view.name }))}
        onChange={(id: string | null) => {
          const view = views?.find((one) => one.id === id);
          if (view) onView(view.query);
        }}
        optionRender={(option) => (
          <div style={{ display: 'flex', justifyContent: 'space-between' }}>
            {option.label}
            <Popconfirm title={t('remove')} onConfirm={() => void removeView(String(option.value))}>
              <button type="button" aria-label={`${t('remove')} ${String(option.label)}`} className="link-button" onClick={(event) => event.stopPropagation()}>
                ✕
              </button>
            </Popconfirm>
          </div>
        )}
      />
      {naming === null ? (
        <Button size="small" onClick={() => setNaming('')}>
          {t('saveView')}
        </Button>
      ) : (
        <Input size="small" autoFocus aria-label={t('viewName')} placeholder={t('viewName')} style={{ width: 130 }} value={naming} maxLength={40} onChange={(event) => setNaming(event.target.value)} onPressEnter={() => void saveView()} onBlur={() => setNaming((name) => (name === '' ? null : name))} />
      )}
      <Dropdown menu={{ items: [{ key: 'masked', label: t('exportMasked') }, { key: 'clear', label: t('exportClear') }], onClick: ({ key }) => void exportCsv(key === 'clear') }}>
        <Button size="small">{t('export')}</Button>
      </Dropdown>
    </Space>
  );
}
