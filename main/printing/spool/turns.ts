/**
 * Whose turn it is at one address. Two printers of the program may be one machine on the desk (the same address with two
 * papers); their actors then print in turn and never at the same time.
 */
export interface Turn {
  /** Runs the work when nobody else is at this address. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** True while somebody else waits: an idle connection should be given back at once. */
  wanted(): boolean;
}

/** Turns by key; the key is the address. */
export function createTurns(): { of(key: string): Turn } {
  const lines = new Map<string, { last: Promise<void>; waiting: number }>();
  return {
    of(key) {
      const line = lines.get(key) ?? { last: Promise.resolve(), waiting: 0 };
      lines.set(key, line);
      return {
        async take(work) {
          const before = line.last;
          const done = Promise.withResolvers<void>();
          line.last = done.promise;
          line.waiting += 1;
          await before;
          line.waiting -= 1;
          try {
            return await work();
          } finally {
            done.resolve();
          }
        },
        wanted: () => line.waiting > 0,
      };
    },
  };
}
