/** Which of the parcels that wait are worth looking at a template with: the hardest ones, then those that must leave first. */

export const choiceReasons = ['most_orders', 'longest_address', 'most_goods', 'longest_note', 'rare_characters', 'due_first'] as const;
export type ChoiceReason = (typeof choiceReasons)[number];

/** What makes a parcel hard to print. */
export interface Candidate {
  /** Orders merged in it. */
  readonly orders: number;
  readonly recipient: string;
  readonly address: string;
  /** Lines of goods, and all words on them. */
  readonly lines: number;
  readonly goods: string;
  readonly notes: string;
}

export interface Chosen<T> {
  readonly parcel: T;
  readonly why: readonly ChoiceReason[];
}

/** Anything but the characters of everyday Chinese text: those a font may lack or draw from a coarser face. */
const unusual = /[^\p{ASCII}\u4E00-\u9FA5\u3000-\u303F\uFF00-\uFFEF\u2010-\u2027·°×]/gu;

const letters = (text: string): number => Array.from(text).length;

const measures: Readonly<Record<Exclude<ChoiceReason, 'due_first'>, (of: Candidate) => number>> = {
  most_orders: (of) => (of.orders > 1 ? of.orders : 0),
  longest_address: (of) => letters(of.address),
  most_goods: (of) => of.lines * 10_000 + letters(of.goods),
  longest_note: (of) => letters(of.notes),
  rare_characters: (of) => `${of.recipient}${of.address}${of.goods}${of.notes}`.match(unusual)?.length ?? 0,
};

/** At most `most` of the parcels, which come with the earliest deadline first. The hardest are in it, each once, with every reason it is there for. */
export function chooseParcels<T>(parcels: readonly T[], most: number, candidateOf: (parcel: T) => Candidate): Chosen<T>[] {
  const candidates = parcels.map((parcel) => ({ parcel, candidate: candidateOf(parcel), why: new Set<ChoiceReason>() }));
  for (const [reason, measure] of Object.entries(measures) as [Exclude<ChoiceReason, 'due_first'>, (of: Candidate) => number][]) {
    let hardest: { readonly at: (typeof candidates)[number]; readonly size: number } | undefined;
    for (const at of candidates) {
      const size = measure(at.candidate);
      if (size > (hardest?.size ?? 0)) hardest = { at, size };
    }
    hardest?.at.why.add(reason);
  }
  const room = most - candidates.filter((one) => one.why.size > 0).length;
  for (const one of candidates.filter(({ why }) => why.size === 0).slice(0, Math.max(0, room))) one.why.add('due_first');
  const chosen = candidates.filter((one) => one.why.size > 0).slice(0, most);
  const first = ({ why }: (typeof candidates)[number]): number => Math.min(...[...why].map((reason) => choiceReasons.indexOf(reason)));
  return chosen.sort((left, right) => first(left) - first(right)).map(({ parcel, why }) => ({ parcel, why: choiceReasons.filter((reason) => why.has(reason)) }));
}
