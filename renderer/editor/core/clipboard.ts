/** Elements as text for the clipboard: checked like any other input when they come back. */
import { z } from 'zod';
import { elementSchema } from '../../../common/domain/label/document.ts';
import type { LabelElement } from '../../../common/domain/label/document.ts';
import { outermost, unionOf } from './tree.ts';
import type { Scene } from './commands.ts';

const packet = z.object({ packbenchElements: z.literal(1), elements: z.array(elementSchema).min(1).max(200) });
/** Longer text is not looked at. */
const longestPacket = 10_000_000;

/** The selection as text, or undefined when nothing is selected. Places are absolute. */
export function copyText(scene: Scene): string | undefined {
  const chosen = outermost(scene.document, scene.selection);
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

/** How far a pasted element lies from where it was copied, so that it is seen. */
const pasteStep = 2_000;

/** Copied elements as they go into a document: together a little aside, but on its paper, which may be smaller than where they come from. */
export function pastePlaces(elements: readonly LabelElement[], media: { readonly width: number; readonly height: number }): LabelElement[] {
  const frame = unionOf(elements);
  if (frame === undefined) return [];
  const place = (at: number, size: number, room: number): number => Math.max(0, Math.min(at + pasteStep, room - size)) - at;
  const [dx, dy] = [place(frame.x, frame.width, media.width), place(frame.y, frame.height, media.height)];
  return elements.map((element) => ({ ...element, x: element.x + dx, y: element.y + dy }));
}
