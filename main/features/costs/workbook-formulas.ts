/** The formula of every component in the report's workbook: what the program calculates, said again in the language of a spreadsheet. */
import type { Language } from '../../../common/domain/costs/basics.ts';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import type { CostModel } from '../../../common/domain/costs/evaluate.ts';
import type { Scenario } from '../../../common/domain/costs/scenario.ts';

/** The parcel sheet: a column's cells as a range, absolute. */
export interface ParcelColumns {
  range(key: string): string;
}

export interface FormulaContext {
  readonly model: CostModel;
  readonly option: string;
  readonly language: Language;
  /** Labels of the rows that lead to a component. */
  readonly labels: { readonly packers: string; readonly temporary: string; readonly stock: string };
  input(path: string, label: string, value: number, unit: string): string;
  line(label: string, formula: (column: string, month: number) => string, format?: string): number;
  readonly parcels: ParcelColumns;
  readonly rows: { readonly count: number; readonly all: number; readonly items: number; readonly part: number; readonly days: number };
  /** Component → the row it stands in; filled as rows are written. */
  readonly written: Map<string, number>;
}

export type MonthFormula = (column: string, month: number) => string;

/** Formula of each component of own shipping. */
export function ownFormulas(context: FormulaContext): (id: string) => MonthFormula | undefined {
  const { model, input, rows, line, labels: t } = context;
  const { own, returnBp } = model.scenario;
  const price = priceHelpers(context);
  const staff = own.staff;
  let packers = 0;
  let temporary = 0;
  if (staff) {
    const output = input('own.staff.outputPerDay', 'outputPerDay', staff.outputPerDay, '/ day');
    const stretch = input('own.staff.overtime.maxBp', 'overtime limit', (staff.overtime?.maxBp ?? 0) / 10_000, '×');
    const least = input('own.staff.minPackers', 'minPackers', staff.minPackers, '');
    packers = line(t.packers, (column) => (staff.fixedPackers === undefined ? `MAX(${least},ROUNDUP(ROUND(${column}${rows.count}/(${column}${rows.days}*${output}*(1+${stretch})),9),0))` : String(staff.fixedPackers)), '0');
    temporary = line(t.temporary, (column, month) => {
      const peak = staff.peaks.find((each) => each.month === model.parcels.months[month]?.number);
      return peak ? `MAX(0,ROUNDUP(ROUND(${column}${rows.count}*${peak.factorBp / 10_000}/(${column}${rows.days}*${output}*(1+${stretch})),9),0)-${column}${packers})` : '0';
    }, '0');
  }
  return (id) => {
    if (id.startsWith('fixed.')) {
      const index = own.fixed.findIndex((item) => `fixed.${item.id}` === id);
      return price.fixed(index, rows.count);
    }
    switch (id) {
      case 'freight':
        return price.parcels('freight');
      case 'box':
        return price.parcels('box');
      case 'perItem':
        return price.parcels('perItem');
      case 'label':
      case 'tape':
      case 'filler':
        return price.perParcel(`own.material.${id}E4`, id, own.material?.[`${id}E4`] ?? 0);
      case 'perParcel':
        return price.perParcel('own.perParcelE4', id, own.perParcelE4);
      case 'loss':
      case 'misship':
        return price.risk(`own.${id}`, own[id]);
      case 'returns':
        return price.returns('own.returns', own.returns, returnBp);
      case 'wage':
      case 'social': {
        const pay = id === 'wage' ? staff?.wageFen : staff?.socialFen;
        const cell = input(`own.staff.${id}Fen`, id, (pay ?? 0) / 100, 'yuan');
        return (column) => `${column}${packers}*${cell}*${column}${rows.part}`;
      }
      case 'overtime': {
        const cell = input('own.staff.overtime.perParcelE4', 'overtime', (staff?.overtime?.perParcelE4 ?? 0) / 10_000, 'yuan');
        const output = input('own.staff.outputPerDay', 'outputPerDay', staff?.outputPerDay ?? 0, '/ day');
        return (column) => `MAX(0,${column}${rows.count}-ROUNDDOWN(ROUND((${column}${packers}+${column}${temporary})*${output}*${column}${rows.days},9),0))*${cell}`;
      }
      case 'temporary': {
        const cell = input('own.staff.tempWageFen', 'temporary', (staff?.tempWageFen ?? (staff?.wageFen ?? 0) + (staff?.socialFen ?? 0)) / 100, 'yuan');
        return (column) => `${column}${temporary}*${cell}*${column}${rows.part}`;
      }
      case 'capital':
        return price.capital();
      default:
        return undefined;
    }
  };
}

