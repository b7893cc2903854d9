import { useQuery } from '@tanstack/react-query';
import { Card, Form, InputNumber, Select } from 'antd';
import type { ParcelSettings } from '../../../common/contract/orders.ts';
import { flags } from '../../../common/contract/orders.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useFilterTexts } from '../orders/filterTexts.ts';
import { useInboxTexts } from './inboxTexts.ts';

/** When an order is due, and what keeps orders of one recipient apart. */
export function MergeSettings() {
  const t = useInboxTexts();
  const words = useFilterTexts();
  const failure = useFailure();
  const { data: settings } = useQuery(api.parcels.settings.get.queryOptions());

  async function change(changes: Partial<ParcelSettings>): Promise<void> {
    if (settings === undefined) return;
    try {
      await client.parcels.settings.save({ ...settings, ...changes });
      await queryClient.invalidateQueries({ queryKey: api.parcels.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  if (settings === undefined) return null;
  return (
    <Card size="small" title={t('mergeTitle')} style={{ marginTop: 12 }}>
      <Form layout="vertical" style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(260px, 1fr))', gap: '0 24px' }}>
        <Form.Item label={t('promise')} htmlFor="promise-hours" extra={t('promiseHint')}>
          <InputNumber id="promise-hours" min={1} max={720} value={settings.promiseHours} onChange={(value) => value !== null && void change({ promiseHours: value })} />
        </Form.Item>
        <Form.Item label={t('window')} htmlFor="merge-window" extra={t('windowHint')}>
          <InputNumber id="merge-window" min={0} max={720} value={settings.windowHours} onChange={(value) => value !== null && void change({ windowHours: value })} />
        </Form.Item>
        <Form.Item label={t('exceptFlags')} htmlFor="merge-flags">
          <Select id="merge-flags" mode="multiple" value={settings.exceptFlags} options={flags.filter((flag) => flag !== 'none').map((value) => ({ value, label: words(value) }))} onChange={(exceptFlags) => void change({ exceptFlags })} />
        </Form.Item>
        <Form.Item label={t('exceptItems')} htmlFor="merge-items">
          <Select id="merge-items" mode="tags" value={settings.exceptItems} onChange={(exceptItems: string[]) => void change({ exceptItems })} />
        </Form.Item>
      </Form>
    </Card>
  );
}
