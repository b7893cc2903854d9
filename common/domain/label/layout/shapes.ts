/** Lines, plain and dashed. */
import type { LineElement } from '../document.ts';
import type { DotRect } from '../rendered.ts';
import { toDots } from '../units.ts';
import { draw, type Sheet } from './sheet.ts';

/** A line runs along its box; its thickness grows from the box's upper left edge. */
export function layLine(sheet: Sheet, element: LineElement, box: DotRect): void {
  const thickness = Math.max(1, toDots(element.thickness, sheet.dpi));
  const horizontal = element.direction === 'horizontal';
  const length = horizontal ? box.width : box.height;
  const piece = (from: number, size: number): DotRect => (horizontal ? { x: box.x + from, y: box.y, width: size, height: thickness } : { x: box.x, y: box.y + from, width: thickness, height: size });
  if (length < 1) return;
  if (!element.dash) {
    draw(sheet, element.id, { kind: 'fill', rect: piece(0, length) });
    return;
  }
  const on = Math.max(1, toDots(element.dash.on, sheet.dpi));
  const off = Math.max(1, toDots(element.dash.off, sheet.dpi));
  for (let at = 0; at < length; at += on + off) draw(sheet, element.id, { kind: 'fill', rect: piece(at, Math.min(on, length - at)) });
}
