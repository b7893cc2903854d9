import { defineTexts } from '../../i18n/index.ts';

export const useRoutingTexts = defineTexts('routing', {
  zh: {
    work: '分配', planNow: '看看规则怎么分', assign: '交出 {{count}} 个包裹', planHint: '待打印的订单按规则分到自有仓或云仓；交给云仓的订单在这里挂起，不会打印。', planned: '{{own}} 个自发，{{cloud}} 个给云仓', assigned: '已交出 {{count}} 个包裹', refused: '{{count}} 个没有交出', order: '订单', to: '去哪', why: '为什么', ownCost: '自发变动费用（元）', cloudCost: '云仓（元）', undecided: '没法判断', ownWarehouse: '自有仓',
    warehouses: '云仓', newWarehouse: '新增云仓', name: '名称', scenario: '价格取自方案', quote: '报价', columns: '订单文件的列（每行：表头=字段）', columnsHint: '字段：{{fields}}；固定文字写成 表头="文字"', stock: '库存编码（每行一个，留空表示不限）', save: '保存', cancel: '取消', edit: '修改', archive: '停用', noWarehouses: '还没有云仓。新增一个，选好它的报价，就能按规则把包裹分给它。',
    rules: '规则（从上到下，先符合的算数）', addRule: '加一条规则', ruleName: '规则名称', provinces: '省份', minGrams: '最轻（克）', maxGrams: '最重（克）', words: '商品含有', cheaper: '云仓更省时', stocked: '云仓有货时', enabled: '启用', up: '上移', remove: '删除', saveRules: '保存规则',
    shipments: '在云仓的包裹', state: '状态', stateAssigned: '待导出', stateExported: '已导出', stateShipped: '已发货', stateReleased: '已收回', exportFile: '导出订单文件（{{count}}）', importResult: '导入回传文件', release: '收回', waybill: '运单号', quoted: '报价（元）', charged: '实收（元）', difference: '差（元）',
    result: '读了 {{rows}} 行：新回传 {{acknowledged}}，已有 {{known}}，有问题 {{problems}}，还没回传 {{missing}}', row: '第 {{row}} 行', reconcile: '对账', reconciled: '{{from}} 至 {{to}}：{{count}} 个包裹，报价 {{quoted}} 元，实收 {{charged}} 元', agree: '全部一致', none: '没有包裹', noOrders: '没有待打印的订单', over: '多收', under: '少收', notPriced: '没有报价', notCharged: '没有收费',
    badLine: '看不懂这一行：{{line}}',
  },
  en: {
    work: 'Assign', planNow: 'See what the rules do', assign: 'Give away {{count}} parcels', planHint: 'Orders to print are shared out by the rules; those of a cloud warehouse are held here and not printed.', planned: '{{own}} shipped here, {{cloud}} by a cloud warehouse', assigned: '{{count}} parcels given away', refused: '{{count}} not given away', order: 'Order', to: 'To', why: 'Why', ownCost: 'Own variable cost (yuan)', cloudCost: 'Warehouse (yuan)', undecided: 'could not be judged', ownWarehouse: 'Own warehouse',
    warehouses: 'Cloud warehouses', newWarehouse: 'New warehouse', name: 'Name', scenario: 'Prices from scenario', quote: 'Quote', columns: 'Columns of its order file (one a line: header=field)', columnsHint: 'Fields: {{fields}}; a fixed text is header="text"', stock: 'Codes it stocks (one a line; none: no limit)', save: 'Save', cancel: 'Cancel', edit: 'Change', archive: 'Retire', noWarehouses: 'No cloud warehouse yet. Add one and choose its quote; rules can then send parcels to it.',
    rules: 'Rules (from the top, the first that fits counts)', addRule: 'Add a rule', ruleName: 'Name of the rule', provinces: 'Provinces', minGrams: 'From (g)', maxGrams: 'Up to (g)', words: 'Goods contain', cheaper: 'when it is cheaper', stocked: 'when it has the goods', enabled: 'On', up: 'Up', remove: 'Delete', saveRules: 'Save the rules',
    shipments: 'Parcels with a warehouse', state: 'State', stateAssigned: 'to export', stateExported: 'exported', stateShipped: 'shipped', stateReleased: 'taken back', exportFile: 'Order file ({{count}})', importResult: 'Import its result file', release: 'Take back', waybill: 'Waybill', quoted: 'Quoted (yuan)', charged: 'Charged (yuan)', difference: 'Difference (yuan)',
    result: '{{rows}} rows read: {{acknowledged}} new, {{known}} known, {{problems}} with a problem, {{missing}} not back yet', row: 'row {{row}}', reconcile: 'Compare charges', reconciled: '{{from}} to {{to}}: {{count}} parcels, quoted {{quoted}} yuan, charged {{charged}} yuan', agree: 'all agree', none: 'no parcels', noOrders: 'no orders to print', over: 'over-charged', under: 'under-charged', notPriced: 'no quote', notCharged: 'no charge',
    badLine: 'this line cannot be read: {{line}}',
  },
});
export type RoutingTexts = ReturnType<typeof useRoutingTexts>;
