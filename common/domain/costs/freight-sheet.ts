/**
 * A freight table as the rows of one sheet: what the template to fill in looks like, what an export writes and an import reads.
 * First column 类型 says what a row is: 信息 (about the table), 运费 (a price), 加价 (a surcharge), 不发 (not served).
 */
import type { FreightPrice, FreightRule, FreightTable } from './freight-schema.ts';
import { freightTableSchema } from './freight-schema.ts';
import { bothNames } from './basics.ts';
import { decimalText, parseDay, parseDecimal, parseKilograms, parseYuanE4 } from './decimals.ts';
import { isProvince, normalizeProvince } from './places.ts';

export const freightSheetName = '运费表';
export const freightColumns = ['类型', '名称', '省份', '城市', '计价方式', '首重(kg)', '首重价(元)', '续重(kg)', '续重价(元)', '进位', '免计(g)', '重量段(kg:元)', '生效日期', '截止日期'] as const;

const roundings = { up: '进位', nearest: '四舍五入', exact: '按实重' } as const;
const kinds = { 'first-additional': '首重续重', bands: '重量段', fixed: '固定价' } as const;

export interface SheetProblem {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: { readonly 'zh-CN': string; readonly en: string };
}

/** Rows of a table, header first. */
export function freightRows(table: FreightTable): string[][] {
  const rows: string[][] = [[...freightColumns]];
  const info = (label: string, value: string | undefined) => {
    if (value !== undefined && value !== '') rows.push(['信息', label, value, ...Array.from({ length: 11 }, () => '')]);
  };
  info('名称', bothNames(table.name)['zh-CN']);
  info('快递公司', table.carrier);
  info('抛比(cm³/kg)', table.volumetricDivisor === undefined ? undefined : String(table.volumetricDivisor));
  info('生效日期', table.validFrom);
  info('截止日期', table.validTo);
  for (const rule of table.rules) rows.push(priceRow(rule.name ?? '', rule.provinces.join('、'), rule.cities.join('、'), rule.price, rule));
  if (table.nationwide) rows.push(priceRow('', '全国', '', table.nationwide, {}));
  if (table.fallback) rows.push(priceRow('', '默认', '', table.fallback, {}));
  for (const surcharge of table.surcharges) {
    rows.push(['加价', surcharge.name ?? '', surcharge.provinces.join('、'), surcharge.cities.join('、'), '', '', decimalText(surcharge.addE4, 4), surcharge.perKgE4 === 0 ? '' : '1', surcharge.perKgE4 === 0 ? '' : decimalText(surcharge.perKgE4, 4), '', '', '', surcharge.validFrom ?? '', surcharge.validTo ?? '']);
  }
  if (table.notServed.length > 0) rows.push(['不发', '', table.notServed.join('、'), ...Array.from({ length: 11 }, () => '')]);
  return rows;
}

function priceRow(name: string, provinces: string, cities: string, price: FreightPrice, dates: { validFrom?: string | undefined; validTo?: string | undefined }): string[] {
  const first = price.kind === 'first-additional' ? [decimalText(price.firstGrams, 3), decimalText(price.firstE4, 4), decimalText(price.stepGrams, 3), decimalText(price.stepE4, 4), roundings[price.rounding], price.allowanceGrams === 0 ? '' : String(price.allowanceGrams)] : price.kind === 'fixed' ? ['', decimalText(price.priceE4, 4), '', '', '', ''] : ['', '', price.over ? decimalText(price.over.stepGrams, 3) : '', price.over ? decimalText(price.over.stepE4, 4) : '', '', ''];
  const bands = price.kind === 'bands' ? price.bands.map((band) => `${decimalText(band.uptoGrams, 3)}:${decimalText(band.priceE4, 4)}`).join('; ') : '';
  return ['运费', name, provinces, cities, kinds[price.kind], ...first, bands, dates.validFrom ?? '', dates.validTo ?? ''];
}

