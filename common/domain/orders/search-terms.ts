/**
 * What an order is found by. An index term is one word of letters, digits, Han characters and `_`; terms that start with `_` are
 * facets (shop, tab, province, …). Chinese text is cut into pairs of characters, so that any two neighbours find it.
 */

export interface TermSource {
  readonly shopId: string;
  readonly platform: string;
  readonly stage: string;
  readonly flag: string;
  readonly province: string;
  readonly carrierCode: string;
  readonly receiverState: string;
  readonly printed: boolean;
  readonly alarm: string;
  readonly number: string;
  readonly waybill: string;
  readonly platformWaybill: string;
  readonly phone: string;
  readonly phone2: string;
  readonly name: string;
  readonly buyer: string;
  readonly address: string;
  readonly notes: string;
  readonly paidFen: number | null;
  readonly goodsIds: readonly string[];
}

/** First letters of the pinyin of a text; given by the host, because its table is large. */
export type Initials = (text: string) => string;

const other = /[^a-z0-9_\u3400-\u9fff]/g;

/** A word as a term: lower case, nothing but letters, digits, `_` and Han characters. */
export function plainTerm(text: string): string {
  return text.toLowerCase().replace(other, '');
}

export function facet(kind: string, value: string): string {
  const key = `${kind} ${value}`;
  let term = facets.get(key);
  if (term === undefined) {
    term = `_${kind}_${plainTerm(value)}`;
    if (facets.size > 20_000) facets.clear();
    facets.set(key, term);
  }
  return term;
}
/** The same few thousand values come again with every order. */
const facets = new Map<string, string>();

/** Amounts in steps that halve what is left to look at: under 10, 20, 50, 100, 200, … yuan. */
export function amountStep(fen: number): number {
  let step = 0;
  for (const limit of amountLimits) {
    if (fen < limit) return step;
    step += 1;
  }
  return step;
}
const amountLimits = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
export const amountSteps = amountLimits.length + 1;

/** All terms of one order, without repeats. */
export function termsOf(source: TermSource, initials: Initials): string[] {
  const terms = new Set<string>([
    facet('s', source.shopId),
    facet('l', source.platform),
    facet('g', source.stage),
    facet('r', source.receiverState),
    facet('n', source.notes === '' ? '0' : '1'),
    facet('w', source.printed ? '1' : '0'),
  ]);
  if (source.flag !== 'none' && source.flag !== '') terms.add(facet('f', source.flag));
  if (source.province !== '') terms.add(facet('p', source.province));
  if (source.carrierCode !== '') terms.add(facet('c', source.carrierCode));
  if (source.alarm !== '') terms.add('_alarm_1');
  if (source.paidFen !== null) terms.add(facet('a', String(amountStep(source.paidFen))));
  for (const goods of source.goodsIds) terms.add(facet('i', goods));
  addNumber(terms, source.number, beginningOfNumber);
  for (const number of [source.waybill, source.platformWaybill]) addNumber(terms, number, longestBeginning);
  for (const phone of [source.phone, source.phone2]) addPhone(terms, phone);
  addName(terms, source.name, initials);
  addWord(terms, plainTerm(source.buyer), shortestBeginning);
  addPairs(terms, source.buyer);
  addPairs(terms, source.address);
  addPairs(terms, source.notes);
  return [...terms];
}

/**
 * What a word is found by before it is typed out. Up to eleven characters a beginning is a term of its own, because a look through all
 * words that start alike takes the longer the more orders there are; longer ones leave few words to look through.
 */
const shortestBeginning = 4;
const longestBeginning = 11;
/** Shorter beginnings of order numbers would match every order of a month. */
const beginningOfNumber = 8;

function wordTerm(plain: string): Term {
  if (plain.length > longestBeginning) return { term: plain, prefix: true };
  return { term: plain.length < shortestBeginning ? plain : `_b_${plain}` };
}

/** The whole word, and its beginnings of `from` characters and more, as far as letters and digits go: Chinese is found by pairs. */
function addWord(terms: Set<string>, plain: string, from: number): void {
  if (plain === '') return;
  terms.add(wordTerm(plain).term);
  const head = plain.search(/[^a-z0-9_]/);
  const last = Math.min(head === -1 ? plain.length : head, longestBeginning);
  for (let length = from; length <= last; length += 1) terms.add(`_b_${plain.slice(0, length)}`);
}

