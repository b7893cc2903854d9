/** From a long shop title to a short name for the label: what it is, told apart from the search words around it. */
import { dropped, headCharacters, kinds, lesserKinds, materials, modifyingKinds, setWords } from './title-words.ts';
import type { DropReason } from './title-words.ts';

export const partRoles = ['brand', 'kind', 'material', 'spec', 'set'] as const;
export type PartRole = (typeof partRoles)[number];

/** One part of the title and what became of it. */
export interface TitlePart {
  readonly text: string;
  /** `kept` parts make the short name. */
  readonly kept: boolean;
  readonly as: PartRole | DropReason;
}

export interface TitleSuggestion {
  readonly shortName: string;
  readonly parts: readonly TitlePart[];
  /** 0–1: how sure it is that the packer recognises the thing by it. */
  readonly confidence: number;
}

export interface TitleOptions {
  /** Longest short name, in characters. */
  readonly maxLength?: number;
  /** Brand of the item or of the shop, where known. */
  readonly brand?: string;
}

export const defaultShortNameLength = 12;

type WordType = 'brand' | 'kind' | 'lesser' | 'material' | 'set' | 'spec' | DropReason;

interface Token {
  readonly text: string;
  readonly types: readonly WordType[];
}

const lexicon = new Map<string, WordType[]>();
let longestWord = 0;

function learn(words: readonly string[], type: WordType): void {
  for (const word of words) {
    const key = word.toLowerCase();
    // One character is part of too many other words (夏 in a brand's name).
    if (key.length < 2) continue;
    const known = lexicon.get(key);
    if (known === undefined) lexicon.set(key, [type]);
    else if (!known.includes(type)) known.push(type);
    longestWord = Math.max(longestWord, key.length);
  }
}
learn(kinds, 'kind');
learn(materials, 'material');
learn(setWords, 'set');
learn(lesserKinds, 'lesser');
const modifying = new Set(modifyingKinds);
for (const [reason, words] of Object.entries(dropped)) learn(words, reason as DropReason);