/** Formula of each component of a quote. */
export function cloudFormulas(context: FormulaContext): (id: string) => MonthFormula | undefined {
  const { model, input, rows, option } = context;
  const { scenario } = model;
  const index = scenario.quotes.findIndex((quote) => quote.id === option);
  const quote = scenario.quotes[index];
  const at = `quotes.${index}`;
  const price = priceHelpers(context);
  const optionModel = model.options.find((each) => each.id === option);
  const varies = (id: string) => optionModel?.varying.some((n) => optionModel.variableIds[n] === id) === true;
  const billed = ['price', 'handling', 'freight', 'material', 'valueAdded', 'inbound', 'returns', 'inboundMonth', 'storage', 'fee'];
  const bill: (column: string) => string = (column) => billed.flatMap((id) => (context.written.has(id) ? [`${column}${context.written.get(id)}`] : [])).join('+') || '0';
  return (id) => {
    if (!quote) return undefined;
    if (id.startsWith('kept.')) return price.fixed(scenario.own.fixed.findIndex((item) => `kept.${item.id}` === id), rows.all);
    switch (id) {
      case 'price':
      case 'handling':
      case 'freight':
        return price.parcels(id);
      case 'material':
        return varies(id) ? price.parcels(id) : price.perParcel(`${at}.material.priceE4`, id, quote.material.kind === 'per-parcel' ? quote.material.priceE4 : 0);
      case 'valueAdded': {
        if (varies(id)) return price.parcels(id);
        return price.perParcel(`${at}.valueAdded`, id, quote.valueAdded.reduce((sum, each) => sum + Math.round((each.perParcelE4 * each.shareBp) / 10_000), 0));
      }
      case 'inbound':
        return price.parcels(id);
      case 'returns':
        return price.returns(`${at}.returns`, quote.returns, scenario.returnBp);
      case 'loss':
      case 'misship':
        return price.risk(`${at}.${id}`, quote[id]);
      case 'inboundMonth':
        return price.perMonth(`${at}.inbound.perMonthFen`, id, quote.inbound?.perMonthFen ?? 0);
      case 'fee':
        return price.perMonth(`${at}.monthlyFeeFen`, id, quote.monthlyFeeFen);
      case 'storage':
        return price.storage(at, quote.storage);
      case 'minimum': {
        const least = input(`${at}.monthlyMinimumFen`, 'minimum', quote.monthlyMinimumFen / 100, 'yuan');
        return (column) => `MAX(0,${least}*${column}${rows.part}-(${bill(column)}))`;
      }
      case 'tax': {
        const rate = input(`${at}.taxBp`, 'tax', quote.taxBp / 10_000, '×');
        const minimum = context.written.get('minimum');
        return (column) => `(${bill(column)}${minimum === undefined ? '' : `+${column}${minimum}`})*${rate}`;
      }
      case 'deposit': {
        const deposit = input(`${at}.depositFen`, 'deposit', quote.depositFen / 100, 'yuan');
        const rate = input('capitalBpPerYear', 'capital', scenario.capitalBpPerYear / 10_000, '× / year');
        return (column) => `${deposit}*${rate}/12*${column}${rows.part}`;
      }
      case 'capital':
        return price.capital();
      default:
        return undefined;
    }
  };
}

const safetyFactor = { '90%': 1.2816, '95%': 1.6449, '98%': 2.0537, '99%': 2.3263 } as const;

