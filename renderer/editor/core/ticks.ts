/** The tick lists as they stand in a document: what was ticked and where, read back from the elements they made. */
import type { LabelDocument } from '../../../common/domain/label/document.ts';
import { customPrefix, fillCustomArea } from '../../../common/domain/templates/custom-area.ts';
import type { PickingTick, Ticks, TradeTick } from '../../../common/domain/templates/custom-area.ts';
import type { Command } from './commands.ts';
import { replaceElements } from './commands.ts';
import { placedElements, unionOf } from './tree.ts';
import type { Rect } from './tree.ts';

/** A field that only this tick prints. */
const pickingFields: Readonly<Record<PickingTick, string>> = { shortName: 'item.shortName', sku: 'item.sku', quantity: 'item.quantity', location: 'item.location', sellerNote: 'orders.sellerNote', flag: 'order.flag', sequence: 'job.sequence' };
const tradeFields: Readonly<Record<TradeTick, string>> = { shop: 'order.shop', orderIds: 'orders.id', buyerNote: 'orders.buyerNote', amount: 'orders.amountTotal', paidAt: 'order.paidAt' };

export interface CustomArea {
  readonly ticks: Ticks;
  readonly area: Rect;
}

const margin = 4_000;

/** What the tick lists made in this document; undefined when they made nothing. */
export function readCustomArea(document: LabelDocument): CustomArea | undefined {
  const made = placedElements(document).filter(({ element }) => element.id.startsWith(customPrefix));
  const frame = unionOf(made.map((one) => one.rect));
  if (frame === undefined) return undefined;
  const fields = new Set(made.flatMap(({ element }) => (element.type === 'table' ? element.columns.flatMap((column) => column.content) : 'content' in element ? element.content : [])).flatMap((part) => ('field' in part ? [part.field] : [])));
  const ticked = <T extends string>(of: Readonly<Record<T, string>>): T[] => (Object.keys(of) as T[]).filter((tick) => fields.has(of[tick]));
  return { ticks: { picking: ticked(pickingFields), trade: ticked(tradeFields) }, area: frame };
}

/** Where a custom area usually is: across the label, in its lower part. */
export function usualArea(document: LabelDocument): Rect {
  const { width, height } = document.media;
  return { x: margin, y: Math.min(90_000, Math.round(height * 0.7)), width: width - margin * 2, height: Math.min(36_000, Math.round(height * 0.27)) };
}

/** Makes the elements of the ticks in an area, in place of those made before and of `instead`. No ticks: only clears. */
export function fillTicks(ticks: Ticks, area: Rect, instead: readonly string[] = []): Command {
  return (scene) => {
    const made = placedElements(scene.document).map((one) => one.element.id).filter((id) => id.startsWith(customPrefix));
    return replaceElements([...made, ...instead], fillCustomArea(ticks, area))(scene);
  };
}
