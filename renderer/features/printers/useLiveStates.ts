import { useEffect, useState } from 'react';
import type { PrinterState } from '../../../common/contract/printers.ts';
import { client } from '../../client/index.ts';

/** States of the printers in use, following every change for as long as the screen shows them. */
export function useLiveStates(): ReadonlyMap<string, PrinterState> {
  const [states, setStates] = useState<ReadonlyMap<string, PrinterState>>(new Map());
  useEffect(() => {
    const stop = new AbortController();
    async function follow(): Promise<void> {
      while (!stop.signal.aborted) {
        try {
          for await (const { printerId, ...state } of await client.printers.watch(undefined, { signal: stop.signal })) {
            setStates((before) => new Map(before).set(printerId, state));
          }
        } catch {
          // The connection comes back by itself; the stream begins again with the states of then.
        }
        if (!stop.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    void follow();
    return () => stop.abort();
  }, []);
  return states;
}
