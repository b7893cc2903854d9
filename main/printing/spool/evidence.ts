import { performance } from 'node:perf_hooks';
import { matchOrdered, orderedQuery } from '../status/escpos.ts';
import { notTakingBytes, readStatus, readZplOdometer, type StatusAnswer } from '../status/read.ts';
import { needsPerson } from '../status/vocabulary.ts';
import type { Evidence, PrinterProfile } from '../types.ts';
import type { Session } from './session.ts';
import type { ActorTuning, StopReason } from './types.ts';

/** A label whose bytes the transport has taken. */
export interface SentLabel {
  /** What the system queue said of the job, where there is one. */
  readonly jobEvidence: readonly Evidence[];
  readonly attemptId: string;
  readonly sentAtMs: number;
  /** A status question that left right behind the label; no other question may be asked before it is answered. */
  readonly early?: Promise<StatusAnswer> | undefined;
  readonly odometerBefore?: number;
  readonly processId?: string;
  readonly echo?: string;
}

/** What became of a sent label: proved, only presumed (stays `sent`), or in doubt. */
export type Verdict =
  | { readonly kind: 'acked'; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'presumed'; readonly evidence: readonly Evidence[] }
  | { readonly kind: 'uncertain'; readonly stop: StopReason; readonly evidence: readonly Evidence[] };

export interface ProofContext {
  readonly session: Session;
  readonly profile: PrinterProfile;
  readonly tuning: ActorTuning;
  /** True once this printer has answered a status question: its silence then means something. */
  readonly hasAnswered: () => boolean;
  /** Asking now would only cost time: the printer has not answered anything for this while. */
  readonly isMute: () => boolean;
  readonly onStatus: (answer: StatusAnswer) => void;
  readonly onOdometer: (count: number) => void;
  /** Labels sent after this one that are still under way; their count may move the odometer too. */
  readonly behind: number;
  /** A person gives the label up: what is not known by then stays unknown. */
  readonly signal: AbortSignal;
}

/** True where the printer counts or names its labels, so that more than one may be under way. */
export function isCountable(profile: PrinterProfile): boolean {
  return profile.dialect.completion !== 'none';
}

/** Waits for the evidence this printer can give. Polls only here, between labels. Never throws. */
export async function prove(label: SentLabel, context: ProofContext): Promise<Verdict> {
  const early = await label.early;
  const { completion, statusMethod } = context.profile.dialect;
  if (context.session.reader === undefined) return presumed([]);
  if (completion === 'zpl-odometer' && label.odometerBefore !== undefined) return proveByOdometer(label, label.odometerBefore, context);
  if (completion === 'escpos-process-id' && label.processId !== undefined) return proveByMessage(label, context);
  if (completion === 'zpl-hv' && label.echo !== undefined) return proveByMessage(label, context);
  if (completion === 'gprinter-response') return proveByMessage(label, context);
  switch (statusMethod) {
    case 'none':
      return presumed([]);
    case 'zpl-hs':
      return proveByBuffer(context);
    case 'escpos-dle':
      return proveByOrder(context);
    case 'tspl-esc':
    case 'tspl-frame':
      return proveByBusy(label, early, context);
  }
}

function presumed(evidence: readonly Evidence[]): Verdict {
  return { kind: 'presumed', evidence };
}
function doubt(stop: StopReason, evidence: readonly Evidence[] = []): Verdict {
  return { kind: 'uncertain', stop, evidence };
}

/** Why no answer can come any more, if that is so. */
function deadEnd({ session, signal }: ProofContext): Verdict | undefined {
  if (signal.aborted) return doubt({ kind: 'cancelled', message: 'given up by a person' });
  if (session.broken !== undefined) return doubt({ kind: 'transport', message: session.broken });
  if (session.channel.alive?.() === false) return doubt({ kind: 'transport', message: 'the printer closed the connection before it answered' });
  return undefined;
}

