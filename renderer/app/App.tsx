import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider, Result, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { connection, followChanges, queryClient } from '../client/index.ts';
import type { ConnectionState } from '../client/connect.ts';
import { Welcome } from '../features/onboarding/Welcome.tsx';
import { useLocale } from '../i18n/index.ts';
import { useNoStrayDrops } from '../ui/droppedFiles.ts';
import { darkTheme, lightTheme } from '../ui/theme.ts';
import { Shell } from './Shell.tsx';
import { useFrameTexts } from './texts.ts';

const themeKey = 'packbench.dark';

/** Providers, theme, language, connection; then the frame. */
export function App() {
  const locale = useLocale();
  const [dark, setDark] = useState(() => localStorage.getItem(themeKey) === '1');
  const state = useConnection();
  useNoStrayDrops();
  useEffect(() => {
    const stop = new AbortController();
    followChanges(stop.signal);
    return () => stop.abort();
  }, []);
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    localStorage.setItem(themeKey, dark ? '1' : '0');
  }, [dark]);
  return (
    <ConfigProvider theme={dark ? darkTheme : lightTheme} locale={locale === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }} getPopupContainer={pageBody}>
      <AntApp style={{ height: '100%' }}>
        <QueryClientProvider client={queryClient}>
          <Router hook={useHashLocation}>
            {state === 'connecting' || state === 'refused' ? <Waiting state={state} /> : <Shell dark={dark} onDark={setDark} />}
            {state === 'lost' && <Lost />}
            {state === 'open' && <Welcome />}
          </Router>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

/**
 * Where windows and lists open. Said outright, because into a container of Ant Design's own, which is not on the page yet, the first field of a
 * window gets no focus when motion is off; the keyboard then stood on the closing cross.
 */
function pageBody(): HTMLElement {
  return document.body;
}

function useConnection(): ConnectionState {
  const [state, setState] = useState(connection.state());
  useEffect(() => {
    setState(connection.state());
    return connection.onState(setState);
  }, []);
  return state;
}

function Waiting({ state }: { state: 'connecting' | 'refused' }) {
  const t = useFrameTexts();
  if (state === 'refused') return <Result status="403" title={t('product')} subTitle={t('refused')} />;
  return <Result icon={<Spin size="large" />} title={t('product')} subTitle={t('connecting')} />;
}

function Lost() {
  const t = useFrameTexts();
  return (
    <div role="alert" style={{ position: 'fixed', top: 0, left: 0, right: 0, padding: 6, textAlign: 'center', background: 'var(--state-unknown)', color: '#fff', zIndex: 3000 }}>
      {t('lost')}
    </div>
  );
}
