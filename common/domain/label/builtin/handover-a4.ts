/** Hand-over sheet A4: every parcel given to one carrier, with signatures. Further sheets follow when the list is long. */
import { defineDocument, type LabelDocument } from '../document.ts';
import { column, field, mm, rule, table, text, word } from './kit.ts';
import { readable } from './parts.ts';

const left = 12;
const width = 186;

export const handoverA4: LabelDocument = defineDocument({
  format: 'packbench-label',
  version: 1,
  name: '交接单 A4',
  purpose: 'handover',
  media: { width: mm(210), height: mm(297) },
  privacy: 'masked',
  elements: [
    text('title', [left, 12, 100, 12], 9, '快递交接单', { weight: 'bold' }),
    text('sheet', [left + width - 60, 12, 60, 12], 4.5, [word('第 '), field('label.part'), word(' 页 / 共 '), field('label.parts'), word(' 页')], { align: 'right' }),
    rule('rule-1', left, 25, width, 0.6),
    text('carrier', [left, 27, 90, 7], 4.8, [word('快递公司：'), field('waybill.carrier.name')], { weight: 'medium', smallest: 3, clamp: true }),
    text('when', [left + 96, 27, 90, 7], 4.2, [word('时间：'), field('job.printedAt', { format: [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }] })], { align: 'right' }),
    text('sender', [left, 34, 120, 6.4], 4.2, [word('交件方：'), field('orders.shop', { fallback: '' })], { smallest: 2.8, clamp: true }),
    text('count', [left + 96, 34, 90, 6.4], 4.2, [field('manifest.count'), word(' 个包裹　'), field('manifest.total'), word(' 件　'), field('manifest.totalWeight', { format: [{ kind: 'weight', unit: 'kg' }] })], { weight: 'bold', align: 'right', smallest: 2.8 }),
    table(
      'parcels',
      [left, 43, width, 208],
      3.6,
      'manifest',
      [
        column(12, field('row.number'), { title: '序号', align: 'right' }),
        column(6, ''),
        column(58, field('line.number', { format: [] }), { title: '运单号', weight: 'medium' }),
        column(0, field('line.region'), { title: '目的地' }),
        column(28, { field: 'line.name', format: [{ kind: 'mask', as: 'name' }], before: '', after: '', fallback: '' }, { title: '收件人' }),
        column(14, field('line.quantity'), { title: '件数', align: 'right', weight: 'bold', emphasis: { field: 'line.quantity', isNot: 1 } }),
        column(22, field('line.weightGrams', { format: [{ kind: 'weight', unit: 'kg' }] }), { title: '重量', align: 'right' }),
      ],
      { header: true, rules: 'rows', overflow: { kind: 'continue' }, gap: 1.6 },
    ),
    rule('rule-2', left, 254, width, 0.6),
    text('statement', [left, 256, width, 6], 3.6, '以上包裹当面点清，数量与本单一致。'),
    text('sign-shop', [left, 266, 90, 8], 4.2, '交件人签字：'),
    text('sign-courier', [left + 96, 266, 90, 8], 4.2, '揽件人签字：'),
    rule('line-shop', left + 26, 274, 60, 0.25),
    rule('line-courier', left + 122, 274, 60, 0.25),
    text('foot', [left, 279, width, 5], 3, [word('打单员 '), field('job.operator'), field('job.station', { before: '　工位 ' })], { smallest: readable, clamp: true }),
  ],
});
