import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Empty, Segmented, Select, Table } from 'antd';
import dayjs from 'dayjs';
import { useRef, useState } from 'react';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { verdicts } from '../../../common/domain/costs/reconcile.ts';
import type { Verdict } from '../../../common/domain/costs/reconcile.ts';
import type { Bill } from '../../../common/contract/routing.ts';
import { api, client } from '../../client/index.ts';
import { download, upload } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { today } from '../../ui/today.ts';
import { NumberField } from '../costs/fields.tsx';
import { useBillsTexts } from './texts.ts';

/** A courier's bill against our own parcels: what was charged too much, and why. */
export default function BillsTab() {
  const t = useBillsTexts();
  const locale = useLocale();
  const failure = useFailure();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [period, setPeriod] = useState<[string, string]>([today().subtract(1, 'month').startOf('month').format('YYYY-MM-DD'), today().subtract(1, 'month').endOf('month').format('YYYY-MM-DD')]);
  const [tableId, setTableId] = useState<string>();
  const [tolerance, setTolerance] = useState(0);
  const [opened, setOpened] = useState<string>();
  const { data: tables } = useQuery(api.costs.freightTables.list.queryOptions());
  const { data: bills } = useQuery(api.bills.list.queryOptions());
  const table = tables?.find((each) => each.id === tableId);
  const shown = bills?.find((bill) => bill.id === opened);

  async function run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      failure(thrown);
    }
  }
  const importBill = (file: File) =>
    run(async () => {
      if (tableId === undefined) return;
      const fileId = await upload(file);
      const { bill } = await client.bills.import({ fileId, tableId, carrier: table?.carrier ?? '', from: period[0], to: period[1], toleranceFen: tolerance });
      await queries.invalidateQueries({ queryKey: api.bills.key() });
      setOpened(bill.id);
    });

  return (
    <div>
      <div className="costs-bar">
        <div>
          <label htmlFor="bill-table">{t('table')}</label>{' '}
          <Select id="bill-table" style={{ minWidth: 220 }} value={tableId} onChange={setTableId} placeholder={t('tableHint')} options={(tables ?? []).map((each) => ({ value: each.id, label: bothNames(each.name)[locale] }))} />
        </div>
        <div>
          <label htmlFor="bill-from">{t('period')}</label>{' '}
          <DatePicker.RangePicker
            id={{ start: 'bill-from', end: 'bill-to' }}
            allowClear={false}
            value={[dayjs(period[0]), dayjs(period[1])]}
            onChange={(range) => {
              const [from, to] = range ?? [];
              if (from && to) setPeriod([from.format('YYYY-MM-DD'), to.format('YYYY-MM-DD')]);
            }}
          />
        </div>
        <NumberField label={t('tolerance')} scale={100} width={90} value={tolerance} onChange={setTolerance} />
        <Button type="primary" disabled={tableId === undefined} onClick={() => picker.current?.click()}>
          {t('import')}
        </Button>
        <input
          ref={picker}
          hidden
          type="file"
          accept=".xlsx,.csv"
          data-testid="bill-file"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            event.target.value = '';
            if (chosen) void importBill(chosen);
          }}
        />
      </div>
      {bills?.length === 0 && <Empty style={{ marginTop: 40 }} description={t('empty')} />}
      {bills !== undefined && bills.length > 0 && <Table<Bill>
        style={{ marginTop: 12 }}
        rowKey="id"
        size="small"
        pagination={false}
        dataSource={bills}
        columns={[
          { title: t('name'), dataIndex: 'name', render: (name: string, bill) => <Button type="link" size="small" onClick={() => setOpened(bill.id)}>{name}</Button> },
          { title: t('period'), render: (_, bill) => `${bill.from} – ${bill.to}` },
          { title: t('lines'), dataIndex: 'lines', align: 'right' },
          { title: t('charged'), dataIndex: 'chargedFen', align: 'right', render: formatFen },
          { title: t('expected'), dataIndex: 'expectedFen', align: 'right', render: formatFen },
          { title: t('claim'), dataIndex: 'claimFen', align: 'right', render: (fen: number) => <strong style={{ color: fen > 0 ? 'var(--tape)' : undefined }}>{formatFen(fen)}</strong> },
          { title: t('missing'), align: 'right', render: (_, bill) => bill.missing.length },
          {
            title: t('actions'),
            render: (_, bill) => (
              <>
                <Button size="small" onClick={() => void run(async () => { const file = await client.bills.claim({ id: bill.id }); download(file.name, file.base64, file.type); })}>{t('export')}</Button>{' '}
                <Button size="small" onClick={() => void run(async () => { await client.bills.remove({ id: bill.id }); setOpened(undefined); await queries.invalidateQueries({ queryKey: api.bills.key() }); })}>{t('remove')}</Button>
              </>
            ),
          },
        ]}
      />}
      {shown && <Lines key={shown.id} bill={shown} />}
    </div>
  );
}

