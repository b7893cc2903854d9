/** Rows of print jobs and print attempts (the journal). The printers themselves are in printers.ts. */

export interface PrintJobTable {
  id: string;
  name: string;
  printer_id: string;
  template_version_id: string;
  total: number;
  /** open · done · stopped · cancelled */
  state: string;
  reason: string;
  operator: string;
  station_id: string;
  created_at: string;
  ended_at: string | null;
}

/** One label sent once. A reprint is a new row of the same number. */
export interface PrintAttemptTable {
  id: string;
  job_id: string;
  /** Place in the job, from 1. */
  position: number;
  parcel_id: string;
  number: string;
  printer_id: string;
  template_version_id: string;
  /** 1, 2, … over all attempts of a number, also those that sent no byte. */
  attempt_no: number;
  /** What the label says: 0 = first label, k = 补打 k. Counts earlier attempts that may be on paper. */
  mark: number;
  reprint_of: string | null;
  reason: string;
  approved_by: string | null;
  state: string;
  sha256: string | null;
  byte_count: number | null;
  odometer_before: number | null;
  evidence: string;
  detail: string;
  operator: string;
  station_id: string;
  created_at: string;
  sending_at: string | null;
  sent_at: string | null;
  settled_at: string | null;
  settled_by: string | null;
  updated_at: string;
}

/** Append-only: every change of state of an attempt after it was made. */
export interface PrintAttemptStepTable {
  attempt_id: string;
  step: number;
  from_state: string;
  to_state: string;
  at: string;
  who: string;
  station_id: string;
  detail: string;
}

/** One row: who may reprint, and the lead's PIN as a salted hash. */
export interface PrintRightsTable {
  id: number;
  /** allowed · reason · pin */
  reprint: string;
  pin_salt: string;
  pin_hash: string;
  wrong: number;
  locked_until: string | null;
}
