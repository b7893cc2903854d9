import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import type { Warehouse } from '../../../common/contract/routing.ts';
import { provinces } from '../../../common/domain/costs/places.ts';
import type { RoutingConditions } from '../../../common/domain/costs/routing.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { NumberField } from '../costs/fields.tsx';
import { useRoutingTexts } from './texts.ts';

interface Draft {
  readonly id?: string;
  readonly name: string;
  readonly warehouseId: string;
  readonly conditions: RoutingConditions;
  readonly enabled: boolean;
}

/** Rules from the top: province, weight, goods, stock, price. */
export function Rules({ warehouses }: { warehouses: readonly Warehouse[] }) {
  const t = useRoutingTexts();
  const failure = useFailure();
  const queries = useQueryClient();
  const { data: stored } = useQuery(api.routing.rules.list.queryOptions());
  const [draft, setDraft] = useState<readonly Draft[]>();
  const rules: readonly Draft[] = draft ?? stored ?? [];
  const set = (index: number, change: Partial<Draft>): void => setDraft(rules.map((rule, n) => (n === index ? { ...rule, ...change } : rule)));
  const condition = (index: number, change: RoutingConditions): void => set(index, { conditions: withoutEmpty({ ...rules[index]?.conditions, ...change }) });

  async function save(): Promise<void> {
    try {
      await client.routing.rules.save({ rules: [...rules] });
      setDraft(undefined);
      await queries.invalidateQueries({ queryKey: api.routing.rules.key() });
    } catch (thrown) {
      failure(thrown);
    }
  }
  return (
    <section className="costs-panel wide" data-testid="routing-rules">
      <h2>{t('rules')}</h2>
      <div className="costs-rows">
        {rules.map((rule, index) => (
          // a rule's place is its priority, and a new one has no id yet
          // eslint-disable-next-line react/no-array-index-key
          <div className="costs-row" key={rule.id ?? `new-${index}`}>
            <Input aria-label={t('ruleName')} style={{ width: 140 }} value={rule.name} maxLength={60} onChange={(event) => set(index, { name: event.target.value })} />
            <Select aria-label={t('to')} style={{ width: 140 }} value={rule.warehouseId} onChange={(warehouseId) => set(index, { warehouseId })} options={[{ value: '', label: t('ownWarehouse') }, ...warehouses.map((each) => ({ value: each.id, label: each.name }))]} />
            <div style={{ minWidth: 190 }}>
              <Select aria-label={t('provinces')} placeholder={t('provinces')} mode="multiple" maxTagCount={2} style={{ width: '100%' }} value={rule.conditions.provinces ?? []} onChange={(value) => condition(index, { provinces: value })} options={provinces.map((value) => ({ value, label: value }))} />
            </div>
            <NumberField label={t('minGrams')} width={90} value={rule.conditions.minGrams} onChange={(minGrams) => condition(index, { minGrams: minGrams || undefined })} />
            <NumberField label={t('maxGrams')} width={90} value={rule.conditions.maxGrams} onChange={(maxGrams) => condition(index, { maxGrams: maxGrams || undefined })} />
            <Select aria-label={t('words')} placeholder={t('words')} mode="tags" style={{ width: 150 }} value={rule.conditions.items ?? []} onChange={(items) => condition(index, { items })} />
            <Checkbox checked={rule.conditions.cheaper === true} onChange={(event) => condition(index, { cheaper: event.target.checked || undefined })}>{t('cheaper')}</Checkbox>
            <Checkbox checked={rule.conditions.stockedThere === true} onChange={(event) => condition(index, { stockedThere: event.target.checked || undefined })}>{t('stocked')}</Checkbox>
            <Checkbox checked={rule.enabled} onChange={(event) => set(index, { enabled: event.target.checked })}>{t('enabled')}</Checkbox>
            <Button aria-label={t('up')} icon={<ArrowUpOutlined />} disabled={index === 0} onClick={() => setDraft(rules.map((each, n) => (n === index - 1 ? rule : n === index ? (rules[index - 1] ?? each) : each)))} />
            <Button aria-label={t('remove')} icon={<DeleteOutlined />} onClick={() => setDraft(rules.filter((_, n) => n !== index))} />
          </div>
        ))}
        <div>
          <Button icon={<PlusOutlined />} onClick={() => setDraft([...rules, { name: t('ruleName'), warehouseId: warehouses[0]?.id ?? '', conditions: {}, enabled: true }])}>{t('addRule')}</Button>{' '}
          <Button type="primary" disabled={draft === undefined || rules.some((rule) => rule.name.trim() === '')} onClick={() => void save()}>{t('saveRules')}</Button>
        </div>
      </div>
    </section>
  );
}

/** An empty list means "no condition", not "no province". */
function withoutEmpty(conditions: RoutingConditions): RoutingConditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));
}
