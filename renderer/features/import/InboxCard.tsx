import { CopyOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Switch } from 'antd';
import { useState } from 'react';
import type { WatchState } from '../../../common/contract/import.ts';
import { api, client, queryClient } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { moment } from '../../ui/format.ts';
import { Batches } from './Batches.tsx';
import { MergeSettings } from './MergeSettings.tsx';
import { useInboxTexts } from './inboxTexts.ts';
import './import.css';

/** How often the card looks for what the folders did; the core itself looks every two seconds. */
const lookMs = 3_000;

/** One folder a shop whose files are imported by themselves: where it is, what became of the last file. */
export function InboxCard() {
  const t = useInboxTexts();
  const failure = useFailure();
  const [batch, setBatch] = useState<string | null>(null);
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const { data: watch } = useQuery({ ...api.orders.watch.get.queryOptions(), refetchInterval: lookMs });

  async function toggle(shopId: string, on: boolean): Promise<void> {
    try {
      queryClient.setQueryData(api.orders.watch.get.queryKey(), await client.orders.watch.set({ shopId, on }));
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <>
      <Card size="small" title={t('title')}>
        <p className="muted">{t('explain')}</p>
        {shops?.length === 0 && <p className="muted">{t('noShops')}</p>}
        <div style={{ display: 'grid' }}>
          {(shops ?? []).map((shop) => {
            const folder = watch?.folders.find((one) => one.shopId === shop.id);
            return (
              <div key={shop.id} className="inbox-row">
                <Switch size="small" aria-label={t('watch', { shop: shop.name })} checked={folder !== undefined} onChange={(on) => void toggle(shop.id, on)} />
                <strong>{shop.name}</strong>
                {folder === undefined ? <span className="muted">{t('off')}</span> : <Folder folder={folder} onBatch={setBatch} />}
              </div>
            );
          })}
        </div>
      </Card>
      <MergeSettings />
      {batch !== null && <Batches batchId={batch} onClose={() => setBatch(null)} />}
    </>
  );
}

function Folder({ folder: { folder, last }, onBatch }: { folder: WatchState['folders'][number]; onBatch: (batchId: string) => void }) {
  const t = useInboxTexts();
  const locale = useLocale();
  const { message } = App.useApp();
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(folder);
    message.success(t('copied'));
  }
  return (
    <div style={{ minWidth: 0 }}>
      <div style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
        <code className="inbox-path" title={folder}>
          {folder}
        </code>
        <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
          {t('copy')}
        </Button>
      </div>
      {last === null ? (
        <span className="muted">{t('waiting')}</span>
      ) : (
        <div>
          <span className="muted">{moment(last.at, locale)}</span> {last.file} · <span style={{ color: last.state === 'imported' ? 'var(--state-confirmed)' : 'var(--state-failed)' }}>{last.state === 'imported' ? `✓ ${t('imported')}` : `✕ ${t('refused')}`}</span>
          {last.batchId !== null && (
            <Button size="small" type="link" onClick={() => onBatch(last.batchId ?? '')}>
              {t('batch')}
            </Button>
          )}
          {last.state === 'refused' && (
            <div>
              {last.reason[locale]} {t('refusedDo')}
            </div>
          )}
        </div>
      )}
    </div>
  );
}
