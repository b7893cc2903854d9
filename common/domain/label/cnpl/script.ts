/**
 * The script parts of a Cainiao-language template, read and never run. Understood are: the value of a field path, a condition on
 * one field, the logo switches, print time and page number, and the head of a loop. Everything else stays text and is reported.
 */
import type { Condition } from '../conditions.ts';
import type { ContentPart } from '../content.ts';
import { fieldPart as readyPart } from '../field-part.ts';

export type Script =
  /** `partly`: what of it is not taken over. */
  | { readonly kind: 'value'; readonly part: ContentPart; readonly unknown?: string; readonly partly?: string }
  | { readonly kind: 'if'; readonly condition?: Condition; readonly logo?: 'upper' | 'lower' }
  | { readonly kind: 'loop'; readonly row: LoopRow }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'else' }
  | { readonly kind: 'end' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly why: 'include' | 'script' | 'condition' };

/** The row inside a loop: its list, the index it counts with, and a name given to the element. */
export interface LoopRow {
  readonly list: string;
  readonly index: string;
  readonly alias?: string;
}

/** What sellers call the fields of one line of goods, by the last word of the path. */
const rowFields: readonly (readonly [RegExp, string])[] = [
  [/^(short_?name|short_?title|alias)$/i, 'item.shortName'],
  [/^(quantity|qty|num|count|goods_?num|item_?num|sl|amount_?num)$/i, 'item.quantity'],
  [/^(sku|spec|props|sku_?name|sku_?title|sku_?properties(_?name)?|spec_?name|goods_?props|size_id_name|color_id_name|color|size)$/i, 'item.sku'],
  [/^(bar_?code|outer_?id|goods_?(no|sn|code)|item_?code|sku_?code|code)$/i, 'item.barcode'],
  [/^(location|shelf|position|stock_?location)$/i, 'item.location'],
  [/^(name|title|item_?name|item_?title|goods_?name|goods_id_name|goods_?title|product_?name)$/i, 'item.title'],
];

/** Lists that are the goods of a parcel; any other list is taken for them too, and said so. */
export const goodsLists: ReadonlySet<string> = new Set(['items', 'itemList', 'item_list', 'itemInfo', 'goods', 'goodsList', 'goodsInfoList', 'goods_list', 'orders', 'skuList', 'products', 'productList', 'details']);

/** Paths of the vendor's standard data and of usual custom areas, and the field of ours that carries the same. */
const paths: Readonly<Record<string, string>> = {
  waybillCode: 'waybill.number',
  waybillNo: 'waybill.number',
  mailNo: 'waybill.number',
  qrCode: 'waybill.qr',
  cpCode: 'waybill.carrier.code',
  'routingInfo.routeCode': 'waybill.sortCode',
  'routingInfo.sortation.name': 'waybill.sortCode',
  'routingInfo.sortation.code': 'waybill.sortCode',
  'routingInfo.consolidation.name': 'waybill.consolidation',
  'routingInfo.consolidation.code': 'waybill.consolidation',
  'routingInfo.origin.code': 'waybill.originCode',
  'routingInfo.origin.name': 'waybill.originCode',
  'shippingOption.title': 'waybill.product',
  'shippingOption.code': 'waybill.product',
  item_name: 'items',
  itemName: 'items',
  items: 'items',
  goodsInfo: 'items',
  remark: 'order.sellerNote',
  sellerMemo: 'order.sellerNote',
  seller_memo: 'order.sellerNote',
  buyerMemo: 'order.buyerNote',
  buyer_message: 'order.buyerNote',
  orderId: 'order.id',
  order_id: 'order.id',
  tradeId: 'order.id',
  tid: 'order.id',
  shopName: 'order.shop',
  shop_name: 'order.shop',
};
for (const party of ['recipient', 'sender']) {
  Object.assign(paths, {
    [`${party}.name`]: `${party}.name`,
    [`${party}.mobile`]: `${party}.phone`,
    [`${party}.phone`]: `${party}.phone`,
    [`${party}.address.province`]: `${party}.province`,
    [`${party}.address.city`]: `${party}.city`,
    [`${party}.address.district`]: `${party}.district`,
    [`${party}.address.town`]: `${party}.town`,
    [`${party}.address.detail`]: `${party}.detail`,
  });
}

