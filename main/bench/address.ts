/** `bench address`: how many fields of the pasted samples are read right, beside what npm offers for the same job. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Divisions } from '../../common/domain/addresses/divisions.ts';
import { loadDivisions } from '../../common/domain/addresses/load.ts';
import { parseAddress } from '../../common/domain/addresses/parse.ts';
import { failure } from '../../common/errors.ts';
import { programFolder } from '../platform/node/folders.ts';
import { judge, ownFields, scoreAddress, scoredFields } from './address-score.ts';
import type { ExpectedAddress, ReadAddress } from './address-score.ts';
import { ratio, rounded } from './harness.ts';
import type { BenchCase, BenchValue } from './harness.ts';

type Reader = (text: string) => ReadAddress;

/** sample: the acceptance set. unseen: written without looking at the reader. holdOut: written later, scored once before mending. later: the same once more. examiner, examiner2, examiner3: sets of another hand, each written after the one before was mended. */
const sets = {
  sample: 'test/fixtures/samples/pasted-addresses.json',
  unseen: 'test/fixtures/unseen/addresses.json',
  holdOut: 'test/fixtures/unseen/addresses-holdout.json',
  later: 'test/fixtures/unseen/addresses-later.json',
  examiner: 'test/fixtures/unseen/addresses-examiner.json',
  examiner2: 'test/fixtures/unseen/addresses-examiner-2.json',
  examiner3: 'test/fixtures/unseen/addresses-examiner-3.json',
  packer: 'test/fixtures/unseen/addresses-packer.json',
  packer2: 'test/fixtures/unseen/addresses-packer-2.json',
} as const;

export const bench: BenchCase = {
  about: 'fields of pasted recipient texts read right (acceptance set, unseen set, hold-out), against parsers from npm',
  async run({ note, quick }) {
    const divisions = await loadDivisions();
    const readers = await allReaders(divisions, note);
    const result: Record<string, BenchValue> = {};
    for (const [name, file] of Object.entries(sets)) {
      note(name);
      result[name] = compared(entriesOf(file), readers, divisions, { note, rounds: quick ? 1 : 5 });
    }
    const { texts, parsers, share, bestPeer, bestPeerShare, wrongComparedWithBestPeer, betterThanEveryPeerInEveryField } = result['sample'] as Record<string, BenchValue>;
    // The acceptance set stands at the top too.
    return { texts, parsers, share, bestPeer, bestPeerShare, wrongComparedWithBestPeer, betterThanEveryPeerInEveryField, sets: result } as Record<string, BenchValue>;
  },
};

function compared(entries: readonly ExpectedAddress[], readers: Readonly<Record<string, Reader>>, divisions: Divisions, { note, rounds }: { readonly note: (text: string) => void; readonly rounds: number }): BenchValue {
  const parsers: Record<string, BenchValue> = {};
  let ours = 0;
  let best = { name: '', share: 0 };
  for (const [name, read] of Object.entries(readers)) {
    const result = measured(entries, read, rounds);
    parsers[name] = result;
    const { share } = result;
    if (name === 'packbench') ours = share;
    else if (share > best.share) best = { name, share };
    note(`  ${name} ${(share * 100).toFixed(1)} %`);
  }
  const judged = entries.map((entry) => ({ entry, ...judge(entry, parseAddress(entry.text, divisions)) }));
  const wrongFields = judged.reduce((sum, one) => sum + one.wrong.length, 0);
  return {
    texts: entries.length,
    parsers,
    share: ours,
    bestPeer: best.name,
    bestPeerShare: best.share,
    wrongComparedWithBestPeer: ratio(1 - ours, 1 - best.share),
    betterThanEveryPeerInEveryField: betterEverywhere(parsers),
    ownFieldsShare: rounded(1 - wrongFields / (entries.length * ownFields.length), 4),
    wrong: judged.filter((one) => one.wrong.length > 0).map((one) => `${one.entry.id}: ${one.wrong.join(' ')}${one.sure ? '' : ' (asked)'}`),
    wrongButSure: judged.filter((one) => one.wrong.length > 0 && one.sure).length,
    rightButAsked: judged.filter((one) => one.wrong.length === 0 && !one.sure && one.entry.ambiguous !== true).length,
  };
}

