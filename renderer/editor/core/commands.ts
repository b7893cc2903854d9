/** Everything a person can do to a document, as pure functions: document and selection in, document and selection out. */
import type { LabelDocument, LabelElement } from '../../../common/domain/label/document.ts';
import { changeElements, changeLists, freshId, outermost, placedElements, unionOf } from './tree.ts';
import type { Placed, Rect } from './tree.ts';

export interface Scene {
  readonly document: LabelDocument;
  readonly selection: readonly string[];
}
export type Command = (scene: Scene) => Scene;

/** Smallest side an element can be drawn to. */
export const smallestSide = 250;

const selected = (scene: Scene): ReadonlySet<string> => new Set(scene.selection);
/** The selection without what is locked and without what moves with a selected group anyway. */
const movable = (scene: Scene): ReadonlySet<string> => new Set(outermost(scene.document, scene.selection).filter(({ element }) => element.locked !== true).map((one) => one.element.id));
const onto = (scene: Scene, document: LabelDocument): Scene => (document === scene.document ? scene : { ...scene, document });

/** Selects; ids that do not exist are left out. */
export function select(ids: readonly string[]): Command {
  return (scene) => {
    const known = new Set(placedElements(scene.document).map((one) => one.element.id));
    return { ...scene, selection: ids.filter((id) => known.has(id)) };
  };
}

export function addElements(elements: readonly LabelElement[]): Command {
  return ({ document }) => {
    const taken = new Set<string>();
    const added = elements.map((element) => withFreshIds(document, element, taken));
    return { document: { ...document, elements: [...document.elements, ...added] }, selection: added.map((one) => one.id) };
  };
}

function withFreshIds(document: LabelDocument, element: LabelElement, taken: Set<string>): LabelElement {
  const id = freshId(document, element.id.replace(/-\d+$/, '') || element.type, taken);
  taken.add(id);
  if (element.type !== 'group') return { ...element, id };
  return { ...element, id, elements: element.elements.map((inner) => withFreshIds(document, inner, taken)) };
}

export const removeSelected: Command = (scene) => {
  const document = changeElements(scene.document, movable(scene), () => undefined);
  return select(scene.selection)({ ...scene, document });
};

export function moveBy(dx: number, dy: number): Command {
  return (scene) => onto(scene, dx === 0 && dy === 0 ? scene.document : changeElements(scene.document, movable(scene), (element) => ({ ...element, x: element.x + dx, y: element.y + dy })));
}

/** Copies lie a little to the right and below, and are selected. */
export function duplicateSelected(by = 2_000): Command {
  return (scene) => {
    const ids = movable(scene);
    const copies = placedElements(scene.document).filter(({ element }) => ids.has(element.id)).map(({ element, rect }) => ({ ...element, x: rect.x + by, y: rect.y + by }));
    return copies.length === 0 ? scene : addElements(copies)(scene);
  };
}

/** Puts elements to absolute places, in the order of the ids given. Content of a group keeps its place inside. */
export function placeAt(places: ReadonlyMap<string, Rect>): Command {
  return (scene) => {
    const now = new Map(placedElements(scene.document).map((one) => [one.element.id, one]));
    const ids = new Set([...places.keys()].filter((id) => now.get(id)?.element.locked !== true));
    return onto(
      scene,
      changeElements(scene.document, ids, (element) => {
        const from = now.get(element.id);
        const to = places.get(element.id);
        if (from === undefined || to === undefined) return element;
        const whole = { x: Math.round(element.x + to.x - from.rect.x), y: Math.round(element.y + to.y - from.rect.y), width: Math.max(smallestSide, Math.round(to.width)), height: Math.max(smallestSide, Math.round(to.height)) };
        if (element.type === 'line') return element.direction === 'horizontal' ? { ...element, ...whole, height: element.height } : { ...element, ...whole, width: element.width };
        if (element.type === 'group') return { ...element, x: whole.x, y: whole.y };
        return { ...element, ...whole };
      }),
    );
  };
}

/**
 * Draws a frame around elements to another size. Every edge keeps its share of the frame, so what touches still touches; in groups the
 * edges of what is inside do the same. Letters, line widths and columns keep their size. `starts` are the elements as they were when the
 * hand took hold: each movement counts from there, and nothing drifts.
 */
