import { Button, Table } from 'antd';
import { useState } from 'react';
import type { Check, Reconciliation } from '../../../common/contract/waybills.ts';
import { client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { integer, moment } from '../../ui/format.ts';
import { useLedgerTexts } from './texts.ts';

/** 对账: does it all add up? Each promise with how many rows were looked at, and every break with its events. */
export function BooksTab() {
  const { t, check } = useLedgerTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [result, setResult] = useState<Reconciliation>();
  const [busy, setBusy] = useState(false);
  async function run(): Promise<void> {
    setBusy(true);
    try {
      setResult(await client.waybills.ledger.reconcile());
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  const bad = result?.checks.filter((one) => !one.ok).length ?? 0;
  return (
    <>
      <Button type="primary" loading={busy} onClick={() => void run()}>
        {t('run')}
      </Button>
      {result !== undefined && (
        <>
          <p data-testid="books" style={{ fontSize: 18, color: result.ok ? 'var(--state-confirmed)' : 'var(--state-failed)' }}>
            <span aria-hidden="true">{result.ok ? '✓' : '✕'}</span> {result.ok ? t('fine', { events: integer(result.events, locale), checks: result.checks.length }) : t('broken', { count: bad })}{' '}
            <small className="muted">{moment(result.at, locale)}</small>
          </p>
          <Table<Check>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={result.checks}
            expandable={{
              rowExpandable: (one) => one.breaks.length > 0,
              expandedRowRender: (one) => (
                <ul>
                  {one.breaks.map((entry, index) => (
                    <li key={index}>
                      {entry.what} {entry.number} {entry.expected} → {entry.found} {entry.seqs.map((seq) => `#${seq}`).join(' ')}
                    </li>
                  ))}
                </ul>
              ),
            }}
            columns={[
              { title: '', width: 40, render: (_, one) => <span style={{ color: one.ok ? 'var(--state-confirmed)' : 'var(--state-failed)' }}>{one.ok ? '✓' : '✕'}</span> },
              { title: '', width: 60, dataIndex: 'id' },
              { title: '', render: (_, one) => check(one.id) },
              { title: '', align: 'right', render: (_, one) => <span className="muted">{t('checked', { count: integer(one.checked, locale) })}</span> },
              { title: t('breaks'), width: 90, align: 'right', render: (_, one) => (one.breaks.length === 0 ? '' : integer(one.breaks.length, locale)) },
            ]}
          />
        </>
      )}
    </>
  );
}