/** What programs of sellers call the same things, dots, underscores and capitals left out. */
const flatNames: readonly (readonly [RegExp, string])[] = [
  [/^(waybill|mail|logistics|express|delivery)(code|no|number|sn)$/, 'waybill.number'],
  [/^(qrcode|qrcontent)$/, 'waybill.qr'],
  [/^(routecode|sortcode|bigpen|datoubi|destroutelabel|markdestination)$/, 'waybill.sortCode'],
  [/^(packagecenter(name|code)?|consolidation(name|code)?)$/, 'waybill.consolidation'],
  [/^(cpname|expressname|logisticsname|carriername)$/, 'waybill.carrier.name'],
  [/^(expresstype(logo)?|producttype|servicename)$/, 'waybill.product'],
  [/^(order|trade)(id|no|sn|number)s?$/, 'order.id'],
  [/^(seller|shop)?(remarks?|memo|notes?)$/, 'order.sellerNote'],
  [/^buyer(remarks?|memo|message|notes?|words)$/, 'order.buyerNote'],
  [/^(seller)?shop(name|title)?$/, 'order.shop'],
  [/^(goods|item|product)s?(info|name|names|list|title|detail|details)$/, 'items'],
  [/^(total|goods|item)(count|num|qty|quantity|number)$/, 'items.total'],
  [/^(payment|payamount|totalamount|orderamount)$/, 'orders.amountTotal'],
  [/^(print)(time|date)$/, 'job.printedAt'],
  [/^(paytime|paydate|paidtime)$/, 'order.paidAt'],
];
const flatParty = /^(recipient|receiver|receive|consignee|sender|shipper)(?:info)?(?:recipient|receiver|consignee|sender|shipper)?(?:address)?(name|mobile|phone|tel|province|city|district|county|area|town|street|address|detail|detailaddress|fulladdress)$/;
const partyFields: Readonly<Record<string, string>> = { mobile: 'phone', tel: 'phone', county: 'district', area: 'district', street: 'town', address: 'detail', detailaddress: 'detail', fulladdress: 'address' };

/** Our field for a name that says what it is, though it is not the vendor's own. */
function plainName(path: string): string | undefined {
  const flat = path.replace(/[._]/g, '').toLowerCase();
  const party = flatParty.exec(flat);
  if (party !== null) return `${/^(sender|shipper)/.test(party[1] ?? '') ? 'sender' : 'recipient'}.${partyFields[party[2] ?? ''] ?? party[2] ?? ''}`;
  return flatNames.find(([form]) => form.test(flat))?.[1];
}

/** Our field for a path of theirs; paths nobody knows become a field the lint names, so that nothing is dropped in silence. */
export function fieldOfPath(path: string, known: (path: string) => boolean): { readonly field: string; readonly known: boolean } {
  const field = paths[path] ?? plainName(path);
  if (field !== undefined && known(field)) return { field, known: true };
  return { field: `cnpl.${path}`.slice(0, 100), known: false };
}

const path = '_data((?:\\.[A-Za-z_]\\w*)+)';
const literal = '(?:"([^"]*)"|\'([^\']*)\')';

/** One `<% … %>` block, without its marks; `row` inside a loop. */
export function readScript(source: string, known: (path: string) => boolean, row?: LoopRow): Script {
  const text = source.trim();
  if (text.startsWith('@')) return { kind: 'refused', why: 'include' };
  if (text.startsWith('=')) return value(text.slice(1).trim().replace(/;$/, ''), known, row);
  if (/^\}+\s*;?$/.test(text)) return { kind: 'end' };
  if (/^\}\s*else\s*\{$/.test(text)) return { kind: 'else' };
  if (text === '' || text.startsWith('//')) return { kind: 'nothing' };
  const condition = /^if\s*\((.*)\)\s*\{$/s.exec(text)?.[1]?.trim();
  if (condition !== undefined) return everyOf(condition.split('&&').map((one) => test(one.trim(), known)));
  const loop = new RegExp(`^for\\s*\\(\\s*(?:var\\s+)?(\\w+)\\s*=\\s*0\\s*;\\s*\\1\\s*<\\s*${path}\\.length\\s*;\\s*(?:\\1\\s*\\+\\+|\\+\\+\\s*\\1|\\1\\s*\\+=\\s*1)\\s*\\)\\s*\\{$`).exec(text);
  if (loop !== null) return { kind: 'loop', row: { list: (loop[2] ?? '').slice(1), index: loop[1] ?? 'i' } };
  const alias = row && new RegExp(`^var\\s+(\\w+)\\s*=\\s*${path}\\[\\s*${row.index}\\s*\\]\\s*;?$`).exec(text);
  if (alias && alias[2] === `.${row.list}`) return { kind: 'alias', name: alias[1] ?? '' };
  return { kind: 'refused', why: 'script' };
}

