import type { PrinterStop } from '../../../common/errors.ts';
import { asTransportFailure, type TransportReason } from '../transports/failure.ts';
import type { PrinterCondition } from '../types.ts';
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
  const condition = conditions[failure.reason];
  return { kind: 'transport', transport: failure.reason, ...(condition === undefined ? {} : { condition }), message: failure.message };
}

/** Transport failures that say how the printer is; the others say what is wrong between us and it. */
const conditions: Partial<Record<TransportReason, PrinterCondition>> = { refused: 'off_line', unreachable: 'off_line', timeout: 'off_line', queue_stopped: 'paused' };

const brokenReasons: readonly TransportReason[] = ['reset', 'peer_closed', 'io'];

/** A stop in the words a screen has texts for; undefined where only the message itself says what to do (no such queue, no right). */
export function stopWord({ kind, condition, transport }: StopReason): PrinterStop | undefined {
  if (condition !== undefined && condition !== 'ready') return condition;
  if (kind === 'transport') return transport === undefined || brokenReasons.includes(transport) ? 'connection' : undefined;
  return kind === 'printer' ? 'error' : kind;
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