export function resizeFrom(starts: readonly Placed[], from: Rect, to: Rect): Command {
  const known = new Map(starts.filter((one) => one.element.locked !== true).map((one) => [one.element.id, one]));
  const across = share(from.x, from.width, to.x, to.width);
  const down = share(from.y, from.height, to.y, to.height);
  return (scene) =>
    onto(
      scene,
      changeElements(scene.document, new Set(known.keys()), (element) => {
        const start = known.get(element.id);
        if (start === undefined) return element;
        // Where the list counts from: the group around it does not move.
        const origin = { x: start.rect.x - start.element.x, y: start.rect.y - start.element.y };
        return reframed(start.element, (x) => across(x + origin.x) - origin.x, (y) => down(y + origin.y) - origin.y);
      }),
    );
}

function share(from: number, size: number, to: number, wanted: number): (at: number) => number {
  const factor = size === 0 ? 1 : wanted / size;
  return (at) => Math.round(to + (at - from) * factor);
}

function reframed(element: LabelElement, across: (x: number) => number, down: (y: number) => number): LabelElement {
  const [x, y] = [across(element.x), down(element.y)];
  const width = Math.max(smallestSide, across(element.x + element.width) - x);
  const height = Math.max(smallestSide, down(element.y + element.height) - y);
  if (element.type === 'line') return element.direction === 'horizontal' ? { ...element, x, y, width } : { ...element, x, y, height };
  if (element.type !== 'group') return { ...element, x, y, width, height };
  const wider = share(0, element.width, 0, width);
  const higher = share(0, element.height, 0, height);
  return { ...element, x, y, width, height, elements: element.elements.map((inner) => reframed(inner, wider, higher)) };
}

/** Moves one column of a table to another place among them. */
export function moveColumn(id: string, from: number, to: number): Command {
  return change(id, (element) => {
    if (element.type !== 'table' || from === to) return element;
    const columns = [...element.columns];
    const [column] = columns.splice(from, 1);
    if (column === undefined || to < 0 || to > columns.length) return element;
    columns.splice(to, 0, column);
    return { ...element, columns };
  });
}

/** Changes properties of one element; `change` gets the element as it is. */
export function change(id: string, patch: (element: LabelElement) => LabelElement): Command {
  return (scene) => onto(scene, changeElements(scene.document, new Set([id]), patch));
}

/** Changes properties of everything selected. */
export function changeSelected(patch: (element: LabelElement) => LabelElement): Command {
  return (scene) => onto(scene, changeElements(scene.document, selected(scene), patch));
}

/** A quarter turn clockwise about the middle of each element. Groups do not turn. */
export const rotateSelected: Command = (scene) =>
  onto(
    scene,
    changeElements(scene.document, movable(scene), (element) => {
      if (element.type === 'group') return element;
      const x = Math.round(element.x + (element.width - element.height) / 2);
      const y = Math.round(element.y + (element.height - element.width) / 2);
      const turned = { x, y, width: element.height, height: element.width };
      if (element.type === 'line') return { ...element, ...turned, direction: element.direction === 'horizontal' ? 'vertical' : 'horizontal' };
      if (element.type === 'box') return { ...element, ...turned };
      return { ...element, ...turned, rotation: ((element.rotation + 90) % 360) as 0 | 90 | 180 | 270 };
    }),
  );

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom';

/** Several elements line up with each other; a single one with the paper. */
export function alignSelected(to: Alignment): Command {
  return (scene) => {
    const ids = movable(scene);
    const placed = placedElements(scene.document).filter((one) => ids.has(one.element.id));
    const { media } = scene.document;
    const frame = placed.length > 1 ? unionOf(placed.map((one) => one.rect)) : { x: 0, y: 0, width: media.width, height: media.height };
    if (frame === undefined) return scene;
    const places = placed.map(({ element, rect }) => {
      const x = to === 'left' ? frame.x : to === 'right' ? frame.x + frame.width - rect.width : to === 'center' ? frame.x + (frame.width - rect.width) / 2 : rect.x;
      const y = to === 'top' ? frame.y : to === 'bottom' ? frame.y + frame.height - rect.height : to === 'middle' ? frame.y + (frame.height - rect.height) / 2 : rect.y;
      return [element.id, { ...rect, x: Math.round(x), y: Math.round(y) }] as const;
    });
    return placeAt(new Map(places))(scene);
  };
}

