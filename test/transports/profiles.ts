import type { PrinterLanguage, PrinterProfile } from '../../main/printing/types.ts';

type Dialect = Partial<PrinterProfile['dialect']>;

/** A plain 76×130 mm profile; what a test is about is given as dialect. */
export function testProfile(language: PrinterLanguage, dialect: Dialect = {}): PrinterProfile {
  return {
    language,
    mode: 'raster',
    dpi: 203,
    headDots: 832,
    media: { widthMicrometres: 76_000, heightMicrometres: 130_000, kind: 'gap', gapMicrometres: 2_000 },
    offset: { xMicrometres: 0, yMicrometres: 0 },
    finish: 'tear',
    upsideDown: false,
    logos: { upper: true, lower: true },
    dialect: { invertedBitmap: false, compression: 'none', maxBandRows: 0, statusMethod: 'none', completion: 'none', ...dialect },
  };
}
