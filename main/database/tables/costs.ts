/** Rows of cost scenarios, freight tables, cloud warehouses, what they ship for us, and carriers' bills. */

export interface CostScenarioTable {
  id: string;
  name: string;
  /** Scenario as JSON (savedScenarioSchema). */
  document: string;
  created_at: string;
  updated_at: string;
}

export interface FreightTableTable {
  id: string;
  name: string;
  carrier: string;
  /** Freight table as JSON (freightTableSchema). */
  document: string;
  updated_at: string;
}

export interface WarehouseTable {
  id: string;
  name: string;
  /** Scenario and quote its price comes from; empty: no price is known. */
  scenario_id: string;
  quote_id: string;
  /** Columns of the order file it wants, JSON. */
  columns: string;
  /** Column names of the result file it sends, JSON. */
  result_columns: string;
  /** Codes it holds in stock, JSON list; empty list: no list is kept. */
  stock_codes: string;
  archived_at: string | null;
}

export interface RoutingRuleTable {
  id: string;
  position: number;
  name: string;
  warehouse_id: string;
  conditions: string;
  enabled: number;
}

/** A parcel a cloud warehouse ships for us. No recipient: that stays with the order. */
export interface CloudShipmentTable {
  id: string;
  parcel_id: string;
  warehouse_id: string;
  order_ids: string;
  reference: string;
  /** assigned · exported · shipped · released */
  state: string;
  reason: string;
  province: string;
  city: string;
  grams: number | null;
  items: number;
  /** Quoted and own price of this parcel; null where there is none. */
  expected_fen: number | null;
  own_fen: number | null;
  waybill: string;
  carrier: string;
  charged_grams: number | null;
  charged_fen: number | null;
  created_at: string;
  exported_at: string;
  acknowledged_at: string;
}

export interface FreightBillTable {
  id: string;
  name: string;
  /** carrier: a courier's bill for own shipping · warehouse: a cloud warehouse's */
  kind: string;
  carrier: string;
  table_id: string;
  period_from: string;
  period_to: string;
  file: string;
  lines: number;
  charged_fen: number;
  expected_fen: number;
  claim_fen: number;
  counts: string;
  missing: string;
  problems: string;
  created_at: string;
}

export interface FreightBillLineTable {
  bill_id: string;
  row: number;
  waybill: string;
  date: string;
  province: string;
  grams: number | null;
  charged_fen: number;
  verdict: string;
  parcel_id: string | null;
  own_grams: number | null;
  own_province: string;
  expected_fen: number | null;
  claim_fen: number;
}
