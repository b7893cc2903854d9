/** One label in, the bytes for one printer out. */
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import { fail } from '../../../common/errors.ts';
import type { PrinterLanguage, PrinterProfile } from '../types.ts';
import { encodeCpcl } from './cpcl/encode.ts';
import { encodeEscpos } from './escpos/encode.ts';
import { checkFits, checkSize } from './job.ts';
import type { EncodeJob } from './job.ts';
import { shiftLabel } from './shift.ts';
import { encodeTspl } from './tspl/encode.ts';
import { encodeZpl } from './zpl/encode.ts';

export type { EncodeJob } from './job.ts';
export { zplEcho } from './zpl/encode.ts';

type Encoder = (label: RenderedLabel, profile: PrinterProfile, job: EncodeJob) => Uint8Array;

const encoders: Readonly<Record<PrinterLanguage, Encoder>> = { tspl: encodeTspl, zpl: encodeZpl, cpcl: encodeCpcl, escpos: encodeEscpos };

/**
 * Encodes one label for one printer; what the printer draws is the label's bitmap, dot for dot, moved by the profile's offset.
 * Errors: LANGUAGE_UNKNOWN, LABEL_DPI_MISMATCH, LABEL_WIDER_THAN_HEAD, PAPER_MISMATCH, LABEL_SHIFTED_OFF_PAPER, LABEL_TOO_LARGE.
 */
export function encodeLabel(label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): Uint8Array {
  const encode = Object.hasOwn(encoders, profile.language) ? encoders[profile.language] : fail('LANGUAGE_UNKNOWN', { language: String(profile.language) });
  checkFits(label, profile);
  return checkSize(encode(shiftLabel(label, profile), profile, job));
}
