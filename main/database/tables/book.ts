/** Rows of sender addresses, items with their SKUs, short names, rules and their history. */

export interface SenderAddressTable {
  id: string;
  /** What the people here call it: 一号仓, 退货. */
  label: string;
  contact: string;
  company: string;
  phone: string;
  extension: string;
  /** Number printed in place of `phone`; empty prints `phone`. */
  privacy_phone: string;
  province: string;
  city: string;
  district: string;
  town: string;
  detail: string;
  postcode: string;
  note: string;
  /** Pinyin without tones and initials of label, contact, company and place, for search. */
  pinyin: string;
  initials: string;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
}

/** Which address is used where nothing else is said. The default a shop sends from is in `shops.sender_address_id`. */
export interface AddressDefaultTable {
  /** all · shop · account */
  scope: string;
  /** Shop or waybill account; empty for `all`. */
  scope_id: string;
  /** send · return */
  purpose: string;
  address_id: string;
  updated_at: string;
}

export interface ItemTable {
  id: string;
  shop_id: string;
  /** Number of the item on the platform; empty when no file told it. */
  platform_id: string;
  /** How the item is recognised within its shop: `id:…`, `code:…` or `title:…`. */
  match_key: string;
  title: string;
  code: string;
  brand: string;
  location: string;
  weight_grams: number | null;
  pinyin: string;
  initials: string;
  /** When orders last brought it in; empty for one entered by hand. */
  last_ordered_at: string;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface ItemSkuTable {
  id: string;
  item_id: string;
  /** `code:…` or `spec:…`, unique within the item. */
  match_key: string;
  code: string;
  spec: string;
  barcode: string;
  location: string;
  created_at: string;
  updated_at: string;
}

export interface ShortNameTable {
  item_id: string;
  /** Empty: for every SKU of the item. */
  sku_id: string;
  name: string;
  pinyin: string;
  initials: string;
  /** hand · import · suggestion · undo */
  source: string;
  updated_at: string;
}

export interface ShortNameRuleTable {
  id: string;
  /** Empty: for every shop. */
  shop_id: string;
  position: number;
  kind: string;
  pattern: string;
  text: string;
  enabled: number;
  created_at: string;
}

/** One row per name changed; the rows of one step of a person share a batch and are undone together. */
export interface ShortNameHistoryTable {
  id: string;
  batch_id: string;
  position: number;
  shop_id: string;
  item_id: string;
  sku_id: string;
  before_name: string;
  after_name: string;
  source: string;
  operator: string;
  at: string;
  /** Batch that took it back; empty while it stands. */
  undone_by: string;
}