function Lines({ bill }: { bill: Bill }) {
  const t = useBillsTexts();
  const locale = useLocale();
  const [verdict, setVerdict] = useState<Verdict | 'all'>('all');
  const { data: lines } = useQuery(api.bills.lines.queryOptions({ input: { id: bill.id, limit: 1000, ...(verdict !== 'all' && { verdict }) } }));
  return (
    <section className="costs-panel" style={{ marginTop: 12 }} data-testid="bill-lines">
      <h2>{bill.name}</h2>
      <Segmented value={verdict} onChange={setVerdict} options={[{ value: 'all', label: `${t('all')} ${bill.lines}` }, ...verdicts.filter((each) => (bill.counts[each] ?? 0) > 0).map((each) => ({ value: each, label: `${t(verdictKey(each))} ${bill.counts[each] ?? 0}` }))]} />
      {bill.problems.length > 0 && (
        <Alert type="warning" style={{ marginTop: 8 }} title={t('unread', { count: bill.problems.length })} description={bill.problems.slice(0, 10).map((problem) => <div key={problem.row}>{t('row', { row: problem.row })} “{problem.value}”: {problem.reason[locale]}</div>)} />
      )}
      <Table
        style={{ marginTop: 8 }}
        size="small"
        rowKey="row"
        pagination={{ pageSize: 50, hideOnSinglePage: true }}
        dataSource={lines ?? []}
        columns={[
          { title: t('rowHead'), dataIndex: 'row', align: 'right' },
          { title: t('waybill'), dataIndex: 'waybill', className: 'number' },
          { title: t('province'), render: (_, line) => (line.ownProvince !== '' && line.ownProvince !== line.province ? `${line.province} ← ${line.ownProvince}` : line.province) },
          { title: t('weight'), align: 'right', render: (_, line) => `${kilograms(line.grams)} / ${kilograms(line.ownGrams)}` },
          { title: t('charged'), dataIndex: 'chargedFen', align: 'right', render: formatFen },
          { title: t('expected'), align: 'right', render: (_, line) => (line.expectedFen === null ? '—' : formatFen(line.expectedFen)) },
          { title: t('claim'), align: 'right', render: (_, line) => (line.claimFen > 0 ? <strong>{formatFen(line.claimFen)}</strong> : '') },
          { title: t('why'), dataIndex: 'verdict', render: (value: Verdict) => t(verdictKey(value)) },
        ]}
      />
      {bill.missing.length > 0 && <p className="muted">{t('missingList', { count: bill.missing.length, numbers: bill.missing.slice(0, 20).join('、') })}</p>}
    </section>
  );
}

/** The word for a finding; “weight” alone is the heading of a column. */
function verdictKey(verdict: Verdict) {
  return verdict === 'weight' ? 'heavier' : verdict;
}

function kilograms(grams: number | null): string {
  return grams === null ? '—' : (grams / 1000).toFixed(2);
}
