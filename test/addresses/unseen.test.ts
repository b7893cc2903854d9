/** Recipient texts nobody wrote for the purpose: nearly every field is right, and what is not is never said with confidence. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Divisions } from '../../common/domain/addresses/divisions.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { parseAddress } from '../../common/domain/addresses/parse.ts';
import { judge, ownFields } from '../../main/bench/address-score.ts';
import type { ExpectedAddress } from '../../main/bench/address-score.ts';

const read = (file: string): ExpectedAddress[] => (JSON.parse(readFileSync(`test/fixtures/unseen/${file}`, 'utf8')) as { entries: ExpectedAddress[] }).entries;

describe.each([
  ['unseen', read('addresses.json'), 300],
  ['hold-out', read('addresses-holdout.json'), 100],
  ['later', read('addresses-later.json'), 20],
  ['examiner', read('addresses-examiner.json'), 200],
  ['examiner 2', read('addresses-examiner-2.json'), 94],
  ['examiner 3', read('addresses-examiner-3.json'), 60],
  ['packer', read('addresses-packer.json'), 146],
  ['packer 2', read('addresses-packer-2.json'), 30],
])('%s', (_, entries, count) => {
  let divisions: Divisions;
  beforeAll(async () => {
    divisions = await loadDivisions();
  });
  const judged = () => entries.map((entry) => ({ entry, ...judge(entry, parseAddress(entry.text, divisions)) }));

  it('at least 97 of 100 fields are right', () => {
    expect(entries).toHaveLength(count);
    const wrong = judged().reduce((sum, one) => sum + one.wrong.length, 0);
    expect(1 - wrong / (entries.length * ownFields.length)).toBeGreaterThanOrEqual(0.97);
  });

  it('nothing wrong is said with confidence', () => {
    expect(judged().filter((one) => one.sure && one.wrong.length > 0).map((one) => [one.entry.id, one.wrong])).toEqual([]);
  });

  it('what is right is not asked about, unless it is masked or rare', () => {
    const asked = judged().filter((one) => !one.sure && one.wrong.length === 0 && one.entry.ambiguous !== true && one.entry.weak !== true && !one.entry.text.includes('*'));
    expect(asked.length / entries.length).toBeLessThanOrEqual(0.01);
  });
});
