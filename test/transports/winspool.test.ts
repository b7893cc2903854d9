import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransport, TransportFailure } from '../../main/printing/transports/index.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../virtual-printer/printer.ts';
import * as faults from './fault-servers.ts';
import { cupsMissing, startCups, type PrivateCups } from './private-cups.ts';
import type { ProbeAnswers, ProbeOrders } from './windows/probe.ts';
import { bundleProbe, createWinePrefix, installWindowsNode, wineMissing, type WinePrefix } from './windows/wine.ts';

const missing = wineMissing ?? cupsMissing;

describe.skipIf(missing !== undefined)(`Windows spooler under Wine${missing === undefined ? '' : ` (${missing})`}`, () => {
  /** A TSPL label of 72 bytes by n rows of given dots: every byte value, line ends and more than one WritePrinter. */
  const label = (rows: number, dots: (at: number) => number): Buffer => Buffer.concat([
    Buffer.from(`\r\nSIZE 76 mm,130 mm\r\nGAP 2 mm,0 mm\r\nSET REPRINT OFF\r\nCLS\r\nBITMAP 0,0,72,${rows},0,`),
    Buffer.from(Array.from({ length: 72 * rows }, (_, at) => dots(at) & 0xff)),
    Buffer.from('\r\nPRINT 1,1\r\n'),
  ]);
  const noise = randomBytes(72 * 1000);
  const labels = [label(1000, (at) => noise[at] ?? 0), label(256, (at) => at), label(64, (at) => (at % 2 === 0 ? 0x0d : 0x0a)), label(8, () => 0x1a)];
  const orders: ProbeOrders = { printer: 'Label_Printer', secondPrinter: 'Other_Printer', labels: labels.map((bytes, at) => ({ attemptId: `att_${at + 1}`, base64: bytes.toString('base64') })) };
  let cups: PrivateCups;
  let printer: VirtualPrinter;
  let other: faults.FaultServer;
  let prefix: WinePrefix;
  let bundle: string;
  let answers: ProbeAnswers;

  beforeAll(async () => {
    installWindowsNode();
    printer = await createVirtualPrinter({ language: 'tspl', labelMs: 5 });
    other = await faults.listener();
    cups = await startCups();
    cups.addQueue('Label_Printer', `socket://${printer.host}:${printer.port}`);
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
    await printer?.close();
    await other?.close();
  });

  it('runs the product in Node for Windows', () => {
    expect(answers.error).toBeUndefined();
    expect(answers).toMatchObject({ platform: 'win32', version: expect.stringMatching(/^v22\./) });
  });

  it('lists the printers of the system with their driver', () => {
    const printers = answers.printers as { address: { kind: string; name: string }; name: string; model: string }[];
    expect(printers.map((one) => one.name).sort()).toEqual(expect.arrayContaining(['Label_Printer', 'Other_Printer']));
    const [label] = printers.filter((one) => one.name === 'Label_Printer');
    expect(label?.address).toEqual({ kind: 'winspool', name: 'Label_Printer' });
    expect(label?.model).not.toBe('');
    expect(answers.status).toMatchObject({ condition: 'ready' });
  });

  it('delivers every label byte for byte, one job each, in order', async () => {
    await printer.waitForLabels(labels.length, 15_000);
    expect(printer.connections).toBe(labels.length);
    for (const [at, bytes] of labels.entries()) expect(Buffer.from(printer.received(at + 1)).equals(bytes)).toBe(true);
    expect(printer.labels().map((one) => [one.complete, one.byteCount])).toEqual(labels.map((bytes) => [true, bytes.length]));
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
