import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Space, Table } from 'antd';
import { useMemo, useState } from 'react';
import type { Attempt } from '../../../common/contract/attempts.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { labelStateOf } from '../../ui/attemptState.ts';
import { grouped, moment } from '../../ui/format.ts';
import { State } from '../../ui/State.tsx';
import { takesScan } from '../../ui/takesScan.ts';
import { AttemptPanel } from './AttemptPanel.tsx';
import { ReprintDialog } from './ReprintDialog.tsx';
import { useLogTexts } from './texts.ts';

const pageSize = 100;
const shownStates: readonly Attempt['state'][] = ['sent', 'acked', 'confirmed', 'uncertain', 'not_sent', 'void'];

/** Every label that was ever sent: who, when, which parcel and number, how far it is known to have got, and its picture. */
export default function LogPage() {
  const t = useLogTexts();
  const locale = useLocale();
  const [number, setNumber] = useState('');
  const [state, setState] = useState<Attempt['state'] | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const [reprinting, setReprinting] = useState<Attempt | null>(null);
  const { data: printers } = useQuery(api.printers.list.queryOptions({ input: {} }));
  const list = useInfiniteQuery(
    api.attempts.list.infiniteOptions({
      input: (before: string | undefined) => ({ limit: pageSize, ...(number !== '' && { number }), ...(state !== null && { state }), ...(before !== undefined && { before }) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => (page.length < pageSize ? undefined : page.at(-1)?.id),
    }),
  );
  const rows = useMemo(() => list.data?.pages.flat() ?? [], [list.data]);
  return (
    <>
      <h1 className="page-title">{t('title')}</h1>
      <Space style={{ marginBottom: 8 }}>
        <Input.Search {...takesScan} allowClear style={{ width: 280 }} placeholder={t('search')} aria-label={t('search')} onSearch={(value) => setNumber(value.replaceAll(/\s/g, '').replace(/@\d+$/, ''))} />
        <Select
          aria-label={t('state')}
          style={{ width: 160 }}
          value={state ?? ''}
          onChange={(value) => setState(shownStates.find((one) => one === value) ?? null)}
          options={[{ value: '', label: t('anyState') }, ...shownStates.map((value) => ({ value, label: <AttemptMark state={value} /> }))]}
        />
      </Space>
      {list.error !== null && <Failure error={list.error} />}
      <Table<Attempt>
        size="small"
        rowKey="id"
        loading={list.isLoading}
        dataSource={rows}
        pagination={false}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('empty')} /> }}
        onRow={(attempt) => ({
          tabIndex: 0,
          onDoubleClick: () => setOpened(attempt.id),
          onKeyDown: (event) => {
            if (event.key === 'Enter') setOpened(attempt.id);
          },
        })}
        columns={[
          { title: t('when'), width: 120, render: (_, attempt) => moment(attempt.createdAt, locale) },
          {
            title: t('number'),
            width: 230,
            render: (_, attempt) => (
              <>
                <span className="number">{grouped(attempt.number)}</span>
                {attempt.mark > 0 && <span style={{ color: 'var(--tape)' }}> {t('mark', { count: attempt.mark })}</span>}
              </>
            ),
          },
          { title: t('position'), width: 60, align: 'right', dataIndex: 'position' },
          { title: t('state'), width: 110, render: (_, attempt) => <AttemptMark state={attempt.state} /> },
          { title: t('printer'), width: 160, ellipsis: true, render: (_, attempt) => printers?.find((printer) => printer.id === attempt.printerId)?.name ?? attempt.printerId },
          { title: t('who'), width: 100, dataIndex: 'operator' },
          { title: t('detail'), ellipsis: true, render: (_, attempt) => [attempt.reason, attempt.detail].filter((part) => part !== '').join(' · ') },
          {
            title: t('actions'),
            width: 150,
            render: (_, attempt) => (
              <Space>
                <Button size="small" onClick={() => setOpened(attempt.id)}>
                  {t('view')}
                </Button>
                <Button size="small" disabled={!mayReprint(attempt)} onClick={() => setReprinting(attempt)}>
                  {t('reprint')}
                </Button>
              </Space>
            ),
          },
        ]}
      />
      {list.hasNextPage && (
        <Button style={{ marginTop: 8 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {opened !== null && <AttemptPanel attemptId={opened} onClose={() => setOpened(null)} />}
      {reprinting !== null && <ReprintDialog attempt={reprinting} onClose={() => setReprinting(null)} />}
    </>
  );
}

function mayReprint(attempt: Attempt): boolean {
  return ['printed', 'confirmed', 'unknown'].includes(labelStateOf(attempt.state));
}

function AttemptMark({ state }: { state: Attempt['state'] }) {
  return <State state={labelStateOf(state)} />;
}
