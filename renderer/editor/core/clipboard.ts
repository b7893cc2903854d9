/** Elements as text for the clipboard: checked like any other input when they come back. */
import { z } from 'zod';
import { elementSchema } from '../../../common/domain/label/document.ts';
import type { LabelElement } from '../../../common/domain/label/document.ts';
import { placedElements } from './tree.ts';
import type { Scene } from './commands.ts';

const packet = z.object({ packbenchElements: z.literal(1), elements: z.array(elementSchema).min(1).max(200) });
/** Longer text is not looked at. */
const longestPacket = 10_000_000;

/** The selection as text, or undefined when nothing is selected. Places are absolute. */
export function copyText(scene: Scene): string | undefined {
  const ids = new Set(scene.selection);
  const chosen = placedElements(scene.document).filter(({ element, parents }) => ids.has(element.id) && !parents.some((parent) => ids.has(parent)));
  if (chosen.length === 0) return undefined;
  return JSON.stringify({ packbenchElements: 1, elements: chosen.map(({ element, rect }) => ({ ...element, x: rect.x, y: rect.y })) });
}

/** Elements of a text that `copyText` made, of this or another document; undefined for anything else. */
export function readCopied(text: string): LabelElement[] | undefined {
  if (text.length > longestPacket || !text.startsWith('{"packbenchElements"')) return undefined;
  try {
    const parsed = packet.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.elements : undefined;
  } catch {
    return undefined;
  }
}
