/**
 * The closed list of everything that can go wrong and is expected to. A service says `fail(code, data)`; both doors carry
 * code and data unchanged; the screen switches on the code. Whatever is not in this list is a fault of ours: it is logged in full
 * under an id and reaches the user as INTERNAL with that id.
 */
import { z } from 'zod';
import { addressProblems } from './domain/addresses/types.ts';
import { fileProblems } from './domain/orders/file-problems.ts';

const text = z.string();
const count = z.number();

/** Why a picture from outside is not taken in. */
export const pictureProblems = ['format', 'bytes', 'side', 'pixels', 'damaged'] as const;

/** Why a printer stopped in the middle of a batch, as far as it is known. */
export const printerStops = [
  'out_of_paper', 'out_of_ribbon', 'head_open', 'jam', 'over_heated', 'paused', 'off_line', 'silent', 'busy', 'error', 'connection', 'no_evidence', 'journal', 'cancelled', 'closed',
] as const;
export type PrinterStop = (typeof printerStops)[number];

/** Code → HTTP status and the shape of its data. */
export const errorCatalog = {
  INTERNAL: { status: 500, data: z.object({ logId: text }) },
  BAD_INPUT: { status: 400, data: z.object({ issues: z.array(z.object({ path: text, message: text })) }) },
  NOT_FOUND: { status: 404, data: z.object({ what: text, id: text }) },
  CONFLICT: { status: 409, data: z.object({ what: text, id: text, reason: text }) },
  FORBIDDEN: { status: 403, data: z.object({ action: text }) },
  CANCELLED: { status: 499, data: z.object({ what: text }) },
  /** A file or folder the system does not let us read or write; the reason is its word for it (EACCES). */
  PATH_UNUSABLE: { status: 422, data: z.object({ path: text, reason: text }) },
  /** More recipients in one paste than a person can check on a screen. */
  RECIPIENTS_TOO_MANY: { status: 422, data: z.object({ found: z.number().int(), most: z.number().int() }) },
  FILE_UNREADABLE: { status: 422, data: z.object({ file: text, reason: text }) },
  // order files
  FILE_REFUSED: { status: 422, data: z.object({ file: text, problem: z.enum(fileProblems), detail: text }) },
  TABLE_UNKNOWN: { status: 422, data: z.object({ file: text, header: z.array(text) }) },
  SHOPS_MIXED: { status: 409, data: z.object({ file: text, shops: z.array(text) }) },
  PLATFORM_DIFFERS: { status: 409, data: z.object({ file: text, found: text, shop: text, expected: text }) },
  ITEMS_WITHOUT_ORDERS: { status: 409, data: z.object({ file: text, orders: count }) },
  // orders and parcels
  ORDER_LOCKED: { status: 409, data: z.object({ order: text, station: text, until: text }) },
  ORDER_PRINTED: { status: 409, data: z.object({ order: text, waybill: text }) },
  ORDER_CHANGED: { status: 409, data: z.object({ order: text }) },
  ORDER_CANCELLED: { status: 409, data: z.object({ order: text, reason: text }) },
  ORDER_NOT_TO_SHIP: { status: 409, data: z.object({ order: text, status: text }) },
  ORDER_HELD: { status: 409, data: z.object({ order: text, reason: text }) },
  ORDER_PICKUP: { status: 409, data: z.object({ order: text }) },
  ORDER_ALARM: { status: 409, data: z.object({ order: text, alarm: z.enum(['refunded', 'closed', 'address', 'goods']) }) },
  RECEIVER_UNPRINTABLE: { status: 409, data: z.object({ order: text, state: z.enum(['masked', 'encrypted', 'incomplete']) }) },
  MERGE_DIFFERS: { status: 409, data: z.object({ orders: z.array(text), what: z.enum(['receiver', 'buyer', 'shop', 'window', 'flag', 'items', 'refund']) }) },
  PARCEL_GONE: { status: 409, data: z.object({ parcel: text }) },
  PARCEL_NUMBERED: { status: 409, data: z.object({ parcel: text, waybill: text }) },
  SPLIT_BAD: { status: 422, data: z.object({ order: text, why: z.enum(['one-box', 'more-than-ordered', 'left-over', 'unknown-quantity', 'no-lines', 'merged']) }) },
  NO_REACH: { status: 409, data: z.object({ carrier: text, place: text }) },
  // address book
  ADDRESS_INVALID: { status: 422, data: z.object({ problems: z.array(z.object({ field: text, problem: z.enum(addressProblems), text: text })) }) },
  ADDRESS_IN_USE: { status: 409, data: z.object({ address: text, uses: z.array(z.object({ name: text, purpose: z.enum(['send', 'return']) })) }) },
  // database
  DATABASE_NEWER: { status: 503, data: z.object({ file: text, migration: text }) },
  DATABASE_UNSAFE: { status: 503, data: z.object({ file: text, reason: text }) },
  DATA_IN_USE: { status: 503, data: z.object({ folder: text, holder: text }) },
  DATABASE_IO: { status: 503, data: z.object({ reason: text }) },
  // main job
  LABEL_FAULTY: { status: 422, data: z.object({ parcel: text, findings: z.array(z.object({ code: text, element: text, message: text })) }) },
  CODE_UNREADABLE: { status: 422, data: z.object({ parcel: text, element: text, text: text }) },
  PRINTER_ADDRESS_BAD: { status: 400, data: z.object({ text: text }) },
  PRINTER_STOPPED: { status: 409, data: z.object({ reason: text, what: z.enum(printerStops).optional() }) },
  NO_NUMBERS_LEFT: { status: 409, data: z.object({ pool: text, wanted: count, left: count }) },
  // pictures
  PICTURE_REFUSED: { status: 422, data: z.object({ file: text, why: z.enum(pictureProblems), detail: text }) },
  // printing languages
  LANGUAGE_UNKNOWN: { status: 400, data: z.object({ language: text }) },
  LABEL_DPI_MISMATCH: { status: 422, data: z.object({ labelDpi: count, printerDpi: count }) },
  LABEL_WIDER_THAN_HEAD: { status: 422, data: z.object({ labelDots: count, headDots: count }) },
  PAPER_MISMATCH: { status: 422, data: z.object({ labelWidthMm: count, labelHeightMm: count, paperWidthMm: count, paperHeightMm: count }) },
  LABEL_SHIFTED_OFF_PAPER: { status: 422, data: z.object({ xMm: count, yMm: count }) },
  PRINTER_SCALE_WRONG: { status: 422, data: z.object({ expectedMm: count, measuredMm: count, dpi: count, likelyDpi: count }) },
  LABEL_TOO_LARGE: { status: 422, data: z.object({ bytes: count, limit: count }) },
  // waybill numbers and attempts
  ISSUING_STOPPED: { status: 503, data: z.object({ reason: z.enum(['not_started', 'disk', 'ledger', 'other_copy', 'person']), detail: text, since: text }) },
  LEDGER_BROKEN: { status: 503, data: z.object({ seq: count, what: text }) },
  ACCOUNT_NOT_ACTIVE: { status: 409, data: z.object({ account: text, state: text }) },
  ACCOUNT_EMPTY: { status: 409, data: z.object({ account: text, wanted: count, balance: count }) },
  AGREEMENT_MISSING: { status: 409, data: z.object({ account: text }) },
  GRANT_MISSING: { status: 409, data: z.object({ shop: text }) },
  GRANT_ENDED: { status: 409, data: z.object({ shop: text, pool: text, why: z.enum(['revoked', 'paused', 'expired', 'not_yet', 'pending']) }) },
  GRANT_CAP_REACHED: { status: 409, data: z.object({ shop: text, pool: text, cap: count, used: count, per: z.enum(['grant', 'day']) }) },
  PRODUCT_NOT_IN_CONTRACT: { status: 409, data: z.object({ account: text, product: text, has: text }) },
  CARRIER_MISMATCH: { status: 409, data: z.object({ wanted: text, found: text }) },
  NO_POOL_FITS: { status: 409, data: z.object({ shop: text, why: z.enum(['province', 'weight']) }) },
  REQUEST_REUSED: { status: 409, data: z.object({ request: text, parcel: text }) },
  NUMBERS_DUPLICATE: { status: 409, data: z.object({ count, numbers: z.array(z.object({ number: text, account: text, line: count })) }) },
  NUMBERS_BAD: { status: 422, data: z.object({ count, lines: z.array(z.object({ line: count, text: text, why: text })) }) },
  NUMBERS_COUNT: { status: 409, data: z.object({ expected: count, found: count }) },
  RANGE_BAD: { status: 422, data: z.object({ text: text, why: text }) },
  SHARE_CODE_WRONG: { status: 403, data: z.object({ triesLeft: count }) },
  SHARE_CODE_EXPIRED: { status: 403, data: z.object({ minutes: count }) },
  NUMBER_UNKNOWN: { status: 404, data: z.object({ number: text }) },
  NUMBER_STATE: { status: 409, data: z.object({ number: text, state: text, action: text }) },
  LABEL_PRINTED: { status: 409, data: z.object({ parcel: text, number: text, attempt: text, state: text }) },
  LABEL_UNCERTAIN: { status: 409, data: z.object({ parcel: text, number: text, attempt: text }) },
  LABEL_UNDER_WAY: { status: 409, data: z.object({ parcel: text, number: text, attempt: text, job: text }) },
  ATTEMPT_STATE: { status: 409, data: z.object({ attempt: text, state: text, action: text }) },
  REASON_NEEDED: { status: 422, data: z.object({ action: text }) },
  PIN_NEEDED: { status: 403, data: z.object({ action: text }) },
  PIN_WRONG: { status: 403, data: z.object({ triesLeft: count }) },
  LEASE_FENCED: { status: 409, data: z.object({ station: text, epoch: count }) },
  LEASE_QUOTA: { status: 409, data: z.object({ station: text, quota: count, outstanding: count, wanted: count }) },
  EVIDENCE_NEEDED: { status: 422, data: z.object({ action: text }) },
  SECOND_PERSON_NEEDED: { status: 409, data: z.object({ action: text, first: text }) },
  // templates
  /** The template is not meant for this parcel. */
  TEMPLATE_MISFIT: { status: 422, data: z.object({ parcel: text, template: text, why: z.object({ 'zh-CN': text, en: text }) }) },
  TEMPLATE_FAULTY: { status: 422, data: z.object({ template: text, findings: z.array(z.object({ code: text, element: text, message: text })) }) },
  DRAFT_HELD: { status: 409, data: z.object({ template: text, operator: text, station: text, since: text }) },
  DOCUMENT_NEWER: { status: 422, data: z.object({ name: text, version: count, supported: count }) },
  DOCUMENT_INVALID: { status: 422, data: z.object({ name: text, issues: z.array(z.object({ path: text, message: text })) }) },
} as const satisfies Record<string, { status: number; data: z.ZodType }>;

export type ErrorCode = keyof typeof errorCatalog;
export type ErrorData<C extends ErrorCode> = z.infer<(typeof errorCatalog)[C]['data']>;
export type AppError = { [C in ErrorCode]: { readonly code: C; readonly data: ErrorData<C> } }[ErrorCode];

/** The one exception services throw on purpose. */
export class AppFailure extends Error {
  readonly error: AppError;
  constructor(error: AppError, options?: ErrorOptions) {
    super(`${error.code} ${JSON.stringify(error.data)}`, options);
    this.name = 'AppFailure';
    this.error = error;
  }
}

/** Stops the use case with a code from the closed list. */
export function fail<C extends ErrorCode>(code: C, data: ErrorData<C>, options?: ErrorOptions): never {
  throw failure(code, data, options);
}

/** The same as a value, for places that collect failures. */
export function failure<C extends ErrorCode>(code: C, data: ErrorData<C>, options?: ErrorOptions): AppFailure {
  return new AppFailure({ code, data } as AppError, options);
}

/** True for a failure of the closed list, optionally of one code. */
export function isFailure(thrown: unknown, code?: ErrorCode): thrown is AppFailure {
  return thrown instanceof AppFailure && (code === undefined || thrown.error.code === code);
}
