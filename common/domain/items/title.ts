/** From a long shop title to a short name for the label: what it is, told apart from the search words around it. */
import { choices, dropped, headCharacters, kinds, lesserKinds, materials, materialsInFront, modifyingKinds, properties, setWords, tails } from './title-words.ts';
import type { DropReason } from './title-words.ts';

export const partRoles = ['brand', 'kind', 'material', 'property', 'spec', 'set'] as const;
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

type WordType = 'brand' | 'kind' | 'lesser' | 'material' | 'set' | 'spec' | 'property' | DropReason;

interface Token {
  readonly text: string;
  readonly types: readonly WordType[];
  /** A blank, a bracket or a sign stands between it and the next word. */
  readonly apart?: boolean;
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
learn([...materials, ...materialsInFront], 'material');
learn(setWords, 'set');
learn(lesserKinds, 'lesser');
const modifying = new Set(modifyingKinds);
const onlyInFront = new Set(materialsInFront);
for (const [reason, words] of Object.entries(dropped)) learn(words, reason as DropReason);
// Last, so that a word keeps what else it is known as.
learn([...properties, ...choices.flat()], 'property');

const pieces = '双片包袋瓶支个只件条盒罐卷张抽粒颗枚块根对册本棵株贴桶听杯枝朵串盆副提箱丸套撕层';
/** An amount a packer counts by: 500g, 1.5L*2, 5双装, 10册, 12V. Years, model numbers and sun protection factors are none. */
const amount = new RegExp(`^[0-9]+(?:\\.[0-9]+)?(?:kg|g|ml|mah|gb|tb|cc|l|cm|mm|m(?![a-z])|w(?![a-z])|v(?![a-z])|斤|克|千克|公斤|毫升|升|厘米|米|寸|两|瓦|毫安|件套|[${pieces}])装?(?:[*x×][0-9]+[${pieces}]?装?)?`, 'i');
/** A size: 40*60cm, 80x80, 28*42. */
const size = /^[0-9]+(?:\.[0-9]+)?(?:[*x×][0-9]+(?:\.[0-9]+)?){1,2}(?:cm|mm|m|厘米|米)?(?![a-z0-9])/i;
/** 送6块布: what comes with it for nothing. */
const gift = /^[送赠][0-9]+[^\s0-9]{1,3}/;
/** What stands in brackets to sell: 【顺丰包邮】, (拍2件减10元), [直播间专享]. */
const advertising = /^[[({【「『《〈★☆][^\])}】」』》〉★☆]{0,16}(?:包邮|[拍买送减赠券抢]|半价|特价|立省|专享|限时|秒杀|直播|正品|官方|旗舰|爆款|新品|新款|热卖|现货|预售|顺丰|优惠|满)[^\])}】」』》〉★☆]{0,16}[\])}】」』》〉★☆]/;
const year = /^(?:20[0-9]{2}年?(?:新款|新品|春季|夏季|秋季|冬季|春夏|秋冬|款)?)/;
/** What an article is told by in letters and digits: 87键, 6位, A4, E27, XL码, 苹果14, 4K. */
const marking = /^(?:[0-9]+(?:键|孔|位|层|轴|股|目|档)|[ab][3-6](?![a-z0-9])|(?:e14|e27|b22|gu10)(?![a-z0-9])|(?:x{1,4}l|[2-6]xl)码?(?![a-z])|[slm]码|[248]k(?![a-z])|-?[0-9]{2,3}度|m[0-9]{1,2}(?=[*x×])|(?:苹果|iphone|华为|荣耀|小米|红米|三星|vivo|oppo) ?(?:mate|nova|reno|note|[kpsx])? ?[0-9]{1,3}(?:pro ?max|pro|plus|max|ultra)?)/i;
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
    // Nothing known: the words as they come, as many as fit, and how much of it.
    tokens.forEach((token, index) => {
      if (isOpen(token)) take(index, 'kind');
    });
    tokens.forEach((token, index) => {
      if (token.types[0] === 'spec') take(index, 'spec');
    });
    if (keep.size === 0) take(0, 'kind');
  } else {
    confidence = head.sure;
    take(head.index, 'kind');
    if (tokens[head.index + 1]?.types.includes('set') === true) take(head.index + 1, 'set');
    for (const index of tellingApart(tokens, head.index)) if (!take(index, 'material')) break;
    tokens.forEach((token, index) => {
      if (token.types[0] === 'spec') take(index, 'spec');
    });
    tokens.forEach((token, index) => {
      if (token.types[0] === 'brand' && length + token.text.length <= maxLength) take(index, 'brand');
    });
    let more = 0;
    for (const index of propertiesOf(tokens, head.index)) if (more < mostProperties && !keep.has(index) && take(index, 'property')) more += 1;
  }

  let shortName = '';
  // What the title says before the thing stays before it: 静音鼠标, but 机械键盘87键.
  const place = (index: number, role: PartRole): number => (head === undefined ? 0 : role === 'property' && index < head.index ? placeOf.material : placeOf[role]);
  for (const [index] of [...keep].sort(([a, one], [b, other]) => place(a, one) - place(b, other) || a - b)) {
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

/** Whose it is, what it is made of, what it is, how much of it: wherever the title says so. */
const placeOf: Readonly<Record<PartRole, number>> = { brand: 0, material: 1, kind: 2, set: 3, property: 4, spec: 5 };

/**
 * The words that tell the thing from others of its kind, the nearest first: those in front of it (纯棉, 阔腿), also beyond a praise or a season
 * between them (加绒加厚卫衣); failing those, the first material behind it before the title names a second thing (睡衣女秋冬珊瑚绒).
 */
function tellingApart(tokens: readonly Token[], head: number): number[] {
  const found: number[] = [];
  let passed = 0;
  for (let index = head - 1; index >= 0 && passed <= 2; index -= 1) {
    const token = tokens[index];
    if (token === undefined || (token.apart === true && found.length + passed > 0)) break;
    if (passed === 0 ? isMaterial(token) : isStuff(token)) found.push(index);
    else if (token.types[0] === 'praise' || token.types[0] === 'season' || token.types[0] === 'audience') passed += 1;
    else break;
  }
  if (found.length > 0) return found;
  const behind = stuffBehind(tokens, head);
  return behind === undefined ? [] : [behind];
}

/** The first material behind the thing, before the title names a second one. */
function stuffBehind(tokens: readonly Token[], head: number): number | undefined {
  for (let index = head + 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.types[0] === 'kind' || token?.types[0] === 'lesser') return undefined;
    if (isStuff(token)) return index;
  }
  return undefined;
}

