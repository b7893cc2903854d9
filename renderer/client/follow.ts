/** Streams that survive a reconnect. */

export type StartStream<T> = (after: number, signal: AbortSignal) => Promise<AsyncIterable<T>>;

const retryMs = 500;

/**
 * Follows a stream for as long as `signal` allows: when it breaks it is asked for again from the last sequence number seen, so that
 * nothing is missed and nothing comes twice. Ends when the stream itself ends; throws what `isFinal` calls final.
 */
export async function followStream<T extends { seq: number }>(
  start: StartStream<T>,
  onEvent: (event: T) => void,
  signal: AbortSignal,
  isFinal: (thrown: unknown) => boolean,
  waitMs = retryMs,
): Promise<void> {
  let after = 0;
  while (!signal.aborted) {
    try {
      for await (const event of await start(after, signal)) {
        if (event.seq <= after) continue;
        after = event.seq;
        onEvent(event);
      }
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (isFinal(thrown)) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
