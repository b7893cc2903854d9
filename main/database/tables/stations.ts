/** Rows of packing stations: what is packed, what was scanned, what lies on each desk, what was handed over. */

/** One row for each number that was ever on a desk: how far its parcel is. */
export interface PackingTable {
  number: string;
  parcel_id: string;
  carrier_code: string;
  /** open · counting · aside · packed */
  state: string;
  /** Pieces by line key, JSON. */
  counted: string;
  /** label · counted · as_is · despite, or empty while it is not packed. */
  how: string;
  reason: string;
  operator: string;
  station_id: string;
  at: string;
  /** When its label was under the scanner; null while only its order or goods were. */
  label_at: string | null;
  /** When it was packed; null while it is not. */
  packed_at: string | null;
  handover_id: string | null;
  version: number;
}

/** Every scan and key of every station, in order. Only `undone_at` is written later. */
export interface StationScanTable {
  id: string;
  at: string;
  /** The station's own clock in milliseconds. */
  captured_ms: number;
  station_id: string;
  operator: string;
  code: string;
  kind: string;
  number: string;
  /** How desk and parcel stood before, JSON; empty when there is nothing to take back. */
  before: string;
  undone_at: string | null;
}

export interface StationDeskTable {
  station_id: string;
  /** Number of the parcel on the desk, or empty. */
  number: string;
  /** Goods scanned before a label, JSON. */
  basket: string;
}

export interface HandoverTable {
  id: string;
  at: string;
  carrier_code: string;
  operator: string;
  station_id: string;
  parcels: number;
}
