/** The one switch that stops issuing. It closes by itself on the first doubt and opens only after a check. */
import { fail } from '../../../common/errors.ts';

export const stopReasons = ['not_started', 'disk', 'ledger', 'other_copy', 'person'] as const;
export type StopReason = (typeof stopReasons)[number];

export interface Stop {
  readonly reason: StopReason;
  readonly detail: string;
  readonly since: string;
}

export type Gate = ReturnType<typeof createGate>;

/** Starts closed: nothing is issued before the ledger and its witness were compared. */
export function createGate(since: string) {
  let stopped: Stop | undefined = { reason: 'not_started', detail: '', since };
  return {
    /** Why nothing is issued, or undefined when numbers may be drawn. */
    stopped: (): Stop | undefined => stopped,
    /** Throws ISSUING_STOPPED. */
    assertOpen(): void {
      if (stopped) fail('ISSUING_STOPPED', stopped);
    },
    /** The first reason stays: it is the one to explain. */
    stop(reason: StopReason, detail: string, at: string): void {
      if (stopped === undefined || stopped.reason === 'not_started') stopped = { reason, detail, since: at };
    },
    open(): void {
      stopped = undefined;
    },
  };
}
