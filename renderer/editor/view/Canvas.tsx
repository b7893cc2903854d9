/** The label with handles over it. The background is the true raster; only handles, guides and marks are drawn by the page. */
import { memo, useEffect, useMemo, useRef } from 'react';
import type { DragEvent } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import { dotsPerInch, toDots } from '../../../common/domain/label/units.ts';
import { addElements } from '../core/commands.ts';
import { dropType, newPicture, readDropped } from '../core/new-elements.ts';
import { onDots } from '../core/snap.ts';
import type { Guide, Handle } from '../core/snap.ts';
import { outermost, placedOnPaper, unionOf } from '../core/tree.ts';
import type { Placed, Rect } from '../core/tree.ts';
import { ContextMenu } from './ContextMenu.tsx';
import { useDrawing, useFarPicture } from './drawing.ts';
import { useGestures } from './gestures.ts';
import { paintPicture } from './paint.ts';
import { usePictureFile } from './picture-file.ts';
import { Rulers } from './Rulers.tsx';
import { useEditorState, useSession, useValue } from './session.ts';
import { useDesignerTexts } from './texts.ts';
import { useZoom } from './zooming.ts';

const handles: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

export const Canvas = memo(function Canvas({ engine }: { engine: LayoutEngine | undefined }) {
  const { editor, settings, picture } = useSession();
  const t = useDesignerTexts();
  const readPicture = usePictureFile();
  const { document: label, selection } = useEditorState(editor);
  const scroller = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const far = useRef<HTMLCanvasElement>(null);
  const { media } = label;

  useDrawing(engine, canvas);
  const drawn = useValue(picture);
  // A roll is as long as what is on it.
  const dots = { width: toDots(media.width, settings.dpi), height: (media.continuous ? drawn?.bitmap.height : undefined) ?? toDots(media.height, settings.dpi) };
  const perMicrometre = dotsPerInch(settings.dpi) / 25_400;
  const flow = media.continuous ? drawn?.flow : undefined;
  const placed = useMemo(() => placedOnPaper(label, flow), [label, flow]);
  const inDocument = outermost(label, selection);
  const chosen = flow === undefined ? inDocument : inDocument.map((one) => placed.find((seen) => seen.element.id === one.element.id) ?? one);
  const union = unionOf(chosen.map((one) => one.rect));
  /** How far below its place in the document the selection is seen. */
  const sunk = (union?.y ?? 0) - (unionOf(inDocument.map((one) => one.rect))?.y ?? 0);
  const zoom = useZoom(scroller, dots, () => union && { rect: union, perMicrometre });
  const scale = perMicrometre * zoom;
  const size = { width: Math.ceil(dots.width * zoom), height: Math.ceil(dots.height * zoom) };
  useFarPicture(far, Math.round(1 / zoom));
  const gestures = useGestures(stage, scale, placed);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.key === 'Escape' && gestures.cancel()) event.stopPropagation();
  }
  async function onDrop(event: DragEvent): Promise<void> {
    event.preventDefault();
    const at = gestures.pointOf(event);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) {
      const picture = await readPicture(file);
      if (picture !== undefined) editor.run(addElements([newPicture(picture, at)]));
      return;
    }
    const element = readDropped(event.dataTransfer.getData(dropType), at, label, t('text'));
    if (element !== undefined) editor.run(addElements([{ ...element, x: onDots(element.x, settings.dpi), y: onDots(element.y, settings.dpi) }]));
    stage.current?.focus({ preventScroll: true });
  }
  return (
    <div ref={scroller} className="designer-middle">
      <div className="designer-desk">
        <Rulers width={media.width} height={dots.height / perMicrometre} scale={scale} dpi={settings.dpi} selection={union} />
        <ContextMenu>
          <div
            ref={stage} className="designer-stage" onContextMenu={gestures.onContextMenu} style={{ ...size, '--zoom': zoom } as React.CSSProperties} data-zoom={zoom} tabIndex={0} role="application" aria-label={t('canvas')}
            onPointerDown={gestures.onPointerDown} onPointerMove={gestures.onPointerMove} onPointerUp={gestures.onPointerUp} onKeyDown={onKeyDown}
            onDragOver={(event) => event.preventDefault()} onDrop={(event) => void onDrop(event)}
          >
            {media.underlay !== undefined && settings.underlay && <Underlay picture={media.underlay} size={size} />}
            <canvas ref={canvas} className={zoom < 1 ? 'designer-dots unseen' : 'designer-dots'} data-testid="label-canvas" />
            <canvas ref={far} className={zoom < 1 ? 'designer-far' : 'designer-far unseen'} />
            <svg className="designer-overlay" width={size.width} height={size.height} aria-hidden>
              {media.cutLines.map((cut) => <line key={cut} className="cut-line" x1={-12} x2={size.width + 12} y1={cut * scale} y2={cut * scale} />)}
              <FindingMarks placed={placed} scale={scale} />
              {chosen.map(({ element, rect }) => <rect key={element.id} className={element.locked === true ? 'selected locked' : 'selected'} {...box(rect, scale)} />)}
              {gestures.guides.map((guide) => <GuideLine key={guide.axis + String(guide.at)} guide={guide.axis === 'y' ? { ...guide, at: guide.at + sunk } : guide} scale={scale} size={size} />)}
              {gestures.frame !== undefined && <rect className="frame-mark" {...box(gestures.frame, scale)} />}
              {union !== undefined && chosen.length > 1 && <rect className="together" {...box(union, scale)} />}
              {union !== undefined && chosen.every((one) => one.element.locked !== true) && handlesFor(chosen).map((handle) => <HandleMark key={handle} handle={handle} rect={box(union, scale)} />)}
              {union !== undefined && gestures.dragging && <Readout rect={union} at={{ x: union.x, y: union.y - sunk }} scale={scale} />}
            </svg>
          </div>
        </ContextMenu>
      </div>
    </div>
  );
});

