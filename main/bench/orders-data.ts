/** Invented orders, the same for the same number: as many as asked, spread over two years, most of them long since sent. */
import { zipSync, strToU8 } from 'fflate';
import type { OrderDraft } from '../../common/domain/orders/types.ts';

const provinces: readonly (readonly [province: string, city: string, district: string, share: number])[] = [
  ['广东省', '深圳市', '南山区', 18], ['浙江省', '杭州市', '西湖区', 15], ['江苏省', '南京市', '玄武区', 14], ['上海市', '上海市', '徐汇区', 10], ['北京市', '北京市', '朝阳区', 9], ['四川省', '成都市', '武侯区', 9], ['山东省', '青岛市', '黄岛区', 8],
  ['河南省', '郑州市', '金水区', 7], ['湖北省', '武汉市', '江岸区', 6], ['海南省', '海口市', '美兰区', 3], ['西藏自治区', '拉萨市', '城关区', 1],
];
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const given = '试例样一二三四五六明芳伟娜敏静丽强磊军洋勇艳杰娟涛超霞平刚桂英';
const streets = ['星野', '听松', '采薇', '知秋', '谷雨', '小满', '白露', '初雪', '望舒', '云栖', '若水', '清欢'];
const kinds = ['棉袜', '保温杯', '羽绒马甲', '学生中性笔', '热水壶', '瑜伽垫', '洗碗海绵', '垃圾袋'];

/** Well spread and cheap: a step of a linear congruence, mixed. */
function mixed(index: number, salt: number): number {
  let value = Math.imul(index + 1, 2_654_435_761) ^ Math.imul(salt + 1, 40_503);
  value = Math.imul(value ^ (value >>> 15), 2_246_822_519);
  value = Math.imul(value ^ (value >>> 13), 3_266_489_917);
  return (value ^ (value >>> 16)) >>> 0;
}

function placeOf(index: number): (typeof provinces)[number] {
  let left = mixed(index, 1) % 100;
  for (const place of provinces) {
    left -= place[3];
    if (left < 0) return place;
  }
  return provinces[0] ?? ['', '', '', 0];
}

const lineDefaults = { subNumber: '', itemId: '', skuId: '', itemCode: '', refunded: false };

const day = 86_400_000;
/** The great sale, 200 days ago: one day with a tenth of all orders, after 18 quieter months. */
export function saleDay(now: string): { readonly from: string; readonly to: string } {
  const start = Math.floor(Date.parse(now) / day - 200) * day;
  return { from: new Date(start).toISOString(), to: new Date(start + day - 1_000).toISOString() };
}

/** When order `index` of `total` came: the shop grows, with the sale in between. Orders past `total` come now. */
function timeOf(index: number, total: number, now: string): number {
  const share = index / total;
  const end = Date.parse(now);
  const sale = Date.parse(saleDay(now).from);
  if (share < 0.3) return sale - ((0.3 - share) / 0.3) * 528 * day;
  if (share < 0.4) return sale + ((share - 0.3) / 0.1) * day;
  return Math.min(end, sale + day + ((share - 0.4) / 0.6) * (end - sale - day));
}

/** Somebody who passes orders on: one order in 333 goes to this door, and one in ten of those that wait now. */
export const dropshipper = { name: '代收仓库', phone: '13800006688', province: '浙江省', city: '杭州市', district: '余杭区', detail: '云栖路 88 号 3 号库' };
/** What the shop is known for: in four orders of ten. */
export const bestseller = '样例棉袜款88春秋薄款中筒';

/**
 * Order `index` of `total`: the last 2,000 wait for their label, 200 older ones too, 200 have a problem, the rest has gone: what is open does
 * not grow with history. Uneven as real shops are: one day with a tenth of all orders, one door with 3,000 of a million, one item in four of ten.
 */
