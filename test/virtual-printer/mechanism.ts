import type { PrintedLabel } from '../interpreters/types.ts';
import type { FaultSet } from './faults.ts';

/** What stands in the print queue: paper to make, or something to do once everything before it is out. */
export type Work = { readonly kind: 'label'; readonly label: PrintedLabel; readonly tag: WorkTag } | { readonly kind: 'marker'; run(): void };
export interface WorkTag {
  readonly connection: number;
  readonly bytesSha256: string;
  readonly byteCount: number;
}

export interface Piece {
  readonly label: PrintedLabel;
  readonly tag: WorkTag;
  readonly complete: boolean;
  readonly rows: number;
  /** True when the firmware prints this label again by itself. */
  readonly reprint: boolean;
  readonly odometer: number;
}

export interface MechanicalState {
  readonly paperOut: boolean;
  readonly coverOpen: boolean;
  readonly paused: boolean;
  readonly jam: boolean;
  readonly hot: boolean;
  readonly waitingToBeTaken: boolean;
  readonly printing: boolean;
  /** Labels that wait, the one being printed included. */
  readonly queued: number;
  readonly odometer: number;
}

export interface Mechanism {
  readonly state: MechanicalState;
  enqueue(work: Work): void;
  openCover(): void;
  closeCover(): void;
  /** New roll: with a number, so many labels; without, enough. */
  loadPaper(labels?: number): void;
  clearJam(): void;
  coolDown(): void;
  press(key: 'pause' | 'resume'): void;
  takeLabel(): void;
  /** Feeds a label by hand, counted like one. */
  feed(): void;
  /** Drops everything that waits (cancel, reset). */
  flush(): void;
  /** Resolves when nothing waits and nothing moves. */
  idle(): Promise<void>;
  stop(): void;
}

/**
 * The moving part: one label after another, each taking its time, stopping where a fault says. What was being printed
 * when it stopped comes out torn; whether it is printed again is the firmware's setting.
 */
