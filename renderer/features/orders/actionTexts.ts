import { defineTexts } from '../../i18n/index.ts';

export const useActionTexts = defineTexts('orderActions', {
  zh: {
    merge: '合并', noFlag: '不插旗', split: '拆分', carrier: '选快递', byRules: '按规则', flag: '插旗', memo: '写备忘', hold: '暂停', release: '放行', settle: '解除告警', restore: '恢复', doing: '已改 {{done}} / {{total}} 单，可以接着做别的', done: '{{count}} 单已改', refused: '{{done}} 单已改，{{refused}} 单没改', close: '关闭',
    cancelOrder: '取消订单', holdWhy: '为什么暂停', holdCount: '暂停 {{count}} 单', cancelWhy: '为什么不发了（平台上的订单不会跟着关闭）', cancelCount: '取消 {{count}} 单', memoText: '备忘（只有自己人看得到）', paste: '粘贴', newOrder: '手工',
  },
  en: {
    merge: 'Merge', noFlag: 'no flag', split: 'Split', carrier: 'Carrier', byRules: 'by the rules', flag: 'Flag', memo: 'Memo', hold: 'Hold', release: 'Release', settle: 'Settle alarm', restore: 'Restore', doing: '{{done}} of {{total}} changed, you can go on with something else', done: '{{count}} changed', refused: '{{done}} changed, {{refused}} not', close: 'Close',
    cancelOrder: 'Cancel', holdWhy: 'Why hold them', holdCount: 'Hold {{count}}', cancelWhy: 'Why they are not shipped (the platform is not told)', cancelCount: 'Cancel {{count}}', memoText: 'Memo (for your own people)', paste: 'Paste', newOrder: 'New',
  },
});
