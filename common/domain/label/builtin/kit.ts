/** Short words for writing built-in templates by hand: everything in millimetres, everything an ordinary element. */
import type { ContentPart, Formatter } from '../content.ts';
import type { BarcodeElement, GroupElement, LabelElement, LineElement, ParagraphElement, QrElement, TableColumn, TableElement, TextElement } from '../document.ts';
import type { Condition } from '../conditions.ts';
import type { FontWeight } from '../fonts/font-set.ts';

/** Millimetres to whole micrometres. */
export const mm = (value: number): number => Math.round(value * 1000);

/** x, y, width, height in millimetres. */
export type Box = readonly [number, number, number, number];
const place = ([x, y, width, height]: Box): { x: number; y: number; width: number; height: number } => ({ x: mm(x), y: mm(y), width: mm(width), height: mm(height) });

/** Literal text. */
export const word = (text: string): ContentPart => ({ text });
/** A field, with text around it when it is not empty. */
export const field = (path: string, more: { format?: Formatter[]; before?: string; after?: string; fallback?: string } = {}): ContentPart => ({
  field: path,
  format: more.format ?? [],
  before: more.before ?? '',
  after: more.after ?? '',
  fallback: more.fallback ?? '',
});
/** A personal field behind its mask. */
export const masked = (path: string, as: 'name' | 'phone' | 'address'): ContentPart => field(path, { format: [{ kind: 'mask', as }] });

type Mix = string | ContentPart | readonly ContentPart[];
const mix = (content: Mix): ContentPart[] => (typeof content === 'string' ? [word(content)] : Array.isArray(content) ? [...content] : [content as ContentPart]);

interface Look {
  readonly weight?: FontWeight;
  readonly align?: 'left' | 'center' | 'right';
  readonly valign?: 'top' | 'middle' | 'bottom';
  readonly reverse?: boolean;
  readonly padding?: number;
  readonly spacing?: number;
  readonly rotation?: 0 | 90 | 180 | 270;
  readonly when?: Condition;
  readonly logo?: 'upper' | 'lower';
  readonly name?: string;
}

/** One line of text; `smallest` lets it shrink to that size, `clamp` then ends it with "…". */
export function text(id: string, box: Box, size: number, content: Mix, look: Look & { smallest?: number; clamp?: boolean } = {}): TextElement {
  return {
    id,
    type: 'text',
    ...place(box),
    rotation: look.rotation ?? 0,
    content: mix(content),
    font: { weight: look.weight ?? 'regular', size: mm(size), spacing: mm(look.spacing ?? 0) },
    align: look.align ?? 'left',
    valign: look.valign ?? 'middle',
    padding: mm(look.padding ?? 0),
    reverse: look.reverse ?? false,
    fit: look.smallest === undefined ? { kind: look.clamp ? 'clamp' : 'none' } : { kind: 'shrink', smallest: mm(look.smallest), then: look.clamp ? 'clamp' : 'none' },
    ...optional(look),
  };
}

/** Wrapped text. */
export function paragraph(id: string, box: Box, size: number, content: Mix, look: Look & { smallest?: number; clamp?: boolean; lineHeight?: number; maxLines?: number } = {}): ParagraphElement {
  return {
    ...text(id, box, size, content, { valign: 'top', ...look }),
    type: 'paragraph',
    lineHeight: look.lineHeight ?? 116,
    ...(look.maxLines === undefined ? {} : { maxLines: look.maxLines }),
  };
}

function optional(look: Look): { when?: Condition; logo?: 'upper' | 'lower'; name?: string } {
  return { ...(look.when ? { when: look.when } : {}), ...(look.logo ? { logo: look.logo } : {}), ...(look.name ? { name: look.name } : {}) };
}

/** A Code 128 with its number below; `caption` 0 leaves the number out. */
export function code128(id: string, box: Box, content: Mix, more: { caption?: number; group?: number; rotation?: 0 | 90 | 180 | 270; largestModule?: number; align?: 'left' | 'center' | 'right'; when?: Condition; spare?: boolean } = {}): BarcodeElement {
  const caption = more.caption ?? 3;
  return {
    id,
    type: 'barcode',
    ...place(box),
    rotation: more.rotation ?? 0,
    content: mix(content),
    symbology: 'code128',
    align: more.align ?? 'center',
    largestModule: mm(more.largestModule ?? 0.6),
    spare: more.spare ?? false,
    ...(caption > 0 ? { caption: { size: mm(caption), weight: 'bold' as const, group: more.group ?? 4, gap: 300 } } : {}),
    ...(more.when ? { when: more.when } : {}),
  };
}

/** A QR code. */
export function qr(id: string, box: Box, content: Mix, more: { largestModule?: number; when?: Condition } = {}): QrElement {
  return { id, type: 'qr', ...place(box), rotation: 0, content: mix(content), level: 'M', largestModule: mm(more.largestModule ?? 0.8), ...(more.when ? { when: more.when } : {}) };
}

/** A horizontal line across `length`, its upper edge at y. */
export function rule(id: string, x: number, y: number, length: number, thickness = 0.25, dash?: { on: number; off: number }): LineElement {
  return { id, type: 'line', ...place([x, y, length, thickness]), rotation: 0, direction: 'horizontal', thickness: mm(thickness), ...(dash ? { dash: { on: mm(dash.on), off: mm(dash.off) } } : {}) };
}

/** A vertical line. */
export function bar(id: string, x: number, y: number, length: number, thickness = 0.25): LineElement {
  return { id, type: 'line', ...place([x, y, thickness, length]), rotation: 0, direction: 'vertical', thickness: mm(thickness) };
}

/** A frame. */
export function frame(id: string, box: Box, thickness = 0.25, when?: Condition): LabelElement {
  return { id, type: 'box', ...place(box), rotation: 0, thickness: mm(thickness), filled: false, ...(when ? { when } : {}) };
}

/** Elements that are shown together. */
export function group(id: string, box: Box, elements: LabelElement[], more: { when?: Condition; logo?: 'upper' | 'lower'; name?: string } = {}): GroupElement {
  return { id, type: 'group', ...place(box), rotation: 0, elements, ...more };
}

/** A column of a table; width 0 takes what is left. */
export function column(width: number, content: Mix, more: Partial<Pick<TableColumn, 'title' | 'align' | 'weight' | 'wrap' | 'emphasis' | 'scale'>> = {}): TableColumn {
  return { content: mix(content), width: mm(width), title: more.title ?? '', align: more.align ?? 'left', weight: more.weight ?? 'regular', wrap: more.wrap ?? false, ...(more.emphasis ? { emphasis: more.emphasis } : {}), ...(more.scale === undefined ? {} : { scale: more.scale }) };
}

/** A table of items, orders or parcels. */
export function table(
  id: string,
  box: Box,
  size: number,
  source: TableElement['source'],
  columns: TableColumn[],
  more: Partial<Pick<TableElement, 'header' | 'rules' | 'overflow' | 'more' | 'when'>> & { gap?: number; weight?: FontWeight } = {},
): TableElement {
  return {
    id,
    type: 'table',
    ...place(box),
    rotation: 0,
    source,
    columns,
    font: { weight: more.weight ?? 'regular', size: mm(size), spacing: 0 },
    header: more.header ?? false,
    rowGap: mm(more.gap ?? 0.4),
    rules: more.rules ?? 'none',
    overflow: more.overflow ?? { kind: 'more' },
    more: more.more ?? '… 另有 {rows} 种 {pieces} 件',
    ...(more.when ? { when: more.when } : {}),
  };
}
