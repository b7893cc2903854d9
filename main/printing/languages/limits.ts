/** Darkness and speed of each language: the scale, and what is sent when the profile says nothing. */
import type { PrinterLanguage, PrinterProfile } from '../types.ts';

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly standard: number;
}

/**
 * TSPL: DENSITY 0–15, SPEED in inch/s. ZPL: ~SD 0–30, ^PR 1–14 inch/s. CPCL: TONE −100–200, SPEED 0–5.
 * ESC/POS has no portable command for either, so both are only kept.
 */
export const languageScales = {
  tspl: { darkness: { min: 0, max: 15, standard: 8 }, speed: { min: 1, max: 12, standard: 4 } },
  zpl: { darkness: { min: 0, max: 30, standard: 15 }, speed: { min: 1, max: 14, standard: 4 } },
  cpcl: { darkness: { min: -100, max: 200, standard: 0 }, speed: { min: 0, max: 5, standard: 3 } },
  escpos: { darkness: { min: 0, max: 0, standard: 0 }, speed: { min: 0, max: 0, standard: 0 } },
} as const satisfies Record<PrinterLanguage, { darkness: Scale; speed: Scale }>;

function within(value: number | undefined, scale: Scale): number {
  if (value === undefined || !Number.isFinite(value)) return scale.standard;
  return Math.min(scale.max, Math.max(scale.min, Math.round(value)));
}

/** Darkness and speed to send, brought into the scale of the printer's language. */
export function settingsFor(profile: PrinterProfile): { readonly darkness: number; readonly speed: number } {
  const scales = languageScales[profile.language];
  return { darkness: within(profile.darkness, scales.darkness), speed: within(profile.speed, scales.speed) };
}