/** A line is drawn longer or shorter; its thickness is a property. */
function handlesFor(chosen: readonly Placed[]): readonly Handle[] {
  const [only] = chosen;
  if (chosen.length !== 1 || only?.element.type !== 'line') return handles;
  return only.element.direction === 'horizontal' ? ['w', 'e'] : ['n', 's'];
}

function box(rect: Rect, scale: number): { x: number; y: number; width: number; height: number } {
  return { x: rect.x * scale, y: rect.y * scale, width: Math.max(2, rect.width * scale), height: Math.max(2, rect.height * scale) };
}

function Underlay({ picture, size }: { picture: Parameters<typeof paintPicture>[1]; size: { width: number; height: number } }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) paintPicture(canvas.current, picture);
  }, [picture]);
  return <canvas ref={canvas} className="designer-underlay" style={size} />;
}

/** Places of errors, the one a list points at, and the custom area while its lists are open. */
function FindingMarks({ placed, scale }: { placed: readonly Placed[]; scale: number }) {
  const session = useSession();
  const findings = useValue(session.findings);
  const pointed = useValue(session.pointed);
  const area = useValue(session.area);
  const faulty = new Set(findings.filter((finding) => finding.severity === 'error').map((finding) => finding.element));
  return (
    <>
      {area !== undefined && <rect className="area-mark" {...box(area, scale)} />}
      {placed.filter((one) => faulty.has(one.element.id)).map(({ element, rect }) => <rect key={element.id} className="lint-mark" {...box(rect, scale)} />)}
      {placed.filter((one) => one.element.id === pointed).map(({ element, rect }) => <rect key={element.id} className="pointed-mark" {...box(rect, scale)} />)}
    </>
  );
}

function GuideLine({ guide, scale, size }: { guide: Guide; scale: number; size: { width: number; height: number } }) {
  const at = guide.at * scale;
  return guide.axis === 'x' ? <line className="guide" x1={at} x2={at} y1={0} y2={size.height} /> : <line className="guide" x1={0} x2={size.width} y1={at} y2={at} />;
}

function HandleMark({ handle, rect }: { handle: Handle; rect: Rect }) {
  const x = handle.includes('w') ? rect.x : handle.includes('e') ? rect.x + rect.width : rect.x + rect.width / 2;
  const y = handle.startsWith('n') ? rect.y : handle.startsWith('s') ? rect.y + rect.height : rect.y + rect.height / 2;
  return <rect className="handle" data-handle={handle} style={{ cursor: `${handle}-resize` }} x={x - 4} y={y - 4} width={8} height={8} />;
}

/** Place and size under the hand, in millimetres. */
function Readout({ rect, at, scale }: { rect: Rect; at: { x: number; y: number }; scale: number }) {
  const mm = (value: number): string => (value / 1_000).toFixed(2);
  return <text className="readout" x={(rect.x + rect.width) * scale + 8} y={rect.y * scale - 6} textAnchor="end">{`${mm(at.x)}, ${mm(at.y)} · ${mm(rect.width)} × ${mm(rect.height)} mm`}</text>;
}
