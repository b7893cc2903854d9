/** One-part waybill 76 × 130 mm, sections in the order couriers know (GB/T 41833-like): code, destination, recipient, sender, goods. */
import { defineDocument, type LabelDocument } from '../document.ts';
import { bar, code128, field, mm, paragraph, qr, rule, text, word } from './kit.ts';
import { carrierLogo, destinationRows, inspectedMark, itemTable, noteContent, partyBlock, pieceMark, readable, reprintMark, senderBlock } from './parts.ts';

const left = 2;
const width = 72;
const right = left + width;

export const waybill76x130: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '一联单 76×130',
  purpose: 'waybill',
  media: { width: mm(76), height: mm(130) },
  privacy: 'masked',
  elements: [
    // Head: carrier, product, time
    carrierLogo('logo-upper', 'upper', [left, 2.4, 22, 8], 5),
    text('product', [left + 24, 2.2, 30, 4.6], 3.6, field('waybill.product'), { weight: 'bold', smallest: 2.5, clamp: true }),
    text('printed-at', [left + 24, 6.8, 30, 3.4], 2.5, field('job.printedAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }] })),
    reprintMark('reprint', [right - 16, 2.4, 16, 8], 3.6),
    ...pieceMark('pieces', [right - 16, 2.4, 16, 8], 4.8),
    rule('rule-1', left, 11.2, width, 0.375),
    // Main code
    code128('code', [left, 12.4, width, 14.2], field('waybill.number'), { caption: 3.4 }),
    rule('rule-2', left, 27.4, width, 0.375),
    // Destination
    ...destinationRows([left, 27.9, width, 9.7], { row: 6.4, size: 8.4, badge: 5.4, words: 4.8, origin: 20, rule: 0.375 }),
    rule('rule-4', left, 44.6, width, 0.375),
    // People
    ...partyBlock('recipient', [left, 45.4, width, 17.4], { mark: '收', badge: 7, nameSize: 4.6, addressSize: 4.2, smallest: readable, strong: true }),
    rule('rule-5', left, 63, width, 0.25),
    ...senderBlock([left, 63.6, width, 8.6], { badge: 5, size: 2.9 }),
    rule('rule-6', left, 72.4, width, 0.375),
    // Codes for the counter and the signature
    text('sign', [left, 73.2, 51, 3.2], 2.5, '经收件人或其允许的代收人签字视为送达'),
    text('sign-2', [left, 76.6, 51, 3.2], 2.5, '签收：　　　　　　　　时间：'),
    code128('code-small', [left, 80.4, 52, 10.6], field('waybill.number'), { caption: 2.5, largestModule: 0.3, spare: true }),
    bar('rule-7', 54.6, 72.4, 19.2, 0.25),
    qr('qr', [55, 72.9, 19, 18.4], field('waybill.qr')),
    rule('rule-8', left, 91.6, width, 0.375),
    // Custom area: what to pack, what to remember
    itemTable('items', [left, 92.5, width, 21], 3.5),
    paragraph('notes', [left, 113.8, width, 7.2], 2.8, [...noteContent], { weight: 'medium', smallest: readable, clamp: true, lineHeight: 112 }),
    rule('rule-9', left, 121.6, width, 0.25, { on: 1, off: 0.8 }),
    text('shop', [left, 122.2, 46.8, 2.8], 2.5, [field('orders.shop', { after: ' ' }), field('orders.id', { format: [{ kind: 'join', separator: ' ', unique: true }] })], { smallest: readable, clamp: true }),
    text('sequence', [left, 125.3, 46.8, 2.8], 2.5, [word('第 '), field('job.sequence'), word('/'), field('job.total'), word(' 单　共 '), field('items.total'), word(' 件')], { smallest: readable }),
    ...inspectedMark('inspected', [left + 47.2, 122.6, 10.4, 5], 3.1),
    carrierLogo('logo-lower', 'lower', [right - 13.2, 122.6, 13.2, 5], 3),
  ],
});
