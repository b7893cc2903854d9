import { setTimeout as delay } from 'node:timers/promises';
import type { Channel } from '../types.ts';

/**
 * Looks for one message in the bytes that came so far: the message, where it starts (0 when absent) and where it ends;
 * undefined while it may still come.
 */
export type FrameMatcher<T> = (bytes: Uint8Array) => { readonly value: T; readonly start?: number; readonly end: number } | undefined;

/** A message that is being received when a question is asked gets this long to end, so that flushing does not cut it. */
const settleMs = 30;

/** Bytes a reader keeps at most: a printer that babbles must not fill memory. */
const keepBytes = 64 * 1024;

/** Reads whole messages from a duplex channel. One reader per channel; polls are made only between labels. */
export interface FrameReader {
  /** Throws away what came unasked, sends the query, waits for the answer. Silence and a broken channel are `undefined`. */
  ask<T>(query: Uint8Array, matcher: FrameMatcher<T>, timeoutMs: number): Promise<T | undefined>;
  /** Waits for a message the printer sends by itself, from the bytes that came since `mark` on. */
  wait<T>(matcher: FrameMatcher<T>, timeoutMs: number): Promise<T | undefined>;
  /** True when this kind of question was left unanswered the last time. */
  unanswered(matcher: FrameMatcher<unknown>): boolean;
  /** Takes every message of one kind out of the stream, now and later, before anything else sees it. */
  listen<T>(matcher: FrameMatcher<T>, listener: (value: T) => void): () => void;
  /** Drops what is waiting. */
  flush(): void;
  /** True while the printer has not taken the last question: its buffer is full, which is not silence. */
  notTaking(): boolean;
  close(): void;
}

export function createFrameReader(channel: Channel): FrameReader {
  let buffer: Uint8Array = new Uint8Array(0);
  const listeners = new Set<() => void>();
  const waiters = new Set<() => void>();
  /** A question the printer has not taken yet. */
  let untaken: Promise<void> | undefined;
  /** Kinds of answers that did not come in time and may still come. */
  const owed = new Set<unknown>();

  /** A question that cannot be written is one that is not answered. */
  function write(query: Uint8Array): Promise<void> {
    const writing: Promise<void> = channel.write(query).then(() => undefined, () => undefined).finally(() => {
      if (untaken === writing) untaken = undefined;
    });
    untaken = writing;
    return writing;
  }

  const stop = channel.onData((bytes) => {
    buffer = buffer.length === 0 ? Uint8Array.from(bytes) : concat(buffer, bytes);
    if (buffer.length > keepBytes) buffer = buffer.slice(-keepBytes);
    for (const take of listeners) take();
    for (const look of waiters) look();
  });

  function wait<T>(matcher: FrameMatcher<T>, timeoutMs: number): Promise<T | undefined> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = matcher(buffer);
        if (found === undefined) return;
        buffer = buffer.slice(found.end);
        finish(found.value);
      };
      const finish = (value: T | undefined): void => {
        clearTimeout(timer);
        waiters.delete(look);
        resolve(value);
      };
      const timer = setTimeout(() => finish(undefined), timeoutMs);
      waiters.add(look);
      look();
    });
  }

  return {
    wait,
    async ask(query, matcher, timeoutMs) {
      if (untaken !== undefined) {
        await within(untaken, timeoutMs);
        if (untaken !== undefined) return undefined;
      }
      if (owed.delete(matcher)) {
        // The same question went unanswered before: its answer may still come and must not pass for this one's.
        await delay(timeoutMs);
      }
      for (let seen = -1; listeners.size > 0 && buffer.length > 0 && buffer.length !== seen; ) {
        seen = buffer.length;
        await delay(settleMs);
      }
      buffer = new Uint8Array(0);
      const writing = write(query);
      const [answer] = await Promise.all([wait(matcher, timeoutMs), within(writing, timeoutMs)]);
      if (answer === undefined) owed.add(matcher);
      return answer;
    },
    unanswered: (matcher) => owed.has(matcher),
    notTaking: () => untaken !== undefined,
    listen(matcher, listener) {
      const take = (): void => {
        for (let found = matcher(buffer); found !== undefined; found = matcher(buffer)) {
          // Only the message itself: the byte in front of it may be the answer somebody else waits for.
          buffer = concat(buffer.subarray(0, found.start ?? 0), buffer.subarray(found.end));
          listener(found.value);
        }
      };
      listeners.add(take);
      take();
      return () => listeners.delete(take);
    },
    flush() {
      buffer = new Uint8Array(0);
    },
    close: stop,
  };
}

/** Waits for the work, but not longer than this. */
async function within(work: Promise<void>, timeoutMs: number): Promise<void> {
  const controller = new AbortController();
  const timeout = delay(timeoutMs, undefined, { signal: controller.signal }).catch(() => undefined);
  await Promise.race([work, timeout]);
  controller.abort();
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Plain ASCII of a byte range, for matchers that look for text. */
export function asciiOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
