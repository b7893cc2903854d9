import { useQuery } from '@tanstack/react-query';
import { DatePicker, Descriptions, Modal, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { AccountView } from '../../../common/contract/waybills.ts';
import { api } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import { integer, money } from '../../ui/format.ts';
import { today } from '../../ui/today.ts';
import { useLedgerTexts } from '../ledger/texts.ts';
import { usePoolTexts } from './texts.ts';

/** A month of one account: opening, movements, closing, and who drew. */
export function StatementDialog({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const t = usePoolTexts();
  const kinds = useLedgerTexts();
  const locale = useLocale();
  const [month, setMonth] = useState(today().format('YYYY-MM'));
  const { data, error } = useQuery(api.waybills.accounts.statement.queryOptions({ input: { id: account.id, month } }));
  return (
    <Modal open width={720} title={`${t('statement')} · ${account.name}`} footer={null} onCancel={onClose}>
      <DatePicker picker="month" aria-label={t('month')} allowClear={false} value={dayjs(`${month}-01`)} onChange={(value) => setMonth(value?.format('YYYY-MM') ?? month)} />
      {error !== null && <Failure error={error} />}
      {data !== undefined && (
        <>
          <Descriptions size="small" column={2} style={{ margin: '8px 0' }}>
            <Descriptions.Item label={t('opening')}>{integer(data.opening, locale)}</Descriptions.Item>
            <Descriptions.Item label={t('closing')}>{integer(data.closing, locale)}</Descriptions.Item>
          </Descriptions>
          <Table
            size="small"
            rowKey={(line) => `${line.book}${line.kind}`}
            pagination={false}
            dataSource={data.lines}
            columns={[
              { title: t('kind'), render: (_, line) => `${kinds.kind(line.kind)} · ${kinds.t(line.book === 'units' ? 'units' : 'numbers')}` },
              { title: t('n'), align: 'right', render: (_, line) => integer(line.n, locale) },
              { title: t('amount'), align: 'right', render: (_, line) => (line.fen === 0 ? '' : money(line.fen, locale)) },
            ]}
          />
          <Table
            size="small"
            rowKey="shopId"
            pagination={false}
            style={{ marginTop: 8 }}
            dataSource={data.shops}
            columns={[
              { title: t('shop'), dataIndex: 'shopName' },
              { title: t('drawn'), align: 'right', render: (_, shop) => integer(shop.drawn, locale) },
              { title: t('recycled'), align: 'right', render: (_, shop) => integer(shop.recycled, locale) },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
