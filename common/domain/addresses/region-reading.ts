/** From chains to one answer: which division the text means, with its town, or which ones it may mean. */
import type { Division, Divisions } from './divisions.ts';
import { lineage, pathOf, within } from './divisions.ts';
import type { CutText } from './pieces.ts';
import { findChains, soft } from './regions.ts';
import type { Chain, NamedDivision } from './regions.ts';
import { townByForm, townRestyled, townsAt } from './towns.ts';
import type { Ambiguity, Doubt } from './types.ts';

export interface RegionReading {
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly town: string;
  /** The part of the text the region and town take, and where the address goes on. */
  readonly start: number;
  readonly end: number;
  /** Outer divisions the text says once more at the beginning of another piece. */
  readonly said: readonly { readonly start: number; readonly end: number }[];
  /** Words inside that part that no division stands for (第八师; an unsettled former district). */
  readonly leftover: string;
  readonly ambiguities: readonly Ambiguity[];
  readonly doubts: readonly Doubt[];
  /** 0–1. */
  readonly confidence: number;
}

/** Where the divisions of the Production and Construction Corps have their city; the eleventh and twelfth sit in Urumqi. */
const corpsCities: Readonly<Record<string, string>> = {
  一: '阿拉尔市', 二: '铁门关市', 三: '图木舒克市', 四: '可克达拉市', 五: '双河市', 六: '五家渠市', 七: '胡杨河市', 八: '石河子市', 九: '白杨市', 十: '北屯市',
  十一: '乌鲁木齐市', 十二: '乌鲁木齐市', 十三: '新星市', 十四: '昆玉市',
};

/** 农八师石河子市, 兵团第十师北屯市: the Corps division in front of its city. */
const corpsAtEnd = /(?:(?:生产建设)?兵团|农|第)(?:农|第)?(?:十[一二三四]|[一二三四五六七八九十])师$/;

/** Zones that are no division, and the pseudo levels of some platforms between district and town (全境, 三环以内). */
const zoneWords = /^(?:全境|城区(?!街道)|[内二三四五六]环(?:以内|以外|到[三四五六]环(?:之间)?)|[\u4e00-\u9fff]{0,8}?(?:高新技术产业开发区|高新技术开发区|经济技术开发区|技术开发区|经济开发区|高新区|经开区|开发区|产业园区|工业园区|保税区|示范区|新区|度假区|航空港区|空港区|综合实验区|实验区|管理区|旅游区|风景名胜区|风景区|保税港区|合作区|集聚区|新片区|自贸区|自由贸易试验区|自贸试验区|生态城|科学城|管委会))/;

/** Reads the region of a cut text, or undefined when it names none. */
export function readRegion(cut: CutText, divisions: Divisions): RegionReading | undefined {
  const chains = findChains(cut.work, divisions).filter((chain) => believable(chain, cut));
  const best = strongest(chains, cut);
  if (best === undefined) return readTownOnly(cut, divisions);
  const same = chains.filter((chain) => chain.start === best.start && chain.end === best.end && chain.score > best.score - 0.01);
  const deepest = [...new Set(same.map(last).map((one) => one.division))];
  return settle(cut, best, chains, deepest, divisions);
}

function last(chain: Chain): NamedDivision {
  const named = chain.named.at(-1);
  if (named === undefined) throw new Error('empty chain');
  return named;
}

/** Not a chain inside a person's name: a labelled one, or a bare short name with hardly anything around it (平谷雨, 云南枝). */
function believable(chain: Chain, cut: CutText): boolean {
  const piece = cut.pieces.find((one) => one.start <= chain.start && chain.start < one.end);
  if (piece === undefined) return false;
  if (piece.role === 'name' || piece.role === 'phone' || piece.role === 'note') return false;
  const first = chain.named[0];
  // 滨海金融街东区: a name every building may have is a district only where its city stands before it or nothing does.
  if (chain.named.length === 1 && first !== undefined && first.end - first.start === 2 && first.kind === 'full' && first.division.name.endsWith('区') && chain.start > piece.start) return false;
  if (chain.named.length > 1 || first === undefined || first.kind === 'full' || first.kind === 'styled') return true;
  const around = piece.end - piece.start - (chain.end - chain.start);
  if (around === 0) return true;
  const rest = cut.work.slice(chain.end, piece.end);
  return around > 2 && (/[0-9号路街巷道村镇乡]/.test(rest) || zoneWords.test(rest));
}