export function syntheticOrder(index: number, total: number, now: string): OrderDraft {
  const [province, city, district] = placeOf(index);
  const time = new Date(Math.floor(timeOf(index, total, now) / 1000) * 1000).toISOString();
  const person = mixed(index, 3);
  const name = `${surnames[person % surnames.length] ?? ''}${given[(person >>> 5) % given.length] ?? ''}${person % 3 === 0 ? '' : (given[(person >>> 10) % given.length] ?? '')}`;
  const phone = `13${String(mixed(index, 4) % 1_000_000_000).padStart(9, '0')}`;
  const street = `${streets[mixed(index, 5) % streets.length] ?? ''}路${(mixed(index, 6) % 900) + 1}号${(mixed(index, 7) % 30) + 1}栋${(mixed(index, 8) % 4) + 1}单元${(mixed(index, 9) % 2400) + 101}室`;
  const passedOn = mixed(index, 17) % (index >= total - 2_000 ? 10 : 333) === 0;
  const receiver = passedOn ? dropshipper : { name, phone, province, city, district, detail: street };
  const old = index % Math.max(1, Math.floor(total / 200));
  const waiting = index >= total - 2_000 || old === 1;
  const problem = old === 2;
  const count = mixed(index, 12) % 5 === 0 ? 2 : 1;
  const lines = Array.from({ length: count }, (_, line) => {
    const kind = mixed(index, 20 + line);
    if (line === 0 && mixed(index, 18) % 10 < 4) return { ...lineDefaults, title: bestseller, spec: `${['黑', '白', '灰'][kind % 3] ?? ''}均码`, skuCode: `WZ${kind % 3}`, quantity: (kind % 3) + 1, priceFen: 1_990 };
    return { ...lineDefaults, title: `样例${kinds[kind % kinds.length] ?? ''}款${kind % 40}加厚时尚百搭家用`, spec: `${['黑', '白', '灰', '蓝'][kind % 4] ?? ''}${['S', 'M', 'L', 'XL'][(kind >>> 3) % 4] ?? ''}`, skuCode: `ZS${kind % 120}`, quantity: (kind % 3) + 1, priceFen: 1_000 + (kind % 9_000) };
  });
  const note = mixed(index, 13) % 8 === 0 ? '请尽快发货' : '';
  return {
    number: `${time.slice(2, 10).replaceAll('-', '')}-${String(mixed(index, 14)).padStart(10, '0')}${String(index).padStart(7, '0')}`,
    status: waiting ? 'to_ship' : problem ? 'unknown' : 'shipped',
    statusText: waiting ? '待发货' : '已发货',
    refund: 'none',
    buyer: `tb${mixed(index, 15) % 300_000}`,
    buyerId: '',
    mergeKey: '',
    receiver: { ...receiver, phone2: '', town: '', postcode: '', address: `${receiver.province === receiver.city ? '' : receiver.province}${receiver.city}${receiver.district}${receiver.detail}`, state: 'full' },
    pickup: false,
    createdAt: time,
    paidAt: time,
    shipBy: new Date(Date.parse(time) + 86_400_000).toISOString(),
    shippedAt: '',
    finishedAt: '',
    goodsFen: null,
    freightFen: 0,
    paidFen: lines.reduce((sum, line) => sum + line.priceFen * line.quantity, 0),
    buyerNote: note,
    sellerNote: '',
    flag: mixed(index, 16) % 50 === 0 ? 'purple' : 'none',
    waybill: waiting || problem ? '' : `YT88${String(index).padStart(11, '0')}`,
    carrier: waiting || problem ? '' : '圆通速递',
    shopName: '',
    lines,
    pieces: lines.reduce((sum, line) => sum + line.quantity, 0),
    extra: [],
    row: index + 2,
    line: index + 2,
  };
}

const header = ['商品', '订单号', '订单状态', '商品总价(元)', '邮费(元)', '店铺优惠折扣(元)', '平台优惠折扣(元)', '多多支付立减金额(元)', '用户实付金额(元)', '商家实收金额(元)', '商品数量(件)', '支付时间', '承诺发货时间', '发货时间', '确认收货时间', '商品id', '商品规格', '样式ID', '商家编码-规格维度', '商家编码-商品维度', '商家备注', '买家留言', '售后状态', '订单成交时间', '收货人', '手机', '省', '市', '区', '街道/镇', '详细地址', '快递单号', '快递公司'];

function tableRow(index: number, { total, now, isSent = () => false }: FileOptions): string[] {
  const order = syntheticOrder(index, total, now);
  const [line] = order.lines;
  const local = (time: string): string => new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  const paid = ((order.paidFen ?? 0) / 100).toFixed(2);
  const { receiver } = order;
  return [line?.title ?? '', order.number, isSent(index) ? '已发货，待收货' : '待发货', paid, '0.00', '0.00', '0.00', '0.00', paid, paid, String(line?.quantity ?? 1), local(order.paidAt), local(order.shipBy), '', '', '\t357264772326', line?.spec ?? '', '\t3572640200001', line?.skuCode ?? '', 'P1', '', order.buyerNote, '无售后或售后取消', local(order.createdAt), receiver.name, receiver.phone, receiver.province, receiver.city, receiver.district, '', receiver.detail, '', ''];
}

interface FileOptions {
  readonly now: string;
  /** Of how many orders these are: says when they came. */
  readonly total: number;
  /** The first of them. */
  readonly from?: number;
  /** Which of them the platform has as sent by now. */
  readonly isSent?: (index: number) => boolean;
}

/** A Pinduoduo file of so many orders, a row each. */
export function ordersCsv(count: number, now: string, options: Partial<FileOptions> = {}): Uint8Array {
  const all = { now, total: count, from: 0, ...options };
  const rows = [header, ...Array.from({ length: count }, (_, index) => tableRow(all.from + index, all))];
  return new TextEncoder().encode(`\ufeff${rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n')}\r\n`);
}

/** The same as a workbook with shared strings. */
export function ordersXlsx(count: number, now: string): Uint8Array {
  const strings = new Map<string, number>();
  const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rows: string[] = [];
  for (let index = -1; index < count; index += 1) {
    const cells = index < 0 ? header : tableRow(index, { total: count, now });
    const xml = cells.map((cell, column) => {
      if (cell === '') return '';
      let at = strings.get(cell);
      if (at === undefined) {
        at = strings.size;
        strings.set(cell, at);
      }
      return `<c r="${columnName(column)}${index + 2}" t="s"><v>${at}</v></c>`;
    });
    rows.push(`<row r="${index + 2}">${xml.join('')}</row>`);
  }
  const shared = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('');
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t" Target="sharedStrings.xml"/></Relationships>'),
    'xl/sharedStrings.xml': strToU8(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${shared}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows.join('')}</sheetData></worksheet>`),
  }, { level: 3 });
}

function columnName(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : `${String.fromCharCode(64 + Math.floor(column / 26))}${String.fromCharCode(65 + (column % 26))}`;
}
