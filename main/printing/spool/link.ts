import { performance } from 'node:perf_hooks';
import { notTakingBytes, readStatus, readZplOdometer, type StatusAnswer } from '../status/read.ts';
import { needsPerson } from '../status/vocabulary.ts';
import type { ChannelEnd, Evidence } from '../types.ts';
import type { SentLabel } from './evidence.ts';
import type { LiveState } from './live.ts';
import { resyncBytes } from './resync.ts';
import { openSession, type Message, type Session } from './session.ts';
import { Stop, messageOf } from './stop.ts';
import type { ActorDeps, ActorTuning } from './types.ts';

export interface LinkDeps extends ActorDeps {
  readonly tuning: ActorTuning;
  readonly live: LiveState;
}

const muteMs = 60_000;

/** The actor's connection: opened when needed, asked between labels, closed when idle. Knows nothing of queues. */
export function createLink(deps: LinkDeps) {
  const { profile, transport, sink, log, live, tuning } = deps;
  const { statusMethod, completion } = profile.dialect;
  /** Labels in doubt that the printer can still name. */
  const late = new Map<string, { readonly attemptId: string; readonly until: number }>();
  let session: Session | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let answered = false;
  /** A printer that has never answered is asked once a minute, not around every label: each question costs its time-out. */
  let muteUntil = 0;
  const isMute = (): boolean => performance.now() < muteUntil;
  let mustResync = false;

  function showStatus(answer: StatusAnswer): void {
    if (answer.condition !== 'silent' && answer.inferred !== true) answered = true;
    live.set({ condition: answer.condition, detail: answer.detail });
  }

  async function connect(name: string, signal: AbortSignal): Promise<Session> {
    clearTimeout(idleTimer);
    if (session !== undefined && session.broken === undefined && session.channel.alive?.() !== false) return session;
    await drop();
    live.set({ phase: 'connecting' });
    const opened = await openSession(
      { transport, dialect: profile.dialect, harmless: resyncBytes(profile.language), onStatus: showStatus, onProgress: ({ stalledMs }) => showStall(stalledMs) },
      name,
      signal,
    );
    session = opened;
    opened.onMessage(takeLate);
    if (mustResync && !transport.oneJobPerChannel) await opened.channel.write(resyncBytes(profile.language), signal);
    mustResync = false;
    return opened;
  }

  function showStall(stalledMs: number): void {
    if (stalledMs >= tuning.stallMs) live.set({ stalledMs, condition: 'busy', detail: 'the printer is not taking bytes' });
    else live.set({ stalledMs: undefined });
  }

  /** Closes in order and tells how the connection ended; undefined when there was none. */
  async function drop(): Promise<ChannelEnd | undefined> {
    clearTimeout(idleTimer);
    const old = session;
    session = undefined;
    return old?.close();
  }

  async function askCondition(open: Session): Promise<StatusAnswer> {
    if (transport.systemStatus !== undefined) {
      const answer = await transport.systemStatus();
      live.set({ condition: answer.condition, detail: answer.detail });
      return answer;
    }
    if (open.reader === undefined || statusMethod === 'none') return { condition: 'ready' };
    if (isMute()) return { condition: 'silent' };
    const answer = await readStatus(open.reader, statusMethod, tuning.statusTimeoutMs);
    if (answer.condition === 'silent' && open.reader.notTaking()) {
      showStatus(notTakingBytes);
      return notTakingBytes;
    }
    showStatus(answer);
    muteUntil = answer.condition === 'silent' && !answered ? performance.now() + muteMs : 0;
    return answer;
  }

  /** A status question right behind a label, where the printer is known to answer such; undefined where it is not. */
  function askBehind(open: Session): Promise<StatusAnswer> | undefined {
    if (open.reader === undefined || !answered || completion !== 'none' || (statusMethod !== 'tspl-esc' && statusMethod !== 'tspl-frame')) return undefined;
    return readStatus(open.reader, statusMethod, tuning.statusTimeoutMs);
  }

  /**
   * An open connection on which the next label may go. Waits while the printer is busy with something else; throws Stop
   * when a person is needed. `labelsUnderWay`: the printer is busy with our own labels, so it is not asked.
   */
  async function clearToSend(name: string, signal: AbortSignal, labelsUnderWay: boolean): Promise<Session> {
    const open = await connect(name, signal);
    if (labelsUnderWay) return open;
    const giveUpAt = performance.now() + tuning.busyTimeoutMs;
    for (;;) {
      const answer = await askCondition(open);
      if (open.broken !== undefined) throw new Stop({ kind: 'transport', condition: 'off_line', message: open.broken });
      // Somebody pressed pause on the device and will press it again; a paused queue of the system is another matter.
      const waiting = answer.condition === 'busy' || (answer.condition === 'paused' && transport.systemStatus === undefined);
      if (!waiting && needsPerson(answer.condition)) throw new Stop({ kind: 'printer', condition: answer.condition, message: answer.detail ?? answer.condition });
      // It used to answer and does not: something is wrong, and nothing has left yet.
      if (answer.condition === 'silent' && answered && !isMute()) throw new Stop({ kind: 'printer', condition: 'silent', message: 'the printer stopped answering' });
      if (!waiting) return open;
      if (performance.now() > giveUpAt) throw new Stop({ kind: 'printer', condition: answer.condition, message: `the printer stays ${answer.condition}` });
      signal.throwIfAborted();
      await open.nextMessage(tuning.pollMs);
    }
  }

  /** A printer may name a label after we gave up waiting: evidence that arrives later settles it. */
  function takeLate(message: Message): void {
    const key = message.kind === 'process_id' ? `id:${message.id}` : message.kind === 'echo' ? `echo:${message.text}` : undefined;
    const waiting = key === undefined ? undefined : late.get(key);
    if (key === undefined || waiting === undefined) return;
    late.delete(key);
    const evidence: Evidence = message.kind === 'process_id' ? { kind: 'process_id', id: message.id } : { kind: 'echo', text: key.slice('echo:'.length) };
    void (async () => {
      try {
        await sink.acked(waiting.attemptId, [evidence]);
      } catch (error) {
        log.warn('late evidence refused', { attemptId: waiting.attemptId, error: messageOf(error) });
      }
    })();
  }

  function rememberLate(label: SentLabel): void {
    const until = performance.now() + tuning.lateEvidenceMs;
    if (label.processId !== undefined) late.set(`id:${label.processId}`, { attemptId: label.attemptId, until });
    if (label.echo !== undefined) late.set(`echo:${label.echo}`, { attemptId: label.attemptId, until });
    for (const [key, entry] of late) if (entry.until < performance.now()) late.delete(key);
  }

  /** One question while nothing is under way; the answer goes to the live state. Never throws, prints nothing. */
  async function ask(signal: AbortSignal): Promise<void> {
    try {
      if (transport.systemStatus !== undefined) return showStatus(await transport.systemStatus());
      if (statusMethod === 'none' || transport.oneJobPerChannel) return;
      muteUntil = 0;
      const open = await connect('status', signal);
      if (open.reader === undefined) return;
      showStatus(await readStatus(open.reader, statusMethod, tuning.statusTimeoutMs));
      if (completion === 'zpl-odometer') {
        const odometer = await readZplOdometer(open.reader, tuning.statusTimeoutMs);
        if (odometer !== undefined) live.set({ odometer });
      }
    } catch (thrown) {
      live.set({ condition: 'off_line', detail: messageOf(thrown) });
    } finally {
      live.set({ phase: 'idle' });
    }
  }

  return {
    session: () => session,
    hasAnswered: () => answered,
    isMute,
    showStatus,
    askBehind,
    clearToSend,
    rememberLate,
    ask,
    drop,
    /** The next connection begins with bytes that bring the printer's parser back. */
    labelWasCut() { mustResync = true; },
    /** Other PCs may want the printer: an open connection is given back after a while. */
    closeWhenIdle(idle: () => boolean) {
      clearTimeout(idleTimer);
      if (session === undefined) return;
      idleTimer = setTimeout(() => { if (idle()) void drop(); }, late.size > 0 ? tuning.lateEvidenceMs : tuning.idleCloseMs);
      idleTimer.unref();
    },
  };
}