/** The best chain; one in a labelled address goes before all others. */
function strongest(chains: readonly Chain[], cut: CutText): Chain | undefined {
  const labelled = chains.filter((chain) => {
    const role = cut.pieces.find((one) => one.start <= chain.start && chain.start < one.end)?.role;
    return role === 'address' || role === 'region' || role === 'detail';
  });
  return labelled[0] ?? chains[0];
}

/** Candidates that are all inside one of them say no more than that one. */
function outermost(candidates: readonly Division[]): readonly Division[] {
  const outer = candidates.find((one) => candidates.every((other) => within(other, one)));
  return outer === undefined ? candidates : [outer];
}

function settle(cut: CutText, best: Chain, chains: readonly Chain[], deepest: readonly Division[], divisions: Divisions): RegionReading {
  const ambiguities: Ambiguity[] = [];
  const doubts: Doubt[] = [];
  let confidence = 1;
  let end = best.end;
  let candidates = deepest;

  // The region said a second time, perhaps deeper (所在地区 … 详细地址 …).
  for (let round = 0; round < 2; round += 1) {
    const from = skipSeparators(cut.work, end);
    const again = chains.find((chain) => chain.start === from && candidates.some((one) => within(last(chain).division, one) || within(one, last(chain).division)) && chain.named.some((one) => one.kind === 'full'));
    if (again === undefined) break;
    const deeper = candidates.filter((one) => within(last(again).division, one));
    if (deeper.length > 0) candidates = [last(again).division];
    else candidates = candidates.filter((one) => within(one, last(again).division));
    end = again.end;
  }

  // The town: it settles a name that exists several times, and may tell the district the text leaves out.
  // A zone that is no division may stand before the town (成都市天府新区华阳街道); its words stay in the detail.
  const zone = zoneWords.exec(cut.work.slice(skipSeparators(cut.work, end)))?.[0] ?? '';
  const zoneEnd = skipSeparators(cut.work, skipSeparators(cut.work, end) + zone.length);
  const behindZone = zone !== '' && candidates.some((one) => townsAt(cut.work.slice(zoneEnd), one).length > 0);
  let townAt = behindZone ? zoneEnd : skipSeparators(cut.work, end);
  let rest = cut.work.slice(townAt);
  let town = '';
  let hits = candidates.flatMap((candidate) => townsAt(rest, candidate));
  // 余杭区临平街道: a district that still exists gave some of its towns to another one.
  const parted = hits.length > 0 ? [] : candidates.flatMap((candidate) => divisions.partedTo(candidate)).flatMap((heir) => townsAt(rest, heir));
  if (new Set(parted.map((hit) => hit.division)).size === 1) {
    hits = parted;
    doubts.push({ field: 'district', reason: 'renamed', text: cut.raw.slice(last(best).start, last(best).end) });
    confidence = Math.min(confidence, 0.8);
  }
  // 余杭区临平南苑街道, 巢湖市无为县: where the town should stand, another division is named.
  const beside = hits.length > 0 ? undefined : divisionBeside(rest, candidates, divisions);
  if (beside?.town === true) {
    doubts.push({ field: 'district', reason: 'inferred', text: cut.raw.slice(townAt, townAt + beside.length) });
    confidence = Math.min(confidence, 0.7);
    townAt += beside.length;
    rest = cut.work.slice(townAt);
    hits = townsAt(rest, beside.division);
  } else if (beside !== undefined) {
    ambiguities.push({ field: 'city', reason: 'two-places', text: cut.raw.slice(townAt, townAt + beside.length), candidates: [...candidates.map(pathOf), pathOf(beside.division)] });
    confidence = Math.min(confidence, 0.5);
  }
  const longest = Math.max(0, ...hits.map((hit) => hit.length));
  const towns = hits.filter((hit) => hit.length === longest);
  const firstTown = towns[0];
  if (firstTown !== undefined) {
    town = firstTown.name;
    end = townAt + firstTown.length;
    const places = [...new Set(towns.map((hit) => hit.division))];
    const place = places[0];
    if (places.length === 1 && place !== undefined) {
      if (!candidates.includes(place)) {
        doubts.push({ field: lineage(place).district === null ? 'city' : 'district', reason: 'inferred', text: town });
        confidence = Math.min(confidence, 0.85);
      } else if (candidates.length > 1) {
        doubts.push({ field: 'city', reason: 'inferred', text: town });
        confidence = Math.min(confidence, 0.85);
      }
      candidates = [place];
    } else if (candidates.length > 1) {
      candidates = places;
    } else {
      ambiguities.push({ field: 'district', reason: 'same-town', text: town, candidates: places.map(pathOf) });
      confidence = Math.min(confidence, 0.55);
    }
  } else {
    candidates = outermost(candidates);
    const formed = candidates.length > 0 && zone === '' ? (townByForm(rest) ?? candidates.map((one) => townRestyled(rest, one)).find((one) => one !== undefined)) : undefined;
    if (formed !== undefined) {
      town = cut.raw.slice(townAt, townAt + formed.length);
      end = townAt + formed.length;
      doubts.push({ field: 'town', reason: 'not-in-table', text: town });
      confidence = Math.min(confidence, 0.9);
    }
  }

  const corpsBefore = corpsAtEnd.exec(cut.work.slice(Math.max(0, best.start - 14), best.start))?.[0] ?? '';
  let leftover = corpsBefore + uncovered(cut, best) + (behindZone ? zone : '');
  const common = commonPart(candidates);
  const finalName = last(best);
  if (candidates.length > 1) {
    ambiguities.push({
      field: common.city === '' ? 'city' : 'district',
      reason: finalName.divided ? 'divided' : 'same-name',
      text: cut.raw.slice(finalName.start, finalName.end),
      candidates: candidates.map(pathOf),
    });
    confidence = Math.min(confidence, 0.4);
    // What is not settled must not vanish: the words of a level the candidates do not share go into the detail.
    const shown = [common.province, common.city, common.district].includes(finalName.division.name);
    if (!shown) leftover += cut.raw.slice(finalName.start, finalName.end);
  }
  for (const named of best.named) {
    const field = named.division.level;
    const text = cut.raw.slice(named.start, named.end);
    if (named.kind === 'former' || named.kind === 'restyled') {
      doubts.push({ field, reason: named.division.zone ? 'short-name' : 'renamed', text });
      confidence = Math.min(confidence, 0.85);
    } else if (named.kind === 'short' && named.division.level === 'district') {
      doubts.push({ field, reason: 'short-name', text });
      confidence = Math.min(confidence, best.named.length > 1 ? 0.85 : 0.65);
    }
  }
  const other = chains.find((chain) => (chain.start >= best.end || chain.end <= best.start) && chain.named.filter((one) => one.kind === 'full').length >= 2 && !candidates.some((one) => within(last(chain).division, one) || within(one, last(chain).division)));
  if (other !== undefined) {
    ambiguities.push({ field: 'city', reason: 'two-places', text: cut.raw.slice(other.start, other.end), candidates: [...candidates.map(pathOf), pathOf(last(other).division)] });
    confidence = Math.min(confidence, 0.5);
  }

  let { province, city, district } = common;
  const only = candidates[0];
  // A municipality is province and city in one.
  if (candidates.length === 1 && only?.level === 'province' && only.children.length === 1 && only.children[0]?.name === only.name) {
    city = only.name;
  }
  if (province.startsWith('新疆') && city === '') {
    const corps = /^(?:(?:生产建设)?兵团)?(?:农|第)?(十[一二三四]|[一二三四五六七八九十])师/.exec(leftover + cut.work.slice(end));
    const seat = corps === null ? undefined : corpsCities[corps[1] ?? ''];
    if (seat !== undefined) {
      city = seat;
      doubts.push({ field: 'city', reason: 'inferred', text: corps?.[0] ?? '' });
      confidence = Math.min(confidence, 0.75);
    }
  }
  if (district === '' && city !== '' && candidates.length === 1 && (candidates[0]?.children.length ?? 0) > 0 && !ambiguities.some((one) => one.field === 'district')) {
    doubts.push(zone === '' ? { field: 'district', reason: 'missing', text: '' } : { field: 'district', reason: 'zone', text: zone });
    confidence = Math.min(confidence, zone === '' ? 0.8 : 0.85);
  }
  if (province !== '' && city === '' && candidates.length === 1) {
    doubts.push({ field: 'city', reason: 'missing', text: '' });
    // Hong Kong and Macau are found without their areas; a whole province is not.
    confidence = Math.min(confidence, /^(?:香港|澳门)/.test(province) ? 0.75 : 0.5);
  }
  // 山东大学 is a name of its own; before a street it is only said twice.
  const said = chains.filter((chain) => only !== undefined && chain.end <= best.start && /^[\u4e00-\u9fff]{1,8}?(?:路|街|大道|巷|胡同|弄)/.test(cut.work.slice(chain.end)) && last(chain).division !== only && within(only, last(chain).division)).sort((a, b) => b.end - a.end);
  return { province, city, district, town, start: best.start - corpsBefore.length, end, said, leftover, ambiguities, doubts, confidence };
}

