/** The designer: elements left, label in the middle, properties and check right. Knows nothing of the host; its owner saves. */
import { Spin } from 'antd';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import { proveInPieces } from '../core/proof.ts';
import { createSettled } from '../core/settled.ts';
import type { Timing } from '../core/settled.ts';
import type { Editor } from '../core/store.ts';
import type { Rect } from '../core/tree.ts';
import { createValue } from '../core/value.ts';
import { nextZoom } from '../core/zoom.ts';
import { Canvas } from './Canvas.tsx';
import { loadEngine } from './engine.ts';
import { Foot } from './Foot.tsx';
import { useDesignerKeys } from './keys.ts';
import { LeftPanel } from './LeftPanel.tsx';
import { LintPanel } from './LintPanel.tsx';
import { Properties } from './Properties.tsx';
import { SessionContext } from './session.ts';
import type { DataSet, PrinterView, Session, ViewSettings } from './session.ts';
import { useDesignerTexts } from './texts.ts';
import { Tools } from './Tools.tsx';
import './designer.css';

export interface DesignerProps {
  readonly editor: Editor;
  readonly dataSets: readonly DataSet[];
  readonly printers: readonly PrinterView[];
  /** Printer whose paper is shown, and the choice of another; none shows what the document has, whatever the paper. */
  readonly printer: PrinterView | undefined;
  readonly onPrinter: (printer: PrinterView | undefined) => void;
  /** Left end of the bar: name and state; right end: publish and the like. */
  readonly title: ReactNode;
  readonly actions: ReactNode;
  /** Above the canvas, when there is something to say: somebody else edits, saving failed. */
  readonly notice: ReactNode;
  /** Right end of the foot, with the data now shown: printer and test print. */
  readonly foot: (dataId: string) => ReactNode;
  readonly onSave: () => void;
  readonly onFindings: (findings: readonly ProofFinding[]) => void;
}

/** Quiet time after which everything is proved; the canvas itself does not wait. */
const proveAfterMs = 250;
/** Quiet time after which panels follow a drag. */
const dragPauseMs = 120;

const timing: Timing = {
  afterFrame(run) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(run, 0);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  },
  afterPause(run) {
    const timer = setTimeout(run, dragPauseMs);
    return () => clearTimeout(timer);
  },
};

export function Designer({ editor, dataSets, printers, printer, onPrinter, title, actions, notice, foot, onSave, onFindings }: DesignerProps) {
  const t = useDesignerTexts();
  const [engine, setEngine] = useState<LayoutEngine | undefined>(undefined);
  const [failed, setFailed] = useState<string | undefined>(undefined);
  const [settings, setSettings] = useState<ViewSettings>({ dpi: 203, zoom: 'fit', grid: 0, snap: true, dataId: 'typical', underlay: true, unit: 'mm' });
  const set = useCallback((patch: Partial<ViewSettings>) => setSettings((now) => ({ ...now, ...patch })), []);
  const lasting = useMemo(
    () => ({ editor, settled: createSettled(editor, timing), picture: createValue<RenderedLabel | undefined>(undefined), zoom: createValue(1), findings: createValue<readonly ProofFinding[]>([]), pointed: createValue<string | undefined>(undefined), area: createValue<Rect | undefined>(undefined) }),
    [editor],
  );
  const chosen = dataSets.find((one) => one.id === settings.dataId) ?? dataSets[0];
  const session = useMemo<Session | undefined>(() => (chosen === undefined ? undefined : { ...lasting, settings, set, dataSets, data: chosen.data, printer }), [lasting, settings, set, dataSets, chosen, printer]);

  useEffect(() => {
    loadEngine().then(setEngine, (thrown: unknown) => setFailed(String(thrown)));
  }, []);
  useProof({ editor, engine, dataSets, onDone: lasting.findings.set });
  useEffect(() => lasting.findings.subscribe(() => onFindings(lasting.findings.get())), [lasting, onFindings]);
  const keyActions = useMemo(() => ({ save: onSave, zoom: (to: 1 | -1 | 'fit' | { readonly at: number }) => set({ zoom: to === 'fit' ? to : typeof to === 'number' ? nextZoom(lasting.zoom.get(), to) : to.at }) }), [onSave, lasting, set]);
  useDesignerKeys(editor, settings.dpi, keyActions);

  /** The dots are that printer's too, where the designer draws its fineness. */
  const showAs = useCallback((next: PrinterView | undefined) => {
    onPrinter(next);
    if (next?.dpi === 203 || next?.dpi === 300) set({ dpi: next.dpi });
  }, [onPrinter, set]);

  if (session === undefined) return null;
  return (
    <SessionContext value={session}>
      <div className="designer">
        <div className="designer-bar">
          {title}
          <Tools />
          <span className="spacer" />
          {actions}
        </div>
        <aside className="designer-side designer-left" aria-label={t('elements')}><LeftPanel /></aside>
        <div className="designer-center">
          {notice}
          {failed !== undefined && <p role="alert">{failed}</p>}
          {engine === undefined && failed === undefined && <p className="muted designer-loading"><Spin size="small" /> {t('loadingFonts')}</p>}
          <Canvas engine={engine} />
        </div>
        <aside className="designer-side designer-right" aria-label={t('properties')}>
          <Properties />
          <LintPanel />
        </aside>
        <Foot printers={printers} onPrinter={showAs}>{foot(settings.dataId)}</Foot>
      </div>
    </SessionContext>
  );
}

/** Proves the document with every sample and parcel of the day a moment after the last change. */
function useProof({ editor, engine, dataSets, onDone }: { editor: Editor; engine: LayoutEngine | undefined; dataSets: readonly DataSet[]; onDone: (findings: readonly ProofFinding[]) => void }): void {
  useEffect(() => {
    if (engine === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let proved: unknown;
    let ended = false;
    const parcels = dataSets.filter((one) => one.real);
    const rest = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });
    const run = async (): Promise<void> => {
      const { document: label } = editor.state();
      if (proved === label) return;
      proved = label;
      const findings = await proveInPieces(label, (given, data, dpi) => engine.render(given, data, { dpi }), parcels, rest, () => ended || editor.state().document !== label);
      if (findings !== undefined) onDone(findings);
      else if (proved === label) proved = undefined;
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), proveAfterMs);
    };
    void run();
    const stop = editor.subscribe(later);
    return () => {
      ended = true;
      stop();
      clearTimeout(timer);
    };
  }, [editor, engine, dataSets, onDone]);
}
