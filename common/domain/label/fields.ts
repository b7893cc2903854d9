/**
 * The catalogue of fields a template may use: for the field picker, for the lint "unknown field" and "unmasked personal
 * data", and for reading a value out of the data.
 */
import type { LabelData } from './data.ts';

export type FieldKind = 'text' | 'number' | 'boolean' | 'date' | 'money' | 'weight' | 'items' | 'lines';
export type Personal = 'name' | 'phone' | 'address';

export interface LabelField {
  readonly path: string;
  readonly kind: FieldKind;
  /** What must be masked before it appears on the outside of a parcel. */
  readonly personal?: Personal;
  /** Fields of one row of a table; `list` is the table's source. */
  readonly list?: TableSource;
  readonly title: { readonly 'zh-CN': string; readonly en: string };
}

export const tableSources = ['items', 'orders', 'manifest'] as const;
export type TableSource = (typeof tableSources)[number];

/** A value a field can have. */
export type FieldValue = string | number | boolean | null | readonly FieldValue[];

/** What a template is evaluated against: the label data, the part of the label, and the row inside a table. */
export interface Scope {
  readonly data: LabelData;
  readonly part: { readonly index: number; readonly total: number };
  readonly row?: { readonly source: TableSource; readonly index: number };
}

type Reader = (scope: Scope) => FieldValue;
interface Entry extends LabelField {
  readonly read: Reader;
}

const entries: Entry[] = [];
function add(path: string, kind: FieldKind, zh: string, en: string, read: Reader, more: { personal?: Personal; list?: TableSource } = {}): void {
  entries.push({ path, kind, title: { 'zh-CN': zh, en }, read, ...more });
}

type Party = LabelData['recipient'];
const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('');

/** Municipalities are their own province: the name is written once. */
function region(party: Party): string {
  const city = party.city === party.province ? '' : party.city;
  return join(party.province, city, party.district, party.town);
}

/** Personal parties must be masked; where a return goes is the shop's own address, there to be read. */
function addParty(prefix: 'recipient' | 'sender' | 'returnTo', zh: string, en: string, partyOf: (data: LabelData) => Party, personal: boolean): void {
  const of = (pick: (party: Party) => string): Reader => (scope) => pick(partyOf(scope.data));
  const as = (kind: Personal): { personal?: Personal } => (personal ? { personal: kind } : {});
  add(`${prefix}.name`, 'text', `${zh}姓名`, `${en} name`, of((p) => p.name), as('name'));
  add(`${prefix}.phone`, 'text', `${zh}电话`, `${en} phone`, of((p) => p.phone), as('phone'));
  add(`${prefix}.province`, 'text', `${zh}省`, `${en} province`, of((p) => p.province));
  add(`${prefix}.city`, 'text', `${zh}市`, `${en} city`, of((p) => p.city));
  add(`${prefix}.district`, 'text', `${zh}区县`, `${en} district`, of((p) => p.district));
  add(`${prefix}.town`, 'text', `${zh}街道/镇`, `${en} town`, of((p) => p.town));
  add(`${prefix}.detail`, 'text', `${zh}详细地址`, `${en} street address`, of((p) => p.detail), as('address'));
  add(`${prefix}.region`, 'text', `${zh}省市区`, `${en} region`, of(region));
  add(`${prefix}.address`, 'text', `${zh}完整地址`, `${en} full address`, of((p) => join(region(p), p.detail)), as('address'));
}

add('waybill.number', 'text', '运单号', 'Waybill number', ({ data }) => data.waybill.number);
add('waybill.carrier.code', 'text', '快递公司代码', 'Carrier code', ({ data }) => data.waybill.carrier.code);
add('waybill.carrier.name', 'text', '快递公司', 'Carrier', ({ data }) => data.waybill.carrier.name);
add('waybill.product', 'text', '快递产品', 'Carrier product', ({ data }) => data.waybill.product);
add('waybill.sortCode', 'text', '三段码', 'Sort code', ({ data }) => data.waybill.sortCode);
add('waybill.consolidation', 'text', '集包地', 'Consolidation centre', ({ data }) => data.waybill.consolidation);
add('waybill.originCode', 'text', '揽收网点代码', 'Origin code', ({ data }) => data.waybill.originCode);
add('waybill.qr', 'text', '二维码内容', 'QR text', ({ data }) => data.waybill.qr || data.waybill.number);
addParty('recipient', '收件人', 'Recipient', (data) => data.recipient, true);
addParty('sender', '寄件人', 'Sender', (data) => data.sender, true);
addParty('returnTo', '退货收件人', 'Return to', ({ returnTo, sender }) => (returnTo.name === '' && returnTo.detail === '' ? sender : returnTo), false);

type Item = LabelData['items'][number];
type Order = LabelData['orders'][number];
type ManifestLine = LabelData['manifest'][number];

function addRow<T>(source: TableSource, rows: (data: LabelData) => readonly T[], name: string, kind: FieldKind, zh: string, en: string, pick: (row: T) => FieldValue, personal?: Personal): void {
  const single = source === 'items' ? 'item' : source === 'orders' ? 'order' : 'line';
  add(`${source}.${name}`, 'lines', `${zh}（全部）`, `${en} (all)`, ({ data }) => rows(data).map(pick), { personal });
  add(
    `${single}.${name}`,
    kind,
    zh,
    en,
    (scope) => {
      // Outside a table of this list the first row is meant: most labels have one order and one item.
      const row = rows(scope.data)[scope.row?.source === source ? scope.row.index : 0];
      return row === undefined ? '' : pick(row);
    },
    { list: source, personal },
  );
}

