/**
 * The editor's state for panels. The picture follows every change at once; forms and lists follow when the picture is on the screen,
 * and during a drag when the hand rests, so that they never stand between a movement and its picture.
 */
import type { Editor, EditorState } from './store.ts';

export interface Settled {
  state(): EditorState;
  subscribe(listener: () => void): () => void;
  /** Tells the panels although the document stayed, e.g. when other data were drawn. */
  touch(): void;
}

export interface Timing {
  /** Runs when what was drawn is on the screen; returns how to call it off. */
  afterFrame(run: () => void): () => void;
  /** Runs when nothing came for a while. */
  afterPause(run: () => void): () => void;
}

/** Mark of the steps of one drag; panels wait for its end. */
export const dragMark = 'drag';

/** Lives as long as its editor: it keeps a subscription only while somebody listens. */
export function createSettled(editor: Editor, timing: Timing): Settled {
  let shown = editor.state();
  let callOff: (() => void) | undefined;
  let stop: (() => void) | undefined;
  const listeners = new Set<() => void>();

  const publish = (): void => {
    callOff = undefined;
    shown = editor.state();
    for (const listener of listeners) listener();
  };
  const later = (): void => {
    const dragged = editor.openMark() === dragMark;
    // The first of several changes in a frame decides for an edit; the last movement decides for a drag.
    if (callOff !== undefined && !dragged) return;
    callOff?.();
    callOff = dragged ? timing.afterPause(publish) : timing.afterFrame(publish);
  };
  return {
    state: () => (listeners.size === 0 ? (shown = editor.state()) : shown),
    touch: later,
    subscribe(listener) {
      if (listeners.size === 0) {
        shown = editor.state();
        stop = editor.subscribe(later);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        callOff?.();
        callOff = undefined;
      };
    },
  };
}
