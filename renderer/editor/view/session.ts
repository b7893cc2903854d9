/** What one open designer shows besides the document: data, resolution, zoom, snapping. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import type { ChoiceReason } from '../../../common/domain/templates/parcel-choice.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import type { Settled } from '../core/settled.ts';
import type { Editor, EditorState } from '../core/store.ts';
import type { Rect } from '../core/tree.ts';
import type { Value } from '../core/value.ts';

export interface DataSet {
  readonly id: string;
  readonly name: string;
  readonly data: LabelData;
  /** A parcel of the shop rather than a sample of ours. */
  readonly real: boolean;
  /** Why an order is among them. */
  readonly why?: readonly ChoiceReason[];
}

/** A printer as the canvas needs it: what of the label comes out of it. */
export interface PrinterView {
  readonly id: string;
  readonly name: string;
  readonly dpi: number;
  readonly logos: { readonly upper: boolean; readonly lower: boolean };
}

export interface ViewSettings {
  readonly dpi: 203 | 300;
  /** Screen pixels of one dot, or as large as the whole label fits. */
  readonly zoom: number | 'fit';
  readonly grid: number;
  readonly snap: boolean;
  readonly dataId: string;
  readonly underlay: boolean;
  /** What the rulers count. */
  readonly unit: 'mm' | 'dots';
}

export interface Session {
  readonly editor: Editor;
  /** The editor's state as panels show it. */
  readonly settled: Settled;
  readonly settings: ViewSettings;
  readonly set: (patch: Partial<ViewSettings>) => void;
  readonly dataSets: readonly DataSet[];
  readonly data: LabelData;
  /** Printer whose paper the canvas shows; none where every logo is shown. */
  readonly printer: PrinterView | undefined;
  /** The picture now on the canvas; undefined until the fonts are there. */
  readonly picture: Value<RenderedLabel | undefined>;
  /** Screen pixels of one dot, now. */
  readonly zoom: Value<number>;
  readonly findings: Value<readonly ProofFinding[]>;
  /** Element whose place is pointed out, from the lint or a list. */
  readonly pointed: Value<string | undefined>;
  /** The custom area while the tick lists are open. Micrometres. */
  readonly area: Value<Rect | undefined>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('outside the designer');
  return session;
}

/** State of the editor, drawn again on every change: for what lies over the picture. */
export function useEditorState(editor: Editor): EditorState {
  return useSyncExternalStore(editor.subscribe, editor.state);
}

/** State of the editor for panels: it follows the picture and never holds it up. */
export function useSettledState(): EditorState {
  const { settled } = useSession();
  return useSyncExternalStore(settled.subscribe, settled.state);
}

export function useValue<T>(value: Value<T>): T {
  return useSyncExternalStore(value.subscribe, value.get);
}

/** The data a finding was seen with: a sample, or a parcel of the day where it is still offered. */
export function dataSetOf(finding: ProofFinding, dataSets: readonly DataSet[]): DataSet | undefined {
  return dataSets.find((one) => (finding.order === '' ? one.id === finding.sample : one.real && one.name === finding.order));
}
