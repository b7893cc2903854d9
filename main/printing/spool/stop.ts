import { asTransportFailure } from '../transports/failure.ts';
import type { StopReason } from './types.ts';

/** Ends a run of an actor: nothing more is sent until somebody submits again. */
export class Stop extends Error {
  readonly reason: StopReason;
  constructor(reason: StopReason) {
    super(reason.message);
    this.name = 'Stop';
    this.reason = reason;
  }
}

/** Why a run ends after something was thrown. */
export function stopFor(thrown: unknown): StopReason {
  if (thrown instanceof Stop) return thrown.reason;
  const failure = asTransportFailure(thrown, 0);
  if (failure.reason === 'cancelled') return { kind: 'cancelled', message: failure.message };
  return { kind: 'transport', condition: 'off_line', message: failure.message };
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
