/** The true dots of the document on a canvas: drawn with the change itself, outside React. */
import { useLayoutEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import { paintBitmap, paintMeans } from './paint.ts';
import { useSession } from './session.ts';

/** Draws in the same turn as the change: the picture is never a step behind. Times are left on the canvas for whoever measures. */
export function useDrawing(engine: LayoutEngine | undefined, canvas: RefObject<HTMLCanvasElement | null>): void {
  const { editor, settings, data, printer, picture, settled } = useSession();
  const latest = useRef({ dpi: settings.dpi, data, printer });
  latest.current = { dpi: settings.dpi, data, printer };
  useLayoutEffect(() => {
    if (engine === undefined) return undefined;
    let drawn: unknown;
    const draw = (): void => {
      const target = canvas.current;
      const { document: label } = editor.state();
      if (target === null || drawn === label) return;
      drawn = label;
      const began = performance.now();
      const [first] = engine.render(label, latest.current.data, { dpi: latest.current.dpi, logos: latest.current.printer?.logos });
      if (first === undefined) return;
      paintBitmap(target, first.bitmap);
      picture.set(first);
      target.dataset['drawMs'] = (performance.now() - began).toFixed(2);
      target.dataset['drawn'] = String(Number(target.dataset['drawn'] ?? 0) + 1);
    };
    draw();
    settled.touch();
    return editor.subscribe(draw);
  }, [engine, editor, settings.dpi, data, printer, canvas, picture, settled]);
}

/** The same dots seen from afar, `across` of them to a pixel; nothing from 1:1 on. */
export function useFarPicture(canvas: RefObject<HTMLCanvasElement | null>, across: number): void {
  const { picture } = useSession();
  useLayoutEffect(() => {
    if (across < 2) return undefined;
    const paint = (): void => {
      const label = picture.get();
      if (canvas.current !== null && label !== undefined) paintMeans(canvas.current, label.bitmap, across);
    };
    paint();
    return picture.subscribe(paint);
  }, [canvas, across, picture]);
}
