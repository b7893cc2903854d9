/** Elements of a document with their absolute places: groups move what is in them. Everything here returns new values. */
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { longestMicrometres } from '../../../common/domain/label/document.ts';
import type { GroupElement, LabelDocument, LabelElement } from '../../../common/domain/label/document.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  readonly element: LabelElement;
  /** Absolute place in micrometres. */
  readonly rect: Rect;
  /** Ids of the groups around it, outermost first. */
  readonly parents: readonly string[];
}

/** Every element in drawing order, groups before their content. */
export function placedElements(document: LabelDocument): Placed[] {
  const out: Placed[] = [];
  const visit = (elements: readonly LabelElement[], x: number, y: number, parents: readonly string[]): void => {
    for (const element of elements) {
      out.push({ element, rect: { x: x + element.x, y: y + element.y, width: element.width, height: element.height }, parents });
      if (element.type === 'group') visit(element.elements, x + element.x, y + element.y, [...parents, element.id]);
    }
  };
  visit(document.elements, 0, 0, []);
  return out;
}

/** Elements where they are seen: on a roll what stands below a list moves with its length. `flow` is what the layout made of it. */
export function placedOnPaper(document: LabelDocument, flow: RenderedLabel['flow']): Placed[] {
  const placed = placedElements(document);
  if (flow === undefined) return placed;
  return placed.map((one) => {
    const moved = flow.get(one.parents[0] ?? one.element.id);
    if (moved === undefined) return one;
    return { ...one, rect: { ...one.rect, y: one.rect.y + moved.by, height: one.parents.length === 0 ? moved.height : one.rect.height } };
  });
}

export function findPlaced(document: LabelDocument, id: string): Placed | undefined {
  return placedElements(document).find((one) => one.element.id === id);
}

/** Applies `change` to the elements with these ids; returning undefined removes one, and a group with its last one. Untouched parts keep their identity. */
export function changeElements(document: LabelDocument, ids: ReadonlySet<string>, change: (element: LabelElement) => LabelElement | undefined): LabelDocument {
  const elements = changeList(document.elements, ids, change);
  return elements === document.elements ? document : { ...document, elements };
}

function changeList(elements: LabelElement[], ids: ReadonlySet<string>, change: (element: LabelElement) => LabelElement | undefined): LabelElement[] {
  let touched = false;
  const out: LabelElement[] = [];
  for (const element of elements) {
    let next: LabelElement | undefined = element;
    if (ids.has(element.id)) next = change(element);
    else if (element.type === 'group') {
      const inside = changeList(element.elements, ids, change);
      if (inside !== element.elements) next = inside.length === 0 ? undefined : ({ ...element, elements: inside } satisfies GroupElement);
    }
    if (next !== element) touched = true;
    if (next !== undefined) out.push(next);
  }
  return touched ? out : elements;
}

/** The document, with what a hand or a number typed drew further than a document can hold stopped there; itself when nothing was. */
export function withinLimits(document: LabelDocument): LabelDocument {
  const elements = boundedList(document.elements);
  return elements === document.elements ? document : { ...document, elements };
}

function boundedList(elements: LabelElement[]): LabelElement[] {
  const bound = elements.map(bounded);
  return bound.every((element, index) => element === elements[index]) ? elements : bound;
}

function bounded(element: LabelElement): LabelElement {
  const at = (value: number, least: number): number => Math.max(least, Math.min(longestMicrometres, value));
  const [x, y, width, height] = [at(element.x, -longestMicrometres), at(element.y, -longestMicrometres), at(element.width, 0), at(element.height, 0)];
  const moved = x !== element.x || y !== element.y || width !== element.width || height !== element.height;
  if (element.type === 'group') {
    const elements = boundedList(element.elements);
    return moved || elements !== element.elements ? { ...element, x, y, width, height, elements } : element;
  }
  return moved ? { ...element, x, y, width, height } : element;
}

/** Rebuilds every list that holds one of the elements, for changes of order. */
export function changeLists(document: LabelDocument, change: (elements: LabelElement[]) => LabelElement[]): LabelDocument {
  const visit = (elements: LabelElement[]): LabelElement[] => {
    const inside = elements.map((element) => {
      if (element.type !== 'group') return element;
      const next = visit(element.elements);
      return next === element.elements ? element : ({ ...element, elements: next } satisfies GroupElement);
    });
    const same = inside.every((element, index) => element === elements[index]);
    return change(same ? elements : inside);
  };
  const elements = visit(document.elements);
  return elements === document.elements ? document : { ...document, elements };
}

export function unionOf(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined;
  const x = Math.min(...rects.map((rect) => rect.x));
  const y = Math.min(...rects.map((rect) => rect.y));
  return { x, y, width: Math.max(...rects.map((rect) => rect.x + rect.width)) - x, height: Math.max(...rects.map((rect) => rect.y + rect.height)) - y };
}

/** An id that no element of the document has: `text-3`. */
export function freshId(document: LabelDocument, kind: string, taken: ReadonlySet<string> = new Set()): string {
  const known = new Set(placedElements(document).map((one) => one.element.id));
  for (let count = 1; ; count++) {
    const id = `${kind}-${count}`;
    if (!known.has(id) && !taken.has(id)) return id;
  }
}

/** The chosen elements without those inside a chosen group: what moves when the selection moves. */
export function outermost(document: LabelDocument, selection: readonly string[]): Placed[] {
  const ids = new Set(selection);
  return placedElements(document).filter(({ element, parents }) => ids.has(element.id) && !parents.some((parent) => ids.has(parent)));
}

/** The topmost element under a point; what lies in a group counts as the group unless `deep`. */
export function hitTest(placed: readonly Placed[], x: number, y: number, deep: boolean, slack = 400): string | undefined {
  const hit = placed
    .filter(({ element, rect }) => element.type !== 'group' && within(rect, x, y, slack) && !(isHollow(element) && within(rect, x, y, -slack - 250)))
    .sort((left, right) => left.rect.width * left.rect.height - right.rect.width * right.rect.height);
  // Small things in front of big ones, so that a frame around everything does not catch every click; later ones win ties.
  const [smallest] = hit;
  if (smallest === undefined) return undefined;
  const best = hit.findLast((one) => one.rect.width * one.rect.height === smallest.rect.width * smallest.rect.height) ?? smallest;
  return deep ? best.element.id : (best.parents[0] ?? best.element.id);
}

const within = (rect: Rect, x: number, y: number, slack: number): boolean => x >= rect.x - slack && y >= rect.y - slack && x <= rect.x + rect.width + slack && y <= rect.y + rect.height + slack;
/** A frame is taken by its line: what it stands around is not it. */
const isHollow = (element: LabelElement): boolean => element.type === 'box' && !element.filled;

/** Elements that lie wholly inside a frame drawn by the mouse. */
export function insideFrame(placed: readonly Placed[], frame: Rect): string[] {
  return placed
    .filter(({ parents, rect, element }) => parents.length === 0 && element.locked !== true && rect.x >= frame.x && rect.y >= frame.y && rect.x + rect.width <= frame.x + frame.width && rect.y + rect.height <= frame.y + frame.height)
    .map((one) => one.element.id);
}
