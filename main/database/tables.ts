/** Every table of the database, joined from one file per feature. */
import type { AuditTable, CarrierTable, SettingTable, ShopTable } from './tables/core.ts';

export interface Database {
  shops: ShopTable;
  carriers: CarrierTable;
  settings: SettingTable;
  audit: AuditTable;
}
