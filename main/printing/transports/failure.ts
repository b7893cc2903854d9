/**
 * The one exception a transport throws on purpose. It always knows how many bytes of the label were offered to the system:
 * 0 means the label certainly did not leave (it may go again by itself), anything else makes it uncertain.
 */
export const transportReasons = [
  'refused', 'unreachable', 'timeout', 'reset', 'peer_closed', 'cancelled', 'not_found', 'not_permitted',
  'queue_stopped', 'job_failed', 'job_cancelled', 'job_lost', 'busy', 'unsupported', 'io',
] as const;
export type TransportReason = (typeof transportReasons)[number];

export class TransportFailure extends Error {
  readonly reason: TransportReason;
  /** Bytes of the current label that left our hands; an upper bound of what the printer may have. */
  readonly offeredBytes: number;

  constructor(reason: TransportReason, message: string, offeredBytes: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TransportFailure';
    this.reason = reason;
    this.offeredBytes = offeredBytes;
  }
}

/** Anything thrown, as a TransportFailure; `offeredBytes` is used where the thrown value does not know. */
export function asTransportFailure(thrown: unknown, offeredBytes: number): TransportFailure {
  if (thrown instanceof TransportFailure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new TransportFailure(reasonOf(thrown), message, offeredBytes, { cause: thrown });
}

/** The error code of the operating system behind a thrown value, if it has one. */
export function systemCode(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

const reasonByCode: Readonly<Record<string, TransportReason>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ENOENT: 'not_found',
  ENODEV: 'not_found',
  ENXIO: 'not_found',
  EACCES: 'not_permitted',
  EPERM: 'not_permitted',
  EBUSY: 'busy',
  ABORT_ERR: 'cancelled',
};

/** Maps a system error to the closed list; what is not known is `io`. */
export function reasonOf(thrown: unknown): TransportReason {
  if (thrown instanceof Error && thrown.name === 'AbortError') return 'cancelled';
  const code = systemCode(thrown);
  return (code !== undefined ? reasonByCode[code] : undefined) ?? 'io';
}
