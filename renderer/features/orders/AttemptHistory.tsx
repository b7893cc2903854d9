import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Attempt } from '../../../common/contract/attempts.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { labelStateOf } from '../../ui/attemptState.ts';
import { grouped, moment } from '../../ui/format.ts';
import { State } from '../../ui/State.tsx';
import { AttemptPanel } from '../log/AttemptPanel.tsx';
import { usePanelTexts } from './panelTexts.ts';

/** Every label that was ever sent for the order, latest first, each with its picture. */
export function AttemptHistory({ parcelIds }: { parcelIds: readonly string[] }) {
  const t = usePanelTexts();
  const [opened, setOpened] = useState<string | null>(null);
  const lists = useQueries({ queries: parcelIds.map((parcelId) => api.attempts.list.queryOptions({ input: { parcelId, limit: 100 } })) });
  const attempts = lists.flatMap(({ data }) => data ?? []).toSorted((left, right) => right.createdAt.localeCompare(left.createdAt) || right.id.localeCompare(left.id));
  return (
    <section className="order-section">
      <h3>{t('history')}</h3>
      {attempts.length === 0 && <span className="muted">{t('noHistory')}</span>}
      {attempts.map((attempt) => (
        <AttemptRow key={attempt.id} attempt={attempt} onOpen={() => setOpened(attempt.id)} />
      ))}
      {opened !== null && <AttemptPanel attemptId={opened} onClose={() => setOpened(null)} />}
    </section>
  );
}

function AttemptRow({ attempt, onOpen }: { attempt: Attempt; onOpen: () => void }) {
  const t = usePanelTexts();
  const locale = useLocale();
  const { data: picture } = useQuery(api.printing.picture.queryOptions({ input: { attemptId: attempt.id }, retry: false, staleTime: Number.POSITIVE_INFINITY }));
  return (
    <div className="attempt-row">
      <button type="button" aria-label={`${t('picture')} ${attempt.number}`} onClick={onOpen}>
        {picture === undefined ? <span className="muted">{t('noPicture')}</span> : <img src={`data:image/png;base64,${picture.png}`} alt={t('picture')} />}
      </button>
      <div>
        <State state={labelStateOf(attempt.state)} /> <span className="number">{grouped(attempt.number)}</span>
        {attempt.mark > 0 && <span style={{ color: 'var(--tape)' }}> {t('again', { count: attempt.mark })}</span>}
        <div className="muted">{[moment(attempt.createdAt, locale), attempt.operator, attempt.reason, attempt.detail].filter((part) => part !== '').join(' · ')}</div>
      </div>
    </div>
  );
}
