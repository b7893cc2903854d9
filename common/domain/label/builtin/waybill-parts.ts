/** The parts of 100 mm waybills: the part that travels on the parcel, and the one that stays with somebody. */
import type { ContentPart } from '../content.ts';
import type { LabelElement } from '../document.ts';
import { code128, field, masked, paragraph, qr, rule, text, word } from './kit.ts';
import { carrierLogo, destinationRows, inspectedMark, itemTable, noteContent, partyBlock, pieceMark, readable, reprintMark, senderBlock } from './parts.ts';

const left = 2;
const width = 96;
const right = left + width;
const sequence = [word('第 '), field('job.sequence'), word('/'), field('job.total'), word(' 单')];
const pieces = [word('共 '), field('items.count'), word(' 种 '), field('items.total'), word(' 件')];

/** Upper part, from the paper's top edge: code, destination, recipient, sender, signature. Heights from 90 mm. */
export function parcelPart(height: number): LabelElement[] {
  const extra = height - 90;
  const code = 16 + extra * 0.2;
  const sort = 11 + extra * 0.1;
  const recipient = 19 + extra * 0.4;
  const sender = 10.8 + extra * 0.15;
  const yCode = 12.4;
  const ySort = yCode + code + 0.9;
  const yCons = ySort + sort + 0.4;
  const yRecipient = yCons + 7;
  const ySender = yRecipient + recipient + 0.6;
  const ySign = ySender + sender + 0.6;
  return [
    carrierLogo('logo-upper', 'upper', [left, 2.4, 28, 8], 5.4),
    text('product', [left + 30, 2.2, 38, 4.8], 3.8, field('waybill.product'), { weight: 'bold', smallest: 2.5, clamp: true }),
    text('printed-at', [left + 30, 7, 38, 3.4], 2.6, field('job.printedAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }] })),
    reprintMark('reprint', [right - 18, 2.4, 18, 8], 3.6),
    ...pieceMark('pieces', [right - 18, 2.4, 18, 8], 5.4),
    rule('rule-1', left, 11.2, width, 0.375),
    code128('code', [left, yCode, width, code], field('waybill.number'), { caption: 3.6 }),
    rule('rule-2', left, ySort - 0.5, width, 0.375),
    ...destinationRows([left, ySort, width, sort], { row: 6.2, size: sort * 0.9, badge: 5.4, words: 5, origin: 26, rule: 0.375 }),
    rule('rule-4', left, yCons + 6.5, width, 0.375),
    ...partyBlock('recipient', [left, yRecipient + 0.5, 75, recipient - 0.5], { mark: '收', badge: 8, nameSize: 5.2, addressSize: 5, smallest: readable, strong: true }),
    qr('qr', [right - 20, yRecipient - 0.3, 20, 20], field('waybill.qr')),
    rule('rule-5', left, ySender - 0.2, 74, 0.25),
    ...senderBlock([left, ySender + 0.5, 75, sender - 0.5], { badge: 6, size: 3 }),
    rule('rule-6', left, ySign - 0.5, width, 0.25),
    text('sign', [left, ySign + 0.2, width, 3.2], 2.5, '快件送达收件人地址，经收件人或其允许的代收人签字，视为送达。'),
    text('sign-2', [left, ySign + 3.8, 70, 4], 3, '签收：　　　　　　　　　　时间：'),
    ...inspectedMark('inspected', [right - 15, ySign + 3, 15, 5], 3.4),
  ];
}

/** A lower part: who, what is inside, notes. `id` keeps element names apart, `y` is the cut line above it; below 60 mm it is about the goods alone. */
export function keptPart(id: string, y: number, height: number, title: string): LabelElement[] {
  const withRecipient = height >= 60;
  const bottom = y + height;
  const listTop = y + (withRecipient ? 29.4 : 18.4);
  const footer = bottom - 6.4;
  const noteHeight = withRecipient ? 7.6 : 4;
  const notes = footer - noteHeight - 0.8;
  const recipient = [
    text(`${id}-to`, [left, y + 18, width, 4], 3, [word('收：'), masked('recipient.name', 'name'), word('  '), masked('recipient.phone', 'phone')], { weight: 'medium', smallest: readable, clamp: true }),
    paragraph(`${id}-to-address`, [left, y + 22.2, width, 6.4], 2.7, masked('recipient.address', 'address'), { smallest: readable, clamp: true, maxLines: 2 }),
    rule(`${id}-rule-2`, left, y + 28.8, width, 0.25),
  ];
  return [
    text(`${id}-title`, [left, y + 2.4, 26, 5.4], 3.6, title, { weight: 'bold', align: 'center', reverse: true, smallest: 2.5 }),
    carrierLogo(`${id}-logo`, 'lower', [left, y + 8.4, 26, 4.8], 3.2),
    text(`${id}-sequence`, [left, y + 13.5, 26, 3.4], 2.5, sequence, { smallest: readable }),
    code128(`${id}-code`, [left + 27, y + 3.4, width - 27, 13], field('waybill.number'), { caption: 2.8, largestModule: 0.4 }),
    rule(`${id}-rule-1`, left, y + 17.4, width, 0.25),
    ...(withRecipient ? recipient : []),
    ...goods(id, { listTop, notes, noteHeight, footer }, pieces, 26),
  ];
}

/** The custom area: what to pack by shelf, notes, and in the foot shop, orders and pieces. */
function goods(id: string, { listTop, notes, noteHeight, footer }: { listTop: number; notes: number; noteHeight: number; footer: number }, count: readonly ContentPart[], countWidth: number): LabelElement[] {
  return [
    itemTable(`${id}-items`, [left, listTop, width, notes - listTop - 0.8], 3.6),
    paragraph(`${id}-notes`, [left, notes, width, noteHeight], 2.8, [...noteContent], { weight: 'medium', smallest: readable, clamp: true, maxLines: 2 }),
    rule(`${id}-rule-3`, left, footer - 0.3, width, 0.25, { on: 1, off: 0.8 }),
    text(`${id}-shop`, [left, footer + 0.4, width - countWidth - 1, 3.8], 2.6, [field('orders.shop', { after: '　' }), field('orders.id', { format: [{ kind: 'join', separator: ' ', unique: true }] })], { smallest: readable, clamp: true }),
    text(`${id}-pieces`, [right - countWidth, footer + 0.4, countWidth, 3.8], 2.8, count, { weight: 'bold', align: 'right', smallest: readable }),
  ];
}

/** The custom area below a parcel part, between two heights of the paper. */
export function customPart(id: string, y: number, bottom: number): LabelElement[] {
  const footer = bottom - 7;
  return [
    rule(`${id}-rule-0`, left, y, width, 0.375),
    ...goods(id, { listTop: y + 1, notes: footer - 8.4, noteHeight: 7.6, footer }, [...sequence, word('　'), ...pieces], 46),
  ];
}

/** What the recipient keeps, or the courier takes back signed: code, both parties, signature. Heights from 50 mm. */
export function receiptPart(id: string, y: number, height: number, title: string): LabelElement[] {
  const sign = y + height - 7.4;
  return [
    text(`${id}-title`, [left, y + 2.4, 26, 5.4], 3.6, title, { weight: 'bold', align: 'center', reverse: true, smallest: 2.5 }),
    carrierLogo(`${id}-logo`, 'lower', [left, y + 8.8, 26, 7], 4.2),
    code128(`${id}-code`, [left + 27, y + 3.4, width - 27, 13], field('waybill.number'), { caption: 2.8, largestModule: 0.4 }),
    rule(`${id}-rule-1`, left, y + 17.4, width, 0.25),
    ...partyBlock('recipient', [left, y + 18.2, width, 13.4], { mark: '收', badge: 6, nameSize: 3.4, addressSize: 3.2, smallest: readable, strong: false }, id),
    rule(`${id}-rule-2`, left, y + 32, width, 0.25),
    ...senderBlock([left, y + 32.6, width, sign - y - 33.2], { badge: 5, size: 2.8 }, id),
    rule(`${id}-rule-3`, left, sign, width, 0.25),
    text(`${id}-sign`, [left, sign + 0.8, width, 4], 3, '签收：　　　　　　　　　　　时间：'),
  ];
}

/** The parcel part on 60 mm: the same sections closer together, the QR code beside them; the address runs below it, over the whole width. */
export function shortParcelPart(): LabelElement[] {
  const column = 75;
  return [
    carrierLogo('logo-upper', 'upper', [left, 2, 26, 7.2], 5),
    text('product', [left + 28, 1.8, 33, 4.4], 3.6, field('waybill.product'), { weight: 'bold', smallest: 2.5, clamp: true }),
    text('printed-at', [left + 28, 6.2, 33, 3.2], 2.5, field('job.printedAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }] })),
    reprintMark('reprint', [left + 62, 1.8, 18, 7.8], 3.6),
    ...pieceMark('pieces', [left + 62, 1.8, 18, 7.8], 5),
    ...inspectedMark('inspected', [right - 14, 3.1, 14, 5], 3.4),
    rule('rule-1', left, 9.8, width, 0.375),
    code128('code', [left, 10.6, width, 12.6], field('waybill.number'), { caption: 3.2 }),
    rule('rule-2', left, 23.5, width, 0.375),
    ...destinationRows([left, 23.9, column, 7.8], { row: 5.8, size: 7, badge: 5, words: 4.4, origin: 24, rule: 0.25 }),
    qr('qr', [right - 19, 24.1, 19, 19], field('waybill.qr')),
    rule('rule-4', left, 38, column, 0.25),
    ...partyBlock('recipient', [left, 38.5, column, 15.7], { mark: '收', badge: 6.4, nameSize: 4.2, addressSize: 4.2, smallest: readable, strong: true, wide: width }),
    rule('rule-5', left, 54.4, width, 0.25),
    text('sender', [left, 54.8, width, 4], 2.6, [word('寄：'), masked('sender.name', 'name'), word(' '), masked('sender.phone', 'phone'), word(' '), masked('sender.address', 'address')], { smallest: readable, clamp: true }),
  ];
}
