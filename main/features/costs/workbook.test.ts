/** The workbook's formulas are worked out here by a small reader of the few functions they use, and must give the program's own figures. */
import type ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { builtinScenarios } from '../../../common/domain/costs/builtin/index.ts';
import { costReport } from '../../../common/domain/costs/report.ts';
import { scenarioOf } from '../../../common/domain/costs/testing.ts';
import type { Scenario } from '../../../common/domain/costs/scenario.ts';
import { buildWorkbook } from './workbook.ts';

type Value = number | string;
type Cells = Value | Value[];

/** Works out formulas of one workbook. Unknown functions throw, so a formula nobody understands fails the test. */
function calculator(workbook: ExcelJS.Workbook) {
  const done = new Map<string, Value>();
  const columnNumber = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

  function cell(sheetName: string, column: string, row: number): Value {
    const key = `${sheetName}!${column}${row}`;
    const known = done.get(key);
    if (known !== undefined) return known;
    const { value } = workbook.getWorksheet(sheetName)!.getCell(row, columnNumber(column));
    let result: Value = 0;
    if (typeof value === 'number' || typeof value === 'string') result = value;
    else if (value !== null && typeof value === 'object' && 'formula' in value) result = evaluate(value.formula ?? '', sheetName) as Value;
    done.set(key, result);
    return result;
  }

  function evaluate(formula: string, sheetName: string): Cells {
    const tokens = formula.match(/'[^']*'!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?|\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?|[A-Z]+(?=\()|\d+\.?\d*|[-+*/(),=]/g) ?? [];
    let at = 0;
    const next = () => tokens[at++]!;
    const zip = (a: Cells, b: Cells, join: (x: Value, y: Value) => number): Cells => {
      if (!Array.isArray(a) && !Array.isArray(b)) return join(a, b);
      const length = Array.isArray(a) ? a.length : (b as Value[]).length;
      return Array.from({ length }, (_, n) => join(Array.isArray(a) ? a[n]! : a, Array.isArray(b) ? b[n]! : b));
    };
    const flat = (args: Cells[]) => args.flat().map(Number);
    function compare(): Cells {
      let left = sum();
      while (tokens[at] === '=') {
        next();
        left = zip(left, sum(), (x, y) => (x === y ? 1 : 0));
      }
      return left;
    }
    function sum(): Cells {
      let left = product();
      while (tokens[at] === '+' || tokens[at] === '-') {
        const sign = next() === '+' ? 1 : -1;
        left = zip(left, product(), (x, y) => Number(x) + sign * Number(y));
      }
      return left;
    }
    function product(): Cells {
      let left = unit();
      while (tokens[at] === '*' || tokens[at] === '/') {
        const operator = next();
        left = zip(left, unit(), (x, y) => (operator === '*' ? Number(x) * Number(y) : Number(x) / Number(y)));
      }
      return left;
    }
    function unit(): Cells {
      const token = next();
      if (token === '(') {
        const inside = compare();
        next();
        return inside;
      }
      if (token === '-') return zip(0, unit(), (x, y) => Number(x) - Number(y));
      if (/^\d/.test(token)) return Number(token);
      if (tokens[at] === '(') {
        next();
        const args: Cells[] = [];
        while (tokens[at] !== ')') {
          args.push(compare());
          if (tokens[at] === ',') next();
        }
        next();
        return call(token, args);
      }
      const [, named, range] = /^(?:'([^']*)'!)?(.*)$/.exec(token)!;
      const sheet = named ?? sheetName;
      const [from, to] = range!.replaceAll('$', '').split(':').map((part) => /^([A-Z]+)(\d+)$/.exec(part)!);
      if (!to) return cell(sheet, from![1]!, Number(from![2]));
      const values: Value[] = [];
      for (let row = Number(from![2]); row <= Number(to[2]); row += 1) {
        for (let column = columnNumber(from![1]!); column <= columnNumber(to[1]!); column += 1) values.push(cell(sheet, workbook.getWorksheet(sheet)!.getColumn(column).letter, row));
      }
      return values;
    }
    function call(name: string, args: Cells[]): Cells {
      const round = (mode: (value: number) => number) => mode(Number(args[0]) * 10 ** Number(args[1]) + (mode === Math.round ? 1e-9 : 0)) / 10 ** Number(args[1]);
      switch (name) {
        case 'SUM':
        case 'SUMPRODUCT':
          return flat(args).reduce((a, b) => a + b, 0);
        case 'SUMIF':
          return (args[0] as Value[]).reduce<number>((total, value, n) => total + (value === args[1] ? Number((args[2] as Value[])[n]) : 0), 0);
        case 'MAX':
          return Math.max(...flat(args));
        case 'ROUND':
          return round(Math.round);
        case 'ROUNDUP':
          return round(Math.ceil);
        case 'ROUNDDOWN':
          return round(Math.floor);
        case 'SQRT':
          return Math.sqrt(Number(args[0]));
        case 'IF':
          return Number(args[0]) ? args[1]! : args[2]!;
        default:
          throw new Error(`unknown function ${name}`);
      }
    }
    const result = compare();
    if (at !== tokens.length) throw new Error(`left over in ${formula}: ${tokens.slice(at).join(' ')}`);
    return result;
  }
  return cell;
}

