import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { FileReport } from '../../../common/contract/import.ts';
import { errorText } from '../../../common/error-texts.ts';
import { failure, isFailure } from '../../../common/errors.ts';
import type { AppFailure } from '../../../common/errors.ts';
import { createImporter } from '../../features/orders/importer.ts';
import type { InputFile } from '../../features/orders/importer.ts';
import { createOrderFileReader } from '../../features/orders/files/reader.ts';
import { dataFolder, guarded, printJson } from './io.ts';
import type { CliIo } from './io.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly data?: string;
  readonly shop?: string;
  readonly mixedShops?: boolean;
}

/** `packbench import`: order files into the data folder, or just looked at. */
export function register(program: Command, io: CliIo): void {
  program
    .command('import')
    .description('read order files of Taobao, Pinduoduo, Douyin, JD, 1688, Kuaishou, Xiaohongshu, Youzan, or any table with a header')
    .argument('<files...>', 'csv, tsv, xlsx or xls; the items file of Taobao together with its order file')
    .option('--dry-run', 'say what the files hold and change nothing')
    .option('--data <folder>', 'data folder (default: the user’s own)')
    .option('--shop <name>', 'shop the orders belong to; made when there is none of that name')
    .option('--mixed-shops', 'take files that name several shops into this one')
    .option('--json', 'print one JSON document: an object for one file, an array for several')
    .addHelpText('after', '\nExample: npm run -s packbench -- import --dry-run taobao-orders.csv taobao-items.csv --json')
    .action((paths: readonly string[], options: Options) => guarded(io, options.json === true, () => run(io, paths, options)));
}

async function run(io: CliIo, paths: readonly string[], options: Options): Promise<void> {
  if (!options.dryRun && options.shop === undefined) throw failure('BAD_INPUT', { issues: [{ path: '--shop', message: 'is needed without --dry-run' }] });
  const language = /^zh/i.test(io.env['LC_ALL'] ?? io.env['LANG'] ?? '') ? 'zh-CN' : 'en';
  if (options.dryRun) {
    const refused: { file: string; error: { code: string; data: unknown; message: string } }[] = [];
    const onRefused = ({ name: file }: { readonly name: string }, { error }: AppFailure): void => {
      const message = errorText(error, language);
      refused.push({ file, error: { ...error, message } });
      io.fail();
      io.stderr(`${message} (${error.code})\n`);
    };
    // One file that cannot be read is the failure of the command; among several it is one line of the report.
    const several = paths.length > 1;
    const files: InputFile[] = [];
    for (const path of paths) {
      const loaded = await load(path).catch((thrown: unknown) => {
        if (!several || !isFailure(thrown)) throw thrown;
        onRefused({ name: basename(path) }, thrown);
      });
      if (loaded !== undefined) files.push(loaded);
    }
    const read = files.length === 0 ? [] : await createImporter({ reader: createOrderFileReader() }).readFiles({ files, language, ...(several && { onRefused }) });
    const reports = read.map(({ report }) => report);
    if (options.json) printJson(io, several ? inOrder(paths.map((path) => basename(path)), reports, refused) : reports[0]);
    else for (const report of reports) io.stdout(`${describe(report)}\n`);
    return;
  }
  const files = await Promise.all(paths.map(load));
  const { createCore } = await import('../compose.ts');
  const databaseUrl = io.env['PACKBENCH_DATABASE_URL'];
  const core = await createCore({ dataFolder: dataFolder(options.data), ...(databaseUrl !== undefined && { databaseUrl }) });
  try {
    const actor = core.contextFor({ id: 'cli', name: 'cli' }, 'owner', 'cli');
    const { shop, report } = await core.services.imports.importNamed({ files, shop: options.shop ?? '', language, mixedShops: options.mixedShops === true }, actor);
    if (options.json) {
      const { files: reports, ...outcome } = report;
      // One file: its figures at the top, as in a dry run, with what the import did beside them.
      printJson(io, reports.length === 1 ? { ...reports[0], shop: shop.name, ...outcome, rejected: outcome.rejected } : { shop: shop.name, ...outcome, files: reports });
      return;
    }
    for (const one of report.files) io.stdout(`${describe(one)}\n`);
    io.stdout(`${shop.name}: ${report.added} added, ${report.changed} changed, ${report.known} known already, ${report.rejected.length} rows refused\n`);
    for (const { order, alarm } of report.alarms) io.stdout(`  stop the parcel of ${order}: ${alarm} after its label was printed\n`);
  } finally {
    await core.close();
  }
}

/** The entries in the order of the files; two files of one name keep their places. */
function inOrder<T extends { file: string }>(names: readonly string[], reports: readonly FileReport[], refused: readonly T[]): (FileReport | T)[] {
  const read = [...reports];
  const failed = [...refused];
  return names.flatMap((name): (FileReport | T)[] => {
    const at = failed.findIndex((one) => one.file === name);
    return read[0]?.file === name ? read.splice(0, 1) : failed.splice(Math.max(0, at), 1);
  });
}

async function load(path: string): Promise<InputFile> {
  try {
    return { name: basename(path), bytes: await readFile(path) };
  } catch (thrown) {
    throw failure('FILE_UNREADABLE', { file: path, reason: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown) }, { cause: thrown });
  }
}

/** The report in words, a screenful a file. */
function describe(report: FileReport): string {
  const lines = [
    `${report.file}: ${report.platform} ${report.kind}, ${report.format} ${report.encoding}, ${report.rows} rows`,
    `  ${report.orders} orders, ${report.lines} lines, ${report.recipients} recipients, ${report.toShip} to ship, ${report.duplicates} repeated rows`,
  ];
  if (report.joined) lines.push(`  goods joined to ${report.joined.matched} orders, ${report.joined.unmatched.length} without an order`);
  for (const row of report.rejected) lines.push(`  refused row ${row.row} (line ${row.line}) ${row.column}: ${row.reason}`);
  for (const flag of report.flagged.slice(0, 20)) lines.push(`  needs attention ${flag.order}: ${flag.reason}`);
  if (report.flagged.length > 20) lines.push(`  … and ${report.flagged.length - 20} more`);
  return lines.join('\n');
}
