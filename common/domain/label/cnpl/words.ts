/** Text of the Cainiao language with scripts in it, as a mix of words and fields. */
import type { Content, ContentPart, Formatter } from '../content.ts';
import { scriptToken } from './aside.ts';
import { goodsLists } from './names.ts';
import { filledPart } from './script.ts';
import type { ScriptReader } from './script.ts';

export type Miss = (why: 'include' | 'script' | 'condition' | 'field' | 'loop' | 'style', what: string) => void;

type Piece = { readonly words: string } | { readonly script: string };

/** The mix a text is; what of it cannot be taken over is told. */
export function mixOf(text: string, scripts: readonly string[], reader: ScriptReader, miss: Miss): Content {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(scriptToken)) {
    if (match.index > at) pieces.push({ words: unescaped(text.slice(at, match.index)) });
    pieces.push({ script: scripts[Number(match[1])] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ words: unescaped(text.slice(at)) });
  return saidOnce(read(pieces, 0).parts).slice(0, 60);

  /** Pieces from `from` up to the end of the block they stand in. */
  function read(all: readonly Piece[], from: number): { readonly parts: ContentPart[]; readonly next: number } {
    const parts: ContentPart[] = [];
    let index = from;
    while (index < all.length) {
      const piece = all[index]!;
      index++;
      if ('words' in piece) {
        parts.push({ text: piece.words });
        continue;
      }
      if (piece.script.trim().startsWith('=')) {
        parts.push(...valueOf(piece.script));
        continue;
      }
      for (const step of reader.steps(piece.script)) {
        if (step.kind === 'end') return { parts, next: index };
        if (step.kind === 'refused') miss(step.why, piece.script.trim());
        else if (step.kind === 'loop') {
          const inner = read(all, index);
          index = inner.next;
          // Any list is taken for the goods of the parcel; one that is not called so is named.
          if (!goodsLists.has(step.list)) miss('loop', `_data.${step.list} → items`);
          parts.push({ field: 'items', format: [goodsFormat(inner.parts)], before: '', after: '', fallback: '' });
        } else if (step.kind === 'if') {
          const inner = read(all, index);
          index = inner.next;
          const filled = step.test?.logo === undefined && step.test?.condition?.op === 'filled' ? filledPart(inner.parts, step.test.condition.field) : undefined;
          if (filled === undefined) miss('condition', piece.script.trim());
          parts.push(...(filled === undefined ? inner.parts : [filled]));
        } else miss('condition', piece.script.trim());
      }
    }
    return { parts, next: index };
  }

  function valueOf(source: string): readonly ContentPart[] {
    const value = reader.value(source);
    if (value === undefined) miss('script', source.trim());
    for (const path of value?.unknown ?? []) miss('field', `_data.${path}`);
    if (value?.partly !== undefined) miss('style', value.partly);
    return value?.parts ?? [];
  }
}

/** How one row of a loop is written, as the list of goods writes it. */
function goodsFormat(row: readonly ContentPart[]): Extract<Formatter, { kind: 'items' }> {
  const has = (field: string): boolean => row.some((part) => 'field' in part && part.field === field);
  const last = row.at(-1);
  const between = last !== undefined && 'text' in last ? (/[\n，,；;、\s|/]+$/.exec(last.text)?.[0] ?? '') : '';
  return { kind: 'items', separator: (between.includes('\n') ? '\n' : between.slice(0, 20)) || '，', sku: has('item.sku'), location: has('item.location'), quantity: has('item.quantity') ? 'always' : 'never' };
}

/** Two names of theirs may be one field of ours (大头笔 and 三段码, mobile and phone): what is the same is written once. */
function saidOnce(parts: readonly ContentPart[]): ContentPart[] {
  const out: ContentPart[] = [];
  for (const part of parts) {
    const before = out.at(-1);
    const again = 'field' in part && out.some((one) => 'field' in one && one.field === part.field && JSON.stringify(one.format) === JSON.stringify(part.format));
    if (!again) out.push(part);
    else if (before !== undefined && 'text' in before && before.text.trim() === '') out.pop();
  }
  return out;
}

/** `<\%` prints the mark that would begin a script. */
function unescaped(text: string): string {
  return text.replaceAll('<\\%', '<%');
}
