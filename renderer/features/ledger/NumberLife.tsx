import { useQuery } from '@tanstack/react-query';
import { Button, Descriptions, Drawer, Input, Modal, Space, Timeline } from 'antd';
import { useState } from 'react';
import { attemptWords, numberWords } from '../../../common/error-words.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, moment } from '../../ui/format.ts';
import { useLedgerTexts } from './texts.ts';

/** One number from the list it came in to the last thing that happened to it, with its labels. */
export function NumberLife({ number, onClose }: { number: string; onClose: () => void }) {
  const { t, kind } = useLedgerTexts();
  const locale = useLocale();
  const [ending, setEnding] = useState<'void' | 'burn'>();
  const { data, error } = useQuery(api.waybills.numbers.follow.queryOptions({ input: { number } }));
  const word = (words: Readonly<Record<string, { zh: string; en: string }>>, key: string): string => (locale === 'en' ? words[key]?.en : words[key]?.zh) ?? key;
  const alive = data !== undefined && ['assigned', 'printed', 'unknown'].includes(data.state);
  return (
    <Drawer open width={560} title={t('life', { number: grouped(data?.number ?? number) })} onClose={onClose}>
      {error !== null && <Failure error={error} />}
      {data !== undefined && (
        <>
          <Descriptions size="small" column={2}>
            <Descriptions.Item label={t('state')}>{word(numberWords, data.state)}</Descriptions.Item>
            <Descriptions.Item label={t('parcel')}>{data.parcelId ?? t('notDrawn')}</Descriptions.Item>
          </Descriptions>
          <Timeline
            style={{ marginTop: 16 }}
            items={data.events.map((event) => ({
              children: (
                <>
                  <strong>{kind(event.kind)}</strong> <span className="muted">{moment(event.at, locale)} · {event.operator} · #{event.seq}</span>
                  {event.reason !== '' && <div>{event.reason}</div>}
                </>
              ),
            }))}
          />
          {data.attempts.length > 0 && <h3>{t('attempts')}</h3>}
          {data.attempts.map((attempt) => (
            <div key={attempt.id}>
              {moment(attempt.createdAt, locale)} · {word(attemptWords, attempt.state)} {attempt.mark > 0 && t('reprint', { count: attempt.mark })} · {attempt.operator} {attempt.detail}
            </div>
          ))}
          {alive && (
            <Space style={{ marginTop: 16 }}>
              <Button onClick={() => setEnding('void')}>{t('voidIt')}</Button>
              <Button danger onClick={() => setEnding('burn')}>
                {t('burnIt')}
              </Button>
            </Space>
          )}
          {ending !== undefined && <End number={data.number} kind={ending} onClose={() => setEnding(undefined)} />}
        </>
      )}
    </Drawer>
  );
}

function End({ number, kind, onClose }: { number: string; kind: 'void' | 'burn'; onClose: () => void }) {
  const { t } = useLedgerTexts();
  const failure = useFailure();
  const [reason, setReason] = useState('');
  async function save(): Promise<void> {
    try {
      await client.waybills.numbers[kind]({ number, reason });
      onClose();
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <Modal open title={t(kind === 'void' ? 'voidIt' : 'burnIt')} okText={t('ok')} cancelText={t('cancel')} okButtonProps={{ disabled: reason.trim() === '' }} onOk={() => void save()} onCancel={onClose}>
      <p>{t('voidAsk')}</p>
      <Input aria-label={t('reason')} placeholder={t('reason')} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
    </Modal>
  );
}
