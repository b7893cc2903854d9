/** 80 mm receipt rolls (72 mm of them can be printed): pick list and packing slip. The roll is cut below the last line. */
import { defineDocument, type LabelDocument } from '../document.ts';
import { code128, column, field, frame, group, mm, paragraph, rule, table, text, word } from './kit.ts';
import { readable } from './parts.ts';

const width = 72;
const noteWhen = (path: string) => ({ when: { op: 'filled' as const, field: path } });

/** For the person who walks the shelves: shelf, short name, quantity, a box to tick. Stays in the house. */
export const pickList: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '拣货单 80 毫米',
  purpose: 'pick',
  media: { width: mm(width), height: mm(1500), continuous: true, bottomMargin: mm(6) },
  privacy: 'internal',
  elements: [
    text('title', [1, 2, 34, 8], 6.4, '拣货单', { weight: 'bold' }),
    text('sequence', [36, 2, 35, 8], 6, [field('job.sequence'), word('/'), field('job.total')], { weight: 'bold', align: 'right', smallest: 3 }),
    rule('rule-1', 1, 10.6, 70, 0.5),
    text('shop', [1, 11.6, 70, 4], 3.2, field('orders.shop'), { weight: 'medium', smallest: readable, clamp: true }),
    text('time', [1, 15.8, 40, 3.8], 2.8, field('job.printedAt', { format: [{ kind: 'date', pattern: 'MM-DD HH:mm' }] })),
    text('who', [36, 15.8, 35, 3.8], 2.8, [field('job.operator'), field('job.station', { before: ' ' })], { align: 'right', smallest: readable, clamp: true }),
    group('order-code', [1, 20.4, 70, 12.4], [code128('order-barcode', [0, 0, 70, 12], field('waybill.number'), { caption: 3, largestModule: 0.4 })], noteWhen('waybill.number')),
    rule('rule-2', 1, 33.2, 70, 0.5),
    table(
      'items',
      [1, 34.4, 70, 20],
      3.6,
      'items',
      [
        column(17.5, field('item.location', { fallback: '—' }), { title: '货位', weight: 'bold', wrap: true }),
        column(0, [field('item.shortName'), field('item.sku', { before: ' ' })], { title: '商品', wrap: true }),
        column(12, field('item.quantity', { before: '×' }), { title: '数量', align: 'right', weight: 'bold', emphasis: { field: 'item.quantity', isNot: 1 } }),
        column(6, '□', { align: 'right' }),
      ],
      { header: true, rules: 'rows', overflow: { kind: 'grow' }, gap: 1.4 },
    ),
    rule('rule-3', 1, 55.4, 70, 0.5),
    text('total', [1, 56.4, 70, 5.4], 4.2, [word('共 '), field('items.count'), word(' 种  '), field('items.total'), word(' 件')], { weight: 'bold', align: 'right' }),
    paragraph('seller-note', [1, 62.4, 70, 5], 3.4, field('orders.sellerNote', { before: '备注：' }), { weight: 'bold', lineHeight: 124 }),
    paragraph('buyer-note', [1, 68, 70, 5], 3.2, field('orders.buyerNote', { before: '买家留言：' }), { lineHeight: 124 }),
    rule('rule-4', 1, 74, 70, 0.25, { on: 1, off: 1 }),
    paragraph('orders', [1, 75, 70, 4], 2.8, [word('订单 '), field('orders.id', { format: [{ kind: 'join', separator: '  ', unique: true }] })]),
  ],
});

/** Goes into the parcel, for the buyer: what is inside, no personal data, no shelf, no price. */
export const packingSlip: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '装箱单 80 毫米',
  purpose: 'packing',
  media: { width: mm(width), height: mm(1500), continuous: true, bottomMargin: mm(6) },
  privacy: 'masked',
  elements: [
    paragraph('shop', [1, 2, 70, 7], 5.4, field('orders.shop', { fallback: '装箱单' }), { weight: 'bold', align: 'center', smallest: 3.4, clamp: true, maxLines: 2 }),
    text('title', [1, 9.6, 70, 5], 3.8, '装 箱 单', { align: 'center', weight: 'medium' }),
    rule('rule-1', 1, 15.4, 70, 0.5),
    text('to', [1, 16.4, 70, 4.4], 3.2, [word('收件人：'), { field: 'recipient.name', format: [{ kind: 'mask', as: 'name' }], before: '', after: '', fallback: '' }, word('　'), { field: 'recipient.phone', format: [{ kind: 'mask', as: 'phone' }], before: '', after: '', fallback: '' }], { smallest: readable, clamp: true }),
    text('waybill', [1, 21, 70, 4.4], 3.2, [field('waybill.carrier.name', { after: ' ' }), field('waybill.number')], { smallest: readable, clamp: true }),
    rule('rule-2', 1, 26, 70, 0.25),
    table(
      'items',
      [1, 27.2, 70, 20],
      3.4,
      'items',
      [column(7, field('row.number'), { title: '#' }), column(0, [field('item.title', { fallback: '' }), field('item.sku', { before: ' [', after: ']' })], { title: '商品', wrap: true }), column(13, field('item.quantity', { before: '×' }), { title: '数量', align: 'right', weight: 'bold' })],
      { header: true, rules: 'rows', overflow: { kind: 'grow' }, gap: 1.2 },
    ),
    rule('rule-3', 1, 48, 70, 0.5),
    text('total', [1, 49, 70, 5], 3.8, [word('共 '), field('items.total'), word(' 件')], { weight: 'bold', align: 'right' }),
    paragraph('order', [1, 55, 70, 4], 2.8, [word('订单 '), field('orders.id', { format: [{ kind: 'join', separator: '  ', unique: true }] })]),
    text('paid', [1, 59.4, 70, 4], 2.8, field('order.paidAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }], before: '下单时间 ' })),
    frame('thanks-frame', [1, 65, 70, 11], 0.375),
    text('thanks', [2, 65.6, 68, 5], 3.4, '感谢您的购买', { weight: 'bold', align: 'center' }),
    text('thanks-2', [2, 70.4, 68, 4.6], 2.8, '收到有问题请先联系客服，我们会处理好', { align: 'center' }),
  ],
});
