/** Who listens at a channel: to what the printer says, and to the news that the way to it broke. */
export type Hearing = ReturnType<typeof createHearing>;

export function createHearing() {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  const brokenListeners = new Set<(reason: string) => void>();
  let broken: string | undefined;
  return {
    /** Why the way broke; undefined while it holds. */
    broken: (): string | undefined => broken,
    tell(bytes: Uint8Array): void {
      for (const listener of listeners) listener(bytes);
    },
    /** Told once: a way breaks for one reason. */
    breaks(reason: string): void {
      if (broken !== undefined) return;
      broken = reason;
      for (const listener of brokenListeners) listener(reason);
    },
    onData(listener: (bytes: Uint8Array) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Called at once when it is broken already. */
    onBroken(listener: (reason: string) => void): () => void {
      brokenListeners.add(listener);
      if (broken !== undefined) listener(broken);
      return () => brokenListeners.delete(listener);
    },
  };
}
