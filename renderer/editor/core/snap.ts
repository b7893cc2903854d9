/** Where a moved or resized frame comes to rest: whole dots, the grid, edges and middles of others, paper and cut lines. */
import { toDots, toMicrometres } from '../../../common/domain/label/units.ts';
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { placedElements } from './tree.ts';
import type { Rect } from './tree.ts';

export interface SnapSettings {
  readonly dpi: number;
  /** Grid in micrometres, 0 = none. */
  readonly grid: number;
  /** Edges and middles of other elements, of the paper and cut lines. */
  readonly guides: boolean;
  /** Distance in micrometres within which a line attracts. */
  readonly reach: number;
}

export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: 'paper' | 'cut' | 'element';
}

export interface Snapped {
  readonly rect: Rect;
  readonly guides: readonly Guide[];
}

/** Lines other things offer. */
export function guidesOf(document: LabelDocument, except: ReadonlySet<string>): Guide[] {
  const { media } = document;
  const guides: Guide[] = [
    { axis: 'x', at: 0, from: 'paper' }, { axis: 'x', at: media.width, from: 'paper' }, { axis: 'x', at: media.width / 2, from: 'paper' },
    { axis: 'y', at: 0, from: 'paper' }, { axis: 'y', at: media.height, from: 'paper' },
    ...media.cutLines.map((at): Guide => ({ axis: 'y', at, from: 'cut' })),
  ];
  for (const { element, rect, parents } of placedElements(document)) {
    if (except.has(element.id) || parents.some((parent) => except.has(parent))) continue;
    guides.push(
      { axis: 'x', at: rect.x, from: 'element' }, { axis: 'x', at: rect.x + rect.width / 2, from: 'element' }, { axis: 'x', at: rect.x + rect.width, from: 'element' },
      { axis: 'y', at: rect.y, from: 'element' }, { axis: 'y', at: rect.y + rect.height / 2, from: 'element' }, { axis: 'y', at: rect.y + rect.height, from: 'element' },
    );
  }
  return guides;
}

/** A length on the nearest whole dot, so that what is drawn is what was dropped. */
export function onDots(micrometres: number, dpi: number): number {
  return toMicrometres(toDots(micrometres, dpi), dpi);
}

/** Moves a frame to rest. Guides attract first, then the grid, then whole dots. */
export function snapMove(rect: Rect, guides: readonly Guide[], settings: SnapSettings): Snapped {
  const x = nearest('x', [rect.x, rect.x + rect.width / 2, rect.x + rect.width], guides, settings);
  const y = nearest('y', [rect.y, rect.y + rect.height / 2, rect.y + rect.height], guides, settings);
  return {
    rect: { ...rect, x: x === undefined ? rest(rect.x, settings) : Math.round(rect.x + x.by), y: y === undefined ? rest(rect.y, settings) : Math.round(rect.y + y.by) },
    guides: [x?.guide, y?.guide].filter((guide) => guide !== undefined),
  };
}

export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** Resizes a frame by one of its handles; the edges that move come to rest. */
export function snapResize(start: Rect, handle: Handle, dx: number, dy: number, guides: readonly Guide[], settings: SnapSettings, smallest: number): Snapped {
  let [left, top, right, bottom] = [start.x, start.y, start.x + start.width, start.y + start.height];
  const used: Guide[] = [];
  const settle = (axis: 'x' | 'y', value: number): number => {
    const found = nearest(axis, [value], guides, settings);
    if (found === undefined) return rest(value, settings);
    used.push(found.guide);
    return Math.round(value + found.by);
  };
  if (handle.includes('w')) left = Math.min(settle('x', left + dx), right - smallest);
  if (handle.includes('e')) right = Math.max(settle('x', right + dx), left + smallest);
  if (handle.startsWith('n')) top = Math.min(settle('y', top + dy), bottom - smallest);
  if (handle.startsWith('s')) bottom = Math.max(settle('y', bottom + dy), top + smallest);
  return { rect: { x: left, y: top, width: right - left, height: bottom - top }, guides: used };
}

function nearest(axis: 'x' | 'y', edges: readonly number[], guides: readonly Guide[], settings: SnapSettings): { readonly by: number; readonly guide: Guide } | undefined {
  if (!settings.guides) return undefined;
  let best: { by: number; guide: Guide } | undefined;
  for (const guide of guides) {
    if (guide.axis !== axis) continue;
    for (const edge of edges) {
      const by = guide.at - edge;
      if (Math.abs(by) <= settings.reach && (best === undefined || Math.abs(by) < Math.abs(best.by))) best = { by, guide };
    }
  }
  return best;
}

function rest(value: number, settings: SnapSettings): number {
  return settings.grid > 0 ? Math.round(value / settings.grid) * settings.grid : onDots(value, settings.dpi);
}
