import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createTransport, TransportFailure } from '../../main/printing/transports/index.ts';
import type { TcpOptions } from '../../main/printing/transports/tcp.ts';
import type { TransportProgress } from '../../main/printing/types.ts';
import * as faults from './fault-servers.ts';

const open: faults.FaultServer[] = [];
async function serve(start: Promise<faults.FaultServer>): Promise<faults.FaultServer> {
  const server = await start;
  open.push(server);
  return server;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function transportTo(server: { host: string; port: number }, tcp: TcpOptions = {}) {
  return createTransport({ kind: 'tcp', host: server.host, port: server.port }, { tcp });
}
async function failureOf(work: Promise<unknown>): Promise<TransportFailure> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof TransportFailure) return thrown;
    throw thrown;
  }
  throw new Error('nothing failed');
}
/** Larger than every kernel buffer of a loopback connection, so that back-pressure is real. */
const large = randomBytes(24 * 1024 * 1024);
const label = randomBytes(90_000);

describe('TCP transport', () => {
  it('carries every byte value unchanged and closes in order', async () => {
    const server = await serve(faults.listener());
    const channel = await transportTo(server).open({ name: 'a1' });
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    await channel.write(all);
    await channel.write(label);
    expect(await channel.close()).toBe('peer_closed');
    expect(Buffer.concat([all, label]).equals(server.connections[0] ?? Buffer.alloc(0))).toBe(true);
  });

  it('hears what the printer says, also after our side is closed', async () => {
    const server = await serve(faults.startServer((socket) => {
      socket.write('hello');
      socket.on('end', () => setTimeout(() => socket.end('late'), 100));
    }));
    const channel = await transportTo(server).open({ name: 'a1' });
    let heard = '';
    channel.onData((bytes) => { heard += Buffer.from(bytes).toString(); });
    await channel.write(label);
    expect(await channel.close()).toBe('peer_closed');
    expect(heard).toBe('hellolate');
  });

  it('a port where nobody listens: refused, nothing offered', async () => {
    const refused = await failureOf(transportTo({ host: '127.0.0.1', port: await faults.closedPort() }).open({ name: 'a1' }));
    expect(refused).toMatchObject({ reason: 'refused', offeredBytes: 0 });
  });

  it('a printer that another client holds (connect hangs): time-out, nothing offered', async () => {
    const busy = await faults.hangingBacklog();
    try {
      const started = Date.now();
      const failure = await failureOf(transportTo(busy, { connectTimeoutMs: 300 }).open({ name: 'a1' }));
      expect(failure).toMatchObject({ reason: 'timeout', offeredBytes: 0 });
      expect(Date.now() - started).toBeLessThan(2_000);
    } finally {
      await busy.close();
    }
  });

  it('a cancelled connect offers nothing', async () => {
    const server = await serve(faults.listener());
    const failure = await failureOf(transportTo(server).open({ name: 'a1' }, AbortSignal.abort()));
    expect(failure).toMatchObject({ reason: 'cancelled', offeredBytes: 0 });
    expect(server.connections).toHaveLength(0);
  });

  it('a printer that only reads (closed its side at once) prints; one that hung up is told apart by harmless bytes', async () => {
    const reads = await serve(faults.startServer((socket) => socket.end()));
    const good = await transportTo(reads).open({ name: 'a1', harmless: Buffer.from('\r\n') });
    await expect.poll(() => good.alive?.()).toBe(false);
    await good.write(label);
    await good.close();
    await expect.poll(() => reads.connections[0]?.length).toBe(label.length + 2);
    const hungUp = await serve(faults.startServer((socket) => { socket.end(); setTimeout(() => socket.destroy(), 20); }));
    const bad = await transportTo(hungUp).open({ name: 'a2', harmless: Buffer.from('\r\n') });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    const failure = await failureOf(bad.write(label));
    expect(failure.offeredBytes).toBe(0);
    await bad.close();
  });

  it('a printer that hung up before the label: nothing was offered', async () => {
    const server = await serve(faults.closesAtOnce());
    const channel = await transportTo(server).open({ name: 'a1' });
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(channel.alive?.()).toBe(false);
    const failure = await failureOf(channel.write(label));
    expect(failure).toMatchObject({ reason: 'peer_closed', offeredBytes: 0 });
    await channel.close();
  });

  it('reset after k bytes: some were offered', async () => {
    const server = await serve(faults.resetsAfter(10_000));
    const channel = await transportTo(server).open({ name: 'a1' });
    let broken = '';
    channel.onBroken?.((reason) => { broken = reason; });
    const failure = await failureOf(channel.write(large));
    expect(failure.offeredBytes).toBeGreaterThan(0);
    expect(failure.offeredBytes).toBeLessThanOrEqual(large.length);
    expect(['reset', 'peer_closed']).toContain(failure.reason);
    expect(broken).not.toBe('');
    expect(await channel.close()).toBe('broken');
  });

  it('a small label cut while the printer reads it is never reported as taken', async () => {
    const server = await serve(faults.startServer((socket) => setTimeout(() => socket.resetAndDestroy(), 50), { record: false }));
    const channel = await transportTo(server).open({ name: 'a1' });
    await new Promise((resolve) => { setTimeout(resolve, 45); });
    const failure = await failureOf((async () => {
      await channel.write(label);
      if ((await channel.close()) === 'broken') throw new TransportFailure('reset', 'seen at close', label.length);
    })());
    expect(['reset', 'peer_closed']).toContain(failure.reason);
  });

  it('close in the middle of the payload: uncertain, not sent twice', async () => {
    const server = await serve(faults.closesAfter(50_000));
    const channel = await transportTo(server).open({ name: 'a1' });
    const failure = await failureOf(channel.write(large));
    expect(failure.offeredBytes).toBeGreaterThan(0);
    expect(await channel.close()).toBe('broken');
  });

  it('a printer that half-closes while reading still gets the whole label', async () => {
    const server = await serve(faults.halfCloses());
    const channel = await transportTo(server, { chunkBytes: 1024 }).open({ name: 'a1' });
    if (process.platform === 'linux') {
      await channel.write(label);
      await channel.close();
      await expect.poll(() => server.connections[0]?.length).toBe(label.length);
      expect(server.connections[0]?.equals(label)).toBe(true);
    }
  });

  it('late FIN: waits for it as long as it may come, and does not reset', async () => {
    const server = await serve(faults.lateFin(300));
    const channel = await transportTo(server).open({ name: 'a1' });
    await channel.write(label);
    expect(await channel.close()).toBe('peer_closed');
    expect(server.connections[0]?.equals(label)).toBe(true);
  });

  it('a peer that never closes: half a second of quiet is enough', async () => {
    let ended = 0;
    let errors = 0;
    const server = await serve(faults.startServer((socket) => {
      socket.on('end', () => { ended += 1; });
      socket.on('error', () => { errors += 1; });
    }));
    const channel = await transportTo(server).open({ name: 'a1' });
    await channel.write(label);
    const started = Date.now();
    expect(await channel.close()).toBe('quiet');
    expect(Date.now() - started).toBeLessThan(3_000);
    expect({ ended, errors }).toEqual({ ended: 1, errors: 0 });
  });

  it('one-byte reads: back-pressure, every byte', async () => {
    const server = await serve(faults.readsByteByByte());
    const channel = await transportTo(server).open({ name: 'a1' });
    await channel.write(label);
    await channel.close();
    expect(server.connections[0]?.equals(label)).toBe(true);
  });

  it('a printer that never reads is shown as stalled and given up only by a person', async () => {
    const server = await serve(faults.neverReads());
    const seen: TransportProgress[] = [];
    const channel = await transportTo(server).open({ name: 'a1', onProgress: (progress) => seen.push(progress) });
    const stop = new AbortController();
    const writing = failureOf(channel.write(large, stop.signal));
    await expect.poll(() => seen.at(-1)?.stalledMs ?? 0, { timeout: 8_000 }).toBeGreaterThan(1_000);
    expect(seen.at(-1)?.offeredBytes).toBeLessThan(large.length);
    stop.abort();
    const failure = await writing;
    expect(failure.reason).toBe('cancelled');
    expect(failure.offeredBytes).toBeGreaterThan(0);
    await channel.close();
  });

  it.runIf(process.platform === 'linux')('a label that fits the kernel buffers is not "taken" before the printer took it', async () => {
    const server = await serve(faults.neverReads());
    const seen: TransportProgress[] = [];
    const channel = await transportTo(server).open({ name: 'a1', onProgress: (progress) => seen.push(progress) });
    let taken = false;
    const stop = new AbortController();
    const megabytes = large.subarray(0, 2_000_000);
    // Fill the receive window first: what follows can only sit in our own kernel.
    const writing = failureOf((async () => {
      for (let round = 0; round < 8; round += 1) await channel.write(megabytes, stop.signal);
      taken = true;
    })());
    await expect.poll(() => seen.at(-1)?.stalledMs ?? 0, { timeout: 8_000 }).toBeGreaterThan(900);
    expect(taken).toBe(false);
    stop.abort();
    expect((await writing).reason).toBe('cancelled');
    await channel.close();
  });

  it('a stall that ends by itself ends well', async () => {
    const server = await serve(faults.stallsFor(1_200));
    const channel = await transportTo(server).open({ name: 'a1' });
    await channel.write(large);
    await channel.close();
    expect(server.connections[0]?.length).toBe(large.length);
    expect(server.connections[0]?.equals(large)).toBe(true);
  });

  it('drop after the last byte is seen at the close', async () => {
    const server = await serve(faults.dropsAfterLastByte(label.length));
    const channel = await transportTo(server).open({ name: 'a1' });
    let offered: number | undefined;
    try {
      await channel.write(label);
    } catch (thrown) {
      offered = thrown instanceof TransportFailure ? thrown.offeredBytes : undefined;
    }
    const end = await channel.close();
    expect(end).toBe('broken');
    expect(offered ?? label.length).toBeGreaterThan(0);
    expect(server.connections[0]?.length).toBe(label.length);
  });
});
