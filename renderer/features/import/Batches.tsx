import { HistoryOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Empty, Spin, Table, Tooltip } from 'antd';
import { useState } from 'react';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { listed, moment } from '../../ui/format.ts';
import { Rejected } from './Attention.tsx';
import { MendButton } from './MendButton.tsx';
import { useImportTexts } from './texts.ts';

/** Opens the earlier imports; the page holds whether they lie over it. */
export function BatchesButton({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const t = useImportTexts();
  return (
    <>
      <Tooltip title={t('history')}>
        <Button aria-label={t('history')} icon={<HistoryOutlined />} onClick={() => onOpen(true)} />
      </Tooltip>
      {open && <Batches onClose={() => onOpen(false)} />}
    </>
  );
}

/** Earlier imports: who brought in what and when, and the rows that stayed out. */
export function Batches({ batchId, onClose }: { batchId?: string; onClose: () => void }) {
  const t = useImportTexts();
  const locale = useLocale();
  const { data: batches, error, isLoading } = useQuery({ ...api.orders.batches.queryOptions({ input: { limit: 200 } }), staleTime: 0 });
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: { archived: true } }));
  const [open, setOpen] = useState<readonly string[]>(batchId === undefined ? [] : [batchId]);
  return (
    <Drawer open onClose={onClose} size={900} title={t('history')}>
      {error !== null && <Failure error={error} />}
      <Table
        size="small"
        rowKey="id"
        loading={isLoading}
        dataSource={batches ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('batchEmpty')} /> }}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        expandable={{ expandedRowKeys: [...open], onExpandedRowsChange: (keys) => setOpen(keys.map(String)), rowExpandable: (batch) => batch.rejected > 0, expandedRowRender: (batch) => <RefusedRows batchId={batch.id} count={batch.rejected} /> }}
        columns={[
          { title: t('batchWhen'), width: 130, render: (_, batch) => moment(batch.at, locale) },
          { title: t('batchWho'), width: 90, ellipsis: true, render: (_, batch) => (batch.source === 'folder' ? t('byItself') : batch.operator) },
          { title: t('shop'), width: 120, ellipsis: true, render: (_, batch) => shops?.find((shop) => shop.id === batch.shopId)?.name ?? '' },
          { title: t('file'), ellipsis: true, render: (_, batch) => listed(batch.files, locale) },
          { title: t('batchSource'), width: 70, render: (_, batch) => t(`source_${batch.source as 'file' | 'paste' | 'folder'}`) },
          { title: t('added'), dataIndex: 'added', align: 'right', width: 64 },
          { title: t('changed'), dataIndex: 'changed', align: 'right', width: 64 },
          { title: t('known'), dataIndex: 'known', align: 'right', width: 64 },
          { title: t('rejected'), dataIndex: 'rejected', align: 'right', width: 72 },
        ]}
      />
    </Drawer>
  );
}

function RefusedRows({ batchId, count }: { batchId: string; count: number }) {
  const { data, error } = useQuery(api.orders.batch.queryOptions({ input: { batchId } }));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Spin />;
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      <Rejected rows={data.rejected} />
      <div>
        <MendButton batchId={batchId} count={count} />
      </div>
    </div>
  );
}
