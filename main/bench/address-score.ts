/** Comparing what a parser read with what the sample says, field by field, by the rules of the samples. */

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

/** Letters, digits and Han characters only. */
export function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}
