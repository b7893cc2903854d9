/** What reading a pasted recipient text gives, and what may be wrong with an address. Only words and shapes: the page may import it. */

/** Longest street part of a sender address, in characters. */
export const longestDetail = 120;

export const addressProblems = ['missing', 'unknown', 'not-inside', 'form', 'too-long'] as const;
/** missing: nothing there; unknown: no official division of that name; not-inside: it exists, but not in the level above; form: no such number. */
export type AddressProblem = (typeof addressProblems)[number];

export const addressFields = ['name', 'phone', 'phone2', 'province', 'city', 'district', 'town', 'detail', 'note', 'postcode'] as const;
export type AddressField = (typeof addressFields)[number];

export const ambiguityReasons = ['same-name', 'divided', 'same-town', 'two-places', 'phone-run'] as const;
/**
 * same-name: the text names a place that exists several times; divided: a former district whose area now belongs to several;
 * same-town: only a town was named and several districts have one of that name; two-places: two different regions stand in one text;
 * phone-run: digits of the house number and the phone run into each other.
 */
export type AmbiguityReason = (typeof ambiguityReasons)[number];

/** Something the text leaves open. Nothing is chosen; the candidates are complete paths `province/city/district` (or phone numbers). */
export interface Ambiguity {
  readonly field: AddressField;
  readonly reason: AmbiguityReason;
  /** The words of the input it is about. */
  readonly text: string;
  readonly candidates: readonly string[];
}

export const doubtReasons = ['missing', 'inferred', 'renamed', 'masked', 'unusual', 'not-in-table', 'zone', 'short-name'] as const;
/**
 * missing: the text does not say it; inferred: filled from another level that leaves one answer only; renamed: the text uses a former name;
 * masked: stars instead of characters; unusual: it was read, but its form is rare; not-in-table: no official division has that name;
 * zone: a development zone that is no division of its own; short-name: a division named without its suffix.
 */
export type DoubtReason = (typeof doubtReasons)[number];

/** A field the packer should look at, with the reason. */
export interface Doubt {
  readonly field: AddressField;
  readonly reason: DoubtReason;
  readonly text: string;
}

export interface ParsedAddress {
  readonly name: string;
  /** Mobile: digits; landline: `0571-88000001`; masked numbers keep their stars; empty when the text has none. */
  readonly phone: string;
  /** Extension of a landline or of a platform's virtual number, digits only; empty when there is none. */
  readonly extension: string;
  /** A second number, its extension joined with `-`; absent when the text has one number. */
  readonly phone2?: string;
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  readonly detail: string;
  readonly note: string;
  readonly postcode?: string;
  /** 0–1; below 0.6 somebody has to look before a label is printed. */
  readonly confidence: number;
  readonly ambiguities: readonly Ambiguity[];
  readonly doubts: readonly Doubt[];
}
