import { defineTexts } from '../../i18n/index.ts';

export const useCarrierTexts = defineTexts('carriers', {
  zh: {
    title: '选快递的规则', explain: '从上往下，第一条符合的规则决定快递；规则里每个填了的条件都要满足。快递不到的地方自动跳过。',
    save: '保存', saved: '已保存', name: '规则名', carrier: '快递', product: '快递产品', anyProduct: '账号默认', when: '什么时候', provinces: '省份', cities: '城市', shops: '店铺', minGrams: '≥ 克', maxGrams: '≤ 克', minYuan: '≥ 元', items: '商品含', notes: '备注含', on: '启用', up: '上移', remove: '删除', add: '加一条规则', newRule: '规则 {{count}}',
    fallback: '都不符合时用', noFallback: '不选', reach: '超区（每行：快递 省 市 区）', reachHint: '圆通 西藏自治区\n中通 新疆维吾尔自治区 和田地区',
  },
  en: {
    title: 'Rules for carriers', explain: 'From the top, the first rule that fits decides; every condition filled in must hold. A carrier that does not go to a place is passed over.',
    save: 'Save', saved: 'saved', name: 'Rule', carrier: 'Carrier', product: 'Product', anyProduct: 'default', when: 'When', provinces: 'provinces', cities: 'cities', shops: 'shops', minGrams: '≥ grams', maxGrams: '≤ grams', minYuan: '≥ yuan', items: 'goods contain', notes: 'notes contain', on: 'On', up: 'up', remove: 'remove', add: 'Add a rule', newRule: 'rule {{count}}',
    fallback: 'otherwise', noFallback: 'none', reach: 'Out of reach (a line: carrier province city district)', reachHint: 'YTO 西藏自治区\nZTO 新疆维吾尔自治区 和田地区',
  },
});
