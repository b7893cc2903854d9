/** The parts of JsBarcode we use: its encoders' data, never its drawing. The package types only its drawing. */
declare module 'jsbarcode/bin/barcodes/CODE128/constants.js' {
  export const BARS: readonly number[];
}
declare module 'jsbarcode/bin/barcodes/index.js' {
  interface Encoding {
    readonly data: string;
    readonly text: string;
  }
  export type Encoder = new (data: string, options: { flat?: boolean; text?: string }) => { valid(): boolean; encode(): Encoding | readonly Encoding[] };
  export interface Encoders {
    readonly EAN13: Encoder;
    readonly EAN8: Encoder;
    readonly CODE39: Encoder;
    readonly ITF14: Encoder;
  }
  /** A CommonJS module seen from an ES module: the encoders are one `default` deeper where Node loads it. */
  const exported: Encoders | { readonly default: Encoders };
  export default exported;
}
