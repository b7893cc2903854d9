import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createPrinterActor } from '../../main/printing/spool/actor.ts';
import type { ActorTuning, LabelEvent, PrinterActor } from '../../main/printing/spool/types.ts';
import { createTransport } from '../../main/printing/transports/index.ts';
import type { PrinterAddress, PrinterProfile, SpoolItem } from '../../main/printing/types.ts';
import * as faults from './fault-servers.ts';
import { createMemorySink, silentLog, testClock } from './memory-sink.ts';
import { testProfile } from './profiles.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
async function serve(start: Promise<faults.FaultServer>): Promise<faults.FaultServer> {
  const server = await start;
  cleanups.push(() => server.close());
  return server;
}

function items(count: number, size = 2_000): SpoolItem[] {
  return Array.from({ length: count }, (_, at) => ({
    attemptId: `att_${String(at + 1).padStart(4, '0')}`,
    encode: () => Promise.resolve(Buffer.alloc(size, `label ${at + 1};`)),
  }));
}

function actorFor(address: PrinterAddress, options: { profile?: PrinterProfile; tuning?: Partial<ActorTuning>; memory?: ReturnType<typeof createMemorySink> } = {}) {
  const memory = options.memory ?? createMemorySink();
  const actor: PrinterActor = createPrinterActor({
    printerId: 'prn_1',
    profile: options.profile ?? testProfile('tspl'),
    transport: createTransport(address),
    sink: memory.sink,
    clock: testClock,
    log: silentLog,
    tuning: { statusTimeoutMs: 150, pollMs: 10, completionTimeoutMs: 600, minimumLabelMs: 0, stallMs: 300, idleCloseMs: 100, ...options.tuning },
  });
  cleanups.push(() => actor.close());
  return { actor, memory };
}
const finals = (labels: readonly LabelEvent[]): string[] => labels.map((label) => label.state);

