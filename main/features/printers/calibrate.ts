/** What is read off a test label, as a change of the profile. */
import type { Calibration, PrinterProfileValue } from '../../../common/contract/printers.ts';
import { fail } from '../../../common/errors.ts';
import { languageScales } from '../../printing/languages/limits.ts';
import { measuringMillimetres, rulerMillimetres } from '../../printing/setup/test-label.ts';

/** A ruler off by more than this is not wear of a roller: the resolution is set wrong. */
const rulerTolerance = 0.02;
/** Shifts beyond this are a wrong paper width, not a calibration. */
const largestShift = 15_000;
/** One step of darkness, as a share of the language's scale. */
const darknessStep = 0.1;

/**
 * The profile after calibration: the lines that should lie at 10 mm are moved there, and bars are made darker or lighter by a step.
 * Errors: PRINTER_SCALE_WRONG, BAD_INPUT.
 */
export function calibrated(profile: PrinterProfileValue, reading: Calibration): PrinterProfileValue {
  if (reading.rulerMillimetres !== undefined) checkRuler(profile, reading.rulerMillimetres);
  return {
    ...profile,
    offset: {
      xMicrometres: shifted(profile.offset.xMicrometres, reading.leftMillimetres, 'leftMillimetres'),
      yMicrometres: shifted(profile.offset.yMicrometres, reading.topMillimetres, 'topMillimetres'),
    },
    ...(reading.bars === undefined || reading.bars === 'good' ? {} : { darkness: darker(profile, reading.bars === 'too_light' ? 1 : -1) }),
  };
}

function checkRuler(profile: PrinterProfileValue, measured: number): void {
  const share = measured / rulerMillimetres;
  if (Math.abs(share - 1) <= rulerTolerance) return;
  const real = profile.dpi / share;
  const likely = [203, 300, 600].find((dpi) => Math.abs(dpi / real - 1) < 0.05);
  fail('PRINTER_SCALE_WRONG', { expectedMm: rulerMillimetres, measuredMm: measured, dpi: profile.dpi, likelyDpi: likely ?? Math.round(real) });
}

function shifted(before: number, measured: number | undefined, path: string): number {
  if (measured === undefined) return before;
  const after = before + Math.round((measuringMillimetres - measured) * 1_000);
  if (Math.abs(after) > largestShift) fail('BAD_INPUT', { issues: [{ path, message: `a shift of ${after / 1_000} mm is more than ${largestShift / 1_000} mm: check the paper width and how the paper lies` }] });
  return after;
}

function darker(profile: PrinterProfileValue, direction: 1 | -1): number {
  const { min, max, standard } = languageScales[profile.language].darkness;
  if (max === min) fail('BAD_INPUT', { issues: [{ path: 'bars', message: 'this language has no command for darkness: set it on the printer' }] });
  const step = Math.max(1, Math.round((max - min) * darknessStep));
  return Math.min(max, Math.max(min, (profile.darkness ?? standard) + direction * step));
}
