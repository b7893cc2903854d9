import { useQuery } from '@tanstack/react-query';
import { Descriptions, Drawer, Spin, Timeline } from 'antd';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { labelStateOf } from '../../ui/attemptState.ts';
import { grouped, integer, moment } from '../../ui/format.ts';
import { LabelPaper } from '../../ui/LabelPaper.tsx';
import { State } from '../../ui/State.tsx';
import { useLogTexts } from './texts.ts';

/** One attempt: its picture, and every step of its life. */
export function AttemptPanel({ attemptId, onClose }: { attemptId: string; onClose: () => void }) {
  const t = useLogTexts();
  const locale = useLocale();
  const { data: attempt, error } = useQuery(api.attempts.get.queryOptions({ input: { id: attemptId } }));
  const { data: picture, error: noPicture } = useQuery(api.printing.picture.queryOptions({ input: { attemptId }, retry: false }));
  return (
    <Drawer open onClose={onClose} width={720} title={attempt === undefined ? '' : grouped(attempt.number)}>
      {error !== null && <Failure error={error} />}
      {attempt === undefined && error === null && <Spin />}
      {attempt !== undefined && (
        <>
          <Descriptions size="small" column={2}>
            <Descriptions.Item label={t('state')}>
              <State state={labelStateOf(attempt.state)} />
            </Descriptions.Item>
            <Descriptions.Item label={t('who')}>{attempt.operator}</Descriptions.Item>
            <Descriptions.Item label={t('parcel')}>{attempt.parcelId}</Descriptions.Item>
            <Descriptions.Item label={t('template')}>{attempt.templateVersionId}</Descriptions.Item>
            <Descriptions.Item label={t('reason')}>{attempt.reason}</Descriptions.Item>
            <Descriptions.Item label={t('bytes')}>{attempt.byteCount === null ? '—' : integer(attempt.byteCount, locale)}</Descriptions.Item>
            <Descriptions.Item label={t('evidence')}>{attempt.evidence.map((entry) => entry.kind).join(', ')}</Descriptions.Item>
          </Descriptions>
          <h3>{t('picture')}</h3>
          {picture !== undefined && <LabelPaper png={picture.png} widthDots={picture.widthDots} heightDots={picture.heightDots} alt={t('picture')} />}
          {noPicture !== null && <p className="muted">{t('noPicture')}</p>}
          <h3>{t('steps')}</h3>
          <Timeline
            items={attempt.steps.map((step) => ({
              children: `${moment(step.at, locale)}  ${step.from} → ${step.to}  ${step.by}  ${step.detail}`,
            }))}
          />
        </>
      )}
    </Drawer>
  );
}
