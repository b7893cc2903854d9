/**
 * The report as a workbook whose figures are formulas: inputs on one sheet, parcels with their unit prices on another, one sheet per
 * option that an accountant can follow cell by cell, and a column that compares each line with what the program calculated.
 */
import ExcelJS from 'exceljs';
import type { Language } from '../../../common/domain/costs/basics.ts';
import { bothNames } from '../../../common/domain/costs/basics.ts';
import { buildModel } from '../../../common/domain/costs/evaluate.ts';
import type { CostModel } from '../../../common/domain/costs/evaluate.ts';
import { neutral } from '../../../common/domain/costs/factors.ts';
import type { CostReport, ReportOption } from '../../../common/domain/costs/report.ts';
import type { Scenario } from '../../../common/domain/costs/scenario.ts';
import { normalizeProvince } from '../../../common/domain/costs/places.ts';
import type { OutgoingFile } from '../../../common/contract/costs.ts';
import { toFile } from './sheets.ts';
import { cloudFormulas, ownFormulas } from './workbook-formulas.ts';
import type { FormulaContext, ParcelColumns } from './workbook-formulas.ts';

const words = {
  'zh-CN': {
    summary: '结论', inputs: '参数', parcels: '包裹', item: '项目', value: '数值', unit: '单位', path: '字段', option: '方案', total: '合计（元）', ticket: '元/票', program: '程序计算（元）', difference: '差', formula: '公式',
    count: '件数', days: '发货天数', part: '占整月', items: '商品件数', packers: '打包员', temporary: '临时工', stock: '库存件数', month: '月份', province: '省份', grams: '重量(g)', pieces: '商品数', example: '示例数字：换成自己的之前不能当作比较', notes: '注意', bill: '账单小计',
  },
  en: {
    summary: 'Summary', inputs: 'Inputs', parcels: 'Parcels', item: 'Item', value: 'Value', unit: 'Unit', path: 'Field', option: 'Option', total: 'Total (yuan)', ticket: 'Yuan a ticket', program: 'Program (yuan)', difference: 'Difference', formula: 'Formula',
    count: 'Parcels', days: 'Shipping days', part: 'Part of month', items: 'Items', packers: 'Packers', temporary: 'Temporary', stock: 'Items in stock', month: 'Month', province: 'Province', grams: 'Weight (g)', pieces: 'Items', example: 'Example figures: not a comparison until they are replaced', notes: 'Please note', bill: 'Bill so far',
  },
} as const;

/** Writes the workbook. */
export async function workbookReport(fileName: string, scenario: Scenario, report: CostReport, language: Language): Promise<OutgoingFile> {
  return toFile(fileName, buildWorkbook(scenario, report, language));
}

/** The workbook itself; separate so that its formulas can be checked. */
export function buildWorkbook(scenario: Scenario, report: CostReport, language: Language): ExcelJS.Workbook {
  const t = words[language];
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Packbench';
  workbook.calcProperties.fullCalcOnLoad = true;
  const summary = workbook.addWorksheet(t.summary);
  const inputs = createInputs(workbook.addWorksheet(t.inputs), t.inputs, [t.item, t.value, t.unit, t.path]);
  const model = buildModel(scenario);
  const parcels = writeParcels(workbook.addWorksheet(t.parcels, { views: [{ state: 'frozen', ySplit: 1 }] }), model, report, language);
  const sheets = report.options.map((option, index) => {
    const title = index === 0 ? safeSheetName(option.name[language]) : safeSheetName(`${index}-${option.name[language]}`);
    return writeOption(workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1, xSplit: 1 }] }), title, model, option, inputs, parcels, language);
  });

  summary.addRow([bothNames(scenario.name)[language]]).font = { bold: true, size: 14 };
  if (report.scenario.example) summary.addRow([t.example]).font = { color: { argb: 'FFD9480F' }, bold: true };
  for (const sentence of report.explanation[language]) summary.addRow([sentence]);
  summary.addRow([]);
  summary.addRow([t.option, t.count, t.total, t.ticket]).font = { bold: true };
  sheets.forEach((sheet, index) => {
    const option = report.options[index];
    if (!option) return;
    const row = summary.addRow([option.name[language]]);
    row.getCell(2).value = { formula: sheet.count, result: option.parcels };
    row.getCell(3).value = { formula: sheet.total, result: option.fen / 100 };
    row.getCell(4).value = { formula: `IF(B${row.number}=0,0,C${row.number}/B${row.number})`, result: option.parcels === 0 ? 0 : option.e4 / 10_000 / option.parcels };
    row.getCell(3).numFmt = '#,##0.00';
    row.getCell(4).numFmt = '0.00';
  });
  summary.getColumn(1).width = 44;
  for (const column of [2, 3, 4]) summary.getColumn(column).width = 16;
  if (report.issues.length > 0) {
    summary.addRow([]);
    summary.addRow([t.notes]).font = { bold: true };
    for (const issue of report.issues) summary.addRow([issue.text[language]]);
  }
  return workbook;
}

