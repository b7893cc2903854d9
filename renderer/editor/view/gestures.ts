/** What the mouse does on the canvas: choose, move, resize, draw a frame around. */
import { useRef, useState } from 'react';
import type { MouseEvent as ReactMouseEvent, PointerEvent as ReactPointerEvent, RefObject } from 'react';
import { placeAt, resizeFrom, select, smallestSide } from '../core/commands.ts';
import { dragMark } from '../core/settled.ts';
import { guidesOf, snapMove, snapResize } from '../core/snap.ts';
import type { Guide, Handle } from '../core/snap.ts';
import { hitTest, insideFrame, outermost, unionOf } from '../core/tree.ts';
import type { Placed, Rect } from '../core/tree.ts';
import { useSession } from './session.ts';

/** Screen pixels within which lines attract. */
const reachPixels = 6;
/** A hand that trembles on a click does not move anything. */
const tremblePixels = 3;

interface Point {
  readonly x: number;
  readonly y: number;
}
type Drag =
  | { readonly kind: 'move'; readonly from: Point; readonly starts: readonly Placed[]; readonly union: Rect; readonly guides: readonly Guide[] }
  | { readonly kind: 'resize'; readonly from: Point; readonly starts: readonly Placed[]; readonly union: Rect; readonly handle: Handle; readonly guides: readonly Guide[] }
  | { readonly kind: 'frame'; readonly from: Point; readonly add: readonly string[] };

export interface Gestures {
  /** Lines the selection rests on now. */
  readonly guides: readonly Guide[];
  /** Frame drawn by the mouse. */
  readonly frame: Rect | undefined;
  /** The selection is under the hand. */
  readonly dragging: boolean;
  readonly pointOf: (event: { clientX: number; clientY: number }) => Point;
  readonly onPointerDown: (event: ReactPointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: ReactPointerEvent<HTMLDivElement>) => void;
  readonly onPointerUp: (event: ReactPointerEvent<HTMLDivElement>) => void;
  /** The right button chooses what is under it, unless that is chosen already. */
  readonly onContextMenu: (event: ReactMouseEvent<HTMLDivElement>) => void;
  /** Escape: as if the hand had never taken hold. True when there was something to call off. */
  readonly cancel: () => boolean;
}

/** `scale` is screen pixels per micrometre; `placed` are the elements where they are seen. */
export function useGestures(stage: RefObject<HTMLDivElement | null>, scale: number, placed: readonly Placed[]): Gestures {
  const { editor, settings } = useSession();
  const drag = useRef<Drag | undefined>(undefined);
  const moved = useRef(false);
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [frame, setFrame] = useState<Rect | undefined>(undefined);
  const [dragging, setDragging] = useState(false);
  const snapping = { dpi: settings.dpi, grid: settings.grid, guides: settings.snap, reach: reachPixels / scale };

  function pointOf(event: { clientX: number; clientY: number }): Point {
    const box = stage.current?.getBoundingClientRect();
    return { x: (event.clientX - (box?.left ?? 0)) / scale, y: (event.clientY - (box?.top ?? 0)) / scale };
  }
  /** The selection as it is now, without what is locked. */
  function held(): Omit<Extract<Drag, { kind: 'move' }>, 'kind' | 'from'> | undefined {
    const { document: label, selection } = editor.state();
    const starts = outermost(label, selection).filter((one) => one.element.locked !== true);
    const union = unionOf(starts.map((one) => one.rect));
    return union && { starts, union, guides: guidesOf(label, new Set(selection)) };
  }
  function onPointerDown(event: ReactPointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    stage.current?.focus({ preventScroll: true });
    stage.current?.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    moved.current = false;
    const handle = (event.target as Element).getAttribute('data-handle') as Handle | null;
    if (handle !== null) {
      const now = held();
      if (now !== undefined) drag.current = { kind: 'resize', from, handle, ...now };
      return;
    }
    const { selection } = editor.state();
    const hit = hitTest(placed, from.x, from.y, event.ctrlKey || event.metaKey || event.detail > 1, 4 / scale);
    if (hit === undefined) {
      if (!event.shiftKey) editor.run(select([]));
      drag.current = { kind: 'frame', from, add: event.shiftKey ? selection : [] };
      return;
    }
    if (event.shiftKey) editor.run(select(selection.includes(hit) ? selection.filter((id) => id !== hit) : [...selection, hit]));
    else if (!selection.includes(hit)) editor.run(select([hit]));
    const now = held();
    if (now !== undefined) drag.current = { kind: 'move', from, ...now };
  }
  function onPointerMove(event: ReactPointerEvent<HTMLDivElement>): void {
    const current = drag.current;
    if (current === undefined) return;
    const at = pointOf(event);
    const [dx, dy] = [at.x - current.from.x, at.y - current.from.y];
    if (current.kind === 'frame') {
      setFrame({ x: Math.min(at.x, current.from.x), y: Math.min(at.y, current.from.y), width: Math.abs(dx), height: Math.abs(dy) });
      return;
    }
    if (!moved.current && Math.hypot(dx, dy) * scale < tremblePixels) return;
    moved.current = true;
    setDragging(true);
    if (current.kind === 'move') {
      // Shift keeps to the straight.
      const across = !event.shiftKey || Math.abs(dx) >= Math.abs(dy);
      const down = !event.shiftKey || Math.abs(dy) > Math.abs(dx);
      const snapped = snapMove({ ...current.union, x: current.union.x + (across ? dx : 0), y: current.union.y + (down ? dy : 0) }, current.guides, snapping);
      const by = { x: snapped.rect.x - current.union.x, y: snapped.rect.y - current.union.y };
      editor.run(placeAt(new Map(current.starts.map(({ element, rect }) => [element.id, { ...rect, x: rect.x + by.x, y: rect.y + by.y }]))), dragMark);
      setGuides(snapped.guides);
    } else {
      const snapped = snapResize(current.union, current.handle, dx, dy, current.guides, snapping, smallestSide);
      editor.run(resizeFrom(current.starts, current.union, snapped.rect), dragMark);
      setGuides(snapped.guides);
    }
  }
  function onContextMenu(event: ReactMouseEvent<HTMLDivElement>): void {
    const at = pointOf(event);
    const hit = hitTest(placed, at.x, at.y, event.ctrlKey || event.metaKey, 4 / scale);
    if (hit === undefined || !editor.state().selection.includes(hit)) editor.run(select(hit === undefined ? [] : [hit]));
  }
  function letGo(): void {
    drag.current = undefined;
    setGuides([]);
    setFrame(undefined);
    setDragging(false);
  }
  function onPointerUp(event: ReactPointerEvent<HTMLDivElement>): void {
    const current = drag.current;
    if (current?.kind === 'frame' && frame !== undefined) editor.run(select([...new Set([...current.add, ...insideFrame(placed, frame)])]));
    editor.closeMark();
    letGo();
    stage.current?.releasePointerCapture(event.pointerId);
  }
  function cancel(): boolean {
    if (drag.current === undefined) return false;
    editor.cancelMark();
    letGo();
    return true;
  }
  return { guides, frame, dragging, pointOf, onPointerDown, onPointerMove, onPointerUp, onContextMenu, cancel };
}
