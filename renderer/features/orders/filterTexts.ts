import { defineTexts } from '../../i18n/index.ts';

export const useFilterTexts = defineTexts('orderFilters', {
  zh: {
    platform: '平台', carrier: '快递', province: '省份', flag: '旗帜', receiver: '收件人', deadline: '期限', note: '备注', item: '商品', shop: '店铺', printed: '打印', alarm: '告警', amount: '实付', time: '下单', from: '¥ 从', to: '¥ 到', fromDay: '从哪天', toDay: '到哪天', clear: '清除筛选', more: '更多筛选', close: '收起', removeTag: '去掉 {{tag}}',
    views: '视图', noView: '视图', saveView: '存为新视图', viewName: '视图名', save: '保存', overwrite: '更新“{{name}}”', rename: '改名', remove: '删除', removeSure: '删除视图“{{name}}”？', changed: '已改动', leave: '退出视图', noViews: '还没有视图。筛好、排好、选好列，起个名字存下来。',
    export: '导出', exportFilter: '导出筛选结果', exportSelected: '导出选中的 {{count}} 单', exportMasked: '收件人脱敏', exportClear: '收件人明文（会留下记录）', exporting: '已写 {{count}} 单', exported: '已导出 {{count}} 单', exportedMore: '已导出前 {{count}} 单，后面还有：缩小筛选再导一次', cancel: '取消',
    columns: '列', resetColumns: '恢复默认', up: '上移 {{name}}', down: '下移 {{name}}', noted: '有备注', unnoted: '无备注', printedYes: '已打印', printedNo: '未打印', alarmYes: '打印后有变动', due_today: '今日到期', due_late: '已超时', due_none: '没有期限', full: '完整', masked: '打星', encrypted: '密文', incomplete: '缺失', gone: '已删除的店铺', upTo: '至',
    none: '无', red: '红', yellow: '黄', green: '绿', blue: '蓝', purple: '紫', taobao: '淘宝', pdd: '拼多多', douyin: '抖店', jd: '京东', '1688': '1688', kuaishou: '快手', xiaohongshu: '小红书', youzan: '有赞', offline: '线下',
  },
  en: {
    platform: 'Platform', carrier: 'Carrier', province: 'Province', flag: 'Flag', receiver: 'Recipient', deadline: 'Deadline', note: 'Note', item: 'Goods', shop: 'Shop', printed: 'Printing', alarm: 'Alarm', amount: 'Paid', time: 'Ordered', from: '¥ from', to: '¥ to', fromDay: 'from day', toDay: 'to day', clear: 'clear filters', more: 'More filters', close: 'Close', removeTag: 'remove {{tag}}',
    views: 'Views', noView: 'Views', saveView: 'Keep as new view', viewName: 'name of the view', save: 'Save', overwrite: 'Update “{{name}}”', rename: 'Rename', remove: 'Remove', removeSure: 'Remove the view “{{name}}”?', changed: 'changed', leave: 'Leave the view', noViews: 'No views yet. Filter, sort and choose columns, then keep it under a name.',
    export: 'Export', exportFilter: 'What the filter finds', exportSelected: 'The {{count}} selected', exportMasked: 'recipients masked', exportClear: 'recipients in the clear (recorded)', exporting: '{{count}} orders written', exported: '{{count}} orders exported', exportedMore: 'the first {{count}} orders exported, there are more: narrow the filter for the rest', cancel: 'Cancel',
    columns: 'Columns', resetColumns: 'Back to default', up: 'move {{name}} up', down: 'move {{name}} down', noted: 'with a note', unnoted: 'without', printedYes: 'printed', printedNo: 'not printed', alarmYes: 'changed after printing', due_today: 'due today', due_late: 'late', due_none: 'no deadline', full: 'complete', masked: 'masked', encrypted: 'encrypted', incomplete: 'incomplete', gone: 'shop removed', upTo: 'to',
    none: 'none', red: 'red', yellow: 'yellow', green: 'green', blue: 'blue', purple: 'purple', taobao: 'Taobao', pdd: 'Pinduoduo', douyin: 'Douyin', jd: 'JD', '1688': '1688', kuaishou: 'Kuaishou', xiaohongshu: 'Xiaohongshu', youzan: 'Youzan', offline: 'offline',
  },
});
