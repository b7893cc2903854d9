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

/** Names everybody gives such columns in a table of their own: a platform that uses one too is not told by it. */
const everyday = new Set(['收件人姓名', '收件人电话', '收件人地址', '收件人', '收件人手机号', '规格', '商品', '收货人', '手机', '区域编码', '条形码', '区', '市', '省', '街道', '单位', '货号', '型号', '邮编', '用户备注', '订单类型', '支付方式', 'SKU名称'].map(headerKey));

/** How rare a header is among the platforms: one only a single platform uses says more than 订单状态. */
const weights = countSigns();

function countSigns(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const profile of profiles) for (const key of signKeys(profile)) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [key, count] of counts) counts.set(key, Math.min(1 / count, everyday.has(key) ? 0.25 : 1));
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
  for (const [index, lower] of records.entries()) {
    const upper = records[index - 1];
    const both = upper === undefined || lower.cells.some((cell) => /\d{7,}/.test(cell)) ? lower : twoRows(upper, lower);
    best = better(best, namedColumns(both) > namedColumns(lower) ? both : lower, index);
  }
  return best;
}

function namedColumns(record: RawRecord): number {
  return Object.keys(mapColumns(record.cells.map(headerKey), anyTable)).length;
}

/** A header in two rows, a group (收件信息) above its columns (姓名, 电话, 地址): the names of the lower row, with the group before those that say nothing alone. */
function twoRows(upper: RawRecord, lower: RawRecord): RawRecord {
  const known = (name: string): boolean => Object.keys(mapColumns([headerKey(name)], anyTable)).length > 0;
  let group = '';
  const width = Math.max(upper.cells.length, lower.cells.length);
  const cells = Array.from({ length: width }, (_, column) => {
    const above = upper.cells[column]?.trim() ?? '';
    const name = lower.cells[column]?.trim() ?? '';
    if (above !== '') group = above;
    if (name === '') return above;
    const whole = `${group.replace(/(?:信息|资料|详情|明细|内容)$/, '')}${name}`;
    return !known(name) && known(whole) ? whole : name;
  });
  return { ...lower, cells };
}

function better(best: Recognition | undefined, record: RawRecord, index: number): Recognition | undefined {
  const keys = record.cells.map(headerKey);
  const mapping = mapColumns(keys, anyTable);
  const found = Object.keys(mapping).length;
  const named = keys.filter((key) => key !== '').length;
  const hasReceiver = mapping.receiver !== undefined || (mapping.name !== undefined && mapping.address !== undefined);
  if (named < 2 || found < 2 || (mapping.number === undefined && !hasReceiver)) return best;
  const confidence = round(Math.min(0.5, (found / named) * 0.5));
  return best && confidence <= best.confidence ? best : { profile: anyTable, confidence, headerIndex: index, header: header(record), mapping };
}

function header(record: RawRecord): string[] {
  return record.cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}

/** A header that fits only in part stands behind every one that fits. */
const looseRank = 1000;

/**
 * Column of every field the header names. Each column serves one field: the field whose alias list has it earliest, so that 联系电话
 * is the landline where a 联系手机 stands beside it and the mobile where it stands alone.
 */
export function mapColumns(keys: readonly string[], profile: Profile): ColumnMapping {
  const at = new Map<string, { readonly column: number; readonly loose: number }>();
  const put = (key: string, column: number, loose: number): void => {
    const known = at.get(key);
    if (key !== '' && (known === undefined || loose < known.loose)) at.set(key, { column, loose });
  };
  for (const [index, key] of keys.entries()) put(key, index, 0);
  // 收件人手机/固话, 重量(kg): the first of several words, or the words without a remark, when nothing is called so exactly.
  for (const [index, key] of keys.entries()) {
    const short = key.split('/')[0]?.replace(/\([^()]*\)$/, '') ?? '';
    if (short !== key && short.length >= 2) put(short, index, looseRank);
  }
  const claims: { field: Field; column: number; rank: number; order: number }[] = [];
  for (const [order, field] of (Object.keys(profile.fields) as Field[]).entries()) {
    for (const [rank, alias] of (profile.fields[field] ?? []).entries()) {
      const found = at.get(headerKey(alias));
      if (found !== undefined) claims.push({ field, column: found.column, rank: rank + found.loose, order });
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
