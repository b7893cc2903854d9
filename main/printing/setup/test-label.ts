/**
 * The test label: bars across and along the feed in the modules that are used, rulers, two lines at exactly 10 mm from the upper left
 * corner, and the settings in words. It is laid out for the printer's own paper and resolution, so what is measured on it is the printer.
 */
import { defineDocument } from '../../../common/domain/label/document.ts';
import type { LabelDocument, LabelElementInput } from '../../../common/domain/label/document.ts';
import type { PrinterProfile } from '../types.ts';

/** Distance of the two measuring lines from the edges of the page, and length of the ruler, in millimetres. */
export const measuringMillimetres = 10;
export const rulerMillimetres = 50;

/** Height used for continuous paper. */
const continuousHeight = 60_000;
const margin = 3_500;
const lineThickness = 250;

export interface TestLabelWords {
  readonly printer: string;
  /** Printed in the corner, so that a label on the table can be told from an older one. */
  readonly printedAt: string;
}

/** The document of the test label for one printer. Small paper gets what fits: lines and ruler first, then bars. */
export function testLabel(profile: PrinterProfile, words: TestLabelWords): LabelDocument {
  const width = profile.media.widthMicrometres;
  const height = profile.media.kind === 'continuous' ? continuousHeight : profile.media.heightMicrometres;
  const at = measuringMillimetres * 1_000;
  const elements: LabelElementInput[] = [
    { id: 'left-line', type: 'line', direction: 'vertical', thickness: lineThickness, x: at, y: margin, width: lineThickness, height: Math.min(height - 2 * margin, 40_000) },
    { id: 'top-line', type: 'line', direction: 'horizontal', thickness: lineThickness, x: margin, y: at, width: width - 2 * margin, height: lineThickness },
    text('left-word', [at + 700, margin, 22_000, 3_000], `← ${measuringMillimetres} mm`, 2_600),
    text('top-word', [width - margin - 24_000, at + 700, 24_000, 3_000], `↑ ${measuringMillimetres} mm`, 2_600, 'right'),
  ];
  const inner = at + 3_000;
  const innerWidth = width - inner - margin;
  let y = at + 4_500;
  const ruler = Math.min(rulerMillimetres, Math.floor(innerWidth / 1_000));
  elements.push(...rulerElements(inner, y, ruler));
  y += 8_500;
  elements.push(text('words', [inner, y, innerWidth, 3_200], words.printer, 2_800), text('settings', [inner, y + 3_400, innerWidth, 3_000], settingsText(profile), 2_400), text('date', [inner, y + 6_600, innerWidth, 3_000], words.printedAt, 2_400));
  y += 11_500;
  const bars = Math.max(0, height - y - margin);
  if (bars >= 10_000) elements.push(...barElements(inner, y, innerWidth, bars, profile.dpi));
  return defineDocument({ format: 'packbench-label', version: 1, name: 'Test label', purpose: 'other', privacy: 'internal', media: { width, height }, elements });
}

function settingsText(profile: PrinterProfile): string {
  const { offset } = profile;
  return `${profile.language.toUpperCase()} ${profile.dpi} dpi  D${profile.darkness ?? '-'} S${profile.speed ?? '-'}  X${offset.xMicrometres / 1_000} Y${offset.yMicrometres / 1_000}`;
}

type Box = readonly [number, number, number, number];

function text(id: string, [x, y, width, height]: Box, content: string, size: number, align: 'left' | 'right' = 'left'): LabelElementInput {
  return { id, type: 'text', x, y, width, height, content: [{ text: content }], font: { size, weight: 'medium' }, align, fit: { kind: 'clamp' } };
}

function rulerElements(x: number, y: number, millimetres: number): LabelElementInput[] {
  const elements: LabelElementInput[] = [{ id: 'ruler', type: 'line', direction: 'horizontal', thickness: lineThickness, x, y, width: millimetres * 1_000 + lineThickness, height: lineThickness }];
  for (let mark = 0; mark <= millimetres; mark++) {
    const long = mark % 10 === 0 ? 3_000 : mark % 5 === 0 ? 2_200 : 1_400;
    elements.push({ id: `ruler-${mark}`, type: 'line', direction: 'vertical', thickness: lineThickness, x: x + mark * 1_000, y, width: lineThickness, height: long });
    if (mark % 10 === 0 && mark > 0) elements.push(text(`ruler-word-${mark}`, [x + mark * 1_000 - 5_500, y + 3_200, 6_000, 2_600], String(mark), 2_200, 'right'));
  }
  return elements;
}

/** Bars and gaps of 2, 3 and 4 dots: `fence` has its bars along the feed, `ladder` across it. */
function barElements(x: number, y: number, width: number, height: number, dpi: number): LabelElementInput[] {
  const dot = 25_400 / (dpi === 203 ? 203.2 : dpi);
  const block = Math.min(12_000, Math.floor((width - 4_000) / 3));
  const half = Math.min(12_000, Math.floor((height - 8_000) / 2));
  if (block < 4_000 || half < 3_000) return [];
  return [2, 3, 4].flatMap((dots, column): LabelElementInput[] => {
    const thick = Math.round(dots * dot);
    const left = x + column * (block + 2_000);
    const bars: LabelElementInput[] = [text(`bars-${dots}`, [left, y, block, 2_800], `${dots}`, 2_400)];
    for (let at = 0; at + dots * dot <= block; at += 2 * dots * dot) {
      bars.push({ id: `fence-${dots}-${Math.round(at)}`, type: 'line', direction: 'vertical', thickness: thick, x: Math.round(left + at), y: y + 3_000, width: thick, height: half });
    }
    for (let at = 0; at + dots * dot <= half; at += 2 * dots * dot) {
      bars.push({ id: `ladder-${dots}-${Math.round(at)}`, type: 'line', direction: 'horizontal', thickness: thick, x: left, y: Math.round(y + 4_000 + half + at), width: block, height: thick });
    }
    return bars;
  });
}
