import type { AttemptSink, Evidence } from '../../main/printing/types.ts';
import type { Clock, Log } from '../../main/ports/index.ts';

export interface SinkCall {
  readonly call: 'sending' | 'sent' | 'acked' | 'noted' | 'uncertain' | 'not_sent';
  readonly attemptId: string;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  readonly sha256?: string;
  readonly byteCount?: number;
  readonly odometerBefore?: number;
}

/** A journal in memory that refuses whatever the real one must refuse: an attempt is sent once. Tests only. */
export function createMemorySink(options: { readonly onSending?: (attemptId: string) => void | Promise<void> } = {}) {
  const calls: SinkCall[] = [];
  const state = new Map<string, string>();

  function move(attemptId: string, from: readonly string[], to: string): void {
    const now = state.get(attemptId) ?? 'intent';
    if (!from.includes(now)) throw new Error(`${attemptId} is ${now}, cannot become ${to}`);
    state.set(attemptId, to);
  }

  const sink: AttemptSink = {
    async sending(attemptId, facts) {
      await options.onSending?.(attemptId);
      move(attemptId, ['intent', 'not_sent'], 'sending');
      calls.push({ call: 'sending', attemptId, ...facts });
    },
    async sent(attemptId, evidence) {
      move(attemptId, ['sending'], 'sent');
      calls.push({ call: 'sent', attemptId, evidence });
    },
    async acked(attemptId, evidence) {
      move(attemptId, ['sent', 'uncertain'], 'acked');
      calls.push({ call: 'acked', attemptId, evidence });
    },
    async noted(attemptId, evidence) {
      calls.push({ call: 'noted', attemptId, evidence });
    },
    async uncertain(attemptId, reason) {
      move(attemptId, ['sending', 'sent'], 'uncertain');
      calls.push({ call: 'uncertain', attemptId, reason });
    },
    async notSent(attemptId, reason) {
      move(attemptId, ['intent', 'sending', 'not_sent'], 'not_sent');
      calls.push({ call: 'not_sent', attemptId, reason });
    },
  };
  return { sink, calls, state, of: (attemptId: string) => calls.filter((call) => call.attemptId === attemptId).map((call) => call.call) };
}

export const testClock: Clock = { now: () => new Date().toISOString() };
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
