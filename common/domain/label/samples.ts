/** Data to look at templates with: a typical parcel, the longest that comes in practice, and one full of rare characters. */
import { completeLabelData, type LabelData, type LabelDataInput } from './data.ts';

export interface LabelSample {
  readonly id: 'typical' | 'longest' | 'rare';
  readonly name: { readonly 'zh-CN': string; readonly en: string };
  readonly data: LabelData;
}

const typical: LabelDataInput = {
  waybill: {
    number: 'YT8800000000017',
    carrier: { code: 'YTO', name: '圆通速递' },
    product: '标准快递',
    sortCode: '342-081-00 052',
    consolidation: '杭州转运中心',
    originCode: '571024',
    qr: '',
  },
  recipient: { name: '林晓梅', phone: '13812345678', province: '浙江省', city: '杭州市', district: '上城区', town: '九堡街道', detail: '杭海路1031号 金海公寓3幢2单元1602室' },
  sender: { name: '周师傅', phone: '0579-85421234', province: '浙江省', city: '金华市', district: '义乌市', town: '北苑街道', detail: '雪峰西路968号 电商产业园B座2楼' },
  returnTo: { name: '晓棉家居 退货组', phone: '0579-85421235', province: '浙江省', city: '金华市', district: '义乌市', town: '福田街道', detail: '银海路399号 3号仓退货口' },
  items: [
    { title: '秋冬加厚纯棉中筒袜男女同款防臭吸汗运动袜5双装', shortName: '棉袜中筒', sku: '黑色 L', quantity: 2, barcode: '6901234567892', location: 'A-03-2' },
    { title: '记忆棉运动鞋垫透气吸汗', shortName: '运动鞋垫', sku: '42码', quantity: 1, barcode: '6923450657713', location: 'B-01-1' },
    { title: '洗衣袋加厚细网大号', shortName: '洗衣袋', sku: '大号', quantity: 1, barcode: '6954767423577', location: 'C-12-4' },
  ],
  orders: [{ id: '3912345678901234567', shop: '晓棉家居旗舰店', platform: 'taobao', paidAt: '2026-11-22T09:31:05+08:00', buyerNote: '麻烦今天发出，谢谢', sellerNote: '送小样一份', flag: 'red', amountFen: 5980 }],
  parcel: { weightGrams: 620, index: 1, total: 1 },
  job: { sequence: 37, total: 200, attempt: 1, reprint: false, printedAt: '2026-11-22T06:05:00Z', operator: '张工', station: '打包台1' },
  manifest: manifestOf(8),
};

const longest: LabelDataInput = {
  waybill: {
    number: 'JD0123456789012345-12-15',
    carrier: { code: 'JD', name: '京东快递' },
    product: '特惠送·签单返还·保价',
    sortCode: '新疆克州阿克陶 909-A1-008 12',
    consolidation: '新疆维吾尔自治区喀什地区叶尔羌集散中心',
    originCode: '0571-0990-0031',
    qr: 'https://example.com/w/JD0123456789012345-12-15?k=8f3a2b7c',
  },
  recipient: {
    name: '阿不都热合曼·买买提依明江',
    phone: '18412345678转012345',
    province: '新疆维吾尔自治区',
    city: '克孜勒苏柯尔克孜自治州',
    district: '阿克陶县',
    town: '塔尔塔吉克民族乡',
    detail: '巴格艾格孜村第三小组村委会向东一千二百米岔路口右手边蓝色铁皮大门院内7号楼12单元1702室（到了先打电话，家里有狗）',
  },
  sender: {
    name: '晓棉家居旗舰店仓储物流部（北方一号仓）',
    phone: '4008-123-456转8021',
    province: '内蒙古自治区',
    city: '呼伦贝尔市',
    district: '莫力达瓦达斡尔族自治旗',
    town: '尼尔基镇',
    detail: '经济技术开发区跨境电商综合试验区仓储物流园二期东区A12栋3层307-309室退货专用通道',
  },
  returnTo: {
    name: '晓棉家居生活用品旗舰店（北方总仓退换货处理中心）',
    phone: '4008-123-456转8022',
    province: '内蒙古自治区',
    city: '呼伦贝尔市',
    district: '莫力达瓦达斡尔族自治旗',
    town: '尼尔基镇',
    detail: '经济技术开发区跨境电商综合试验区仓储物流园二期东区A12栋1层101-112室退货专用通道（收货时间9:00-17:30，到付件拒收）',
  },
  items: Array.from({ length: 14 }, (_, i) => ({
    title: `【第${i + 1}款】秋冬加厚纯棉中筒袜男女同款防臭吸汗运动袜五双装送礼盒独立包装`,
    shortName: i % 3 === 0 ? '加厚纯棉中筒袜男女同款防臭吸汗运动五双礼盒装' : i % 3 === 1 ? 'Premium Cotton Socks 5-Pack' : '袜子',
    sku: i % 2 === 0 ? '深空灰拼藏青（加大码 44-46）独立包装' : '均码',
    quantity: i % 4 === 0 ? 128 : 1,
    barcode: '6901234567892',
    location: `D-${10 + i}-11`,
  })),
  orders: Array.from({ length: 4 }, (_, i) => ({
    id: `391234567890123456${i}`,
    shop: '晓棉家居生活用品旗舰店（北方总仓直发）',
    platform: 'pdd',
    paidAt: '2026-11-21T23:59:59+08:00',
    buyerNote: '一定要用纸箱包装，不要用袋子！上次收到都压扁了，这次再压扁就退货。还有发票抬头写公司，税号在聊天记录里，谢谢老板😊',
    sellerNote: '老客户，送两双船袜＋手写卡片；发票随货；不要放任何价格单据',
    flag: 'yellow',
    amountFen: 1234567,
  })),
  parcel: { weightGrams: 28_650, index: 12, total: 15 },
  job: { sequence: 10_000, total: 10_000, attempt: 12, reprint: true, printedAt: '2026-11-22T15:59:59Z', operator: '欧阳修远', station: '二号仓东区打包台 17' },
  manifest: manifestOf(75),
};

