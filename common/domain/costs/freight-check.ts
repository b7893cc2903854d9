/** The checker of freight tables: what a person would only notice on the courier's bill. */
import { mainlandProvinces, isProvince, normalizeCity, normalizeProvince } from './places.ts';
import { compileFreight, priceOfWeight } from './freight.ts';
import type { FreightPrice, FreightTable } from './freight-schema.ts';
import type { Bilingual } from './basics.ts';
import { formatE4 } from './money.ts';

export type FreightFindingCode = 'uncovered' | 'falls-with-weight' | 'overlap' | 'bands-order' | 'unknown-place' | 'dates' | 'absurd' | 'zero';

export interface FreightFinding {
  readonly code: FreightFindingCode;
  readonly severity: 'error' | 'warning';
  /** Rule the finding is about, or "" for the table. */
  readonly rule: string;
  readonly text: Bilingual;
}

/** Dearest first weight seen as plausible: 200 yuan. */
const absurdE4 = 2_000_000;

/** Everything wrong or doubtful about a table; an empty list means none of the known mistakes. `on`: the date coverage is checked for. */
export function checkFreight(table: FreightTable, on?: string): FreightFinding[] {
  const findings: FreightFinding[] = [];
  const say = (code: FreightFindingCode, severity: 'error' | 'warning', rule: string, zh: string, en: string) =>
    findings.push({ code, severity, rule, text: { 'zh-CN': zh, en } });
  const date = on ?? table.validFrom ?? table.rules.find((rule) => rule.validFrom !== undefined)?.validFrom ?? '2026-01-01';

  if (table.validFrom !== undefined && table.validTo !== undefined && table.validFrom > table.validTo) {
    say('dates', 'error', '', `运费表“结束日期 ${table.validTo}”早于开始日期 ${table.validFrom}`, `the table ends ${table.validTo}, before it begins ${table.validFrom}`);
  }
  const compiled = compileFreight({ ...table, validFrom: undefined, validTo: undefined });
  const uncovered = mainlandProvinces.filter((province) => {
    const quote = compiled.place(province, '').quote(1, 0, date);
    return !quote.ok && quote.reason !== 'not-served';
  });
  if (uncovered.length > 0) {
    say('uncovered', 'error', '', `没有价格的省份：${uncovered.join('、')}；补上，或写进“不发”`, `no price for ${uncovered.join(', ')}: add one, or list them as not served`);
  }

  const prices: [string, FreightPrice][] = table.rules.map((rule, index) => [ruleName(rule.name, index), rule.price]);
  if (table.nationwide) prices.push(['全国', table.nationwide]);
  if (table.fallback) prices.push(['默认', table.fallback]);
  for (const [rule, price] of prices) checkPrice(rule, price, say);

  table.rules.forEach((rule, index) => {
    const label = ruleName(rule.name, index);
    if (rule.provinces.length === 0 && rule.cities.length === 0) say('unknown-place', 'error', label, `“${label}”没有写省市，永远用不到`, `"${label}" names no place and is never used`);
    if (rule.validFrom !== undefined && rule.validTo !== undefined && rule.validFrom > rule.validTo) {
      say('dates', 'error', label, `“${label}”结束日期早于开始日期`, `"${label}" ends before it begins`);
    }
    for (const province of rule.provinces) {
      if (!isProvince(province)) say('unknown-place', 'error', label, `“${label}”里的“${province}”不是省份`, `"${province}" in "${label}" is not a province`);
    }
    table.rules.slice(0, index).forEach((other, before) => {
      const shared = sharedPlaces(rule, other);
      if (shared.length === 0 || !overlap(rule, other)) return;
      say(
        'overlap', 'error', label,
        `“${label}”与“${ruleName(other.name, before)}”在同一日期都管 ${shared.join('、')}`,
        `"${label}" and "${ruleName(other.name, before)}" both cover ${shared.join(', ')} on the same dates`,
      );
    });
  });
  for (const place of table.notServed) {
    if (!place.includes('/') && !isProvince(place) && normalizeCity(place) === place && place.length < 2) {
      say('unknown-place', 'error', '', `“不发”里的“${place}”不是地名`, `"${place}" under not served is not a place`);
    }
  }
  return findings;
}

