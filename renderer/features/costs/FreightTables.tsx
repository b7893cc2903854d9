import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Tag } from 'antd';
import { useRef, useState } from 'react';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { checkFreight } from '../../../common/domain/costs/freight-check.ts';
import { freightRows } from '../../../common/domain/costs/freight-sheet.ts';
import type { SheetProblem } from '../../../common/domain/costs/freight-sheet.ts';
import type { FreightTable } from '../../../common/domain/costs/freight-schema.ts';
import type { SavedScenario } from '../../../common/domain/costs/scenario.ts';
import { api, client } from '../../client/index.ts';
import { download, upload } from '../../client/upload.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useCostsTexts } from './texts.ts';

/** Freight tables of this business: read from a sheet, checked, kept, used in scenarios. */
export function FreightTables({ scenario, onChange }: { scenario: SavedScenario; onChange: (scenario: SavedScenario) => void }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<{ table: FreightTable | null; problems: readonly SheetProblem[] } | null>(null);
  const { data: tables } = useQuery(api.costs.freightTables.list.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: api.costs.freightTables.key() });

  async function run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      failure(thrown);
    }
  }
  const read = (file: File) =>
    run(async () => {
      const fileId = await upload(file);
      setDraft(await client.costs.freightTables.read({ fileId }));
      await client.files.drop({ fileId });
    });
  const save = (table: FreightTable) =>
    run(async () => {
      const { id: _id, ...rest } = table;
      await client.costs.freightTables.save({ table: rest });
      setDraft(null);
      await refresh();
      void message.success(t('saved'));
    });
  const file = (id: string) =>
    run(async () => {
      const made = await client.costs.freightTables.file({ id });
      download(made.name, made.base64, made.type);
    });
  const use = (table: FreightTable): void =>
    onChange({ ...scenario, freightTables: [...scenario.freightTables.filter((each) => each.id !== table.id), table], own: { ...scenario.own, freight: [table.id, ...scenario.own.freight.filter((id) => id !== table.id)] } });

  return (
    <div>
      <div className="costs-bar">
        <Button type="primary" onClick={() => picker.current?.click()}>
          {t('tableImport')}
        </Button>
        <Button onClick={() => void file('template')}>{t('tableTemplate')}</Button>
        <input
          ref={picker}
          type="file"
          accept=".xlsx,.csv"
          hidden
          data-testid="freight-file"
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            event.target.value = '';
            if (chosen) void read(chosen);
          }}
        />
      </div>
      {draft && (
        <section className="costs-panel" style={{ marginTop: 12 }} data-testid="freight-draft">
          <h2>{draft.table ? t('draft') : t('rejected')}</h2>
          {draft.problems.length > 0 && (
            <Alert type="warning" title={t('rejected')} description={<ul>{draft.problems.map((problem) => <li key={`${problem.row}${problem.column}${problem.value}`}>{t('row', { row: problem.row })} · {problem.column} “{problem.value}”: {problem.reason[locale]}</li>)}</ul>} />
          )}
          {draft.table && (
            <>
              <TableView table={draft.table} />
              <Button type="primary" style={{ marginRight: 8 }} onClick={() => draft.table && void save(draft.table)}>
                {t('save')}
              </Button>
            </>
          )}
          <Button onClick={() => setDraft(null)}>{t('close')}</Button>
        </section>
      )}
      {tables?.length === 0 && !draft && <Empty style={{ marginTop: 40 }} description={t('noTables')} />}
      {[...(tables ?? []), ...scenario.freightTables.filter((table) => !tables?.some((each) => each.id === table.id))].map((table) => {
        const kept = tables?.some((each) => each.id === table.id) === true;
        const used = scenario.freightTables.some((each) => each.id === table.id);
        return (
          <section className="costs-panel" style={{ marginTop: 12 }} key={table.id}>
            <h2>
              {bothNames(table.name)[locale]} <span className="muted">{table.carrier}</span> {table.example && <Tag color="orange">{t('example')}</Tag>} {used && <Tag>{t('tableUsed')}</Tag>}
            </h2>
            <TableView table={table} />
            <div className="costs-bar">
              {!used && <Button onClick={() => use(table)}>{t('tableUse')}</Button>}
              {kept && <Button onClick={() => void file(table.id)}>{t('tableExport')}</Button>}
              {!kept && <Button onClick={() => void save(table)}>{t('save')}</Button>}
              {kept && (
                <Button onClick={() => void run(async () => { await client.costs.freightTables.remove({ id: table.id }); await refresh(); })}>{t('remove')}</Button>
              )}
            </div>
          </section>
        );
      })}
    </div>
  );
}

/** The table as its sheet, and what the checker says. */
function TableView({ table }: { table: FreightTable }) {
  const t = useCostsTexts();
  const locale = useLocale();
  const [header = [], ...rows] = freightRows(table);
  const findings = checkFreight(table);
  const used = header.map((_, index) => rows.some((row) => (row[index] ?? '') !== ''));
  return (
    <>
      <div style={{ overflowX: 'auto' }}>
        <table className="costs-table">
          <thead>
            <tr>{header.map((name, index) => used[index] && <th scope="col" key={name}>{name}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // rows of a sheet have no key of their own
              // eslint-disable-next-line react/no-array-index-key
              <tr key={index}>{row.map((cell, n) => used[n] && <td key={header[n]}>{cell}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <p style={{ margin: '8px 0' }}>
        <strong>{t('findings')}</strong>: {findings.length === 0 ? t('fine') : ''}
      </p>
      {findings.map((finding) => (
        <div key={finding.text.en} style={{ color: finding.severity === 'error' ? 'var(--state-failed)' : 'var(--state-unknown)' }}>
          {finding.severity === 'error' ? '✕' : '?'} {finding.text[locale]}
        </div>
      ))}
    </>
  );
}
