/** Several recipients in one line with nothing but blanks or commas between them: where each of them may begin. */
import type { Divisions } from './divisions.ts';
import { foldText } from './fold.ts';
import { findLabels } from './labels.ts';
import { nameAtEnd } from './names.ts';
import { parseAddress } from './parse.ts';
import { cutText } from './pieces.ts';
import { findChains } from './regions.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Positions at which the recipients begin, the first at 0, or none. There must be as many numbers as places, in turns, and all of them begin with the
 * same field as the first one does: name label, number, place or name. Whether each part is a recipient is for the caller to see.
 */
export function cutsOfLine(line: string, divisions: Divisions): readonly number[] {
  // The numbering of a list (2、李四) goes with whom it counts.
  return beginnings(line, divisions).map((start) => start - (/(?<=^|[\s,，;；、。])[0-9]{1,2}[、.)）:：][ ]*$/.exec(line.slice(0, start))?.[0].length ?? 0));
}

function beginnings(line: string, divisions: Divisions): readonly number[] {
  const cut = cutText(line);
  const { phones } = cut;
  if (phones.length < 2 || new Set(phones.map((phone) => phone.number)).size !== phones.length) return [];
  const labels = findLabels(foldText(line)).filter((label) => label.role === 'name');
  if (labels.length === phones.length && line.slice(0, labels[0]?.start).trim() === '') return [0, ...labels.slice(1).map((label) => label.start)];

  const places = apart(findChains(cut.work, divisions).filter((chain) => chain.named.some((one) => one.kind === 'full') && chain.score >= 3));
  if (places.length !== phones.length || !takeTurns(phones, places)) return [];
  const first = /[^\s,，;；、]/.exec(line)?.index ?? 0;
  if (phones[0]?.start === first) return [0, ...phones.slice(1).map((phone) => phone.start)];
  if (places[0]?.start === first) return [0, ...places.slice(1).map((place) => place.start)];
  // Beginning with a name: the part whose name stands at its beginning.
  const cuts = [0];
  for (let index = 1; index < phones.length; index += 1) {
    const from = Math.max(phones[index - 1]?.end ?? 0, places[index - 1]?.end ?? 0);
    const to = Math.min(phones[index]?.start ?? 0, places[index]?.start ?? 0);
    const end = Math.min(phones[index + 1]?.start ?? line.length, places[index + 1]?.start ?? line.length);
    const starts = [...line.slice(from, to).matchAll(/(?<=[\s,，;；、。|/])[^\s,，;；、。|/]/g)].map((found) => from + found.index);
    const fitting = starts.filter((start) => {
      const { name } = parseAddress(line.slice(start, end), divisions);
      return name !== '' && line.startsWith(name, start);
    });
    // …文三路1号李四138…: glued to the house of the one before.
    const glued = fitting.length === 0 ? nameAtEnd(line.slice(from, to)) : -1;
    const start = glued > 0 ? from + glued : fitting[0];
    if (fitting.length > 1 || start === undefined) return [];
    cuts.push(start);
  }
  return cuts;
}

/** Number and place of one recipient, then those of the next: always in the same order. */
function takeTurns(phones: readonly Span[], places: readonly Span[]): boolean {
  const order = [...phones.map(({ start }) => ({ start, kind: 'phone' })), ...places.map(({ start }) => ({ start, kind: 'place' }))].sort((a, b) => a.start - b.start);
  return order.every((one, index) => one.kind === order[index % 2]?.kind) && order[0]?.kind !== order[1]?.kind;
}

/** The best of overlapping spans, in the order of the text; the list comes best first. */
function apart(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) if (kept.every((one) => span.end <= one.start || span.start >= one.end)) kept.push(span);
  return kept.sort((a, b) => a.start - b.start);
}
