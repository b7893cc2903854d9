/** How often what is shown is asked for anew while the core reports one change after the other. */

/** A refresh that never answers (the wire is cut) holds up the next this long, milliseconds. */
const longestMs = 5_000;
/** The core is left alone this many times as long as the last refresh took: a batch that prints must not wait for the screens that watch it. */
const restShare = 2;

export interface RefreshTiming {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const pageTiming: RefreshTiming = { now: () => performance.now(), sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)) };

/**
 * Gathers keys and hands them to `refetch`: the first at once, those that come while it runs or rests afterwards, together. So a change
 * by hand is shown at once, and one that is followed by hundreds is shown as often as the core has time for, the last always.
 */
export function createRefresh(refetch: (keys: ReadonlySet<string>) => Promise<unknown>, timing: RefreshTiming = pageTiming): (keys: readonly string[]) => void {
  let waiting = new Set<string>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (waiting.size > 0) {
      const keys = waiting;
      waiting = new Set();
      const began = timing.now();
      // What failed tells so where it is shown.
      await Promise.race([refetch(keys).catch(() => {}), timing.sleep(longestMs)]);
      await timing.sleep(Math.min(longestMs, (timing.now() - began) * restShare));
    }
    running = false;
  }

  return (keys) => {
    for (const key of keys) waiting.add(key);
    if (!running) void run();
  };
}
