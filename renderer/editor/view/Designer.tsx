/** The designer: elements left, label in the middle, properties and check right. Knows nothing of the host; its owner saves. */
import { DeleteOutlined, CopyOutlined, LockOutlined, RedoOutlined, RotateRightOutlined, UndoOutlined, VerticalAlignBottomOutlined, VerticalAlignTopOutlined, AlignLeftOutlined, AlignCenterOutlined, AlignRightOutlined, VerticalAlignMiddleOutlined, ColumnWidthOutlined, ColumnHeightOutlined, GroupOutlined, UngroupOutlined } from '@ant-design/icons';
import { Button, Checkbox, Segmented, Select, Space, Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { proofCases, prove } from '../../../common/domain/templates/proof.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import * as commands from '../core/commands.ts';
import type { Command } from '../core/commands.ts';
import type { Editor } from '../core/store.ts';
import { Canvas } from './Canvas.tsx';
import { loadEngine } from './engine.ts';
import { useDesignerKeys } from './keys.ts';
import { LeftPanel } from './LeftPanel.tsx';
import { LintPanel } from './LintPanel.tsx';
import { Properties } from './Properties.tsx';
import { SessionContext, useEditorState } from './session.ts';
import type { DataSet, Session, ViewSettings } from './session.ts';
import { useDesignerTexts } from './texts.ts';
import './designer.css';

export interface DesignerProps {
  readonly editor: Editor;
  readonly dataSets: readonly DataSet[];
  /** Left end of the bar: name and state; right end: publish and the like. */
  readonly title: ReactNode;
  readonly actions: ReactNode;
  /** Right end of the foot: printer and test print. */
  readonly foot: ReactNode;
  readonly onSave: () => void;
  readonly onFindings: (findings: readonly ProofFinding[]) => void;
}

/** Quiet time after which all samples are proved; the canvas itself does not wait. */
const proveAfterMs = 250;

export function Designer({ editor, dataSets, title, actions, foot, onSave, onFindings }: DesignerProps) {
  const t = useDesignerTexts();
  const [engine, setEngine] = useState<LayoutEngine | undefined>(undefined);
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const [label, setLabel] = useState<RenderedLabel | undefined>(undefined);
  const [findings, setFindings] = useState<readonly ProofFinding[]>([]);
  const [pointed, point] = useState<string | undefined>(undefined);
  const [settings, setSettings] = useState<ViewSettings>({ dpi: 203, zoom: 1, grid: 0, snap: true, dataId: 'typical', underlay: true });
  const set = useCallback((patch: Partial<ViewSettings>) => setSettings((now) => ({ ...now, ...patch })), []);
  const chosen = dataSets.find((one) => one.id === settings.dataId) ?? dataSets[0];

  useEffect(() => {
    loadEngine().then(setEngine, (thrown: unknown) => setFailed(String(thrown)));
  }, []);
  useProof({ editor, engine, dataSets, onDone: setFindings });
  useEffect(() => onFindings(findings), [findings, onFindings]);
  const zoom = useCallback((by: number) => setSettings((now) => ({ ...now, zoom: Math.min(4, Math.max(1, now.zoom + by)) })), []);
  const keyActions = useMemo(() => ({ save: onSave, zoom }), [onSave, zoom]);
  useDesignerKeys(editor, settings.dpi, keyActions);

  const session = useMemo<Session | undefined>(() => (chosen === undefined ? undefined : { editor, settings, set, dataSets, data: chosen.data, label, findings, pointed, point }), [editor, settings, set, dataSets, chosen, label, findings, pointed]);
  if (session === undefined) return null;
  return (
    <SessionContext value={session}>
      <div className="designer">
        <div className="designer-bar">
          {title}
          <Tools editor={editor} />
          <span className="spacer" />
          {actions}
        </div>
        <aside className="designer-side designer-left"><LeftPanel /></aside>
        <div className="designer-middle">
          {failed !== undefined && <p role="alert">{failed}</p>}
          {engine === undefined && failed === undefined && <p className="muted"><Spin size="small" /> {t('loadingFonts')}</p>}
          <Canvas engine={engine} onLabel={setLabel} />
        </div>
        <aside className="designer-side designer-right">
          <Properties />
          <LintPanel />
        </aside>
        <div className="designer-foot">
          <span>{t('dataSet')}</span>
          <Select size="small" aria-label={t('dataSet')} style={{ minWidth: 150 }} value={chosen?.id ?? ''} options={dataSets.map((one) => ({ value: one.id, label: one.name }))} onChange={(dataId) => set({ dataId })} />
          <Segmented size="small" aria-label={t('dpi')} value={settings.dpi} options={[203, 300]} onChange={(dpi) => set({ dpi: dpi as 203 | 300 })} />
          <Segmented size="small" aria-label={t('zoom')} value={settings.zoom} options={[{ value: 1, label: '1:1' }, { value: 2, label: '2:1' }, { value: 3, label: '3:1' }]} onChange={(value) => set({ zoom: Number(value) })} />
          <Checkbox checked={settings.snap} onChange={(event) => set({ snap: event.target.checked })}>{t('snapTo')} {t('snapGuides')}</Checkbox>
          <Segmented size="small" aria-label={t('snapTo')} value={settings.grid} options={[{ value: 0, label: t('gridNone') }, { value: 1_000, label: t('grid1') }, { value: 5_000, label: t('grid5') }]} onChange={(grid) => set({ grid: Number(grid) })} />
          {editor.state().document.media.underlay !== undefined && <Checkbox checked={settings.underlay} onChange={(event) => set({ underlay: event.target.checked })}>{t('showUnderlay')}</Checkbox>}
          <span className="spacer" />
          {foot}
        </div>
      </div>
    </SessionContext>
  );
}

/** Proves the document with every sample a moment after the last change. */
function useProof({ editor, engine, dataSets, onDone }: { editor: Editor; engine: LayoutEngine | undefined; dataSets: readonly DataSet[]; onDone: (findings: readonly ProofFinding[]) => void }): void {
  useEffect(() => {
    if (engine === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let proved: unknown;
    const run = (): void => {
      const { document: label } = editor.state();
      if (proved === label) return;
      proved = label;
      onDone(prove(label, (given, data, dpi) => engine.render(given, data, { dpi }), proofCases()));
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(run, proveAfterMs);
    };
    run();
    const stop = editor.subscribe(later);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [editor, engine, dataSets, onDone]);
}

function Tools({ editor }: { editor: Editor }) {
  const t = useDesignerTexts();
  const { selection, canUndo, canRedo } = useEditorState(editor);
  const none = selection.length === 0;
  const tool = (name: string, icon: ReactNode, command: Command, disabled = none, key = '') => (
    <Button key={name} size="small" type="text" icon={icon} title={key === '' ? name : `${name} ${key}`} aria-label={name} disabled={disabled} onClick={() => editor.run(command)} />
  );
  return (
    <Space size={0} wrap>
      <Button size="small" type="text" icon={<UndoOutlined />} aria-label={t('undo')} title={`${t('undo')} Ctrl+Z`} disabled={!canUndo} onClick={editor.undo} />
      <Button size="small" type="text" icon={<RedoOutlined />} aria-label={t('redo')} title={`${t('redo')} Ctrl+Y`} disabled={!canRedo} onClick={editor.redo} />
      {tool(t('duplicate'), <CopyOutlined />, commands.duplicateSelected(), none, 'Ctrl+D')}
      {tool(t('remove'), <DeleteOutlined />, commands.removeSelected, none, 'Delete')}
      {tool(t('rotate'), <RotateRightOutlined />, commands.rotateSelected, none, 'R')}
      {tool(t('lock'), <LockOutlined />, commands.lockSelected(true), none, 'L')}
      {tool(t('front'), <VerticalAlignTopOutlined />, commands.restack('front'), none, ']')}
      {tool(t('backmost'), <VerticalAlignBottomOutlined />, commands.restack('back'), none, '[')}
      {tool(`${t('alignTools')} ${t('left')}`, <AlignLeftOutlined />, commands.alignSelected('left'))}
      {tool(`${t('alignTools')} ${t('center')}`, <AlignCenterOutlined />, commands.alignSelected('center'))}
      {tool(`${t('alignTools')} ${t('right')}`, <AlignRightOutlined />, commands.alignSelected('right'))}
      {tool(`${t('alignTools')} ${t('top')}`, <VerticalAlignTopOutlined />, commands.alignSelected('top'))}
      {tool(`${t('alignTools')} ${t('middle')} ↕`, <VerticalAlignMiddleOutlined />, commands.alignSelected('middle'))}
      {tool(`${t('alignTools')} ${t('bottom')}`, <VerticalAlignBottomOutlined />, commands.alignSelected('bottom'))}
      {tool(t('distributeX'), <ColumnWidthOutlined />, commands.distributeSelected('x'), selection.length < 3)}
      {tool(t('distributeY'), <ColumnHeightOutlined />, commands.distributeSelected('y'), selection.length < 3)}
      {tool(t('groupIt'), <GroupOutlined />, commands.groupSelected, selection.length < 2, 'Ctrl+G')}
      {tool(t('ungroup'), <UngroupOutlined />, commands.ungroupSelected, none, 'Ctrl+Shift+G')}
    </Space>
  );
}

