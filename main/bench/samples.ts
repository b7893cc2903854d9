/** Waybills to measure with: all different, dense, and the same in every run. */
import { findBuiltin } from '../../common/domain/label/builtin/index.ts';
import type { BuiltinTemplate } from '../../common/domain/label/builtin/index.ts';
import { completeLabelData } from '../../common/domain/label/data.ts';
import type { LabelData } from '../../common/domain/label/data.ts';

const surnames = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲飞鹏晓春建国文辉力永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子';
const places: readonly (readonly [string, string, string])[] = [
  ['广东省', '深圳市', '宝安区'],
  ['浙江省', '杭州市', '余杭区'],
  ['四川省', '成都市', '武侯区'],
  ['河北省', '石家庄市', '裕华区'],
  ['福建省', '泉州市', '晋江市'],
  ['湖北省', '武汉市', '洪山区'],
  ['山东省', '青岛市', '市南区'],
  ['新疆维吾尔自治区', '乌鲁木齐市', '天山区'],
];
const roads = ['解放北路', '人民大道', '工业三路', '滨江西路', '科技园南路', '建设东街', '幸福巷', '迎宾大道'];
const estates = ['金海公寓', '阳光花园', '东方明珠城', '锦绣江南', '华丰产业园', '万科云城', '丽景湾', '绿地中央广场'];
const goods: readonly (readonly [string, string])[] = [
  ['加厚羽绒服', '黑色 XXL'],
  ['纯棉T恤', '白色 L'],
  ['雪地靴', '粉红 32码'],
  ['保温杯', '钢色 500ml'],
  ['收纳箱', '中号 透明'],
  ['置物架', '三层 黑'],
  ['运动鞋垫', '42码'],
  ['中筒棉袜', '灰 5双'],
];

function pick<T>(list: ArrayLike<T>, at: number): T {
  const value = list[at % list.length];
  if (value === undefined) throw new Error('empty list');
  return value;
}

/** The built-in waybill of 76 × 130 mm. */
export function denseTemplate(): BuiltinTemplate {
  const template = findBuiltin('waybill-76x130');
  if (template === undefined) throw new Error('the built-in waybill is missing');
  return template;
}

/** Label data number `index`: another recipient, address, number and choice of goods for each. */
export function denseData(index: number): LabelData {
  const [province, city, district] = pick(places, index * 5);
  const person = (at: number): string => pick(surnames, at * 7) + pick(given, at * 3) + (at % 3 === 0 ? '' : pick(given, at * 11 + 5));
  return completeLabelData({
    waybill: {
      number: `YT88${String(10_000_000_000 + index * 7_919).padStart(11, '0')}`,
      carrier: { code: 'YTO', name: '圆通速递' },
      product: '标准快递',
      sortCode: `${300 + (index % 600)}-${String(index % 97).padStart(3, '0')}-00 ${String(index % 89).padStart(3, '0')}`,
      consolidation: `${city.slice(0, 2)}转运中心`,
      originCode: '571024',
      qr: '',
    },
    recipient: { name: person(index), phone: `13${String(800_000_000 + index * 104_729).slice(0, 9)}`, province, city, district, town: '', detail: `${pick(roads, index)}${100 + (index % 900)}号${pick(estates, index * 3)}${1 + (index % 20)}栋${1 + (index % 4)}单元${101 + (index % 2_000)}室` },
    sender: { name: '周师傅', phone: '0579-85421234', province: '浙江省', city: '金华市', district: '义乌市', town: '北苑街道', detail: '雪峰西路968号 电商产业园B座2楼' },
    items: Array.from({ length: 5 }, (_, line) => {
      const [shortName, sku] = pick(goods, index + line * 3);
      return { title: shortName, shortName, sku, quantity: 1 + ((index + line) % 4), barcode: '', location: '' };
    }),
    orders: [{ id: String(3_912_345_678_901_000_000n + BigInt(index)), shop: '晓棉家居旗舰店', platform: 'taobao', paidAt: '2026-11-22T09:31:05+08:00', buyerNote: '麻烦今天发出，周末不在家放驿站', sellerNote: '送小样一份', flag: 'red', amountFen: 5_980 }],
    parcel: { weightGrams: 300 + (index % 4_000), index: 1, total: 1 },
    job: { sequence: index + 1, total: 1_000, attempt: 1, reprint: false, printedAt: '2026-11-22T06:05:00Z', operator: '张工', station: '打包台1' },
  });
}
