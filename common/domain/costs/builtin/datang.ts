/**
 * The textbook case: a hosiery shop in Datang 大唐, Zhejiang. The courier asks 2.80 yuan a ticket, two cloud warehouses ask 3.50 and
 * 4.00 all-in. Every figure is an example, chosen in the range of published ones, to be replaced by the reader's own.
 */
import { scenarioSchema } from '../scenario.ts';
import type { Scenario, ScenarioInput } from '../scenario.ts';

/** Where parcels of a small online shop go: parts of 100. */
const mix: readonly (readonly [province: string, parts: number])[] = [
  ['浙江', 11], ['江苏', 11], ['广东', 10], ['山东', 8], ['河南', 7], ['上海', 6], ['安徽', 6], ['河北', 5], ['湖北', 5], ['湖南', 5],
  ['四川', 5], ['福建', 4], ['江西', 4], ['辽宁', 3], ['北京', 3], ['陕西', 3], ['广西', 2], ['云南', 2],
];

const input: ScenarioInput = {
  schema: 'packbench.cost/1',
  name: { 'zh-CN': '大唐袜子店：自发还是云仓', en: 'Datang hosiery shop: own or cloud warehouse' },
  note: '全部数字为示例，请换成自己的。All figures are examples; replace them with your own.',
  example: true,
  daysPerMonth: 30,
  returnBp: 200,
  parcels: {
    kind: 'plan',
    startMonth: '2026-11',
    months: 1,
    ordersPerDay: 150,
    mix: mix.map(([province, parts]) => ({ province, parts, grams: 180, items: 2, item: '棉袜' })),
  },
  freightTables: [
    {
      id: 'courier',
      name: { 'zh-CN': '快递协议价 2.8 元/票', en: 'Courier contract, 2.80 yuan a ticket' },
      carrier: 'YTO',
      example: true,
      nationwide: { kind: 'fixed', priceE4: 28_000 },
      fallback: { kind: 'fixed', priceE4: 28_000 },
    },
  ],
  own: {
    name: { 'zh-CN': '自发', en: 'Own shipping' },
    fixed: [
      { id: 'rent', name: { 'zh-CN': '仓库租金', en: 'Rent' }, kind: 'rent', areaM2: 80, perM2Fen: 1500, example: true },
      { id: 'software', name: { 'zh-CN': '软件', en: 'Software' }, kind: 'software', fen: 10_000, example: true },
      { id: 'utilities', name: { 'zh-CN': '水电网络', en: 'Utilities' }, kind: 'utilities', fen: 20_000, example: true },
      { id: 'printer', name: { 'zh-CN': '打印机与货架折旧', en: 'Printer and shelves' }, kind: 'depreciation', fen: 10_000, example: true },
    ],
    staff: { outputPerDay: 700, wageFen: 400_000, socialFen: 80_000 },
    material: { boxes: [{ id: 'bag', name: { 'zh-CN': '快递袋', en: 'Poly bag' }, priceE4: 600 }], labelE4: 250, tapeE4: 50 },
    freight: ['courier'],
    loss: { bp: 30, caseFen: 1500 },
    returns: { handlingE4: 10_000 },
  },
  quotes: [
    { id: 'cloud-a', name: { 'zh-CN': '云仓甲（一口价 3.5）', en: 'Cloud A (3.50 all-in)' }, example: true, price: { kind: 'all-in', priceE4: 35_000 } },
    { id: 'cloud-b', name: { 'zh-CN': '云仓乙（一口价 4.0）', en: 'Cloud B (4.00 all-in)' }, example: true, price: { kind: 'all-in', priceE4: 40_000 } },
  ],
};

/** The built-in scenario `builtin:datang`. */
export const datang: Scenario = scenarioSchema.parse(input);
