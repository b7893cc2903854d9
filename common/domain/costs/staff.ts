/**
 * Packers as the step function they are.
 *
 * parcels per day   = parcels ÷ shipping days of the month
 * crew              = max(minPackers, ⌈parcels per day ÷ (output × (1 + overtime limit))⌉)
 * crew in a peak    = the same with parcels per day × peak factor; the difference is paid as temporary packers
 * overtime parcels  = parcels of the month above crew × output × shipping days, never below 0
 */
import { BP, ceilDiv } from './money.ts';
import type { Staff } from './scenario.ts';

/** What a month has to ship and in how many days. Shipping days = days × covered / length. */
export interface MonthVolume {
  readonly parcels: number;
  readonly items: number;
  /** Shipping days of a full month. */
  readonly days: number;
  /** covered / length: the part of the month that belongs to the period. */
  readonly covered: number;
  readonly length: number;
  /** 1–12, or 0 for a month outside the calendar (the break-even curve): peaks do not apply. */
  readonly number: number;
}

export interface Crew {
  readonly packers: number;
  readonly temporary: number;
  readonly overtimeParcels: number;
  /** Parcels of the month nobody is there to pack: a fixed crew that is too small and no overtime is allowed. */
  readonly beyondCapacity: number;
}

/** Crew of a month. */
export function crewOf(staff: Staff, volume: MonthVolume): Crew {
  const { parcels, days, covered, length } = volume;
  if (covered === 0) return { packers: 0, temporary: 0, overtimeParcels: 0, beyondCapacity: 0 };
  const stretch = BP + (staff.overtime?.maxBp ?? 0);
  const capacity = staff.outputPerDay * days * covered;
  const needed = (factorBp: number) => ceilDiv(parcels * factorBp * length, capacity * stretch);
  const packers = staff.fixedPackers ?? Math.max(staff.minPackers, needed(BP));
  const peak = staff.peaks.find((entry) => entry.month === volume.number);
  const temporary = peak ? Math.max(0, needed(peak.factorBp) - packers) : 0;
  const crew = packers + temporary;
  const normal = Math.floor((crew * capacity) / length);
  const most = Math.floor((crew * capacity * stretch) / (length * BP));
  const above = Math.max(0, parcels - normal);
  return { packers, temporary, overtimeParcels: above, beyondCapacity: Math.max(0, parcels - most) };
}
