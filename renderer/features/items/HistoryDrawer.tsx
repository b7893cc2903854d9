import { useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Table, Tag } from 'antd';
import type { NameChange } from '../../../common/contract/items.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { moment } from '../../ui/format.ts';
import { useItemsTexts } from './texts.ts';

/** Who called what by which name, step by step; any step that stands can be taken back. */
export function HistoryDrawer({ shopId, onClose }: { shopId: string; onClose: () => void }) {
  const t = useItemsTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const { data, isPending } = useQuery(api.items.history.queryOptions({ input: { ...(shopId !== '' && { shopId }), limit: 300 } }));
  async function takeBack(batchId: string): Promise<void> {
    try {
      const { changed, kept } = await client.items.undo({ batchId });
      void message.success(kept > 0 ? t('undoneKept', { count: changed, kept }) : t('undone', { count: changed }));
    } catch (thrown) {
      failure(thrown);
    }
  }
  const firstOf = new Set<string>();
  const first = new Set((data ?? []).filter((row) => !firstOf.has(row.batchId) && firstOf.add(row.batchId)));
  return (
    <Drawer open size={900} title={t('history')} onClose={onClose}>
      <Table<NameChange>
        size="small"
        loading={isPending}
        rowKey={(row) => `${row.batchId} ${row.itemId} ${row.skuId}`}
        dataSource={data ?? []}
        locale={{ emptyText: t('historyEmpty') }}
        pagination={{ pageSize: 50, showSizeChanger: false, size: 'small' }}
        columns={[
          { title: t('when'), width: 110, render: (_, row) => moment(row.at, locale) },
          { title: t('who'), width: 90, dataIndex: 'operator' },
          { title: t('historyItem'), ellipsis: true, render: (_, row) => `${row.title}${row.spec === '' ? '' : ` · ${row.spec}`}` },
          { title: t('before'), width: 120, dataIndex: 'before' },
          { title: t('after'), width: 120, dataIndex: 'after' },
          { width: 90, render: (_, row) => <Tag>{row.undone ? t('stepUndone') : t(`source_${row.source}`)}</Tag> },
          { width: 120, render: (_, row) => (first.has(row) && !row.undone ? <Button size="small" onClick={() => void takeBack(row.batchId)}>{t('undoStep')}</Button> : null) },
        ]}
      />
    </Drawer>
  );
}
