import { Card, InputNumber } from 'antd';
import { MergeRules } from '../orders/MergeRules.tsx';
import { useParcelSettings } from '../orders/useParcelSettings.ts';
import { useInboxTexts } from './inboxTexts.ts';

/** When an order is due, and what keeps orders of one recipient apart. */
export function MergeSettings() {
  const t = useInboxTexts();
  const { settings, change } = useParcelSettings();
  if (settings === undefined) return null;
  return (
    <Card size="small" title={t('mergeTitle')} style={{ marginTop: 12 }}>
      <div style={{ marginBottom: 12 }}>
        <label htmlFor="promise-hours">{t('promise')}</label> <InputNumber id="promise-hours" min={1} max={720} precision={0} style={{ width: 72 }} value={settings.promiseHours} onChange={(promiseHours) => promiseHours !== null && change({ promiseHours })} /> <span className="muted">{t('promiseHint')}</span>
      </div>
      <MergeRules />
    </Card>
  );
}
