/**
 * Zoom of the canvas as screen pixels per dot. Only whole ratios: a dot is 1, 2, 3, 4 pixels, or 2 × 2, 3 × 3 … dots share one pixel
 * as their mean, so that no dot is ever drawn half on one pixel and half on the next.
 */
export const zoomSteps = [1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest step with which dots fit into pixels; the smallest one when none does. */
export function fitZoom(dots: Size, room: Size): number {
  return zoomSteps.findLast((step) => dots.width * step <= room.width && dots.height * step <= room.height) ?? zoomSteps[0];
}

/** The next step larger (1) or smaller (-1); the last one stays. */
export function nextZoom(zoom: number, by: 1 | -1): number {
  const next = by === 1 ? zoomSteps.find((step) => step > zoom) : zoomSteps.findLast((step) => step < zoom);
  return next ?? zoom;
}

/** `2:1` for two pixels a dot, `1:2` for two dots a pixel. */
export function zoomName(zoom: number): string {
  return zoom >= 1 ? `${zoom}:1` : `1:${Math.round(1 / zoom)}`;
}
