import { defineTexts } from '../../i18n/index.ts';

export const useFilterTexts = defineTexts('orderFilters', {
  zh: {
    platform: '平台', carrier: '快递', province: '省份', flag: '旗帜', receiver: '收件人', deadline: '期限', note: '备注', item: '商品', from: '¥ 从', to: '¥ 到', clear: '清除筛选', views: '常用视图', saveView: '存为视图', viewName: '视图名，回车保存', remove: '删除视图', export: '导出', columns: '列',
    exportMasked: '导出表格（收件人脱敏）', exportClear: '导出表格（收件人明文，会留下记录）', noted: '有备注', unnoted: '无备注', due_today: '今日到期', due_late: '已超时', due_none: '没有期限', full: '完整', masked: '打星', encrypted: '密文', incomplete: '缺失',
    none: '无', red: '红', yellow: '黄', green: '绿', blue: '蓝', purple: '紫', taobao: '淘宝', pdd: '拼多多', douyin: '抖店', jd: '京东', '1688': '1688', kuaishou: '快手', xiaohongshu: '小红书', youzan: '有赞', offline: '线下',
  },
  en: {
    platform: 'Platform', carrier: 'Carrier', province: 'Province', flag: 'Flag', receiver: 'Recipient', deadline: 'Deadline', note: 'Note', item: 'Goods', from: '¥ from', to: '¥ to', clear: 'clear filters', views: 'Views', saveView: 'Keep as view', viewName: 'name, then Enter', remove: 'Remove view', export: 'Export', columns: 'Columns',
    exportMasked: 'Table with masked recipients', exportClear: 'Table with recipients in the clear (recorded)', noted: 'with a note', unnoted: 'without', due_today: 'due today', due_late: 'late', due_none: 'no deadline', full: 'complete', masked: 'masked', encrypted: 'encrypted', incomplete: 'incomplete',
    none: 'none', red: 'red', yellow: 'yellow', green: 'green', blue: 'blue', purple: 'purple', taobao: 'Taobao', pdd: 'Pinduoduo', douyin: 'Douyin', jd: 'JD', '1688': '1688', kuaishou: 'Kuaishou', xiaohongshu: 'Xiaohongshu', youzan: 'Youzan', offline: 'offline',
  },
});
