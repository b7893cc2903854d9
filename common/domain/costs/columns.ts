/** Finding columns of bills and result files by their usual headers, and reading their figures. */
import { parseDay, parseDecimal, parseYuanFen } from './decimals.ts';
import { roundDiv } from './money.ts';

export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** Usual names of a column, most telling first. */
export const usualHeaders = {
  waybill: ['运单号', '运单编号', '快递单号', '物流单号', '面单号', '单号', 'waybill', 'tracking number', 'tracking'],
  reference: ['订单号', '订单编号', '外部单号', '客户单号', '来源单号', '参考号', 'reference', 'order'],
  carrier: ['快递公司', '物流公司', '承运商', 'carrier'],
  date: ['揽收日期', '揽收时间', '发货日期', '发货时间', '业务日期', '扫描时间', '日期', '时间', 'date'],
  province: ['目的省份', '目的地省份', '收件省份', '目的省', '省份', '收件省', '目的地', '省', 'province', 'destination'],
  kilograms: ['结算重量', '计费重量', '计费重', '称重重量', '重量(kg)', '重量kg', '重量', 'weight'],
  charge: ['结算金额', '应收金额', '运费合计', '费用合计', '合计', '运费', '快递费', '金额', '费用', 'charge', 'amount', 'freight'],
} as const satisfies Record<string, readonly string[]>;
export type UsualColumn = keyof typeof usualHeaders;

/** Comparable form of a header: no blanks, half-width, lower case, units in brackets dropped. */
export function headerText(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '').replace(/\((?:元|￥|¥|yuan)\)/giu, '').toLowerCase();
}

export interface FoundColumns<K extends string> {
  readonly headerIndex: number;
  readonly columns: Readonly<Partial<Record<K, number>>>;
}

/**
 * The header row among the first 20 records and the wanted columns in it. A header given by the user is taken literally; otherwise an
 * exact usual name wins over one that only contains it, and a column is used once.
 */
export function findColumns<K extends UsualColumn>(records: readonly SheetRow[], wanted: readonly K[], required: readonly K[], given?: Readonly<Partial<Record<K, string | undefined>>>): FoundColumns<K> | undefined {
  for (const [headerIndex, record] of records.slice(0, 20).entries()) {
    const headers = record.cells.map(headerText);
    const used = new Set<number>();
    const columns: Partial<Record<K, number>> = {};
    for (const column of wanted) {
      const literal = given?.[column];
      const names = literal ? [literal] : usualHeaders[column];
      const index = pick(headers, names.map(headerText), used);
      if (index < 0) continue;
      used.add(index);
      columns[column] = index;
    }
    if (required.every((column) => columns[column] !== undefined)) return { headerIndex, columns };
  }
  return undefined;
}

function pick(headers: readonly string[], names: readonly string[], used: ReadonlySet<number>): number {
  for (const matches of [(header: string, name: string) => header === name, (header: string, name: string) => header.includes(name)]) {
    for (const name of names) {
      const index = headers.findIndex((header, n) => !used.has(n) && header !== '' && matches(header, name));
      if (index >= 0) return index;
    }
  }
  return -1;
}

/** Kilograms as bills write them (1.2, 1.2kg, 1,200.5) → grams; finer than a gram is rounded. */
export function readKilograms(text: string): number | undefined {
  const parsed = parseDecimal(text.replace(/(?:kg|公斤|千克)$/iu, ''), 6);
  return parsed.ok ? roundDiv(parsed.value, 1000) : undefined;
}

/** Yuan as bills write them → fen; finer than a fen is rounded, because bills carry computed cells such as 2.8000000001. */
export function readYuan(text: string): number | undefined {
  const exact = parseYuanFen(text);
  if (exact.ok) return exact.value;
  if (exact.problem !== 'too-fine') return undefined;
  const fine = parseDecimal(text.replace(/(\.\d{8})\d+/u, '$1'), 8);
  return fine.ok ? roundDiv(fine.value, 1_000_000) : undefined;
}

export { parseDay };