function priceHelpers(context: FormulaContext) {
  const { model, input, rows, parcels, option, line, language, labels } = context;
  const { scenario } = model;
  const stock = scenario.stock;
  let stockRow = 0;

  /** Row of the mean stock; written when first asked for. */
  function stockItems(): number {
    if (stockRow > 0 || !stock) return stockRow;
    const restock = input('stock.restockDays', 'restockDays', stock.restockDays, 'days');
    const spread = input('stock.variationBp', 'variation', stock.variationBp / 10_000, '×');
    const lead = input('stock.leadDays', 'leadDays', stock.leadDays, 'days');
    stockRow = line(labels.stock, (column) => {
      if (stock.items !== undefined) return String(stock.items);
      return `ROUNDUP(ROUND(${column}${rows.items}/${column}${rows.days}*${restock}/2,9),0)+ROUNDUP(ROUND(${safetyFactor[stock.service]}*${spread}*${column}${rows.items}/${column}${rows.days}*SQRT(${lead}),9),0)`;
    }, '#,##0');
    return stockRow;
  }
  if (stock) stockItems();

  return {
    parcels: (id: string): MonthFormula => (column) => `SUMPRODUCT((${parcels.range('month')}=${column}$1)*${parcels.range(`${option}:count`)}*${parcels.range(`${option}:${id}`)})`,
    perParcel(path: string, label: string, e4: number): MonthFormula {
      const cell = input(path, label, e4 / 10_000, 'yuan');
      return (column) => `${column}${rows.count}*${cell}`;
    },
    perMonth(path: string, label: string, fen: number): MonthFormula {
      const cell = input(path, label, fen / 100, 'yuan / month');
      return (column) => `${cell}*${column}${rows.part}`;
    },
    risk(path: string, each: { bp: number; caseFen: number } | undefined): MonthFormula {
      const rate = input(`${path}.bp`, path, (each?.bp ?? 0) / 10_000, '×');
      const cost = input(`${path}.caseFen`, path, (each?.caseFen ?? 0) / 100, 'yuan');
      return (column) => `${column}${rows.count}*ROUND(${rate}*${cost},4)`;
    },
    returns(path: string, each: { handlingE4: number; freightE4: number } | undefined, returnBp: number): MonthFormula {
      const rate = input('returnBp', 'returns', returnBp / 10_000, '×');
      const cost = input(path, path, ((each?.handlingE4 ?? 0) + (each?.freightE4 ?? 0)) / 10_000, 'yuan');
      return (column) => `${column}${rows.count}*ROUND(${rate}*${cost},4)`;
    },
    fixed(index: number, countRow: number): MonthFormula | undefined {
      const item = scenario.own.fixed[index];
      if (!item) return undefined;
      const path = `own.fixed.${index}`;
      const label = bothNames(item.name)[language];
      const monthly =
        item.fen === undefined
          ? `${input(`${path}.areaM2`, label, item.areaM2 ?? 0, 'm²')}*${input(`${path}.perM2Fen`, label, (item.perM2Fen ?? 0) / 100, 'yuan / m²')}`
          : input(`${path}.fen`, label, item.fen / 100, 'yuan / month');
      if (item.capacityPerDay === undefined) return (column) => `${monthly}*${column}${rows.part}`;
      const capacity = input(`${path}.capacityPerDay`, label, item.capacityPerDay, '/ day');
      return (column) => `${monthly}*MAX(1,ROUNDUP(ROUND(${column}${countRow}/(${column}${rows.days}*${capacity}),9),0))*${column}${rows.part}`;
    },
    storage(at: string, storageLines: Scenario['quotes'][number]['storage']): MonthFormula | undefined {
      if (!stock) return undefined;
      const volume = input('stock.itemCm3', 'itemCm3', stock.itemCm3, 'cm³');
      const row = stockItems();
      const parts = storageLines.map((each, n) => {
        const cell = input(`${at}.storage.${n}.priceE4`, each.unit, each.priceE4 / 10_000, `yuan / ${each.unit}`);
        const amount = (column: string) => {
          const cm3 = `${column}${row}*${volume}`;
          if (each.unit === 'm3-day') return `${cm3}/1000000*${cell}*30`;
          if (each.unit === 'm2-month') return `${cm3}/1000/${stock.stackMm}*${cell}`;
          return `ROUNDUP(ROUND(${cm3}/${stock.palletCm3},9),0)*${cell}*${each.unit === 'pallet-day' ? 30 : 1}`;
        };
        if (each.freeDays === 0) return (column: string) => `${amount(column)}*${column}${rows.part}`;
        const free = input(`${at}.storage.${n}.freeDays`, 'freeDays', each.freeDays, 'days');
        return (column: string) => {
          const dwell = `(${column}${row}*${column}${rows.days}/${column}${rows.items})`;
          return `${amount(column)}*${column}${rows.part}*MAX(0,${dwell}-${free})/${dwell}`;
        };
      });
      return (column) => parts.map((each) => each(column)).join('+');
    },
    capital(): MonthFormula | undefined {
      if (!stock) return undefined;
      const cost = input('stock.itemCostFen', 'itemCost', stock.itemCostFen / 100, 'yuan');
      const rate = input('capitalBpPerYear', 'capital', scenario.capitalBpPerYear / 10_000, '× / year');
      const row = stockItems();
      return (column) => `${column}${row}*${cost}*${rate}/12*${column}${rows.part}`;
    },
  };
}
