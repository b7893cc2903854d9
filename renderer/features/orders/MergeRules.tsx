import { InputNumber, Select, Switch } from 'antd';
import { flags } from '../../../common/contract/orders.ts';
import { Flag } from './cells.tsx';
import { useParcelTexts } from './parcelTexts.ts';
import { useParcelSettings } from './useParcelSettings.ts';

/** What may share a box: how receivers are compared, within which time, and what always goes alone. Kept for everybody. */
export function MergeRules() {
  const t = useParcelTexts();
  const { settings, change } = useParcelSettings();
  if (settings === undefined) return null;
  return (
    <fieldset style={{ border: '1px solid var(--hair)', borderRadius: 4, marginBottom: 8, display: 'grid', gridTemplateColumns: 'repeat(2, 1fr)', gap: '6px 16px' }}>
      <legend className="muted">{t('rules')}</legend>
      <label>
        {t('rule')}{' '}
        <Select aria-label={t('rule')} style={{ width: 220 }} value={settings.mergeRule} onChange={(mergeRule) => change({ mergeRule })} options={(['loose', 'strict'] as const).map((value) => ({ value, label: t(value) }))} />
      </label>
      <label>
        {t('window')} <InputNumber aria-label={t('window')} min={0} max={720} precision={0} style={{ width: 72 }} value={settings.windowHours} onChange={(windowHours) => windowHours !== null && change({ windowHours })} /> {t('hours')}
      </label>
      <label>
        {t('exceptFlags')}{' '}
        <Select aria-label={t('exceptFlags')} mode="multiple" allowClear style={{ minWidth: 160 }} value={settings.exceptFlags} onChange={(exceptFlags) => change({ exceptFlags })} options={flags.filter((flag) => flag !== 'none').map((flag) => ({ value: flag, label: <Flag flag={flag} /> }))} />
      </label>
      <label>
        {t('exceptItems')} <Select aria-label={t('exceptItems')} mode="tags" open={false} suffixIcon={null} placeholder={t('exceptHint')} style={{ minWidth: 180 }} value={settings.exceptItems} onChange={(exceptItems: string[]) => change({ exceptItems })} />
      </label>
      <label>
        <Switch size="small" checked={settings.autoMerge} onChange={(autoMerge) => change({ autoMerge })} /> {t('auto')}
      </label>
      <label>
        <Switch size="small" checked={settings.acrossShops} onChange={(acrossShops) => change({ acrossShops })} /> {t('acrossShops')}
      </label>
      <span className="muted" style={{ gridColumn: '1 / 3' }}>
        {t('platform')}
      </span>
    </fieldset>
  );
}
