import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Segmented, Table } from 'antd';
import { useRef, useState } from 'react';
import type { ResultReport, Shipment, Warehouse } from '../../../common/contract/routing.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { api, client } from '../../client/index.ts';
import { download, upload } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { today } from '../../ui/today.ts';
import { useRoutingTexts } from './texts.ts';

const stateTexts = { assigned: 'stateAssigned', exported: 'stateExported', shipped: 'stateShipped', released: 'stateReleased' } as const;
const reasonTexts = { over: 'over', under: 'under', 'not-priced': 'notPriced', 'not-charged': 'notCharged' } as const;

/** What lies with a warehouse: order file out, result file in, charges compared. */
export function Shipments({ warehouses }: { warehouses: readonly Warehouse[] }) {
  const t = useRoutingTexts();
  const locale = useLocale();
  const failure = useFailure();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [warehouseId, setWarehouseId] = useState(warehouses[0]?.id ?? '');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [report, setReport] = useState<ResultReport>();
  const [period, setPeriod] = useState<{ from: string; to: string }>();
  const { data: shipments } = useQuery(api.routing.shipments.queryOptions({ input: { warehouseId, limit: 5000 }, enabled: warehouseId !== '' }));
  const reconciled = useQuery(api.routing.reconcile.queryOptions({ input: { warehouseId, from: period?.from ?? '2000-01-01', to: period?.to ?? '2000-01-01' }, enabled: period !== undefined }));
  const waiting = (shipments ?? []).filter((each) => each.state === 'assigned').length;

  async function run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      await queries.invalidateQueries({ queryKey: api.routing.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <section className="costs-panel wide" data-testid="routing-shipments">
      <h2>{t('shipments')}</h2>
      <div className="costs-bar">
        <Segmented value={warehouseId} onChange={(id) => { setWarehouseId(id); setSelected([]); setReport(undefined); setPeriod(undefined); }} options={warehouses.map((each) => ({ value: each.id, label: each.name }))} />
        <Button type="primary" disabled={waiting === 0} onClick={() => void run(async () => { const file = await client.routing.exportOrders({ warehouseId }); download(file.name, file.base64, file.type); })}>
          {t('exportFile', { count: waiting })}
        </Button>
        <Button onClick={() => picker.current?.click()}>{t('importResult')}</Button>
        <Button disabled={selected.length === 0} onClick={() => void run(async () => { await client.routing.release({ shipmentIds: [...selected] }); setSelected([]); })}>{t('release')}</Button>
        <Button onClick={() => setPeriod({ from: today().subtract(1, 'month').format('YYYY-MM-DD'), to: today().format('YYYY-MM-DD') })}>{t('reconcile')}</Button>
        <input
          ref={picker}
          hidden
          type="file"
          accept=".xlsx,.csv"
          data-testid="result-file"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            event.target.value = '';
            if (file) void run(async () => setReport(await client.routing.importResult({ warehouseId, fileId: await upload(file) })));
          }}
        />
      </div>
      {report && (
        <Alert
          style={{ marginTop: 8 }}
          type={report.problems.length > 0 ? 'warning' : 'success'}
          title={t('result', { rows: report.rows, acknowledged: report.acknowledged, known: report.known, problems: report.problems.length, missing: report.missing.length })}
          description={report.problems.slice(0, 10).map((problem) => <div key={`${problem.row}${problem.column}`}>{t('row', { row: problem.row })} “{problem.value}”: {problem.reason[locale]}</div>)}
        />
      )}
      {period && reconciled.data && (
        <Alert
          style={{ marginTop: 8 }}
          type={reconciled.data.differences.length > 0 ? 'warning' : 'success'}
          title={t('reconciled', { ...period, count: reconciled.data.shipments, quoted: formatFen(reconciled.data.expectedFen), charged: formatFen(reconciled.data.chargedFen) })}
          description={reconciled.data.differences.length === 0 ? t('agree') : reconciled.data.differences.slice(0, 20).map((line) => <div key={line.reference}>{line.reference} {line.waybill}: {line.reason === 'ok' ? '' : t(reasonTexts[line.reason])} {line.differenceFen === null ? '' : formatFen(line.differenceFen)}</div>)}
        />
      )}
      <Table<Shipment>
        style={{ marginTop: 8 }}
        size="small"
        rowKey="id"
        pagination={{ pageSize: 30, hideOnSinglePage: true }}
        dataSource={shipments ?? []}
        locale={{ emptyText: t('none') }}
        rowSelection={{ selectedRowKeys: [...selected], onChange: (keys) => setSelected(keys.map(String)), getCheckboxProps: (row) => ({ disabled: row.state === 'shipped' || row.state === 'released' }) }}
        columns={[
          { title: t('order'), dataIndex: 'reference', className: 'number' },
          { title: t('state'), render: (_, row) => t(stateTexts[row.state]) },
          { title: t('why'), dataIndex: 'reason' },
          { title: t('provinces'), render: (_, row) => `${row.province}${row.city}` },
          { title: t('waybill'), dataIndex: 'waybill', className: 'number' },
          { title: t('quoted'), align: 'right', render: (_, row) => (row.expectedFen === null ? '—' : formatFen(row.expectedFen)) },
          { title: t('charged'), align: 'right', render: (_, row) => (row.chargedFen === null ? '—' : formatFen(row.chargedFen)) },
          { title: t('difference'), align: 'right', render: (_, row) => (row.chargedFen === null || row.expectedFen === null || row.chargedFen === row.expectedFen ? '' : <strong>{formatFen(row.chargedFen - row.expectedFen)}</strong>) },
        ]}
      />
    </section>
  );
}