/** Equal gaps between three or more elements; the outer two stay. */
export function distributeSelected(axis: 'x' | 'y'): Command {
  return (scene) => {
    const ids = movable(scene);
    const size = axis === 'x' ? 'width' : 'height';
    const placed = placedElements(scene.document).filter((one) => ids.has(one.element.id)).sort((left, right) => left.rect[axis] - right.rect[axis]);
    const [first, last] = [placed[0], placed.at(-1)];
    if (placed.length < 3 || first === undefined || last === undefined) return scene;
    const room = last.rect[axis] + last.rect[size] - first.rect[axis];
    const gap = (room - placed.reduce((sum, one) => sum + one.rect[size], 0)) / (placed.length - 1);
    let at = first.rect[axis];
    const places = placed.map(({ element, rect }) => {
      const place = [element.id, { ...rect, [axis]: Math.round(at) }] as const;
      at += rect[size] + gap;
      return place;
    });
    return placeAt(new Map(places))(scene);
  };
}

/** Moves the selection in drawing order, within its own list. */
export function restack(where: 'front' | 'back' | 'forward' | 'backward'): Command {
  return (scene) => {
    const ids = selected(scene);
    return onto(
      scene,
      changeLists(scene.document, (elements) => {
        if (!elements.some((element) => ids.has(element.id))) return elements;
        const [chosen, others] = [elements.filter((element) => ids.has(element.id)), elements.filter((element) => !ids.has(element.id))];
        if (where === 'front') return [...others, ...chosen];
        if (where === 'back') return [...chosen, ...others];
        const next = [...elements];
        const order = next.map((_, index) => index);
        if (where === 'forward') order.reverse();
        for (const index of order) {
          const to = where === 'forward' ? index + 1 : index - 1;
          const [here, there] = [next[index], next[to]];
          if (here === undefined || there === undefined || !ids.has(here.id) || ids.has(there.id)) continue;
          next[index] = there;
          next[to] = here;
        }
        return next;
      }),
    );
  };
}

/** Locked elements stay where they are until they are unlocked. */
export function lock(ids: readonly string[], locked: boolean): Command {
  return (scene) =>
    onto(scene, changeElements(scene.document, new Set(ids), (element) => {
      if (locked) return { ...element, locked: true };
      const { locked: _, ...rest } = element;
      return rest;
    }));
}
export function lockSelected(locked: boolean): Command {
  return (scene) => lock(scene.selection, locked)(scene);
}

/** Makes one group of the selected elements of the top level. */
export const groupSelected: Command = (scene) => {
  const ids = selected(scene);
  const chosen = scene.document.elements.filter((element) => ids.has(element.id));
  const frame = unionOf(chosen);
  if (chosen.length < 2 || frame === undefined) return scene;
  const id = freshId(scene.document, 'group');
  const group: LabelElement = { id, type: 'group', ...frame, rotation: 0, elements: chosen.map((element) => ({ ...element, x: element.x - frame.x, y: element.y - frame.y })) };
  const at = scene.document.elements.findLastIndex((element) => ids.has(element.id));
  const elements = scene.document.elements.flatMap((element, index) => (index === at ? [group] : ids.has(element.id) ? [] : [element]));
  return { document: { ...scene.document, elements }, selection: [id] };
};

/** Takes groups apart; a group's condition goes to each of its elements. */
export const ungroupSelected: Command = (scene) => {
  const ids = selected(scene);
  const freed: string[] = [];
  const document = changeLists(scene.document, (elements) =>
    elements.some((element) => ids.has(element.id) && element.type === 'group')
      ? elements.flatMap((element) => {
          if (!ids.has(element.id) || element.type !== 'group') return [element];
          return element.elements.map((inner) => {
            freed.push(inner.id);
            const when = element.when === undefined ? inner.when : inner.when === undefined ? element.when : ({ op: 'all', of: [element.when, inner.when] } as const);
            const logo = inner.logo ?? element.logo;
            return { ...inner, x: inner.x + element.x, y: inner.y + element.y, ...(when === undefined ? {} : { when }), ...(logo === undefined ? {} : { logo }) };
          });
        })
      : elements,
  );
  return freed.length === 0 ? scene : { document, selection: freed };
};

export function changeMedia(patch: Partial<LabelDocument['media']>): Command {
  return (scene) => onto(scene, { ...scene.document, media: { ...scene.document.media, ...patch } });
}

export function changeDocument(patch: Partial<Pick<LabelDocument, 'name' | 'purpose' | 'privacy' | 'repeat'>>): Command {
  return (scene) => onto(scene, { ...scene.document, ...patch });
}

/** Replaces what the tick lists made the last time. */
export function replaceElements(remove: readonly string[], elements: readonly LabelElement[]): Command {
  return (scene) => {
    const gone = new Set(remove);
    const cleared = select(scene.selection)({ ...scene, document: changeElements(scene.document, gone, () => undefined) });
    return elements.length === 0 ? cleared : addElements(elements)(cleared);
  };
}
