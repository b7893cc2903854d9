/** Finding the division a text names: chains of names from the outside in, in any place of the text, separators between them or not. */
import type { Division, Divisions, Surface, SurfaceKind } from './divisions.ts';
import { within } from './divisions.ts';
import { foldText, isHan } from './fold.ts';

/** One name of a chain, with its place in the text. */
export interface NamedDivision {
  readonly division: Division;
  readonly kind: SurfaceKind;
  readonly divided: boolean;
  readonly start: number;
  readonly end: number;
}

export interface Chain {
  readonly named: readonly NamedDivision[];
  readonly start: number;
  /** Behind the last name. */
  readonly end: number;
  readonly score: number;
}

/** Character that stands for text already taken by a phone, a label or a note: a chain may not cross it, except `soft`. */
export const taken = '\ue000';
/** A label that was taken out: a chain may go on behind it. */
export const soft = '\ue001';

const separators = new Set([' ', '{', '}', '@', '<', '\n', ',', '，', '、', '/', '-', '_', '·', '.', '。', ';', ':', '|', '\\', '>', '—', soft, '(', ')', '[', ']', '【', '】', '"', "'", '“', '”']);
/** How far apart two names of a chain may stand. */
const widestGap = 6;

const weights: Readonly<Record<SurfaceKind, number>> = { full: 3, inner: 2.6, styled: 2.6, former: 2.4, restyled: 1.9, short: 1.6 };

/** What directly follows a place name without suffix when it is part of a street, a building or a station and no division at all. */
const streetBehind =
  /^(?:[东西南北中上下前后新老内外]{0,2}[一二三四五六七八九十0-9]{0,3}(?:大道|大街|道|路|街(?!道)|巷|胡同|弄|里|支路|横路|环路|高速|桥|公路|立交)|[\u4e00-\u9fff](?:路|道|弄|胡同)(?=[0-9一二三四五六七八九十])|大厦|大楼|大酒店|宾馆|花园|广场|公园|公馆|小区|小镇|新村|村|国际|名都|豪庭|饭店|面馆|小吃|火车站|车站|机场|站|山庄|家园|商城|烘焙|米粉|牛肉|拉面|烤鸭)/;

/** Every chain worth considering, best first. */
export function findChains(text: string, divisions: Divisions): Chain[] {
  const chains: Chain[] = [];
  for (let start = 0; start < text.length - 1; start += 1) {
    if (!isHan(text.charAt(start))) continue;
    extend(text, start, null, [], divisions, chains);
  }
  return chains.filter((chain) => chain.score > 1).sort((a, b) => b.score - a.score || a.start - b.start);
}

function extend(text: string, from: number, inside: Division | null, named: readonly NamedDivision[], divisions: Divisions, out: Chain[]): void {
  const at = inside === null ? from : skipGap(text, from, inside, divisions);
  let extended = false;
  if (at !== undefined && divisions.mayBegin(text.slice(at, at + 2))) {
    const longest = Math.min(divisions.longest, text.length - at);
    for (let length = longest; length >= 2; length -= 1) {
      const words = text.slice(at, at + length);
      for (const surface of divisions.surfaces(words)) {
        if (!mayFollow(surface, words, inside, named) || !standsAlone(text, at + length, length, surface, inside, divisions)) continue;
        extended = true;
        const next: NamedDivision = { division: surface.division, kind: surface.kind, divided: surface.divided, start: at, end: at + length };
        extend(text, at + length, surface.division, [...named, next], divisions, out);
      }
    }
  }
  // A prefix of a chain is kept too: what follows may turn out to be a town of the same name.
  if (named.length > 0 && (!extended || named.some((one) => one.kind === 'full'))) out.push(finished(text, named));
}

/** The position of the next name behind separators and empty table levels, or undefined when too much lies between. */
function skipGap(text: string, from: number, inside: Division, divisions: Divisions): number | undefined {
  let at = from;
  let marks = 0;
  while (at < text.length && at - from - marks <= widestGap && separators.has(text.charAt(at))) {
    if (text.charAt(at) === soft) marks += 1;
    at += 1;
  }
  const filler = /^(?:市辖区|省直辖县级行政区划|自治区直辖县级行政区划|省直辖县级行政单位|直辖县级|省直辖|自治区直辖|县(?=[ /-]))/.exec(text.slice(at, at + 12));
  if (filler) {
    at += filler[0].length;
    while (at < text.length && separators.has(text.charAt(at))) at += 1;
  }
  if (inside.name === '重庆市' && text.charAt(at) === '县' && innerNameAt(text, at + 1, inside, divisions)) at += 1;
  // 新疆生产建设兵团第八师石河子市: the Corps division stands between region and city.
  const corps = inside.name.startsWith('新疆') ? /^(?:(?:生产建设)?兵团)?(?:农|第)?[一二三四五六七八九十]{1,2}师/.exec(text.slice(at, at + 14)) : null;
  if (corps) at += corps[0].length;
  // 河北雄安新区容城县: a zone in front of the division it lies in.
  const zone = /^[\u4e00-\u9fff]{2,6}?(?:新区|开发区|高新区|示范区)/.exec(text.slice(at, at + 10))?.[0];
  if (zone !== undefined && !innerNameAt(text, at, inside, divisions) && innerNameAt(text, at + zone.length, inside, divisions)) at += zone.length;
  return at - from - marks > widestGap + 12 ? undefined : at;
}

