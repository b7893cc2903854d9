/** The label with handles over it. The background is the true raster; only handles, guides and marks are drawn by the page. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PointerEvent as ReactPointerEvent } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { dotsPerInch, toDots } from '../../../common/domain/label/units.ts';
import { placeAt, select, smallestSide } from '../core/commands.ts';
import { guidesOf, snapMove, snapResize } from '../core/snap.ts';
import type { Guide, Handle } from '../core/snap.ts';
import { findPlaced, hitTest, insideFrame, placedElements, unionOf } from '../core/tree.ts';
import type { Rect } from '../core/tree.ts';
import { paintBitmap, paintPicture } from './paint.ts';
import { Rulers } from './Rulers.tsx';
import { useEditorState, useSession } from './session.ts';
import { useDesignerTexts } from './texts.ts';

const handles: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];
/** Screen pixels within which lines attract. */
const reachPixels = 6;

type Drag =
  | { readonly kind: 'move'; readonly from: { x: number; y: number }; readonly start: ReadonlyMap<string, Rect>; readonly union: Rect; readonly guides: readonly Guide[] }
  | { readonly kind: 'resize'; readonly from: { x: number; y: number }; readonly id: string; readonly start: Rect; readonly handle: Handle; readonly guides: readonly Guide[] }
  | { readonly kind: 'frame'; readonly from: { x: number; y: number }; readonly add: readonly string[] };

export function Canvas({ engine, onLabel }: { engine: LayoutEngine | undefined; onLabel: (label: RenderedLabel) => void }) {
  const session = useSession();
  const t = useDesignerTexts();
  const { editor, settings, pointed } = session;
  const state = useEditorState(editor);
  const { document: label, selection } = state;
  const canvas = useRef<HTMLCanvasElement>(null);
  const underlay = useRef<HTMLCanvasElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | undefined>(undefined);
  const moved = useRef(false);
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [frame, setFrame] = useState<Rect | undefined>(undefined);
  const scale = (dotsPerInch(settings.dpi) / 25_400) * settings.zoom;

  useDrawing({ engine, canvas, onLabel });
  useEffect(() => {
    if (underlay.current !== null && label.media.underlay !== undefined && settings.underlay) paintPicture(underlay.current, label.media.underlay);
  }, [label.media.underlay, settings.underlay]);

  const placed = useMemo(() => new Map(placedElements(label).map((one) => [one.element.id, one])), [label]);
  const chosen = selection.flatMap((id) => placed.get(id) ?? []);
  const [only] = chosen;
  const resizable = chosen.length === 1 && only !== undefined && only.element.type !== 'group' && only.element.locked !== true;
  const size = { width: toDots(label.media.width, settings.dpi) * settings.zoom, height: toDots(label.media.height, settings.dpi) * settings.zoom };

  function pointOf(event: { clientX: number; clientY: number }): { x: number; y: number } {
    const box = stage.current?.getBoundingClientRect();
    return { x: (event.clientX - (box?.left ?? 0)) / scale, y: (event.clientY - (box?.top ?? 0)) / scale };
  }
  const snapping = { dpi: settings.dpi, grid: settings.grid, guides: settings.snap, reach: reachPixels / scale };

  function onPointerDown(event: ReactPointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    stage.current?.focus({ preventScroll: true });
    stage.current?.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    moved.current = false;
    const handle = (event.target as Element).getAttribute('data-handle') as Handle | null;
    if (handle !== null && only !== undefined) {
      drag.current = { kind: 'resize', from, id: only.element.id, start: only.rect, handle, guides: guidesOf(label, new Set([only.element.id])) };
      return;
    }
    const hit = hitTest(label, from.x, from.y, event.ctrlKey || event.metaKey || event.detail > 1, 4 / scale);
    if (hit === undefined) {
      if (!event.shiftKey) editor.run(select([]));
      drag.current = { kind: 'frame', from, add: event.shiftKey ? selection : [] };
      return;
    }
    if (event.shiftKey) editor.run(select(selection.includes(hit) ? selection.filter((id) => id !== hit) : [...selection, hit]));
    else if (!selection.includes(hit)) editor.run(select([hit]));
    const ids = editor.state().selection;
    const start = new Map(ids.flatMap((id) => { const one = findPlaced(label, id); return one === undefined || one.element.locked === true ? [] : [[id, one.rect] as const]; }));
    const union = unionOf([...start.values()]);
    if (union !== undefined) drag.current = { kind: 'move', from, start, union, guides: guidesOf(label, new Set(ids)) };
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
    // A hand that trembles on a click does not move anything.
    if (!moved.current && Math.hypot(dx, dy) * scale < 3) return;
    moved.current = true;
    if (current.kind === 'move') {
      const to = { ...current.union, x: current.union.x + (event.altKey || !event.shiftKey ? dx : Math.abs(dx) >= Math.abs(dy) ? dx : 0), y: current.union.y + (event.altKey || !event.shiftKey ? dy : Math.abs(dy) > Math.abs(dx) ? dy : 0) };
      const snapped = snapMove(to, current.guides, snapping);
      const by = { x: snapped.rect.x - current.union.x, y: snapped.rect.y - current.union.y };
      editor.run(placeAt(new Map([...current.start].map(([id, rect]) => [id, { ...rect, x: rect.x + by.x, y: rect.y + by.y }]))), 'drag');
      setGuides(snapped.guides);
    } else {
      const snapped = snapResize(current.start, current.handle, dx, dy, current.guides, snapping, smallestSide);
      editor.run(placeAt(new Map([[current.id, snapped.rect]])), 'drag');
      setGuides(snapped.guides);
    }
  }
  function onPointerUp(event: ReactPointerEvent<HTMLDivElement>): void {
    const current = drag.current;
    drag.current = undefined;
    if (current?.kind === 'frame' && frame !== undefined) editor.run(select([...new Set([...current.add, ...insideFrame(label, frame)])]));
    editor.closeMark();
    setGuides([]);
    setFrame(undefined);
    stage.current?.releasePointerCapture(event.pointerId);
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key !== 'Escape' || drag.current === undefined) return;
    event.stopPropagation();
    drag.current = undefined;
    editor.cancelMark();
    setGuides([]);
    setFrame(undefined);
  }

  const px = (value: number): number => value * scale;
  const box = (rect: Rect): { x: number; y: number; width: number; height: number } => ({ x: px(rect.x), y: px(rect.y), width: Math.max(2, px(rect.width)), height: Math.max(2, px(rect.height)) });
  const marks = session.findings.filter((finding) => finding.severity === 'error' && finding.element !== '').flatMap((finding) => placed.get(finding.element) ?? []);
  const shown = pointed === undefined ? undefined : placed.get(pointed);
  return (
    <div className="designer-desk">
      <Rulers width={label.media.width} height={label.media.height} scale={scale} dpi={settings.dpi} zoom={settings.zoom} selection={unionOf(chosen.map((one) => one.rect))} />
      <div ref={stage} className="designer-stage" style={size} tabIndex={0} role="application" aria-label={t('canvas')} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} onKeyDown={onKeyDown}>
        {label.media.underlay !== undefined && settings.underlay && <canvas ref={underlay} className="designer-underlay" style={size} />}
        <canvas ref={canvas} className="designer-dots" data-testid="label-canvas" style={size} />
        <svg className="designer-overlay" width={size.width} height={size.height} aria-hidden>
          {label.media.cutLines.map((cut) => <line key={cut} className="cut-line" x1={-12} x2={size.width + 12} y1={px(cut)} y2={px(cut)} />)}
          {marks.map(({ element, rect }) => <rect key={element.id} className="lint-mark" {...box(rect)} />)}
          {shown !== undefined && <rect className="pointed-mark" {...box(shown.rect)} />}
          {chosen.map(({ element, rect }) => <rect key={element.id} className={element.locked === true ? 'selected locked' : 'selected'} {...box(rect)} />)}
          {guides.map((guide) => (guide.axis === 'x' ? <line key={`x${guide.at}`} className="guide" x1={px(guide.at)} x2={px(guide.at)} y1={0} y2={size.height} /> : <line key={`y${guide.at}`} className="guide" x1={0} x2={size.width} y1={px(guide.at)} y2={px(guide.at)} />))}
          {frame !== undefined && <rect className="frame-mark" {...box(frame)} />}
          {resizable && handles.map((handle) => <HandleMark key={handle} handle={handle} rect={box(only.rect)} />)}
        </svg>
      </div>
    </div>
  );
}

