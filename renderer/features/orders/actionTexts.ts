import { defineTexts } from '../../i18n/index.ts';

export const useActionTexts = defineTexts('orderActions', {
  zh: {
    merge: '合并', noFlag: '不插旗', split: '拆分', carrier: '选快递', byRules: '按规则', flag: '插旗', memo: '写备忘', hold: '暂停', release: '放行', settle: '解除告警', done: '{{count}} 单已改', refused: '{{done}} 单已改，{{refused}} 单没改', holdWhy: '为什么暂停', memoText: '备忘（只有自己人看得到）',
    ruleTitle: '按规则会这样选', apply: '就这样', fallback: '默认', noCarrier: '没有可用快递', manual: '手选', close: '关闭', mergeTitle: '合并订单', rule: '合并规则', loose: '姓名+电话+地址相同', strict: '同上，且同一买家', auto: '导入后自动合并', acrossShops: '不同店铺也合', receiver: '收件人', orders: '订单', mergeOne: '合并',
    mergeAll: '全部合并 {{count}} 组', mergeChosen: '合并选中的 {{count}} 单', unmerge: '取消合并 {{count}} 个包裹', splitTitle: '拆分订单 {{number}}', by_lines: '每种商品一箱', by_pieces: '每箱几件', by_weight: '每箱限重', by_quantities: '自己分', perBox: '每箱件数', grams: '每箱克数', boxes: '箱数', box: '箱', goods: '商品', doSplit: '拆分', unsplit: '合回一箱',
    manualTitle: '手工建单', pasteTitle: '粘贴收件人', paste: '粘贴', newOrder: '手工', shop: '店铺', name: '姓名', phone: '电话', province: '省', city: '市', district: '区县', town: '街道乡镇', detail: '详细地址', quantity: '数量', note: '备注', save: '建单', pasteHint: '把买家发来的地址粘贴到这里，可以一次粘贴多位', read: '识别', create: '建 {{count}} 单', doubt: '请核对', made: '已建 {{count}} 单', confidence: '把握',
  },
  en: {
    merge: 'Merge', noFlag: 'no flag', split: 'Split', carrier: 'Carrier', byRules: 'by the rules', flag: 'Flag', memo: 'Memo', hold: 'Hold', release: 'Release', settle: 'Settle alarm', done: '{{count}} changed', refused: '{{done}} changed, {{refused}} not', holdWhy: 'Why hold them', memoText: 'Memo (for your own people)',
    ruleTitle: 'The rules would choose', apply: 'Apply', fallback: 'default', noCarrier: 'no carrier', manual: 'by hand', close: 'Close', mergeTitle: 'Merge orders', rule: 'Rule', loose: 'same name, phone and address', strict: 'the same, and same buyer', auto: 'merge after imports', acrossShops: 'across shops', receiver: 'Recipient', orders: 'Orders', mergeOne: 'Merge',
    mergeAll: 'Merge all {{count}} groups', mergeChosen: 'Merge the {{count}} chosen', unmerge: 'Take {{count}} parcels apart', splitTitle: 'Split order {{number}}', by_lines: 'a box per item', by_pieces: 'pieces per box', by_weight: 'weight per box', by_quantities: 'by hand', perBox: 'pieces per box', grams: 'grams per box', boxes: 'boxes', box: 'Box', goods: 'Goods', doSplit: 'Split', unsplit: 'Back into one box',
    manualTitle: 'New order', pasteTitle: 'Paste recipients', paste: 'Paste', newOrder: 'New', shop: 'Shop', name: 'Name', phone: 'Phone', province: 'Province', city: 'City', district: 'District', town: 'Town', detail: 'Street', quantity: 'Quantity', note: 'Note', save: 'Create', pasteHint: 'Paste what buyers sent; several recipients at once are fine', read: 'Read', create: 'Create {{count}} orders', doubt: 'check this', made: '{{count}} orders created', confidence: 'Sure',
  },
});