/** An amount a packer counts by: 500g, 1.5L*2, 5双装. Years, model numbers and sun protection factors are none. */
const amount = /^[0-9]+(?:\.[0-9]+)?(?:kg|g|ml|l|cm|mm|斤|克|千克|毫升|升|厘米|寸|双|片|包|袋|瓶|支|个|只|件|条|盒|罐|卷|张|抽|粒|颗|枚|块|根|对)装?(?:[*x×][0-9]+(?:瓶|包|袋|盒|支|罐|卷|片|双|个|条)?装?)?/i;
const year = /^(?:20[0-9]{2}年?(?:新款|新品|春季|夏季|秋季|冬季|春夏|秋冬|款)?)/;
/** Letters and digits that belong together: SPF50+, 316, 6A, B5, type-c. */
const model = /^[a-z0-9][a-z0-9.+#/-]*(?:键|级|度|岁|小时|毫安|瓦|w|v|孔|合一|代|层|格)?/i;

/**
 * Suggests a short name. Pure and quick (about 0.1 ms); an empty title gives an empty name with confidence 0.
 */
export function suggestShortName(title: string, options: TitleOptions = {}): TitleSuggestion {
  const maxLength = options.maxLength ?? defaultShortNameLength;
  const tokens = cut(title, options.brand ?? '');
  if (tokens.length === 0) return { shortName: '', parts: [], confidence: 0 };
  const head = chooseKind(tokens);
  const keep = new Map<number, PartRole>();
  let length = 0;
  const take = (index: number, role: PartRole): boolean => {
    const words = tokens[index]?.text ?? '';
    // An amount is set off by a blank from letters and digits before it.
    const room = words.length + (role === 'spec' ? 1 : 0);
    if (words === '' || length + room > maxLength) return false;
    keep.set(index, role);
    length += room;
    return true;
  };

  let confidence = 0.2;
  if (head === undefined) {
    // Nothing known: the words as they come, as many as fit.
    tokens.forEach((token, index) => {
      if (isOpen(token)) take(index, 'kind');
    });
    if (keep.size === 0) take(0, 'kind');
  } else {
    confidence = head.sure;
    take(head.index, 'kind');
    if (tokens[head.index + 1]?.types.includes('set') === true) take(head.index + 1, 'set');
    for (let index = head.index - 1; index >= 0 && isMaterial(tokens[index]); index -= 1) if (!take(index, 'material')) break;
    tokens.forEach((token, index) => {
      if (token.types[0] === 'spec') take(index, 'spec');
    });
    tokens.forEach((token, index) => {
      if (token.types[0] === 'brand' && length + token.text.length <= maxLength) take(index, 'brand');
    });
  }

  let shortName = '';
  for (const [index] of [...keep].sort(([a], [b]) => a - b)) {
    const words = tokens[index]?.text ?? '';
    shortName += /[A-Za-z0-9]$/.test(shortName) && /^[A-Za-z0-9]/.test(words) ? ` ${words}` : words;
  }
  // Even one word may be longer than the label allows; then its end is the part that names the thing.
  if (keep.size === 0 && head !== undefined) shortName = (tokens[head.index]?.text ?? '').slice(-maxLength);
  if (shortName === '') shortName = title.trim().slice(0, maxLength);
  const parts = tokens.map((token, index): TitlePart => {
    const role = keep.get(index);
    return role === undefined ? { text: token.text, kept: false, as: reasonOf(token) } : { text: token.text, kept: true, as: role };
  });
  return { shortName: shortName.slice(0, maxLength).trim(), parts: merged(parts), confidence };
}

/** Also a thing that is the stuff of the next one: 红薯 in 红薯粉条. */
function isMaterial(token: Token | undefined): boolean {
  return token?.types.includes('material') === true;
}

/** Cuts a title into known words and the rest; the best cut covers most characters with the longest words. */
function cut(title: string, brand: string): Token[] {
  const text = title.normalize('NFKC').replace(/[\s\u200b]+/g, ' ').trim();
  const lower = text.toLowerCase();
  const brandKey = brand.trim().toLowerCase();
  const best: { score: number; from: number; types: readonly WordType[] }[] = [{ score: 0, from: -1, types: [] }];
  const consider = (from: number, to: number, types: readonly WordType[], worth: number): void => {
    const start = best[from];
    if (start === undefined) return;
    const score = start.score + worth;
    const known = best[to];
    if (known === undefined || score > known.score) best[to] = { score, from, types };
  };
  for (let at = 0; at < text.length; at += 1) {
    if (best[at] === undefined) continue;
    if (brandKey.length > 0 && lower.startsWith(brandKey, at)) consider(at, at + brandKey.length, ['brand'], brandKey.length ** 2 + 20);
    for (const [pattern, type] of [[year, 'promotion'], [amount, 'spec'], [model, 'other']] as const) {
      const found = pattern.exec(lower.slice(at, at + 24))?.[0];
      // A word in Latin letters is only whole: no "a" out of "watt".
      // 4G and 5G are networks, 4g is a weight.
      if (type === 'spec' && found !== undefined && /^[2-6]G$/.test(text.slice(at, at + found.length))) continue;
      if (found !== undefined && !(at > 0 && /[a-z0-9]/.test(lower.charAt(at - 1)))) consider(at, at + found.length, [type], type === 'other' ? found.length : found.length ** 2);
    }
    for (let length = Math.min(longestWord, text.length - at); length >= 1; length -= 1) {
      const types = lexicon.get(lower.slice(at, at + length));
      if (types !== undefined && !cutsLatin(lower, at, at + length)) consider(at, at + length, types, length ** 2);
    }
    consider(at, at + 1, [], -2);
  }
  const tokens: Token[] = [];
  for (let at = text.length; at > 0; ) {
    const step = best[at];
    if (step === undefined) break;
    const words = text.slice(step.from, at);
    const next = tokens[0];
    if (step.types.length === 0 && next?.types.length === 0 && /[\p{L}\p{N}]/u.test(words) === /[\p{L}\p{N}]/u.test(next.text)) tokens[0] = { text: words + next.text, types: [] };
    else tokens.unshift({ text: words, types: step.types });
    at = step.from;
  }
  return withBrand(tokens.filter((token) => /[\p{L}\p{N}]/u.test(token.text)).map((token) => ({ ...token, text: token.text.trim() })));
}

function cutsLatin(lower: string, start: number, end: number): boolean {
  const joins = (a: string, b: string): boolean => /[a-z]/.test(a) && /[a-z]/.test(b);
  return joins(lower.charAt(start - 1), lower.charAt(start)) || joins(lower.charAt(end - 1), lower.charAt(end));
}

/** Without a given brand: short unknown words at the very beginning, followed by a promotion word, are the brand's place. */
function withBrand(tokens: Token[]): Token[] {
  const first = tokens[0];
  const second = tokens[1];
  if (first === undefined || second === undefined || tokens.some((token) => token.types[0] === 'brand')) return tokens;
  if (first.types.length > 0 || first.text.length > 6 || second.types[0] !== 'promotion') return tokens;
  return [{ text: first.text, types: ['brand'] }, ...tokens.slice(1)];
}

/**
 * The token that says what the thing is. The first common name counts: titles put it first and its synonyms behind. A lesser name
 * counts when there is none; failing both, unknown words that end like the name of a thing.
 */
function chooseKind(tokens: readonly Token[]): { index: number; sure: number } | undefined {
  const common = tokens.findIndex((token, index) => token.types[0] === 'kind' && !modifiesNext(tokens, index));
  if (common >= 0) return { index: common, sure: 0.9 };
  const lesser = tokens.findIndex((token) => token.types.includes('lesser'));
  const unknown = tokens.findIndex((token) => token.types.length === 0 && token.text.length >= 2 && headCharacters.includes(token.text.slice(-1)));
  if (unknown >= 0 && (lesser < 0 || unknown < lesser)) return { index: unknown, sure: 0.5 };
  if (lesser >= 0) return { index: lesser, sure: 0.7 };
  const any = tokens.findIndex(isOpen);
  return any >= 0 && tokens.length > 1 && tokens.filter(isOpen).length === 1 ? { index: any, sure: 0.35 } : undefined;
}

/** 花茶养生壶, 调料落地厨房置物架: the next thing, perhaps behind words that are left out, is what is sold. */
function modifiesNext(tokens: readonly Token[], index: number): boolean {
  const words = tokens[index]?.text ?? '';
  if (!modifying.has(words)) return false;
  // 火锅味, 芒果口味: a taste, not the thing.
  if (/^(?:口?味|风味)/.test(tokens[index + 1]?.text ?? '')) return true;
  const next = tokens.slice(index + 1, index + 4).find((token) => token.types[0] !== 'scene' && token.types[0] !== 'praise');
  // 绿茶龙井茶 says the same twice.
  return next?.types[0] === 'kind' && ![...words].some((character) => next.text.includes(character));
}

function isOpen(token: Token): boolean {
  return token.types.length === 0 || token.types[0] === 'material' || token.types[0] === 'other';
}

function reasonOf(token: Token): DropReason {
  const type = token.types[0];
  if (type === undefined || type === 'material' || type === 'set' || type === 'spec' || type === 'brand') return 'other';
  return type === 'kind' || type === 'lesser' ? 'synonym' : type;
}

/** Neighbours left out for the same reason are shown as one. */
function merged(parts: readonly TitlePart[]): TitlePart[] {
  const out: TitlePart[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (last !== undefined && !last.kept && !part.kept && last.as === part.as) out[out.length - 1] = { ...last, text: last.text + part.text };
    else out.push(part);
  }
  return out;
}
