import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createPrinterActor } from '../../main/printing/spool/actor.ts';
import { createTransport, TransportFailure } from '../../main/printing/transports/index.ts';
import type { PrinterAddress, TransportProgress } from '../../main/printing/types.ts';
import { createMemorySink, silentLog, testClock } from './memory-sink.ts';
import { testProfile } from './profiles.ts';
import { openPty, ptyMissing, type Pty } from './pty.ts';

const open: Pty[] = [];
afterEach(async () => { await Promise.all(open.splice(0).map((one) => one.close())); });
async function pty(): Promise<Pty> {
  const one = await openPty();
  open.push(one);
  return one;
}
async function failureOf(work: Promise<unknown>): Promise<TransportFailure> {
  const thrown: unknown = await work.then(() => undefined, (error: unknown) => error);
  if (thrown instanceof TransportFailure) return thrown;
  throw new Error(`not a transport failure: ${String(thrown)}`);
}
const label = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), randomBytes(40_000)]);

const kinds: [string, (path: string) => PrinterAddress][] = [
  ['device file', (path) => ({ kind: 'device', path })],
  ['serial port', (path) => ({ kind: 'serial', path, baudRate: 115_200, flow: 'none' })],
];

describe.skipIf(ptyMissing !== undefined)(`device files and serial ports${ptyMissing === undefined ? '' : ` (${ptyMissing})`}`, () => {
  for (const [name, address] of kinds) {
    it(`${name}: every byte value unchanged, and answers heard`, async () => {
      const device = await pty();
      const channel = await createTransport(address(device.path)).open({ name: 'a' });
      expect(channel.duplex).toBe(true);
      let heard = '';
      channel.onData((bytes) => { heard += Buffer.from(bytes).toString('latin1'); });
      await channel.write(label);
      await device.say(Buffer.from('\u0011\u0013\r\n\u0020', 'latin1'));
      await expect.poll(() => device.received().length).toBe(label.length);
      expect(device.received().equals(label)).toBe(true);
      await expect.poll(() => heard).toBe('\u0011\u0013\r\n\u0020');
      expect(await channel.close()).toBe('quiet');
    });

    it(`${name}: a device that takes nothing is shown as stalled; giving up counts what was offered`, async () => {
      const device = await pty();
      device.pauseReading();
      const seen: TransportProgress[] = [];
      const channel = await createTransport(address(device.path)).open({ name: 'a', onProgress: (progress) => seen.push(progress) });
      const stop = new AbortController();
      const writing = failureOf(channel.write(label, stop.signal));
      await expect.poll(() => seen.at(-1)?.stalledMs ?? 0, { timeout: 8_000 }).toBeGreaterThan(900);
      expect(seen.at(-1)?.offeredBytes).toBeLessThan(label.length);
      stop.abort();
      const failure = await writing;
      expect(failure.reason).toBe('cancelled');
      expect(failure.offeredBytes).toBeGreaterThan(0);
      device.resumeReading();
      await channel.close();
    });

    it(`${name}: the plug is pulled`, async () => {
      const device = await pty();
      const channel = await createTransport(address(device.path)).open({ name: 'a' });
      let broken = '';
      channel.onBroken?.((reason) => { broken = reason; });
      await channel.write(Buffer.from('first'));
      await device.close();
      await expect.poll(() => broken, { timeout: 5_000 }).not.toBe('');
      expect((await failureOf(channel.write(label))).offeredBytes).toBe(0);
      expect(await channel.close()).toBe('broken');
    });

    it(`${name}: not there`, async () => {
      expect(await failureOf(createTransport(address('/dev/packbench-none')).open({ name: 'a' }))).toMatchObject({ reason: 'not_found', offeredBytes: 0 });
    });

    it(`${name}: an actor asks for status and prints`, async () => {
      const device = await pty();
      const memory = createMemorySink();
      const actor = createPrinterActor({
        printerId: 'prn', profile: testProfile('tspl', { statusMethod: 'tspl-esc' }), transport: createTransport(address(device.path)), sink: memory.sink, clock: testClock, log: silentLog,
        tuning: { pollMs: 20, minimumLabelMs: 0, statusTimeoutMs: 300 },
      });
      // A printer that is ready whenever it is asked.
      let answered = 0;
      const printer = setInterval(() => {
        const questions = device.received().toString('latin1').split('\u001b!?').length - 1;
        for (; answered < questions; answered += 1) void device.say(Uint8Array.of(0));
      }, 5);
      const report = await actor.submit([1, 2].map((number) => ({ attemptId: `att_${number}`, encode: () => Promise.resolve(Buffer.from(`label ${number};`)) }))).done;
      clearInterval(printer);
      await actor.close();
      expect(report.labels.map((one) => one.state)).toEqual(['sent', 'sent']);
      expect(device.received().toString('latin1').replaceAll('\u001b!?', '')).toBe('label 1;label 2;');
      expect(actor.live().condition).toBe('ready');
    });
  }

  it('an ordinary file or folder is not a printer device', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packbench-device-'));
    await writeFile(join(folder, 'file'), '');
    for (const path of [folder, join(folder, 'file')]) {
      const failure = await failureOf(createTransport({ kind: 'device', path }).open({ name: 'a' }));
      expect(failure.offeredBytes).toBe(0);
    }
    await rm(folder, { recursive: true });
  });

  it('XON/XOFF is refused for bytes it would eat, before the first one, and works for text', async () => {
    const device = await pty();
    const channel = await createTransport({ kind: 'serial', path: device.path, baudRate: 9600, flow: 'xonxoff' }).open({ name: 'a' });
    expect(await failureOf(channel.write(label))).toMatchObject({ reason: 'unsupported', offeredBytes: 0 });
    await channel.write(Buffer.from('^XA^FO1,1^GFA,1,1,1,FF^FS^XZ'));
    await expect.poll(() => device.received().toString()).toBe('^XA^FO1,1^GFA,1,1,1,FF^FS^XZ');
    await channel.close();
  });

  it('a serial port that another program holds is busy', async () => {
    const device = await pty();
    const address: PrinterAddress = { kind: 'serial', path: device.path, baudRate: 9600, flow: 'none' };
    const first = await createTransport(address).open({ name: 'a' });
    expect(await failureOf(createTransport(address).open({ name: 'b' }))).toMatchObject({ reason: 'busy', offeredBytes: 0 });
    await first.close();
    await (await createTransport(address).open({ name: 'c' })).close();
  });
});
