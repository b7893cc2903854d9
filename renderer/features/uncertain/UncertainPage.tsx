import { useQuery } from '@tanstack/react-query';
import { App, Button, Empty, Input, Popconfirm, Space } from 'antd';
import type { InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Attempt, Doubt } from '../../../common/contract/attempts.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, moment } from '../../ui/format.ts';
import { LabelPaper } from '../../ui/LabelPaper.tsx';
import { State } from '../../ui/State.tsx';
import { takesScan } from '../../ui/takesScan.ts';
import { useUncertainTexts } from './texts.ts';

/** Labels nobody knows about, batch by batch, beside the last one known to be good. Nothing here prints by itself. */
export default function UncertainPage() {
  const t = useUncertainTexts();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data, error } = useQuery(api.attempts.uncertain.queryOptions());
  const [scan, setScan] = useState('');
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus(), []);
  async function settleByLast(): Promise<void> {
    const number = scan.trim();
    setScan('');
    if (number === '') return;
    try {
      const { confirmed, notPrinted } = await client.attempts.settleByLast({ number });
      void message.success(`${t('settled', { confirmed, missing: notPrinted })} ${notPrinted > 0 ? t('settledHint') : ''}`);
    } catch (thrown) {
      failure(thrown);
    }
    field.current?.focus();
  }
  if (error !== null) return <Failure error={error} />;
  if (data?.length === 0) {
    return (
      <>
        <h1 className="page-title">{t('title')}</h1>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<>{t('none')}<br /><span className="muted">{t('noneHint')}</span></>} />
      </>
    );
  }
  return (
    <>
      <h1 className="page-title">{t('title')}</h1>
      <div style={{ background: 'var(--panel)', border: '2px solid var(--tape)', borderRadius: 4, padding: 12, marginBottom: 12 }}>
        <Input
          {...takesScan}
          ref={field}
          size="large"
          aria-label={t('scanLast')}
          placeholder={t('scanLast')}
          value={scan}
          style={{ fontSize: 24 }}
          onChange={(event) => setScan(event.target.value)}
          onPressEnter={() => void settleByLast()}
        />
        <p className="muted" style={{ margin: '6px 0 0' }}>
          {t('scanHint')}
        </p>
      </div>
      {data?.map((doubt) => <Batch key={doubt.job.id} doubt={doubt} />)}
    </>
  );
}

function Batch({ doubt }: { doubt: Doubt }) {
  const t = useUncertainTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  const settleAll = (outcome: 'confirmed' | 'not_printed'): void => void client.attempts.settleJob({ jobId: doubt.job.id, outcome }).catch(failure);
  const printer = printers?.find((one) => one.id === doubt.job.printerId)?.name ?? doubt.job.printerId;
  return (
    <section data-testid="doubt" style={{ background: 'var(--panel)', border: '1px solid var(--hair)', borderRadius: 4, padding: 12, marginBottom: 12 }}>
      <Space style={{ width: '100%', justifyContent: 'space-between' }} wrap>
        <strong>{t('explain', { count: doubt.doubtful.length })}</strong>
        <span className="muted">
          {printer} · {moment(doubt.job.createdAt, locale)} · {doubt.job.operator}
        </span>
        <Space>
          <Button onClick={() => settleAll('confirmed')}>{t('allCame')}</Button>
          <Button onClick={() => settleAll('not_printed')}>{t('noneCame')}</Button>
        </Space>
      </Space>
      <div style={{ display: 'flex', gap: 16, overflowX: 'auto', paddingTop: 12 }}>
        <figure style={{ margin: 0, minWidth: 220 }}>
          <figcaption style={{ color: 'var(--state-confirmed)' }}>✓ {t('lastGood')}</figcaption>
          {doubt.lastGood === null ? <p className="muted">{t('nothingKnown')}</p> : <Label attempt={doubt.lastGood} total={doubt.job.total} />}
        </figure>
        {doubt.doubtful.slice(0, 30).map((attempt) => (
          <figure key={attempt.id} style={{ margin: 0, minWidth: 220 }}>
            <figcaption>
              <State state="unknown" />
            </figcaption>
            <Label attempt={attempt} total={doubt.job.total} />
            <Answers attempt={attempt} />
          </figure>
        ))}
      </div>
      {doubt.notSent > 0 && <p className="muted">{t('notSent', { count: doubt.notSent })}</p>}
    </section>
  );
}

/** Picture, number with the last four digits large (what people compare), place in the batch, why it is in doubt. */
function Label({ attempt, total }: { attempt: Attempt; total: number }) {
  const t = useUncertainTexts();
  const { data: picture } = useQuery(api.printing.picture.queryOptions({ input: { attemptId: attempt.id }, retry: false }));
  const why = attempt.detail === 'restart' ? t('restart') : attempt.detail === 'copy' ? t('copy') : attempt.detail;
  return (
    <>
      <div style={{ width: 200, height: 260, overflow: 'hidden' }}>
        {picture === undefined ? (
          <div className="muted" style={{ border: '1px dashed var(--hair)', height: '100%', display: 'grid', placeItems: 'center' }}>
            {t('noPicture')}
          </div>
        ) : (
          <div style={{ transform: `scale(${200 / picture.widthDots})`, transformOrigin: 'top left' }}>
            <LabelPaper png={picture.png} widthDots={picture.widthDots} heightDots={picture.heightDots} alt={attempt.number} />
          </div>
        )}
      </div>
      <div className="number">
        {grouped(attempt.number.slice(0, -4))} <strong style={{ fontSize: 22 }}>{attempt.number.slice(-4)}</strong>
      </div>
      <div className="muted">
        {t('position', { position: attempt.position, total })} {why !== '' && `· ${why}`}
      </div>
    </>
  );
}

function Answers({ attempt }: { attempt: Attempt }) {
  const t = useUncertainTexts();
  const failure = useFailure();
  const settle = (outcome: 'confirmed' | 'not_printed'): void => void client.attempts.settle({ id: attempt.id, outcome }).catch(failure);
  return (
    <Space style={{ marginTop: 6 }}>
      <Button size="small" onClick={() => settle('confirmed')}>
        {t('came')}
      </Button>
      <Button size="small" onClick={() => settle('not_printed')}>
        {t('missing')}
      </Button>
      <Popconfirm
        title={t('void')}
        description={t('voidAsk')}
        okText={t('ok')}
        cancelText={t('cancel')}
        onConfirm={() => void client.waybills.numbers.void({ number: attempt.number, reason: t('voidReason') }).catch(failure)}
      >
        <Button size="small" danger>
          {t('void')}
        </Button>
      </Popconfirm>
    </Space>
  );
}
