/** What others call the data of a parcel, and the field of ours that carries the same. */
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
  /** What a loop adds up. */
  _pieces: 'items.total',
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
  payment: 'orders.amountTotal',
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

/** Names a plain object has by itself are nobody's data. */
const own = (path: string): string | undefined => (Object.hasOwn(paths, path) ? paths[path] : undefined);

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
  [/^(seller)?flag(type)?$/, 'order.flag'],
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
  const field = own(path) ?? plainName(path);
  if (field !== undefined && known(field)) return { field, known: true };
  return { field: `cnpl.${path}`.slice(0, 100), known: false };
}

/** Our field for one of the fields of a line of goods. */
export function fieldOfRow(list: string, name: string, known: (path: string) => boolean): { readonly field: string; readonly known: boolean } {
  const last = name.split('.').at(-1) ?? name;
  const field = rowFields.find(([form]) => form.test(last))?.[1] ?? plainName(last) ?? own(last);
  return field !== undefined && known(field) ? { field, known: true } : { field: `cnpl.${list}.${name}`.slice(0, 100), known: false };
}