/**
 * Another district of the province at the beginning of `rest`: with one of its towns behind it (then also by its short name, beneath the same city), or by
 * its whole name.
 */
function divisionBeside(rest: string, candidates: readonly Division[], divisions: Divisions): { division: Division; length: number; town: boolean } | undefined {
  if (!divisions.mayBegin(rest.slice(0, 2))) return undefined;
  const known = candidates[0];
  if (known === undefined || candidates.some((one) => one.level !== 'district')) return undefined;
  for (let length = Math.min(divisions.longest, rest.length); length >= 2; length -= 1) {
    const words = rest.slice(0, length);
    const others = divisions.surfaces(words).filter((one) => one.division.level === 'district' && !candidates.includes(one.division) && lineage(one.division).province === lineage(known).province);
    const neighbour = others.find((one) => one.division.parent === known.parent && townsAt(rest.slice(length), one.division).length > 0);
    if (neighbour !== undefined) return { division: neighbour.division, length, town: true };
    const full = length >= 3 && /[县市旗区镇]$/.test(words) ? others.find((one) => one.kind === 'full' || one.kind === 'restyled' || one.kind === 'former') : undefined;
    if (full !== undefined) return { division: full.division, length, town: false };
  }
  return undefined;
}

/** No division named, but a town with its suffix: the tables know where such towns are. One place fills the levels, several are listed. */
function readTownOnly(cut: CutText, divisions: Divisions): RegionReading | undefined {
  for (const piece of cut.pieces) {
    if (piece.role === 'name' || piece.role === 'note') continue;
    const formed = townByForm(cut.work.slice(piece.start, piece.end));
    const places = formed === undefined ? [] : divisions.withTown(formed.name);
    if (formed === undefined || places.length === 0) continue;
    const unique = places.length === 1;
    return {
      ...commonPart(places),
      town: cut.raw.slice(piece.start, piece.start + formed.length),
      start: piece.start,
      end: piece.start + formed.length,
      said: [],
      leftover: '',
      ambiguities: unique ? [] : [{ field: 'province', reason: 'same-town', text: formed.name, candidates: places.slice(0, 20).map(pathOf) }],
      doubts: unique ? [{ field: 'district', reason: 'inferred', text: formed.name }] : [],
      confidence: unique ? 0.65 : 0.3,
    };
  }
  return undefined;
}

