/** `packbench run`: the main job without a screen: order files in, labels out, one JSON report. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import type { JobLabel } from '../../../common/contract/printing.ts';
import { fail } from '../../../common/errors.ts';
import { parsePrinterAddress } from '../../printing/transports/address.ts';
import { createCore } from '../compose.ts';
import { dataFolder, guarded, printJson } from './io.ts';
import type { CliIo } from './io.ts';

interface RunOptions {
  orders: string[];
  shop: string;
  sender?: string;
  numbers?: string;
  carrier?: string;
  printer: string;
  template: string;
  data?: string;
  out?: string;
  limit?: string;
  operator: string;
  json?: boolean;
}

export function register(program: Command, io: CliIo): void {
  program
    .command('run')
    .description('order files → parcels → numbers → labels, with a report')
    .requiredOption('--orders <files...>', 'order files of any known platform; an items file may be among them')
    .requiredOption('--shop <name>', 'shop the orders belong to; made when there is none of this name')
    .option('--sender <text>', 'sender address of the shop as one pasted line; a shop that has one keeps it')
    .option('--numbers <range>', 'numbers for the shop’s pool, e.g. YT8800000000001+500, or @FILE with a list')
    .option('--carrier <code>', 'carrier of the numbers (default: told by their form)')
    .requiredOption('--printer <address>', 'tcp://HOST:PORT?language=tspl|zpl|cpcl|escpos&dpi=203, virtual:DIR, cups:QUEUE, winspool:NAME, device:PATH')
    .option('--template <id>', 'template', 'builtin:waybill-76x130')
    .option('--data <folder>', 'data folder (default: the user’s own)')
    .option('--out <folder>', 'pictures of the labels go here')
    .option('--limit <number>', 'print at most this many orders')
    .option('--operator <name>', 'written on every record', 'cli')
    .option('--json', 'report as JSON')
    .addHelpText('after', '\nExample:\n  npm run -s packbench -- run --orders orders.csv items.csv --shop 大唐袜铺 --numbers YT8800000000001+500 --printer virtual:./labels --data ./shop --out ./pictures --json')
    .action((options: RunOptions) => guarded(io, options.json === true, () => run(options, io)));
}

async function run(options: RunOptions, io: CliIo): Promise<void> {
  const databaseUrl = io.env['PACKBENCH_DATABASE_URL'];
  const core = await createCore({ dataFolder: dataFolder(options.data), ...(databaseUrl !== undefined && { databaseUrl }) });
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const actor = core.contextFor({ id: 'cli', name: 'cli' }, 'owner', options.operator);
    const { setup, printing, imports, ensurePrinter } = core.services;
    const files = await Promise.all(options.orders.map(async (file) => ({ name: basename(file), bytes: await read(file) })));
    const imported = await imports.importForRun(files, options.shop, actor);
    const shop = imported.shop;
    if (options.sender !== undefined) await setup.sender(shop, options.sender, actor);
    if (options.numbers !== undefined) await setup.pool(shop, await numbersText(options.numbers), actor, options.carrier === undefined ? {} : { carrierCode: options.carrier });
    const printer = await ensurePrinter(parsePrinterAddress(options.printer), actor);
    const orderIds = imported.orderIds.slice(0, options.limit === undefined ? undefined : Number(options.limit));
    const labels: (JobLabel & { file: string | null })[] = [];
    if (orderIds.length > 0) {
      const job = await printing.start({ orderIds, templateId: options.template, printerId: printer.id }, actor);
      stop.signal.addEventListener('abort', () => printing.cancel(job.jobId));
      for (const label of await job.finished) labels.push({ ...label, file: await picture(core, label, options.out) });
    }
    const report = {
      orders: imported.orders,
      parcels: labels.length,
      labels: labels.map((label) => ({
        order: label.orders.join(','),
        number: label.number,
        state: label.state,
        file: label.file,
        ...(label.failure !== null && { failure: label.failure }),
      })),
      rejected: imported.rejected,
      flagged: imported.flagged,
    };
    if (options.json) printJson(io, report);
    else {
      const printed = labels.filter((label) => label.state === 'printed').length;
      io.stdout(`${report.orders} orders, ${report.parcels} parcels, ${printed} labels sent, ${report.rejected.length} rows rejected\n`);
      for (const label of report.labels) if (label.state !== 'printed') io.stdout(`${label.order} ${label.number ?? '-'} ${label.state} ${label.failure?.code ?? ''}\n`);
      for (const flag of report.flagged) io.stdout(`${flag.file} row ${flag.row} ${flag.order}: ${flag.reason}\n`);
      for (const row of report.rejected) io.stdout(`${row.file} row ${row.row}: ${row.reason}\n`);
    }
    if (labels.some((label) => label.state !== 'printed')) io.fail();
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await core.close();
  }
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (thrown) {
    fail('FILE_UNREADABLE', { file, reason: thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown) });
  }
}

async function numbersText(given: string): Promise<string> {
  return given.startsWith('@') ? Buffer.from(await read(given.slice(1))).toString('utf8') : given;
}

/** Copies a label's picture to the output folder as `<number>.png`. */
async function picture(core: Awaited<ReturnType<typeof createCore>>, label: JobLabel, out: string | undefined): Promise<string | null> {
  if (out === undefined || label.attemptId === null || label.number === null) return null;
  try {
    const { png } = await core.services.printing.picture(label.attemptId);
    await mkdir(out, { recursive: true });
    const file = join(out, `${label.number}.png`);
    await writeFile(file, Buffer.from(png, 'base64'));
    return file;
  } catch {
    return null; // a label that stopped before its bytes were made has no picture
  }
}
