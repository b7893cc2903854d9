import { MoonOutlined, PrinterOutlined, SunOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Progress, Spin } from 'antd';
import { Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { api, client } from '../client/index.ts';
import { ScansEverywhere } from '../features/station/ScansEverywhere.tsx';
import { setLocale, useLocale } from '../i18n/index.ts';
import { useFailure } from '../ui/Failure.tsx';
import { integer } from '../ui/format.ts';
import { pages } from './pages.tsx';
import { useFrameTexts } from './texts.ts';

/** Rail, top bar, page, bottom bar. */
export function Shell({ dark, onDark }: { dark: boolean; onDark: (dark: boolean) => void }) {
  return (
    <div className="frame">
      <Rail />
      <TopBar dark={dark} onDark={onDark} />
      <main className="page">
        <Suspense fallback={<div aria-busy="true"><Spin /></div>}>
          <Switch>
            {pages.map(({ path, Page }) => (
              <Route key={path} path={path}>
                <Page />
              </Route>
            ))}
            <Route>
              <Redirect to={pages[0]?.path ?? '/orders'} />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <BottomBar />
      <ScansEverywhere />
    </div>
  );
}

function Rail() {
  const t = useFrameTexts();
  const [location, navigate] = useLocation();
  const shown = pages.filter((page) => !page.hidden);
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !/^\d$/.test(event.key)) return;
      const page = shown[(Number(event.key) + 9) % 10];
      if (page === undefined) return;
      event.preventDefault();
      navigate(page.path);
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  return (
    <nav className="rail" aria-label={t('navigation')}>
      <div className="rail-mark">
        <img src="./icon.svg" width={28} height={28} alt={t('product')} />
      </div>
      {shown.map(({ path, title, icon: Icon }, index) => (
        <Link key={path} href={path} aria-current={location.startsWith(path) ? 'page' : undefined} title={`Ctrl+${(index + 1) % 10}`}>
          <Icon />
          {t(title)}
        </Link>
      ))}
    </nav>
  );
}

function TopBar({ dark, onDark }: { dark: boolean; onDark: (dark: boolean) => void }) {
  const t = useFrameTexts();
  const locale = useLocale();
  const { data: status } = useQuery(api.system.status.queryOptions({ refetchInterval: 15_000 }));
  return (
    <header className="topbar">
      <strong>{t('product')}</strong>
      <span className="spacer" />
      <PrinterMark status={status?.printer ?? null} />
      {status && (
        <Link href="/numbers" style={{ color: status.numbersLeft < 100 ? 'var(--state-unknown)' : 'inherit' }}>
          {t('numbersLeft', { count: integer(status.numbersLeft, locale) })}
          {status.daysLeft !== null && t('days', { days: status.daysLeft })}
        </Link>
      )}
      {status !== undefined && status.unknownLabels > 0 && (
        <Link href="/uncertain" className="state" style={{ color: 'var(--state-unknown)', fontWeight: 600 }}>
          ? {t('unknownLabels', { count: status.unknownLabels })}
        </Link>
      )}
      <Button size="small" type="text" icon={dark ? <SunOutlined /> : <MoonOutlined />} onClick={() => onDark(!dark)}>
        {dark ? t('light') : t('dark')}
      </Button>
      <Button size="small" type="text" onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}>
        {t('language')}
      </Button>
    </header>
  );
}

type PrinterWord = 'ready' | 'busy' | 'paused' | 'out_of_paper' | 'out_of_ribbon' | 'head_open' | 'jam' | 'over_heated' | 'off_line' | 'silent' | 'error' | 'idle';

function PrinterMark({ status }: { status: { name: string; condition: string } | null }) {
  const t = useFrameTexts();
  const colour = status === null || status.condition === 'idle' ? 'waiting' : status.condition === 'ready' ? 'confirmed' : status.condition === 'busy' ? 'sending' : 'unknown';
  return (
    <span className="state" style={{ color: `var(--state-${colour})` }}>
      <PrinterOutlined /> {status === null ? t('noPrinter') : `${status.name} ${t(status.condition as PrinterWord)}`}
    </span>
  );
}

function BottomBar() {
  const t = useFrameTexts();
  const failure = useFailure();
  const { data: status } = useQuery(api.system.status.queryOptions());
  const jobs = status?.jobs ?? [];
  let content: ReactNode = <span>{t('jobs')}</span>;
  if (jobs.length > 0) {
    content = jobs.map((job) => (
      <span key={job.jobId} style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
        {t(job.state === 'running' ? 'printing' : 'stopped', { done: job.done, total: job.total, printer: job.printerName })}
        <Progress percent={Math.round((100 * job.done) / Math.max(1, job.total))} size="small" style={{ width: 160, margin: 0 }} showInfo={false} status={job.state === 'running' ? 'active' : 'exception'} />
        <Button size="small" onClick={() => void client.printing.cancel({ jobId: job.jobId }).catch(failure)}>
          {t('cancel')}
        </Button>
      </span>
    ));
  }
  return (
    <footer className="bottombar">
      {content}
      <span className="spacer" />
      <span>{t('offline')}</span>
      <span className="muted">{status?.version}</span>
    </footer>
  );
}
