/**
 * The whole way of the main job: the call to print, parcels, the durable draw of numbers, the journal, layout, checks, encoding, the
 * actor, TCP. Measured from the call to the first byte of the first label, with a core of its own on an empty disk folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../entry/compose.ts';
import { parsePrinterAddress } from '../printing/transports/address.ts';
import type { Timing } from './harness.ts';
import { summarise } from './harness.ts';
import { ordersCsv } from './orders-data.ts';

export interface CoreTimes {
  readonly one: Timing;
  readonly thousand: Timing;
}

const statusQuestion = Buffer.of(0x1b, 0x21, 0x3f);

/** A TSPL printer that is always ready and throws its labels away; `next` resolves when a label's first byte arrives. */
async function openPrinter(): Promise<{ readonly port: number; next(): Promise<number>; close(): void }> {
  let waiting = Promise.withResolvers<number>();
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const at = performance.now();
      if (bytes.includes(statusQuestion)) socket.write(Buffer.of(0x00));
      if (bytes.includes('SIZE ')) waiting.resolve(at);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    next: () => {
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Imports enough orders for every round to print other ones. */
export async function timeMainJob(openCore: (options: { dataFolder: string; witnessFolder: string }) => Promise<Core>, rounds: { readonly one: number; readonly thousand: number }): Promise<CoreTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-bench-'));
  const printer = await openPrinter();
  const core = await openCore({ dataFolder: join(folder, 'data'), witnessFolder: join(folder, 'witness') });
  try {
    const actor = core.contextFor({ id: 'bench', name: 'bench' }, 'owner', 'bench');
    const { imports, setup, printing, ensurePrinter } = core.services;
    const wanted = rounds.one + 1 + rounds.thousand * 1_000;
    const { shop, orderIds } = await imports.importForRun([{ name: 'orders.csv', bytes: ordersCsv(wanted, core.clock.now()) }], 'bench', actor);
    await setup.pool(shop, `YT8800000000001+${wanted}`, actor, { carrierCode: 'YTO' });
    const { id: printerId } = await ensurePrinter(parsePrinterAddress(`tcp://127.0.0.1:${printer.port}?language=tspl`), actor);
    let used = 0;

    async function once(count: number): Promise<number> {
      const chosen = orderIds.slice(used, used + count);
      used += count;
      const first = printer.next();
      const called = performance.now();
      const job = await printing.start({ orderIds: chosen, templateId: 'builtin:waybill-76x130', printerId }, actor);
      const time = (await first) - called;
      printing.cancel(job.jobId);
      await job.finished;
      return time;
    }

    // The first job of a process reads the fonts; a shop's day has one of those.
    await once(1);
    const times = async (count: number, of: number): Promise<Timing> => {
      const all: number[] = [];
      for (let round = 0; round < of; round++) all.push(await once(count));
      return summarise(all);
    };
    return { one: await times(1, rounds.one), thousand: await times(1_000, rounds.thousand) };
  } finally {
    await core.close();
    printer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