/** The template people fill in: one line of each kind, marked as an example. */
export function freightTemplate(): FreightTable {
  return freightTableSchema.parse({
    id: 'template',
    name: '示例：请改成自己的合同价',
    carrier: 'YTO',
    example: true,
    volumetricDivisor: 8000,
    rules: [
      { name: '江浙沪皖', provinces: ['江苏', '浙江', '上海', '安徽'], price: { kind: 'bands', bands: [{ uptoGrams: 500, priceE4: 22_000 }, { uptoGrams: 1000, priceE4: 25_000 }, { uptoGrams: 3000, priceE4: 38_000 }], over: { stepGrams: 1000, stepE4: 8000 } } },
      { name: '偏远', provinces: ['新疆', '西藏'], price: { kind: 'first-additional', firstGrams: 1000, firstE4: 150_000, stepGrams: 1000, stepE4: 120_000 } },
    ],
    nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 30_000, stepGrams: 1000, stepE4: 15_000 },
    surcharges: [{ name: '海南岛内', provinces: ['海南'], addE4: 20_000 }],
    notServed: ['香港', '澳门', '台湾'],
  });
}

export type FreightSheetResult =
  | { readonly ok: true; readonly table: FreightTable; readonly problems: readonly SheetProblem[] }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** Reads a table from rows (header included somewhere in the first ten). `row` of each record is its number in the file. */
export function readFreightRows(records: readonly { readonly row: number; readonly cells: readonly string[] }[], id: string, fallbackName: string): FreightSheetResult {
  const problems: SheetProblem[] = [];
  const headerAt = records.slice(0, 10).findIndex((record) => record.cells.map(headerKey).includes(headerKey('类型')));
  const header = records[headerAt];
  if (!header) {
    return { ok: false, problems: [{ row: 1, column: '类型', value: '', reason: { 'zh-CN': `没有找到表头“类型”；请用模板填写`, en: 'no header "类型" found; use the template' } }] };
  }
  const column = new Map(header.cells.map((cell, index) => [headerKey(cell), index]));
  const draft: Record<string, unknown> & { rules: FreightRule[]; surcharges: unknown[]; notServed: string[] } = { id, name: fallbackName, rules: [], surcharges: [], notServed: [] };

  for (const record of records.slice(headerAt + 1)) {
    const cell = (name: (typeof freightColumns)[number]) => (record.cells[column.get(headerKey(name)) ?? -1] ?? '').trim();
    if (record.cells.every((text) => text.trim() === '')) continue;
    const before = problems.length;
    const say = (at: string, value: string, zh: string, en: string) => problems.push({ row: record.row, column: at, value, reason: { 'zh-CN': zh, en } });
    const figure = (name: (typeof freightColumns)[number], read: (text: string) => ReturnType<typeof parseDecimal>): number => {
      const result = read(cell(name));
      if (result.ok) return result.value;
      const [zh, en] = decimalReasons[result.problem];
      say(name, cell(name), zh, en);
      return 0;
    };
    const date = (name: '生效日期' | '截止日期'): string | undefined => {
      if (cell(name) === '') return undefined;
      const day = parseDay(cell(name));
      if (day === undefined) say(name, cell(name), '不是日期', 'not a date');
      return day;
    };
    const dates = { ...optional('validFrom', date('生效日期')), ...optional('validTo', date('截止日期')) };
    const provinces = splitList(cell('省份'));
    const cities = splitList(cell('城市'));
    switch (cell('类型')) {
      case '信息':
        readInfo(draft, cell('名称'), cell('省份'), say);
        break;
      case '运费': {
        const price = readPrice(cell, figure, say);
        if (problems.length > before || !price) break;
        const word = provinces.length === 1 && cities.length === 0 ? provinces[0] : undefined;
        if (word === '全国') draft['nationwide'] = price;
        else if (word === '默认') draft['fallback'] = price;
        else {
          for (const province of provinces) if (!isProvince(province)) say('省份', province, `“${province}”不是省份`, `"${province}" is not a province`);
          if (provinces.length === 0 && cities.length === 0) say('省份', '', '没有写省份或城市', 'no province or city');
          if (problems.length === before) draft.rules.push({ ...optional('name', cell('名称') || undefined), provinces: provinces.map(normalizeProvince), cities, price, ...dates });
        }
        break;
      }
      case '加价': {
        const addE4 = cell('首重价(元)') === '' ? 0 : figure('首重价(元)', parseYuanE4);
        const perKgE4 = cell('续重价(元)') === '' ? 0 : figure('续重价(元)', parseYuanE4);
        if (problems.length === before) draft.surcharges.push({ ...optional('name', cell('名称') || undefined), provinces: provinces.map(normalizeProvince), cities, addE4, perKgE4, ...dates });
        break;
      }
      case '不发':
        draft.notServed.push(...provinces, ...cities);
        break;
      default:
        say('类型', cell('类型'), '类型要写 信息、运费、加价 或 不发', 'must be 信息, 运费, 加价 or 不发');
    }
  }
  const parsed = freightTableSchema.safeParse(draft);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) problems.push({ row: header.row, column: issue.path.join('.'), value: '', reason: { 'zh-CN': issue.message, en: issue.message } });
    return { ok: false, problems };
  }
  return { ok: true, table: parsed.data, problems };
}

