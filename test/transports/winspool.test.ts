import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransport, TransportFailure } from '../../main/printing/transports/index.ts';
import * as faults from './fault-servers.ts';
import { cupsMissing, startCups, type PrivateCups } from './private-cups.ts';
import type { ProbeAnswers, ProbeOrders } from './windows/probe.ts';
import { bundleProbe, createWinePrefix, installWindowsNode, wineMissing, type WinePrefix } from './windows/wine.ts';

const missing = wineMissing ?? cupsMissing;

describe.skipIf(missing !== undefined)(`Windows spooler under Wine${missing === undefined ? '' : ` (${missing})`}`, () => {
  const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  // Every byte value, line ends, and more than one WritePrinter.
  const labels = [Buffer.concat([all, randomBytes(200_000)]), Buffer.concat([Buffer.from('\r\n\u001a\0'), all]), randomBytes(30_000), Buffer.from('last')];
  const orders: ProbeOrders = { printer: 'Label_Printer', secondPrinter: 'Other_Printer', labels: labels.map((label, at) => ({ attemptId: `att_${at + 1}`, base64: label.toString('base64') })) };
  let cups: PrivateCups;
  let server: faults.FaultServer;
  let other: faults.FaultServer;
  let prefix: WinePrefix;
  let bundle: string;
  let answers: ProbeAnswers;

  beforeAll(async () => {
    installWindowsNode();
    server = await faults.listener();
    other = await faults.listener();
    cups = await startCups();
    cups.addQueue('Label_Printer', `socket://${server.host}:${server.port}`);
    cups.addQueue('Other_Printer', `socket://${other.host}:${other.port}`);
    [prefix, bundle] = await Promise.all([createWinePrefix({ CUPS_SERVER: `${cups.host}:${cups.port}` }), bundleProbe()]);
    const ordersFile = join(prefix.folder, 'orders.json');
    const answersFile = join(prefix.folder, 'answers.json');
    await writeFile(ordersFile, JSON.stringify(orders));
    await prefix.node(bundle, [ordersFile, answersFile], 90_000);
    answers = JSON.parse(await readFile(answersFile, 'utf8')) as ProbeAnswers;
  }, 420_000);

  afterAll(async () => {
    await prefix?.remove();
    if (bundle !== undefined) await rm(dirname(bundle), { recursive: true, force: true });
    await cups?.stop();
    await server?.close();
    await other?.close();
  });

  it('runs the product in Node for Windows', () => {
    expect(answers.error).toBeUndefined();
    expect(answers).toMatchObject({ platform: 'win32', version: expect.stringMatching(/^v22\./) });
  });

  it('lists the printers of the system with driver and port', () => {
    const printers = answers.printers as { address: { kind: string; name: string }; name: string; detail: string }[];
    expect(printers.map((one) => one.name).sort()).toEqual(expect.arrayContaining(['Label_Printer', 'Other_Printer']));
    const [label] = printers.filter((one) => one.name === 'Label_Printer');
    expect(label?.address).toEqual({ kind: 'winspool', name: 'Label_Printer' });
    expect(label?.detail).not.toBe('');
    expect(answers.status).toMatchObject({ condition: 'ready' });
  });

  it('delivers every label byte for byte, one job each, in order', async () => {
    await expect.poll(() => server.connections.length, { timeout: 15_000 }).toBe(labels.length);
    await expect.poll(() => server.connections.map((bytes) => bytes.length), { timeout: 15_000 }).toEqual(labels.map((label) => label.length));
    for (const [at, label] of labels.entries()) expect(server.connections[at]?.equals(label)).toBe(true);
  });

  it('follows each job until it has left the queue', () => {
    expect(answers.single).toMatchObject({ value: [{ kind: 'job_state' }] });
    expect(answers.queue).toEqual([]);
    expect(answers.batch).toMatchObject([{ attemptId: 'att_2', state: 'sent' }, { attemptId: 'att_3', state: 'sent' }, { attemptId: 'att_4', state: 'sent' }]);
    expect(answers.calls).toEqual(['sending att_2', 'sent att_2', 'sending att_3', 'sent att_3', 'sending att_4', 'sent att_4']);
  });

  it('reads a job and the printer from the spooler, Chinese document names included', () => {
    expect(answers.job).toMatchObject({
      wrote: 12,
      seen: { printer: 'Other_Printer', document: 'att_open 面单', status: 0, pagesPrinted: 0 },
      described: { name: 'att_open 面单', state: 'waiting', untouched: true },
      none: null,
      description: { name: 'Other_Printer', port: 'CUPS:Other_Printer' },
    });
  });

  it('the document carries the attempt id', async () => {
    const names = (await cups.client.jobs('Label_Printer')).map((job) => job.name).sort();
    expect(names).toEqual(['att_1', 'att_2', 'att_3', 'att_4']);
  });

  it('an unknown printer is named, and nothing was offered', () => {
    expect(answers.unknownPrinter).toMatchObject({ reason: 'not_found', offeredBytes: 0, message: expect.stringContaining('无此打印机') });
    expect(answers.unknownStatus).toMatchObject({ condition: 'off_line' });
  });

  it('calls made at the same time are answered one after the other', () => {
    const counts = answers.parallel as number[];
    expect(counts).toHaveLength(20);
    expect(new Set(counts).size).toBe(1);
  });
});

it.skipIf(process.platform === 'win32')('without a Windows spooler: said by name, nothing offered', async () => {
  const transport = createTransport({ kind: 'winspool', name: 'x' });
  const thrown: unknown = await transport.open({ name: 'a' }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(TransportFailure);
  expect(thrown).toMatchObject({ reason: 'unsupported', offeredBytes: 0 });
});
