/** Copying and pasting elements, also from one template into another. */
import { copyText, pastePlaces, readCopied } from '../core/clipboard.ts';
import { addElements } from '../core/commands.ts';
import type { Editor } from '../core/store.ts';

/** What was copied last in this window. A menu may not read the clipboard without asking; the paste key gets it anyway. */
let last: string | undefined;

/** Keeps the selection for `paste` and puts it on the clipboard; its text, or undefined when nothing is selected. */
export function copySelection(editor: Editor): string | undefined {
  const text = copyText(editor.state());
  if (text === undefined) return undefined;
  last = text;
  // Refused where the page has no right to write: pasting in this window still works.
  void navigator.clipboard.writeText(text).catch(() => undefined);
  return text;
}

export function pasteable(): boolean {
  return last !== undefined;
}

/** Adds what a text holds, or what was copied last; false when it holds no elements. */
export function paste(editor: Editor, text = last ?? ''): boolean {
  const elements = readCopied(text);
  if (elements === undefined) return false;
  editor.run(addElements(pastePlaces(elements, editor.state().document.media)));
  return true;
}