/** A round of status with its consequences: a verdict when the label is in doubt, else the answer. */
async function look(context: ProofContext): Promise<StatusAnswer | Verdict> {
  const { session, profile, tuning } = context;
  const end = deadEnd(context);
  if (end !== undefined) return end;
  if (session.reader === undefined || profile.dialect.statusMethod === 'none' || context.isMute()) return { condition: 'silent' };
  const answer = await readStatus(session.reader, profile.dialect.statusMethod, tuning.statusTimeoutMs);
  const cut = answer.condition === 'silent' ? deadEnd(context) : undefined;
  if (cut !== undefined) return cut;
  if (answer.condition === 'silent' && session.reader.notTaking()) {
    context.onStatus(notTakingBytes);
    return notTakingBytes;
  }
  context.onStatus(answer);
  // Somebody pressed pause: the label is where it was, and goes on when they press again.
  if (answer.condition === 'paused') return answer;
  if (needsPerson(answer.condition)) {
    return doubt({ kind: 'printer', condition: answer.condition, message: answer.detail ?? answer.condition });
  }
  return answer;
}

function isUnderWay(condition: StatusAnswer['condition']): boolean {
  return condition === 'busy' || condition === 'paused';
}

function isVerdict(value: StatusAnswer | Verdict): value is Verdict {
  return 'kind' in value;
}

/** Ends when nothing was proved for too long; a printer that says it is busy is given more time, but not for ever. */
function createPatience(tuning: ActorTuning): { busy(): void; over(): boolean } {
  const hardEnd = performance.now() + tuning.busyTimeoutMs;
  let end = performance.now() + tuning.completionTimeoutMs;
  return {
    busy() { end = Math.min(hardEnd, performance.now() + tuning.completionTimeoutMs); },
    over: () => performance.now() >= end,
  };
}

function noEvidence(what: string, condition: StatusAnswer['condition']): Verdict {
  return doubt({ kind: 'no_evidence', condition, message: what });
}

/** Process id, echo, or completion message: the printer speaks first; status is asked now and then to see an error early. */
async function proveByMessage(label: SentLabel, context: ProofContext): Promise<Verdict> {
  const { session, tuning } = context;
  const patience = createPatience(tuning);
  let lastLook = performance.now();
  let condition: StatusAnswer['condition'] = 'silent';
  for (;;) {
    const verdict = takeMessage(label, session);
    if (verdict !== undefined) return verdict;
    const end = deadEnd(context);
    if (end !== undefined) return end;
    if (patience.over()) return noEvidence('the printer sent no completion message', condition);
    await session.nextMessage(tuning.pollMs);
    if (session.messages.length > 0 || performance.now() - lastLook < 4 * tuning.pollMs) continue;
    lastLook = performance.now();
    const answer = await look(context);
    // A message that came while asking outranks the status: the label was finished before the error.
    const late = takeMessage(label, session);
    if (late !== undefined) return late;
    if (isVerdict(answer)) return answer;
    condition = answer.condition;
    if (isUnderWay(condition)) patience.busy();
  }
}

function takeMessage(label: SentLabel, session: Session): Verdict | undefined {
  for (let at = 0; at < session.messages.length; at += 1) {
    const message = session.messages[at];
    if (message === undefined) continue;
    if (message.kind === 'process_id' && message.id === label.processId) {
      session.messages.splice(at, 1);
      return { kind: 'acked', evidence: [{ kind: 'process_id', id: message.id }] };
    }
    if (message.kind === 'echo' && message.text === label.echo) {
      session.messages.splice(at, 1);
      return { kind: 'acked', evidence: [{ kind: 'echo', text: message.text }] };
    }
    if (message.kind === 'response') {
      session.messages.splice(at, 1);
      const { response } = message;
      // The same count again is the same message again (some firmware sends it twice): it proves no second label.
      if (response.count !== undefined && response.count === session.lastCount) {
        at -= 1;
        continue;
      }
      session.lastCount = response.count;
      const evidence: Evidence[] = [{ kind: 'response', text: response.text }];
      if (response.ok) return { kind: 'acked', evidence };
      return doubt({ kind: 'printer', condition: response.status.condition, message: response.status.detail ?? response.text }, evidence);
    }
  }
  return undefined;
}

