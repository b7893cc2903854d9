import { CopyOutlined, DeleteOutlined, HolderOutlined } from '@ant-design/icons';
import { Button, Switch, Tag } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Shop } from '../../../common/contract/shops.ts';
import { ruleFaults } from '../../../common/domain/orders/carrier-rules.ts';
import type { RuleFault } from '../../../common/domain/orders/carrier-rules.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { Sentence } from './Sentence.tsx';
import { useCarrierTexts } from './texts.ts';
import type { RuleDraft, RulesDraft } from './useRulesDraft.ts';

/** The rules as sentences, from the top. A rule is moved by its handle or with Alt and the arrows, and opened with Enter. */
export function RuleList({ draft, shops, hits }: { draft: RulesDraft; shops: readonly Shop[]; hits: ReadonlyMap<string, number> | undefined }) {
  const t = useCarrierTexts();
  const [opened, setOpened] = useState('');
  const [dragged, setDragged] = useState('');
  const moved = useRef('');
  const list = useRef<HTMLOListElement>(null);
  const { rules } = draft;
  const faults = ruleFaults(draft.whole, draft.reach);
  // Moving a row takes the focus from it: the next arrow has to move the same rule.
  useEffect(() => {
    if (moved.current !== '') list.current?.querySelector<HTMLElement>(`[data-rule="${moved.current}"]`)?.focus();
    moved.current = '';
  }, [rules]);
  function onKey(event: KeyboardEvent, rule: RuleDraft, index: number): void {
    if (event.target !== event.currentTarget) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      moved.current = rule.id;
      draft.move(rule.id, index + (event.key === 'ArrowUp' ? -1 : 1));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      setOpened(opened === rule.id ? '' : rule.id);
    }
  }
  return (
    <>
      <ol ref={list} className="carrier-rules" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {rules.map((rule, index) => (
          <li
            key={rule.id}
            onDragOver={(event) => {
              if (dragged === '') return;
              event.preventDefault();
              if (dragged !== rule.id) draft.move(dragged, index);
            }}
            onDrop={(event) => event.preventDefault()}
            style={{ borderBottom: '1px solid var(--hair)', background: dragged === rule.id ? 'var(--paper)' : undefined }}
          >
            {/* The row itself takes the arrows; what is in it keeps its own keys. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <div data-rule={rule.id} role="group" tabIndex={0} aria-label={t('ruleAt', { number: index + 1, name: rule.name })} onKeyDown={(event) => onKey(event, rule, index)} style={{ display: 'flex', gap: 8, alignItems: 'center', padding: '6px 4px' }}>
              <span draggable title={t('drag')} style={{ cursor: 'grab' }} onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; setDragged(rule.id); }} onDragEnd={() => setDragged('')}>
                <HolderOutlined aria-hidden />
              </span>
              <span style={{ width: 22, textAlign: 'right' }}>{index + 1}.</span>
              <Switch size="small" aria-label={`${t('on')} ${rule.name}`} checked={rule.enabled} onChange={(enabled) => draft.set(rule.id, { enabled })} />
              <button type="button" className="plain" aria-expanded={opened === rule.id} onClick={() => setOpened(opened === rule.id ? '' : rule.id)} style={{ flex: 1, textAlign: 'left', opacity: rule.enabled ? 1 : 0.55 }}>
                <span className="muted">{rule.name}　</span>
                <Sentence rule={rule} shops={shops} />
                <Fault fault={faults[index]} />
              </button>
              {hits !== undefined && <Tag>{t('hits', { count: hits.get(rule.id) ?? 0 })}</Tag>}
              <Button size="small" type="text" icon={<CopyOutlined />} aria-label={`${t('duplicate')} ${rule.name}`} title={t('duplicate')} onClick={() => draft.duplicate(rule.id, t('copyOf', { name: rule.name }).slice(0, 40))} />
              <Button size="small" type="text" danger icon={<DeleteOutlined />} aria-label={`${t('remove')} ${rule.name}`} title={t('remove')} onClick={() => draft.remove(rule.id)} />
            </div>
            {opened === rule.id && <RuleEditor rule={rule} shops={shops} onChange={(patch) => draft.set(rule.id, patch)} />}
          </li>
        ))}
      </ol>
      {rules.length === 0 && <p className="muted">{t('noRules')}</p>}
      <Button style={{ marginTop: 8 }} onClick={() => setOpened(draft.add({ name: t('newRule', { count: rules.length + 1 }), carrierCode: 'YTO', product: '', conditions: {}, enabled: true }))}>
        ＋ {t('add')}
      </Button>
    </>
  );
}

function Fault({ fault }: { fault: RuleFault | undefined }) {
  const t = useCarrierTexts();
  if (fault === undefined) return null;
  return <div style={{ color: 'var(--state-failed)' }}>✕ {fault.problem === 'covered' ? t('fault_covered', { number: fault.by }) : t(`fault_${fault.problem}`)}</div>;
}
