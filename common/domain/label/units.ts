/**
 * Micrometres to dots and back. The document speaks micrometres; everything after the layout speaks whole dots.
 */

/** Printer heads sold as 203 dpi have 8 dots per millimetre, which is 203.2 dots per inch. 300 and 600 are exact. */
const trueDotsPerInch: Readonly<Record<number, number>> = { 203: 203.2 };

const micrometresPerInch = 25_400;

/** Dots per inch a head really has, for the number it is sold by. */
export function dotsPerInch(dpi: number): number {
  return trueDotsPerInch[dpi] ?? dpi;
}

/** Whole dots nearest to a length in micrometres. */
export function toDots(micrometres: number, dpi: number): number {
  return Math.round((micrometres * dotsPerInch(dpi)) / micrometresPerInch);
}

/** Length in micrometres of a number of dots, rounded to whole micrometres. */
export function toMicrometres(dots: number, dpi: number): number {
  return Math.round((dots * micrometresPerInch) / dotsPerInch(dpi));
}

/** Heads outside this range are refused: below, Chinese text cannot be read; above, no label printer exists. */
export const dpiLimits = { min: 100, max: 1200 } as const;

/** Letters a courier reads at the door on the coarsest usual head, 203 dpi: 20 dots. Micrometres. */
export const legible = 2_500;
