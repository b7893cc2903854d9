/** Every table of the database, joined from one file per feature. */
import type { AuditTable, CarrierTable, SettingTable, ShopTable } from './tables/core.ts';
import type { AddressDefaultTable, ItemSkuTable, ItemTable, SenderAddressTable, ShortNameHistoryTable, ShortNameRuleTable, ShortNameTable } from './tables/book.ts';
import type {
  WaybillAccountStepTable,
  WaybillAccountTable,
  WaybillBalanceTable,
  WaybillDrawRuleTable,
  WaybillGrantDayTable,
  WaybillGrantTable,
  WaybillHolderTable,
  WaybillImportTable,
  WaybillIncarnationTable,
  WaybillLeaseTable,
  WaybillLedgerHeadTable,
  WaybillLedgerTable,
  WaybillNumberTable,
  WaybillPoolTable,
  WaybillReleaseTable,
  WaybillRequestTable,
  WaybillSegmentTable,
  WaybillShareCodeTable,
} from './tables/waybills.ts';
import type { PrinterTable } from './tables/printers.ts';
import type { PrintAttemptStepTable, PrintAttemptTable, PrintJobTable, PrintRightsTable } from './tables/printing.ts';
import type {
  CarrierReachTable,
  CarrierRuleTable,
  ColumnPresetTable,
  ImportBatchTable,
  ImportRowTable,
  OrderCarrierTable,
  OrderCountTable,
  OrderGoodsTable,
  OrderLineTable,
  OrderTable,
  OrderViewTable,
  ParcelLineTable,
  ParcelOrderTable,
  ParcelTable,
} from './tables/orders.ts';
import type { HandoverTable, PackingTable, StationDeskTable, StationScanTable } from './tables/stations.ts';
import type { TemplateDraftTable, TemplateTable, TemplateVersionTable } from './tables/templates.ts';
import type { CloudShipmentTable, CostScenarioTable, FreightBillLineTable, FreightBillTable, FreightTableTable, RoutingRuleTable, WarehouseTable } from './tables/costs.ts';

export interface Database {
  shops: ShopTable;
  carriers: CarrierTable;
  settings: SettingTable;
  audit: AuditTable;
  sender_addresses: SenderAddressTable;
  address_defaults: AddressDefaultTable;
  items: ItemTable;
  item_skus: ItemSkuTable;
  short_names: ShortNameTable;
  short_name_rules: ShortNameRuleTable;
  short_name_history: ShortNameHistoryTable;
  orders: OrderTable;
  order_lines: OrderLineTable;
  order_goods: OrderGoodsTable;
  order_counts: OrderCountTable;
  order_carriers: OrderCarrierTable;
  parcels: ParcelTable;
  parcel_orders: ParcelOrderTable;
  parcel_lines: ParcelLineTable;
  import_batches: ImportBatchTable;
  import_rows: ImportRowTable;
  column_presets: ColumnPresetTable;
  order_views: OrderViewTable;
  carrier_rules: CarrierRuleTable;
  carrier_reach: CarrierReachTable;
  waybill_accounts: WaybillAccountTable;
  waybill_account_steps: WaybillAccountStepTable;
  waybill_pools: WaybillPoolTable;
  waybill_segments: WaybillSegmentTable;
  waybill_imports: WaybillImportTable;
  waybill_numbers: WaybillNumberTable;
  waybill_grants: WaybillGrantTable;
  waybill_grant_days: WaybillGrantDayTable;
  waybill_share_codes: WaybillShareCodeTable;
  waybill_draw_rules: WaybillDrawRuleTable;
  waybill_holders: WaybillHolderTable;
  waybill_leases: WaybillLeaseTable;
  waybill_releases: WaybillReleaseTable;
  waybill_requests: WaybillRequestTable;
  waybill_ledger: WaybillLedgerTable;
  waybill_ledger_head: WaybillLedgerHeadTable;
  waybill_balances: WaybillBalanceTable;
  waybill_incarnations: WaybillIncarnationTable;
  printers: PrinterTable;
  print_jobs: PrintJobTable;
  print_attempts: PrintAttemptTable;
  print_attempt_steps: PrintAttemptStepTable;
  print_rights: PrintRightsTable;
  packings: PackingTable;
  station_scans: StationScanTable;
  station_desks: StationDeskTable;
  handovers: HandoverTable;
  templates: TemplateTable;
  template_versions: TemplateVersionTable;
  template_drafts: TemplateDraftTable;
  cost_scenarios: CostScenarioTable;
  freight_tables: FreightTableTable;
  warehouses: WarehouseTable;
  routing_rules: RoutingRuleTable;
  cloud_shipments: CloudShipmentTable;
  freight_bills: FreightBillTable;
  freight_bill_lines: FreightBillLineTable;
}
