/** Parts that several waybills share: recipient and sender blocks, the reprint mark, item lists. */
import type { ContentPart } from '../content.ts';
import type { LabelElement, TableElement } from '../document.ts';
import { legible } from '../units.ts';
import { column, field, frame, group, masked, paragraph, rule, table, text, word, type Box } from './kit.ts';

/** Couriers read nothing smaller than this at the door. Millimetres. */
export const readable = legible / 1_000;

/**
 * A black square with 寄, then name, phone and address as one text over all lines there are: who sends is read last, and needs no line of
 * its own for the name. What does not fit in letters a courier reads is cut from the end of the address.
 */
export function senderBlock(box: Box, look: { badge: number; size: number }, owner = ''): LabelElement[] {
  const id = owner === '' ? 'sender' : `${owner}-sender`;
  const [x, y, width, height] = box;
  const { badge, size } = look;
  const left = badge + 1.4;
  return [
    text(`${id}-mark`, [x, y, badge, badge], badge * 0.74, '寄', { weight: 'bold', align: 'center', reverse: true }),
    paragraph(`${id}-address`, [x + left, y, width - left, height], size, [masked('sender.name', 'name'), word('  '), masked('sender.phone', 'phone'), word('  '), masked('sender.address', 'address')], { smallest: readable, clamp: true, lineHeight: 114 }),
  ];
}

/**
 * A black square with 收 or 寄, then name and phone, then the address; all behind masks but the shop's own return address. `wide` is the
 * width where the address has more room than the name.
 */
export function partyBlock(prefix: 'recipient' | 'sender' | 'returnTo', box: Box, look: { mark: string; badge: number; nameSize: number; addressSize: number; smallest: number; strong: boolean; wide?: number }, owner = ''): LabelElement[] {
  const id = owner === '' ? prefix : `${owner}-${prefix}`;
  const [x, y, width, height] = box;
  const { badge, nameSize, addressSize } = look;
  const left = x + badge + 1.4;
  const room = width - badge - 1.4;
  const first = nameSize * 1.25;
  const part = (name: 'name' | 'phone' | 'address'): ContentPart => (prefix === 'returnTo' ? field(`${prefix}.${name}`) : masked(`${prefix}.${name}`, name));
  return [
    text(`${id}-mark`, [x, y, badge, badge], badge * 0.74, look.mark, { weight: 'bold', align: 'center', reverse: true }),
    text(`${id}-name`, [left, y, room, first], nameSize, [part('name'), word('  '), part('phone')], {
      weight: look.strong ? 'bold' : 'medium',
      smallest: Math.min(nameSize, readable),
      clamp: true,
    }),
    paragraph(`${id}-address`, [left, y + first + 0.3, (look.wide ?? width) - badge - 1.4, height - first - 0.3], addressSize, part('address'), {
      weight: look.strong ? 'bold' : 'regular',
      smallest: look.smallest,
      clamp: true,
      lineHeight: 114,
    }),
  ];
}

/** Whether a bag's destination or a branch of origin came with the number. */
const routed = { op: 'any' as const, of: [{ op: 'filled' as const, field: 'waybill.consolidation' }, { op: 'filled' as const, field: 'waybill.originCode' }] };

/**
 * Sort code (三段码, 大头笔) with the bag's destination (集包地) and the branch of origin in a row below it. Numbers that came without
 * them print the sort code over both rows: it is what a sorter looks for. `origin` is the width of the last.
 */
export function destinationRows([x, y, width, height]: Box, look: { readonly row: number; readonly size: number; readonly badge: number; readonly words: number; readonly origin: number; readonly rule: number }): LabelElement[] {
  const below = y + height + 0.4;
  const sort = field('waybill.sortCode');
  return [
    group('routed', [x, y, width, height + 0.4 + look.row], [
      text('sort-code', [0, 0, width, height], look.size, sort, { weight: 'bold', align: 'center', smallest: 3.6 }),
      rule('rule-3', 0, height + 0.2, width, look.rule),
      text('consolidation-mark', [0, below - y + (look.row - look.badge) / 2, look.badge, look.badge], look.badge * 0.74, '集', { weight: 'bold', align: 'center', reverse: true, when: { op: 'filled', field: 'waybill.consolidation' } }),
      text('consolidation', [look.badge + 1.2, below - y + 0.2, width - look.badge - 2.4 - look.origin, look.row - 0.4], look.words, field('waybill.consolidation'), { weight: 'bold', smallest: readable, clamp: true }),
      text('origin', [width - look.origin, below - y + 0.2, look.origin, look.row - 0.4], look.words * 0.68, field('waybill.originCode'), { align: 'right', smallest: readable, clamp: true }),
    ], { when: routed }),
    text('sort-code-alone', [x, y, width, height + 0.4 + look.row], Math.min(12, look.size * 1.4), sort, { weight: 'bold', align: 'center', smallest: 3.6, when: { op: 'not', of: routed } }),
  ];
}

