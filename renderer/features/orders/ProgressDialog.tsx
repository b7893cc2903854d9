import { Alert, Button, Modal, Progress, Space, Table } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { JobEvent, JobLabel } from '../../../common/contract/printing.ts';
import { client, follow } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { failureText } from '../../ui/failureText.ts';
import { grouped } from '../../ui/format.ts';
import { State } from '../../ui/State.tsx';
import { usePrintTexts } from './printTexts.ts';

/** A print job as it goes, label by label. Closing the dialog stops nothing. */
export function ProgressDialog({ jobId, onClose }: { jobId: string; onClose: () => void }) {
  const t = usePrintTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [event, setEvent] = useState<JobEvent | null>(null);
  const [labels, setLabels] = useState<ReadonlyMap<string, JobLabel>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    // A batch of a thousand changes faster than a screen can show; changes are gathered for one frame.
    let waiting: JobEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      timer = undefined;
      const batch = waiting;
      waiting = [];
      setLabels((current) => {
        const next = new Map(current);
        for (const entry of batch) for (const label of entry.labels) next.set(label.parcelId, label);
        return next;
      });
      setEvent(batch.at(-1) ?? null);
    };
    follow(
      (after, signal) => client.printing.progress({ jobId, after }, { signal }),
      (next) => {
        waiting.push(next);
        timer ??= setTimeout(flush, 60);
      },
      stop.signal,
    ).catch(failure);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- one job, one stream
  }, [jobId]);

  const rows = useMemo(() => [...labels.values()].sort((left, right) => left.position - right.position), [labels]);
  const count = (state: JobLabel['state']): number => rows.filter((label) => label.state === state).length;
  const state = event?.state ?? 'preparing';
  const over = state === 'finished' || state === 'stopped' || state === 'cancelled';
  const done = event?.done ?? 0;
  const total = event?.total ?? 0;
  return (
    <Modal open onCancel={onClose} footer={null} width={880} title={t('progress', { done, total })} maskClosable={false}>
      <Progress percent={total === 0 ? 0 : Math.round((100 * done) / total)} status={state === 'stopped' ? 'exception' : over ? 'success' : 'active'} />
      <Space style={{ margin: '8px 0' }}>
        <strong data-testid="job-state">{t(state)}</strong>
        <span>{t('summary', { printed: count('printed') + count('confirmed'), unknown: count('unknown'), failed: count('failed'), waiting: count('waiting') + count('sending') })}</span>
        {over ? (
          <Button onClick={onClose}>{t('close')}</Button>
        ) : (
          <Button onClick={() => void client.printing.cancel({ jobId }).catch(failure)}>{t('cancel')}</Button>
        )}
      </Space>
      {state === 'stopped' && event !== null && event.reason !== '' && <Alert type="warning" message={event.reason} style={{ marginBottom: 8 }} />}
      <Table<JobLabel>
        size="small"
        rowKey="parcelId"
        dataSource={rows}
        pagination={false}
        virtual
        scroll={{ y: 360, x: 820 }}
        columns={[
          { title: t('position'), dataIndex: 'position', width: 60 },
          { title: t('order'), width: 220, render: (_, label) => label.orders.join(', ') },
          { title: t('number'), width: 190, render: (_, label) => <span className="number">{label.number === null ? '—' : grouped(label.number)}</span> },
          { title: t('state'), width: 110, render: (_, label) => <State state={label.state} /> },
          { title: t('reason'), render: (_, label) => (label.failure === null ? '' : failureText(label.failure, locale)) },
        ]}
      />
      <p className="muted">{t('sentIsNot')}</p>
    </Modal>
  );
}
