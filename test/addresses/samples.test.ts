/** The pasted samples as acceptance: every field, the open questions, notes, postcodes, second numbers. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import type { Divisions } from '../../common/domain/addresses/divisions.ts';
import { parseAddress } from '../../common/domain/addresses/parse.ts';
import { scoreAddress, scoredFields } from '../../main/bench/address-score.ts';
import type { ExpectedAddress } from '../../main/bench/address-score.ts';

const { entries } = JSON.parse(readFileSync('test/fixtures/samples/pasted-addresses.json', 'utf8')) as { entries: ExpectedAddress[] };

describe('the pasted samples', () => {
  let divisions: Divisions;
  beforeAll(async () => {
    divisions = await loadDivisions();
  });

  it('are there', () => expect(entries.length).toBe(150));

  it.each(entries.map((entry) => [entry.id, entry] as const))('%s is read right', (_, entry) => {
    const read = parseAddress(entry.text, divisions);
    const phone = read.extension === '' ? read.phone : `${read.phone}-${read.extension}`;
    const scores = scoreAddress(entry, { ...read, phone, rest: read.town + read.detail });
    expect(scoredFields.filter((field) => !scores[field])).toEqual([]);
    expect([entry.town ?? '', ...(entry.accept?.['town'] ?? [])]).toContain(read.town);
    expect(read.note).toBe(entry.remark ?? '');
    expect(read.postcode ?? '').toBe(entry.postcode ?? '');
    expect(read.phone2 ?? '').toBe(entry.phone2 ?? '');
    expect(read.ambiguities.length > 0).toBe(entry.ambiguous === true);
    if (entry.ambiguous === true) {
      expect(read.ambiguities[0]?.candidates.toSorted()).toEqual(entry.candidates?.toSorted());
      expect(read.confidence).toBeLessThan(0.6);
    } else if (!entry.tags.includes('masked')) expect(read.confidence).toBeGreaterThanOrEqual(0.6);
  });
});