type Say = (at: string, value: string, zh: string, en: string) => void;

const decimalReasons = {
  empty: ['没有填', 'empty'],
  'not-a-number': ['不是数字', 'not a number'],
  negative: ['不能是负数', 'must not be negative'],
  'too-fine': ['小数位太多', 'too many decimals'],
  'too-large': ['数字太大', 'too large'],
} as const;

function readPrice(
  cell: (name: (typeof freightColumns)[number]) => string,
  figure: (name: (typeof freightColumns)[number], read: (text: string) => ReturnType<typeof parseDecimal>) => number,
  say: Say,
): FreightPrice | undefined {
  switch (cell('计价方式')) {
    case kinds.fixed:
      return { kind: 'fixed', priceE4: figure('首重价(元)', parseYuanE4) };
    case kinds['first-additional']: {
      const word = cell('进位') || roundings.up;
      const rounding = (Object.keys(roundings) as (keyof typeof roundings)[]).find((key) => roundings[key] === word);
      if (!rounding) say('进位', word, '进位要写 进位、四舍五入 或 按实重', 'must be 进位, 四舍五入 or 按实重');
      return {
        kind: 'first-additional',
        firstGrams: figure('首重(kg)', parseKilograms),
        firstE4: figure('首重价(元)', parseYuanE4),
        stepGrams: figure('续重(kg)', parseKilograms),
        stepE4: figure('续重价(元)', parseYuanE4),
        rounding: rounding ?? 'up',
        allowanceGrams: cell('免计(g)') === '' ? 0 : figure('免计(g)', (text) => parseDecimal(text, 0)),
      };
    }
    case kinds.bands: {
      const text = cell('重量段(kg:元)');
      const bands = text.split(/[;；\n]/u).filter((part) => part.trim() !== '').flatMap((part) => {
        const [weight = '', price = ''] = part.split(/[:：]/u);
        const uptoGrams = parseKilograms(weight);
        const priceE4 = parseYuanE4(price);
        if (uptoGrams.ok && priceE4.ok) return [{ uptoGrams: uptoGrams.value, priceE4: priceE4.value }];
        say('重量段(kg:元)', part.trim(), '要写成 重量:价格，如 0.5:2.2; 1:2.5', 'write weight:price, such as 0.5:2.2; 1:2.5');
        return [];
      });
      if (bands.length === 0) {
        say('重量段(kg:元)', text, '没有重量段', 'no bands');
        return undefined;
      }
      const over = cell('续重价(元)') === '' ? undefined : { stepGrams: figure('续重(kg)', parseKilograms), stepE4: figure('续重价(元)', parseYuanE4) };
      return { kind: 'bands', bands, ...optional('over', over) };
    }
    default:
      say('计价方式', cell('计价方式'), '计价方式要写 首重续重、重量段 或 固定价', 'must be 首重续重, 重量段 or 固定价');
      return undefined;
  }
}

function readInfo(draft: Record<string, unknown>, label: string, value: string, say: Say): void {
  const key = headerKey(label);
  if (key === headerKey('名称')) draft['name'] = value;
  else if (key === headerKey('快递公司')) draft['carrier'] = value;
  else if (key === headerKey('抛比(cm³/kg)')) {
    const divisor = parseDecimal(value, 0);
    if (divisor.ok && divisor.value > 0) draft['volumetricDivisor'] = divisor.value;
    else say('省份', value, '抛比要写整数，如 8000', 'the divisor must be a whole number such as 8000');
  } else if (key === headerKey('生效日期') || key === headerKey('截止日期')) {
    const day = parseDay(value);
    if (day === undefined) say('省份', value, '不是日期', 'not a date');
    else draft[key === headerKey('生效日期') ? 'validFrom' : 'validTo'] = day;
  } else say('名称', label, '不认识这一项', 'unknown entry');
}

function headerKey(text: string): string {
  return text.normalize('NFKC').replace(/\s|\(.*\)/gu, '').toLowerCase();
}

function splitList(text: string): string[] {
  return text.split(/[、,，;；\s]+/u).map((part) => part.trim()).filter((part) => part !== '');
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
