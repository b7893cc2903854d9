/** Rows of shops, carriers, settings and the audit trail. */

export interface ShopTable {
  id: string;
  name: string;
  platform: string;
  sender_address_id: string | null;
  archived_at: string | null;
  created_at: string;
}

export interface CarrierTable {
  code: string;
  name: string;
  short_name: string;
  /** 0 hides a carrier this business does not use. */
  enabled: number;
}

export interface SettingTable {
  key: string;
  value: string;
  updated_at: string;
}

export interface AuditTable {
  id: string;
  at: string;
  operator: string;
  station_id: string;
  action: string;
  subject: string;
  facts: string;
}
