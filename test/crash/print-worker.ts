/** A printing core that is killed: draws, prints through the real spooler over TCP, and never gets to say goodbye. See kills.test.ts. */
import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import { createPrinterHub } from '../../main/printing/spool/hub.ts';
import { createTransport } from '../../main/printing/transports/index.ts';
import type { PrinterProfile } from '../../main/printing/types.ts';
import { systemClock } from '../../main/platform/node/basics.ts';
import { drawOrder, openCore, prepare } from './core.ts';

const [folder = '', port = '0', mode = 'print'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);
const core = await openCore(folder);
await core.numbers.incarnation.start();
if (mode === 'prepare') {
  await prepare(core, 20_000);
  await core.opened.close();
  process.exit(0);
}
const { attempts } = core.numbers;
await attempts.recover();
if (mode === 'recover') {
  await core.opened.close();
  process.exit(0);
}

const profile: PrinterProfile = {
  language: 'tspl', mode: 'raster', dpi: 203, headDots: 832, media: { widthMicrometres: 76_000, heightMicrometres: 130_000, kind: 'gap', gapMicrometres: 2000 },
  offset: { xMicrometres: 0, yMicrometres: 0 }, finish: 'tear', upsideDown: false, logos: { upper: false, lower: false },
  dialect: { invertedBitmap: false, compression: 'none', maxBandRows: 0, statusMethod: 'none', completion: 'none' },
};
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const hub = createPrinterHub({
  resolve: async () => ({ profile, address: { kind: 'tcp', host: '127.0.0.1', port: Number(port) } }),
  transportFor: (address) => createTransport(address), sink: attempts.sink, clock: systemClock, log: quiet,
});
const printer = await hub.actor('printer');

// Labels of a run before this one: what was certainly not sent goes again by itself, through the same draw; the rest waits for a person.
const again = await attempts.list({ state: 'not_sent', limit: 20 });
let parcels: string[] = again.map((attempt) => attempt.parcelId);
say('UP');
for (let batch = 0; batch < 1000; batch += 1) {
  const jobId = `job-${process.pid}-${batch}`;
  while (parcels.length < 6) parcels.push(`parcel-${process.pid}-${batch}-${parcels.length}`);
  const results = await core.numbers.draw(drawOrder([...new Set(parcels)], jobId));
  parcels = [];
  const items = results.flatMap((result) => {
    if (!result.ok) return [];
    say(`DRAWN ${result.number} ${result.parcelId}`);
    // Padding makes the label long enough to be cut in the middle.
    const bytes = Buffer.from(`<${result.attemptId} ${result.number} ${result.parcelId} ${result.mark} ${'x'.repeat(6000)}>\n`);
    return [{ attemptId: result.attemptId, encode: async () => bytes }];
  });
  const run = printer.submit(items, { batchId: jobId });
  for await (const event of run.events()) void event;
  const report = await run.done;
  await attempts.release(report.labels.filter((label) => label.state === 'ready').map((label) => label.attemptId), 'stopped');
}
