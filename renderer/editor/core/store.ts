/**
 * The state of one open document: scene, undo, redo. History has no limit of its own (documents share what did not change) and
 * knows marks: steps with the same mark, such as the moves of one drag, are one step back.
 */
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import type { Command, Scene } from './commands.ts';
import { withinLimits } from './tree.ts';

export interface EditorState extends Scene {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Counts changes of the document, undo and redo included; the same number means the same document. */
  readonly revision: number;
}

export interface Editor {
  state(): EditorState;
  /** Runs a command. With a mark, it joins the step before when that has the same mark and is still open. */
  run(command: Command, mark?: string): void;
  /** Mark of the last step while it is open for more. */
  openMark(): string | undefined;
  /** Ends the open mark: the next step of the same mark is a step of its own. */
  closeMark(): void;
  undo(): void;
  redo(): void;
  /** Undoes everything since the mark was opened and forgets it (Escape during a drag). */
  cancelMark(): void;
  /** A document from outside (taken over, rolled back): history begins anew. */
  load(document: LabelDocument): void;
  subscribe(listener: () => void): () => void;
}

export function createEditor(document: LabelDocument): Editor {
  let present: Scene = { document, selection: [] };
  let past: Scene[] = [];
  let future: Scene[] = [];
  let open: string | undefined;
  let revision = 0;
  let snapshot: EditorState | undefined;
  const listeners = new Set<() => void>();

  const tell = (): void => {
    snapshot = undefined;
    for (const listener of listeners) listener();
  };

  return {
    state() {
      snapshot ??= { ...present, canUndo: past.length > 0, canRedo: future.length > 0, revision };
      return snapshot;
    },
    run(command, mark) {
      const made = command(present);
      if (made === present) return;
      const document = withinLimits(made.document);
      const next = document === made.document ? made : { ...made, document };
      if (next.document === present.document) {
        present = next;
        tell();
        return;
      }
      if (mark === undefined || mark !== open) past.push(present);
      open = mark;
      future = [];
      present = next;
      revision++;
      tell();
    },
    openMark: () => open,
    closeMark() {
      open = undefined;
    },
    undo() {
      const before = past.pop();
      if (before === undefined) return;
      future.push(present);
      present = before;
      open = undefined;
      revision++;
      tell();
    },
    redo() {
      const after = future.pop();
      if (after === undefined) return;
      past.push(present);
      present = after;
      open = undefined;
      revision++;
      tell();
    },
    cancelMark() {
      if (open === undefined) return;
      const before = past.pop();
      open = undefined;
      if (before === undefined) return;
      present = before;
      revision++;
      tell();
    },
    load(next) {
      present = { document: next, selection: [] };
      past = [];
      future = [];
      open = undefined;
      revision++;
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