/** The levels all candidates agree on. Candidates of one district name share that name even when their cities differ. */
function commonPart(candidates: readonly Division[]): { province: string; city: string; district: string } {
  const lines = candidates.map(lineage);
  const shared = (pick: (line: ReturnType<typeof lineage>) => string): string => {
    const values = new Set(lines.map(pick));
    return values.size === 1 ? ([...values][0] ?? '') : '';
  };
  return {
    province: shared((line) => line.province.name),
    city: shared((line) => line.city?.name ?? ''),
    district: shared((line) => line.district?.name ?? ''),
  };
}

/** Words between the names of a chain that are no separators and no empty table level. */
function uncovered(cut: CutText, chain: Chain): string {
  let out = '';
  let at = chain.start;
  for (const named of chain.named) {
    out += cut.work.slice(at, named.start).replace(/市辖区|省直辖县级行政区划|自治区直辖县级行政区划|省直辖县级行政单位|直辖县级|省直辖|自治区直辖|[^\p{L}\p{N}]/gu, '').replace(/^县$/, '');
    at = named.end;
  }
  return out;
}

/** Behind blanks, commas, slashes, hyphens and label marks. */
export function skipSeparators(text: string, from: number): number {
  let at = from;
  let marks = 0;
  while (at < text.length && at - from - marks <= 8 && (/[ \n,，、/\\\-_·.。;；:|>)\]】"'”@]/.test(text.charAt(at)) || text.charAt(at) === soft)) {
    if (text.charAt(at) === soft) marks += 1;
    at += 1;
  }
  return at;
}
