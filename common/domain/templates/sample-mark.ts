/** What tells a test label from one that may be stuck on a parcel. */
import type { LabelDocument, LabelElement } from '../label/document.ts';
import { elementSchema } from '../label/document.ts';
import type { RenderedLabel } from '../label/rendered.ts';
import { toDots, toMicrometres } from '../label/units.ts';

/** Stands in the place of a waybill number: no carrier gives such a one, and its code is exactly as wide as that of a usual number. */
export const sampleNumber = 'SAMPLE000000';

const words = '样张 SAMPLE 请勿寄出';
/** Height of the band where there is white enough for it, and the least it may be. */
const heights = { wanted: 6_000, least: 4_000, step: 500 } as const;
/** White left above and below it. */
const gap = 400;
const edge = 2_000;
/** Ink under the band is worse than none, a code under it worse than any other ink. */
const codeCost = 100_000;

interface Strip {
  readonly y: number;
  readonly height: number;
}

/** The document with a black band across it that says it is a sample, where the labels drawn from it are white. Papers that never leave the house stay as they are. */
export function markAsSample(document: LabelDocument, drawn: readonly RenderedLabel[]): LabelDocument {
  const { media, purpose } = document;
  if (purpose !== 'waybill' && purpose !== 'return' && purpose !== 'other') return document;
  // On a roll what is added last comes last, wherever the lists above it end.
  const lowest = Math.max(0, ...document.elements.map((element) => element.y + element.height));
  const { y, height } = media.continuous ? { y: lowest + edge, height: heights.wanted } : whitest(drawn, Math.min(heights.wanted, Math.round(media.height / 6)), media.cutLines);
  const band: LabelElement = elementSchema.parse({
    id: 'sample-mark', type: 'text', x: edge, y, width: media.width - edge * 2, height, content: [{ text: words }], font: { size: Math.round(height * 0.7), weight: 'bold' }, align: 'center', reverse: true, fit: { kind: 'shrink', smallest: 1_500, then: 'clamp' },
  });
  return { ...document, elements: [...document.elements.filter((element) => element.id !== band.id), band] };
}

/** A white strip, of the wanted height or lower where there is none; where there is no white at all the one with least ink. Codes and cut lines are avoided. */
function whitest(drawn: readonly RenderedLabel[], wanted: number, cutLines: readonly number[]): Strip {
  const [first] = drawn;
  if (first === undefined) return { y: edge, height: wanted };
  const dots = (micrometres: number): number => toDots(micrometres, first.dpi);
  const cost = inkOfRows(drawn, first.bitmap.height);
  for (const cut of cutLines) cost[dots(cut)] = (cost[dots(cut)] ?? 0) + codeCost;
  const best = (height: number): { readonly top: number; readonly cost: number } => {
    const [rows, margin, free] = [dots(height), dots(edge), dots(gap)];
    let found = { top: margin, cost: Infinity };
    for (let top = margin; top + rows + margin <= cost.length && found.cost > 0; top++) {
      const sum = cost.subarray(top - free, top + rows + free).reduce((all, one) => all + one, 0);
      if (sum < found.cost) found = { top, cost: sum };
    }
    return found;
  };
  for (let height = wanted; height >= heights.least; height -= heights.step) {
    const { top, cost: ink } = best(height);
    if (ink === 0) return { y: toMicrometres(top, first.dpi), height };
  }
  return { y: toMicrometres(best(wanted).top, first.dpi), height: wanted };
}

/** Black dots of every row, of all labels over each other. */
function inkOfRows(drawn: readonly RenderedLabel[], rows: number): Float64Array {
  const cost = new Float64Array(rows);
  for (const { bitmap, codes } of drawn) {
    for (let row = 0; row < Math.min(rows, bitmap.height); row++) {
      for (let at = row * bitmap.stride; at < (row + 1) * bitmap.stride; at++) cost[row] = (cost[row] ?? 0) + ones(bitmap.bits[at] ?? 0);
    }
    for (const { rect } of codes) for (let row = Math.max(0, rect.y); row < Math.min(rows, rect.y + rect.height); row++) cost[row] = (cost[row] ?? 0) + codeCost;
  }
  return cost;
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}
