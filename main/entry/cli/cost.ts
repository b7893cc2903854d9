/** `packbench cost`: own warehouse or cloud warehouse, from a scenario file or a built-in one. */
import { readFile, writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { fail } from '../../../common/errors.ts';
import { builtinScenarios } from '../../../common/domain/costs/builtin/index.ts';
import { formatFen } from '../../../common/domain/costs/money.ts';
import { buildModel, evaluate } from '../../../common/domain/costs/evaluate.ts';
import type { CostModel } from '../../../common/domain/costs/evaluate.ts';
import { weightSources } from '../../../common/domain/costs/parcels.ts';
import { replayRows } from '../../../common/domain/costs/replay.ts';
import { reportOf } from '../../../common/domain/costs/report.ts';
import type { CostReport } from '../../../common/domain/costs/report.ts';
import { readScenario, scenarioJsonSchema } from '../../../common/domain/costs/scenario.ts';
import type { Scenario } from '../../../common/domain/costs/scenario.ts';
import type { Language } from '../../../common/domain/costs/basics.ts';
import { guarded, printJson } from './io.ts';
import type { CliIo } from './io.ts';

interface Options {
  readonly json?: boolean;
  readonly schema?: boolean;
  readonly print?: boolean;
  readonly report?: string;
  readonly parcels?: boolean;
  readonly lang?: Language;
}

/** Adds the command. */
export function register(program: Command, io: CliIo): void {
  program
    .command('cost')
    .description('cost of a ticket: own shipping against cloud-warehouse quotes, with break-even, split and sensitivity')
    .argument('[scenario]', 'a scenario file (JSON), "-" for standard input, or builtin:datang')
    .option('--json', 'print one JSON document; money in fen (1/100 yuan) and E4 (1/10000 yuan)')
    .option('--schema', 'print the JSON schema of a scenario file')
    .option('--print', 'print the scenario itself instead of its result: a start for one of your own')
    .option('--parcels', 'with --json: every row of parcels priced under every option')
    .option('--report <file>', 'also write the report as .pdf, or as .xlsx with live formulas')
    .option('--lang <language>', 'zh-CN or en', language)
    .addHelpText('after', '\nExamples:\n  packbench cost builtin:datang\n  packbench cost builtin:datang --print > mine.json\n  packbench cost mine.json --json --report mine.pdf\n  packbench cost --schema')
    .action(async (source: string | undefined, options: Options) => {
      await guarded(io, options.json === true, async () => {
        if (options.schema === true) return printJson(io, scenarioJsonSchema());
        if (source === undefined) fail('BAD_INPUT', { issues: [{ path: 'scenario', message: 'name a scenario file or builtin:datang' }] });
        const scenario = await load(source, io);
        if (options.print === true) return printJson(io, scenario);
        const model = buildModel(scenario);
        const report = reportOf(model);
        const words = options.lang ?? (/^zh/iu.test(io.env['LC_ALL'] ?? io.env['LANG'] ?? '') ? 'zh-CN' : 'en');
        if (options.report !== undefined) await writeReport(options.report, scenario, report, words);
        if (options.json === true) printJson(io, options.parcels === true ? { ...report, parcels: pricedParcels(model) } : report);
        else io.stdout(humanText(report, words));
        // a period without parcels has no answer: a script must not take zeros for one
        if (report.period.parcels === 0) {
          io.stderr(`${report.issues.map((issue) => issue.text.en).join('\n')}\n`);
          io.fail();
        }
      });
    });
}

/** Every row with its all-in cost under each option in E4 (its parcels together); null where the option has no price. */
function pricedParcels(model: CostModel): unknown[] {
  const { parcels } = model;
  const { priced, results } = evaluate(model);
  const costs = priced.flatMap((option, index) => {
    const result = results[index];
    return result ? [{ id: option.model.id, rows: replayRows(model, option, result) }] : [];
  });
  const sources = Object.keys(weightSources);
  return Array.from({ length: parcels.size }, (_, index) => ({
    ...(parcels.ids[index] && { id: parcels.ids[index] }),
    date: parcels.dates[parcels.date[index] ?? 0],
    ...parcels.places[parcels.place[index] ?? 0],
    count: parcels.count[index],
    items: parcels.items[index],
    grams: (parcels.grams[index] ?? -1) < 0 ? null : parcels.grams[index],
    weight: sources[parcels.weightSource[index] ?? 0],
    e4: Object.fromEntries(costs.map(({ id, rows }) => [id, (rows[index] ?? -1) < 0 ? null : rows[index]])),
  }));
}

/** PDF or workbook, by the ending of the name. */
async function writeReport(file: string, scenario: Scenario, report: CostReport, locale: Language): Promise<void> {
  const write = (bytes: Uint8Array) =>
    writeFile(file, bytes).catch((thrown: NodeJS.ErrnoException) => fail('PATH_UNUSABLE', { path: file, reason: thrown.code ?? thrown.message }));
  if (/\.xlsx$/iu.test(file)) {
    const { workbookReport } = await import('../../features/costs/workbook.ts');
    return write(Buffer.from((await workbookReport(file, scenario, report, locale)).base64, 'base64'));
  }
  if (!/\.pdf$/iu.test(file)) fail('BAD_INPUT', { issues: [{ path: '--report', message: 'the name must end in .pdf or .xlsx' }] });
  const { pdfReport } = await import('../../features/costs/pdf.ts');
  return write(pdfReport(scenario, report, locale, new Date().toISOString()));
}

function language(value: string): Language {
  if (value !== 'zh-CN' && value !== 'en') throw new InvalidArgumentError('zh-CN or en');
  return value;
}

async function load(source: string, io: CliIo): Promise<Scenario> {
  if (source.startsWith('builtin:')) {
    const name = source.slice('builtin:'.length);
    const found = Object.hasOwn(builtinScenarios, name) ? builtinScenarios[name] : undefined;
    return found ?? fail('NOT_FOUND', { what: 'scenario', id: source });
  }
  let text = '';
  if (source === '-') for await (const line of io.lines()) text += `${line}\n`;
  else {
    text = await readFile(source, 'utf8').catch((thrown: NodeJS.ErrnoException) => fail('FILE_UNREADABLE', { file: source, reason: thrown.code ?? thrown.message }));
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/u, ''));
  } catch (thrown) {
    fail('FILE_UNREADABLE', { file: source, reason: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  const read = readScenario(value);
  if (!read.ok) fail('BAD_INPUT', { issues: read.problems });
  return read.scenario;
}

/** The report for a person at a terminal. */
function humanText(report: CostReport, locale: Language): string {
  const zh = locale === 'zh-CN';
  const lines: string[] = [`${report.scenario.name[locale]}${report.scenario.example ? (zh ? '  [示例]' : '  [example figures]') : ''}`, '', ...report.explanation[locale], ''];
  for (const option of report.options) {
    lines.push(`${option.name[locale]}  ${option.perTicketFen === null ? '—' : formatFen(option.perTicketFen)} ${zh ? '元/票' : 'yuan a ticket'}  (${formatFen(option.perMonthFen)} ${zh ? '元/月' : 'yuan a month'}, ${option.parcels} ${zh ? '票' : 'parcels'})`);
    for (const component of option.components) lines.push(`    ${formatFen(component.perTicketFen).padStart(8)}  ${formatFen(component.fen).padStart(12)}  ${component.name[locale]}`);
  }
  if (report.issues.length > 0) lines.push('', zh ? '注意' : 'Please note');
  for (const issue of report.issues) lines.push(`  ${issue.severity === 'error' ? '✕' : issue.severity === 'warning' ? '?' : '·'} ${issue.text[locale]}`);
  return `${lines.join('\n')}\n`;
}
