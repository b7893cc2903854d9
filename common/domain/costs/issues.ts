/** What has to be said beside the figures: gaps, estimates, figures that look wrong. Nothing of this is silently counted as zero. */
import type { Bilingual } from './basics.ts';
import { bothNames } from './basics.ts';
import { checkFreight, checkTables } from './freight-check.ts';
import { isValidOn } from './freight.ts';
import { formatE4, formatFen } from './money.ts';
import type { CostModel, OptionResult } from './evaluate.ts';
import { crewOf } from './staff.ts';
import { provinceNames, isProvince, normalizeProvince } from './places.ts';
import { monthLoad } from './evaluate.ts';
import type { PricedOption } from './evaluate.ts';
import { fits } from './options.ts';

export interface Issue {
  /** error: no comparison can be made of the figure; warning: it can, with care; info: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  /** Option, table or field it is about. */
  readonly where: string;
  readonly parcels?: number;
  readonly text: Bilingual;
}

const reasonTexts = {
  'not-served': { 'zh-CN': '报价写明不发', en: 'listed as not served' },
  'no-rule': { 'zh-CN': '没有价格', en: 'no price' },
  'too-heavy': { 'zh-CN': '超过最高重量段', en: 'heavier than the last band' },
  'not-valid': { 'zh-CN': '运费表在该日期无效', en: 'no table is valid on that date' },
  'no-weight': { 'zh-CN': '没有重量', en: 'weight unknown' },
} as const;

/** All issues of a calculated model. */
export function findIssues(model: CostModel, priced: readonly PricedOption[], results: readonly OptionResult[]): Issue[] {
  return [...parcelIssues(model), ...priceIssues(model, results), ...figureIssues(model, priced), ...tableIssues(model)];
}

/** Name of an option in both languages. */
export function optionName(model: Pick<CostModel, 'scenario'>, id: string): Bilingual {
  const { scenario } = model;
  if (id === 'own') return scenario.own.name === undefined ? { 'zh-CN': '自发', en: 'Own shipping' } : bothNames(scenario.own.name);
  const quote = scenario.quotes.find((each) => each.id === id);
  return quote ? bothNames(quote.name) : { 'zh-CN': id, en: id };
}

function issue(severity: Issue['severity'], code: string, where: string, zh: string, en: string, parcels?: number): Issue {
  return { severity, code, where, ...(parcels === undefined ? {} : { parcels }), text: { 'zh-CN': zh, en } };
}

function parcelIssues({ parcels }: CostModel): Issue[] {
  const found: Issue[] = [];
  if (parcels.total === 0) {
    found.push(issue('error', 'no-parcels', 'parcels', '这段时间没有包裹，算不出单票成本；换一个时间段或店铺，或改用计划件量', 'no parcels in this period, so there is no cost of a ticket: choose another period or shop, or plan a volume', 0));
    return found;
  }
  if (parcels.outsidePeriod > 0) {
    found.push(issue('warning', 'outside-period', 'parcels', `${parcels.outsidePeriod} 件的日期不在时间段内，没有计入`, `${parcels.outsidePeriod} parcels are dated outside the period and were left out`, parcels.outsidePeriod));
  }
  const { weights } = parcels;
  const estimated = weights.byItem + weights.byMean + weights.byFallback;
  if (estimated > 0) {
    const part = Math.round((estimated * 1000) / parcels.total) / 10;
    found.push(
      issue(
        part >= 50 ? 'warning' : 'info', 'weights-estimated', 'parcels',
        `${parcels.total} 件里 ${estimated} 件（${part}%）没有称重：${weights.byItem} 件按同款平均、${weights.byMean} 件按全部平均、${weights.byFallback} 件按指定重量估计${part >= 50 ? '；运费只能当作估算' : ''}`,
        `${estimated} of ${parcels.total} parcels (${part}%) were not weighed: ${weights.byItem} estimated by item, ${weights.byMean} by the overall mean, ${weights.byFallback} by the given weight${part >= 50 ? '; take freight as an estimate' : ''}`,
        estimated,
      ),
    );
  }
  if (weights.missing > 0) {
    found.push(issue('error', 'weights-missing', 'parcels', `${weights.missing} 件没有重量，也没有可参考的；填一个默认重量 fallbackGrams`, `${weights.missing} parcels have no weight and nothing to estimate it from: give fallbackGrams`, weights.missing));
  }
  const strange = new Map<string, number>();
  for (let index = 0; index < parcels.size; index += 1) {
    const province = parcels.places[parcels.place[index] ?? 0]?.province ?? '';
    if (!isProvince(province)) strange.set(province, (strange.get(province) ?? 0) + (parcels.count[index] ?? 0));
  }
  for (const [province, count] of strange) {
    found.push(issue('warning', 'unknown-province', 'parcels', province === '' ? `${count} 件没有省份，只能按运费表的默认价` : `${count} 件的“${province}”不是省份，只能按运费表的默认价`, province === '' ? `${count} parcels have no province; only a table’s fallback price fits` : `"${province}" of ${count} parcels is not a province; only a table’s fallback price fits`, count));
  }
  return found;
}

