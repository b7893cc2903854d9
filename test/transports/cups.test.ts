import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPrinterActor } from '../../main/printing/spool/actor.ts';
import { findLeftovers, settleLeftovers } from '../../main/printing/spool/leftovers.ts';
import { createTransport, TransportFailure } from '../../main/printing/transports/index.ts';
import { systemCups } from '../../main/printing/transports/cups/client.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import * as faults from './fault-servers.ts';
import { createMemorySink, silentLog, testClock } from './memory-sink.ts';
import { cupsMissing, startCups, type PrivateCups } from './private-cups.ts';
import { testProfile } from './profiles.ts';

const label = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), randomBytes(90_000)]);

it('CUPS_SERVER names the scheduler, as for every CUPS program', () => {
  expect(systemCups({ CUPS_SERVER: '/tmp/cups.sock' })).toEqual({ socketPath: '/tmp/cups.sock' });
  expect(systemCups({ CUPS_SERVER: 'print.local:8631' })).toEqual({ host: 'print.local', port: 8631 });
  expect(systemCups({ CUPS_SERVER: 'print.local' })).toEqual({ host: 'print.local', port: 631 });
});

describe.skipIf(cupsMissing !== undefined)(`CUPS queue${cupsMissing === undefined ? '' : ` (${cupsMissing})`}`, () => {
  let cups: PrivateCups;
  const open: faults.FaultServer[] = [];
  let queueCount = 0;

  beforeAll(async () => { cups = await startCups(); });
  afterAll(async () => { await cups.stop(); });
  afterEach(async () => { await Promise.all(open.splice(0).map((server) => server.close())); });

  async function serve(start: Promise<faults.FaultServer>): Promise<faults.FaultServer> {
    const server = await start;
    open.push(server);
    return server;
  }
  function queueTo(port: number, options: readonly string[] = [], parameters = ''): string {
    queueCount += 1;
    const name = `label${queueCount}`;
    cups.addQueue(name, `socket://127.0.0.1:${port}${parameters}`, options);
    return name;
  }
  const transportTo = (queue: string) => createTransport({ kind: 'cups', queue }, { cups: { server: { host: cups.host, port: cups.port }, pollMs: 50, stoppedQueueMs: 500 } });
  async function failureOf(work: Promise<unknown>): Promise<TransportFailure> {
    const thrown: unknown = await work.then(() => undefined, (error: unknown) => error);
    if (thrown instanceof TransportFailure) return thrown;
    throw new Error(`not a transport failure: ${String(thrown)}`);
  }

  it('a raw job arrives byte for byte, named after its attempt', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port);
    const channel = await transportTo(queue).open({ name: 'att_0001' });
    await channel.write(label);
    expect(await channel.settle?.()).toEqual([{ kind: 'job_state', state: expect.stringContaining('completed') }]);
    expect(server.connections).toHaveLength(1);
    expect(server.connections[0]?.equals(label)).toBe(true);
    expect((await cups.client.jobs(queue)).map((job) => job.name)).toEqual(['att_0001']);
  });

  it('completed is said only after the peer closed', async () => {
    const server = await serve(faults.lateFin(700));
    const channel = await transportTo(queueTo(server.port)).open({ name: 'att_0002' });
    await channel.write(label);
    const started = Date.now();
    let done = false;
    const settling = channel.settle?.().then(() => { done = true; });
    await expect.poll(() => server.connections[0]?.length).toBe(label.length);
    expect(done).toBe(false);
    await settling;
    expect(Date.now() - started).toBeGreaterThanOrEqual(600);
  });

  it('a stopped queue takes nothing: known before the label, and again if it stops in between', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port);
    const transport = transportTo(queue);
    expect(await transport.systemStatus?.()).toMatchObject({ condition: 'ready' });
    cups.run('/usr/sbin/cupsdisable', queue);
    expect(await transport.systemStatus?.()).toMatchObject({ condition: 'paused' });
    const channel = await transport.open({ name: 'att_0003' });
    await channel.write(label);
    const failure = await failureOf(Promise.resolve(channel.settle?.()));
    // The job never began, and it is gone: starting the queue again prints nothing.
    expect(failure).toMatchObject({ reason: 'queue_stopped', offeredBytes: 0 });
    cups.run('/usr/sbin/cupsenable', queue);
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(server.connections).toHaveLength(0);
  });

  it('a queue that repeats failed jobs is switched to abort-job before the first label', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port, ['-o', 'printer-error-policy=retry-job']);
    expect((await cups.client.printer(queue))?.errorPolicy).toBe('retry-job');
    await (await transportTo(queue).open({ name: 'att_0004' })).close();
    expect((await cups.client.printer(queue))?.errorPolicy).toBe('abort-job');
  });

  it('abort-job: a back end that fails does not send the label again, and the label is in doubt', async () => {
    // Nobody listens there and the back end may try for a second only: it fails after the job began.
    const queue = queueTo(await faults.closedPort(), [], '/?contimeout=1');
    const channel = await transportTo(queue).open({ name: 'att_0005' });
    await channel.write(label);
    const failure = await failureOf(Promise.resolve(channel.settle?.(AbortSignal.timeout(20_000))));
    expect(failure).toMatchObject({ reason: 'job_failed', offeredBytes: label.length });
    expect((await cups.client.jobs(queue)).filter((job) => job.state < 7)).toHaveLength(0);
  });

  it('a peer that never closes keeps the label under way until a person gives it up', async () => {
    const server = await serve(faults.startServer(() => undefined));
    const queue = queueTo(server.port);
    const channel = await transportTo(queue).open({ name: 'att_0006' });
    await channel.write(label);
    const stop = new AbortController();
    const settling = failureOf(Promise.resolve(channel.settle?.(stop.signal)));
    await expect.poll(() => server.connections[0]?.length).toBe(label.length);
    stop.abort();
    expect(await settling).toMatchObject({ reason: 'cancelled', offeredBytes: label.length });
    expect((await cups.client.jobs(queue)).filter((job) => job.state < 7)).toHaveLength(0);
  });

  it('an unknown queue and a scheduler that is down: nothing was offered', async () => {
    expect(await failureOf(transportTo('nowhere').open({ name: 'a' }))).toMatchObject({ reason: 'not_found', offeredBytes: 0 });
    const down = createTransport({ kind: 'cups', queue: 'x' }, { cups: { server: { host: '127.0.0.1', port: await faults.closedPort() } } });
    expect(await failureOf(down.open({ name: 'a' }))).toMatchObject({ reason: 'refused', offeredBytes: 0 });
    expect(await down.systemStatus?.()).toMatchObject({ condition: 'off_line' });
  });

  it('the queue of yesterday can be read and emptied at start', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port);
    cups.run('/usr/sbin/cupsdisable', queue);
    await cups.client.printRaw(queue, 'att_old', label);
    const transport = transportTo(queue);
    const [left] = (await transport.queue?.jobs()) ?? [];
    expect(left).toMatchObject({ name: 'att_old', state: 'waiting', untouched: true });
    const after = await transport.queue?.withdraw(left?.jobId ?? '');
    expect(after).toMatchObject({ name: 'att_old', state: 'cancelled', untouched: true });
    cups.run('/usr/sbin/cupsenable', queue);
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    expect(server.connections).toHaveLength(0);
  });

  it('after a crash: yesterday\'s jobs are judged by what the queue knows, and none comes out by itself', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port);
    const transport = transportTo(queue);
    const memory = createMemorySink();
    for (const name of ['att_done', 'att_waiting']) await memory.sink.sending(name, { sha256: '', byteCount: 3 });
    await cups.client.printRaw(queue, 'att_done', Buffer.from('one'));
    await expect.poll(async () => (await cups.client.jobs(queue))[0]?.state).toBe(9);
    cups.run('/usr/sbin/cupsdisable', queue);
    await cups.client.printRaw(queue, 'att_waiting', Buffer.from('two'));
    await cups.client.printRaw(queue, 'somebody else', Buffer.from('six'));
    if (transport.queue === undefined) throw new Error('no queue');
    const leftovers = await findLeftovers(transport.queue, new Set(['att_done', 'att_waiting', 'att_elsewhere']));
    const outcomes = await settleLeftovers(transport.queue, leftovers, memory.sink, silentLog);
    expect(new Map(outcomes.map((one) => [one.attemptId, one.outcome]))).toEqual(new Map([['att_done', 'sent'], ['att_waiting', 'not_sent']]));
    cups.run('/usr/sbin/cupsenable', queue);
    await expect.poll(() => server.connections.map(String)).toEqual(['one', 'six']);
    expect([memory.state.get('att_done'), memory.state.get('att_waiting')]).toEqual(['sent', 'not_sent']);
  });

  it('labels come out of the virtual printer behind a queue, byte for byte, also when it runs out of paper', async () => {
    const printer = await createVirtualPrinter({ language: 'tspl', labelMs: 20, decode: true, faults: ['paper-out-after=2'] });
    const queue = queueTo(printer.port);
    const memory = createMemorySink();
    const actor = createPrinterActor({ printerId: 'prn', profile: testProfile('tspl', { statusMethod: 'tspl-esc' }), transport: transportTo(queue), sink: memory.sink, clock: testClock, log: silentLog });
    const job = (text: string): Buffer => Buffer.from(`\r\nSIZE 50 mm,20 mm\r\nGAP 2 mm,0 mm\r\nSET REPRINT OFF\r\nCLS\r\nBARCODE 40,40,"128",60,0,0,2,2,"${text}"\r\nPRINT 1,1\r\n`);
    const texts = ['YT1000000001', 'YT1000000002', 'YT1000000003'];
    const report = await actor.submit(texts.map((text) => ({ attemptId: text, encode: () => Promise.resolve(job(text)) }))).done;
    await actor.close();
    // A queue hides the printer: it took all three, and that is all that may be said.
    expect(report.labels.map((one) => one.state)).toEqual(['sent', 'sent', 'sent']);
    await printer.waitForLabels(3);
    expect(texts.map((_, at) => Buffer.from(printer.received(at + 1)).toString())).toEqual(texts.map((text) => job(text).toString()));
    expect(printer.labels().map((one) => one.complete)).toEqual([true, true, false]);
    expect(printer.labels().slice(0, 2).map((one) => one.codes[0]?.text)).toEqual(texts.slice(0, 2));
    await printer.close();
  });

  it('an actor prints a batch through the queue, one job per label, in order', async () => {
    const server = await serve(faults.listener());
    const queue = queueTo(server.port);
    const memory = createMemorySink();
    const actor = createPrinterActor({ printerId: 'prn', profile: testProfile('zpl'), transport: transportTo(queue), sink: memory.sink, clock: testClock, log: silentLog });
    const batch = actor.submit(['one', 'two', 'three'].map((text) => ({ attemptId: `att_${text}`, encode: () => Promise.resolve(Buffer.from(text)) })));
    const report = await batch.done;
    expect(report.labels.map((one) => one.state)).toEqual(['sent', 'sent', 'sent']);
    expect(report.labels[0]?.evidence.some((one) => one.kind === 'job_state')).toBe(true);
    expect(server.connections.map(String)).toEqual(['one', 'two', 'three']);
    cups.run('/usr/sbin/cupsdisable', queue);
    const stopped = await actor.submit([{ attemptId: 'att_four', encode: () => Promise.resolve(Buffer.from('four')) }]).done;
    expect(stopped.labels.map((one) => one.state)).toEqual(['not_sent']);
    expect(stopped.stopped).toMatchObject({ kind: 'printer', condition: 'paused' });
    await actor.close();
  });
});
