/** Drawing order as the list of layers shows and changes it. */
import type { LabelDocument, LabelElement } from '../../../common/domain/label/document.ts';
import type { Command } from './commands.ts';
import { changeElements, changeLists, findPlaced, outermost, placedElements, unionOf } from './tree.ts';
import type { Placed } from './tree.ts';

/** Every element as a list shows it: topmost first, a group above what is in it. */
export function layersOf(document: LabelDocument): Placed[] {
  const all = placedElements(document);
  const under = (parent: string | undefined): Placed[] => all.filter(({ parents }) => parents.at(-1) === parent).toReversed().flatMap((one) => [one, ...(one.element.type === 'group' ? under(one.element.id) : [])]);
  return under(undefined);
}

/** Where something goes beside another element: drawn right over it, right under it, or on top of what is in a group. */
export type Beside = 'over' | 'under' | 'inside';

/**
 * Moves elements to another place in the drawing order, also into a group or out of one. On the paper they stay where they are; groups
 * become as large as what is in them, and one that nothing is left in goes.
 */
export function stackBeside(ids: readonly string[], target: string, side: Beside): Command {
  return (scene) => {
    const moved = outermost(scene.document, ids);
    const to = findPlaced(scene.document, target);
    if (to === undefined || moved.length === 0 || (side === 'inside' && to.element.type !== 'group') || moved.some(({ element }) => element.id === target || to.parents.includes(element.id))) return scene;
    const origin = side === 'inside' ? to.rect : { x: to.rect.x - to.element.x, y: to.rect.y - to.element.y };
    const placed = moved.map(({ element, rect }) => ({ ...element, x: rect.x - origin.x, y: rect.y - origin.y }));
    const left = { ...scene.document, elements: without(scene.document.elements, new Set(placed.map((one) => one.id))) };
    const stacked = side === 'inside'
      ? changeElements(left, new Set([target]), (group) => (group.type === 'group' ? { ...group, elements: [...group.elements, ...placed] } : group))
      : changeLists(left, (elements) => (elements.some((one) => one.id === target) ? elements.flatMap((one) => (one.id !== target ? [one] : side === 'over' ? [one, ...placed] : [...placed, one])) : elements));
    if (sameOrder(stacked, scene.document)) return scene;
    const touched = new Set([...moved.flatMap(({ parents }) => parents), ...to.parents, ...(side === 'inside' ? [target] : [])]);
    return { document: tidyGroups(stacked, touched), selection: placed.map((one) => one.id) };
  };
}

/** The elements less some; a group stays although nothing is left in it, as it may be where they go. */
function without(elements: readonly LabelElement[], ids: ReadonlySet<string>): LabelElement[] {
  return elements.filter((one) => !ids.has(one.id)).map((one) => (one.type === 'group' ? { ...one, elements: without(one.elements, ids) } : one));
}

function sameOrder(left: LabelDocument, right: LabelDocument): boolean {
  const order = (document: LabelDocument): string => JSON.stringify(placedElements(document).map(({ element, parents }) => [element.id, parents.at(-1)]));
  return order(left) === order(right);
}

/** Draws the frames of these groups around what is in them, inner ones first, and takes empty ones away. */
function tidyGroups(document: LabelDocument, ids: ReadonlySet<string>): LabelDocument {
  const innerFirst = placedElements(document).filter(({ element }) => ids.has(element.id)).sort((left, right) => right.parents.length - left.parents.length);
  return innerFirst.reduce((tidied, { element }) => changeElements(tidied, new Set([element.id]), tidy), document);
}

function tidy(group: LabelElement): LabelElement | undefined {
  if (group.type !== 'group') return group;
  const frame = unionOf(group.elements);
  if (frame === undefined) return undefined;
  return { ...group, x: group.x + frame.x, y: group.y + frame.y, width: frame.width, height: frame.height, elements: group.elements.map((one) => ({ ...one, x: one.x - frame.x, y: one.y - frame.y })) };
}
