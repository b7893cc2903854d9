/**
 * A courier's bill, or a cloud warehouse's result file, against what we know and what was agreed (运费对账).
 *
 * expected = price of our weight to our address on the day of shipping. A line is
 * - `ok`         charged within the tolerance of what was expected
 * - `under`      charged less; worth knowing, nothing to claim
 * - `zone`       billed to another province than the label says
 * - `weight`     the charge fits the billed weight, but that is more than ours
 * - `price`      the charge fits neither weight
 * - `duplicate`  the number was billed before, on this bill
 * - `unmatched`  the number is not one of our parcels of the period
 * - `unpriced`   ours, but no price was agreed for it
 * and parcels of ours the bill does not name are listed as `missing`: not billed yet, or never shipped.
 */
import { e4ToFen } from './money.ts';
import { normalizeProvince } from './places.ts';
import type { FreightReason } from './freight.ts';

export interface BillLine {
  /** Row in the file, for people. */
  readonly row: number;
  readonly waybill: string;
  readonly date: string;
  readonly province: string;
  readonly grams: number | null;
  readonly chargedFen: number;
}

export interface ShippedParcel {
  readonly id: string;
  readonly waybill: string;
  readonly date: string;
  readonly province: string;
  readonly city: string;
  readonly grams: number | null;
  readonly items: number;
  readonly cm3: number;
}

/** Agreed price of a parcel in E4, or why there is none. `grams` replaces the parcel's own weight. */
export type Agreed = (parcel: ShippedParcel, grams: number | null, province: string) => { readonly ok: true; readonly e4: number } | { readonly ok: false; readonly reason: FreightReason };

export const verdicts = ['ok', 'under', 'weight', 'zone', 'price', 'duplicate', 'unmatched', 'unpriced'] as const;
export type Verdict = (typeof verdicts)[number];

export interface ReconciledLine extends BillLine {
  readonly verdict: Verdict;
  readonly parcelId: string | null;
  readonly ownGrams: number | null;
  readonly ownProvince: string;
  readonly expectedFen: number | null;
  /** What to ask back: 0 when there is nothing to claim. */
  readonly claimFen: number;
}

export interface Reconciliation {
  readonly lines: readonly ReconciledLine[];
  readonly missing: readonly ShippedParcel[];
  readonly chargedFen: number;
  /** Of the lines that have an expectation. */
  readonly expectedFen: number;
  readonly claimFen: number;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** Compares a bill with the parcels of its period. */
export function reconcile(bill: readonly BillLine[], parcels: readonly ShippedParcel[], agreed: Agreed, toleranceFen = 0): Reconciliation {
  const byNumber = new Map(parcels.map((parcel) => [waybillKey(parcel.waybill), parcel]));
  const seen = new Set<string>();
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  const lines = bill.map((line): ReconciledLine => {
    const key = waybillKey(line.waybill);
    const again = seen.has(key);
    seen.add(key);
    const judged = judge(line, byNumber.get(key), again, agreed, toleranceFen);
    counts[judged.verdict] += 1;
    return judged;
  });
  return {
    lines,
    missing: parcels.filter((parcel) => !seen.has(waybillKey(parcel.waybill))),
    chargedFen: lines.reduce((sum, line) => sum + line.chargedFen, 0),
    expectedFen: lines.reduce((sum, line) => sum + (line.expectedFen ?? 0), 0),
    claimFen: lines.reduce((sum, line) => sum + line.claimFen, 0),
    counts,
  };
}

function judge(line: BillLine, parcel: ShippedParcel | undefined, again: boolean, agreed: Agreed, toleranceFen: number): ReconciledLine {
  const base = { ...line, parcelId: parcel?.id ?? null, ownGrams: parcel?.grams ?? null, ownProvince: parcel?.province ?? '' };
  // a second charge for one number is claimed whole, whatever the first one was
  if (again) return { ...base, verdict: 'duplicate', expectedFen: parcel ? 0 : null, claimFen: parcel ? line.chargedFen : 0 };
  if (!parcel) return { ...base, verdict: 'unmatched', expectedFen: null, claimFen: 0 };
  // a parcel we never weighed is taken at the billed weight: only zone and price can then be judged
  const price = agreed(parcel, parcel.grams ?? line.grams, parcel.province);
  if (!price.ok) return { ...base, verdict: 'unpriced', expectedFen: null, claimFen: 0 };
  const expectedFen = e4ToFen(price.e4);
  const over = line.chargedFen - expectedFen;
  if (Math.abs(over) <= toleranceFen) return { ...base, verdict: 'ok', expectedFen, claimFen: 0 };
  if (over < 0) return { ...base, verdict: 'under', expectedFen, claimFen: 0 };
  return { ...base, verdict: whyOver(line, parcel, agreed, toleranceFen), expectedFen, claimFen: over };
}

function whyOver(line: BillLine, parcel: ShippedParcel, agreed: Agreed, toleranceFen: number): Verdict {
  const fits = (grams: number | null, province: string) => {
    const price = agreed(parcel, grams, province);
    return price.ok && Math.abs(e4ToFen(price.e4) - line.chargedFen) <= toleranceFen;
  };
  const otherZone = line.province !== '' && normalizeProvince(line.province) !== normalizeProvince(parcel.province);
  const heavier = line.grams !== null && parcel.grams !== null && line.grams > parcel.grams;
  if (otherZone && (fits(parcel.grams ?? line.grams, line.province) || (line.grams !== null && fits(line.grams, line.province)))) return 'zone';
  if (heavier && fits(line.grams, parcel.province)) return 'weight';
  return 'price';
}

/** Numbers are compared without blanks, dashes and letter case. */
export function waybillKey(waybill: string): string {
  return waybill.replace(/[\s-]/gu, '').toUpperCase();
}