type Inputs = ReturnType<typeof createInputs>;

/** A list of named figures; asking for one writes it once and returns its cell. */
function createInputs(sheet: ExcelJS.Worksheet, title: string, header: readonly string[]) {
  sheet.addRow([...header]).font = { bold: true };
  [36, 14, 18, 36].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  const cells = new Map<string, string>();
  return {
    cell(path: string, label: string, value: number, unit: string): string {
      const known = cells.get(path);
      if (known) return known;
      const row = sheet.addRow([label, value, unit, path]);
      row.getCell(2).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF4E6' } };
      const reference = `'${title}'!$B$${row.number}`;
      cells.set(path, reference);
      return reference;
    },
  };
}

/** Parcels bundled by month, province and unit prices; each option has its count and the prices that differ from parcel to parcel. */
function writeParcels(sheet: ExcelJS.Worksheet, model: CostModel, report: CostReport, language: Language): ParcelColumns {
  const t = words[language];
  const { parcels } = model;
  const keys: string[] = ['month', 'province', 'all', 'items'];
  const header: string[] = [t.month, t.province, t.count, t.items];
  model.options.forEach((option, index) => {
    const name = report.options[index]?.name[language] ?? option.id;
    keys.push(`${option.id}:count`, `${option.id}:items`, ...option.varying.map((n) => `${option.id}:${option.variableIds[n]}`));
    header.push(`${name} ${t.count}`, `${name} ${t.items}`, ...option.varying.map((n) => {
      const id = option.variableIds[n] ?? '';
      return `${name} ${report.options[index]?.components.find((component) => component.id === id)?.name[language] ?? id}`;
    }));
  });
  const buffers = model.options.map((option) => new Float64Array(option.variableIds.length));
  const bundles = new Map<string, { cells: (string | number)[]; counted: number[]; items: number[] }>();
  for (let index = 0; index < parcels.size; index += 1) {
    const month = parcels.months[parcels.month[index] ?? 0]?.key ?? '';
    const province = normalizeProvince(parcels.places[parcels.place[index] ?? 0]?.province ?? '');
    const prices = model.options.map((option, n) => {
      const buffer = buffers[n] ?? new Float64Array(0);
      return option.price(parcels, index, parcels.grams[index] ?? -1, neutral, buffer) === 0 ? option.varying.map((at) => (buffer[at] ?? 0) / 10_000) : null;
    });
    const key = JSON.stringify([month, province, prices]);
    const bundle = bundles.get(key) ?? { cells: [month, province], counted: [0], items: [0] };
    const count = parcels.count[index] ?? 0;
    bundle.counted[0] = (bundle.counted[0] ?? 0) + count;
    bundle.items[0] = (bundle.items[0] ?? 0) + count * (parcels.items[index] ?? 1);
    if (!bundles.has(key)) {
      bundles.set(key, bundle);
      bundle.cells.push(JSON.stringify(prices));
    }
  }
  sheet.addRow(header).font = { bold: true };
  for (const { cells, counted, items } of bundles.values()) {
    const prices = JSON.parse(String(cells[2])) as (number[] | null)[];
    const count = counted[0] ?? 0;
    const pieces = items[0] ?? 0;
    sheet.addRow([cells[0], cells[1], count, pieces, ...prices.flatMap((list, n) => (list ? [count, pieces, ...list] : [0, 0, ...(model.options[n]?.varying.map(() => 0) ?? [])]))]);
  }
  const last = Math.max(2, bundles.size + 1);
  sheet.columns.forEach((column) => {
    column.width = 14;
  });
  return {
    range: (key) => {
      const letter = columnLetter(keys.indexOf(key) + 1);
      return `'${t.parcels}'!$${letter}$2:$${letter}$${last}`;
    },
  };
}

