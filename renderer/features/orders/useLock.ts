import { useEffect, useState } from 'react';
import { client } from '../../client/index.ts';

/** Half the time a lock lasts, so that one lost message does not lose it. */
const renewMs = 120_000;

export interface Lock {
  /** Asks for the order: to be called with the first edit. */
  readonly take: () => void;
  /** Why this page may not edit, as a failure of the closed list. */
  readonly refused: { readonly code: string; readonly data: unknown } | undefined;
}

/** Keeps an order for this page from the first edit until the panel closes. Where the page dies, the time of the lock frees it. */
export function useLock(orderId: string): Lock {
  const [taken, setTaken] = useState(false);
  const [refused, setRefused] = useState<Lock['refused']>(undefined);
  useEffect(() => {
    if (!taken) return undefined;
    const ids = [orderId];
    // A lost connection is no refusal: the host asks again with every change.
    const ask = (): void => void client.orders.lock({ ids }).then(([outcome]) => setRefused(outcome?.failure), () => undefined);
    ask();
    const timer = setInterval(ask, renewMs);
    return () => {
      clearInterval(timer);
      void client.orders.unlock({ ids }).catch(() => undefined);
    };
  }, [taken, orderId]);
  return { take: () => setTaken(true), refused };
}
