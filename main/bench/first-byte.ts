/**
 * From the call to the first byte at the printer: a real TCP printer on this machine, the real actor, fonts warm. A batch of 1,000 must
 * not wait for its last label, so both are measured the same way.
 */
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { encodeLabel } from '../printing/languages/index.ts';
import { genericProfile } from '../printing/languages/profiles.ts';
import { createLabelEngine } from '../printing/raster/engine.ts';
import type { LabelEngine } from '../printing/raster/engine.ts';
import { loadFontSet } from '../printing/raster/fonts.ts';
import { createPrinterActor } from '../printing/spool/actor.ts';
import { createTransport } from '../printing/transports/index.ts';
import type { AttemptSink, PrinterLanguage, PrinterProfile, SpoolItem } from '../printing/types.ts';
import type { BenchCase, Timing } from './harness.ts';
import { summarise } from './harness.ts';
import { timeMainJob } from './first-byte-core.ts';
import { denseData, denseTemplate } from './samples.ts';

const budgetMs = 50;
const nothing = (): Promise<void> => Promise.resolve();
/** The journal's own time is measured by the crash and draw benches; here it answers at once. */
const sink: AttemptSink = { sending: nothing, sent: nothing, acked: nothing, uncertain: nothing, notSent: nothing };
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export const bench: BenchCase = {
  about: 'from the call to the first byte at a TCP printer, for one label and for a batch of 1,000',
  async run(context) {
    const engine = createLabelEngine({ fonts: loadFontSet() });
    const { document } = denseTemplate();
    for (let index = 0; index < 50; index++) engine.render(document, denseData(index), { dpi: 203 });
    const rounds = context.quick ? 5 : 20;
    const results: Record<string, { readonly [name: string]: Timing | boolean }> = {};
    for (const language of ['tspl', 'zpl'] as const) {
      const one = await firstBytes(engine, language, 1, rounds);
      const many = await firstBytes(engine, language, 1_000, rounds);
      context.note(`${language}: ${one.medianMs} ms for one, ${many.medianMs} ms for 1,000`);
      results[language] = { one, thousand: many, kept: one.medianMs <= budgetMs && many.medianMs <= budgetMs };
    }
    const job = await timeMainJob(context.openCore, context.quick ? { one: 3, thousand: 1 } : { one: 10, thousand: 3 });
    context.note(`main job: ${job.one.medianMs} ms for one, ${job.thousand.medianMs} ms for 1,000`);
    results['mainJob'] = { one: job.one, thousand: job.thousand, kept: job.one.medianMs <= budgetMs && job.thousand.medianMs <= budgetMs };
    return { budgetMs, ...Object.fromEntries(Object.entries(results).map(([language, result]) => [language, Object.fromEntries(Object.entries(result).map(([name, value]) => [name, typeof value === 'boolean' ? value : { ...value }]))])) };
  },
};

async function firstBytes(engine: LabelEngine, language: PrinterLanguage, labels: number, rounds: number): Promise<Timing> {
  const times: number[] = [];
  const { document } = denseTemplate();
  const start = genericProfile({ language, dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 });
  const profile: PrinterProfile = { ...start, dialect: { ...start.dialect, statusMethod: 'none' } };
  for (let round = 0; round < rounds; round++) {
    const printer = await listen();
    const actor = createPrinterActor({
      printerId: 'bench',
      profile,
      transport: createTransport({ kind: 'tcp', host: '127.0.0.1', port: printer.port }),
      sink,
      clock: { now: () => new Date().toISOString() },
      log,
    });
    const items = Array.from({ length: labels }, (_, index): SpoolItem => ({
      attemptId: `bench_${round}_${index}`,
      encode: () => {
        const [label] = engine.render(document, denseData(round * 1_009 + index), { dpi: 203 });
        if (label === undefined) throw new Error('the template made no label');
        return Promise.resolve(encodeLabel(label, profile, { mode: 'hybrid' }));
      },
    }));
    const called = performance.now();
    const batch = actor.submit(items);
    times.push((await printer.firstByte) - called);
    batch.cancel();
    printer.close();
    await actor.close();
  }
  return summarise(times);
}

async function listen(): Promise<{ readonly port: number; readonly firstByte: Promise<number>; close(): void }> {
  const first = Promise.withResolvers<number>();
  const server: Server = createServer((socket) => {
    socket.on('data', () => first.resolve(performance.now()));
    socket.on('error', () => undefined);
    closers.push(() => socket.destroy());
  });
  const closers: (() => void)[] = [];
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    firstByte: first.promise,
    close: () => {
      for (const close of closers) close();
      server.close();
    },
  };
}