/** One option: a block of months, a line per component, total, per ticket, and the program's own figure beside it. */
function writeOption(sheet: ExcelJS.Worksheet, title: string, model: CostModel, option: ReportOption, inputs: Inputs, parcels: ParcelColumns, language: Language): { count: string; total: string } {
  const t = words[language];
  const { scenario } = model;
  const { months } = model.parcels;
  const optionModel = model.options.find((each) => each.id === option.id);
  const first = 2;
  const totalColumn = columnLetter(first + months.length);
  const lastMonth = columnLetter(first + months.length - 1);
  const header = sheet.addRow([t.item, ...months.map((month) => month.key), t.total, t.ticket, t.program, t.difference, t.formula]);
  header.font = { bold: true };
  sheet.getColumn(1).width = 26;
  for (let n = first; n <= first + months.length + 3; n += 1) sheet.getColumn(n).width = 15;
  sheet.getColumn(first + months.length + 4).width = 70;

  /** A row of one formula per month. */
  function line(label: string, formula: (column: string, month: number) => string, format = '#,##0.00'): number {
    const row = sheet.addRow([label]);
    months.forEach((_, month) => {
      const cell = row.getCell(first + month);
      cell.value = { formula: formula(columnLetter(first + month), month) };
      cell.numFmt = format;
    });
    return row.number;
  }
  const input = (path: string, label: string, value: number, unit: string) => inputs.cell(path, label, value, unit);
  const sum = (range: string) => (column: string) => `SUMIF(${parcels.range('month')},${column}$1,${range})`;

  const count = line(t.count, sum(parcels.range(`${option.id}:count`)), '#,##0');
  const all = line(`${t.count} (${t.total.split('（')[0]?.split(' ')[0] ?? ''})`, sum(parcels.range('all')), '#,##0');
  const items = line(t.items, sum(parcels.range(`${option.id}:items`)), '#,##0');
  const daysInput = input('daysPerMonth', t.days, scenario.daysPerMonth, language === 'en' ? 'days' : '天');
  const part = line(t.part, (_, month) => `${months[month]?.covered ?? 0}/${months[month]?.length ?? 1}`, '0.0000');
  const days = line(t.days, (column) => `${daysInput}*${column}${part}`, '0.00');
  const context: FormulaContext = { model, option: option.id, language, labels: t, input, line, parcels, rows: { count, all, items, part, days }, written: new Map() };
  const formulas = option.kind === 'own' ? ownFormulas(context) : cloudFormulas(context);

  const componentRows: number[] = [];
  const ids = [...(optionModel?.variableIds ?? []), ...(optionModel?.monthlyIds ?? [])];
  for (const id of ids) {
    const component = option.components.find((each) => each.id === id);
    const formula = formulas(id);
    if (!component || !formula) continue;
    const number = line(component.name[language], formula);
    const row = sheet.getRow(number);
    componentRows.push(number);
    context.written.set(id, number);
    row.getCell(first + months.length).value = { formula: `SUM(${columnLetter(first)}${number}:${lastMonth}${number})`, result: component.fen / 100 };
    row.getCell(first + months.length + 1).value = { formula: `IF(SUM($${columnLetter(first)}$${count}:$${lastMonth}$${count})=0,0,${totalColumn}${number}/SUM($${columnLetter(first)}$${count}:$${lastMonth}$${count}))`, result: component.perTicketE4 / 10_000 };
    row.getCell(first + months.length + 2).value = component.fen / 100;
    row.getCell(first + months.length + 3).value = { formula: `ROUND(${totalColumn}${number}-${columnLetter(first + months.length + 2)}${number},2)`, result: 0 };
    row.getCell(first + months.length + 4).value = component.formula[language];
    for (let n = 0; n < 4; n += 1) row.getCell(first + months.length + n).numFmt = n === 1 ? '0.0000' : '#,##0.00';
  }
  const total = sheet.addRow([t.total]);
  total.font = { bold: true };
  const letters = [...months.map((_, month) => columnLetter(first + month)), totalColumn];
  letters.forEach((letter, index) => {
    const cell = total.getCell(first + index);
    cell.value = { formula: componentRows.length === 0 ? '0' : componentRows.map((row) => `${letter}${row}`).join('+'), ...(letter === totalColumn ? { result: option.fen / 100 } : {}) };
    cell.numFmt = '#,##0.00';
  });
  return { count: `SUM('${title}'!${columnLetter(first)}${count}:${lastMonth}${count})`, total: `'${title}'!${totalColumn}${total.number}` };
}

function columnLetter(number: number): string {
  let letters = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}

function safeSheetName(name: string): string {
  return name.replace(/[[\]*?/\\:']/gu, ' ').slice(0, 31).trim() || 'option';
}
