/** What changed between two pictures of one label, so that only that is drawn again. */
import type { Bitmap } from '../../../common/domain/label/rendered.ts';

/** Rows and byte columns, ends left out. */
export interface DirtyArea {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The smallest area that holds every byte in which two bitmaps of one size differ; undefined when they are the same. */
export function changedArea(before: Bitmap, after: Bitmap): DirtyArea | undefined {
  let [top, bottom, left, right] = [after.height, 0, after.stride, 0];
  for (let y = 0, at = 0; y < after.height; y++) {
    for (let column = 0; column < after.stride; column++, at++) {
      if (before.bits[at] === after.bits[at]) continue;
      if (y < top) top = y;
      bottom = y + 1;
      if (column < left) left = column;
      if (column >= right) right = column + 1;
    }
  }
  return bottom === 0 ? undefined : { top, bottom, left, right };
}
