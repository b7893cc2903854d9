import type { Evidence, PrinterCondition, PrinterProfile, SpoolItem, Transport, AttemptSink } from '../types.ts';
import type { Clock, Log } from '../../ports/index.ts';
import type { TransportReason } from '../transports/failure.ts';
import type { Turn } from './turns.ts';

/** Times and depth of one actor; all of it has the product's defaults. Milliseconds unless said. */
export interface ActorTuning {
  /** Labels that may be under way at once; more than 1 is used only where the printer counts or names its labels. */
  readonly window: 1 | 2 | 3;
  /** How long a status question may stay unanswered. */
  readonly statusTimeoutMs: number;
  /** Pause between two questions. */
  readonly pollMs: number;
  /** How long a label may take to be proved while the printer does not say that it is busy. */
  readonly completionTimeoutMs: number;
  /** How long a printer may be busy (peeling, somebody else's job) before a person is asked. */
  readonly busyTimeoutMs: number;
  /** How long an open connection is kept after the last label. */
  readonly idleCloseMs: number;
  /** How long a label's late answer is listened for after the batch has stopped. */
  readonly lateEvidenceMs: number;
  /** No label can be finished faster; an "idle" before that means it has not begun. Default: height and gap at 203 mm/s. */
  readonly minimumLabelMs: number;
  /** Bytes not moving for this long are shown as a stall. */
  readonly stallMs: number;
}

export interface ActorDeps {
  readonly printerId: string;
  readonly profile: PrinterProfile;
  readonly transport: Transport;
  readonly sink: AttemptSink;
  readonly clock: Clock;
  readonly log: Log;
  readonly tuning?: Partial<ActorTuning>;
  /** Where another printer of the program may be the same machine; see turns.ts. */
  readonly turn?: Turn;
}

/**
 * How far one label got. `ready`: not touched, may be submitted again. `not_sent`: tried, certainly no byte left.
 * `refused`: the journal or the encoder did not allow it. `sending` is never final.
 */
export type LabelState = 'sending' | 'sent' | 'acked' | 'uncertain' | 'not_sent' | 'refused' | 'ready';

export interface LabelEvent {
  readonly attemptId: string;
  /** Position in its batch, from 0. */
  readonly position: number;
  readonly state: LabelState;
  /** True for the last event of this label in this batch. */
  readonly final: boolean;
  /** Why, in short words for the log and the list; absent when all is well. */
  readonly reason?: string;
  /** Why the run ended, where this label did not go through because of that. */
  readonly stop?: StopReason;
  readonly evidence: readonly Evidence[];
  /** What the encoder threw, so that the caller can name the element; only with `refused`. */
  readonly cause?: unknown;
  readonly at: string;
}

export interface BatchReport {
  /** The final event of every label, in the order submitted. */
  readonly labels: readonly LabelEvent[];
  /** Set when the batch ended before its last label. */
  readonly stopped?: StopReason;
}

export interface StopReason {
  readonly kind: 'cancelled' | 'closed' | 'printer' | 'transport' | 'journal' | 'no_evidence';
  readonly condition?: PrinterCondition;
  /** What the transport said, where it was the transport. */
  readonly transport?: TransportReason;
  readonly message: string;
}

/** A batch under way. Events may be read by several readers, each from the first event on. */
export interface Batch {
  readonly batchId: string;
  events(): AsyncIterableIterator<LabelEvent>;
  readonly done: Promise<BatchReport>;
  /** Stops before the next label; the label under way is followed to its end. */
  cancel(): void;
}

export type ActorPhase = 'idle' | 'connecting' | 'sending' | 'waiting' | 'paused' | 'closed';

/** What a screen shows of a printer, changed in one piece. */
export interface LivePrinter {
  readonly printerId: string;
  readonly phase: ActorPhase;
  readonly condition: PrinterCondition;
  readonly detail?: string;
  readonly odometer?: number;
  /** Labels not begun yet, all batches together. */
  readonly queued: number;
  readonly current?: string;
  /** How long the bytes of the current label have not moved; absent while they move. */
  readonly stalledMs?: number;
  readonly window: number;
  /** Why the last batch stopped; absent after a new one began. */
  readonly stopped?: StopReason;
  readonly at: string;
}

export interface PrinterActor {
  readonly printerId: string;
  /** Queues labels; the first byte leaves as soon as the printer is free. Never sends an attempt by itself again. */
  submit(items: readonly SpoolItem[], options?: { readonly batchId?: string }): Batch;
  /** Stops before the next label of any batch. */
  cancelAll(): void;
  /** Gives up the label under way (a stalled printer): it becomes uncertain and everything stops. */
  giveUp(): void;
  pause(): void;
  resume(): void;
  live(): LivePrinter;
  /** Called with every change, first with the state of now. */
  subscribe(listener: (live: LivePrinter) => void): () => void;
  /** Asks the printer now when nothing is under way; otherwise answers what is known. Prints nothing. */
  refresh(): Promise<LivePrinter>;
  /**
   * Ends in order: no further label, the one under way is followed to its end, the connection is closed. A label that is not
   * settled after `graceMs` (a stalled printer) is given up and stays in doubt; default 15 s.
   */
  close(graceMs?: number): Promise<void>;
}
