/** Parts that several waybills share: recipient and sender blocks, the reprint mark, item lists. */
import type { ContentPart } from '../content.ts';
import type { LabelElement, TableElement } from '../document.ts';
import { column, field, frame, group, masked, paragraph, table, text, word, type Box } from './kit.ts';

/** A black square with 收 or 寄, then name and phone, then the address; all behind masks but the shop's own return address. */
export function partyBlock(prefix: 'recipient' | 'sender' | 'returnTo', box: Box, look: { mark: string; badge: number; nameSize: number; addressSize: number; smallest: number; strong: boolean }): LabelElement[] {
  const [x, y, width, height] = box;
  const { badge, nameSize, addressSize } = look;
  const left = x + badge + 1.4;
  const room = width - badge - 1.4;
  const first = nameSize * 1.25;
  const part = (name: 'name' | 'phone' | 'address'): ContentPart => (prefix === 'returnTo' ? field(`${prefix}.${name}`) : masked(`${prefix}.${name}`, name));
  return [
    text(`${prefix}-mark`, [x, y, badge, badge], badge * 0.74, look.mark, { weight: 'bold', align: 'center', reverse: true }),
    text(`${prefix}-name`, [left, y, room, first], nameSize, [part('name'), word('  '), part('phone')], {
      weight: look.strong ? 'bold' : 'medium',
      smallest: Math.min(nameSize, 2.5),
      clamp: true,
    }),
    paragraph(`${prefix}-address`, [left, y + first + 0.3, room, height - first - 0.3], addressSize, part('address'), {
      weight: look.strong ? 'bold' : 'regular',
      smallest: look.smallest,
      clamp: true,
      lineHeight: 114,
    }),
  ];
}

/** 补打 with the number of the attempt: nobody may take a reprint for the first label. */
export function reprintMark(id: string, box: Box, size: number): LabelElement {
  return text(id, box, size, [word('补打'), field('job.attempt', { before: ' ' })], { weight: 'bold', align: 'center', reverse: true, padding: 0.9, smallest: 2, when: { op: 'is', field: 'job.reprint', value: true } });
}

/** Short name, specification, and a quantity that is printed white on black when it is not 1. */
export function itemTable(id: string, box: Box, size: number, more: { sku?: boolean; overflow?: TableElement['overflow'] } = {}): TableElement {
  return table(
    id,
    box,
    size,
    'items',
    [
      column(0, [field('item.shortName'), ...(more.sku === false ? [] : [field('item.sku', { before: ' ' })])], { wrap: true, weight: 'medium' }),
      column(size * 2.9, field('item.quantity', { before: '×' }), { align: 'right', weight: 'bold', emphasis: { field: 'item.quantity', isNot: 1 } }),
    ],
    { overflow: more.overflow ?? { kind: 'shrink', smallest: 2500, then: 'more' }, gap: 0.5 },
  );
}

/** The carrier's name in a frame: it stands where paper with printed logos has its logo. */
export function carrierLogo(id: string, logo: 'upper' | 'lower', box: Box, size: number): LabelElement {
  const [, , width, height] = box;
  return group(
    id,
    box,
    [
      frame(`${id}-frame`, [0, 0, width, height], 0.5),
      text(`${id}-name`, [0.8, 0.5, width - 1.6, height - 1], size, field('waybill.carrier.name', { fallback: '快递' }), { weight: 'bold', align: 'center', smallest: 2 }),
    ],
    { logo },
  );
}

/** Notes of seller and buyer for the outside of a parcel: phone numbers in them are hidden. */
export const noteContent: readonly ContentPart[] = [
  field('orders.sellerNote', { format: [{ kind: 'mask', as: 'text' }], before: '备注：', after: '　' }),
  field('orders.buyerNote', { format: [{ kind: 'mask', as: 'text' }], before: '买家：' }),
];
