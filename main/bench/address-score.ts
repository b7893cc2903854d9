/** Comparing what a parser read with what the sample says, field by field, by the rules of the samples. */
import type { ParsedAddress } from '../../common/domain/addresses/types.ts';

export interface ExpectedAddress {
  readonly id: string;
  readonly text: string;
  readonly name: string;
  readonly phone: string;
  readonly phone2?: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town?: string;
  readonly detail: string;
  readonly postcode?: string;
  readonly remark?: string;
  readonly accept?: Readonly<Record<string, readonly string[]>>;
  readonly ambiguous?: boolean;
  readonly candidates?: readonly string[];
  /** It may be right and still be marked doubtful. */
  readonly weak?: boolean;
  readonly tags: readonly string[];
}

/** The fields every parser has in some form. */
export interface ReadAddress {
  readonly name: string;
  readonly phone: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  /** Town and detail in one, as parsers cut them differently. */
  readonly rest: string;
}

export const scoredFields = ['name', 'phone', 'province', 'city', 'district', 'rest'] as const;
export type ScoredField = (typeof scoredFields)[number];

/** Which fields are right. Spaces and punctuation do not count in `rest`; other right answers of the sample do. */
export function scoreAddress(expected: ExpectedAddress, read: ReadAddress): Record<ScoredField, boolean> {
  const answers = (field: 'name' | 'phone' | 'province' | 'city' | 'district' | 'town' | 'detail'): readonly string[] => [expected[field] ?? '', ...(expected.accept?.[field] ?? [])];
  const rests = answers('town').flatMap((town) => answers('detail').map((detail) => bare(town + detail)));
  return {
    name: answers('name').includes(read.name),
    phone: answers('phone').includes(read.phone),
    province: answers('province').includes(read.province),
    city: answers('city').includes(read.city),
    district: answers('district').includes(read.district),
    rest: rests.includes(bare(read.rest)),
  };
}

export const ownFields = ['name', 'phone', 'phone2', 'province', 'city', 'district', 'town', 'rest', 'note'] as const;
export type OwnField = (typeof ownFields)[number];

/** Everything our reader says of a text: the fields it has wrong, and whether it asks somebody to look. */
export interface Judged {
  readonly wrong: readonly (OwnField | 'candidates')[];
  /** Confident enough to be taken without a look. */
  readonly sure: boolean;
}

/** Judges a whole reading; town and note count here, as peers have none. */
export function judge(expected: ExpectedAddress, read: ParsedAddress): Judged {
  const phone = read.extension === '' ? read.phone : `${read.phone}-${read.extension}`;
  const scores: Record<OwnField, boolean> = {
    ...scoreAddress(expected, { ...read, phone, rest: read.town + read.detail }),
    phone2: (read.phone2 ?? '') === (expected.phone2 ?? ''),
    town: [expected.town ?? '', ...(expected.accept?.['town'] ?? [])].includes(read.town),
    note: [expected.remark ?? '', ...(expected.accept?.['remark'] ?? [])].map(bare).includes(bare(read.note)),
  };
  const asked = expected.ambiguous !== true || same(read.ambiguities[0]?.candidates ?? [], expected.candidates ?? []);
  return { wrong: [...ownFields.filter((field) => !scores[field]), ...(asked ? [] : (['candidates'] as const))], sure: read.confidence >= sureFrom };
}

/** Below it somebody has to look before a label is printed. */
const sureFrom = 0.6;

function same(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
}

/** Letters, digits and Han characters only, full-width ones as half-width. */
export function bare(text: string): string {
  return text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}