export function createMechanism(deps: { readonly labelMs: number; readonly faults: FaultSet; readonly odometer: number; onPiece(piece: Piece): Promise<void>; onFeed(odometer: number): void; onChange(): void; reprints(label: PrintedLabel): boolean }): Mechanism {
  const { faults } = deps;
  const queue: Work[] = [];
  const block = { paperOut: false, coverOpen: false, paused: false, jam: false, hot: false, waitingToBeTaken: false };
  let odometer = deps.odometer;
  let printing = false;
  let started = 0;
  let completed = 0;
  let stopped = false;
  let paperLeft = Number.POSITIVE_INFINITY;
  let running = false;
  let waiters: (() => void)[] = [];

  const going = (): boolean => !stopped;
  const blocked = (): boolean => Object.values(block).includes(true);
  const change = (): void => {
    const wake = waiters;
    waiters = [];
    for (const one of wake) one();
    deps.onChange();
  };
  const waitChange = (): Promise<void> => new Promise((resolve) => waiters.push(resolve));
  const stopFor = (reason: keyof typeof block): void => {
    block[reason] = true;
    const after = faults.value('recover-after');
    if (after !== undefined) setTimeout(() => release(reason), after).unref();
    change();
  };
  const release = (reason: keyof typeof block): void => {
    if (!block[reason]) return;
    block[reason] = false;
    if (reason === 'paperOut') {
      paperLeft = Number.POSITIVE_INFINITY;
      faults.remove('paper-out-after');
    }
    const feeds = reason === 'paused' || reason === 'waitingToBeTaken' || reason === 'hot' ? 0 : (faults.value('calibration-feeds') ?? 0);
    for (let count = 0; count < feeds; count++) {
      odometer++;
      deps.onFeed(odometer);
    }
    change();
  };
  /** What stops this label, and at which share of its length. */
  const plannedStop = (): { reason: keyof typeof block; share: (label: PrintedLabel) => number } | undefined => {
    const row = faults.value('cover-open-at-row');
    if (row !== undefined) {
      faults.remove('cover-open-at-row');
      return { reason: 'coverOpen', share: (label) => Math.min(1, row / label.heightDots) };
    }
    const out = faults.value('paper-out-after');
    if (paperLeft < 1 || (out !== undefined && completed >= out)) return { reason: 'paperOut', share: () => 0.5 };
    if (faults.value('jam-at') === started) {
      faults.remove('jam-at');
      return { reason: 'jam', share: () => 0.5 };
    }
    return undefined;
  };
  /** Prints one label; false when it stopped in the middle. */
  const move = async (work: Extract<Work, { kind: 'label' }>, reprint: boolean): Promise<boolean> => {
    const planned = plannedStop();
    const share = planned?.share(work.label) ?? 1;
    const begun = Date.now();
    printing = true;
    change();
    const end = begun + deps.labelMs * share;
    const moving = (): boolean => !stopped && !block.coverOpen && Date.now() < end;
    while (moving()) await Promise.race([waitChange(), sleep(Math.max(1, end - Date.now()))]);
    printing = false;
    if (stopped) return true;
    const torn = block.coverOpen ? Math.min(share, (Date.now() - begun) / Math.max(1, deps.labelMs)) : planned === undefined ? undefined : share;
    if (torn !== undefined && torn < 1) {
      await deps.onPiece({ label: work.label, tag: work.tag, complete: false, rows: Math.floor(work.label.heightDots * torn), reprint, odometer });
      if (planned !== undefined) stopFor(planned.reason);
      return false;
    }
    odometer += faults.value('odometer-jump') ?? 1;
    completed++;
    paperLeft--;
    await deps.onPiece({ label: work.label, tag: work.tag, complete: true, rows: work.label.heightDots, reprint, odometer });
    if (planned !== undefined) stopFor(planned.reason);
    const pauseAfter = faults.value('pause-after');
    if (pauseAfter !== undefined && completed >= pauseAfter) {
      faults.remove('pause-after');
      stopFor('paused');
    }
    const hotAfter = faults.value('over-heated');
    if (hotAfter !== undefined && completed >= hotAfter) {
      faults.remove('over-heated');
      stopFor('hot');
    }
    if (faults.has('peel')) {
      block.waitingToBeTaken = true;
      change();
    }
    return true;
  };
  const untilFree = async (): Promise<void> => {
    const held = (): boolean => !stopped && blocked();
    while (held()) await waitChange();
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (queue.length > 0 && going()) {
      const work = queue[0];
      if (work === undefined) break;
      await untilFree();
      if (stopped) break;
      if (queue[0] !== work) continue;
      if (work.kind === 'marker') {
        queue.shift();
        work.run();
        continue;
      }
      started++;
      if (faults.value('skips-label') === started) {
        queue.shift();
        change();
        continue;
      }
      let reprint = false;
      while (going() && !(await move(work, reprint))) {
        await untilFree();
        if (queue[0] !== work || faults.has('no-reprint') || !deps.reprints(work.label)) break;
        reprint = true;
      }
      if (queue[0] === work) queue.shift();
      change();
    }
    running = false;
    change();
  };
  return {
    get state() {
      return { ...block, printing, queued: queue.filter((one) => one.kind === 'label').length, odometer };
    },
    enqueue(work) {
      queue.push(work);
      change();
      void run();
    },
    openCover() {
      block.coverOpen = true;
      change();
    },
    closeCover: () => release('coverOpen'),
    loadPaper(labels) {
      release('paperOut');
      if (labels !== undefined) paperLeft = labels;
    },
    clearJam: () => release('jam'),
    coolDown: () => release('hot'),
    press(key) {
      if (key === 'resume') return release('paused');
      block.paused = true;
      change();
    },
    takeLabel: () => release('waitingToBeTaken'),
    feed() {
      odometer++;
      deps.onFeed(odometer);
    },
    flush() {
      queue.length = 0;
      change();
    },
    async idle() {
      const resting = (): boolean => stopped || (!running && queue.length === 0);
      while (!resting()) await waitChange();
    },
    stop() {
      stopped = true;
      change();
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
