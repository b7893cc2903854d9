import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Select, Space, Tabs } from 'antd';
import { useState } from 'react';
import type { CarrierTrial } from '../../../common/contract/orders.ts';
import { api, client } from '../../client/index.ts';
import { useLocale } from '../../i18n/index.ts';
import { Failure, useFailure } from '../../ui/Failure.tsx';
import { Key, useKey } from '../../ui/Key.tsx';
import { today } from '../../ui/today.ts';
import { useUnsaved } from '../../ui/unsaved.ts';
import { Reach } from './Reach.tsx';
import { RuleList } from './RuleList.tsx';
import { Trial } from './Trial.tsx';
import { carrierOptions } from './names.ts';
import { useCarrierTexts } from './texts.ts';
import { useRulesDraft } from './useRulesDraft.ts';

/** Orders a trial looks at. */
const most = 2_000;

/** Which carrier takes what: rules from the top, places carriers do not go to, and what it all would do to the orders of today before it is saved. */
export function CarrierRulesCard() {
  const t = useCarrierTexts();
  const locale = useLocale();
  const failure = useFailure();
  const { message } = App.useApp();
  const draft = useRulesDraft();
  const { data: shops } = useQuery(api.shops.list.queryOptions({ input: {} }));
  const [trial, setTrial] = useState<{ readonly of: unknown; readonly orders: readonly CarrierTrial[]; readonly more: boolean }>();
  const [busy, setBusy] = useState(false);
  // A trial speaks of the rules it was made with; a changed rule makes it old.
  const version = JSON.stringify([draft.rules, draft.fallback, draft.reach]);
  const current = trial?.of === version ? trial : undefined;
  const byRules = current?.orders.filter((one) => one.fixed === '');
  const hits = byRules && new Map([...Map.groupBy(byRules, (one) => one.ruleId ?? '')].map(([id, orders]) => [id, orders.length]));

  async function save(): Promise<void> {
    try {
      await draft.save();
      void message.success(t('saved'));
    } catch (thrown) {
      failure(thrown);
    }
  }
  useKey('Ctrl+S', () => void save(), draft.dirty);
  useUnsaved(draft.dirty);
  async function attempt(today: boolean): Promise<void> {
    setBusy(true);
    try {
      const { ids, more } = await client.orders.ids({ stage: 'to_print', ...(today && { from: startOfDay() }), limit: most });
      const orders = ids.length === 0 ? [] : await client.parcels.rules.whatIf({ orderIds: ids, rules: draft.whole, fallback: draft.fallback, reach: [...draft.reach] });
      setTrial({ of: version, orders, more });
    } catch (thrown) {
      failure(thrown);
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card
      size="small"
      title={t('title')}
      data-testid="carrier-rules"
      extra={
        <Space>
          {draft.dirty && <span style={{ color: 'var(--state-unknown)' }}>{t('unsaved')}</span>}
          <Button disabled={!draft.dirty} onClick={draft.discard}>{t('discard')}</Button>
          <Button type="primary" disabled={!draft.dirty} onClick={() => void save()}>
            {t('save')}
            <Key>Ctrl+S</Key>
          </Button>
        </Space>
      }
    >
      {draft.error !== null && <Failure error={draft.error} />}
      <Tabs
        size="small"
        items={[
          {
            key: 'rules',
            label: t('tabRules', { count: draft.rules.length }),
            children: (
              <>
                <p className="muted" style={{ marginTop: 0 }}>{t('explain')}</p>
                <RuleList draft={draft} shops={shops ?? []} hits={hits} />
                <label style={{ display: 'block', marginTop: 12 }}>
                  {t('fallback')} <Select aria-label={t('fallback')} style={{ width: 140 }} value={draft.fallback} options={[{ value: '', label: t('noFallback') }, ...carrierOptions(locale)]} onChange={draft.setFallback} />
                </label>
                <div style={{ borderTop: '1px solid var(--hair)', marginTop: 12, paddingTop: 10 }}>
                  <Space wrap>
                    <strong>{t('trialTitle')}</strong>
                    <Button loading={busy} onClick={() => void attempt(false)}>{t('trialAll')}</Button>
                    <Button loading={busy} onClick={() => void attempt(true)}>{t('trialToday')}</Button>
                    <span className="muted">{trial !== undefined && current === undefined ? t('trialOld') : t('trialHint')}</span>
                  </Space>
                  {current !== undefined && (current.orders.length === 0 ? <p className="muted">{t('trialNone')}</p> : <Trial trial={current.orders} firm={(one) => one.fixed !== ''} />)}
                  {current?.more === true && <p className="muted">{t('trialMore', { count: most })}</p>}
                </div>
              </>
            ),
          },
          { key: 'reach', label: t('tabReach', { count: draft.reach.length }), children: <Reach reach={draft.reach} onChange={draft.setReach} /> },
        ]}
      />
    </Card>
  );
}

/** Midnight that began the day it is in China, as the moment it is. */
function startOfDay(): string {
  return new Date(`${today().format('YYYY-MM-DD')}T00:00:00+08:00`).toISOString();
}
