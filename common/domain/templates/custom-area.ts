/**
 * The two tick lists sellers know: picking info (拣货信息) and trade info (交易信息). Ticking makes ordinary elements in the custom
 * area, which may be changed afterwards.
 */
import type { Content, ContentPart } from '../label/content.ts';
import type { LabelElement, LabelElementInput, TableColumn } from '../label/document.ts';
import { elementSchema } from '../label/document.ts';
import { legible } from '../label/units.ts';

export const pickingTicks = ['shortName', 'sku', 'quantity', 'location', 'sellerNote', 'flag', 'sequence'] as const;
export const tradeTicks = ['shop', 'orderIds', 'buyerNote', 'amount', 'paidAt'] as const;
export type PickingTick = (typeof pickingTicks)[number];
export type TradeTick = (typeof tradeTicks)[number];

export interface Ticks {
  readonly picking: readonly PickingTick[];
  readonly trade: readonly TradeTick[];
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Ids of what the tick lists make begin with this, so that the next ticking replaces it. */
export const customPrefix = 'custom-';

const size = 2_800;
const row = 3_700;

const part = (path: string, more: Partial<Extract<ContentPart, { field: string }>> = {}): Extract<ContentPart, { field: string }> => ({ field: path, format: [], before: '', after: '', fallback: '', ...more });

/** Elements for the ticks, inside an area of the label (micrometres). Trade info stands below, picking info takes what is left. */
export function fillCustomArea(ticks: Ticks, area: Area): LabelElement[] {
  const picking = new Set(ticks.picking);
  const trade = new Set(ticks.trade);
  const lines: { readonly id: string; readonly content: Content; readonly when?: LabelElementInput['when'] }[] = [];
  if (picking.has('sellerNote') || picking.has('flag')) {
    lines.push({
      id: 'seller',
      content: [...(picking.has('flag') ? [part('order.flag', { before: '旗：', after: ' ' })] : []), ...(picking.has('sellerNote') ? [part('orders.sellerNote', { before: '备注：', format: [{ kind: 'join', separator: '；', unique: true }] })] : [])],
    });
  }
  if (trade.has('buyerNote')) lines.push({ id: 'buyer', content: [part('orders.buyerNote', { before: '留言：', format: [{ kind: 'join', separator: '；', unique: true }] })] });
  const short = [
    ...(trade.has('shop') ? [part('order.shop', { before: '店铺：', after: ' ' })] : []),
    ...(trade.has('amount') ? [part('orders.amountTotal', { before: '实付：', after: ' ', format: [{ kind: 'money', symbol: '¥' }] })] : []),
    ...(trade.has('paidAt') ? [part('order.paidAt', { before: '付款：', format: [{ kind: 'date', pattern: 'MM-DD HH:mm' }] })] : []),
  ];
  if (short.length > 0) lines.push({ id: 'trade', content: short });
  if (trade.has('orderIds')) lines.push({ id: 'orders', content: [part('orders.id', { before: '订单：', format: [{ kind: 'join', separator: ' ', unique: true }] })] });

  const room = Math.max(0, area.height - lines.length * row);
  const elements: LabelElementInput[] = [];
  const columns: Partial<TableColumn>[] = [];
  if (picking.has('location')) columns.push({ content: [part('item.location')], width: 14_000 });
  const words = [...(picking.has('shortName') ? [part('item.shortName')] : []), ...(picking.has('sku') ? [part('item.sku', { before: picking.has('shortName') ? ' ' : '' })] : [])];
  if (words.length > 0) columns.push({ content: words, width: 0, wrap: true, weight: 'medium' });
  if (picking.has('quantity')) columns.push({ content: [part('item.quantity', { before: '×' })], width: 10_000, align: 'right', weight: 'bold', emphasis: { field: 'item.quantity', isNot: 1 } });
  const sequenceWidth = picking.has('sequence') ? 17_000 : 0;
  if (columns.length > 0 && room >= row) {
    elements.push({
      id: `${customPrefix}items`, type: 'table', x: area.x, y: area.y, width: area.width - sequenceWidth, height: room, source: 'items', font: { size: 3_000 },
      columns: columns.map((column) => ({ content: column.content ?? [], width: column.width ?? 0, ...column })),
      overflow: { kind: 'shrink', smallest: 2_500, then: 'more' },
    });
  }
  if (sequenceWidth > 0) {
    elements.push({
      id: `${customPrefix}sequence`, type: 'text', x: area.x + area.width - sequenceWidth, y: area.y, width: sequenceWidth, height: 5_000, align: 'right', font: { size: 4_000, weight: 'bold' },
      content: [part('job.sequence'), { text: '/' }, part('job.total')], fit: { kind: 'shrink', smallest: legible, then: 'clamp' },
    });
  }
  lines.forEach((line, index) => {
    elements.push({
      id: `${customPrefix}${line.id}`, type: 'text', x: area.x, y: area.y + room + index * row, width: area.width, height: row, font: { size }, content: line.content, fit: { kind: 'shrink', smallest: legible, then: 'clamp' },
    });
  });
  return elements.map((element) => elementSchema.parse(element));
}
