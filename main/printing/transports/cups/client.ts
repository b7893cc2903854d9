import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { userInfo } from 'node:os';
import { TransportFailure, reasonOf } from '../failure.ts';
import { decodeIpp, encodeIpp, ippOperation, type IppAttribute, type IppGroup, type IppResponse } from './ipp.ts';

/** Where the CUPS scheduler listens. */
export type CupsServer = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/** The scheduler of this machine: `CUPS_SERVER` first, as every CUPS program does, then its local socket, then port 631. */
export function systemCups(environment: NodeJS.ProcessEnv = process.env): CupsServer {
  const named = environment['CUPS_SERVER'];
  if (named !== undefined && named !== '') {
    if (named.startsWith('/')) return { socketPath: named };
    const [, host = named, port = '631'] = /^(.*?)(?::(\d+))?$/.exec(named) ?? [];
    return { host, port: Number(port) };
  }
  const local = ['/run/cups/cups.sock', '/var/run/cupsd'].find((path) => existsSync(path));
  return local === undefined ? { host: 'localhost', port: 631 } : { socketPath: local };
}

/** IPP job-state (RFC 8011). */
export const ippJobState = { pending: 3, held: 4, processing: 5, stopped: 6, canceled: 7, aborted: 8, completed: 9 } as const;

export interface CupsJob {
  readonly id: number;
  readonly name: string;
  readonly state: number;
  readonly reasons: readonly string[];
  /** What the back end says, for people. */
  readonly message: string;
  /** False while no back end has ever been started for it: no byte can have left. */
  readonly began: boolean;
}

export interface CupsPrinter {
  readonly name: string;
  /** 3 idle, 4 processing, 5 stopped. */
  readonly state: number;
  readonly reasons: readonly string[];
  readonly message: string;
  readonly accepting: boolean;
  readonly errorPolicy: string;
  readonly deviceUri: string;
  readonly makeAndModel: string;
}

export interface CupsClient {
  /** Resolves to the job id once the scheduler has the whole document. */
  printRaw(queue: string, jobName: string, bytes: Uint8Array): Promise<number>;
  job(jobId: number): Promise<CupsJob | undefined>;
  jobs(queue: string): Promise<readonly CupsJob[]>;
  cancel(jobId: number): Promise<boolean>;
  printer(queue: string): Promise<CupsPrinter | undefined>;
  printers(): Promise<readonly CupsPrinter[]>;
  /** Makes the scheduler give a failed job up instead of sending it again; false where we may not. */
  setAbortJob(queue: string): Promise<boolean>;
}

const notFound = 0x0406;
const jobAttributes = ['job-id', 'job-name', 'job-state', 'job-state-reasons', 'job-printer-state-message', 'time-at-processing'];
const printerAttributes = ['printer-name', 'printer-state', 'printer-state-reasons', 'printer-state-message', 'printer-is-accepting-jobs', 'printer-error-policy', 'device-uri', 'printer-make-and-model'];

