import { useQuery } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { ReceiverView } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useManualTexts } from './texts.ts';

/** People sent to before, found by name, last digits, pinyin or initials; masked until one is chosen, which is recorded. */
export function Recent({ onChoose }: { onChoose: (receiver: ReceiverView) => void }) {
  const t = useManualTexts();
  const failure = useFailure();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const { data } = useQuery({ ...api.addresses.recent.queryOptions({ input: { search, limit: 20 } }), placeholderData: (before) => before });

  async function choose(orderId: string): Promise<void> {
    try {
      onChoose(await client.orders.reveal({ id: orderId }));
      setTyped('');
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <div className="manual-field">
      <label htmlFor="manual-recent">{t('recent')}</label>
      <AutoComplete
        id="manual-recent"
        aria-label={t('recent')}
        placeholder={t('recentHint')}
        value={typed}
        options={(data ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.phone} · ${one.place} ${one.detail}` }))}
        onSearch={setTyped}
        onSelect={(orderId: string) => void choose(orderId)}
        onBlur={() => setTyped('')}
      />
    </div>
  );
}
