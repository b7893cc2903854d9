/**
 * The express companies a shop meets, with the forms their waybill numbers are seen in. No carrier publishes a binding pattern and
 * public collections contradict each other, so a number that does not fit gives a warning and is never refused for it.
 */

export interface Carrier {
  /** Code used in the database, on the command line and in files. */
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly nameEn: string;
  /** Permissive form of a number, or undefined where nothing is known. */
  readonly pattern?: RegExp;
  /** Example of a recent form, shown beside the warning. */
  readonly example: string;
  /** Run by the carrier itself (直营): settled monthly, and the unit of a void number comes back at once. */
  readonly direct: boolean;
  /** What the carrier sells (快递产品) under the names it prints on its labels; an account may have others written in by hand. */
  readonly products: readonly string[];
  /** Words other programs and people use for this carrier. */
  readonly aliases: readonly string[];
}

export const carriers: readonly Carrier[] = [
  { code: 'SF', name: '顺丰速运', shortName: '顺丰', nameEn: 'SF Express', pattern: /^(SF\d{12,15}|\d{12})$/, example: 'SF1234567890123', direct: true, products: ['顺丰标快', '顺丰特快', '电商标快', '特惠专配', '顺丰卡航', '冷运到家'], aliases: ['顺丰', '顺丰快递', 'SHUNFENG', 'SFEXPRESS'] },
  { code: 'YTO', name: '圆通速递', shortName: '圆通', nameEn: 'YTO Express', pattern: /^(YT\d{13}|[A-Z0-9]{10,13}|\d{18})$/, example: 'YT8800000000001', direct: false, products: ['标准快递', '圆准达', '航空件'], aliases: ['圆通', '圆通快递', 'YUANTONG'] },
  { code: 'ZTO', name: '中通快递', shortName: '中通', nameEn: 'ZTO Express', pattern: /^\d{12,14}$/, example: '78600000000001', direct: false, products: ['标准快递', '中通标快', '中通好快'], aliases: ['中通', '中通速递', 'ZHONGTONG'] },
  { code: 'STO', name: '申通快递', shortName: '申通', nameEn: 'STO Express', pattern: /^\d{12,15}$/, example: '773000000000001', direct: false, products: ['标准快递', '申特快'], aliases: ['申通', 'SHENTONG'] },
  { code: 'YUNDA', name: '韵达速递', shortName: '韵达', nameEn: 'Yunda Express', pattern: /^\d{13,15}$/, example: '4300000000001', direct: false, products: ['标准快递', '韵达特快'], aliases: ['韵达', '韵达快递', 'YD'] },
  { code: 'JT', name: '极兔速递', shortName: '极兔', nameEn: 'J&T Express', pattern: /^JT\d{11,15}$/, example: 'JT3000000000001', direct: false, products: ['标准快递', '兔优达'], aliases: ['极兔', '极兔快递', 'JTSD', 'J&T', 'JITU'] },
  { code: 'JD', name: '京东快递', shortName: '京东', nameEn: 'JD Logistics', pattern: /^JD[A-Z0-9]{10,18}(-\d+-\d+)?$/, example: 'JDV000000000001', direct: true, products: ['特惠送', '特快送', '特瞬送', '生鲜特惠', '生鲜特快'], aliases: ['京东', '京东物流', 'JDL'] },
  { code: 'DBL', name: '德邦快递', shortName: '德邦', nameEn: 'Deppon Express', pattern: /^(DP[A-Z]{1,2}\d{10,15}|\d{8,12})$/, example: 'DPK300000000001', direct: true, products: ['标准快递', '大件快递', '特准快件', '精准卡航'], aliases: ['德邦', '德邦物流', 'DEPPON', 'DBKD'] },
  { code: 'EMS', name: '邮政 EMS', shortName: 'EMS', nameEn: 'China Post EMS', pattern: /^([A-Z]{2}\d{9}[A-Z]{2}|\d{13})$/, example: 'EA123456785CN', direct: true, products: ['特快专递', '电商标快'], aliases: ['邮政速递', '邮政EMS', '特快专递', 'EYB'] },
  { code: 'POST', name: '邮政快递包裹', shortName: '邮政', nameEn: 'China Post Parcel', pattern: /^([A-Z]{2}\d{9}[A-Z]{2}|\d{13})$/, example: '9800000000001', direct: true, products: ['快递包裹', '普通包裹'], aliases: ['邮政', '中国邮政', '邮政小包', 'POSTB', 'YZPY'] },
  { code: 'DN', name: '菜鸟速递', shortName: '菜鸟', nameEn: 'Cainiao Express', example: 'CN000000000001', direct: true, products: ['标准快递', '次日达'], aliases: ['丹鸟', '菜鸟', '丹鸟物流', 'DANNIAO'] },
  { code: 'OTHER', name: '其他快递', shortName: '其他', nameEn: 'Other carrier', example: '', direct: false, products: [], aliases: ['其他', '其它'] },
];

const byKey = new Map<string, Carrier>();
for (const carrier of carriers) {
  for (const key of [carrier.code, carrier.name, ...carrier.aliases]) byKey.set(key.toUpperCase(), carrier);
}

/** The carrier of a code, a full name or a common other name; undefined when unknown. */
export function findCarrier(text: string): Carrier | undefined {
  return byKey.get(text.trim().toUpperCase().replaceAll(' ', ''));
}
