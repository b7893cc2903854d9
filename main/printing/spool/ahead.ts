import type { QueuedLabel } from './batch.ts';

/** Labels encoded before their turn, while the one before is printing. */
export interface EncodeAhead {
  /** Starts to encode, or answers what is being encoded already; an error is kept for the label's own turn. */
  start(label: QueuedLabel | undefined): Promise<Uint8Array> | undefined;
  /** Frees the bytes of a label that was sent or will not be. */
  forget(label: QueuedLabel): void;
}

export function createEncodeAhead(): EncodeAhead {
  const prepared = new Map<QueuedLabel, Promise<Uint8Array>>();
  return {
    start(label) {
      if (label === undefined) return undefined;
      let bytes = prepared.get(label);
      if (bytes === undefined) {
        bytes = (async () => label.item.encode())();
        bytes.catch(() => undefined);
        prepared.set(label, bytes);
      }
      return bytes;
    },
    forget: (label) => void prepared.delete(label),
  };
}