const rich: Scenario = scenarioOf({
  name: 'rich',
  returnBp: 350,
  capitalBpPerYear: 600,
  parcels: {
    kind: 'real', from: '2026-09-11', to: '2026-11-20',
    rows: [
      { date: '2026-09-12', province: '浙江', grams: 700, items: 2, count: 900 },
      { date: '2026-10-03', province: '广东', grams: 1700, items: 3, count: 4100 },
      { date: '2026-11-11', province: '新疆', grams: 400, items: 1, count: 2500 },
    ],
  },
  stock: { restockDays: 25, leadDays: 10, itemCm3: 900, itemCostFen: 1250 },
  freightTables: [{ id: 'f', name: 'f', nationwide: { kind: 'first-additional', firstGrams: 1000, firstE4: 28_500, stepGrams: 1000, stepE4: 9_900 }, surcharges: [{ provinces: ['新疆'], addE4: 120_000 }] }],
  own: {
    fixed: [{ id: 'rent', name: 'Rent', kind: 'rent', areaM2: 66, perM2Fen: 2250, capacityPerDay: 90 }, { id: 'erp', name: 'ERP', kind: 'software', fen: 29_900, goesAway: 'never' }],
    staff: { outputPerDay: 70, wageFen: 480_000, socialFen: 91_000, minPackers: 1, overtime: { maxBp: 1500, perParcelE4: 8_500 }, peaks: [{ month: 11, factorBp: 20_000 }] },
    material: { boxes: [{ id: 's', maxItems: 2, priceE4: 1_850 }, { id: 'l', priceE4: 5_200 }], labelE4: 425, tapeE4: 130, fillerE4: 90 },
    perParcelE4: 500, perItemE4: 77, freight: ['f'],
    loss: { bp: 30, caseFen: 2599 }, misship: { bp: 50, caseFen: 1234 }, returns: { handlingE4: 8000, freightE4: 50_000 },
  },
  quotes: [
    {
      id: 'h', name: 'Handling', price: { kind: 'handling', firstItemE4: 11_900, furtherItemE4: 1_900, freight: ['f'] }, material: { kind: 'own-plus', markupBp: 1500 },
      storage: [{ unit: 'm3-day', priceE4: 21_000, freeDays: 7 }, { unit: 'pallet-month', priceE4: 400_000 }], inbound: { perItemE4: 900, perM3E4: 310_000, perMonthFen: 5000 },
      valueAdded: [{ name: 'card', perParcelE4: 1000, shareBp: 5000 }], returns: { handlingE4: 15_000 }, loss: { bp: 10, caseFen: 3000 }, depositFen: 1_000_000, monthlyFeeFen: 9900, taxIncluded: false,
    },
    { id: 'a', name: "All'in", price: { kind: 'all-in', bands: [{ uptoGrams: 1000, priceE4: 36_000 }, { uptoGrams: 3000, priceE4: 47_000 }], notServed: ['新疆'] }, monthlyMinimumFen: 1_500_000 },
  ],
});

describe.each([['datang', builtinScenarios['datang']!], ['every kind of cost', rich]])('workbook of %s', (_name, scenario) => {
  it('calculates by its own formulas what the program says', () => {
    const report = costReport(scenario);
    const workbook = buildWorkbook(scenario, report, 'en');
    const value = calculator(workbook);
    let compared = 0;
    report.options.forEach((option, index) => {
      const sheet = workbook.worksheets[3 + index]!;
      const months = report.period.months.length;
      const total = sheet.getColumn(2 + months).letter;
      const difference = sheet.getColumn(2 + months + 3).letter;
      const named = new Map<string, number>();
      sheet.eachRow((row) => named.set(String(row.getCell(1).value), row.number));
      for (const component of option.components) {
        const row = named.get(component.name.en);
        expect(row, `${option.id} ${component.id} has a line`).toBeDefined();
        // the model rounds each month to 1/10000 yuan where a formula does not: a fen of difference at most
        expect(Math.abs(Number(value(sheet.name, total, row!)) * 100 - component.fen), `${option.id} ${component.id}`).toBeLessThanOrEqual(1.01);
        expect(Math.abs(Number(value(sheet.name, difference, row!)))).toBeLessThanOrEqual(0.02);
        compared += 1;
      }
      expect(Math.abs(Number(value(sheet.name, total, sheet.rowCount)) * 100 - option.fen)).toBeLessThanOrEqual(3);
      const summary = workbook.worksheets[0]!;
      summary.eachRow((row) => {
        if (row.getCell(1).value === option.name.en) expect(Number(value(summary.name, 'B', row.number))).toBe(option.parcels);
      });
    });
    expect(compared).toBeGreaterThan(12);
  });
});
