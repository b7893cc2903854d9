/** Rows of printers: how a device is reached and what is true of it and its paper. */

export interface PrinterTable {
  id: string;
  name: string;
  /** JSON, see printerAddressSchema. */
  address: string;
  /** JSON, see printerProfileSchema. */
  profile: string;
  calibrated_at: string | null;
  archived_at: string | null;
  created_at: string;
  updated_at: string;
}