function mayFollow(surface: Surface, words: string, inside: Division | null, named: readonly NamedDivision[]): boolean {
  const { division, kind } = surface;
  if (inside === null) return kind !== 'restyled' && kind !== 'inner' && (kind !== 'former' || words.length > 2);
  // The same place said twice (上海 上海市) or in its narrower sense adds nothing, but must not stop the chain.
  if (division === inside) return (kind === 'full' || kind === 'former' || division.level === 'province') && named.filter((one) => one.division === inside).length < 2;
  // 莱芜市钢城区: the former city is a district now, and so is its former district beside it.
  if (named.at(-1)?.kind === 'former' && kind === 'full' && inside.level === 'district' && division.parent === inside.parent) return true;
  if (rank(division) <= rank(inside)) return false;
  // 新区 and 郊区 were names in many cities: beneath a province alone they say nothing.
  if (kind === 'former' && words.endsWith('区') && words.length <= 2 && inside.level === 'province') return false;
  if (within(division, inside)) return true;
  // A former district is named with its former city (荆州市京山县).
  return kind === 'former' && surface.formerParent !== undefined && surface.formerParent === inside;
}

function rank(division: Division): number {
  return division.level === 'province' ? 0 : division.level === 'city' ? 1 : 2;
}

function standsAlone(text: string, end: number, length: number, surface: Surface, inside: Division | null, divisions: Divisions): boolean {
  const behind = text.slice(end, end + 6);
  if (surface.kind === 'short') {
    // 唐山路南区, 庆阳镇原县, 江苏镇江: what looks like a suffix begins the next division.
    if (innerNameAt(text, end, surface.division, divisions)) return true;
    if (streetBehind.test(behind)) return false;
    // 龙华新区 was a zone of its own before it became 龙华区; 成都高新区 lies in Chengdu.
    if (surface.division.level === 'district' && /^(?:新区|开发区|高新|经开|工业园)/.test(behind)) return false;
    // 东城 in 东城街道 is the town, 南山 in 南山镇 too.
    if (/^(?:街道|镇|乡|苏木)/.test(behind)) return false;
    return !/^[州省县区市旗盟](?![\u4e00-\u9fff])/.test(behind) || inside !== null;
  }
  // 易县路 is a street; 唐山市路南区, 莲花县路口镇 and 管城区东大街 are not, so longer names with a suffix are never in doubt.
  if (length > 2 || (surface.kind === 'full' && surface.division.towns.some((town) => text.startsWith(foldText(town), end)))) return true;
  return !/^(?:[东西南北中]?(?:大道|大街|路|街(?!道)))/.test(behind);
}

/** True when a name of a division inside `outer` stands at `from`. */
function innerNameAt(text: string, from: number, outer: Division, divisions: Divisions): boolean {
  if (!divisions.mayBegin(text.slice(from, from + 2))) return false;
  for (let length = Math.min(divisions.longest, text.length - from); length >= 2; length -= 1) {
    if (divisions.surfaces(text.slice(from, from + length)).some((one) => one.kind !== 'restyled' && one.division !== outer && within(one.division, outer))) return true;
  }
  return false;
}

function finished(text: string, named: readonly NamedDivision[]): Chain {
  const first = named[0];
  const last = named.at(-1);
  if (first === undefined || last === undefined) throw new Error('empty chain');
  const seen = new Set<Division>();
  let score = 0;
  for (const one of named) {
    if (seen.has(one.division)) score += 0.3;
    else score += weights[one.kind] + (one.end - one.start) * 0.05;
    seen.add(one.division);
  }
  const before = first.start === 0 ? '' : text.charAt(first.start - 1);
  if (!isHan(before) && !/[A-Za-z0-9]/.test(before)) score += 0.6;
  else if (named.length === 1 && first.kind === 'short') score -= 1.2;
  return { named, start: first.start, end: last.end, score };
}
