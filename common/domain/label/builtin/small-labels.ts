/** Return label and item label. */
import { defineDocument, type LabelDocument } from '../document.ts';
import { code128, field, group, mm, paragraph, rule, text, word } from './kit.ts';
import { carrierLogo, partyBlock, readable, reprintMark } from './parts.ts';

export const returnLabelSize = { width: mm(100), height: mm(110) } as const;

/** Goes into the parcel for the way back: the shop's return address receives, the buyer sends. */
export const returnLabel: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '退货标签 100×110',
  purpose: 'return',
  media: returnLabelSize,
  privacy: 'masked',
  elements: [
    text('mark', [2, 2.4, 20, 9], 6.4, '退货', { weight: 'bold', align: 'center', reverse: true }),
    carrierLogo('logo-upper', 'upper', [24, 2.4, 26, 9], 5),
    text('product', [52, 2.2, 29, 4.8], 3.6, field('waybill.product'), { weight: 'bold', smallest: readable, clamp: true }),
    text('printed-at', [52, 7.4, 29, 3.6], 2.6, field('job.printedAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD' }] })),
    reprintMark('reprint', [82, 2.4, 16, 9], 3.6),
    rule('rule-1', 2, 12.2, 96, 0.375),
    group('numbered', [2, 13.2, 96, 17.4], [code128('code', [0, 0, 96, 17.4], field('waybill.number'), { caption: 3.6 })], { when: { op: 'filled', field: 'waybill.number' } }),
    text('no-number', [2, 13.2, 96, 17.4], 4, '寄出时由快递员贴单号', { align: 'center', when: { op: 'empty', field: 'waybill.number' } }),
    rule('rule-2', 2, 31.2, 96, 0.375),
    text('sort-code', [2, 31.6, 96, 9.8], 8.6, field('waybill.sortCode'), { weight: 'bold', align: 'center', smallest: 3.6 }),
    rule('rule-3', 2, 41.8, 96, 0.375),
    ...partyBlock('returnTo', [2, 42.8, 96, 20.6], { mark: '收', badge: 8, nameSize: 4.8, addressSize: 4.4, smallest: readable, strong: true }),
    rule('rule-4', 2, 63.8, 96, 0.25),
    ...partyBlock('recipient', [2, 64.6, 96, 12.4], { mark: '寄', badge: 6, nameSize: 3, addressSize: 2.8, smallest: readable, strong: false }),
    rule('rule-5', 2, 77.4, 96, 0.375),
    text('order', [2, 78.2, 96, 4.2], 3, [word('订单：'), field('orders.id', { format: [{ kind: 'join', separator: ' ', unique: true }] })], { weight: 'medium', smallest: readable, clamp: true }),
    text('goods', [2, 82.6, 96, 4.2], 3, [word('商品：'), { field: 'items', format: [{ kind: 'items', separator: '，', sku: false, location: false, quantity: 'several' }], before: '', after: '', fallback: '' }], { smallest: readable, clamp: true }),
    rule('rule-6', 2, 87.4, 96, 0.25, { on: 1, off: 0.8 }),
    text('reason-title', [2, 88.4, 96, 4.2], 3.2, '退货原因（请打勾）', { weight: 'bold' }),
    text('reason-1', [2, 92.8, 96, 5], 3.4, '□ 尺码不合　□ 质量问题　□ 发错商品　□ 不喜欢　□ 其他'),
    paragraph('hint', [2, 99.2, 96, 8.6], 2.8, '请把商品、吊牌、赠品一起放回原包装，把本标签贴在包裹外面。个人信息已遮盖，请勿在包裹外面另写电话和地址。', { smallest: readable, lineHeight: 124 }),
  ],
});

/** One label for every item of the data. */
export const itemLabel: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '商品标签 60×40',
  purpose: 'item',
  media: { width: mm(60), height: mm(40) },
  privacy: 'internal',
  repeat: 'items',
  elements: [
    paragraph('name', [2, 2, 56, 10.4], 4.2, field('item.shortName'), { weight: 'bold', smallest: 2.8, clamp: true, maxLines: 2, valign: 'middle' }),
    text('sku', [2, 12.8, 40, 4.6], 3.4, field('item.sku'), { weight: 'medium', smallest: readable, clamp: true }),
    text('location', [42, 12.8, 16, 4.6], 3.4, field('item.location'), { weight: 'bold', align: 'center', reverse: true, smallest: readable, when: { op: 'filled', field: 'item.location' } }),
    code128('code', [2, 18.6, 56, 15.4], field('item.barcode'), { caption: 3, group: 0, when: { op: 'filled', field: 'item.barcode' }, largestModule: 0.4 }),
    rule('rule', 2, 34.8, 56, 0.25),
    text('shop', [2, 35.2, 36, 3.2], 2.5, field('orders.shop'), { smallest: readable, clamp: true }),
    text('pieces', [38, 35.2, 20, 3.2], 2.5, [field('item.quantity'), word(' 件　'), field('label.part'), word('/'), field('label.parts')], { align: 'right', smallest: readable }),
  ],
});
