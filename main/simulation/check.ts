/** What must be true, judged by the paper in the printers' trays and not by what the program believes. */
import { reconcile } from '../features/waybills/reconcile.ts';
import { inFlightWindow } from '../features/waybills/service.ts';
import type { Paper } from './printer.ts';
import type { Site } from './site.ts';

export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/**
 * A number on the paper of two parcels (I1), and labels that came out twice without a mark or a person's word. At sites put back
 * to an older state (`restored`) two like labels are a fault of the hand; two parcels for one number never are.
 */
export function judgePaper(paper: readonly Paper[], restored: ReadonlySet<string>): { duplicates: number; violations: Violation[] } {
  const violations: Violation[] = [];
  const parcelOf = new Map<string, string>();
  const marks = new Map<string, Map<number, string>>();
  const attempts = new Set<string>();
  let duplicates = 0;
  for (const label of paper) {
    const known = parcelOf.get(label.number);
    if (known !== undefined && known !== label.parcelId) {
      duplicates += 1;
      violations.push({ invariant: 'I1', what: `${label.number} on ${known} and ${label.parcelId}` });
    }
    parcelOf.set(label.number, known ?? label.parcelId);
    if (attempts.has(label.attemptId)) violations.push({ invariant: 'I4', what: `attempt ${label.attemptId} came out twice` });
    attempts.add(label.attemptId);
    const seen = marks.get(label.number) ?? new Map<number, string>();
    const twin = seen.get(label.mark);
    if (twin !== undefined && !restored.has(label.site) && !restored.has(twin)) violations.push({ invariant: 'I12', what: `two labels of ${label.number} look the same (mark ${label.mark})` });
    seen.set(label.mark, label.site);
    marks.set(label.number, seen);
  }
  return { duplicates, violations };
}

/** Parcels whose paper carries two numbers although nobody voided the first and nothing was restored. */
export function judgeParcels(paper: readonly Paper[], voided: ReadonlySet<string>, restored: ReadonlySet<string>): Violation[] {
  const numbers = new Map<string, Set<string>>();
  for (const label of paper) {
    if (restored.has(label.site) || voided.has(label.number)) continue;
    const known = numbers.get(label.parcelId) ?? new Set<string>();
    known.add(label.number);
    numbers.set(label.parcelId, known);
  }
  return [...numbers].filter(([, set]) => set.size > 1).map(([parcel, set]) => ({ invariant: 'rule 10', what: `${parcel} has ${[...set].join(' and ')}` }));
}

/** Draws that were answered and are not in the database any more (I7). Putting an old image back releases the site from its word. */
export function judgePromises(site: Site): Violation[] {
  if (site.sqlite === undefined) return [];
  const find = site.sqlite.prepare('select parcel_id from waybill_numbers where number = ?').pluck();
  const violations: Violation[] = [];
  for (const [parcelId, number] of site.acknowledged) {
    const found = find.get(number) as string | undefined;
    if (found !== parcelId) violations.push({ invariant: 'I7', what: `${number} of ${parcelId} was answered and is gone from ${site.name}` });
  }
  return violations;
}

/** Every label on paper has an earlier intent with the same bytes in its site's journal (I4). */
export function judgeIntents(site: Site, paper: readonly Paper[]): Violation[] {
  if (site.sqlite === undefined) return [];
  const find = site.sqlite.prepare('select sha256, number, parcel_id from print_attempts where id = ?');
  const violations: Violation[] = [];
  for (const label of paper) {
    if (label.site !== site.name || label.era !== site.era) continue;
    const row = find.get(label.attemptId) as { sha256: string | null; number: string; parcel_id: string } | undefined;
    if (row?.sha256 !== label.sha256 || row.number !== label.number || row.parcel_id !== label.parcelId) {
      violations.push({ invariant: 'I4', what: `label ${label.number} of ${label.parcelId} at ${site.name} has no intent` });
    }
  }
  return violations;
}

/** The product's own reconciliation on a site. */
export async function judgeBooks(site: Site): Promise<Violation[]> {
  if (site.numbers === undefined) return [];
  const { store, witness } = site.numbers;
  const result = await reconcile({ db: store.db, clock: site.clock, remembered: witness.remembered, window: inFlightWindow });
  return result.checks.flatMap((check) => check.breaks.map((one) => ({ invariant: check.id, what: `${site.name}: ${one.what} ${one.number ?? ''} ${one.expected} ${one.found}`.trim() })));
}
