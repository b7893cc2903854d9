/**
 * What every encoder is told besides the label and the printer, and the checks that come before the first byte: a label that
 * cannot come out right on this printer is refused by name, never clipped or scaled.
 */
import { fail } from '../../../common/errors.ts';
import type { RenderedLabel } from '../../../common/domain/label/rendered.ts';
import type { EncodeMode, PrinterProfile } from '../types.ts';

export interface EncodeJob {
  readonly mode: EncodeMode;
  /** True copies of the same label; 1 when absent. A waybill is never sent with more than one. */
  readonly copies?: number;
  /**
   * Printable id of the attempt, echoed by ZPL printers with `zpl-hv` completion (see `zplEcho`). The `GS ( H` ids of ESC/POS are made by
   * the spooler, which waits for them.
   */
  readonly attemptTag?: string;
}

/** More than any label of a supported size can need; a bigger job is a mistake, and would block the printer for minutes. */
export const maximumJobBytes = 8 * 1024 * 1024;

/** Paper cut to nominal size varies; a template may differ from the paper by this much in either direction. */
const paperToleranceMicrometres = 1_000;

/** Micrometres to whole dots of a head (203 dpi is treated as exactly 8 dots per millimetre, 300 as 11.811). */
export function micrometresToDots(micrometres: number, dpi: number): number {
  const dotsPerMillimetre = dpi === 203 ? 8 : dpi / 25.4;
  return Math.round((micrometres * dotsPerMillimetre) / 1_000);
}

/** Millimetres as the languages like them: an integer when whole, else at most two decimals. */
export function millimetres(micrometres: number): string {
  const hundredths = Math.round(micrometres / 10);
  return hundredths % 100 === 0 ? String(hundredths / 100) : (hundredths / 100).toFixed(2).replace(/0$/, '');
}

/** Number of copies of a job, whole and within what every language accepts. */
export function copiesOf(job: EncodeJob): number {
  const copies = job.copies ?? 1;
  if (!Number.isInteger(copies) || copies < 1 || copies > 999) {
    fail('BAD_INPUT', { issues: [{ path: 'copies', message: `copies must be a whole number from 1 to 999, not ${copies}` }] });
  }
  return copies;
}

/**
 * Refuses a label that this printer or this paper cannot take.
 * Errors: LABEL_DPI_MISMATCH, LABEL_WIDER_THAN_HEAD, PAPER_MISMATCH.
 */
export function checkFits(label: RenderedLabel, profile: PrinterProfile): void {
  if (label.dpi !== profile.dpi) fail('LABEL_DPI_MISMATCH', { labelDpi: label.dpi, printerDpi: profile.dpi });
  if (label.bitmap.width > profile.headDots) {
    fail('LABEL_WIDER_THAN_HEAD', { labelDots: label.bitmap.width, headDots: profile.headDots });
  }
  const { media } = profile;
  const widthDiffers = Math.abs(label.widthMicrometres - media.widthMicrometres) > paperToleranceMicrometres;
  const heightDiffers = media.kind !== 'continuous' && Math.abs(label.heightMicrometres - media.heightMicrometres) > paperToleranceMicrometres;
  if (widthDiffers || heightDiffers) {
    fail('PAPER_MISMATCH', {
      labelWidthMm: label.widthMicrometres / 1_000,
      labelHeightMm: label.heightMicrometres / 1_000,
      paperWidthMm: media.widthMicrometres / 1_000,
      paperHeightMm: media.heightMicrometres / 1_000,
    });
  }
}

/** Refuses a job no printer should be sent. Error: LABEL_TOO_LARGE. */
export function checkSize(bytes: Uint8Array): Uint8Array {
  if (bytes.length > maximumJobBytes) fail('LABEL_TOO_LARGE', { bytes: bytes.length, limit: maximumJobBytes });
  return bytes;
}
