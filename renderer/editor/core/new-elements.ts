/** Fresh elements of every kind, as the palette makes them. */
import { z } from 'zod';
import { fieldPart } from '../../../common/domain/label/field-part.ts';
import type { ContentPart } from '../../../common/domain/label/content.ts';
import type { LabelDocument, LabelElement, LabelElementInput, Picture } from '../../../common/domain/label/document.ts';
import { elementSchema } from '../../../common/domain/label/document.ts';
import { legible } from '../../../common/domain/label/units.ts';

export const paletteKinds = ['text', 'field', 'paragraph', 'barcode', 'qr', 'line', 'vline', 'box', 'table', 'image'] as const;
export type PaletteKind = (typeof paletteKinds)[number];

interface Start {
  readonly field?: string;
  /** What a new text says, in the language of the screen. */
  readonly words?: string;
  readonly picture?: Picture;
  readonly document?: LabelDocument;
}

/** An element of a kind near a point, in the sizes people start from. */
export function newElement(kind: PaletteKind, at: { readonly x: number; readonly y: number }, more: Start = {}): LabelElement {
  return elementSchema.parse(input(kind, at, more));
}

function input(kind: PaletteKind, { x, y }: { readonly x: number; readonly y: number }, more: Start): LabelElementInput {
  const base = { x: Math.round(x), y: Math.round(y) };
  const content: ContentPart[] = [more.field === undefined ? { text: more.words ?? '文字' } : fieldPart(more.field)];
  const shrink = { kind: 'shrink', smallest: legible, then: 'clamp' } as const;
  switch (kind) {
    case 'text':
    case 'field':
      return { ...base, id: 'text', type: 'text', width: 30_000, height: 5_000, content, font: { size: 3_500 }, fit: shrink };
    case 'paragraph':
      return { ...base, id: 'paragraph', type: 'paragraph', width: 40_000, height: 12_000, content, font: { size: 3_000 }, fit: shrink };
    case 'barcode': {
      // As wide as the paper allows: the longest numbers need it, and a wide module scans best.
      const width = Math.min(90_000, (more.document?.media.width ?? 76_000) - 6_000);
      return { ...base, x: Math.round(((more.document?.media.width ?? 76_000) - width) / 2), id: 'barcode', type: 'barcode', width, height: 15_000, content: [fieldPart(more.field ?? 'waybill.number')], symbology: 'code128', caption: { size: 3_000, group: 4 } };
    }
    case 'qr':
      return { ...base, id: 'qr', type: 'qr', width: 20_000, height: 20_000, content: [fieldPart(more.field ?? 'waybill.qr')] };
    case 'line':
      return { ...base, id: 'line', type: 'line', width: 40_000, height: 250, direction: 'horizontal', thickness: 250 };
    case 'vline':
      return { ...base, id: 'line', type: 'line', width: 250, height: 20_000, direction: 'vertical', thickness: 250 };
    case 'box':
      return { ...base, id: 'box', type: 'box', width: 30_000, height: 15_000 };
    case 'table':
      return {
        ...base, id: 'table', type: 'table', width: 60_000, height: 20_000, source: 'items', font: { size: 3_000 },
        columns: [
          { content: [fieldPart('item.shortName'), { field: 'item.sku', before: ' ' }], width: 0, wrap: true },
          { content: [{ field: 'item.quantity', before: '×' }], width: 10_000, align: 'right', weight: 'bold', emphasis: { field: 'item.quantity', isNot: 1 } },
        ],
        overflow: { kind: 'shrink', smallest: 2_500, then: 'more' },
      };
    case 'image':
      return { ...base, id: 'image', type: 'image', width: 20_000, height: 15_000, picture: more.picture ?? { width: 1, height: 1, grey: 'eJz7DwABAAEA' } };
  }
}

/** A picture as wide as a logo, in its own shape, with its middle at a point. */
export function newPicture(picture: Picture, middle: { readonly x: number; readonly y: number }): LabelElement {
  const width = 30_000;
  const height = Math.max(1_000, Math.round((width * picture.height) / picture.width));
  return { ...newElement('image', { x: middle.x - width / 2, y: middle.y - height / 2 }, { picture }), width, height };
}

/** A place for a new element that covers no other: below everything, or the middle of the paper. */
export function freePlace(document: LabelDocument): { x: number; y: number } {
  const lowest = Math.max(0, ...document.elements.map((element) => element.y + element.height));
  const y = lowest + 2_000;
  return y < document.media.height - 15_000 ? { x: 4_000, y } : { x: 4_000, y: Math.round(document.media.height / 2) };
}

/** What the palette and the field list hand over when something is dragged from them. */
export const dropType = 'application/x-packbench-element';
const dropSchema = z.object({ kind: z.enum(paletteKinds).exclude(['image']), field: z.string().max(100).optional() });
export type DropPacket = z.infer<typeof dropSchema>;

/** The element that was dropped, its middle at a point; undefined for anything this page did not hand over. */
export function readDropped(text: string, at: { readonly x: number; readonly y: number }, document: LabelDocument, words?: string): LabelElement | undefined {
  let packet: DropPacket;
  try {
    packet = dropSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
  const element = newElement(packet.kind, at, { document, ...(words !== undefined && { words }), ...(packet.field !== undefined && { field: packet.field }) });
  return { ...element, x: Math.round(at.x - element.width / 2), y: Math.round(at.y - element.height / 2) };
}
