/** Zoom of the canvas: fitted to the room there is, or chosen; the place looked at stays in the middle. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Rect } from '../core/tree.ts';
import { fitZoom, nextZoom } from '../core/zoom.ts';
import { useSession } from './session.ts';

/** Rulers and the desk around the paper, in pixels; the same numbers as in designer.css. */
const around = { width: 24 + 4 + 16 + 16, height: 20 + 4 + 8 + 16 } as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Screen pixels per dot for a paper of this size. `focus` is what should be in view after a change, in micrometres. */
export function useZoom(scroller: RefObject<HTMLDivElement | null>, dots: Size, focus: () => { readonly rect: Rect; readonly perMicrometre: number } | undefined): number {
  const { settings, set, zoom: shown } = useSession();
  const [room, setRoom] = useState<Size | undefined>(undefined);
  useLayoutEffect(() => {
    const node = scroller.current;
    if (node === null) return undefined;
    const measure = (): void => setRoom((now) => {
      const next = { width: node.clientWidth - around.width, height: node.clientHeight - around.height };
      return now?.width === next.width && now.height === next.height ? now : next;
    });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, [scroller]);

  const zoom = settings.zoom === 'fit' ? (room === undefined ? 1 : fitZoom(dots, room)) : settings.zoom;
  const before = useRef(zoom);
  const look = useRef(focus);
  look.current = focus;
  useLayoutEffect(() => {
    shown.set(zoom);
    const node = scroller.current;
    if (node === null || before.current === zoom) return;
    const by = zoom / before.current;
    before.current = zoom;
    const at = look.current();
    const half = { x: node.clientWidth / 2, y: node.clientHeight / 2 };
    const middle = at === undefined
      ? { x: (node.scrollLeft + half.x) * by, y: (node.scrollTop + half.y) * by }
      : { x: (at.rect.x + at.rect.width / 2) * at.perMicrometre * zoom, y: (at.rect.y + at.rect.height / 2) * at.perMicrometre * zoom };
    node.scrollTo(middle.x - half.x, middle.y - half.y);
  }, [zoom, scroller, shown]);

  useEffect(() => {
    const node = scroller.current;
    if (node === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      set({ zoom: nextZoom(shown.get(), event.deltaY < 0 ? 1 : -1) });
    };
    node.addEventListener('wheel', onWheel, { passive: false });
    return () => node.removeEventListener('wheel', onWheel);
  }, [scroller, set, shown]);
  return zoom;
}
