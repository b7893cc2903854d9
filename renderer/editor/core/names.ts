/** What an element is called where people read it: the name they gave, or what it prints. Never its id. */
import type { Content } from '../../../common/domain/label/content.ts';
import type { LabelElement } from '../../../common/domain/label/document.ts';
import { findField } from '../../../common/domain/label/fields.ts';
import type { Locale } from '../../../common/error-texts.ts';
import type { PaletteKind } from './new-elements.ts';

const longest = 40;

/** Fields by their titles, literal text in quotes; longer ones end in “…”. Empty for an element without content. */
export function printsOf(element: LabelElement, locale: Locale): string {
  const joint = locale === 'en' ? ', ' : '、';
  const mm = (micrometres: number): string => String(Number((micrometres / 1_000).toFixed(1)));
  switch (element.type) {
    case 'table':
      return shortened(element.columns.map((column) => contentName(column.content, locale)).filter((one) => one !== '').join(joint));
    case 'group': {
      // A size says little beside words.
      const words = element.elements.filter((one) => one.type !== 'line' && one.type !== 'box' && one.type !== 'image');
      return shortened((words.length > 0 ? words : element.elements).map((one) => elementName(one, locale)).filter((one) => one !== '').join(joint));
    }
    case 'line':
      return `${mm(Math.max(element.width, element.height))} mm`;
    case 'box':
    case 'image':
      return `${mm(element.width)}×${mm(element.height)} mm`;
    default:
      return shortened(contentName(element.content, locale));
  }
}

export function elementName(element: LabelElement, locale: Locale): string {
  return element.name ?? printsOf(element, locale);
}

/** Fields by their titles, literal text in quotes. */
export function contentName(content: Content, locale: Locale): string {
  const quoted = (text: string): string => (text.trim() === '' ? '' : `“${text.trim()}”`);
  return content.map((part) => ('text' in part ? quoted(part.text) : (findField(part.field)?.title[locale] ?? part.field))).filter((one) => one !== '').join(' ');
}

function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : text;
}

export type ElementKind = PaletteKind | 'group';

/** The kind as people see it: upright lines and single fields are kinds of their own. */
export function kindOf(element: LabelElement): ElementKind {
  if (element.type === 'line') return element.direction === 'vertical' ? 'vline' : 'line';
  if (element.type === 'text' && element.content.length === 1 && element.content[0] !== undefined && 'field' in element.content[0]) return 'field';
  return element.type;
}
