import { FilterOutlined } from '@ant-design/icons';
import type { InputRef } from 'antd';
import { Badge, Button, Input, InputNumber, Popover, Select, Tag } from 'antd';
import { useState } from 'react';
import type { ReactNode, Ref } from 'react';
import { flags, orderSorts, receiverStates } from '../../../common/contract/orders.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { platforms } from '../../../common/contract/shops.ts';
import { carriers } from '../../../common/domain/waybills/carriers.ts';
import { useLocale } from '../../i18n/index.ts';
import { Key, useKey } from '../../ui/Key.tsx';
import { carrierName } from '../carriers/names.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { filterTags, provinces } from './filterTags.ts';
import { useFilterTexts } from './filterTexts.ts';
import { useOrdersTexts } from './texts.ts';
import type { Narrowing, PageFilter, PageState, Sort } from './usePageState.ts';

interface Props {
  readonly state: PageState;
  readonly shops: readonly Shop[];
  readonly searchBox: Ref<InputRef>;
  readonly onWords: (words: string) => void;
  readonly onSort: (sort: Sort) => void;
  readonly onNarrow: (patch: Narrowing) => void;
  /** False while something lies over the page. */
  readonly keys: boolean;
  /** Views, columns and export at the end of the line. */
  readonly children: ReactNode;
}

/** The frequent filters on one line; the others behind a button that says how many of them are on. */
export function FilterLine({ state, shops, searchBox, onWords, onSort, onNarrow, keys, children }: Props) {
  const t = useFilterTexts();
  const words = useOrdersTexts();
  const locale = useLocale();
  const { filter } = state;
  const [more, setMore] = useState(false);
  useKey('Ctrl+Shift+F', () => setMore(!more), keys || more);
  const sorts = orderSorts.filter((sort) => sort !== 'deadline' || state.tab !== 'all');
  return (
    <div className="orders-line">
      <Input {...takesScan} ref={searchBox} allowClear style={{ width: 260 }} placeholder={words('search')} aria-label={words('search')} value={state.words} onChange={(event) => onWords(event.target.value)} suffix={<Key>Ctrl+F</Key>} />
      <Choice label={t('shop')} width={128} value={filter.shopIds?.[0]} options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} onChange={(shop) => onNarrow({ shopIds: shop === undefined ? undefined : [shop] })} />
      <Choice label={t('carrier')} width={96} value={filter.carrier} options={carriers.map(({ code }) => ({ value: code, label: carrierName(code, locale) }))} onChange={(carrier) => onNarrow({ carrier })} />
      <Choice label={t('flag')} width={84} value={filter.flag} options={flags.map((value) => ({ value, label: t(value) }))} onChange={(flag) => onNarrow({ flag })} />
      <YesNo label={t('note')} width={92} yes={t('noted')} no={t('unnoted')} value={filter.hasNote} onChange={(hasNote) => onNarrow({ hasNote })} />
      <Popover trigger="click" open={more} onOpenChange={setMore} destroyOnHidden placement="bottomLeft" content={<MoreFilters filter={filter} onNarrow={onNarrow} />}>
        <Badge size="small" count={hiddenCount(filter)} color="var(--tape)">
          <Button icon={<FilterOutlined />}>
            {t('more')}
            <Key>Ctrl+Shift+F</Key>
          </Button>
        </Badge>
      </Popover>
      <span className="spacer" />
      <Select aria-label={words('sort')} style={{ width: 112 }} value={sorts.includes(state.sort) ? state.sort : 'newest'} onChange={onSort} options={sorts.map((value) => ({ value, label: words(value) }))} />
      {children}
    </div>
  );
}

/** Conditions that are on and not on the line. */
function hiddenCount({ shopIds: _shops, carrier: _carrier, flag: _flag, hasNote: _note, ...others }: PageFilter): number {
  return Object.keys(others).length;
}

