import type { OutgoingFile } from '../../../common/contract/costs.ts';
import type { Bill } from '../../../common/contract/routing.ts';
import { findColumns, parseDay, readKilograms, readYuan } from '../../../common/domain/costs/columns.ts';
import { compileFreight } from '../../../common/domain/costs/freight.ts';
import type { SheetProblem } from '../../../common/domain/costs/freight-sheet.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { reconcile } from '../../../common/domain/costs/reconcile.ts';
import type { BillLine, ReconciledLine, Verdict } from '../../../common/domain/costs/reconcile.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { ParcelHistorySource } from '../costs/history.ts';
import type { CostsService } from '../costs/service.ts';
import { readSheet, safeFileName, writeSheet } from '../costs/sheets.ts';
import type { SheetRecord } from '../costs/sheets.ts';
import type { Changes } from '../events/service.ts';
import type { FilesService } from '../files/service.ts';
import type { BillsRepository } from './repository.ts';

export interface BillsDeps {
  readonly repository: BillsRepository;
  readonly costs: { readonly freightTables: Pick<CostsService['freightTables'], 'get'> };
  readonly history: ParcelHistorySource;
  readonly files: FilesService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  readonly changes: Changes;
}

export interface BillImport {
  readonly fileId: string;
  readonly name: string;
  readonly tableId: string;
  readonly carrier: string;
  readonly from: string;
  readonly to: string;
  readonly toleranceFen: number;
  readonly columns: Readonly<Partial<Record<'waybill' | 'date' | 'province' | 'kilograms' | 'charge', string>>>;
  readonly dryRun: boolean;
}

export type BillsService = ReturnType<typeof createBillsService>;

const verdictTexts: Readonly<Record<Verdict, string>> = {
  ok: '一致', under: '少收', weight: '重量虚高', zone: '目的地不符', price: '价格不符', duplicate: '重复计费', unmatched: '不是我们的单号', unpriced: '运费表没有价格',
};

/** Use cases of freight bills. */
export function createBillsService({ repository, costs, history, files, clock, ids, audit, changes }: BillsDeps) {
  async function find(id: string): Promise<Bill> {
    return (await repository.list()).find((bill) => bill.id === id) ?? fail('NOT_FOUND', { what: 'freight bill', id });
  }

  return {
    list: () => repository.list(),

    async lines(id: string, query: { verdict?: Verdict; limit: number }): Promise<ReconciledLine[]> {
      await find(id);
      return repository.lines(id, query);
    },

    /** Errors: TABLE_UNKNOWN when number or charge column is not found, FILE_REFUSED, NOT_FOUND of the table, CONFLICT for a file imported before. */
    async import(input: BillImport, actor: Actor): Promise<{ bill: Bill; lines: ReconciledLine[] }> {
      if (input.from > input.to) fail('BAD_INPUT', { issues: [{ path: 'to', message: 'the period ends before it begins' }] });
      const table = await costs.freightTables.get(input.tableId);
      const file = files.take(input.fileId);
      const { lines, problems } = readBill(file.name, await readSheet(file.name, file.bytes), input);
      const parcels = (await history.parcels({ from: input.from, to: input.to, shopIds: [] })).filter(
        (parcel) => parcel.waybill !== '' && (input.carrier === '' || parcel.carrierCode === '' || parcel.carrierCode === input.carrier),
      );
      const compiled = compileFreight(table);
      const result = reconcile(lines, parcels, (parcel, grams, province) => compiled.place(province, parcel.city).quote(grams ?? -1, parcel.cm3, parcel.date), input.toleranceFen);
      const name = input.name === '' ? file.name : input.name;
      const bill: Bill = {
        id: ids.next('bill'), name, carrier: input.carrier, tableId: input.tableId, from: input.from, to: input.to, file: file.name, lines: result.lines.length,
        chargedFen: result.chargedFen, expectedFen: result.expectedFen, claimFen: result.claimFen, counts: { ...result.counts },
        missing: result.missing.map((parcel) => parcel.waybill), problems, createdAt: clock.now(),
      };
      if (!input.dryRun) {
        const same = (await repository.list()).find((each) => each.name === name && each.file === file.name && each.from === bill.from && each.to === bill.to);
        if (same) fail('CONFLICT', { what: 'freight bill', id: same.name, reason: 'imported before; remove it first' });
        await repository.insert(bill, result.lines);
        await audit.record(actor, 'freight-bill.import', bill.id, { lines: bill.lines, claimFen: bill.claimFen });
        changes.emit('costs');
      }
      return { bill, lines: [...result.lines].sort((a, b) => b.claimFen - a.claimFen || a.row - b.row).slice(0, 1000) };
    },

    /** What to send the courier, and what to look into. */
    async claim(id: string): Promise<OutgoingFile> {
      const bill = await find(id);
      const lines = await repository.lines(id, { limit: 100_000 });
      const yuan = (fen: number | null) => (fen === null ? null : fen / 100);
      const kilograms = (grams: number | null) => (grams === null ? null : grams / 1000);
      const header = ['行', '运单号', '日期', '账单省份', '我方省份', '账单重量(kg)', '我方重量(kg)', '收取(元)', '应收(元)', '申诉(元)', '原因'];
      const rowOf = (line: ReconciledLine) => [line.row, line.waybill, line.date, line.province, line.ownProvince, kilograms(line.grams), kilograms(line.ownGrams), yuan(line.chargedFen), yuan(line.expectedFen), yuan(line.claimFen), verdictTexts[line.verdict]];
      const claimed = lines.filter((line) => line.claimFen > 0);
      const widths = [6, 20, 12, 10, 10, 12, 12, 10, 10, 10, 16];
      return writeSheet(`${safeFileName(bill.name)}-申诉.xlsx`, [
        { name: '申诉', rows: [header, ...claimed.map(rowOf), ['合计', '', '', '', '', null, null, null, null, yuan(bill.claimFen), formatFen(bill.claimFen)]], widths },
        { name: '不是我们的', rows: [header, ...lines.filter((line) => line.verdict === 'unmatched').map(rowOf)], widths },
        { name: '账单里没有', rows: [['运单号'], ...bill.missing.map((waybill) => [waybill])], widths: [24] },
        { name: '全部', rows: [header, ...lines.map(rowOf)], widths },
      ]);
    },

    async remove(id: string, actor: Actor): Promise<void> {
      if (!(await repository.remove(id))) fail('NOT_FOUND', { what: 'freight bill', id });
      await audit.record(actor, 'freight-bill.remove', id);
      changes.emit('costs');
    },
  };
}