function priceIssues(model: CostModel, results: readonly OptionResult[]): Issue[] {
  return results.flatMap((option) => {
    const name = optionName(model, option.id);
    const reasons = [...new Set(option.unpriced.map((gap) => gap.reason))];
    return reasons.map((why) => {
      const gaps = option.unpriced.filter((gap) => gap.reason === why);
      const parcels = gaps.reduce((sum, gap) => sum + gap.parcels, 0);
      const places = (unknown: string, nameOf: (place: string) => string) => gaps.map((gap) => `${nameOf(normalizeProvince(gap.province)) || unknown} ${gap.parcels}`);
      const reason = reasonTexts[why];
      return issue(
        'error', 'unpriced', option.id,
        `${name['zh-CN']}：${parcels} 件${reason['zh-CN']}（${places('未知省份', (place) => place).join('、')}），没有计入它的成本，所以不能说它更便宜`,
        `${name.en}: ${parcels} parcels have no figure, ${reason.en} (${places('unknown province', (place) => provinceNames[place] ?? place).join(', ')}); they are not in its cost, so it cannot be called cheaper`,
        parcels,
      );
    });
  });
}

function figureIssues(model: CostModel, priced: readonly PricedOption[]): Issue[] {
  const { scenario, parcels } = model;
  const { own } = scenario;
  const found: Issue[] = [];
  const add = (...args: Parameters<typeof issue>) => found.push(issue(...args));
  const examples = [
    ...(scenario.example ? ['scenario'] : []),
    ...scenario.freightTables.filter((table) => table.example).map((table) => table.id),
    ...own.fixed.filter((item) => item.example).map((item) => `own.fixed.${item.id}`),
    ...scenario.quotes.filter((quote) => quote.example).map((quote) => quote.id),
  ];
  if (examples.length > 0) {
    add('warning', 'example-figures', examples.join(', '), '含示例数字，换成自己的之前，结果不能当作比较', 'contains example figures; until they are replaced the result is not a comparison');
  }
  if (own.freight.length === 0) add('warning', 'no-freight', 'own.freight', '自发没有运费表，快递费没有计入', 'own shipping has no freight table; the courier is not counted');
  if (!own.staff) add('warning', 'no-staff', 'own.staff', '自发没有填人工，只看快递费会得出错误结论', 'own shipping has no packers; looking at the courier alone misleads');
  if (own.fixed.length === 0) add('info', 'no-fixed', 'own.fixed', '自发没有填房租、软件等固定费用', 'own shipping has no rent, software or other fixed cost');
  if (scenario.quotes.length === 0) add('warning', 'no-quotes', 'quotes', '没有云仓报价，无从比较', 'there is no cloud-warehouse quote to compare with');
  if (own.staff) {
    const { outputPerDay, wageFen } = own.staff;
    if (outputPerDay > 2000) add('warning', 'absurd', 'own.staff.outputPerDay', `每人每天 ${outputPerDay} 件，人工打包一般做不到`, `${outputPerDay} parcels per packer and day is more than hands can pack`);
    if (wageFen > 0 && wageFen < 100_000) add('warning', 'absurd', 'own.staff.wageFen', `月薪 ${formatFen(wageFen)} 元，是否少写了零（单位是分）`, `a wage of ${formatFen(wageFen)} yuan a month: a zero missing? (the unit is fen)`);
    if (wageFen > 5_000_000) add('warning', 'absurd', 'own.staff.wageFen', `月薪 ${formatFen(wageFen)} 元，是否多写了零（单位是分）`, `a wage of ${formatFen(wageFen)} yuan a month: a zero too many? (the unit is fen)`);
    const ownPriced = priced[0];
    ownPriced?.months.forEach((sum, month) => {
      const crew = own.staff ? crewOf(own.staff, monthLoad(model, month, sum)) : undefined;
      if (crew && crew.beyondCapacity > 0) {
        add('warning', 'beyond-capacity', 'own.staff', `${parcels.months[month]?.key ?? ''}：固定人手打不完，差 ${crew.beyondCapacity} 件，费用偏低`, `${parcels.months[month]?.key ?? ''}: the fixed crew cannot pack ${crew.beyondCapacity} parcels; the cost is too low`, crew.beyondCapacity);
      }
    });
  }
  const boxes = own.material?.boxes ?? [];
  if (boxes.length > 0) {
    let none = 0;
    for (let index = 0; index < parcels.size; index += 1) {
      if (!boxes.some((box) => fits(box, parcels, index, parcels.grams[index] ?? -1))) none += parcels.count[index] ?? 0;
    }
    if (none > 0) add('warning', 'no-box', 'own.material.boxes', `${none} 件装不进任何箱子，按最后一种计价`, `${none} parcels fit no box and were given the last one’s price`, none);
  }
  const first = parcels.dates[0] ?? '';
  const last = parcels.dates.reduce((a, b) => (a > b ? a : b), '');
  for (const quote of scenario.quotes) {
    const name = bothNames(quote.name);
    const date = scenario.pricedOn;
    const outside = date === undefined ? last !== '' && (!isValidOn(quote, first) || !isValidOn(quote, last)) : !isValidOn(quote, date);
    if (outside) {
      add('warning', 'quote-dates', quote.id, `${name['zh-CN']}的报价有效期（${quote.validFrom ?? '…'} 至 ${quote.validTo ?? '…'}）没有盖住这段时间`, `${name.en} is valid ${quote.validFrom ?? '…'} to ${quote.validTo ?? '…'}, which does not cover the period`);
    }
    const form = quote.price;
    const prices = form.kind === 'all-in' ? [form.priceE4 ?? [], form.bands?.map((band) => band.priceE4) ?? []].flat() : [];
    for (const e4 of prices) {
      if (e4 < 5000 || e4 > 1_000_000) {
        add('warning', 'absurd', quote.id, `${name['zh-CN']}的一口价 ${formatE4(e4)} 元/票看起来不对（单位是万分之一元）`, `${name.en}: an all-in price of ${formatE4(e4)} yuan looks wrong (the unit is 1/10000 yuan)`);
        break;
      }
    }
    const bands = form.kind === 'all-in' ? (form.bands ?? []) : [];
    if (bands.some((band, index) => index > 0 && band.priceE4 < (bands[index - 1]?.priceE4 ?? 0))) {
      add('warning', 'falls-with-weight', quote.id, `${name['zh-CN']}的一口价随重量下降`, `${name.en} gets cheaper with weight`);
    }
    if (quote.storage.length > 0 && !scenario.stock) add('warning', 'no-stock', quote.id, `${name['zh-CN']}收仓储费，但没有填库存，仓储费没有计入`, `${name.en} charges storage, but no stock is given: storage is not counted`);
    else if (quote.storage.length > 0 && scenario.stock?.itemCm3 === 0) add('warning', 'no-volume', quote.id, `${name['zh-CN']}按体积收仓储费，但单件体积为 0`, `${name.en} charges storage, but the volume of a piece is 0`);
  }
  return found;
}

function tableIssues({ scenario, parcels }: CostModel): Issue[] {
  const used = new Set([...scenario.own.freight, ...scenario.quotes.flatMap((quote) => (quote.price.kind === 'handling' ? quote.price.freight : (quote.price.table ?? [])))]);
  const date = scenario.pricedOn ?? parcels.dates[0];
  const overlapping = checkTables(scenario.freightTables.filter((table) => scenario.own.freight.includes(table.id)));
  const single = scenario.freightTables
    .filter((table) => used.has(table.id))
    .flatMap((table) =>
      checkFreight(table, date)
        .filter((finding) => finding.code !== 'uncovered')
        .map((finding) => issue('warning', `freight-${finding.code}`, table.id, `${bothNames(table.name)['zh-CN']}：${finding.text['zh-CN']}`, `${bothNames(table.name).en}: ${finding.text.en}`)),
    );
  return [...single, ...overlapping.map((finding) => issue('warning', 'freight-overlap', finding.rule, finding.text['zh-CN'], finding.text.en))];
}