function MoreFilters({ filter, onNarrow }: { filter: PageFilter; onNarrow: (patch: Narrowing) => void }) {
  const t = useFilterTexts();
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'auto 240px', gap: 8, alignItems: 'center' }} data-testid="more-filters">
      <span>{t('deadline')}</span>
      <Choice autoFocus label={t('deadline')} value={filter.deadline} options={(['today', 'late', 'none'] as const).map((value) => ({ value, label: t(`due_${value}`) }))} onChange={(deadline) => onNarrow({ deadline })} />
      <span>{t('item')}</span>
      <Input allowClear aria-label={t('item')} value={filter.item ?? ''} maxLength={100} onChange={(event) => onNarrow({ item: event.target.value })} />
      <span>{t('platform')}</span>
      <Choice label={t('platform')} value={filter.platform} options={platforms.map((value) => ({ value, label: t(value) }))} onChange={(platform) => onNarrow({ platform })} />
      <span>{t('province')}</span>
      <Choice label={t('province')} value={filter.province} options={provinces.map((value) => ({ value, label: value }))} onChange={(province) => onNarrow({ province })} />
      <span>{t('printed')}</span>
      <YesNo label={t('printed')} yes={t('printedYes')} no={t('printedNo')} value={filter.printed} onChange={(printed) => onNarrow({ printed })} />
      <span>{t('receiver')}</span>
      <Choice label={t('receiver')} value={filter.receiver} options={receiverStates.map((value) => ({ value, label: t(value) }))} onChange={(receiver) => onNarrow({ receiver })} />
      <span>{t('alarm')}</span>
      <Choice label={t('alarm')} value={filter.alarm ? 'yes' : undefined} options={[{ value: 'yes', label: t('alarmYes') }]} onChange={(value) => onNarrow({ alarm: value === undefined ? undefined : true })} />
      <span>{t('amount')}</span>
      <span style={{ display: 'flex', gap: 6 }}>
        <Yuan label={t('from')} value={filter.minFen} onChange={(minFen) => onNarrow({ minFen })} />
        <Yuan label={t('to')} value={filter.maxFen} onChange={(maxFen) => onNarrow({ maxFen })} />
      </span>
      <span>{t('time')}</span>
      <span style={{ display: 'flex', gap: 6 }}>
        <Day label={t('fromDay')} value={filter.from} onChange={(day) => onNarrow({ from: day === '' ? undefined : `${day}T00:00:00+08:00` })} />
        <Day label={t('toDay')} value={filter.to} onChange={(day) => onNarrow({ to: day === '' ? undefined : `${day}T23:59:59+08:00` })} />
      </span>
    </div>
  );
}

/** Every condition that is on, each to be taken off by itself. */
export function FilterTags({ filter, shops, onNarrow, onClear }: { filter: PageFilter; shops: readonly Shop[]; onNarrow: (patch: Narrowing) => void; onClear: () => void }) {
  const t = useFilterTexts();
  const locale = useLocale();
  const tags = filterTags(filter, { t, locale, shops });
  if (tags.length === 0) return null;
  return (
    <div className="orders-tags">
      {tags.map(({ keys, text }) => (
        <Tag key={keys.join()} closable={{ 'aria-label': t('removeTag', { tag: text }) }} onClose={() => onNarrow(Object.fromEntries(keys.map((key) => [key, undefined])))}>
          {text}
        </Tag>
      ))}
      <Button size="small" type="link" onClick={onClear}>
        {t('clear')}
      </Button>
    </div>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V | undefined) => void;
  readonly width?: number;
  readonly autoFocus?: boolean;
}

function Choice<V extends string>({ label, value, options, onChange, width, autoFocus = false }: ChoiceProps<V>) {
  return <Select<V> autoFocus={autoFocus} allowClear showSearch optionFilterProp="label" aria-label={label} placeholder={label} style={{ width: width ?? '100%' }} popupMatchSelectWidth={false} {...(value !== undefined && { value })} options={[...options]} onChange={(next) => onChange(next)} />;
}

function YesNo({ label, yes, no, value, width, onChange }: { label: string; yes: string; no: string; value: boolean | undefined; width?: number; onChange: (value: boolean | undefined) => void }) {
  return <Choice label={label} {...(width !== undefined && { width })} value={value === undefined ? undefined : value ? 'yes' : 'no'} options={[{ value: 'yes', label: yes }, { value: 'no', label: no }]} onChange={(next) => onChange(next === undefined ? undefined : next === 'yes')} />;
}

function Yuan({ label, value, onChange }: { label: string; value: number | undefined; onChange: (fen: number | undefined) => void }) {
  return <InputNumber aria-label={label} placeholder={label} min={0} style={{ width: '100%' }} value={value === undefined ? null : value / 100} onChange={(yuan) => onChange(yuan === null ? undefined : Math.round(Number(yuan) * 100))} />;
}

/** Days are those of China, as the files have them. */
function Day({ label, value, onChange }: { label: string; value: string | undefined; onChange: (day: string) => void }) {
  return <Input type="date" aria-label={label} value={value?.slice(0, 10) ?? ''} onChange={(event) => onChange(event.target.value)} />;
}