/** More would be the title again. */
const mostProperties = 3;

/** Words that say how this thing differs from others of its kind, in the order of the title; none of those it offers as a choice. */
function propertiesOf(tokens: readonly Token[], head: number): number[] {
  const words = (index: number): string => (tokens[index]?.text ?? '').toLowerCase();
  let passed = 0;
  const found = tokens.flatMap((token, index) => {
    const claim = token.types.some(isReason);
    if (index > head && (token.types[0] === 'kind' || token.types[0] === 'lesser' || (claim && !token.types.includes('property')))) passed += 1;
    return token.types.includes('property') && (!claim || (index > head && passed <= 1)) ? [index] : [];
  });
  const stuff = stuffBehind(tokens, head);
  if (stuff !== undefined) found.push(stuff);
  const first = found.filter((index, at) => found.findIndex((other) => words(other) === words(index)) === at);
  return first.filter((index) => !first.some((other) => other !== index && sameChoice(words(index), words(other)))).sort((a, b) => a - b);
}

/** 黑色 and 白色, 100度 and 200度, L码 and XL码: one thing has one of them. */
function sameChoice(one: string, other: string): boolean {
  const kindOf = /(度|孔|位|x*l码?|[sml]码)$/;
  const ending = (word: string): string => (kindOf.exec(word)?.[1] ?? '').replace(/.*[lsm]码?$/, '码');
  return (ending(one) !== '' && ending(one) === ending(other)) || choices.some((group) => group.includes(one) && group.includes(other));
}