/** The mark leaves room below it for the count of parcels. */
export const reprintHeight = 4.8;

/** 补打 with the number of the attempt: nobody may take a reprint for the first label. */
export function reprintMark(id: string, [x, y, width]: Box, size: number): LabelElement {
  return text(id, [x, y, width, reprintHeight], size, [word('补打'), field('job.attempt', { before: ' ' })], { weight: 'bold', align: 'center', reverse: true, padding: 0.9, smallest: readable, when: { op: 'is', field: 'job.reprint', value: true } });
}

/**
 * Shelf, short name, specification, and a quantity larger than the rest, white on black when it is not 1: what packers miss. Shops without
 * shelves have no column for them.
 */
export function itemTable(id: string, box: Box, size: number, more: { overflow?: TableElement['overflow'] } = {}): TableElement {
  return table(
    id,
    box,
    size,
    'items',
    [
      column(size * 4.2, field('item.location'), { wrap: true, weight: 'medium' }),
      column(0, [field('item.shortName'), field('item.sku', { before: ' ' })], { wrap: true, weight: 'medium' }),
      column(size * 3.7, field('item.quantity', { before: '×' }), { align: 'right', weight: 'bold', scale: 130, emphasis: { field: 'item.quantity', isNot: 1 } }),
    ],
    { overflow: more.overflow ?? { kind: 'shrink', smallest: 2500, then: 'more' }, gap: 0.8, rules: 'rows' },
  );
}

/** 2/3 of a shipment of several parcels; on a reprint it stands small below the mark. */
export function pieceMark(id: string, [x, y, width, height]: Box, size: number): LabelElement[] {
  const several = { op: 'over' as const, field: 'parcel.total', value: 1 };
  const count = [field('parcel.index'), word('/'), field('parcel.total')];
  const first = { op: 'all' as const, of: [several, { op: 'is' as const, field: 'job.reprint', value: false }] };
  const again = { op: 'all' as const, of: [several, { op: 'is' as const, field: 'job.reprint', value: true }] };
  const below = reprintHeight + 0.4;
  return [
    group(id, [x, y, width, height], [text(`${id}-text`, [0, 0, width, height], size, count, { weight: 'bold', align: 'right', smallest: 2.5 })], { when: first }),
    group(`${id}-again`, [x, y + below, width, height - below], [text(`${id}-again-text`, [0, 0, width, height - below], 2.8, count, { weight: 'bold', align: 'right', smallest: readable })], { when: again }),
  ];
}

/** 已验视 in a frame, as the stamp it stands for. */
export function inspectedMark(id: string, [x, y, width, height]: Box, size: number): LabelElement[] {
  return [frame(`${id}-frame`, [x, y, width, height], 0.375), text(id, [x + 0.5, y + 0.4, width - 1, height - 0.8], size, '已验视', { weight: 'bold', align: 'center', smallest: readable })];
}

/** The carrier's name in a frame: it stands where paper with printed logos has its logo. */
export function carrierLogo(id: string, logo: 'upper' | 'lower', box: Box, size: number): LabelElement {
  const [, , width, height] = box;
  return group(
    id,
    box,
    [
      frame(`${id}-frame`, [0, 0, width, height], 0.5),
      text(`${id}-name`, [0.8, 0.5, width - 1.6, height - 1], size, field('waybill.carrier.name', { fallback: '快递' }), { weight: 'bold', align: 'center', smallest: readable }),
    ],
    { logo },
  );
}

/** Notes of seller and buyer for the outside of a parcel: phone numbers in them are hidden. */
export const noteContent: readonly ContentPart[] = [
  field('orders.sellerNote', { format: [{ kind: 'mask', as: 'text' }], before: '备注：', after: '　' }),
  field('orders.buyerNote', { format: [{ kind: 'mask', as: 'text' }], before: '买家：' }),
];