const rare: LabelDataInput = {
  ...typical,
  waybill: { ...typical.waybill, number: 'SF1234567890123', carrier: { code: 'SF', name: '順豐速運' }, product: '標準快遞', sortCode: '852-HK-03', consolidation: '香港葵涌轉運站' },
  recipient: { name: '𠮷田喆㼆', phone: '+852 6123 4567', province: '香港特別行政區', city: '香港', district: '灣仔區', town: '', detail: '軒尼詩道𨋢口 168號 龘靐大廈 B座 23樓 2306室' },
  sender: { name: '䶮淏玥', phone: '0757-86668888', province: '广东省', city: '佛山市', district: '南海区', town: '里水镇', detail: '𠝹刀坊 鑫焱淼工业区 龖𪚥路 8号' },
  returnTo: { name: '䶮品堂退货', phone: '0757-86668889', province: '广东省', city: '佛山市', district: '南海区', town: '里水镇', detail: '鑫焱淼工业区 龖𪚥路 9号' },
  items: [
    { title: '𡃁仔牌 ★限定★ 手辦 №7', shortName: '手辦№7★', sku: '靛藍Ⅱ', quantity: 3, barcode: '96385074', location: 'Ä-7' },
    { title: 'Crème brûlée №5 “特别版”', shortName: 'Crème brûlée', sku: '½ kg', quantity: 1, barcode: '6901234567892', location: 'é-1' },
  ],
  orders: [{ id: 'A^XZ~JA"\\<b>', shop: '㊣品堂™', platform: 'youzan', paidAt: '2026-11-22 08:00:00', buyerNote: '生日快樂🎂🎉！請寫「致 𠮷田」♥', sellerNote: '龍年限定 ②號盒；易碎☂', flag: 'blue', amountFen: 8800 }],
  job: { ...typical.job, reprint: true, attempt: 2 },
  manifest: [{ number: 'SF1234567890123', name: '𠮷*', region: '香港灣仔區', quantity: 1, weightGrams: 620 }],
};

function manifestOf(count: number): NonNullable<LabelDataInput['manifest']> {
  const places = ['浙江省杭州市', '广东省深圳市', '北京市朝阳区', '四川省成都市', '新疆维吾尔自治区喀什地区', '上海市浦东新区'];
  return Array.from({ length: count }, (_, i) => ({ number: `YT88000000${String(100 + i).padStart(5, '0')}`, name: ['林*', '王**', '欧阳*', '陈*'][i % 4]!, region: places[i % places.length]!, quantity: 1 + (i % 3), weightGrams: 300 + i * 37 }));
}

export const labelSamples: readonly LabelSample[] = [
  { id: 'typical', name: { 'zh-CN': '典型', en: 'Typical' }, data: completeLabelData(typical) },
  { id: 'longest', name: { 'zh-CN': '最长', en: 'Longest' }, data: completeLabelData(longest) },
  { id: 'rare', name: { 'zh-CN': '生僻字', en: 'Rare characters' }, data: completeLabelData(rare) },
];
