import type { Clock } from '../../ports/index.ts';
import type { LivePrinter } from './types.ts';

/** The shown state of one printer, with its readers. */
export interface LiveState {
  get(): LivePrinter;
  /** Changes fields; a field given as undefined goes away. Readers hear of it only when something differs. */
  set(change: Partial<{ [K in keyof LivePrinter]: LivePrinter[K] | undefined }>): void;
  subscribe(listener: (live: LivePrinter) => void): () => void;
}

export function createLiveState(printerId: string, clock: Clock, window: number): LiveState {
  let live: LivePrinter = { printerId, phase: 'idle', condition: 'silent', queued: 0, window, at: clock.now() };
  const listeners = new Set<(live: LivePrinter) => void>();

  return {
    get: () => live,
    set(change) {
      const next = Object.fromEntries(Object.entries({ ...live, ...change }).filter(([, value]) => value !== undefined)) as unknown as LivePrinter;
      const keys = new Set([...Object.keys(live), ...Object.keys(next)] as (keyof LivePrinter)[]);
      if ([...keys].every((key) => key === 'at' || live[key] === next[key])) return;
      live = { ...next, at: clock.now() };
      for (const listener of listeners) listener(live);
    },
    subscribe(listener) {
      listeners.add(listener);
      listener(live);
      return () => listeners.delete(listener);
    },
  };
}