describe('printer actor', () => {
  it('sends every label once, in order, journal before bytes', async () => {
    const server = await serve(faults.listener());
    const memory = createMemorySink({
      // When the journal is asked, no byte of that label may have left.
      onSending: (attemptId) => {
        const text = Buffer.concat(server.connections).toString();
        expect(text).not.toContain(`label ${Number(attemptId.slice(4))};`);
      },
    });
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port }, { memory });
    const report = await actor.submit(items(5)).done;
    expect(finals(report.labels)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
    expect(report.stopped).toBeUndefined();
    const bytes = Buffer.concat(server.connections).toString();
    const expected = await Promise.all(items(5).map((item) => item.encode()));
    expect(bytes).toBe(Buffer.concat(expected).toString());
    for (const item of items(5)) expect(memory.of(item.attemptId).slice(0, 2)).toEqual(['sending', 'sent']);
    expect(memory.calls.filter((call) => call.call === 'sending').every((call) => call.sha256?.length === 64 && call.byteCount === 2_000)).toBe(true);
  });

  it('writes one file per label to a virtual printer', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'packbench-virtual-'));
    cleanups.push(() => rm(directory, { recursive: true }));
    const { actor } = actorFor({ kind: 'virtual', directory });
    const report = await actor.submit(items(3)).done;
    expect(finals(report.labels)).toEqual(['sent', 'sent', 'sent']);
    expect((await readdir(directory)).sort()).toEqual(['0001-att_0001.bin', '0002-att_0002.bin', '0003-att_0003.bin']);
    expect((await readFile(join(directory, '0002-att_0002.bin'))).toString()).toContain('label 2;');
  });

  it('refused: the first label is not_sent, the others stay ready, and a new batch may send the same attempts', async () => {
    const port = await faults.closedPort();
    const { actor, memory } = actorFor({ kind: 'tcp', host: '127.0.0.1', port });
    const report = await actor.submit(items(3)).done;
    expect(finals(report.labels)).toEqual(['not_sent', 'ready', 'ready']);
    expect(report.stopped).toMatchObject({ kind: 'transport' });
    expect(actor.live()).toMatchObject({ condition: 'off_line', queued: 0 });
    expect(memory.calls.map((call) => call.call)).toEqual(['not_sent']);
  });

  it('cut in the middle: that label is uncertain, the batch stops, nothing goes out by itself afterwards', async () => {
    const server = await serve(faults.resetsAfter(25_000));
    const { actor, memory } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const report = await actor.submit(items(6, 10_000)).done;
    const states = finals(report.labels);
    expect(states.filter((state) => state === 'uncertain')).toHaveLength(1);
    const at = states.indexOf('uncertain');
    expect(states.slice(0, at).every((state) => state === 'sent')).toBe(true);
    expect(states.slice(at + 1).every((state) => state === 'ready')).toBe(true);
    const connections = server.connections.length;
    await new Promise((resolve) => { setTimeout(resolve, 400); });
    expect(server.connections.length).toBe(connections);
    expect(memory.calls.filter((call) => call.call === 'sending').map((call) => call.attemptId)).toEqual([...new Set(memory.calls.filter((call) => call.call === 'sending').map((call) => call.attemptId))]);
  });

  it('after a cut the next connection begins with bytes that bring the parser back', async () => {
    const server = await serve(faults.startServer((socket, received, index) => {
      socket.on('data', () => { if (index === 0 && received().length > 3_000) socket.resetAndDestroy(); });
      socket.on('end', () => socket.end());
    }));
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port }, { profile: testProfile('zpl') });
    const first = await actor.submit(items(1, 3_500_000)).done;
    expect(finals(first.labels)).toEqual(['uncertain']);
    const second = await actor.submit([{ attemptId: 'att_next', encode: () => Promise.resolve(Buffer.from('^XA^XZ')) }]).done;
    expect(finals(second.labels)).toEqual(['sent']);
    expect(server.connections[1]?.toString()).toBe('~JX\r\n^XA^XZ');
  });

  it('drop after the last byte: uncertain, not sent', async () => {
    const server = await serve(faults.dropsAfterLastByte(2_000));
    const { actor, memory } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const report = await actor.submit(items(1)).done;
    expect(finals(report.labels)).toEqual(['uncertain']);
    expect(memory.state.get('att_0001')).toBe('uncertain');
  });

  it('a label that cannot be encoded is refused by itself; the others print', async () => {
    const server = await serve(faults.listener());
    const { actor, memory } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const batch = items(3);
    const bad: SpoolItem = { attemptId: 'att_bad', encode: () => Promise.reject(new Error('no glyph for 𠮷')) };
    const report = await actor.submit([batch[0] ?? bad, bad, batch[1] ?? bad]).done;
    expect(finals(report.labels)).toEqual(['sent', 'refused', 'sent']);
    expect(report.labels[1]?.reason).toContain('no glyph');
    expect(memory.of('att_bad')).toEqual(['not_sent']);
  });

  it('a journal that refuses stops the batch before any byte', async () => {
    const server = await serve(faults.listener());
    const memory = createMemorySink({ onSending: () => { throw new Error('disk full'); } });
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port }, { memory });
    const report = await actor.submit(items(3)).done;
    expect(finals(report.labels)).toEqual(['refused', 'ready', 'ready']);
    expect(report.stopped?.kind).toBe('journal');
    await actor.close();
    expect(Buffer.concat(server.connections).length).toBe(0);
  });

  it('the same attempt twice is sent once', async () => {
    const server = await serve(faults.listener());
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const [one] = items(1);
    if (one === undefined) throw new Error('no item');
    const [first, second] = await Promise.all([actor.submit([one]).done, actor.submit([one]).done]);
    expect([...finals(first.labels), ...finals(second.labels)].sort()).toEqual(['refused', 'sent']);
    expect(Buffer.concat(server.connections).length).toBe(2_000);
  });

  it('cancel stops before the next label', async () => {
    const server = await serve(faults.listener());
    const memory = createMemorySink();
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port }, { memory });
    const batch = actor.submit(items(50));
    for await (const event of batch.events()) {
      if (event.position === 2 && event.state === 'sending') batch.cancel();
    }
    const report = await batch.done;
    expect(report.stopped?.kind).toBe('cancelled');
    expect(finals(report.labels).slice(0, 4)).toEqual(['sent', 'sent', 'sent', 'ready']);
    expect(memory.calls.filter((call) => call.call === 'sending')).toHaveLength(3);
  });

  it('pause holds at a label boundary, resume goes on', async () => {
    const server = await serve(faults.listener());
    const { actor, memory } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    actor.pause();
    const batch = actor.submit(items(3));
    await expect.poll(() => actor.live().phase).toBe('paused');
    expect(memory.calls).toHaveLength(0);
    actor.resume();
    expect(finals((await batch.done).labels)).toEqual(['sent', 'sent', 'sent']);
  });

  it('a stalled printer is shown; giving it up makes the label uncertain', async () => {
    const server = await serve(faults.neverReads());
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const batch = actor.submit(items(2, 24_000_000));
    await expect.poll(() => actor.live().stalledMs ?? 0, { timeout: 8_000 }).toBeGreaterThan(300);
    expect(actor.live()).toMatchObject({ phase: 'sending', condition: 'busy' });
    actor.giveUp();
    const report = await batch.done;
    expect(finals(report.labels)).toEqual(['uncertain', 'ready']);
    expect(report.stopped?.kind).toBe('cancelled');
  });

  it('encodes label n+1 while n is under way, and never further ahead', async () => {
    const server = await serve(faults.stallsFor(500));
    const encoded: number[] = [];
    const { actor } = actorFor({ kind: 'tcp', host: server.host, port: server.port });
    const batch = actor.submit(items(6, 2_000_000).map((item, at) => ({ ...item, encode: () => { encoded.push(at); return item.encode(); } })));
    await expect.poll(() => actor.live().phase).toBe('sending');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(encoded).toEqual([0, 1]);
    await batch.done;
    expect(encoded).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
