/**
 * What a printer made of the bytes it got. The four interpreters are written from the manuals' facts, never from our
 * encoders, so that they can judge them: the paper they return must equal the preview dot for dot.
 */

/** One piece of paper that came out. Rows top to bottom, most significant bit left, 1 = black. */
export interface PrintedLabel {
  readonly widthDots: number;
  readonly heightDots: number;
  /** Bytes per row: ceil(width / 8); pad bits are 0. */
  readonly stride: number;
  readonly bits: Uint8Array;
  /** Text drawn with fonts of the printer (the judge draws a box per character). */
  readonly texts: readonly string[];
  /** Codes the printer drew by itself. */
  readonly codes: readonly { readonly format: string; readonly text: string }[];
  /** Every setting that was in force, sticky ones of earlier jobs included. */
  readonly settings: Readonly<Record<string, string>>;
  /** Text the printer sends to the host when this label is out (ZPL `^HV … L`). */
  readonly echo: string;
}

/** One command as the printer understood it. `payload` is the counted binary part. */
export interface PrinterCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly payload?: Uint8Array;
}

/**
 * error: paper would be wrong, or the printer loses step. warning: unsafe or depends on earlier jobs.
 * note: the reference does not settle what firmware does here, the judge had to choose.
 */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: string;
  readonly message: string;
  /** Byte position in the stream, from its start. */
  readonly offset: number;
}

/** Something the printer must answer. `immediate` ones are answered even while it prints or stands in error. */
export interface PrinterQuery {
  readonly name: string;
  readonly args: readonly string[];
  readonly immediate: boolean;
}

export type Occurrence =
  | { readonly kind: 'command'; readonly command: PrinterCommand }
  /** `offset`: how many bytes of the stream had been understood when the label was complete. */
  | { readonly kind: 'label'; readonly label: PrintedLabel; readonly offset: number }
  | { readonly kind: 'query'; readonly query: PrinterQuery }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A language interpreter that takes a stream in pieces of any size. State lasts as long as the value (the printer's power). */
export interface Interpreter {
  feed(bytes: Uint8Array): readonly Occurrence[];
  /** The stream ended (connection closed): what was half received is reported and dropped. */
  end(): readonly Occurrence[];
  /** Drops half-received bytes and unprinted content, as a cancel or a reset does. */
  cancel(): void;
}

export interface InterpreterOptions {
  /** Nominal resolution; 203 means 8 dots per millimetre. */
  readonly dpi: number;
  /** Dots of the print head; ink beyond it is lost. */
  readonly headDots?: number;
  /** Clone firmware that takes the inverse polarity in TSPL BITMAP. */
  readonly invertedBitmap?: boolean;
  /** Firmware that does not know `:Z64:`. */
  readonly withoutZ64?: boolean;
  /** TSPL BITMAP modes 3, 4, 5 = zlib compressed OVERWRITE, OR, XOR (one vendor family). */
  readonly tsplZlib?: boolean;
  /** Commands an earlier job of somebody else left in force, in the language's own words. */
  readonly earlier?: Uint8Array;
}

export interface Printout {
  readonly labels: readonly PrintedLabel[];
  readonly commands: readonly PrinterCommand[];
  readonly queries: readonly PrinterQuery[];
  readonly problems: readonly Problem[];
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Dots per millimetre as printers have them: 203 dpi heads are exactly 8 to the millimetre, 300 is 11.811, 600 is 23.622. */
export function dotsPerMillimetre(dpi: number): number {
  return dpi === 203 ? 8 : dpi / 25.4;
}

/** Feeds everything to a fresh interpreter and sorts what happened. */
export function collect(interpreter: Interpreter, bytes: Uint8Array): Printout {
  const all = [...interpreter.feed(bytes), ...interpreter.end()];
  const problems = all.flatMap((one) => (one.kind === 'problem' ? [one.problem] : []));
  return {
    labels: all.flatMap((one) => (one.kind === 'label' ? [one.label] : [])),
    commands: all.flatMap((one) => (one.kind === 'command' ? [one.command] : [])),
    queries: all.flatMap((one) => (one.kind === 'query' ? [one.query] : [])),
    problems,
    errors: problems.filter((one) => one.severity === 'error'),
    warnings: problems.filter((one) => one.severity === 'warning'),
  };
}

/** Builds a fresh interpreter, plays the earlier job into it and forgets what that printed. */
export function withEarlier(make: () => Interpreter, options: InterpreterOptions): Interpreter {
  const interpreter = make();
  if (options.earlier !== undefined) {
    interpreter.feed(options.earlier);
    interpreter.end();
  }
  return interpreter;
}
