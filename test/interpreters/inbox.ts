/** A growing window over a byte stream: append at one end, take from the other. */
export interface Inbox {
  readonly size: number;
  /** Bytes taken since the start of the stream. */
  readonly taken: number;
  append(bytes: Uint8Array): void;
  /** Byte at a distance from the front; undefined beyond what has arrived. */
  at(index: number): number | undefined;
  /** First index at or after `from` whose byte satisfies the test, or −1. */
  find(test: (byte: number) => boolean, from?: number): number;
  /** The same for a search repeated with the same test while bytes trickle in: what was seen is not looked at again. */
  findAgain(test: (byte: number) => boolean, from: number): number;
  take(count: number): Uint8Array;
  /** Gives bytes back that were just taken, to the front. */
  putBack(bytes: Uint8Array): void;
  /** The first bytes as Latin-1 text, without taking them. */
  peek(count: number): string;
  clear(): void;
}

export function createInbox(): Inbox {
  let store = new Uint8Array(4096);
  let head = 0;
  let tail = 0;
  let taken = 0;
  let seen = { taken: -1, upTo: 0 };
  return {
    get size() {
      return tail - head;
    },
    get taken() {
      return taken;
    },
    append(bytes) {
      if (tail + bytes.length > store.length) {
        const live = tail - head;
        const next = live + bytes.length > store.length / 2 ? new Uint8Array((live + bytes.length) * 2) : store;
        next.set(store.subarray(head, tail));
        store = next;
        head = 0;
        tail = live;
      }
      store.set(bytes, tail);
      tail += bytes.length;
    },
    at(index) {
      return index < tail - head ? store[head + index] : undefined;
    },
    find(test, from = 0) {
      for (let index = head + from; index < tail; index++) if (test(store[index] ?? 0)) return index - head;
      return -1;
    },
    findAgain(test, from) {
      const start = seen.taken === taken ? Math.max(from, seen.upTo) : from;
      const found = this.find(test, start);
      seen = { taken, upTo: found < 0 ? tail - head : start };
      return found;
    },
    take(count) {
      const part = store.slice(head, Math.min(head + count, tail));
      head += part.length;
      taken += part.length;
      return part;
    },
    putBack(bytes) {
      head -= bytes.length;
      taken -= bytes.length;
      store.set(bytes, head);
    },
    peek(count) {
      return latin1(store.subarray(head, Math.min(head + count, tail)));
    },
    clear() {
      taken += tail - head;
      head = 0;
      tail = 0;
    },
  };
}

/** Bytes as text, one character per byte. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Text of one character per byte back to bytes. */
export function fromLatin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/** The two ends every interpreter has: bytes are appended and drained, and what came of them is given out once. */
export function feeding<T>(inbox: Inbox, out: T[], drain: () => void): { feed(bytes: Uint8Array): readonly T[]; flush(): readonly T[] } {
  const flush = (): readonly T[] => out.splice(0);
  return {
    flush,
    feed(bytes) {
      inbox.append(bytes);
      drain();
      return flush();
    },
  };
}