function HandleMark({ handle, rect }: { handle: Handle; rect: Rect }) {
  const x = handle.includes('w') ? rect.x : handle.includes('e') ? rect.x + rect.width : rect.x + rect.width / 2;
  const y = handle.startsWith('n') ? rect.y : handle.startsWith('s') ? rect.y + rect.height : rect.y + rect.height / 2;
  return <rect className="handle" data-handle={handle} style={{ cursor: `${handle}-resize` }} x={x - 4} y={y - 4} width={8} height={8} />;
}

/** Draws in the same frame as the change: the picture is never a step behind. Times are left on the canvas for the tests. */
function useDrawing({ engine, canvas, onLabel }: { engine: LayoutEngine | undefined; canvas: React.RefObject<HTMLCanvasElement | null>; onLabel: (label: RenderedLabel) => void }): void {
  const { editor, settings, data } = useSession();
  const latest = useRef({ settings, data, onLabel });
  latest.current = { settings, data, onLabel };
  useLayoutEffect(() => {
    if (engine === undefined) return undefined;
    let drawn: unknown;
    const draw = (): void => {
      const target = canvas.current;
      const { document: label } = editor.state();
      if (target === null || drawn === label) return;
      drawn = label;
      const began = performance.now();
      const [first] = engine.render(label, latest.current.data, { dpi: latest.current.settings.dpi });
      if (first === undefined) return;
      paintBitmap(target, first.bitmap);
      const took = performance.now() - began;
      target.dataset['drawMs'] = took.toFixed(2);
      target.dataset['drawn'] = String(Number(target.dataset['drawn'] ?? 0) + 1);
      latest.current.onLabel(first);
    };
    draw();
    return editor.subscribe(draw);
  }, [engine, editor, settings.dpi, data, canvas]);
}
