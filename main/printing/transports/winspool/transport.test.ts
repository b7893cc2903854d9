/** The Windows spooler's behaviour that Wine does not have: jobs that wait, stick, vanish or are deleted. */
import { describe, expect, it } from 'vitest';
import { TransportFailure } from '../failure.ts';
import type { PrinterHandle, WinspoolApi } from './api.ts';
import { jobControl, jobStatus, printerStatus, workOffline, type JobInfo, type PrinterInfo } from './layouts.ts';
import { createWinspoolTransport, describeJob, describePrinter } from './transport.ts';

const job = (status: number, more: Partial<JobInfo> = {}): JobInfo => ({ id: 7, printer: 'P', document: 'att_1', statusText: '', status, pagesPrinted: 0, ...more });
const info = (more: Partial<PrinterInfo> = {}): PrinterInfo => ({ name: 'P', port: 'USB001', driver: 'Generic', attributes: 0, status: 0, jobs: 0, ...more });

/** A spooler that plays a list of job states, one per look; undefined means that the job is gone. */
function spooler(script: (JobInfo | undefined)[], more: Partial<WinspoolApi> = {}) {
  const calls: string[] = [];
  const taken: Uint8Array[] = [];
  let look = 0;
  const say = <T>(name: string, value: T): Promise<T> => {
    calls.push(name);
    return Promise.resolve(value);
  };
  const api: WinspoolApi = {
    open: (name) => say('open', name === 'P' ? { handle: 1 } satisfies PrinterHandle : undefined),
    close: () => say('close', true),
    startDocument: (_, name) => say(`start ${name}`, 7),
    startPage: () => say('page', true),
    write: (_, bytes) => {
      taken.push(Uint8Array.from(bytes));
      return say('write', bytes.length);
    },
    endPage: () => say('endPage', true),
    endDocument: () => say('endDocument', true),
    abort: () => say('abort', true),
    printers: () => say('printers', [info()]),
    printer: () => say('printer', info()),
    jobs: () => Promise.resolve(script.filter((one) => one !== undefined)),
    job: () => {
      const seen = script[Math.min(look, script.length - 1)];
      look += 1;
      return Promise.resolve(seen);
    },
    control: (_, id, command) => say(`control ${id} ${command}`, true),
    ...more,
  };
  const transport = createWinspoolTransport({ name: 'P' }, { load: () => Promise.resolve(api), pollMs: 1, chunkBytes: 4 });
  return { api, calls, taken, transport };
}
async function failureOf(work: Promise<unknown> | undefined): Promise<TransportFailure> {
  const thrown: unknown = await work?.then(() => undefined, (error: unknown) => error);
  if (thrown instanceof TransportFailure) return thrown;
  throw new Error(`not a transport failure: ${String(thrown)}`);
}
async function settled(script: (JobInfo | undefined)[]) {
  const one = spooler(script);
  const channel = await one.transport.open({ name: 'att_1' });
  await channel.write(Buffer.from('0123456789'));
  return { ...one, settle: (signal?: AbortSignal) => channel.settle?.(signal) };
}

describe('writing', () => {
  it('goes in the order of the documentation, in parts', async () => {
    const { calls, taken } = await settled([undefined]);
    expect(calls).toEqual(['open', 'start att_1', 'page', 'write', 'write', 'write', 'endPage', 'endDocument']);
    expect(Buffer.concat(taken).toString()).toBe('0123456789');
  });

  it('a spooler that takes fewer bytes than offered gets the rest', async () => {
    const got: number[] = [];
    const one = spooler([undefined], { write: (_, bytes) => { got.push(...bytes.subarray(0, 3)); return Promise.resolve(Math.min(3, bytes.length)); } });
    await (await one.transport.open({ name: 'a' })).write(Buffer.from('0123456789'));
    expect(Buffer.from(got).toString()).toBe('0123456789');
  });

  it.each<[string, Partial<WinspoolApi>, number]>([
    ['no RAW document', { startDocument: () => Promise.resolve(0) }, 0],
    ['no page', { startPage: () => Promise.resolve(false) }, 0],
    ['the first write', { write: () => Promise.resolve(undefined) }, 0],
    ['nothing taken', { write: () => Promise.resolve(0) }, 0],
    ['end of page', { endPage: () => Promise.resolve(false) }, 10],
    ['end of document', { endDocument: () => Promise.resolve(false) }, 10],
  ])('failing: %s', async (_, more, offered) => {
    const one = spooler([undefined], more);
    const channel = await one.transport.open({ name: 'a' });
    expect((await failureOf(channel.write(Buffer.from('0123456789')))).offeredBytes).toBe(offered);
  });

  it('an error after the first part: aborted, and those bytes count', async () => {
    let writes = 0;
    const one = spooler([undefined], { write: (_, bytes) => { writes += 1; return Promise.resolve(writes === 1 ? bytes.length : undefined); } });
    const channel = await one.transport.open({ name: 'a' });
    expect((await failureOf(channel.write(Buffer.from('0123456789')))).offeredBytes).toBe(4);
    expect(one.calls).toContain('abort');
  });
});

