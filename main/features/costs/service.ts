import { bothNames } from '../../../common/domain/costs/basics.ts';
import { builtinScenarios } from '../../../common/domain/costs/builtin/index.ts';
import { checkFreight } from '../../../common/domain/costs/freight-check.ts';
import type { FreightFinding } from '../../../common/domain/costs/freight-check.ts';
import { freightRows, freightSheetName, freightTemplate, readFreightRows } from '../../../common/domain/costs/freight-sheet.ts';
import type { SheetProblem } from '../../../common/domain/costs/freight-sheet.ts';
import type { FreightTable } from '../../../common/domain/costs/freight-schema.ts';
import { costReport } from '../../../common/domain/costs/report.ts';
import type { CostReport } from '../../../common/domain/costs/report.ts';
import { crossCheck } from '../../../common/domain/costs/scenario.ts';
import type { ParcelRow, SavedScenario, Scenario } from '../../../common/domain/costs/scenario.ts';
import type { Comparison, OutgoingFile, ParcelHistory, ScenarioEntry } from '../../../common/contract/costs.ts';
import { fail } from '../../../common/errors.ts';
import type { Clock, Ids } from '../../ports/index.ts';
import type { Actor, AuditService } from '../audit/service.ts';
import type { Changes } from '../events/service.ts';
import type { FilesService } from '../files/service.ts';
import type { HistoryQuery, ParcelHistorySource } from './history.ts';
import { pdfReport } from './pdf.ts';
import type { CostsRepository, StoredScenario } from './repository.ts';
import { readSheet, safeFileName, writeSheet } from './sheets.ts';
import { workbookReport } from './workbook.ts';

export interface CostsDeps {
  readonly repository: CostsRepository;
  readonly history: ParcelHistorySource;
  readonly files: FilesService;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: AuditService;
  readonly changes: Changes;
}

export type CostsService = ReturnType<typeof createCostsService>;

const builtinPrefix = 'builtin:';

