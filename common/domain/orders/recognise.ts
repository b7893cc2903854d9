/** Which platform's file is this, where is its header, and which column carries what? By names, never by position. */
import { headerKey } from './clean.ts';
import { anyTable, profiles, signKeys } from './profiles.ts';
import type { Profile } from './profiles.ts';
import type { ColumnMapping, Field, RawRecord } from './types.ts';

export interface Recognition {
  readonly profile: Profile;
  readonly confidence: number;
  /** Index of the header among the records given. */
  readonly headerIndex: number;
  readonly header: readonly string[];
  readonly mapping: ColumnMapping;
}

/** Titles and notes stand above the header of some exports; deeper than this nobody puts one. */
const headerSearch = 12;

/** How rare a header is among the platforms: one only a single platform uses says more than 订单状态. */
const weights = countSigns();

function countSigns(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const profile of profiles) for (const key of signKeys(profile)) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) counts.set(key, 1 / count);
  return counts;
}

/** The best reading of the first records, or undefined when no record looks like a header with an order number or a receiver. */
export function recognise(records: readonly RawRecord[]): Recognition | undefined {
  let best: (Recognition & { points: number }) | undefined;
  const last = Math.min(records.length, headerSearch);
  for (let index = 0; index < last; index += 1) {
    const record = records[index];
    if (!record) continue;
    const keys = record.cells.map(headerKey);
    const filled = new Set(keys.filter((key) => key !== ''));
    if (filled.size < 2) continue;
    for (const profile of profiles) {
      const mapping = mapColumns(keys, profile);
      if (mapping.number === undefined) continue;
      const { points, share } = score(filled, profile);
      if (share < 0.35 || points < 1.5) continue;
      if (!best || points > best.points) best = { profile, confidence: round(share), headerIndex: index, header: header(record), mapping, points };
    }
    if (best?.headerIndex === index && best.confidence > 0.6) return best;
  }
  if (best) return best;
  return recogniseAnyTable(records.slice(0, last));
}

function score(filled: ReadonlySet<string>, profile: Profile): { points: number; share: number } {
  const signs = signKeys(profile);
  let points = 0;
  let all = 0;
  for (const key of filled) {
    const weight = weights.get(key) ?? 0.4;
    all += weight;
    if (signs.has(key)) points += weight;
  }
  return { points, share: all === 0 ? 0 : points / all };
}

function recogniseAnyTable(records: readonly RawRecord[]): Recognition | undefined {
  let best: Recognition | undefined;
  for (const [index, record] of records.entries()) {
    const keys = record.cells.map(headerKey);
    const mapping = mapColumns(keys, anyTable);
    const found = Object.keys(mapping).length;
    const named = keys.filter((key) => key !== '').length;
    const hasReceiver = mapping.name !== undefined && (mapping.address !== undefined || mapping.receiver !== undefined);
    if (named < 2 || found < 2 || (mapping.number === undefined && !hasReceiver)) continue;
    const confidence = round(Math.min(0.5, (found / named) * 0.5));
    if (!best || confidence > best.confidence) best = { profile: anyTable, confidence, headerIndex: index, header: header(record), mapping };
  }
  return best;
}

function header(record: RawRecord): string[] {
  return record.cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}

/**
 * Column of every field the header names. Each column serves one field: the field whose alias list has it earliest, so that 联系电话
 * is the landline where a 联系手机 stands beside it and the mobile where it stands alone.
 */
export function mapColumns(keys: readonly string[], profile: Profile): ColumnMapping {
  const at = new Map<string, number>();
  for (const [index, key] of keys.entries()) if (key !== '' && !at.has(key)) at.set(key, index);
  const claims: { field: Field; column: number; rank: number; order: number }[] = [];
  for (const [order, field] of (Object.keys(profile.fields) as Field[]).entries()) {
    for (const [rank, alias] of (profile.fields[field] ?? []).entries()) {
      const column = at.get(headerKey(alias));
      if (column !== undefined) claims.push({ field, column, rank, order });
    }
  }
  claims.sort((left, right) => left.rank - right.rank || left.order - right.order);
  const mapping: Partial<Record<Field, number>> = {};
  const taken = new Set<number>();
  for (const claim of claims) {
    if (mapping[claim.field] !== undefined || taken.has(claim.column)) continue;
    mapping[claim.field] = claim.column;
    taken.add(claim.column);
  }
  return mapping;
}
