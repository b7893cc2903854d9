import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Space, Tabs } from 'antd';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { errorText } from '../../../common/error-texts.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { BooksTab } from '../ledger/BooksTab.tsx';
import { LedgerTab } from '../ledger/LedgerTab.tsx';
import { integer } from '../../ui/format.ts';
import { AccountsTab } from './AccountsTab.tsx';
import { GrantsTab } from './GrantsTab.tsx';
import { PoolsTab } from './PoolsTab.tsx';
import { StationsTab } from './StationsTab.tsx';
import { usePoolTexts } from './texts.ts';

type NoticeReason = 'rolled_back' | 'forked' | 'other_machine' | 'copied';

/** Waybill numbers: where they come from, who may use them, and whether it all adds up. */
export default function NumbersPage() {
  const t = usePoolTexts();
  const { data: status } = useQuery(api.waybills.status.queryOptions());
  if (status?.role === 'packer') return <PackerView free={status.free} />;
  return (
    <>
      <h1 className="page-title">{t('title')}</h1>
      <Notices />
      <Tabs
        items={[
          { key: 'accounts', label: t('accounts'), children: <AccountsTab /> },
          { key: 'pools', label: t('pools'), children: <PoolsTab /> },
          { key: 'grants', label: t('grants'), children: <GrantsTab /> },
          { key: 'ledger', label: t('ledger'), children: <LedgerTab /> },
          { key: 'books', label: t('books'), children: <BooksTab /> },
          { key: 'stations', label: t('stations'), children: <StationsTab /> },
        ]}
      />
    </>
  );
}

/** A packer sees how many are left, and what to do when none are. */
function PackerView({ free }: { free: number }) {
  const t = usePoolTexts();
  const locale = useLocale();
  return (
    <>
      <h1 className="page-title">{t('title')}</h1>
      <Notices />
      <p style={{ fontSize: 48, margin: '24px 0 8px' }}>{t('packerLeft', { count: integer(free, locale) })}</p>
      {free === 0 && <p style={{ fontSize: 20, color: 'var(--state-failed)' }}>{t('packerNone')}</p>}
    </>
  );
}

/** What stops issuing, and copies of the data that were recognised, in plain words with what to do. */
function Notices() {
  const t = usePoolTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data: status, error } = useQuery(api.waybills.status.queryOptions());
  if (error !== null) return <Failure error={error} />;
  if (status === undefined) return null;
  const resume = (): void => {
    client.waybills
      .resume()
      .then((now) => (now.issuing ? void message.success(t('resumed')) : undefined))
      .catch(failure);
  };
  return (
    <Space direction="vertical" style={{ width: '100%', marginBottom: 8 }}>
      {status.stop !== null && (
        <Alert
          type="error"
          showIcon
          message={t('stopped')}
          description={errorText({ code: 'ISSUING_STOPPED', data: status.stop }, locale)}
          action={<Button onClick={resume}>{t('tryAgain')}</Button>}
        />
      )}
      {status.witness.length > 0 && <Alert type="warning" showIcon message={t('witnessBroken')} />}
      {status.notices.map((notice) => (
        <Alert
          key={notice.incarnation}
          type="warning"
          showIcon
          message={t(notice.reason as NoticeReason, { count: notice.quarantined, detail: notice.detail })}
          action={<Button onClick={() => void client.waybills.seen({ incarnation: notice.incarnation }).catch(failure)}>{t('seen')}</Button>}
        />
      ))}
    </Space>
  );
}