/** A client of one CUPS scheduler, over IPP. Every call rejects with a TransportFailure of 0 offered bytes unless said. */
export function createCupsClient(server: CupsServer, options: { readonly timeoutMs?: number } = {}): CupsClient {
  const user = userName();
  let requestId = 0;

  const uriOf = (queue: string): IppAttribute => ({ type: 'uri', name: 'printer-uri', value: `ipp://localhost/printers/${encodeURIComponent(queue)}` });
  const asUser: IppAttribute = { type: 'name', name: 'requesting-user-name', value: user };

  function call(path: string, operation: number, operationAttributes: readonly IppAttribute[], more: { readonly document?: Uint8Array; readonly printerAttributes?: readonly IppAttribute[] } = {}): Promise<IppResponse> {
    requestId += 1;
    const head = encodeIpp({ operation, requestId, operationAttributes, ...(more.printerAttributes === undefined ? {} : { printerAttributes: more.printerAttributes }) });
    const body = more.document === undefined ? head : Buffer.concat([head, more.document]);
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(new TransportFailure(reasonOf(error), `CUPS: ${error.message}`, 0, { cause: error }));
      const http = request({
        ...('socketPath' in server ? { socketPath: server.socketPath } : { host: server.host, port: server.port }),
        method: 'POST', path, timeout: options.timeoutMs ?? 10_000,
        headers: { 'Content-Type': 'application/ipp', 'Content-Length': body.length, Host: 'localhost' },
      });
      http.on('timeout', () => http.destroy(Object.assign(new Error('CUPS does not answer'), { code: 'ETIMEDOUT' })));
      http.on('error', fail);
      http.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          if (response.statusCode === 401 || response.statusCode === 403) return reject(new TransportFailure('not_permitted', 'CUPS does not allow this', 0));
          if (response.statusCode !== 200) return reject(new TransportFailure('io', `CUPS answered HTTP ${response.statusCode}`, 0));
          try {
            resolve(decodeIpp(Buffer.concat(chunks)));
          } catch (thrown) {
            fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
          }
        });
      });
      http.end(body);
    });
  }

  return {
    async printRaw(queue, jobName, bytes) {
      const answer = await call(`/printers/${encodeURIComponent(queue)}`, ippOperation.printJob, [
        uriOf(queue), asUser,
        { type: 'name', name: 'job-name', value: jobName },
        // Raw: no filter touches the bytes, whatever driver the queue has.
        { type: 'mimeType', name: 'document-format', value: 'application/vnd.cups-raw' },
      ], { document: bytes });
      const id = answer.jobs[0]?.get('job-id')?.[0];
      if (answer.status >= 0x0100 || typeof id !== 'number') {
        throw new TransportFailure(answer.status === notFound ? 'not_found' : 'not_permitted', `CUPS did not take the job: ${statusText(answer)}`, 0);
      }
      return id;
    },
    async job(jobId) {
      const answer = await call('/jobs/', ippOperation.getJobAttributes, [
        { type: 'uri', name: 'job-uri', value: `ipp://localhost/jobs/${jobId}` }, asUser,
        { type: 'keyword', name: 'requested-attributes', value: jobAttributes },
      ]);
      const [group] = answer.jobs;
      return answer.status >= 0x0100 || group === undefined ? undefined : readJob(group);
    },
    async jobs(queue) {
      const answer = await call('/jobs/', ippOperation.getJobs, [
        uriOf(queue), asUser,
        { type: 'keyword', name: 'which-jobs', value: 'all' },
        { type: 'keyword', name: 'requested-attributes', value: jobAttributes },
      ]);
      return answer.jobs.map(readJob);
    },
    async cancel(jobId) {
      const answer = await call('/jobs/', ippOperation.cancelJob, [{ type: 'uri', name: 'job-uri', value: `ipp://localhost/jobs/${jobId}` }, asUser]);
      return answer.status < 0x0100;
    },
    async printer(queue) {
      const answer = await call(`/printers/${encodeURIComponent(queue)}`, ippOperation.getPrinterAttributes, [
        uriOf(queue), asUser, { type: 'keyword', name: 'requested-attributes', value: printerAttributes },
      ]);
      const [group] = answer.printers;
      return answer.status >= 0x0100 || group === undefined ? undefined : readPrinter(group, queue);
    },
    async printers() {
      const answer = await call('/', ippOperation.cupsGetPrinters, [asUser, { type: 'keyword', name: 'requested-attributes', value: printerAttributes }]);
      return answer.printers.map((group) => readPrinter(group, ''));
    },
    async setAbortJob(queue) {
      try {
        const answer = await call('/admin/', ippOperation.cupsAddModifyPrinter, [uriOf(queue), asUser], {
          printerAttributes: [{ type: 'name', name: 'printer-error-policy', value: 'abort-job' }],
        });
        return answer.status < 0x0100;
      } catch (thrown) {
        if (thrown instanceof TransportFailure && thrown.reason === 'not_permitted') return false;
        throw thrown;
      }
    },
  };
}

function readJob(group: IppGroup): CupsJob {
  return {
    id: numberOf(group, 'job-id'),
    name: textOf(group, 'job-name'),
    state: numberOf(group, 'job-state'),
    reasons: listOf(group, 'job-state-reasons'),
    message: textOf(group, 'job-printer-state-message'),
    began: numberOf(group, 'time-at-processing') > 0,
  };
}

function readPrinter(group: IppGroup, fallbackName: string): CupsPrinter {
  return {
    name: textOf(group, 'printer-name') || fallbackName,
    state: numberOf(group, 'printer-state'),
    reasons: listOf(group, 'printer-state-reasons').filter((reason) => reason !== 'none'),
    message: textOf(group, 'printer-state-message'),
    accepting: group.get('printer-is-accepting-jobs')?.[0] !== false,
    errorPolicy: textOf(group, 'printer-error-policy'),
    deviceUri: textOf(group, 'device-uri'),
    makeAndModel: textOf(group, 'printer-make-and-model'),
  };
}

function numberOf(group: IppGroup, name: string): number {
  const value = group.get(name)?.[0];
  return typeof value === 'number' ? value : 0;
}
function textOf(group: IppGroup, name: string): string {
  const value = group.get(name)?.[0];
  return typeof value === 'string' ? value : '';
}
function listOf(group: IppGroup, name: string): string[] {
  return (group.get(name) ?? []).filter((value) => typeof value === 'string');
}
function statusText(answer: IppResponse): string {
  return textOf(answer.operation, 'status-message') || `0x${answer.status.toString(16)}`;
}
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'anonymous';
  }
}
