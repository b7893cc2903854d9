/** 10,000 orders from a file into a shop: the whole way of the core, as time and as memory. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Core } from '../entry/compose.ts';
import { ordersCsv, ordersXlsx } from './orders-data.ts';
import { rounded, summarise } from './harness.ts';
import type { BenchContext, Timing } from './harness.ts';

const orders = 10_000;

export interface ImportTimes {
  readonly fileKb: number;
  /** The first of this process, whose code nothing has run yet. */
  readonly firstMs: number;
  readonly readMs: Timing;
  readonly wholeMs: Timing;
  /** Processor time of reader and core together. */
  readonly processorMs: Timing;
}

export type Format = 'csv' | 'xlsx';

/** Into an empty shop, again and again: read in the worker, checked, saved in one transaction, items learnt, recorded. */
export async function timeImport(format: Format, folder: string, now: string, context: BenchContext): Promise<ImportTimes> {
  const bytes = format === 'csv' ? ordersCsv(orders, now) : ordersXlsx(orders, now);
  const read: number[] = [];
  const whole: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < (context.quick ? 3 : 7); round += 1) {
    const place = join(folder, `${format}-${round}`);
    const core = await context.openCore({ dataFolder: join(place, 'data'), witnessFolder: join(place, 'witness') });
    // As a running program is after its first quiet second, when nothing of its start is still under way.
    await core.warm(203);
    await setTimeout(1_000);
    const times = await importOnce(core, await benchShop(core, 'bench'), bytes, `orders.${format}`);
    if (times.added !== orders) throw new Error(`${times.added} orders came out of ${orders}`);
    read.push(times.readMs);
    whole.push(times.wholeMs);
    processor.push(times.processorMs);
    await core.close();
  }
  return { fileKb: Math.round(bytes.length / 1024), firstMs: rounded(whole[0] ?? 0), readMs: summarise(read.slice(1)), wholeMs: summarise(whole.slice(1)), processorMs: summarise(processor.slice(1)) };
}

export async function benchShop(core: Core, name: string): Promise<string> {
  const shop = await core.services.shops.create({ name, platform: 'pdd', senderAddressId: null }, benchActor(core));
  return shop.id;
}

export function benchActor(core: Core) {
  return core.contextFor({ id: 'bench', name: 'bench' }, 'owner', 'bench');
}

/** One import through the core. */
export async function importOnce(core: Core, shopId: string, bytes: Uint8Array, name = 'orders.csv') {
  const files = [{ name, bytes }];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const read = await core.services.imports.readFiles({ files, language: 'en' });
  const readMs = performance.now() - start;
  const { added, changed, known } = await core.services.imports.importFiles({ files, shopId, dryRun: false, mixedShops: false, language: 'en', source: 'file', read }, benchActor(core));
  const wholeMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { readMs, wholeMs, processorMs: (user + system) / 1000, added, changed, known };
}

export interface ImportMemory {
  /** Most memory of the process that imported 10,000 orders, and of one that imported a single order. */
  readonly peakMb: number;
  readonly idleMb: number;
  readonly extraMb: number;
}

/** In a process of its own, `packbench import`, whose most resident memory the system keeps. */
export async function importMemory(format: Format, folder: string, now: string): Promise<ImportMemory> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `orders.${format}`);
  const single = join(folder, 'single.csv');
  writeFileSync(file, format === 'csv' ? ordersCsv(orders, now) : ordersXlsx(orders, now));
  writeFileSync(single, ordersCsv(1, now));
  const peakMb = await mostMemory(['import', file, '--data', join(folder, 'data'), '--shop', 'bench', '--json']);
  const idleMb = await mostMemory(['import', single, '--data', join(folder, 'idle'), '--shop', 'bench', '--json']);
  return { peakMb, idleMb, extraMb: peakMb - idleMb };
}

/** The process tells its own peak as its last line on standard error. */
async function mostMemory(words: readonly string[]): Promise<number> {
  const tell = "process.on('exit',()=>process.stderr.write('\\n'+process.resourceUsage().maxRSS))";
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(tell)}`, fileURLToPath(new URL('../entry/cli.ts', import.meta.url)), ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const kilobytes = Number(text.trim().split('\n').at(-1));
  if (code !== 0 || !Number.isFinite(kilobytes)) throw new Error(`the importing process ended with ${String(code)}: ${text.slice(0, 500)}`);
  return Math.round(kilobytes / 1024);
}
