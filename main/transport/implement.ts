/** How a feature implements its slice of the contract: same context, same treatment of failures everywhere. */
import { ORPCError, os } from '@orpc/server';
import { errorCatalog, failure, isFailure } from '../../common/errors.ts';
import type { Log } from '../ports/index.ts';

export type Role = 'owner' | 'lead' | 'packer';

/** Who calls: attached once when the door opens, not per call. */
export interface CallContext {
  readonly station: { readonly id: string; readonly name: string };
  readonly role: Role;
  /** Name of the person at the station, for audit and attempts. */
  readonly operator: string;
  /** Window or tab that calls; empty where the door cannot tell. */
  readonly page?: string;
  readonly log: Log;
  readonly newLogId: () => string;
}

/**
 * Middleware every feature's router uses first: a failure of the closed list goes out with its code and data; anything else is
 * logged in full under a fresh id and goes out as INTERNAL with that id only.
 */
export const errorBoundary = os.$context<CallContext>().middleware(async ({ context, next, path }) => {
  try {
    return await next();
  } catch (thrown) {
    throw toWireError(thrown, context, path.join('.'));
  }
});

/** The error both doors send for whatever was thrown; logs what is not in the closed list. */
export function toWireError(thrown: unknown, context: Pick<CallContext, 'log' | 'newLogId'>, where: string): unknown {
  if (thrown instanceof ORPCError) return thrown;
  let known = thrown;
  if (!isFailure(known)) {
    const logId = context.newLogId();
    context.log.error('unexpected', { logId, where, error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    known = failure('INTERNAL', { logId });
  }
  if (!isFailure(known)) return thrown;
  const { code, data } = known.error;
  return new ORPCError(code, { defined: true, status: errorCatalog[code].status, data });
}