describe('following a job', () => {
  const { spooling, printing, printed, complete, deleting, paperOut, error, paused } = jobStatus;

  it('a job that is gone after it was seen printing has left', async () => {
    const one = await settled([job(spooling), job(printing), undefined]);
    expect(await one.settle()).toEqual([{ kind: 'job_state', state: 'left the queue, last seen printing' }]);
  });
  it('printed and complete are the end, also where Windows keeps the document', async () => {
    expect(await (await settled([job(printing), job(printed | jobStatus.retained)])).settle()).toMatchObject([{ kind: 'job_state' }]);
    expect(await (await settled([job(complete)])).settle()).toMatchObject([{ kind: 'job_state' }]);
  });
  it('a job that somebody deletes is in doubt', async () => {
    expect(await failureOf((await settled([job(printing), job(printing | deleting), undefined])).settle())).toMatchObject({ reason: 'job_cancelled', offeredBytes: 1 });
  });
  it('a job that stood in error and is gone is in doubt', async () => {
    expect(await failureOf((await settled([job(printing | paperOut), undefined])).settle())).toMatchObject({ reason: 'job_lost', offeredBytes: 1 });
    expect(await failureOf((await settled([job(error), undefined])).settle())).toMatchObject({ reason: 'job_lost' });
  });
  it('out of paper is waited for', async () => {
    expect(await (await settled([job(printing | paperOut), job(printing | paperOut), job(printing), undefined])).settle()).toHaveLength(1);
  });
  it('giving up a waiting job: held, deleted, and no byte had left', async () => {
    const one = await settled([job(paused)]);
    expect(await failureOf(one.settle(AbortSignal.abort()))).toMatchObject({ reason: 'cancelled', offeredBytes: 0 });
    expect(one.calls.filter((call) => call.startsWith('control'))).toEqual([`control 7 ${jobControl.pause}`, `control 7 ${jobControl.delete}`]);
  });
  it('giving up a printing job leaves it in doubt', async () => {
    expect((await failureOf((await settled([job(printing)])).settle(AbortSignal.abort()))).offeredBytes).toBeGreaterThan(0);
  });
});

describe('describing', () => {
  it('jobs', () => {
    expect(describeJob(job(0))).toMatchObject({ state: 'waiting', untouched: true, detail: 'waiting' });
    expect(describeJob(job(jobStatus.paused | jobStatus.offline))).toMatchObject({ state: 'waiting', untouched: true });
    expect(describeJob(job(jobStatus.printing))).toMatchObject({ state: 'printing', untouched: false });
    expect(describeJob(job(jobStatus.printed))).toMatchObject({ state: 'completed' });
    expect(describeJob(job(jobStatus.deleting))).toMatchObject({ state: 'cancelled' });
    expect(describeJob(job(jobStatus.error, { statusText: 'no paper' }))).toMatchObject({ state: 'failed', untouched: false, detail: 'no paper (error)' });
    expect(describeJob(job(0, { pagesPrinted: 1 })).untouched).toBe(false);
  });
  it.each<[Partial<PrinterInfo>, string]>([
    [{}, 'ready'], [{ status: printerStatus.paused }, 'paused'], [{ status: printerStatus.paperOut }, 'out_of_paper'], [{ status: printerStatus.doorOpen | printerStatus.error }, 'head_open'],
    [{ status: printerStatus.paperJam }, 'jam'], [{ status: printerStatus.offline }, 'off_line'], [{ attributes: workOffline }, 'off_line'], [{ status: printerStatus.printing }, 'ready'], [{ status: printerStatus.error }, 'error'],
  ])('printers %o', (more, condition) => expect(describePrinter(info(more)).condition).toBe(condition));
});

it('a printer that exists but may not be opened is told from one that does not exist', async () => {
  const locked = spooler([], { open: () => Promise.resolve(undefined) });
  expect(await failureOf(locked.transport.open({ name: 'a' }))).toMatchObject({ reason: 'not_permitted', offeredBytes: 0 });
  const missing = createWinspoolTransport({ name: 'Q' }, { load: () => Promise.resolve(locked.api) });
  expect(await failureOf(missing.open({ name: 'a' }))).toMatchObject({ reason: 'not_found', offeredBytes: 0 });
});

it('yesterday\'s jobs are listed and taken out', async () => {
  const one = spooler([job(0), job(0)]);
  expect(await one.transport.queue?.jobs()).toMatchObject([{ jobId: '7', name: 'att_1' }, { jobId: '7' }]);
  expect(await one.transport.queue?.withdraw('7')).toMatchObject({ state: 'cancelled', untouched: true });
  expect(one.calls.filter((call) => call.startsWith('control'))).toEqual([`control 7 ${jobControl.pause}`, `control 7 ${jobControl.delete}`]);
});
