/**
 * The life of one print attempt (one label sent once). "Printed" is said only of what is known: `sent` means the transport took every
 * byte, `acked` that the printer gave evidence, `confirmed` that a person or a scan saw the label.
 */

export const attemptStates = ['ready', 'intent', 'sending', 'sent', 'acked', 'confirmed', 'uncertain', 'not_sent', 'not_printed', 'cancelled', 'void'] as const;
export type AttemptState = (typeof attemptStates)[number];

/** Not settled: a number has at most one attempt in these states. */
export const openStates = ['ready', 'intent', 'sending', 'uncertain'] as const satisfies readonly AttemptState[];

/** The label may be on paper. */
export const paperStates = ['sending', 'sent', 'acked', 'confirmed', 'uncertain'] as const satisfies readonly AttemptState[];

/**
 * Allowed steps. There is no step from a state in which bytes may have left back to one from which they leave.
 * `sending → not_sent` is the transport's word that it offered no byte; a restart never takes it.
 * `not_sent → uncertain` happens only to a copy of the data, which cannot know what its original printed later.
 * `not_printed → confirmed` is a fact winning over an opinion: the label that "did not come out" was scanned.
 */
export const attemptSteps: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  ready: ['intent', 'cancelled', 'not_sent', 'void', 'uncertain'],
  intent: ['sending', 'not_sent', 'cancelled', 'void', 'uncertain'],
  sending: ['sent', 'acked', 'uncertain', 'not_sent'],
  sent: ['acked', 'confirmed', 'uncertain', 'not_printed', 'void'],
  acked: ['confirmed', 'uncertain', 'not_printed', 'void'],
  confirmed: ['void'],
  uncertain: ['sent', 'acked', 'confirmed', 'not_printed', 'void'],
  not_sent: ['uncertain', 'void'],
  not_printed: ['confirmed', 'void'],
  cancelled: ['uncertain', 'void'],
  void: [],
};

export function mayStep(from: AttemptState, to: AttemptState): boolean {
  return attemptSteps[from].includes(to);
}

/** What to do with a parcel that has a number, judged by the attempts of that number so far. */
export type NextLabel =
  | { readonly kind: 'send'; readonly mark: number }
  | { readonly kind: 'same'; readonly attemptId: string }
  | { readonly kind: 'printed'; readonly attemptId: string; readonly state: AttemptState }
  | { readonly kind: 'uncertain'; readonly attemptId: string }
  | { readonly kind: 'under_way'; readonly attemptId: string; readonly jobId: string };

/**
 * A further label may go out by itself only when every earlier attempt is known not to be on paper. `not_printed` is a person's word,
 * so its successor carries the 补打 mark; `not_sent` and `cancelled` never offered a byte, so theirs does not.
 */
export function nextLabel(attempts: readonly { id: string; jobId: string; state: AttemptState }[], jobId: string): NextLabel {
  const open = attempts.find((attempt) => attempt.state === 'ready' || attempt.state === 'intent');
  if (open) return open.jobId === jobId ? { kind: 'same', attemptId: open.id } : { kind: 'under_way', attemptId: open.id, jobId: open.jobId };
  const sending = attempts.find((attempt) => attempt.state === 'sending');
  if (sending) return { kind: 'under_way', attemptId: sending.id, jobId: sending.jobId };
  const uncertain = attempts.find((attempt) => attempt.state === 'uncertain');
  if (uncertain) return { kind: 'uncertain', attemptId: uncertain.id };
  const printed = attempts.findLast((attempt) => attempt.state === 'sent' || attempt.state === 'acked' || attempt.state === 'confirmed');
  if (printed) return { kind: 'printed', attemptId: printed.id, state: printed.state };
  return { kind: 'send', mark: attempts.filter((attempt) => attempt.state === 'not_printed').length };
}