function value(expression: string, known: (path: string) => boolean, row?: LoopRow): Script {
  const ofRow = row && rowValue(expression, row);
  if (ofRow) return ofRow;
  const plain = new RegExp(`^${path}(?:\\s*\\|\\|\\s*${literal})?$`).exec(expression);
  if (plain !== null) {
    const theirs = (plain[1] ?? '').slice(1);
    const { field, known: found } = fieldOfPath(theirs, known);
    const part: ContentPart = { ...readyPart(field), fallback: plain[2] ?? plain[3] ?? '' };
    return { kind: 'value', part, ...(found ? {} : { unknown: theirs }) };
  }
  // A document is a parcel of the task: the i of N of sellers, not the page of a long label.
  if (/^_context\.documentNumber\(\)$/.test(expression)) return { kind: 'value', part: fieldPart('job.sequence') };
  if (/^_context\.documentCount\(\)$/.test(expression)) return { kind: 'value', part: fieldPart('job.total') };
  const time = new RegExp(`^_context\\.formatStartTime\\(${literal}\\)$`).exec(expression);
  if (time !== null) {
    return startTime(time[1] ?? time[2] ?? '');
  }
  const constant = new RegExp(`^${literal}$`).exec(expression);
  if (constant !== null) return { kind: 'value', part: { text: constant[1] ?? constant[2] ?? '' } };
  return { kind: 'refused', why: 'script' };
}

const timeLetters: Readonly<Record<string, string>> = { y: 'YYYY', M: 'MM', d: 'DD', H: 'HH', h: 'HH', m: 'mm', s: 'ss', S: '', E: '' };

/** Print time in their pattern. Ours has no weekdays, fractions, two-digit years or clocks of twelve hours. */
function startTime(theirs: string): Script {
  const pattern = theirs.replace(/([yMdHhmsSE])\1*/g, (letters) => timeLetters[letters[0] ?? ''] ?? '').replace(/\s+/g, ' ').replace(/[\s.:/-]+$/, '').trim();
  const partly = /[hSE]/.test(theirs) || /(?<!y)yy(?!y)/.test(theirs) ? `formatStartTime("${theirs}")` : undefined;
  return { kind: 'value', part: { ...fieldPart('job.printedAt'), format: [{ kind: 'date', pattern: pattern === '' ? 'YYYY-MM-DD HH:mm' : pattern.slice(0, 40) }] }, ...(partly === undefined ? {} : { partly }) };
}

/** The value of a field of the loop's element, or its number. */
function rowValue(expression: string, row: LoopRow): Script | undefined {
  if (new RegExp(`^\\(?\\s*${row.index}\\s*\\+\\s*1\\s*\\)?$`).test(expression)) return { kind: 'value', part: fieldPart('row.number') };
  const element = `_data\\.${row.list.replaceAll('.', '\\.')}\\[\\s*${row.index}\\s*\\]`;
  const name = new RegExp(`^(?:${element}${row.alias === undefined ? '' : `|${row.alias}`})\\.([\\w.]+)$`).exec(expression)?.[1];
  if (name === undefined) return undefined;
  const last = name.split('.').at(-1) ?? name;
  const field = rowFields.find(([form]) => form.test(last))?.[1];
  return field === undefined ? { kind: 'value', part: fieldPart(`cnpl.${row.list}.${name}`.slice(0, 100)), unknown: `${row.list}[].${name}` } : { kind: 'value', part: fieldPart(field) };
}

