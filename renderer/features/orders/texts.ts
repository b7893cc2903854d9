import { defineTexts } from '../../i18n/index.ts';

export const useOrdersTexts = defineTexts('orders', {
  zh: {
    title: '订单', to_print: '待打印', printed: '已打印', handed: '已交接', problem: '异常', held: '已挂起', waiting: '待付款', ended: '已结束', all: '全部',
    dueToday: '今日到期 {{count}}', late: '已超时 {{count}}', alarms: '告警 {{count}}', canMerge: '可合并 {{count}}', import: '导入文件', search: '搜订单 / 单号 / 收件人 / 商品', shop: '店铺',
    newest: '最新在前', oldest: '最早在前', deadline: '按期限', sort: '排序', receiver: '收件人', goods: '商品', notes: '备注', carrier: '快递', due: '期限', number: '单号', state: '状态', order: '订单号', amount: '实付', paid: '付款时间', pieces: '件数', buyer: '买家',
    clear: '取消选择', selected: '已选 {{count}} 单', selectedFirst: '已选前 {{count}} 单，后面还有', selectedPart: '已选第 {{from}}–{{to}} 单', selectNext: '选下一批', selectAll: '全选', keys: '↑↓ 移动 · 空格 勾选 · Shift+↑↓ 连选 · Enter 打开', tableName: '订单列表：上下键移动，空格勾选，Shift 连选，回车打开',
    empty: '这里还没有订单', emptyHint: '把平台导出的订单文件（csv / xlsx）拖到这里，或点“导入文件”。', noMatch: '没有符合条件的订单', encrypted: '收件人是密文', masked: '收件人打星', incomplete: '收件人不全',
    alarm_refunded: '打印后退款', alarm_closed: '打印后关闭', alarm_address: '打印后改地址', alarm_goods: '打印后改商品', cancelled: '已取消：{{reason}}', refundAsked: '退款中', refundDone: '已退款', pickup: '自提', unknownStatus: '平台状态看不懂', mergeable: '可合 {{count}}', together: '合 {{count}} 单', boxes: '拆 {{count}} 箱',
    moreBoxes: '等 {{count}} 箱', editing: '{{by}} 在编辑', someone: '另一个窗口', proposed: '打印时按规则选', due_late: '已超时 {{date}}', due_today: '今 {{time}}', due_tomorrow: '明 {{time}}', due_later: '{{date}} {{time}}', none: '无', red: '红', yellow: '黄', green: '绿', blue: '蓝', purple: '紫',
  },
  en: {
    title: 'Orders', to_print: 'To print', printed: 'Printed', handed: 'Handed over', problem: 'Problems', held: 'Held', waiting: 'Unpaid', ended: 'Ended', all: 'All',
    dueToday: '{{count}} due today', late: '{{count}} late', alarms: '{{count}} alarms', canMerge: '{{count}} can merge', import: 'Import files', search: 'order / number / recipient / goods', shop: 'Shop',
    newest: 'newest first', oldest: 'oldest first', deadline: 'by deadline', sort: 'Sort', receiver: 'Recipient', goods: 'Goods', notes: 'Notes', carrier: 'Carrier', due: 'Due', number: 'Number', state: 'State', order: 'Order', amount: 'Paid', paid: 'Paid at', pieces: 'Pieces', buyer: 'Buyer',
    clear: 'clear selection', selected: '{{count}} selected', selectedFirst: 'the first {{count}} selected, there are more', selectedPart: 'orders {{from}} to {{to}} selected', selectNext: 'Select the next', selectAll: 'select all', keys: '↑↓ move · Space ticks · Shift+↑↓ ranges · Enter opens', tableName: 'Orders: arrows move, Space ticks, Shift selects a range, Enter opens',
    empty: 'no orders here yet', emptyHint: 'Drop an order file of your platform (csv / xlsx) here, or press “Import files”.', noMatch: 'nothing matches', encrypted: 'recipient encrypted', masked: 'recipient masked', incomplete: 'recipient incomplete',
    alarm_refunded: 'refunded after printing', alarm_closed: 'closed after printing', alarm_address: 'new address after printing', alarm_goods: 'other goods after printing', cancelled: 'cancelled: {{reason}}', refundAsked: 'refund asked', refundDone: 'refunded', pickup: 'fetched by buyer', unknownStatus: 'state not understood', mergeable: '{{count}} could merge', together: '{{count}} in one', boxes: '{{count}} boxes',
    moreBoxes: 'of {{count}} boxes', editing: '{{by}} is editing', someone: 'another window', proposed: 'chosen by the rules when printed', due_late: 'late {{date}}', due_today: 'today {{time}}', due_tomorrow: 'tomorrow {{time}}', due_later: '{{date}} {{time}}', none: 'none', red: 'red', yellow: 'yellow', green: 'green', blue: 'blue', purple: 'purple',
  },
});
