/** Rows of waybill accounts, pools, grants, numbers and the ledger. See docs/numbers.md. */

export interface WaybillAccountTable {
  id: string;
  carrier_code: string;
  branch_code: string;
  branch_name: string;
  name: string;
  /** prepaid 加盟 · monthly 直营 · pickup 在线寄件 */
  settlement: string;
  state: string;
  owner_shop_id: string | null;
  /** Date and account of the signed payment agreement; a pick-up account issues nothing without it. */
  agreement_at: string | null;
  agreement_account: string | null;
  /** Price of one number in 1/10000 yuan, for settlement between shops. */
  unit_price: number;
  /** Warn when fewer numbers than this are left. */
  low_water: number;
  /** Days until the unit of a void number comes back; 0 = at once. */
  recycle_days: number;
  /** JSON: carrier products of the contract, the default first; empty when nobody wrote them down. */
  products: string;
  created_at: string;
}

export interface WaybillAccountStepTable {
  id: string;
  account_id: string;
  from_state: string | null;
  to_state: string;
  at: string;
  operator: string;
  station_id: string;
  reason: string;
}

export interface WaybillPoolTable {
  id: string;
  account_id: string;
  name: string;
  owner_shop_id: string;
  /** Numbers kept for the owner's own shops. */
  reserve: number;
  archived_at: string | null;
  created_at: string;
}

/** Consecutive numbers of one series; a pool of a million numbers is one row. `next_tail` never goes down (trigger). */
export interface WaybillSegmentTable {
  id: string;
  pool_id: string;
  account_id: string;
  series: string;
  prefix: string;
  width: number;
  suffix: string;
  kind: string;
  first_tail: number;
  last_tail: number;
  next_tail: number;
  /** `pool`, or the id of the station that holds the block. */
  holder: string;
  lease_id: string | null;
  /** open · used · quarantine · burned */
  state: string;
  position: number;
  import_id: string;
}

export interface WaybillImportTable {
  id: string;
  account_id: string;
  pool_id: string;
  source: string;
  numbers: number;
  segments: number;
  warnings: number;
  top_up: number;
  operator: string;
  station_id: string;
  at: string;
}

/** A number gets its row when it is drawn; the row is never deleted and never changes its parcel (triggers). */
export interface WaybillNumberTable {
  number: string;
  carrier_code: string;
  account_id: string;
  pool_id: string;
  segment_id: string;
  state: string;
  /** 1 while the number stands for its parcel; 0 once void or burned. */
  live: number;
  parcel_id: string;
  request_key: string;
  shop_id: string;
  payer_shop_id: string;
  grant_id: string;
  station_id: string;
  operator: string;
  reason: string;
  drawn_at: string;
  /** Last ledger event of this number. */
  last_seq: number;
  release_at: string | null;
  /** Carrier product the number was drawn for; empty when none is known. It stays with the number. */
  product: string;
}

export interface WaybillGrantTable {
  id: string;
  pool_id: string;
  shop_id: string;
  /** 1 = shop of the pool's owner, may use the reserve. */
  own: number;
  cap: number | null;
  used: number;
  daily_cap: number | null;
  valid_from: string;
  valid_to: string | null;
  priority: number;
  provinces: string | null;
  min_grams: number | null;
  max_grams: number | null;
  /** pending · active · paused · revoked */
  state: string;
  created_at: string;
  created_by: string;
  changed_at: string;
}

export interface WaybillGrantDayTable {
  grant_id: string;
  day: string;
  used: number;
}

export interface WaybillShareCodeTable {
  id: string;
  grant_id: string;
  shop_id: string;
  code_hash: string;
  expires_at: string;
  tries_left: number;
  used_at: string | null;
  created_at: string;
}

export interface WaybillDrawRuleTable {
  shop_id: string;
  /** priority · cheapest */
  mode: string;
}

export interface WaybillHolderTable {
  station_id: string;
  epoch: number;
  incarnation: string;
  quota: number;
  outstanding: number;
  lost_at: string | null;
}

export interface WaybillLeaseTable {
  id: string;
  request_id: string;
  station_id: string;
  pool_id: string;
  account_id: string;
  epoch: number;
  numbers: number;
  at: string;
  renew_by: string;
  closed_at: string | null;
  closed_as: string | null;
}

/** At a station: a block it asked its host for. The row is on the disk before the question leaves. */
export interface WaybillRequestTable {
  id: string;
  /** The station's own pool that the block goes into. */
  pool_id: string;
  host_pool_id: string;
  numbers: number;
  at: string;
  answered_at: string | null;
  lease_id: string | null;
}

export interface WaybillReleaseTable {
  id: string;
  segment_id: string;
  numbers: number;
  evidence: string;
  first_by: string;
  first_at: string;
  second_by: string | null;
  second_at: string | null;
}

/** Append-only (triggers), hash-chained. One row moves `n` units of one book from one account to another. */
export interface WaybillLedgerTable {
  seq: number;
  at: string;
  kind: string;
  /** numbers: named numbers · units: paid units of an account */
  book: string;
  account_id: string;
  pool_id: string;
  from_acct: string;
  to_acct: string;
  n: number;
  number: string | null;
  /** First and last of a moved range, when it is not a single number. */
  first_number: string | null;
  last_number: string | null;
  parcel_id: string | null;
  shop_id: string | null;
  payer_shop_id: string | null;
  grant_id: string | null;
  attempt_id: string | null;
  station_id: string;
  operator: string;
  reason: string;
  facts: string;
  prev_hash: string;
  hash: string;
}

/** One row: where the chain stands and whether numbers may be issued. */
export interface WaybillLedgerHeadTable {
  id: number;
  seq: number;
  hash: string;
  at: string;
  /** What the hash of the first event was made of; never changes. */
  database_id: string;
  /** Which of its copies these data are; a copy gets a new one and leaves its original alone. */
  lineage: string;
  incarnation: number;
  /** Newest sequence number up to which the whole chain has been verified. */
  verified_seq: number;
  stopped_reason: string | null;
  stopped_at: string | null;
}

export interface WaybillBalanceTable {
  book: string;
  account_id: string;
  pool_id: string;
  acct: string;
  balance: number;
}

export interface WaybillIncarnationTable {
  n: number;
  database_id: string;
  machine_id: string;
  place: string;
  reason: string;
  facts: string;
  seq: number;
  at: string;
  /** When a lead read the notice. */
  seen_at: string | null;
  seen_by: string | null;
}