const items = (data: LabelData): readonly Item[] => data.items;
addRow(
  'items',
  items,
  'shortName',
  'text',
  '宝贝简称',
  'Short name',
  (item) => item.shortName || item.title,
);
addRow('items', items, 'title', 'text', '宝贝标题', 'Item title', (item) => item.title);
addRow('items', items, 'sku', 'text', '规格', 'SKU', (item) => item.sku);
addRow('items', items, 'quantity', 'number', '数量', 'Quantity', (item) => item.quantity);
addRow('items', items, 'barcode', 'text', '商品条码', 'Item barcode', (item) => item.barcode);
addRow('items', items, 'location', 'text', '货位', 'Shelf', (item) => item.location);
add('items', 'items', '商品清单', 'Item list', ({ data }) => data.items.map((item) => item.shortName || item.title));
add('items.count', 'number', '商品行数', 'Item lines', ({ data }) => data.items.length);
add('items.total', 'number', '商品总件数', 'Pieces in all', ({ data }) => data.items.reduce((sum, item) => sum + item.quantity, 0));

const orders = (data: LabelData): readonly Order[] => data.orders;
addRow('orders', orders, 'id', 'text', '订单号', 'Order id', (order) => order.id);
addRow('orders', orders, 'shop', 'text', '店铺', 'Shop', (order) => order.shop);
addRow('orders', orders, 'platform', 'text', '平台', 'Platform', (order) => order.platform);
addRow('orders', orders, 'paidAt', 'date', '付款时间', 'Paid at', (order) => order.paidAt);
addRow('orders', orders, 'buyerNote', 'text', '买家留言', 'Buyer note', (order) => order.buyerNote);
addRow('orders', orders, 'sellerNote', 'text', '卖家备注', 'Seller note', (order) => order.sellerNote);
addRow('orders', orders, 'flag', 'text', '旗帜', 'Flag', (order) => order.flag);
addRow('orders', orders, 'amountFen', 'money', '实付金额', 'Amount paid', (order) => order.amountFen);
add('orders.count', 'number', '订单数', 'Number of orders', ({ data }) => data.orders.length);
add('orders.amountTotal', 'money', '实付合计', 'Amount in all', ({ data }) => data.orders.reduce((sum, order) => sum + (order.amountFen ?? 0), 0));

add('parcel.weightGrams', 'weight', '重量', 'Weight', ({ data }) => data.parcel.weightGrams);
add('parcel.index', 'number', '包裹序号', 'Parcel index', ({ data }) => data.parcel.index);
add('parcel.total', 'number', '包裹总数', 'Parcels in all', ({ data }) => data.parcel.total);

add('job.sequence', 'number', '打印序号', 'Sequence', ({ data }) => data.job.sequence);
add('job.total', 'number', '本批总数', 'Labels in the job', ({ data }) => data.job.total);
add('job.attempt', 'number', '第几次打印', 'Attempt', ({ data }) => data.job.attempt);
add('job.reprint', 'boolean', '是否补打', 'Is a reprint', ({ data }) => data.job.reprint);
add('job.printedAt', 'date', '打印时间', 'Printed at', ({ data }) => data.job.printedAt);
add('job.operator', 'text', '打单员', 'Operator', ({ data }) => data.job.operator);
add('job.station', 'text', '工位', 'Station', ({ data }) => data.job.station);

const manifest = (data: LabelData): readonly ManifestLine[] => data.manifest;
addRow('manifest', manifest, 'number', 'text', '运单号', 'Waybill number', (line) => line.number);
addRow('manifest', manifest, 'name', 'text', '收件人', 'Recipient', (line) => line.name, 'name');
addRow('manifest', manifest, 'region', 'text', '目的地', 'Destination', (line) => line.region);
addRow('manifest', manifest, 'quantity', 'number', '件数', 'Pieces', (line) => line.quantity);
addRow('manifest', manifest, 'weightGrams', 'weight', '重量', 'Weight', (line) => line.weightGrams);
add('manifest.count', 'number', '包裹数', 'Parcels', ({ data }) => data.manifest.length);
add('manifest.total', 'number', '总件数', 'Pieces in all', ({ data }) => data.manifest.reduce((sum, line) => sum + line.quantity, 0));
add('manifest.totalWeight', 'weight', '总重量', 'Weight in all', ({ data }) => data.manifest.reduce((sum, line) => sum + (line.weightGrams ?? 0), 0));

add('row.number', 'number', '行号', 'Row number', (scope) => (scope.row?.index ?? 0) + 1);
add('label.part', 'number', '第几张', 'Label part', (scope) => scope.part.index);
add('label.parts', 'number', '共几张', 'Label parts', (scope) => scope.part.total);

const byPath = new Map(entries.map((entry) => [entry.path, entry]));

/** Every field a template may use, in the order of the picker. */
export const labelFields: readonly LabelField[] = entries;

/** The field of a path, or undefined when there is none. */
export function findField(path: string): LabelField | undefined {
  return byPath.get(path);
}

/** Value of a field; unknown paths are empty text (the lint names them). */
export function readField(path: string, scope: Scope): FieldValue {
  return byPath.get(path)?.read(scope) ?? '';
}

/** How many rows a table of this source has. */
export function rowCount(source: TableSource, data: LabelData): number {
  return data[source].length;
}
