/**
 * Words shared by the rooms of the print engine: profile, channel, status, evidence.
 * Nothing here knows of orders or parcels.
 */

export const printerLanguages = ['tspl', 'zpl', 'cpcl', 'escpos'] as const;
export type PrinterLanguage = (typeof printerLanguages)[number];
export type EncodeMode = 'hybrid' | 'raster';

/** How a label leaves this PC. Addresses are data; a transport is made from one by `main/printing/transports`. */
export type PrinterAddress =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'cups'; readonly queue: string }
  | { readonly kind: 'winspool'; readonly name: string }
  | { readonly kind: 'device'; readonly path: string }
  | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number; readonly flow: 'none' | 'rtscts' | 'xonxoff' }
  | { readonly kind: 'virtual'; readonly directory: string };

/** Everything that is true of one printer and its paper; a label is encoded for exactly one profile. */
export interface PrinterProfile {
  readonly language: PrinterLanguage;
  readonly mode: EncodeMode;
  readonly dpi: number;
  /** Dots across the print head; wider labels are refused before paper. */
  readonly headDots: number;
  readonly media: {
    readonly widthMicrometres: number;
    readonly heightMicrometres: number;
    readonly kind: 'gap' | 'mark' | 'continuous';
    readonly gapMicrometres: number;
  };
  /** Shift of the whole page in micrometres, right and down positive. */
  readonly offset: { readonly xMicrometres: number; readonly yMicrometres: number };
  /** Darkness and speed in the language's own scale; undefined leaves a documented default. */
  readonly darkness?: number;
  readonly speed?: number;
  readonly finish: 'tear' | 'peel' | 'cut';
  /** Feed direction: true turns the page by 180°. */
  readonly upsideDown: boolean;
  /** Logos that pre-printed paper already has are not printed. */
  readonly logos: { readonly upper: boolean; readonly lower: boolean };
  readonly dialect: {
    /** TSPL: clone whose BITMAP takes 1 as black. */
    readonly invertedBitmap: boolean;
    /** Bitmap compression the model is known to understand. */
    readonly compression: 'none' | 'acs' | 'z64' | 'tspl-zlib';
    /** Largest band of raster rows in one command; 0 = whole page. */
    readonly maxBandRows: number;
    readonly statusMethod: 'none' | 'tspl-esc' | 'tspl-frame' | 'zpl-hs' | 'escpos-dle';
    readonly completion: 'none' | 'gprinter-response' | 'zpl-odometer' | 'zpl-hv' | 'escpos-process-id';
  };
}

/** The one vocabulary for the state of any printer. */
export const printerConditions = ['ready', 'busy', 'paused', 'out_of_paper', 'out_of_ribbon', 'head_open', 'jam', 'over_heated', 'off_line', 'silent', 'error'] as const;
export type PrinterCondition = (typeof printerConditions)[number];

export interface PrinterStatus {
  readonly condition: PrinterCondition;
  /** What the printer said, for the log: short, printable. */
  readonly detail?: string;
  /** Labels printed in the life of the printer, where it tells. */
  readonly odometer?: number;
  readonly at: string;
}

/** What a transport tells while bytes wait: shown to people, never a reason to give up by itself. */
export interface TransportProgress {
  /** Bytes of this write that left our hands; the printer may have taken fewer. */
  readonly offeredBytes: number;
  readonly totalBytes: number;
  /** Milliseconds without any byte moving; above a few seconds the printer is out of paper, paused or full. */
  readonly stalledMs: number;
}

/** One label handed to a transport: the name is the attempt id and becomes the document name where the system has one. */
export interface TransportJob {
  readonly name: string;
  /** Bytes that print nothing in the printer's language: sent ahead where a connection is doubtful before the label. */
  readonly harmless?: Uint8Array;
  readonly onProgress?: (progress: TransportProgress) => void;
}

/** How a channel ended: the peer closed too, nobody said anything, or the connection broke. */
export type ChannelEnd = 'peer_closed' | 'quiet' | 'broken';

/**
 * An open byte pipe to one printer. Every rejection is a `TransportFailure` (transports/failure.ts) that says how many
 * bytes were offered, because one offered byte makes a label uncertain and none makes it safe to send again.
 */
