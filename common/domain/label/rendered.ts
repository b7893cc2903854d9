/**
 * What the label engine hands to everyone else: one label as 1-bit dots, and the same label as a list of
 * drawing operations whose union is exactly those dots. Encoders may send an operation natively only where the
 * printer draws the very same dots; the preview, the PNG and every language come from this one value.
 */

/** A rectangle in whole dots, origin at the top left of the label as the reader holds it. */
export interface DotRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Rows top to bottom, most significant bit left, 1 = black, each row padded to whole bytes with 0. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** Bytes per row: ceil(width / 8). */
  readonly stride: number;
  readonly bits: Uint8Array;
}

/** Clockwise quarter turns of an element, in degrees. */
export type Rotation = 0 | 90 | 180 | 270;

export type LinearSymbology = 'code128' | 'ean13' | 'ean8' | 'code39' | 'itf14';

/** A drawing operation, in z-order. Later operations draw over earlier ones with black ink (OR), except `invert`. */
export type DrawOp =
  | { readonly kind: 'fill'; readonly rect: DotRect }
  | { readonly kind: 'frame'; readonly rect: DotRect; readonly thickness: number }
  | { readonly kind: 'invert'; readonly rect: DotRect }
  | { readonly kind: 'bitmap'; readonly x: number; readonly y: number; readonly bitmap: Bitmap; readonly source: 'text' | 'image' }
  | {
      readonly kind: 'linear';
      readonly symbology: LinearSymbology;
      /** The characters the symbol carries, check digit included where the symbology has one. */
      readonly text: string;
      /** Bars box without quiet zones, after rotation. */
      readonly rect: DotRect;
      readonly rotation: Rotation;
      /** Width of one module in dots. */
      readonly module: number;
      /** Element pattern as modules, '1' bar and '0' space, in reading direction. */
      readonly modules: string;
      /** For Code 128: the symbol values sent, start code first, check and stop left out. Subset switches are explicit in it. */
      readonly codewords?: readonly number[];
    }
  | {
      readonly kind: 'qr';
      readonly text: string;
      readonly rect: DotRect;
      readonly rotation: Rotation;
      readonly module: number;
      /** Matrix rows, 1 = dark; length = size × size. */
      readonly matrix: Uint8Array;
      readonly size: number;
      readonly level: 'L' | 'M' | 'Q' | 'H';
      readonly mask: number;
      readonly version: number;
    };

export interface DecodedCode {
  readonly format: LinearSymbology | 'qr';
  readonly text: string;
}

export type LintSeverity = 'error' | 'warning' | 'info';

/** One finding of the label lint. `code` is from a closed list in lint.ts. */
export interface LintFinding {
  readonly severity: LintSeverity;
  readonly code: string;
  /** Id of the element of the document it is about; empty for the whole label. */
  readonly element: string;
  /** One short English sentence naming the thing; the screen text is made from code and data. */
  readonly message: string;
  readonly place?: DotRect;
  readonly data?: Readonly<Record<string, string | number>>;
}

export interface RenderedLabel {
  readonly dpi: number;
  /** Exactly the paper (media) size in dots at this dpi. */
  readonly bitmap: Bitmap;
  readonly widthMicrometres: number;
  readonly heightMicrometres: number;
  readonly ops: readonly DrawOp[];
  /** The codes the document asked for, with their place; what they decode to is checked by the decoder. */
  readonly codes: readonly { readonly format: DecodedCode['format']; readonly text: string; readonly rect: DotRect; readonly element: string }[];
  /** On continuous paper: how far below its place each element of the top level lies, and how high it became. Micrometres. */
  readonly flow?: ReadonlyMap<string, { readonly by: number; readonly height: number }>;
  readonly lint: readonly LintFinding[];
  /** 1-based index and count when one data object needed several labels (table overflow "continue"). */
  readonly part: { readonly index: number; readonly total: number };
}