/** Zebra: the label counter moved, and the printer is idle without error. Calibration feeds may count too. */
async function proveByOdometer(label: SentLabel, before: number, context: ProofContext): Promise<Verdict> {
  const { session, tuning } = context;
  const patience = createPatience(tuning);
  let idle = 0;
  let condition: StatusAnswer['condition'] = 'silent';
  for (;;) {
    const after = session.reader === undefined ? undefined : await readZplOdometer(session.reader, tuning.statusTimeoutMs);
    if (after !== undefined) context.onOdometer(after);
    const answer = await look(context);
    const moved = after === undefined ? 0 : after - before;
    if (isVerdict(answer)) {
      // With another label behind it the count is this label's and the error the other's.
      const counted = answer.kind === 'uncertain' && answer.stop.kind === 'printer' && context.behind > 0 && moved > 0 && moved <= 1 + context.behind;
      return counted && after !== undefined ? { kind: 'acked', evidence: [{ kind: 'odometer', before, after }] } : answer;
    }
    condition = answer.condition;
    idle = answer.bufferEmpty === true ? idle + 1 : 0;
    const settled = condition === 'ready' || condition === 'paused' || (context.behind > 0 && condition === 'busy');
    if (after !== undefined && moved > 0 && settled) {
      const evidence: Evidence = { kind: 'odometer', before, after };
      if (moved <= 1 + context.behind) return { kind: 'acked', evidence: [evidence] };
      // It moved further than our labels can explain: believed only together with an empty queue.
      if (idle >= 2) return { kind: 'acked', evidence: [evidence, { kind: 'buffer_empty' }] };
    }
    if (isUnderWay(condition)) patience.busy();
    if (patience.over()) {
      return after === undefined ? noEvidence('the printer does not tell its label counter', condition) : noEvidence('the label counter did not move', condition);
    }
    await session.nextMessage(tuning.pollMs);
  }
}

/** Zebra without a counter: its queue is empty and nothing remains, twice in a row (the query is read after the label). */
async function proveByBuffer(context: ProofContext): Promise<Verdict> {
  const { session, tuning } = context;
  const patience = createPatience(tuning);
  let idle = 0;
  for (;;) {
    const answer = await look(context);
    if (isVerdict(answer)) return answer;
    idle = answer.bufferEmpty === true ? idle + 1 : 0;
    if (idle >= 2) return { kind: 'acked', evidence: [{ kind: 'buffer_empty' }] };
    if (answer.condition === 'silent' && !context.hasAnswered()) return presumed([]);
    if (isUnderWay(answer.condition)) patience.busy();
    if (patience.over()) return noEvidence('the printer did not say that its queue is empty', answer.condition);
    await session.nextMessage(tuning.pollMs);
  }
}

/** TSPL: busy, then idle, without error. A presumption: a fast label can finish between two polls. */
async function proveByBusy(label: SentLabel, early: StatusAnswer | undefined, context: ProofContext): Promise<Verdict> {
  const { session, tuning } = context;
  const patience = createPatience(tuning);
  let sawBusy = early?.condition === 'busy' && early.inferred !== true;
  let silences = 0;
  for (;;) {
    const answer = await look(context);
    if (isVerdict(answer)) return answer;
    silences = answer.condition === 'silent' ? silences + 1 : 0;
    if (silences > 0 && !context.hasAnswered()) return presumed([]);
    if (silences >= 3 || patience.over()) return noEvidence('the printer stopped answering', answer.condition);
    if (isUnderWay(answer.condition)) patience.busy();
    if (answer.condition === 'busy' && answer.inferred !== true) sawBusy = true;
    if (answer.condition === 'ready') {
      if (sawBusy) return presumed([{ kind: 'idle_after_busy' }]);
      if (performance.now() - label.sentAtMs >= tuning.minimumLabelMs) return presumed([]);
    }
    await session.nextMessage(tuning.pollMs);
  }
}

/** ESC/POS without process id: an ordered question answered means the slip was read; then the status must be clean. */
async function proveByOrder(context: ProofContext): Promise<Verdict> {
  const { session, tuning } = context;
  const read = session.reader === undefined ? undefined : await session.reader.ask(orderedQuery, matchOrdered, Math.min(tuning.completionTimeoutMs, 5_000));
  const answer = await look(context);
  if (isVerdict(answer)) return answer;
  if (read !== undefined) return presumed([{ kind: 'consumed' }]);
  if (answer.condition === 'silent' && context.hasAnswered()) return noEvidence('the printer stopped answering', 'silent');
  return presumed([]);
}
