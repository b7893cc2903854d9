/** The true dots of the document on a canvas: drawn with the change itself, outside React. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { LayoutEngine } from '../../../common/domain/label/engine.ts';
import { paintBitmap } from './paint.ts';
import { useSession } from './session.ts';

/**
 * Draws in the same turn as the change: the picture is never a step behind. Gives back the height of the paper in dots, which on a
 * roll is as long as what is on it. Times are left on the canvas for whoever measures.
 */
export function useDrawing(engine: LayoutEngine | undefined, canvas: RefObject<HTMLCanvasElement | null>): number | undefined {
  const { editor, settings, data, picture, settled } = useSession();
  const [height, setHeight] = useState<number | undefined>(undefined);
  const latest = useRef({ dpi: settings.dpi, data });
  latest.current = { dpi: settings.dpi, data };
  useLayoutEffect(() => {
    if (engine === undefined) return undefined;
    let drawn: unknown;
    const draw = (): void => {
      const target = canvas.current;
      const { document: label } = editor.state();
      if (target === null || drawn === label) return;
      drawn = label;
      const began = performance.now();
      const [first] = engine.render(label, latest.current.data, { dpi: latest.current.dpi });
      if (first === undefined) return;
      paintBitmap(target, first.bitmap);
      const took = performance.now() - began;
      target.dataset['drawMs'] = took.toFixed(2);
      target.dataset['drawn'] = String(Number(target.dataset['drawn'] ?? 0) + 1);
      picture.set(first);
      setHeight(first.bitmap.height);
    };
    draw();
    settled.touch();
    return editor.subscribe(draw);
  }, [engine, editor, settings.dpi, data, canvas, picture, settled]);
  return height;
}
