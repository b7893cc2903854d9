/** What tells a test label from one that may be stuck on a parcel. */
import type { LabelDocument, LabelElement } from '../label/document.ts';
import { elementSchema } from '../label/document.ts';
import type { RenderedLabel } from '../label/rendered.ts';
import { toDots, toMicrometres } from '../label/units.ts';

/** Stands in the place of a waybill number: no carrier gives such a one, and its code is exactly as wide as that of a usual number. */
export const sampleNumber = 'SAMPLE000000';

const words = '样张 SAMPLE 请勿寄出';
const highest = 6_000;
const edge = 2_000;
/** Ink under the band is worse than none, a code under it worse than any other ink. */
const codeCost = 100_000;

/** The document with a black band across it that says it is a sample, where the labels drawn from it have most white. */
export function markAsSample(document: LabelDocument, drawn: readonly RenderedLabel[]): LabelDocument {
  const { media } = document;
  const height = Math.min(highest, Math.round(media.height / 6));
  // On a roll what is added last comes last, wherever the lists above it end.
  const lowest = Math.max(0, ...document.elements.map((element) => element.y + element.height));
  const y = media.continuous ? lowest + edge : whitest(drawn, height, media.cutLines);
  const band: LabelElement = elementSchema.parse({
    id: 'sample-mark', type: 'text', x: edge, y, width: media.width - edge * 2, height, content: [{ text: words }], font: { size: Math.round(height * 0.7), weight: 'bold' }, align: 'center', reverse: true, fit: { kind: 'shrink', smallest: 1_500, then: 'clamp' },
  });
  return { ...document, elements: [...document.elements.filter((element) => element.id !== band.id), band] };
}

/** Top of the strip of this height with least ink in it, codes and cut lines avoided; micrometres. */
function whitest(drawn: readonly RenderedLabel[], height: number, cutLines: readonly number[]): number {
  const [first] = drawn;
  if (first === undefined) return edge;
  const dots = (micrometres: number): number => toDots(micrometres, first.dpi);
  const cost = new Float64Array(first.bitmap.height);
  for (const { bitmap, codes } of drawn) {
    for (let row = 0; row < Math.min(cost.length, bitmap.height); row++) {
      for (let at = row * bitmap.stride; at < (row + 1) * bitmap.stride; at++) cost[row] = (cost[row] ?? 0) + ones(bitmap.bits[at] ?? 0);
    }
    for (const { rect } of codes) for (let row = Math.max(0, rect.y); row < Math.min(cost.length, rect.y + rect.height); row++) cost[row] = (cost[row] ?? 0) + codeCost;
  }
  for (const cut of cutLines) cost[dots(cut)] = (cost[dots(cut)] ?? 0) + codeCost;
  const [rows, margin] = [dots(height), dots(edge)];
  let best = { top: margin, cost: Infinity };
  for (let top = margin; top + rows + margin <= cost.length; top++) {
    const sum = cost.subarray(top, top + rows).reduce((all, one) => all + one, 0);
    if (sum < best.cost) best = { top, cost: sum };
  }
  return toMicrometres(best.top, first.dpi);
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++;
  return count;
}
