import type { FontSet } from '../../../common/domain/label/fonts/font-set.ts';

/** Width of a text in dots at a character height in dots, and the characters no font has. */
export function measureText(fonts: FontSet, text: string, size: number): { width: number; uncovered: string[] } {
  let width = 0;
  const uncovered: string[] = [];
  for (const character of text) {
    const advance = fonts.advance(character.codePointAt(0) ?? 0, 'regular', size);
    if (advance === undefined) uncovered.push(character);
    width += advance ?? size;
  }
  return { width, uncovered };
}
