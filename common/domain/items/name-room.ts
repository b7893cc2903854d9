/** How much room a template gives to the name of one item. */
import { allElements } from '../label/document.ts';
import type { LabelDocument, LabelElement } from '../label/document.ts';

export interface NameRoom {
  /** Dots across the place of the name. */
  readonly width: number;
  /** Height of its characters in dots. */
  readonly size: number;
  /** True when a longer name goes on in a second line. */
  readonly wraps: boolean;
}

const micrometresPerInch = 25_400;

/** The place of the item name in a document at a resolution; undefined when it prints no items. The first such place counts. */
export function nameRoom(document: LabelDocument, dpi: number): NameRoom | undefined {
  const dots = (micrometres: number): number => Math.floor((micrometres * dpi) / micrometresPerInch);
  for (const element of allElements(document.elements)) {
    if (element.type === 'table' && element.source === 'items') {
      const at = element.columns.findIndex((column) => column.content.some((part) => 'field' in part && part.field === 'item.shortName'));
      const column = element.columns[at];
      if (column === undefined) continue;
      const fixed = element.columns.reduce((sum, one) => sum + one.width, 0);
      const shared = element.columns.filter((one) => one.width === 0).length;
      const width = column.width > 0 ? column.width : (element.width - fixed) / shared;
      return { width: dots(width), size: dots(element.font.size), wraps: column.wrap };
    }
    if (listsItems(element)) return { width: dots(element.width), size: dots(element.font.size), wraps: element.type === 'paragraph' };
  }
  return undefined;
}

function listsItems(element: LabelElement): element is Extract<LabelElement, { type: 'text' | 'paragraph' }> {
  return (element.type === 'text' || element.type === 'paragraph') && element.content.some((part) => 'field' in part && (part.field === 'items' || part.field === 'item.shortName'));
}
