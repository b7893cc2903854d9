/**
 * The parts of the Windows spooler's structures we read (winspool.h, 64-bit layout: pointers are 8 bytes and aligned to 8).
 * Strings are pointers into the same buffer; who reads a field gets them decoded.
 */

/** Reads one field of a structure inside a buffer that a spooler call has filled. */
export interface FieldReader {
  /** UTF-16 text behind the pointer at this offset; '' for null. */
  text(offset: number): string;
  uint32(offset: number): number;
}

/** PRINTER_INFO_2W: 7 strings, DEVMODE pointer, 4 strings, security descriptor, 8 DWORDs. */
export interface PrinterInfo {
  readonly name: string;
  readonly port: string;
  readonly driver: string;
  readonly attributes: number;
  readonly status: number;
  readonly jobs: number;
}
export const printerInfo2Size = 13 * 8 + 8 * 4;
export function readPrinterInfo2(at: number, field: FieldReader): PrinterInfo {
  const words = at + 13 * 8;
  return {
    name: field.text(at + 8),
    port: field.text(at + 3 * 8),
    driver: field.text(at + 4 * 8),
    attributes: field.uint32(words),
    status: field.uint32(words + 5 * 4),
    jobs: field.uint32(words + 6 * 4),
  };
}

/** JOB_INFO_1W: DWORD id (padded), 6 strings, 5 DWORDs, SYSTEMTIME of 16 bytes, padded to 8. */
export interface JobInfo {
  readonly id: number;
  readonly printer: string;
  readonly document: string;
  /** The driver's own words; to be looked at before the bits. */
  readonly statusText: string;
  readonly status: number;
  readonly pagesPrinted: number;
}
export const jobInfo1Size = 96;
export function readJobInfo1(at: number, field: FieldReader): JobInfo {
  const words = at + 56;
  return {
    id: field.uint32(at),
    printer: field.text(at + 8),
    document: field.text(at + 32),
    statusText: field.text(at + 48),
    status: field.uint32(words),
    pagesPrinted: field.uint32(words + 4 * 4),
  };
}

/** JOB_STATUS_* */
export const jobStatus = {
  paused: 0x1, error: 0x2, deleting: 0x4, spooling: 0x8, printing: 0x10, offline: 0x20, paperOut: 0x40, printed: 0x80, deleted: 0x100,
  blocked: 0x200, userIntervention: 0x400, restart: 0x800, complete: 0x1000, retained: 0x2000,
} as const;

/** JOB_CONTROL_* */
export const jobControl = { pause: 1, resume: 2, cancel: 3, delete: 5 } as const;

/** PRINTER_STATUS_* */
export const printerStatus = {
  paused: 0x1, error: 0x2, pendingDeletion: 0x4, paperJam: 0x8, paperOut: 0x10, manualFeed: 0x20, paperProblem: 0x40, offline: 0x80, busy: 0x200,
  printing: 0x400, notAvailable: 0x1000, processing: 0x4000, noToner: 0x40000, userIntervention: 0x100000, doorOpen: 0x400000,
} as const;

/** PRINTER_ATTRIBUTE_WORK_OFFLINE: Windows has marked the device as unplugged. */
export const workOffline = 0x400;

/** Names of the bits set, for the log. */
export function bitNames(value: number, names: Readonly<Record<string, number>>): string {
  const set = Object.entries(names).filter(([, bit]) => (value & bit) !== 0).map(([name]) => name);
  return set.length > 0 ? set.join(', ') : value === 0 ? 'waiting' : `0x${value.toString(16)}`;
}