function entriesOf(path: string): ExpectedAddress[] {
  const file = join(programFolder(), path);
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { entries: ExpectedAddress[] }).entries;
  } catch (thrown) {
    throw failure('FILE_UNREADABLE', { file, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

interface Measured {
  readonly [name: string]: BenchValue;
  readonly share: number;
  readonly fields: { readonly [field: string]: BenchValue };
}

function measured(entries: readonly ExpectedAddress[], read: Reader, rounds: number): Measured {
  const right: Record<string, number> = {};
  let wholly = 0;
  let thrown = 0;
  for (const entry of entries) {
    let scores: ReturnType<typeof scoreAddress> | undefined;
    try {
      scores = scoreAddress(entry, read(entry.text));
    } catch {
      thrown += 1;
    }
    for (const field of scoredFields) right[field] = (right[field] ?? 0) + (scores?.[field] === true ? 1 : 0);
    if (scores !== undefined && scoredFields.every((field) => scores[field])) wholly += 1;
  }
  const start = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) {
      try {
        read(`${entry.text} `);
      } catch {
        // counted above
      }
    }
  }
  const microseconds = ((performance.now() - start) * 1000) / (rounds * entries.length);
  const all = Object.values(right).reduce((sum, one) => sum + one, 0);
  return {
    share: rounded(all / (entries.length * scoredFields.length), 4),
    whollyRight: wholly,
    threw: thrown,
    fields: Object.fromEntries(scoredFields.map((field) => [field, rounded((right[field] ?? 0) / entries.length, 4)])),
    microsecondsPerText: rounded(microseconds, 1),
  };
}

function betterEverywhere(parsers: Readonly<Record<string, BenchValue>>): boolean {
  const ours = (parsers['packbench'] as Measured).fields;
  return Object.entries(parsers).every(([name, peer]) => name === 'packbench' || scoredFields.every((field) => Number(ours[field]) >= Number((peer as Measured).fields[field])));
}

/** Our reader and the installed peers; a peer that cannot be loaded is said and left out, but two must be there. */
async function allReaders(divisions: Divisions, note: (text: string) => void): Promise<Record<string, Reader>> {
  const readers: Record<string, Reader> = {
    packbench: (text) => {
      const read = parseAddress(text, divisions);
      return { ...read, phone: read.extension === '' ? read.phone : `${read.phone}-${read.extension}`, rest: read.town + read.detail };
    },
  };
  for (const [name, load] of Object.entries(peers)) {
    try {
      readers[name] = await load();
    } catch (thrown) {
      note(`${name} is not installed: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
  if (Object.keys(readers).length < 3) throw failure('NOT_FOUND', { what: 'bench', id: Object.keys(peers).join(', ') });
  return readers;
}

const load = createRequire(import.meta.url);

/** Fields under their own names. The statistics tables' 市辖区 is read as the municipality, to the peers' favour. */
function asRead(fields: Readonly<Record<string, unknown>>, names: { phone: readonly string[]; district: string; rest: readonly string[] }): ReadAddress {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const province = text('province');
  const city = text('city');
  return {
    name: text('name'),
    phone: names.phone.map(text).find((phone) => phone !== '') ?? '',
    province,
    city: city === '市辖区' || (city === '' && /^(?:北京|天津|上海|重庆)/.test(province)) ? province : city,
    district: text(names.district),
    rest: names.rest.map(text).join(''),
  };
}

const peers: Readonly<Record<string, () => Promise<Reader>>> = {
  async 'zh-address-parse'() {
    const parse = load('zh-address-parse') as (text: string) => Record<string, unknown>;
    return (text) => asRead(parse(text), { phone: ['phone'], district: 'area', rest: ['detail'] });
  },
  async 'address-smart-parse'() {
    const { default: parse } = load('address-smart-parse') as { default: (text: string) => Record<string, unknown> };
    return (text) => asRead(parse(text), { phone: ['phone'], district: 'county', rest: ['street', 'address'] });
  },
  async 'address-parse'() {
    const { default: parser } = load('address-parse') as { default: { parse: (text: string) => Record<string, unknown>[] } };
    return (text) => asRead(parser.parse(text)[0] ?? {}, { phone: ['mobile', 'phone'], district: 'area', rest: ['details'] });
  },
};
