/** What one open designer shows besides the document: data, resolution, zoom, snapping. */
import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LabelData } from '../../../common/domain/label/data.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import type { ProofFinding } from '../../../common/domain/templates/proof.ts';
import type { Editor, EditorState } from '../core/store.ts';

export interface DataSet {
  readonly id: string;
  readonly name: string;
  readonly data: LabelData;
}

export interface ViewSettings {
  readonly dpi: 203 | 300;
  /** Screen pixels of one dot. */
  readonly zoom: number;
  readonly grid: number;
  readonly snap: boolean;
  readonly dataId: string;
  readonly underlay: boolean;
}

export interface Session {
  readonly editor: Editor;
  readonly settings: ViewSettings;
  readonly set: (patch: Partial<ViewSettings>) => void;
  readonly dataSets: readonly DataSet[];
  readonly data: LabelData;
  /** The picture now on the canvas; undefined until the fonts are there. */
  readonly label: RenderedLabel | undefined;
  readonly findings: readonly ProofFinding[];
  /** Element whose place is pointed out, from the lint or a list. */
  readonly pointed: string | undefined;
  readonly point: (element: string | undefined) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('outside the designer');
  return session;
}

/** State of the editor; the component draws again on every change. */
export function useEditorState(editor: Editor): EditorState {
  return useSyncExternalStore(editor.subscribe, editor.state);
}
