import { defineTexts } from '../../i18n/index.ts';

export const useParcelTexts = defineTexts('orderParcels', {
  zh: {
    mergeTitle: '合并订单', rules: '合并规则', rule: '按什么合', loose: '姓名+电话+地址相同', strict: '同上，且同一买家', platform: '收件人打星或是密文的订单，只按文件里的平台合单号提议合并。', looseShort: '同收件人', strictShort: '同收件人同买家', platformShort: '平台合单号', auto: '导入后自动合并', acrossShops: '不同店铺也合', window: '下单相隔不超过', hours: '小时（0 不限）', exceptFlags: '这些旗帜单独发', exceptItems: '含这些词的商品单独发', exceptHint: '输入词后回车',
    receiver: '收件人', orders: '订单', why: '规则', merge: '合并', mergeAll: '全部合并 {{count}} 组', mergePicked: '合并勾选的 {{count}} 组', mergeChosen: '把选中的 {{count}} 单合成一个包裹', noProposals: '没有可合并的订单', merged: '已合并 {{count}} 组，取单号之前都能撤回。', undo: '撤回', undone: '已拆回 {{count}} 个包裹', unmerge: '拆回选中的 {{count}} 个合并包裹', close: '关闭',
    splitTitle: '拆分订单 {{number}}', by_lines: '每种商品一箱', by_pieces: '每箱几件', by_weight: '每箱限重', by_items: '按商品词', by_quantities: '自己分', perBox: '每箱件数', grams: '每箱克数', defaultGrams: '没填重量的按克', boxes: '箱数', box: '箱', goods: '商品', words: '这些词的商品单独装', wordsHint: '如：羽绒服，回车再加', oneBox: '留空：这些商品装一箱', doSplit: '拆分', unsplit: '合回一箱', rejoined: '已合回一箱', done: '已拆成 {{count}} 箱', content: '每箱', weight: '重量', unknownWeight: '未知', left: '还有 {{count}} 件没分', allDealt: '都分好了',
    none: '无', red: '红', yellow: '黄', green: '绿', blue: '蓝', purple: '紫',
  },
  en: {
    mergeTitle: 'Merge orders', rules: 'Rules', rule: 'Compare', loose: 'same name, phone and address', strict: 'the same, and same buyer', platform: 'Orders whose recipient is hidden are proposed by the platform’s own key only.', looseShort: 'same recipient', strictShort: 'same recipient and buyer', platformShort: 'platform key', auto: 'merge after imports', acrossShops: 'across shops', window: 'placed within', hours: 'hours (0: any)', exceptFlags: 'these flags go alone', exceptItems: 'goods with these words go alone', exceptHint: 'a word, then Enter',
    receiver: 'Recipient', orders: 'Orders', why: 'Rule', merge: 'Merge', mergeAll: 'Merge all {{count}} groups', mergePicked: 'Merge the {{count}} ticked', mergeChosen: 'The {{count}} selected orders in one parcel', noProposals: 'nothing to merge', merged: '{{count}} groups merged; it can be taken back until a number is drawn.', undo: 'Take back', undone: '{{count}} parcels taken apart', unmerge: 'Take {{count}} selected merged parcels apart', close: 'Close',
    splitTitle: 'Split order {{number}}', by_lines: 'a box per item', by_pieces: 'pieces per box', by_weight: 'weight per box', by_items: 'by words', by_quantities: 'by hand', perBox: 'pieces per box', grams: 'grams per box', defaultGrams: 'grams where none is known', boxes: 'boxes', box: 'Box', goods: 'Goods', words: 'goods with these words leave apart', wordsHint: 'e.g. jacket, Enter for more', oneBox: 'empty: all of them in one box', doSplit: 'Split', unsplit: 'Back into one box', rejoined: 'back in one box', done: 'split into {{count}} boxes', content: 'Boxes', weight: 'Weight', unknownWeight: 'unknown', left: '{{count}} pieces left to deal', allDealt: 'all dealt',
    none: 'none', red: 'red', yellow: 'yellow', green: 'green', blue: 'blue', purple: 'purple',
  },
});
