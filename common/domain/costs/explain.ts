/** The answer in three sentences: what the courier's price alone says, what all costs together say, and where it turns. */
import type { CostModel, OptionResult } from './evaluate.ts';
import { optionName } from './issues.ts';
import type { BreakEven } from './volume.ts';
import { formatFen } from './money.ts';

export interface CourierOnly {
  /** Own shipping with nothing but the courier counted, per ticket. */
  readonly ownFreightPerTicketFen: number;
  /** Quotes all-in, per ticket. */
  readonly quotes: readonly { readonly id: string; readonly perTicketFen: number }[];
  readonly cheapest: string | null;
}

/** The comparison people make by mistake: our courier's price against the warehouse's whole price. */
export function courierOnly(results: readonly OptionResult[]): CourierOnly {
  const own = results[0];
  const ownFreightPerTicketFen = own?.components.find((component) => component.id === 'freight')?.perTicketFen ?? 0;
  const quotes = results.slice(1).filter((option) => option.parcels > 0).map((option) => ({ id: option.id, perTicketFen: option.perTicketFen }));
  const complete = results.slice(1).filter((option) => option.parcels > 0 && option.complete);
  let cheapest: string | null = own && own.parcels > 0 ? 'own' : null;
  let price = ownFreightPerTicketFen;
  for (const option of complete) {
    if (cheapest === null || option.perTicketFen < price) {
      cheapest = option.id;
      price = option.perTicketFen;
    }
  }
  return { ownFreightPerTicketFen, quotes, cheapest };
}

/** Id of the cheapest option that ships every parcel, or null. */
export function cheapestOption(results: readonly OptionResult[]): string | null {
  let best: OptionResult | undefined;
  for (const option of results) {
    if (option.parcels === 0 || !option.complete) continue;
    if (!best || option.e4 < best.e4) best = option;
  }
  return best?.id ?? null;
}

/** Three sentences in both languages. */
export function explain(model: CostModel, results: readonly OptionResult[], breakEven: BreakEven, perDayNow: number): { 'zh-CN': string[]; en: string[] } {
  const own = results[0];
  const quotes = results.slice(1).filter((option) => option.parcels > 0);
  if (!own || model.parcels.total === 0) {
    return { 'zh-CN': ['这段时间没有包裹，没有可比的单票成本。'], en: ['There are no parcels in this period, so there is no ticket cost to compare.'] };
  }
  const zh: string[] = [];
  const en: string[] = [];
  const alone = courierOnly(results);
  const name = (id: string) => optionName(model, id);
  const list = (language: 'zh-CN' | 'en') =>
    quotes.map((option) => `${name(option.id)[language]} ${formatFen(option.perTicketFen)}${language === 'en' ? ' yuan' : ' 元'}${option.complete ? '' : language === 'en' ? ' (not for every parcel)' : '（有包裹没有价格）'}`).join(language === 'en' ? ', ' : '、');

  const misleading = alone.cheapest === 'own';
  zh.push(`只看快递费：自发 ${formatFen(alone.ownFreightPerTicketFen)} 元/票，${list('zh-CN')}，${misleading ? '看起来自发更便宜' : '云仓看起来更便宜'}。`);
  en.push(`Looking at the courier alone, own shipping costs ${formatFen(alone.ownFreightPerTicketFen)} yuan a ticket against ${list('en')}, so ${misleading ? 'own looks cheaper' : 'the warehouse looks cheaper'}.`);

  const best = cheapestOption(results);
  const perDay = Math.round(perDayNow * 10) / 10;
  const second = quotes.filter((option) => option.complete).sort((a, b) => a.perTicketE4 - b.perTicketE4)[0];
  const gap = second ? Math.abs(own.perMonthFen - second.perMonthFen) : 0;
  zh.push(
    `把人工、房租、软件都算上，日均 ${perDay} 票时自发要 ${formatFen(own.perTicketFen)} 元/票${own.complete ? '' : '（有包裹没有价格）'}${best === null || !second ? '' : best === 'own' ? `，仍比最便宜的${name(second.id)['zh-CN']}每月省 ${formatFen(gap)} 元` : `，${name(best)['zh-CN']}每月省 ${formatFen(gap)} 元`}。`,
  );
  en.push(
    `With packers, rent and software counted, at ${perDay} a day own shipping costs ${formatFen(own.perTicketFen)} yuan a ticket${own.complete ? '' : ' (not for every parcel)'}${best === null || !second ? '' : best === 'own' ? `, still ${formatFen(gap)} yuan a month less than ${name(second.id).en}` : `; ${name(best).en} saves ${formatFen(gap)} yuan a month`}.`,
  );

  const turns = breakEven.pairs.map((pair) => ({ name: name(pair.quote), comparable: pair.comparable, changes: pair.changes, first: pair.segments[0]?.cheapest }));
  const ownWins = (language: 'zh-CN' | 'en') =>
    turns
      .map((turn) => {
        if (!turn.comparable) return language === 'en' ? `${turn.name.en} is left out because some parcels have no price` : `对${turn.name['zh-CN']}：有包裹没有价格，不作比较`;
        if (turn.changes.length === 0) {
          const always = turn.first === 'own';
          return language === 'en'
            ? `${always ? 'own shipping is cheaper' : `${turn.name.en} is cheaper`} at every volume up to ${breakEven.toPerDay} a day (against ${turn.name.en})`
            : `对${turn.name['zh-CN']}：直到日均 ${breakEven.toPerDay} 票，一直是${always ? '自发' : '云仓'}更便宜`;
        }
        const steps = turn.changes.map((change) =>
          language === 'en' ? `${change.perDay} a day ${change.to === 'own' ? 'own becomes cheaper' : 'the warehouse becomes cheaper'}` : `日均 ${change.perDay} 票起${change.to === 'own' ? '自发更便宜' : '云仓更便宜'}`,
        );
        return language === 'en' ? `against ${turn.name.en}, from ${steps.join(', from ')}` : `对${turn.name['zh-CN']}：${steps.join('，')}`;
      })
      .join('; ');
  if (turns.length > 0) {
    zh.push(`${ownWins('zh-CN').replaceAll('; ', '；')}。`);
    const sentence = ownWins('en');
    en.push(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`);
  }
  return { 'zh-CN': zh, en };
}
