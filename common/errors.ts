/**
 * The closed list of everything that can go wrong and is expected to. A service says `fail(code, data)`; both doors carry
 * code and data unchanged; the screen switches on the code. Whatever is not in this list is a fault of ours: it is logged in full
 * under an id and reaches the user as INTERNAL with that id.
 */
import { z } from 'zod';

const text = z.string();
const count = z.number();

/** Code → HTTP status and the shape of its data. */
export const errorCatalog = {
  INTERNAL: { status: 500, data: z.object({ logId: text }) },
  BAD_INPUT: { status: 400, data: z.object({ issues: z.array(z.object({ path: text, message: text })) }) },
  NOT_FOUND: { status: 404, data: z.object({ what: text, id: text }) },
  CONFLICT: { status: 409, data: z.object({ what: text, id: text, reason: text }) },
  FORBIDDEN: { status: 403, data: z.object({ action: text }) },
  CANCELLED: { status: 499, data: z.object({ what: text }) },
  FILE_UNREADABLE: { status: 422, data: z.object({ file: text, reason: text }) },
  // database
  DATABASE_NEWER: { status: 503, data: z.object({ file: text, migration: text }) },
  DATABASE_UNSAFE: { status: 503, data: z.object({ file: text, reason: text }) },
  DATA_IN_USE: { status: 503, data: z.object({ folder: text, holder: text }) },
  DATABASE_IO: { status: 503, data: z.object({ reason: text }) },
  // main job
  NO_NUMBERS_LEFT: { status: 409, data: z.object({ pool: text, wanted: count, left: count }) },
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