/** Tables of one carrier whose dates overlap: nobody could tell which one counts. */
export function checkTables(tables: readonly FreightTable[]): FreightFinding[] {
  const findings: FreightFinding[] = [];
  tables.forEach((table, index) => {
    for (const other of tables.slice(0, index)) {
      if (table.carrier === undefined || table.carrier === '' || table.carrier !== other.carrier || !overlap(table, other)) continue;
      findings.push({
        code: 'overlap', severity: 'warning', rule: table.id,
        text: {
          'zh-CN': `${table.carrier} 的两张运费表“${other.id}”“${table.id}”日期重叠，先列出的会被使用`,
          en: `two tables of ${table.carrier}, "${other.id}" and "${table.id}", overlap in time; the one listed first is used`,
        },
      });
    }
  });
  return findings;
}

function checkPrice(rule: string, price: FreightPrice, say: (code: FreightFindingCode, severity: 'error' | 'warning', rule: string, zh: string, en: string) => void): void {
  if (price.kind === 'bands') {
    price.bands.forEach((band, index) => {
      const before = price.bands[index - 1];
      if (before && band.uptoGrams <= before.uptoGrams) {
        say('bands-order', 'error', rule, `“${rule}”第 ${index + 1} 段重量不比前一段大`, `band ${index + 1} of "${rule}" is not heavier than the one before`);
      }
    });
  }
  const weights = [...new Set(sampleWeights(price))].sort((a, b) => a - b);
  let last = 0;
  for (const weight of weights) {
    const e4 = priceOfWeight(price, weight);
    if (e4 === undefined) continue;
    if (e4 < last) {
      say('falls-with-weight', 'error', rule, `“${rule}”在 ${weight} 克处价格下降（${formatE4(last)} → ${formatE4(e4)} 元）`, `"${rule}" gets cheaper at ${weight} g (${formatE4(last)} → ${formatE4(e4)} yuan)`);
      break;
    }
    last = e4;
  }
  const first = priceOfWeight(price, 1) ?? 0;
  if (first > absurdE4) say('absurd', 'warning', rule, `“${rule}”首重 ${formatE4(first)} 元，是否多写了零`, `"${rule}" starts at ${formatE4(first)} yuan: a zero too many?`);
  if (first === 0) say('zero', 'warning', rule, `“${rule}”首重价格为 0`, `"${rule}" starts at 0 yuan`);
}

function sampleWeights(price: FreightPrice): number[] {
  const grid = [1, 100, 300, 500, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 30_000, 50_000];
  if (price.kind === 'bands') return [...grid, ...price.bands.flatMap((band) => [band.uptoGrams, band.uptoGrams + 1])];
  if (price.kind === 'first-additional') return [...grid, price.firstGrams, price.firstGrams + 1, price.firstGrams + price.stepGrams, price.firstGrams + price.stepGrams + 1];
  return grid;
}

interface Places {
  readonly provinces: readonly string[];
  readonly cities: readonly string[];
}

function sharedPlaces(a: Places, b: Places): string[] {
  if (a.cities.length > 0 || b.cities.length > 0) {
    const cities = new Set(b.cities.map(normalizeCity));
    return a.cities.map(normalizeCity).filter((city) => cities.has(city));
  }
  const provinces = new Set(b.provinces.map(normalizeProvince));
  return a.provinces.map(normalizeProvince).filter((province) => provinces.has(province));
}

interface Dated {
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
}

function overlap(a: Dated, b: Dated): boolean {
  // a rule that only adds dates to an undated one is an exception on top of it: the later start wins, on purpose
  const open = (range: Dated) => range.validFrom === undefined && range.validTo === undefined;
  if (open(a) !== open(b)) return false;
  return (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');
}

function ruleName(name: string | undefined, index: number): string {
  return name === undefined || name === '' ? `#${index + 1}` : name;
}
