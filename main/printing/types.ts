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

/**
 * An open duplex byte pipe to one printer. `write` resolves when the transport has taken every byte (drained), never
 * earlier; it rejects with how many bytes were offered, because one offered byte makes a label uncertain.
 */
export interface Channel {
  readonly duplex: boolean;
  write(bytes: Uint8Array, signal?: AbortSignal): Promise<void>;
  /** Bytes the printer sent; returns a function that stops listening. */
  onData(listener: (bytes: Uint8Array) => void): () => void;
  /** Orderly close: half-close, read until the peer ends or is quiet, then free. Never throws. */
  close(): Promise<void>;
}

export interface Transport {
  readonly kind: PrinterAddress['kind'];
  /** One label per job: `name` is the attempt id and becomes the document name where the system has one. */
  open(job: { readonly name: string }, signal?: AbortSignal): Promise<Channel>;
}

/** How far a label is known to have got; see the attempt state machine in docs/architecture.md. */
export type Evidence =
  | { readonly kind: 'transport' }
  | { readonly kind: 'process_id'; readonly id: string }
  | { readonly kind: 'odometer'; readonly before: number; readonly after: number }
  | { readonly kind: 'idle_after_busy' }
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
  /** At least one byte may have reached the printer and the outcome is not known. */
  uncertain(attemptId: string, reason: string): Promise<void>;
  /** No byte was offered. */
  notSent(attemptId: string, reason: string): Promise<void>;
}

/** One label handed to a printer actor. `encode` is called ahead of time, while the label before is printing. */
export interface SpoolItem {
  readonly attemptId: string;
  encode(): Promise<Uint8Array>;
}
