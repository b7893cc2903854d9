import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Empty, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { exportFields, usualOrderColumns } from '../../../common/contract/routing.ts';
import type { ExportColumn, Warehouse } from '../../../common/contract/routing.ts';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { useRoutingTexts } from './texts.ts';

interface Draft {
  readonly id?: string;
  readonly name: string;
  readonly scenarioId: string;
  readonly quoteId: string;
  readonly columns: string;
  readonly stock: string;
}

/** Cloud warehouses: their price, the order file they want, what they stock. */
export function Warehouses({ warehouses }: { warehouses: readonly Warehouse[] | undefined }) {
  const t = useRoutingTexts();
  const locale = useLocale();
  const failure = useFailure();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>();
  const [bad, setBad] = useState<string>();
  const { data: scenarios } = useQuery(api.costs.scenarios.list.queryOptions());
  const { data: chosen } = useQuery(api.costs.scenarios.get.queryOptions({ input: { id: draft?.scenarioId ?? '' }, enabled: draft !== undefined && draft.scenarioId !== '' }));
  const set = (change: Partial<Draft>): void => setDraft((before) => before && { ...before, ...change });

  function edit(warehouse?: Warehouse): void {
    setBad(undefined);
    setDraft(
      warehouse
        ? { id: warehouse.id, name: warehouse.name, scenarioId: warehouse.scenarioId, quoteId: warehouse.quoteId, columns: warehouse.columns.map(columnText).join('\n'), stock: warehouse.stockCodes.join('\n') }
        : { name: '', scenarioId: '', quoteId: '', columns: usualOrderColumns.map(columnText).join('\n'), stock: '' },
    );
  }
  async function save(archived = false, given?: Warehouse): Promise<void> {
    try {
      if (given) await client.routing.warehouses.save({ ...given, archived });
      else if (draft) {
        const columns: ExportColumn[] = [];
        for (const line of draft.columns.split('\n').map((each) => each.trim()).filter((each) => each !== '')) {
          const column = readColumn(line);
          if (!column) {
            setBad(line);
            return;
          }
          columns.push(column);
        }
        await client.routing.warehouses.save({ ...(draft.id !== undefined && { id: draft.id }), name: draft.name, scenarioId: draft.scenarioId, quoteId: draft.quoteId, columns, stockCodes: draft.stock.split(/\s+/).filter((each) => each !== '') });
        setDraft(undefined);
      }
      await queries.invalidateQueries({ queryKey: api.routing.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <section className="costs-panel wide" data-testid="routing-warehouses">
      <h2>{t('warehouses')}</h2>
      {warehouses?.length === 0 && !draft && <Empty description={t('noWarehouses')} />}
      {(warehouses ?? []).map((warehouse) => (
        <div key={warehouse.id} className="costs-row" style={{ alignItems: 'center', marginBottom: 4 }}>
          <strong style={{ minWidth: 160 }}>{warehouse.name}</strong>
          <span className="muted">{scenarios?.find((each) => each.id === warehouse.scenarioId)?.name ?? '—'}</span>
          {warehouse.archived && <Tag>{t('archive')}</Tag>}
          <Button size="small" onClick={() => edit(warehouse)}>{t('edit')}</Button>
          {!warehouse.archived && <Button size="small" onClick={() => void save(true, warehouse)}>{t('archive')}</Button>}
        </div>
      ))}
      {draft ? (
        <div className="costs-form" style={{ marginTop: 8 }}>
          <div>
            <label htmlFor="warehouse-name">{t('name')}</label>
            <Input id="warehouse-name" value={draft.name} maxLength={60} onChange={(event) => set({ name: event.target.value })} />
          </div>
          <div>
            <label htmlFor="warehouse-scenario">{t('scenario')}</label>
            <Select id="warehouse-scenario" style={{ width: '100%' }} value={draft.scenarioId || undefined} onChange={(scenarioId) => set({ scenarioId, quoteId: '' })} options={(scenarios ?? []).map((each) => ({ value: each.id, label: each.name }))} />
          </div>
          <div>
            <label htmlFor="warehouse-quote">{t('quote')}</label>
            <Select id="warehouse-quote" style={{ width: '100%' }} value={draft.quoteId || undefined} onChange={(quoteId) => set({ quoteId })} options={(chosen?.scenario.quotes ?? []).map((quote) => ({ value: quote.id, label: bothNames(quote.name)[locale] }))} />
          </div>
          <div style={{ gridColumn: '1 / -1', display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 12 }}>
            <div>
              <label htmlFor="warehouse-columns">{t('columns')}</label>
              <Input.TextArea id="warehouse-columns" rows={8} value={draft.columns} onChange={(event) => set({ columns: event.target.value })} />
              <small className="muted">{t('columnsHint', { fields: exportFields.join(', ') })}</small>
            </div>
            <div>
              <label htmlFor="warehouse-stock">{t('stock')}</label>
              <Input.TextArea id="warehouse-stock" rows={8} value={draft.stock} onChange={(event) => set({ stock: event.target.value })} />
            </div>
          </div>
          {bad !== undefined && <Alert type="error" title={t('badLine', { line: bad })} />}
          <div>
            <Button type="primary" disabled={draft.name.trim() === ''} onClick={() => void save()}>{t('save')}</Button>{' '}
            <Button onClick={() => setDraft(undefined)}>{t('cancel')}</Button>
          </div>
        </div>
      ) : (
        <Button style={{ marginTop: 8 }} onClick={() => edit()}>{t('newWarehouse')}</Button>
      )}
    </section>
  );
}

function columnText(column: ExportColumn): string {
  return column.field === undefined ? `${column.header}="${column.constant ?? ''}"` : `${column.header}=${column.field}`;
}

function readColumn(line: string): ExportColumn | undefined {
  const cut = line.indexOf('=');
  const header = line.slice(0, cut).trim();
  const value = line.slice(cut + 1).trim();
  if (cut <= 0 || header === '') return undefined;
  const constant = /^"(.*)"$/.exec(value)?.[1];
  if (constant !== undefined) return { header, constant };
  const field = exportFields.find((each) => each === value);
  return field && { header, field };
}
