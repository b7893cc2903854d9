import { defineTexts } from '../../i18n/index.ts';

export const useBillsTexts = defineTexts('bills', {
  zh: {
    table: '按哪张运费表', tableHint: '先在“运费表”里导入', period: '账期', tolerance: '允许差额（元）', import: '导入账单', empty: '还没有账单。选运费表和账期，导入快递公司的对账单（xlsx 或 csv），逐票核对重量和价格。', name: '账单', lines: '票数', charged: '收取（元）', expected: '应收（元）', claim: '可申诉（元）', missing: '账单里没有', actions: '操作', export: '导出申诉', remove: '删除', all: '全部', unread: '{{count}} 行没有读进来', row: '第 {{row}} 行', rowHead: '行', waybill: '运单号', province: '省份（账单 ← 我方）', weight: '重量 kg（账单 / 我方）', why: '结论', missingList: '我方 {{count}} 个单号账单里没有：{{numbers}}',
    ok: '一致', under: '少收', zone: '目的地不符', price: '价格不符', duplicate: '重复计费', unmatched: '不是我们的', unpriced: '没有价格', heavier: '重量虚高',
  },
  en: {
    table: 'By which table', tableHint: 'import one under “Freight tables” first', period: 'Period', tolerance: 'Tolerance (yuan)', import: 'Import a bill', empty: 'No bill yet. Choose a freight table and the period, then import the courier’s bill (xlsx or csv): weight and price of every parcel are checked.', name: 'Bill', lines: 'Parcels', charged: 'Charged (yuan)', expected: 'Expected (yuan)', claim: 'To claim (yuan)', missing: 'Not on the bill', actions: 'Actions', export: 'Export the claim', remove: 'Delete', all: 'All', unread: '{{count}} rows were not read', row: 'row {{row}}', rowHead: 'Row', waybill: 'Waybill', province: 'Province (bill ← ours)', weight: 'Weight kg (bill / ours)', why: 'Finding', missingList: '{{count}} numbers of ours are not on the bill: {{numbers}}',
    ok: 'agrees', under: 'under-charged', zone: 'wrong destination', price: 'wrong price', duplicate: 'charged twice', unmatched: 'not ours', unpriced: 'no price', heavier: 'too heavy',
  },
});
