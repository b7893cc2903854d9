/**
 * Profiles to start from. They hold only what is true of every printer of the kind; what differs between models (compression, status,
 * completion) is off until somebody has seen it work.
 */
import { fail } from '../../../common/errors.ts';
import { printerLanguages } from '../types.ts';
import type { EncodeMode, PrinterLanguage, PrinterProfile } from '../types.ts';

export interface NamedProfile {
  readonly id: string;
  readonly name: string;
  readonly profile: PrinterProfile;
}

const waybillPaper = { widthMicrometres: 76_000, heightMicrometres: 130_000, kind: 'gap', gapMicrometres: 3_000 } as const;

function base(language: PrinterLanguage, mode: EncodeMode, dpi: number, headDots: number, dialect: Partial<PrinterProfile['dialect']>, media: PrinterProfile['media'] = waybillPaper): PrinterProfile {
  return {
    language,
    mode,
    dpi,
    headDots,
    media,
    offset: { xMicrometres: 0, yMicrometres: 0 },
    finish: 'tear',
    upsideDown: false,
    logos: { upper: true, lower: true },
    dialect: { invertedBitmap: false, compression: 'none', maxBandRows: 0, statusMethod: 'none', completion: 'none', ...dialect },
  };
}

function receiptPaper(widthMicrometres: number): PrinterProfile['media'] {
  return { widthMicrometres, heightMicrometres: 0, kind: 'continuous', gapMicrometres: 0 };
}

/** 203 dpi heads of 4 inch printers have 832 dots; at 300 dpi 1248 is the narrower of the two common heads. */
export const defaultProfiles: readonly NamedProfile[] = [
  { id: 'tspl-203', name: 'TSPL 203 dpi 4"', profile: base('tspl', 'hybrid', 203, 832, { statusMethod: 'tspl-esc' }) },
  { id: 'tspl-300', name: 'TSPL 300 dpi 4"', profile: base('tspl', 'hybrid', 300, 1248, { statusMethod: 'tspl-esc' }) },
  { id: 'zpl-203', name: 'ZPL 203 dpi 4"', profile: base('zpl', 'hybrid', 203, 832, { compression: 'z64', statusMethod: 'zpl-hs' }) },
  { id: 'zpl-300', name: 'ZPL 300 dpi 4"', profile: base('zpl', 'hybrid', 300, 1248, { compression: 'z64', statusMethod: 'zpl-hs' }) },
  {
    id: 'cpcl-3',
    name: 'CPCL 3" 203 dpi',
    profile: base('cpcl', 'hybrid', 203, 576, { maxBandRows: 64 }, { ...waybillPaper, widthMicrometres: 72_000 }),
  },
  { id: 'cpcl-4', name: 'CPCL 4" 203 dpi', profile: base('cpcl', 'hybrid', 203, 832, { maxBandRows: 64 }) },
  { id: 'escpos-58', name: 'ESC/POS 58 mm', profile: base('escpos', 'raster', 203, 384, { maxBandRows: 128, statusMethod: 'escpos-dle' }, receiptPaper(48_000)) },
  { id: 'escpos-80', name: 'ESC/POS 80 mm', profile: base('escpos', 'raster', 203, 576, { maxBandRows: 128, statusMethod: 'escpos-dle' }, receiptPaper(72_000)) },
  { id: 'escpos-label-203', name: 'ESC/POS 203 dpi 4"', profile: base('escpos', 'raster', 203, 832, { maxBandRows: 128, statusMethod: 'escpos-dle' }) },
];

/** Dots of the head a 4 inch printer of this resolution has. */
function headDotsAt(dpi: number): number {
  if (dpi === 203) return 832;
  if (dpi === 300) return 1248;
  return Math.floor((104 * dpi) / 25.4);
}

export interface ProfileRequest {
  readonly language: string;
  readonly dpi: number;
  readonly widthMicrometres: number;
  readonly heightMicrometres: number;
  readonly mode?: EncodeMode;
}

/**
 * The generic 4 inch profile of a language for paper of a given size, for rendering without a set-up printer.
 * Error: LANGUAGE_UNKNOWN.
 */
export function genericProfile(request: ProfileRequest): PrinterProfile {
  const language = printerLanguages.find((known) => known === request.language) ?? fail('LANGUAGE_UNKNOWN', { language: request.language });
  const start = defaultProfiles.find(({ profile }) => profile.language === language && profile.headDots > 800)!.profile;
  return {
    ...start,
    dpi: request.dpi,
    headDots: headDotsAt(request.dpi),
    mode: request.mode ?? start.mode,
    media: { ...waybillPaper, widthMicrometres: request.widthMicrometres, heightMicrometres: request.heightMicrometres },
  };
}
