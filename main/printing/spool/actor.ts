import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { processIdCommand } from '../status/escpos.ts';
import { readZplOdometer, type StatusAnswer } from '../status/read.ts';
import { asTransportFailure } from '../transports/failure.ts';
import type { Evidence, SpoolItem } from '../types.ts';
import { createEncodeAhead } from './ahead.ts';
import { createBatch, createEndedBatches, type QueuedLabel } from './batch.ts';
import { isCountable, prove, type SentLabel } from './evidence.ts';
import { createLink } from './link.ts';
import { createLiveState } from './live.ts';
import { processIds } from './process-ids.ts';
import type { Session } from './session.ts';
import { Stop, messageOf, stopFor } from './stop.ts';
import { actorTuning } from './tuning.ts';
import { createTurns } from './turns.ts';
import type { ActorDeps, LabelEvent, LabelState, PrinterActor, StopReason } from './types.ts';

/** A label whose bytes left and whose proof is still awaited. */
interface InFlight extends SentLabel {
  readonly label: QueuedLabel;
}

const cancelled: StopReason = { kind: 'cancelled', message: 'cancelled' };
const closedReason: StopReason = { kind: 'closed', message: 'the printer was closed' };


/** One actor owns one printer: the only code that opens its transport, writes to it and reads from it. */
export function createPrinterActor(deps: ActorDeps): PrinterActor {
  const { profile, transport, sink, clock, log, printerId } = deps;
  const tuning = actorTuning(profile, deps.tuning);
  /** Several labels under way need a printer that counts or names them, on a pipe that carries several. */
  const widest = isCountable(profile) && !transport.oneJobPerChannel ? tuning.window : 1;
  const live = createLiveState(printerId, clock, widest);
  const link = createLink({ ...deps, tuning, live });
  const nextProcessId = processIds();
  const turn = deps.turn ?? createTurns().of(printerId);
  const queue: QueuedLabel[] = [];
  const inFlight: InFlight[] = [];
  const ahead = createEncodeAhead();
  let running: Promise<void> | undefined;
  let asking: Promise<void> | undefined;
  /** The label that is being made ready; no byte of it has left, so a cancel takes it back. */
  let next: { readonly label: QueuedLabel; readonly cancel: AbortController } | undefined;
  let work = new AbortController();
  let paused = false;
  let closed = false;
  let window = widest;
  let batchCount = 0;
  /** Labels that were queued when the run was found to end; whatever is submitted after that moment is a new run. */
  let leftBehind: ReadonlySet<QueuedLabel> | undefined;
  /** A batch may be handed over in parts, and a part that comes after the end stays ready too. */
  const ended = createEndedBatches();

  function tell(label: QueuedLabel, state: LabelState, final: boolean, facts: { reason?: string; stop?: StopReason; evidence?: readonly Evidence[]; cause?: unknown } = {}): void {
    const event: LabelEvent = { attemptId: label.item.attemptId, position: label.position, state, final, evidence: [], at: clock.now(), ...facts };
    label.batch.tell(event);
    if (state !== 'sending') log.info('label', { printerId, attemptId: event.attemptId, state, final, ...(event.reason === undefined ? {} : { reason: event.reason }) });
  }

  /** Labels that will not be touched: reported as ready, so that the caller may submit them again. */
  function leaveReady(pick: (label: QueuedLabel) => boolean, reason: StopReason): void {
    const left = queue.filter(pick);
    queue.splice(0, queue.length, ...queue.filter((label) => !pick(label)));
    for (const label of left) {
      ahead.forget(label);
      endBatch(label, reason);
      tell(label, 'ready', true, { reason: reason.message, stop: reason });
    }
    live.set({ queued: queue.length });
  }

  /** Sends one label: encode, connect, ask, journal, bytes. Throws Stop when the batch must end. */
  async function emit(label: QueuedLabel): Promise<void> {
    const { attemptId, echo } = label.item;
    live.set({ current: attemptId, queued: queue.length });
    const got = await readyToSend(label);
    next = undefined;
    ahead.forget(label);
    if (got === undefined) return;
    const { open, bytes } = got;

    const odometerBefore = profile.dialect.completion === 'zpl-odometer' ? await readOdometer(open) : undefined;
    try {
      await sink.sending(attemptId, { sha256: sha256(bytes), byteCount: bytes.length, ...(odometerBefore === undefined ? {} : { odometerBefore }) });
    } catch (thrown) {
      const stop: StopReason = { kind: 'journal', message: `the journal did not allow the label: ${messageOf(thrown)}` };
      endRun(label, stop);
      tell(label, 'refused', true, { reason: messageOf(thrown), cause: thrown });
      throw new Stop(stop);
    }
    tell(label, 'sending', false);
    live.set({ phase: 'sending' });
    if (inFlight.length === 0) open.forget();
    if (echo !== undefined) open.expectEcho(echo);
    const { jobEvidence, early } = await sendBytes(label, open, bytes);
    live.set({ phase: 'waiting', stalledMs: undefined });
    const evidence: Evidence[] = [{ kind: 'transport' }, ...jobEvidence];
    await journal(label, () => sink.sent(attemptId, evidence));
    tell(label, 'sent', false, { evidence });

    const processId = await askForEcho(label, open);
    inFlight.push({
      label, attemptId, sentAtMs: performance.now(), jobEvidence, early,
      ...(odometerBefore === undefined ? {} : { odometerBefore }),
      ...(processId === undefined ? {} : { processId }),
      ...(echo === undefined ? {} : { echo }),
    });
  }

  /** The bytes and a connection that is clear to send; undefined when this label alone cannot be encoded. */
  async function readyToSend(label: QueuedLabel): Promise<{ readonly open: Session; readonly bytes: Uint8Array } | undefined> {
    const { attemptId } = label.item;
    const encoding = ahead.start(label);
    const cancel = new AbortController();
    next = { label, cancel };
    // The connection and the first question run while the label is being encoded.
    const ready = link.clearToSend(attemptId, AbortSignal.any([work.signal, cancel.signal]), inFlight.length > 0);
    ready.catch(() => undefined);
    let bytes: Uint8Array;
    try {
      bytes = (await encoding) ?? new Uint8Array(0);
      if (bytes.length === 0) throw new Error('the encoder made no bytes');
    } catch (cause) {
      await ready.catch(() => undefined);
      if (transport.oneJobPerChannel) await link.drop();
      await note(() => sink.notSent(attemptId, `encode: ${messageOf(cause)}`));
      tell(label, 'refused', true, { reason: messageOf(cause), cause });
      return undefined;
    }
    try {
      const open = await ready;
      if (!cancel.signal.aborted) return { open, bytes };
      if (transport.oneJobPerChannel) await link.drop();
      return takeBack(label);
    } catch (thrown) {
      if (cancel.signal.aborted && !work.signal.aborted) return takeBack(label);
      const stop = stopFor(thrown);
      endRun(label, stop);
      await note(() => sink.notSent(attemptId, stop.message));
      tell(label, 'not_sent', true, { reason: stop.message, stop });
      throw new Stop(stop);
    }
  }

  function takeBack(label: QueuedLabel): undefined {
    endBatch(label, cancelled);
    tell(label, 'ready', true, { reason: cancelled.message, stop: cancelled });
  }

  /** Takes labels back that have not begun, the one being made ready included. */
  function cancelWhere(pick: (label: QueuedLabel) => boolean): void {
    leaveReady(pick, cancelled);
    if (next !== undefined && pick(next.label)) next.cancel.abort();
  }

  /** The first byte leaves here and nowhere else. Resolves with what a queue said of the job, and the first question behind it. */
  async function sendBytes(label: QueuedLabel, open: Session, bytes: Uint8Array): Promise<{ readonly jobEvidence: readonly Evidence[]; readonly early: Promise<StatusAnswer> | undefined }> {
    let early: Promise<StatusAnswer> | undefined;
    // Right behind the label: its answer also brings the printer's acknowledgement, which some stacks hold back for 40 to 250 ms.
    const askEarly = (): void => {
      if (inFlight.length === 0) early = link.askBehind(open);
    };
    try {
      const writing = open.channel.write(bytes, work.signal, askEarly);
      // The next label is encoded while this one travels.
      ahead.start(queue[0]);
      await writing;
      return { jobEvidence: (await open.channel.settle?.(work.signal)) ?? [], early };
    } catch (thrown) {
      const failure = asTransportFailure(thrown, bytes.length);
      live.set({ stalledMs: undefined });
      const stop = stopFor(failure);
      endRun(label, stop);
      if (failure.offeredBytes === 0) {
        await note(() => sink.notSent(label.item.attemptId, failure.message));
        tell(label, 'not_sent', true, { reason: failure.message, stop });
      } else {
        link.labelWasCut();
        await doubt(label, stop);
      }
      throw new Stop(stop);
    }
  }

  /** ESC/POS: the question that is echoed when everything before it is printed; returns the id to wait for. */
  async function askForEcho(label: QueuedLabel, open: Session): Promise<string | undefined> {
    if (profile.dialect.completion !== 'escpos-process-id' || open.reader === undefined) return undefined;
    if (label.item.processId !== undefined) return label.item.processId;
    const id = nextProcessId();
    // A failing write shows as a broken channel when the proof is awaited.
    await open.channel.write(processIdCommand(id), work.signal).catch(() => undefined);
    return id;
  }

  /** With several labels under way the count before this one is the last count plus those in front of it. */
  async function readOdometer(open: Session): Promise<number | undefined> {
    const last = inFlight.at(-1);
    if (last !== undefined) return last.odometerBefore === undefined ? undefined : last.odometerBefore + 1;
    const odometer = open.reader === undefined ? undefined : await readZplOdometer(open.reader, tuning.statusTimeoutMs);
    if (odometer !== undefined) live.set({ odometer });
    return odometer;
  }

  /** Follows the oldest label under way to what can be known of it. */
  async function settleOldest(): Promise<void> {
    const oldest = inFlight[0];
    const session = link.session();
    if (oldest === undefined) return;
    if (session === undefined) throw new Stop({ kind: 'transport', message: 'the connection is gone' });
    ahead.start(queue[0]);
    live.set({ phase: 'waiting', current: oldest.attemptId });
    const verdict = await prove(oldest, {
      session, profile, tuning, signal: work.signal, hasAnswered: link.hasAnswered, isMute: link.isMute, onStatus: link.showStatus,
      onOdometer: (odometer) => live.set({ odometer }), behind: inFlight.length - 1,
    });
    if (verdict.kind === 'uncertain') {
      inFlight.shift();
      await doubt(oldest.label, verdict.stop, verdict.evidence);
      link.rememberLate(oldest);
      throw new Stop(verdict.stop);
    }
    if (verdict.kind === 'acked') {
      await journal(oldest.label, () => sink.acked(oldest.attemptId, verdict.evidence));
      inFlight.shift();
      tell(oldest.label, 'acked', true, { evidence: verdict.evidence });
    } else {
      await presume(oldest, verdict.evidence);
    }
    if (transport.oneJobPerChannel) await link.drop();
  }

  /** A label that can only be presumed printed. Where nothing else will speak, the end of the connection is looked at. */
  async function presume(one: InFlight, evidence: readonly Evidence[]): Promise<void> {
    const found: Evidence[] = [...evidence];
    if (!transport.oneJobPerChannel && queue.length === 0 && profile.dialect.statusMethod === 'none') {
      const end = await link.drop();
      if (end === 'peer_closed') found.push({ kind: 'peer_closed' });
      if (end === 'broken') {
        const stop: StopReason = { kind: 'transport', message: 'the connection broke after the last byte' };
        inFlight.shift();
        await doubt(one.label, stop, found);
        throw new Stop(stop);
      }
    }
    if (found.length > 0) await journal(one.label, () => sink.noted?.(one.attemptId, found) ?? Promise.resolve());
    inFlight.shift();
    tell(one.label, 'sent', true, { evidence: [{ kind: 'transport' }, ...one.jobEvidence, ...found] });
  }

  /** A label in doubt always ends the run. */
  async function doubt(label: QueuedLabel, stop: StopReason, evidence: readonly Evidence[] = []): Promise<void> {
    endRun(label, stop);
    await note(() => sink.uncertain(label.item.attemptId, stop.message));
    tell(label, 'uncertain', true, { reason: stop.message, stop, evidence });
  }

  /** A journal write that must succeed: if it does not, nothing more may be sent. */
  async function journal(label: QueuedLabel, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (thrown) {
      const at = inFlight.findIndex((one) => one.label === label);
      if (at >= 0) inFlight.splice(at, 1);
      const stop: StopReason = { kind: 'journal', message: `the journal failed: ${messageOf(thrown)}` };
      endRun(label, stop);
      tell(label, 'uncertain', true, { reason: stop.message, stop, cause: thrown });
      throw new Stop(stop);
    }
  }

  /** A journal write on the way to a stop: its failure is logged, the stop goes on; a restart finds `sending` and doubts it. */
  async function note(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      log.error('journal', { printerId, error: messageOf(error) });
    }
  }

  async function run(): Promise<void> {
    try {
      for (;;) {
        if (inFlight.length >= window || (inFlight.length > 0 && (queue.length === 0 || paused))) {
          await settleOldest();
        } else if (paused) {
          // The connection and the turn are given back; resuming begins a new run.
          await link.drop();
          break;
        } else {
          const label = queue.shift();
          if (label === undefined) break;
          const broken = inFlight.length > 0 ? link.session()?.broken : undefined;
          if (broken !== undefined) {
            queue.unshift(label);
            throw new Stop({ kind: 'transport', message: broken });
          }
          await emit(label);
        }
      }
      window = widest;
    } catch (thrown) {
      if (!(thrown instanceof Stop)) log.error('printer actor', { printerId, error: messageOf(thrown) });
      await stopEverything(stopFor(thrown));
    } finally {
      live.set({ phase: closed ? 'closed' : paused ? 'paused' : 'idle', current: undefined, queued: queue.length, window });
      if (turn.wanted()) await link.drop();
      running = undefined;
      link.closeWhenIdle(() => running === undefined && asking === undefined);
      // A label submitted in the very last moment of this run.
      if (queue.length > 0) start();
    }
  }

  /** Before the last event of the label that ends the run: whoever hears of it may submit again at once. */
  function endRun(label: QueuedLabel, reason: StopReason): void {
    leftBehind ??= new Set(queue);
    endBatch(label, reason);
  }

  function endBatch(label: QueuedLabel, reason: StopReason): void {
    label.batch.stop(reason);
    ended.add(label.batch.batch.batchId, reason);
  }

  async function stopEverything(reason: StopReason): Promise<void> {
    const left = (leftBehind ??= new Set(queue));
    window = 1;
    for (const one of inFlight.splice(0)) {
      await doubt(one.label, reason);
      link.rememberLate(one);
    }
    leaveReady((label) => left.has(label), reason);
    leftBehind = undefined;
    const shown = reason.condition ?? (reason.kind === 'transport' ? 'off_line' : undefined);
    live.set({ stopped: reason, ...(shown === undefined ? {} : { condition: shown, detail: reason.message }) });
    log.warn('batch stopped', { printerId, kind: reason.kind, message: reason.message });
    // A printer with an error may still answer for the label in doubt; a broken connection may not.
    if (reason.kind !== 'printer' || transport.oneJobPerChannel) await link.drop();
    if (work.signal.aborted) work = new AbortController();
  }

  function start(): void {
    if (running !== undefined || paused) return;
    live.set({ stopped: undefined });
    running = (async () => {
      await asking;
      await turn.take(run);
    })();
  }

  return {
    printerId,
    submit(items: readonly SpoolItem[], options = {}) {
      batchCount += 1;
      const batchId = options.batchId ?? `${printerId}-${batchCount}`;
      const ofThis = (label: QueuedLabel): boolean => label.batch === open;
      const open = createBatch(batchId, items, () => cancelWhere(ofThis));
      for (const label of open.labels) queue.push(label);
      const over = closed ? closedReason : ended.get(batchId);
      if (over !== undefined) {
        leaveReady(ofThis, over);
      } else if (items.length > 0) {
        live.set({ queued: queue.length });
        start();
      }
      return open.batch;
    },
    cancelAll: () => cancelWhere(() => true),
    giveUp() {
      leaveReady(() => true, { kind: 'cancelled', message: 'given up by a person' });
      if (running !== undefined) work.abort();
    },
    pause() {
      if (closed) return;
      paused = true;
      if (running === undefined) live.set({ phase: 'paused' });
    },
    resume() {
      if (!paused) return;
      paused = false;
      if (running !== undefined || closed) return;
      live.set({ phase: 'idle' });
      if (queue.length > 0) start();
    },
    live: live.get,
    subscribe: live.subscribe,
    async refresh() {
      if (running === undefined && !closed && asking === undefined) {
        asking = turn.take(() => link.ask(work.signal));
        try {
          await asking;
        } finally {
          asking = undefined;
          if (turn.wanted()) await link.drop();
          link.closeWhenIdle(() => running === undefined && asking === undefined);
        }
      }
      return live.get();
    },
    async close(graceMs = 15_000) {
      closed = true;
      leaveReady(() => true, closedReason);
      paused = false;
      const grace = setTimeout(() => work.abort(), graceMs);
      await asking;
      await running;
      clearTimeout(grace);
      await link.drop();
      live.set({ phase: 'closed' });
    },
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
