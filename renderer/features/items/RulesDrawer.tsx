import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Input, Select, Space } from 'antd';
import { useState } from 'react';
import type { ShortNameRuleEntry } from '../../../common/contract/items.ts';
import type { Shop } from '../../../common/contract/shops.ts';
import { api, client } from '../../client/index.ts';
import { useFailure } from '../../ui/Failure.tsx';
import { InlineText } from './InlineText.tsx';
import { useItemsTexts } from './texts.ts';

type Draft = Omit<ShortNameRuleEntry, 'id'>;
const empty: Draft = { shopId: '', kind: 'contains', pattern: '', text: '', enabled: true };

/** Rules that name items by their titles; a new one is tried on the real titles before it is saved. */
export function RulesDrawer({ shops, onClose }: { shops: readonly Shop[]; onClose: () => void }) {
  const t = useItemsTexts();
  const failure = useFailure();
  const { data: rules } = useQuery(api.items.rules.queryOptions({ input: {} }));
  const [draft, setDraft] = useState<Draft>(empty);
  const { data: trial } = useQuery({ ...api.items.tryRule.queryOptions({ input: { shopId: draft.shopId, kind: draft.kind, pattern: draft.pattern, text: draft.text } }), enabled: draft.pattern.trim() !== '' });
  const run = (work: Promise<unknown>): void => void work.catch(failure);
  const kinds = [{ value: 'contains' as const, label: t('ruleContains') }, { value: 'regex' as const, label: t('ruleRegex') }];
  const places = [{ value: '', label: t('allShops') }, ...shops.map((shop) => ({ value: shop.id, label: shop.name }))];

  return (
    <Drawer open size={820} title={t('rules')} onClose={onClose}>
      <p className="muted">{t('ruleHint')}</p>
      {(rules ?? []).map((rule, index) => (
        <Space key={rule.id} style={{ marginBottom: 6 }} wrap>
          <Checkbox aria-label={t('ruleEnabled')} checked={rule.enabled} onChange={(event) => run(client.items.saveRule({ ...rule, enabled: event.target.checked }))} />
          <Select size="small" aria-label={t('ruleFor')} style={{ width: 130 }} value={rule.shopId} options={places} onChange={(shopId) => run(client.items.saveRule({ ...rule, shopId }))} />
          <Select size="small" aria-label={t('ruleContains')} style={{ width: 110 }} value={rule.kind} options={kinds} onChange={(kind) => run(client.items.saveRule({ ...rule, kind }))} />
          <InlineText value={rule.pattern} label={t('rulePattern')} maxLength={200} width={220} onSave={(pattern) => run(client.items.saveRule({ ...rule, pattern }))} />
          <InlineText value={rule.text} label={t('ruleText')} width={130} onSave={(text) => run(client.items.saveRule({ ...rule, text }))} />
          <Button size="small" icon={<ArrowUpOutlined />} aria-label={t('ruleUp')} disabled={index === 0} onClick={() => run(client.items.orderRules({ ids: movedUp((rules ?? []).map((one) => one.id), index) }))} />
          <Button size="small" danger icon={<DeleteOutlined />} aria-label={t('ruleRemove')} onClick={() => run(client.items.removeRule({ id: rule.id }))} />
        </Space>
      ))}
      <div style={{ borderTop: '1px solid var(--hair)', paddingTop: 12, marginTop: 8 }}>
        <Space wrap>
          <Select aria-label={t('ruleFor')} style={{ width: 130 }} value={draft.shopId} options={places} onChange={(shopId) => setDraft({ ...draft, shopId })} />
          <Select aria-label={t('ruleContains')} style={{ width: 110 }} value={draft.kind} options={kinds} onChange={(kind) => setDraft({ ...draft, kind })} />
          <Input aria-label={t('rulePattern')} style={{ width: 260 }} maxLength={200} value={draft.pattern} placeholder={t(draft.kind === 'contains' ? 'rulePatternContains' : 'rulePatternRegex')} onChange={(event) => setDraft({ ...draft, pattern: event.target.value })} />
          <Input aria-label={t('ruleText')} style={{ width: 140 }} maxLength={40} value={draft.text} placeholder={t('ruleText')} onChange={(event) => setDraft({ ...draft, text: event.target.value })} />
          <Button type="primary" icon={<PlusOutlined />} disabled={draft.text.trim() === '' || trial === undefined || trial.problem !== null} onClick={() => run(client.items.saveRule(draft).then(() => setDraft(empty)))}>
            {t('ruleAdd')}
          </Button>
        </Space>
        {draft.pattern.trim() !== '' && trial !== undefined && (
          <div style={{ marginTop: 8 }} aria-live="polite">
            {trial.problem === null ? t('ruleFits', { count: trial.fits }) : <span style={{ color: 'var(--state-failed)' }}>{t(`problem_${trial.problem}`)}</span>}
            {trial.examples.slice(0, 8).map((example) => (
              <div key={example.title} className="muted">
                {example.title} → <strong style={{ color: 'var(--ink)' }}>{example.name}</strong>
              </div>
            ))}
          </div>
        )}
      </div>
    </Drawer>
  );
}

function movedUp(ids: readonly string[], index: number): string[] {
  const next = [...ids];
  const [moved] = next.splice(index, 1);
  if (moved !== undefined) next.splice(index - 1, 0, moved);
  return next;
}
