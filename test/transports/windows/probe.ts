/**
 * Runs inside Node for Windows (under Wine in the tests): drives the product's own Windows spooler transport and actor and
 * writes what it saw to a file, because Wine's console streams do not work under Node.
 * Arguments: a JSON file with the orders, a file for the answers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { discoverPrinters, systemPlaces } from '../../../main/printing/setup/discovery.ts';
import { createPrinterActor } from '../../../main/printing/spool/actor.ts';
import { TransportFailure } from '../../../main/printing/transports/failure.ts';
import { loadWinspool } from '../../../main/printing/transports/winspool/api.ts';
import { createWinspoolTransport, describeJob } from '../../../main/printing/transports/winspool/transport.ts';
import { createMemorySink, silentLog, testClock } from '../memory-sink.ts';
import { testProfile } from '../profiles.ts';

export interface ProbeOrders {
  readonly printer: string;
  readonly secondPrinter: string;
  readonly labels: readonly { readonly attemptId: string; readonly base64: string }[];
}
export interface ProbeAnswers {
  version?: string;
  platform?: string;
  printers?: unknown;
  status?: unknown;
  single?: unknown;
  batch?: unknown;
  calls?: unknown;
  unknownPrinter?: unknown;
  unknownStatus?: unknown;
  queue?: unknown;
  job?: unknown;
  parallel?: unknown;
  error?: string;
}

const [, , ordersFile = '', answersFile = ''] = process.argv;
const orders = JSON.parse(readFileSync(ordersFile, 'utf8')) as ProbeOrders;
const answers: ProbeAnswers = { version: process.version, platform: process.platform };
const failureOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return { value: await work };
  } catch (thrown) {
    if (thrown instanceof TransportFailure) return { reason: thrown.reason, offeredBytes: thrown.offeredBytes, message: thrown.message };
    return { error: String(thrown) };
  }
};

try {
  const { winspool } = systemPlaces();
  // The first call starts Wine's spooler, which takes its time on a loaded machine.
  answers.printers = winspool === undefined ? [] : (await discoverPrinters({ winspool }, 60_000)).found;
  const transport = createWinspoolTransport({ name: orders.printer });
  answers.status = await transport.systemStatus?.();

  const [first, ...rest] = orders.labels;
  if (first === undefined) throw new Error('no label');
  const channel = await transport.open({ name: first.attemptId });
  await channel.write(Buffer.from(first.base64, 'base64'));
  answers.single = await failureOf(Promise.resolve(channel.settle?.()));
  await channel.close();
  answers.queue = await transport.queue?.jobs();

  const memory = createMemorySink();
  const actor = createPrinterActor({ printerId: 'prn_windows', profile: testProfile('tspl'), transport, sink: memory.sink, clock: testClock, log: silentLog });
  const report = await actor.submit(rest.map((label) => ({ attemptId: label.attemptId, encode: () => Promise.resolve(Buffer.from(label.base64, 'base64')) }))).done;
  await actor.close();
  answers.batch = report.labels.map(({ attemptId, state, reason, evidence }) => ({ attemptId, state, reason, evidence }));
  answers.calls = memory.calls.map(({ call, attemptId }) => `${call} ${attemptId}`);

  const unknown = createWinspoolTransport({ name: 'No such printer 无此打印机' });
  answers.unknownPrinter = await failureOf(unknown.open({ name: 'att_none' }));
  answers.unknownStatus = await unknown.systemStatus?.();

  const api = await loadWinspool();
  // A document that is still being written is the only job Wine's spooler keeps long enough to look at. It goes to a second
  // queue: Wine's AbortPrinter does nothing, so closing the printer prints it.
  const open = await api.open(orders.secondPrinter);
  if (open === undefined) throw new Error('not opened');
  const jobId = await api.startDocument(open, 'att_open 面单');
  await api.startPage(open);
  const wrote = await api.write(open, Buffer.from('half a label'));
  const seen = await api.job(open, jobId);
  answers.job = { jobId, wrote, seen, described: seen === undefined ? null : describeJob(seen), none: (await api.job(open, jobId + 1000)) ?? null, description: await api.printer(open) };
  await api.close(open);

  // Many calls at once are still one after the other.
  answers.parallel = (await Promise.all(Array.from({ length: 20 }, () => api.printers()))).map((list) => list.length);
} catch (thrown) {
  answers.error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
writeFileSync(answersFile, JSON.stringify(answers, undefined, 2));
