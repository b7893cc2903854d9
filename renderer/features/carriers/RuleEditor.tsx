import { AutoComplete, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { RuleConditions } from '../../../common/contract/orders.ts';
import { platforms } from '../../../common/contract/shops.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { useLocale } from '../../i18n/index.ts';
import { productOptions } from '../../ui/products.ts';
import { useSettingsTexts } from '../settings/texts.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { carrierOptions } from './names.ts';
import { useCarrierTexts } from './texts.ts';
import type { RuleDraft } from './useRulesDraft.ts';

/** Everything a rule may ask for. What is left empty does not matter; all that is filled in must hold. */
export function RuleEditor({ rule, shops, onChange }: { rule: RuleDraft; shops: readonly Shop[]; onChange: (patch: Partial<RuleDraft>) => void }) {
  const t = useCarrierTexts();
  const platform = useSettingsTexts();
  const locale = useLocale();
  const { conditions } = rule;
  const set = (patch: { readonly [Key in keyof RuleConditions]: RuleConditions[Key] | undefined }): void =>
    onChange({ conditions: Object.fromEntries(Object.entries({ ...conditions, ...patch }).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))) });
  const words = (key: 'items' | 'notes') => <Select mode="tags" open={false} suffixIcon={null} aria-label={t(key)} placeholder={t('wordsHint')} style={{ width: '100%' }} value={conditions[key] ?? []} tokenSeparators={[',', '，', '、', ' ']} onChange={(value: string[]) => set({ [key]: value })} />;
  const number = (key: 'minGrams' | 'maxGrams' | 'minFen' | 'maxFen', label: string) => {
    const unit = key.endsWith('Fen') ? 100 : 1;
    const value = conditions[key];
    return <InputNumber aria-label={label} placeholder={t(key.startsWith('min') ? 'from' : 'to')} style={{ width: 110 }} min={0} max={1_000_000} suffix={t(unit === 100 ? 'yuan' : 'grams')} value={value === undefined ? null : value / unit} onChange={(typed) => set({ [key]: typed === null ? undefined : Math.round(Number(typed) * unit) })} />;
  };
  return (
    <div data-testid="rule-editor" style={{ display: 'grid', gridTemplateColumns: '84px 1fr 84px 1fr', gap: '8px 10px', alignItems: 'center', padding: '8px 0 4px 40px' }}>
      <Field label={t('name')}><Input aria-label={t('name')} value={rule.name} maxLength={40} onChange={(event) => onChange({ name: event.target.value })} /></Field>
      <Field label={t('carrier')}><Select aria-label={t('carrier')} showSearch optionFilterProp="label" style={{ width: '100%' }} value={rule.carrierCode} options={carrierOptions(locale)} onChange={(carrierCode: string) => onChange({ carrierCode, product: '' })} /></Field>
      <Field label={t('product')} wide><AutoComplete aria-label={t('product')} placeholder={t('anyProduct')} style={{ width: 220 }} value={rule.product} maxLength={40} options={productOptions([rule.carrierCode])} onChange={(product: string) => onChange({ product })} /></Field>
      <Field label={t('places')} wide><PlacePicker label={t('places')} width="100%" value={conditions.places ?? []} onChange={(places) => set({ places })} /></Field>
      <Field label={t('weight')}><span style={{ display: 'flex', gap: 6 }}>{number('minGrams', t('minGrams'))} – {number('maxGrams', t('maxGrams'))}</span>{(conditions.minGrams !== undefined || conditions.maxGrams !== undefined) && <div className="muted" style={{ fontSize: 12 }}>{t('weightHint')}</div>}</Field>
      <Field label={t('amount')}><span style={{ display: 'flex', gap: 6 }}>{number('minFen', t('minYuan'))} – {number('maxFen', t('maxYuan'))}</span></Field>
      <Field label={t('shops')}><Select mode="multiple" aria-label={t('shops')} placeholder={t('anyShop')} style={{ width: '100%' }} optionFilterProp="label" value={conditions.shopIds ?? []} options={shops.map((shop) => ({ value: shop.id, label: shop.name }))} onChange={(shopIds: string[]) => set({ shopIds })} /></Field>
      <Field label={t('platforms')}><Select mode="multiple" aria-label={t('platforms')} placeholder={t('anyPlatform')} style={{ width: '100%' }} optionFilterProp="label" value={conditions.platforms ?? []} options={platforms.map((value) => ({ value, label: platform(value) }))} onChange={(chosen) => set({ platforms: chosen })} /></Field>
      <Field label={t('items')}>{words('items')}</Field>
      <Field label={t('notes')}>{words('notes')}</Field>
    </div>
  );
}

function Field({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <>
      <span className="muted">{label}</span>
      <div style={wide ? { gridColumn: 'span 3' } : {}}>{children}</div>
    </>
  );
}