/** Use cases of costs. */
export function createCostsService({ repository, history, files, clock, ids, audit, changes }: CostsDeps) {
  async function stored(id: string): Promise<StoredScenario> {
    if (id.startsWith(builtinPrefix)) {
      const scenario = Object.hasOwn(builtinScenarios, id.slice(builtinPrefix.length)) ? builtinScenarios[id.slice(builtinPrefix.length)] : undefined;
      if (!scenario) fail('NOT_FOUND', { what: 'scenario', id });
      return { id, name: bothNames(scenario.name)['zh-CN'], scenario, createdAt: '', updatedAt: '' };
    }
    return (await repository.scenario(id)) ?? fail('NOT_FOUND', { what: 'scenario', id });
  }

  async function readHistory(query: HistoryQuery): Promise<ParcelHistory> {
    if (query.from > query.to) fail('BAD_INPUT', { issues: [{ path: 'to', message: 'the period ends before it begins' }] });
    const parcels = await history.parcels(query);
    const rows = new Map<string, ParcelRow>();
    let printed = 0;
    let unweighed = 0;
    for (const parcel of parcels) {
      if (parcel.source === 'printed') printed += 1;
      if (parcel.grams === null) unweighed += 1;
      const row = { date: parcel.date, province: parcel.province, city: parcel.city, grams: parcel.grams, items: parcel.items, cm3: parcel.cm3, item: parcel.item, shop: parcel.shop, box: '' };
      const key = JSON.stringify(row);
      const known = rows.get(key);
      rows.set(key, { ...row, count: (known?.count ?? 0) + 1 });
    }
    return { rows: [...rows.values()], parcels: parcels.length, printed, shippedElsewhere: parcels.length - printed, unweighed };
  }

  /** The scenario with its parcels: history is read, everything else stays. */
  async function resolve(scenario: SavedScenario): Promise<Scenario> {
    const problems = crossCheck(scenario);
    if (problems.length > 0) fail('BAD_INPUT', { issues: problems });
    const { parcels } = scenario;
    if (parcels.kind !== 'history') return { ...scenario, parcels };
    const { rows } = await readHistory(parcels);
    return { ...scenario, parcels: { kind: 'real', from: parcels.from, to: parcels.to, rows, fallbackGrams: parcels.fallbackGrams } };
  }

  async function save(id: string | undefined, scenario: SavedScenario, actor: Actor): Promise<ScenarioEntry> {
    if (id?.startsWith(builtinPrefix)) fail('CONFLICT', { what: 'scenario', id, reason: 'built in: save a copy' });
    const problems = crossCheck(scenario);
    if (problems.length > 0) fail('BAD_INPUT', { issues: problems });
    const name = bothNames(scenario.name)['zh-CN'];
    const sameName = await repository.scenarioByName(name);
    if (sameName !== undefined && sameName !== id) fail('CONFLICT', { what: 'scenario', id: sameName, reason: `name "${name}"` });
    const before = id === undefined ? undefined : await stored(id);
    const now = clock.now();
    const entry: StoredScenario = { id: before?.id ?? ids.next('cost'), name, scenario, createdAt: before?.createdAt ?? now, updatedAt: now };
    await repository.saveScenario(entry);
    await audit.record(actor, 'costs.save', entry.id, { name });
    changes.emit('costs');
    return entryOf(entry);
  }

  return {
    scenarioById: stored,
    resolve,
    history: readHistory,
    save,

    /** Saved ones by name, then the built-in ones. */
    async list(): Promise<ScenarioEntry[]> {
      const builtin = await Promise.all(Object.keys(builtinScenarios).map((name) => stored(`${builtinPrefix}${name}`)));
      return [...(await repository.scenarios()), ...builtin].map(entryOf);
    },

    async get(id: string): Promise<ScenarioEntry & { scenario: SavedScenario }> {
      const entry = await stored(id);
      return { ...entryOf(entry), scenario: entry.scenario };
    },

    async duplicate(id: string, name: string, actor: Actor): Promise<ScenarioEntry> {
      const entry = await stored(id);
      return save(undefined, { ...entry.scenario, name }, actor);
    },

    async remove(id: string, actor: Actor): Promise<void> {
      if (id.startsWith(builtinPrefix)) fail('CONFLICT', { what: 'scenario', id, reason: 'built in' });
      await stored(id);
      await repository.removeScenario(id);
      await audit.record(actor, 'costs.remove', id);
      changes.emit('costs');
    },

    async calculate(scenario: SavedScenario): Promise<CostReport> {
      return costReport(await resolve(scenario));
    },

    /** The main figures of several scenarios side by side. */
    async compare(scenarioIds: readonly string[]): Promise<Comparison[]> {
      const result: Comparison[] = [];
      for (const id of scenarioIds) {
        const entry = await stored(id);
        const report = costReport(await resolve(entry.scenario));
        result.push({
          id,
          name: entry.name,
          example: report.scenario.example,
          parcels: report.period.parcels,
          perDay: report.period.perDay,
          cheapest: report.cheapest.allIn,
          options: report.options.map((option) => ({ id: option.id, name: option.name, complete: option.complete, perTicketFen: option.perTicketFen, perMonthFen: option.perMonthFen })),
          turns: report.breakEven.pairs.flatMap((pair) => pair.changes.map((change) => ({ quote: pair.quote, perDay: change.perDay, to: change.to }))),
          issues: report.issues.length,
        });
      }
      return result;
    },

    async report(scenario: SavedScenario, format: 'pdf' | 'xlsx', language: 'zh-CN' | 'en'): Promise<OutgoingFile> {
      const resolved = await resolve(scenario);
      const report = costReport(resolved);
      const name = safeFileName(bothNames(resolved.name)[language]);
      if (format === 'xlsx') return workbookReport(`${name}.xlsx`, resolved, report, language);
      return { name: `${name}.pdf`, type: 'application/pdf', base64: pdfReport(resolved, report, language, clock.now()).toString('base64') };
    },

    freightTables: {
      list: () => repository.freightTables(),
      async get(id: string): Promise<FreightTable> {
        return (await repository.freightTable(id)) ?? fail('NOT_FOUND', { what: 'freight table', id });
      },
      async save(id: string | undefined, table: Omit<FreightTable, 'id'>, actor: Actor): Promise<FreightTable> {
        if (id !== undefined && !(await repository.freightTable(id))) fail('NOT_FOUND', { what: 'freight table', id });
        const saved: FreightTable = { ...table, id: id ?? ids.next('frt') };
        await repository.saveFreightTable(saved, clock.now());
        await audit.record(actor, 'costs.freight-table', saved.id, { rules: saved.rules.length });
        changes.emit('costs');
        return saved;
      },
      async remove(id: string, actor: Actor): Promise<void> {
        if (!(await repository.freightTable(id))) fail('NOT_FOUND', { what: 'freight table', id });
        await repository.removeFreightTable(id);
        await audit.record(actor, 'costs.freight-table-remove', id);
        changes.emit('costs');
      },
      check: (table: FreightTable): FreightFinding[] => checkFreight(table, clock.now().slice(0, 10)),
      /** A table from a file in the template's form, as a draft to look at. */
      async read(fileId: string): Promise<{ table: FreightTable | null; problems: SheetProblem[]; findings: FreightFinding[] }> {
        const file = files.take(fileId);
        const records = await readSheet(file.name, file.bytes);
        const result = readFreightRows(records, ids.next('frt'), file.name.replace(/\.[^.]*$/u, '') || file.name);
        return result.ok
          ? { table: result.table, problems: [...result.problems], findings: checkFreight(result.table, clock.now().slice(0, 10)) }
          : { table: null, problems: [...result.problems], findings: [] };
      },
      /** The table, or the template to fill in, as xlsx. */
      async file(id: string): Promise<OutgoingFile> {
        const table = id === 'template' ? freightTemplate() : ((await repository.freightTable(id)) ?? fail('NOT_FOUND', { what: 'freight table', id }));
        const name = safeFileName(id === 'template' ? '运费表模板' : bothNames(table.name)['zh-CN']);
        return writeSheet(`${name}.xlsx`, [{ name: freightSheetName, rows: freightRows(table), widths: [6, 14, 26, 18, 10, 9, 10, 9, 10, 9, 8, 34, 12, 12] }]);
      },
    },
  };
}

function entryOf(entry: StoredScenario): ScenarioEntry {
  return { id: entry.id, name: entry.name, example: entry.scenario.example, builtin: entry.id.startsWith(builtinPrefix), updatedAt: entry.updatedAt };
}