export interface Channel {
  readonly duplex: boolean;
  /**
   * Resolves when the transport has taken every byte (drained as far as the system can tell), never earlier. `onHanded` is called
   * where the system has all bytes before that: from then on further bytes stand behind these, never inside them.
   */
  write(bytes: Uint8Array, signal?: AbortSignal, onHanded?: () => void): Promise<void>;
  /**
   * Job transports only (a queue between us and the printer): follows the job until the queue is done with it and resolves
   * with what the queue said; rejects when the job was aborted, cancelled or lost.
   */
  settle?(signal?: AbortSignal): Promise<readonly Evidence[]>;
  /** Bytes the printer sent; returns a function that stops listening. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** False once the pipe cannot carry another label: the peer ended or broke it. Absent where that cannot be known. */
  alive?(): boolean;
  /** Called once when the connection breaks without us closing it; not called for an orderly end. */
  onBroken?(listener: (reason: string) => void): () => void;
  /** Orderly close: half-close, read until the peer ends or is quiet, then free. Never throws. */
  close(): Promise<ChannelEnd>;
}

export interface Transport {
  readonly kind: PrinterAddress['kind'];
  /** True where every label is a job of its own (queues, files); false for a pipe that may carry several labels in turn. */
  readonly oneJobPerChannel: boolean;
  open(job: TransportJob, signal?: AbortSignal): Promise<Channel>;
  /** The system's own queue, where one outlives this program. */
  readonly queue?: JobQueue;
  /** What the system says of its queue or port before anything is sent: stopped, off line, gone. */
  systemStatus?(): Promise<{ readonly condition: PrinterCondition; readonly detail?: string }>;
}

/** A job of a system queue, named after its attempt. */
export interface QueuedJob {
  readonly jobId: string;
  readonly name: string;
  readonly state: 'waiting' | 'printing' | 'completed' | 'failed' | 'cancelled';
  /** True where the system can tell that the job never began: then no byte reached the printer. */
  readonly untouched: boolean;
  /** The system's own words, for the log. */
  readonly detail: string;
}

export interface JobQueue {
  /** Unfinished jobs and the finished ones the system still remembers. */
  jobs(): Promise<readonly QueuedJob[]>;
  /** Takes a job out of the queue; answers what is known of it afterwards. */
  withdraw(jobId: string): Promise<QueuedJob | undefined>;
}

/** How far a label is known to have got; see the attempt state machine in docs/architecture.md. */
export type Evidence =
  | { readonly kind: 'transport' }
  | { readonly kind: 'process_id'; readonly id: string }
  | { readonly kind: 'odometer'; readonly before: number; readonly after: number }
  | { readonly kind: 'idle_after_busy' }
  /** The printer's own queue is empty and no label remains of the batch, twice in a row. */
  | { readonly kind: 'buffer_empty' }
  /** An ordered query behind the label was answered: the printer has read the label, no more than that. */
  | { readonly kind: 'consumed' }
  /** The printer sent its completion message. */
  | { readonly kind: 'response'; readonly text: string }
  /** The peer closed the connection after taking everything. */
  | { readonly kind: 'peer_closed' }
  | { readonly kind: 'echo'; readonly text: string }
  | { readonly kind: 'job_state'; readonly state: string };

/**
 * What the spooler tells the journal about one label. Each call is durable when it returns; `sending` must return
 * before the first byte is offered, and throws if the journal does not allow it (then nothing is sent).
 */
export interface AttemptSink {
  sending(attemptId: string, facts: { readonly sha256: string; readonly byteCount: number; readonly odometerBefore?: number }): Promise<void>;
  sent(attemptId: string, evidence: readonly Evidence[]): Promise<void>;
  acked(attemptId: string, evidence: readonly Evidence[]): Promise<void>;
  /** Weak evidence for a label that stays `sent`: recorded, changes no state. */
  noted?(attemptId: string, evidence: readonly Evidence[]): Promise<void>;
  /** At least one byte may have reached the printer and the outcome is not known. */
  uncertain(attemptId: string, reason: string): Promise<void>;
  /** No byte was offered. */
  notSent(attemptId: string, reason: string): Promise<void>;
}

/** One label handed to a printer actor. `encode` is called ahead of time, while the label before is printing. */
export interface SpoolItem {
  readonly attemptId: string;
  encode(): Promise<Uint8Array>;
  /** ESC/POS: the four characters of a `GS ( H` the bytes themselves end with; without it the actor appends its own. */
  readonly processId?: string;
  /** ZPL with `^HV`: what the printer will echo when this label is printed, without the line end. */
  readonly echo?: string;
}
