import type { PrinterProfile } from '../types.ts';
import type { ActorTuning } from './types.ts';

/** Faster than any printer of this class (8 inch/s), so an "idle" before this time means that the label has not begun. */
const fastestMillimetresPerSecond = 203;

/** The product's times for a printer, with what the caller overrides. */
export function actorTuning(profile: PrinterProfile, change: Partial<ActorTuning> = {}): ActorTuning {
  const lengthMillimetres = (profile.media.heightMicrometres + profile.media.gapMicrometres) / 1000;
  return {
    window: 1,
    statusTimeoutMs: 400,
    pollMs: 120,
    completionTimeoutMs: 20_000,
    busyTimeoutMs: 120_000,
    idleCloseMs: 2_000,
    lateEvidenceMs: 300_000,
    minimumLabelMs: Math.round((lengthMillimetres / fastestMillimetresPerSecond) * 1000),
    stallMs: 3_000,
    ...change,
  };
}