/** Lines of a bill and the rows that could not be read. */
export function readBill(file: string, records: readonly SheetRecord[], input: Pick<BillImport, 'columns'>): { lines: BillLine[]; problems: SheetProblem[] } {
  const found = findColumns(records, ['waybill', 'date', 'province', 'kilograms', 'charge'], ['waybill', 'charge'], input.columns);
  if (!found) fail('TABLE_UNKNOWN', { file, header: [...(records[0]?.cells ?? [])].slice(0, 30) });
  const lines: BillLine[] = [];
  const problems: SheetProblem[] = [];
  for (const record of records.slice(found.headerIndex + 1)) {
    const cell = (column: keyof typeof found.columns) => (record.cells[found.columns[column] ?? -1] ?? '').replace(/^'/u, '').trim();
    if (record.cells.every((value) => value.trim() === '')) continue;
    // the foot of a bill has sums but no number
    if (/^(?:合计|总计|小计|total)?$/iu.test(cell('waybill')) && record.cells.some((value) => /合计|总计|小计|total/iu.test(value))) continue;
    const say = (column: string, value: string, zh: string, en: string) => problems.push({ row: record.row, column, value, reason: { 'zh-CN': zh, en } });
    if (!/^[A-Za-z0-9-]{6,40}$/u.test(cell('waybill').replace(/\s/gu, ''))) {
      say('waybill', cell('waybill'), '不是运单号', 'not a waybill number');
      continue;
    }
    const chargedFen = readYuan(cell('charge'));
    if (chargedFen === undefined) {
      say('charge', cell('charge'), '金额不是正数', 'the charge is not a positive figure');
      continue;
    }
    const weight = cell('kilograms') === '' ? null : readKilograms(cell('kilograms'));
    if (weight === undefined) {
      say('weight', cell('kilograms'), '重量看不懂', 'the weight cannot be read');
      continue;
    }
    lines.push({ row: record.row, waybill: cell('waybill').replace(/\s/gu, ''), date: parseDay(cell('date')) ?? '', province: cell('province'), grams: weight, chargedFen });
  }
  return { lines, problems };
}