/** Materials proper; 儿童 or 无线 far from the thing are search words. */
function isStuff(token: Token | undefined): boolean {
  return token?.types[0] === 'material' && !onlyInFront.has(token.text.toLowerCase());
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
    for (const [pattern, type] of [[advertising, 'promotion'], [gift, 'promotion'], [year, 'promotion'], [size, 'spec'], [amount, 'spec'], [marking, 'property'], [model, 'other']] as const) {
      const found = pattern.exec(lower.slice(at, at + 40))?.[0];
      // A word in Latin letters is only whole: no "a" out of "watt".
      // 4G and 5G are networks, 4g is a weight.
      if (type === 'spec' && found !== undefined && /^[2-6]G$/.test(text.slice(at, at + found.length))) continue;
      if (found !== undefined && !(at > 0 && /[a-z0-9]/.test(lower.charAt(at - 1)))) consider(at, at + found.length, [type], type === 'other' ? found.length : found.length ** 2);
    }
    for (let length = Math.min(longestWord, text.length - at); length >= 1; length -= 1) {
      const types = lexicon.get(lower.slice(at, at + length));
      if (types === undefined || cutsLatin(lower, at, at + length)) continue;
      consider(at, at + length, types, length ** 2);
      // A known word that begins with the tail is worth more: 保温杯 + 水杯, 牛奶 + 糖果.
      if (modifying.has(lower.slice(at, at + length)) && tails.includes(lower.charAt(at + length) || ' ')) consider(at, at + length + 1, ['kind'], length ** 2 + 1);
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
  const said = (token: Token | undefined): boolean => token !== undefined && /[\p{L}\p{N}]/u.test(token.text);
  return withBrand(
    tokens.flatMap((token, index) => (said(token) ? [{ ...token, text: token.text.trim(), apart: !said(tokens[index + 1]) || /\s$/.test(token.text) || /^\s/.test(tokens[index + 1]?.text ?? '') }] : [])),
  );
}

function cutsLatin(lower: string, start: number, end: number): boolean {
  const joins = (a: string, b: string): boolean => /[a-z]/.test(a) && /[a-z]/.test(b);
  return joins(lower.charAt(start - 1), lower.charAt(start)) || joins(lower.charAt(end - 1), lower.charAt(end));
}

/**
 * Without a given brand: titles begin with it. The first unknown word is the brand's place when it stands apart or a known word follows; behind
 * promises and amounts only when it stands apart. A name is short.
 */
function withBrand(tokens: Token[]): Token[] {
  if (tokens.some((token) => token.types[0] === 'brand') || !tokens.some((token) => token.types[0] === 'kind' || token.types[0] === 'lesser')) return tokens;
  const at = tokens.findIndex((token) => !beforeBrand.includes(token.types[0] ?? ''));
  const first = tokens[at];
  const next = tokens[at + 1];
  if (first === undefined || next === undefined || first.types.length > 0 || !/^(?!适用)[\p{Script=Han}A-Za-z·]{2,}$/u.test(first.text)) return tokens;
  if (at > 0 && first.apart !== true && tokens[at - 1]?.apart !== true) return tokens;
  const longest = next.types[0] === 'promotion' || first.apart === true ? 6 : 4;
  return first.text.length <= longest ? tokens.with(at, { ...first, types: ['brand'] }) : tokens;
}
const beforeBrand: readonly string[] = ['promotion', 'service', 'spec'];

/**
 * The token that says what the thing is. The first common name counts: titles put it first and its synonyms behind. A lesser name
 * counts when there is none; failing both, unknown words that end like the name of a thing.
 */
function chooseKind(tokens: readonly Token[]): { index: number; sure: number } | undefined {
  const common = tokens.findIndex((token, index) => token.types[0] === 'kind' && !modifiesNext(tokens, index));
  if (common >= 0) {
    // 精油…护发精油 says the same more exactly.
    const exact = tokens.findIndex((token, index) => index > common && token.types[0] === 'kind' && token.text !== tokens[common]?.text && token.text.endsWith(tokens[common]?.text ?? ' '));
    return { index: exact >= 0 ? exact : common, sure: 0.9 };
  }
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

function isReason(type: WordType): boolean {
  return type in dropped;
}

function reasonOf(token: Token): DropReason {
  const type = token.types[0];
  if (type === undefined || type === 'material' || type === 'property' || type === 'set' || type === 'spec' || type === 'brand') return 'other';
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
