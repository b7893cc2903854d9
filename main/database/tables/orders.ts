/** Rows of orders, their lines, parcels, imports, views and carrier rules. */

export interface OrderTable {
  id: string;
  /** Place in time order, unique: microseconds since 1970 of the order's own time. The search index is keyed by it. */
  seq: number;
  shop_id: string;
  platform: string;
  /** Order number of the platform; unique within the shop. */
  number: string;
  /** unpaid · to_ship · shipped · done · closed · unknown, as the platform said last. */
  status: string;
  status_text: string;
  /** none · asked · done */
  refund: string;
  /** Where it stands with us: waiting · to_print · problem · held · printed · handed · ended. Derived from the columns around it. */
  stage: string;
  buyer: string;
  buyer_id: string;
  merge_key: string;
  name: string;
  phone: string;
  phone2: string;
  province: string;
  city: string;
  district: string;
  town: string;
  detail: string;
  postcode: string;
  address: string;
  /** full · masked · encrypted · incomplete */
  receiver_state: string;
  /** Same person, same door; empty when the receiver is not full. */
  recipient_key: string;
  pickup: number;
  ordered_at: string;
  paid_at: string;
  /** Latest time to ship; empty when nobody promised anything. */
  ship_by: string;
  shipped_at: string;
  finished_at: string;
  goods_fen: number | null;
  freight_fen: number | null;
  paid_fen: number | null;
  pieces: number;
  buyer_note: string;
  seller_note: string;
  /** none · red · yellow · green · blue · purple */
  flag: string;
  /** What the own people wrote; never touched by an import. */
  memo: string;
  /** Waybill and carrier the platform knows of. */
  platform_waybill: string;
  platform_carrier: string;
  carrier_code: string;
  carrier_reason: string;
  /** Number of ours that is on a label for it. */
  waybill: string;
  /** 1 once a label with a number of ours was sent. */
  printed: number;
  handed: number;
  held: string;
  /** Why somebody here decided that it is not shipped after all, or empty; an import never touches it. */
  cancelled: string;
  /** What has to be looked at before the parcel leaves: refunded · closed · address · goods, or empty. */
  alarm: string;
  shop_name: string;
  /** Columns nobody asked about, JSON pairs. */
  extra: string;
  content_hash: string;
  source: string;
  batch_id: string;
  /** Page that keeps it for editing, its operator, and until when. */
  lock_station: string;
  lock_by: string;
  lock_until: string;
  version: number;
  created_at: string;
  updated_at: string;
}

export interface OrderLineTable {
  id: string;
  order_id: string;
  position: number;
  sub_number: string;
  title: string;
  spec: string;
  item_id: string;
  sku_id: string;
  sku_code: string;
  item_code: string;
  /** Null: the file did not say. */
  quantity: number | null;
  price_fen: number | null;
  refunded: number;
  goods_id: string;
}

/** Every different good that was ever ordered, for search by its name without searching every order. */
export interface OrderGoodsTable {
  id: string;
  title: string;
  spec: string;
  sku_code: string;
  initials: string;
}

/** How many orders each tab holds; kept with every change, so that a count never walks through history. */
export interface OrderCountTable {
  shop_id: string;
  stage: string;
  count: number;
}

/** One row for each order that waits without a carrier of its own: what the rules gave it when they were last asked. */
export interface OrderCarrierTable {
  /** Place of the order. */
  seq: number;
  stage: string;
  shop_id: string;
  ship_by: string;
  /** What the rules looked at besides the order when they gave this; empty: not asked since the order changed. */
  stamp: string;
  /** `*` where its boxes go with several. */
  carrier_code: string;
  /** Another with every change of the order: an answer to an older question is not written. */
  turn: number;
}

export interface ParcelTable {
  id: string;
  shop_id: string;
  /** open · held · numbered · printed · handed · cancelled */
  state: string;
  name: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  town: string;
  detail: string;
  postcode: string;
  recipient_key: string;
  carrier_code: string;
  carrier_reason: string;
  waybill: string;
  weight_grams: number | null;
  /** Parcels that came from splitting one: same group, i of total. */
  group_id: string;
  position: number;
  total: number;
  held: string;
  memo: string;
  flag: string;
  /** hand · auto · split · order */
  origin: string;
  /** Lines as they were when the number was drawn, JSON; empty before. */
  snapshot: string;
  version: number;
  lock_station: string;
  lock_until: string;
  created_at: string;
  updated_at: string;
}

export interface ParcelOrderTable {
  parcel_id: string;
  order_id: string;
  /** 0 once the parcel was cancelled or taken apart again. */
  live: number;
  /** Box of the order, from 1. An order has one living parcel per box: a unique index says so. */
  slot: number;
}

export interface ParcelLineTable {
  parcel_id: string;
  line_id: string;
  order_id: string;
  quantity: number | null;
}

export interface ImportBatchTable {
  id: string;
  shop_id: string;
  at: string;
  operator: string;
  station_id: string;
  /** file · folder · paste · manual */
  source: string;
  files: string;
  orders: number;
  added: number;
  changed: number;
  known: number;
  rejected: number;
  report: string;
}

export interface ImportRowTable {
  batch_id: string;
  file: string;
  row: number;
  line: number;
  column_name: string;
  code: string;
  reason: string;
  /** The cells as they came, JSON: for the file of rows to mend. */
  cells: string;
  header: string;
}

export interface ColumnPresetTable {
  id: string;
  name: string;
  platform: string;
  kind: string;
  /** Field → header, JSON. */
  columns: string;
  /** Header of the file it was made for, in comparable form, JSON: how it is found again. */
  header: string;
  created_at: string;
}

export interface OrderViewTable {
  id: string;
  name: string;
  query: string;
  columns: string;
  position: number;
  created_at: string;
}

export interface CarrierRuleTable {
  id: string;
  position: number;
  name: string;
  carrier_code: string;
  /** Carrier product to ask for, or empty. */
  product: string;
  /** Conditions, JSON. */
  conditions: string;
  enabled: number;
  created_at: string;
}

/** Places a carrier does not go to (超区). */
export interface CarrierReachTable {
  carrier_code: string;
  province: string;
  city: string;
  district: string;
}
