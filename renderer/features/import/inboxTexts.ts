import { defineTexts } from '../../i18n/index.ts';

export const useInboxTexts = defineTexts('inbox', {
  zh: {
    title: '订单自动导入与合并', explain: '打开后，存进店铺文件夹的订单文件会自动导入；读不了的移到 refused，旁边写着原因。', shop: '店铺', watch: '自动导入', folder: '文件夹', last: '最近一次', imported: '已导入', refused: '没导入', promise: '付款后几小时内发货', window: '合并：下单相隔不超过几小时（0 不限）', exceptFlags: '这些旗帜不合并', exceptItems: '含这些字的商品不合并',
  },
  en: {
    title: 'Orders: automatic import and merging', explain: 'When on, an order file saved in the folder of a shop is imported by itself; one that cannot be read goes to refused with the reason beside it.', shop: 'Shop', watch: 'Import', folder: 'Folder', last: 'Last file', imported: 'imported', refused: 'refused', promise: 'Hours to ship after payment', window: 'Merge: hours between orders (0 any)', exceptFlags: 'Flags never merged', exceptItems: 'Goods never merged',
  },
});
