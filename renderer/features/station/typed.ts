/** The number a packer is typing by hand, between the keys, which are caught for every page, and the desk, which shows it. */
let text = '';
const listeners = new Set<() => void>();

export const typed = {
  get: (): string => text,
  set(next: string): void {
    if (next === text) return;
    text = next;
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
