/** Orders as a table that is safe to open in a spreadsheet and comes back in as the same orders. */
import type { OrderDraft } from './types.ts';

/** One line of goods a row; order columns are repeated. The first header tells our own files from all others. */
export const exportHeader = [
  '打包台订单号', '平台', '店铺名称', '订单状态', '售后状态', '买家', '收货人', '手机', '固定电话', '省', '市', '区', '街道', '详细地址', '邮编', '商品名称', '商品规格', '商家编码', '款号', '商品ID', 'SKU ID', '数量', '单价', '配送方式', '宝贝总数量', '商品金额', '运费', '实付金额', '买家留言', '商家备注', '旗帜', '下单时间', '付款时间', '最晚发货时间', '快递公司', '快递单号',
] as const;

/** Half- and full-width signs of formulas, control characters that hide one, and the guard itself. */
const guardedStarts = new Set(['=', '+', '-', '@', '\t', '\r', '\n', '\0', "'", '＝', '＋', '－', '＠']);

/**
 * One cell of our own files. A text a spreadsheet could take for a formula, or that starts with the guard itself, gets a leading
 * apostrophe, which the reader takes off again. Quoting is RFC 4180.
 */
export function safeCell(value: string): string {
  const guarded = value !== '' && guardedStarts.has(value.charAt(0)) ? `'${value}` : value;
  return /[",\r\n;]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** Rows of text → csv with BOM, so that spreadsheet programs read Chinese. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(safeCell).join(',')).join('\r\n')}\r\n`;
}

/** Fen as yuan with two decimals; empty for null. */
export function yuan(fen: number | null): string {
  if (fen === null) return '';
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** UTC → the wall clock of China, as order files write it. */
export function chinaTime(time: string): string {
  return time === '' ? '' : new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

const statusWords: Readonly<Record<OrderDraft['status'], string>> = { unpaid: '待付款', to_ship: '待发货', shipped: '已发货', done: '交易成功', closed: '交易关闭', unknown: '' };
const refundWords: Readonly<Record<OrderDraft['refund'], string>> = { none: '', asked: '退款中', done: '退款成功' };
const flagWords: Readonly<Record<OrderDraft['flag'], string>> = { none: '', red: '红', yellow: '黄', green: '绿', blue: '蓝', purple: '紫' };

export interface ExportedOrder extends Pick<OrderDraft, 'number' | 'status' | 'refund' | 'buyer' | 'goodsFen' | 'freightFen' | 'paidFen' | 'buyerNote' | 'sellerNote' | 'flag' | 'createdAt' | 'paidAt' | 'shipBy' | 'pickup' | 'pieces' | 'lines'> {
  readonly platform: string;
  readonly shopName: string;
  readonly receiver: Pick<OrderDraft['receiver'], 'name' | 'phone' | 'phone2' | 'province' | 'city' | 'district' | 'town' | 'detail' | 'postcode'>;
  readonly carrier: string;
  readonly waybill: string;
}

/** The rows of one order, as many as it has lines. */
export function exportRows(order: ExportedOrder): string[][] {
  const { receiver } = order;
  const lines = order.lines.length === 0 ? [undefined] : order.lines;
  return lines.map((line) => [
    order.number, order.platform, order.shopName, statusWords[order.status], line?.refunded ? refundWords.done : order.refund === 'done' && line ? '' : refundWords[order.refund], order.buyer, receiver.name, receiver.phone, receiver.phone2, receiver.province, receiver.city, receiver.district, receiver.town,
    receiver.detail, receiver.postcode, line?.title ?? '', line?.spec ?? '', line?.skuCode ?? '', line?.itemCode ?? '', line?.itemId ?? '', line?.skuId ?? '', line?.quantity === null || !line ? '' : String(line.quantity), yuan(line?.priceFen ?? null),
    order.pickup ? '上门自提' : '', String(order.pieces), yuan(order.goodsFen), yuan(order.freightFen), yuan(order.paidFen), order.buyerNote, order.sellerNote, flagWords[order.flag], chinaTime(order.createdAt), chinaTime(order.paidAt), chinaTime(order.shipBy),
    order.carrier, order.waybill,
  ]);
}