function fieldPart(field: string): Extract<ContentPart, { field: string }> {
  return { field, format: [], before: '', after: '', fallback: '' };
}

/** Several conditions joined by &&; one that is not understood spoils them all. */
function everyOf(tests: readonly Script[]): Script {
  const [first] = tests;
  if (tests.length === 1 && first !== undefined) return first;
  const conditions = tests.flatMap((one) => (one.kind === 'if' && one.condition !== undefined ? [one.condition] : []));
  return conditions.length === tests.length ? { kind: 'if', condition: { op: 'all', of: conditions } } : { kind: 'refused', why: 'condition' };
}

function test(expression: string, known: (path: string) => boolean): Script {
  const logo = /^_config\.need(Top|Bottom)Logo(?:\s*={2,3}\s*true)?$/.exec(expression)?.[1];
  if (logo !== undefined) return { kind: 'if', logo: logo === 'Top' ? 'upper' : 'lower' };
  const presence = new RegExp(`^(!?)\\s*${path}(?:\\.length(?:\\s*>\\s*0)?)?$`).exec(expression);
  if (presence !== null) return { kind: 'if', condition: { op: presence[1] === '!' ? 'empty' : 'filled', field: fieldOfPath((presence[2] ?? '').slice(1).replace(/\.length$/, ''), known).field } };
  const equal = new RegExp(`^${path}\\s*([!=])={1,2}\\s*${literal}$`).exec(expression);
  if (equal !== null) {
    const { field } = fieldOfPath((equal[1] ?? '').slice(1), known);
    const wanted = equal[3] ?? equal[4] ?? '';
    if (wanted === '') return { kind: 'if', condition: { op: equal[2] === '!' ? 'filled' : 'empty', field } };
    return { kind: 'if', condition: { op: equal[2] === '!' ? 'is_not' : 'is', field, value: wanted } };
  }
  return { kind: 'refused', why: 'condition' };
}

export interface Prepared {
  /** XML in which every script block outside CDATA is a processing instruction or, inside a tag, a numbered token. */
  readonly xml: string;
  readonly scripts: readonly string[];
}

/** Token of a script inside an attribute value or CDATA. */
export const scriptToken = /\u{E000}(\d+)\u{E001}/gu;

/** Makes well-formed XML of a template by moving `<% … %>` blocks out of it. */
export function setScriptsAside(source: string): Prepared {
  const scripts: string[] = [];
  let xml = '';
  let place: 'text' | 'tag' | 'cdata' | 'comment' = 'text';
  let tagAt = 0;
  /** True behind the opening tag of an element whose body is text. */
  let inText = false;
  const ends = { cdata: ']]>', comment: '-->' } as const;
  for (let at = 0; at < source.length; ) {
    if (place !== 'comment' && source.startsWith('<%', at) && !source.startsWith('<%%', at)) {
      const end = source.indexOf('%>', at + 2);
      if (end < 0) break;
      scripts.push(source.slice(at + 2, end));
      const number = scripts.length - 1;
      // A block between tags stands for structure, one inside a value for text.
      xml += place === 'text' && !inText ? `<?cnpl ${number}?>` : `\u{E000}${number}\u{E001}`;
      at = end + 2;
      continue;
    }
    if (place === 'text' && source.startsWith('<![CDATA[', at)) {
      place = 'cdata';
      xml += '<![CDATA[';
      at += 9;
      continue;
    }
    if (place === 'text' && source.startsWith('<!--', at)) place = 'comment';
    else if (place === 'text' && source[at] === '<') {
      place = 'tag';
      tagAt = at;
    } else if (place === 'tag' && source[at] === '>') {
      place = 'text';
      inText = source[at - 1] !== '/' && textTag.test(source.slice(tagAt, tagAt + 60));
    }
    else if ((place === 'cdata' || place === 'comment') && source.startsWith(ends[place], at)) {
      xml += ends[place];
      at += 3;
      place = 'text';
      continue;
    }
    xml += source[at] ?? '';
    at++;
  }
  return { xml, scripts };
}

const textTag = /^<(?:[\w-]+:)?(?:text|barcode|th|td)\b/;
