import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Space, Table } from 'antd';
import { useMemo, useState } from 'react';
import { numberWords } from '../../../common/error-words.ts';
import type { LedgerEvent } from '../../../common/contract/waybills.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { grouped, integer, moment } from '../../ui/format.ts';
import { saveText } from '../../ui/saveText.ts';
import { takesScan } from '../../ui/takesScan.ts';
import { NumberLife } from './NumberLife.tsx';
import { eventKinds, useLedgerTexts } from './texts.ts';

/** Every movement of every number, latest first; one number can be followed from its import on. */
export function LedgerTab() {
  const { t, kind } = useLedgerTexts();
  const locale = useLocale();
  const failure = useFailure();
  const [chosen, setChosen] = useState('');
  const [followed, setFollowed] = useState<string>();
  const list = useInfiniteQuery(
    api.waybills.ledger.list.infiniteOptions({
      input: (before: number | undefined) => ({ limit: 100, ...(chosen !== '' && { kind: chosen }), ...(before !== undefined && { before }) }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (page) => (page.more ? page.events.at(-1)?.seq : undefined),
    }),
  );
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.events) ?? [], [list.data]);
  const account = (name: string): string => {
    const words = numberWords[name];
    return words === undefined ? name : locale === 'en' ? words.en : words.zh;
  };
  return (
    <>
      <Space style={{ marginBottom: 8 }}>
        <Input.Search {...takesScan} style={{ width: 300 }} placeholder={t('followHint')} aria-label={t('follow')} enterButton={t('follow')} onSearch={(value) => value.trim() !== '' && setFollowed(value)} />
        <Select
          style={{ width: 160 }}
          aria-label={t('kindTitle')}
          value={chosen}
          onChange={setChosen}
          options={[{ value: '', label: t('anyKind') }, ...eventKinds.map((value) => ({ value, label: kind(value) }))]}
        />
        <Button onClick={() => void client.waybills.ledger.csv({}).then(({ fileName, csv }) => saveText(fileName, csv, 'text/csv')).catch(failure)}>{t('export')}</Button>
      </Space>
      {list.error !== null && <Failure error={list.error} />}
      <Table<LedgerEvent>
        size="small"
        rowKey="seq"
        loading={list.isLoading}
        dataSource={rows}
        pagination={false}
        columns={[
          { title: '#', width: 80, align: 'right', dataIndex: 'seq' },
          { title: t('when'), width: 120, render: (_, event) => moment(event.at, locale) },
          { title: t('kindTitle'), width: 140, render: (_, event) => kind(event.kind) },
          { title: t('move'), width: 190, render: (_, event) => `${account(event.from)} → ${account(event.to)}` },
          { title: t('count'), width: 90, align: 'right', render: (_, event) => `${integer(event.n, locale)} ${event.book === 'units' ? t('units') : ''}` },
          {
            title: t('number'),
            render: (_, event) =>
              event.number === null ? (
                <span className="number muted">{event.firstNumber === null ? '' : `${event.firstNumber} … ${event.lastNumber ?? ''}`}</span>
              ) : (
                <Button type="link" size="small" className="number" onClick={() => setFollowed(event.number ?? '')}>
                  {grouped(event.number)}
                </Button>
              ),
          },
          { title: t('who'), width: 110, dataIndex: 'operator' },
          { title: t('reason'), ellipsis: true, dataIndex: 'reason' },
        ]}
      />
      {list.hasNextPage && (
        <Button style={{ marginTop: 8 }} loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {followed !== undefined && <NumberLife number={followed} onClose={() => setFollowed(undefined)} />}
    </>
  );
}