function addNumber(terms: Set<string>, number: string, from: number): void {
  const plain = plainTerm(number);
  addWord(terms, plain, from);
  addTails(terms, plain);
}

/** People read out the last digits. */
function addTails(terms: Set<string>, plain: string): void {
  for (const length of tailLengths) if (plain.length > length) terms.add(`_e_${plain.slice(-length)}`);
}
const tailLengths = [4, 6, 8];

function addPhone(terms: Set<string>, phone: string): void {
  if (phone === '' || phone.includes('*')) return;
  const digits = phone.replace(/\D/g, '');
  if (digits === '') return;
  terms.add(`_t_${digits}`);
  // Of a virtual number the part before the extension is what is printed and asked for.
  const base = phone.split('-').length > 1 && /^1\d{10}-/.test(phone) ? phone.slice(0, 11) : digits;
  if (base !== digits) terms.add(`_t_${base}`);
  terms.add(`_e_${base.slice(-4)}`);
}

function addName(terms: Set<string>, name: string, initials: Initials): void {
  const plain = plainTerm(name);
  if (plain === '') return;
  addWord(terms, plain, shortestBeginning);
  for (const character of plain) if (isHan(character)) terms.add(character);
  addPairs(terms, name);
  const letters = initials(name);
  if (letters.length >= 2) terms.add(`_y_${letters}`);
}

/** Pairs of neighbouring Han characters. */
function addPairs(terms: Set<string>, text: string): void {
  for (const pair of pairsOf(text)) terms.add(pair);
}

function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (let index = 0; index + 1 < text.length; index += 1) {
    if (isHanCode(text.charCodeAt(index)) && isHanCode(text.charCodeAt(index + 1))) pairs.push(text.slice(index, index + 2));
  }
  return pairs;
}

function isHanCode(code: number): boolean {
  return code >= 0x3400 && code <= 0x9fff;
}

function isHan(character: string): boolean {
  return isHanCode(character.charCodeAt(0));
}

/** A condition over terms: all of `all`, and of every list in `any` at least one alternative, each an AND of terms. */
export interface Match {
  readonly all: readonly Term[];
  readonly any: readonly (readonly (readonly Term[])[])[];
}
export interface Term {
  readonly term: string;
  /** Every term that starts like this. */
  readonly prefix?: boolean;
}

/** True when an order with these terms fits: what the index says, of one order. */
export function holdsMatch(match: Match, terms: readonly string[]): boolean {
  const own = new Set(terms);
  const holds = ({ term, prefix }: Term): boolean => (prefix ? terms.some((one) => one.startsWith(term)) : own.has(term));
  return match.all.every(holds) && match.any.every((alternatives) => alternatives.some((all) => all.every(holds)));
}

/** Goods whose name holds a word; looked up in the table of goods, which is small. */
export type GoodsLookup = (word: string) => readonly string[];

/** The words of a search box as conditions. A word nothing can match gives an alternative list that is empty. */
export function searchMatch(search: string, goods: GoodsLookup): Match['any'] {
  const words = search.trim().split(/[\s,，;；]+/).filter((word) => word !== '').slice(0, 8);
  return words.map((word) => alternatives(word, goods));
}

function alternatives(word: string, goods: GoodsLookup): (readonly Term[])[] {
  const plain = plainTerm(word);
  const found: (readonly Term[])[] = goods(word).map((id) => [{ term: facet('i', id) }]);
  if (plain === '') return found;
  if (/^\d+$/.test(plain)) return [...found, ...digitAlternatives(plain)];
  if (/[\u3400-\u9fff]/.test(plain)) {
    const pairs = pairsOf(plain);
    if (pairs.length === 0) found.push([wordTerm(plain)]);
    else found.push(pairs.map((term) => ({ term })));
    return found;
  }
  found.push([wordTerm(plain)]);
  if (/^[a-z]{2,8}$/.test(plain)) found.push([{ term: `_y_${plain}`, prefix: true }]);
  return found;
}

function digitAlternatives(digits: string): (readonly Term[])[] {
  const found: (readonly Term[])[] = [];
  if (tailLengths.includes(digits.length)) found.push([{ term: `_e_${digits}` }]);
  if (digits.length >= 5) found.push([{ term: `_t_${digits}`, prefix: digits.length < 11 }]);
  if (digits.length >= beginningOfNumber) found.push([wordTerm(digits)]);
  return found;
}
