/**
 * A printer on the network that is not there: it listens on TCP, understands its language through the judging
 * interpreters, takes time, runs out of paper, answers or does not, and keeps a durable log of all paper that came out.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createInterpreter } from '../interpreters/index.ts';
import type { JudgedLanguage } from '../interpreters/index.ts';
import type { Interpreter, Occurrence, PrinterQuery } from '../interpreters/types.ts';
import { cpclAnswer, escposAnswer, escposAsb, inError, tsplAnswer, zplAnswer } from './answers.ts';
import type { AnswerContext } from './answers.ts';
import { decodePaper } from './decode.ts';
import { createFaultSet } from './faults.ts';
import type { FaultName, FaultSet } from './faults.ts';
import { createJournal } from './journal.ts';
import type { JournalEntry, LabelEntry } from './journal.ts';
import { createMechanism } from './mechanism.ts';
import type { Mechanism, Piece } from './mechanism.ts';
import { dotsToPng } from './png.ts';

export interface VirtualPrinterOptions {
  readonly language: JudgedLanguage;
  readonly dpi?: number;
  readonly headDots?: number;
  /** 0 or nothing: any free port. */
  readonly port?: number;
  /** Where `paper.ndjson` and the pictures go; without it everything stays in memory. */
  readonly directory?: string;
  /** Time one label takes, in milliseconds. */
  readonly labelMs?: number;
  /** Read the codes off the paper (costs 10 to 40 ms a label). */
  readonly decode?: boolean;
  /** Keep pictures of every label in `directory`. */
  readonly pictures?: boolean;
  readonly faults?: readonly string[];
  /** Completion messages of TSPL clones. */
  readonly completion?: 'none' | 'gprinter' | 'hprt';
  readonly odometer?: number;
  readonly tsplZlib?: boolean;
  onEvent?(event: VirtualPrinterEvent): void;
}

export type VirtualPrinterEvent = { readonly event: 'entry'; readonly entry: JournalEntry } | { readonly event: 'connection'; readonly id: number; readonly state: 'open' | 'closed'; readonly bytes: number } | { readonly event: 'query'; readonly name: string; readonly answered: boolean };

export interface VirtualPrinter {
  readonly port: number;
  readonly host: string;
  readonly faults: FaultSet;
  readonly mechanism: Mechanism;
  /** Everything since the log began, earlier runs in the same directory included. */
  log(): readonly JournalEntry[];
  /** The labels of the log, torn ones included. */
  labels(): readonly LabelEntry[];
  /** All bytes received on one connection (1 is the first). */
  received(connection: number): Uint8Array;
  readonly connections: number;
  /** Resolves when so many labels are in the log and the mechanics rest; rejects after the time. */
  waitForLabels(count: number, timeoutMs?: number): Promise<readonly LabelEntry[]>;
  close(): Promise<void>;
}

interface Client {
  readonly id: number;
  readonly socket: Socket;
  bytes: number;
  readonly raw: Buffer[];
  asb: boolean;
}

const host = '127.0.0.1';
/** Settings somebody else left behind, in each language. */
const leftovers: Readonly<Record<JudgedLanguage, string>> = {
  tspl: 'SIZE 40 mm,30 mm\r\nGAP 0,0\r\nDIRECTION 1,1\r\nREFERENCE 40,40\r\nSPEED 2\r\nDENSITY 15\r\n',
  zpl: '^XA^PW200^LL200^LH30,30^POI^LRY^BY5,3,100^MMP^PR2^XZ',
  cpcl: '! UTILITIES\r\nSPEED 1\r\nTONE 100\r\nPRINT\r\n',
  escpos: '\x1ba\x01\x1d!\x11\x1b3\x00',
};

export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const { language } = options;
  const dpi = options.dpi ?? 203;
  const headDots = options.headDots ?? (language === 'escpos' ? 576 : Math.round((104 * dpi) / 25.4));
  const journal = createJournal(options.directory);
  const clients = new Map<number, Client>();
  const raws = new Map<number, Buffer[]>();
  let interpreter: Interpreter;
  let connections = 0;
  let seenLabels = 0;
  let waiters: (() => void)[] = [];
  /** The stream as the firmware gets it, from `base` on: to name the bytes of each label. */
  let stream: Buffer[] = [];
  let base = 0;
  let server: Server | undefined;
  let port = options.port ?? 0;
  let closed = false;
  let writing = Promise.resolve();

  const faults = createFaultSet(options.faults ?? [], () => void changed());
  const boot = (): void => {
    interpreter = createInterpreter(language, {
      dpi, headDots,
      invertedBitmap: faults.has('inverted-bitmap'), withoutZ64: faults.has('no-z64'), tsplZlib: options.tsplZlib === true,
    });
    stream = [];
    base = 0;
    if (faults.has('sticky-settings')) receive(Buffer.from(leftovers[language], 'latin1'));
  };
  const note = (entry: Parameters<typeof journal.append>[0]): void => {
    const full = journal.append(entry);
    options.onEvent?.({ event: 'entry', entry: full });
    const wake = waiters;
    waiters = [];
    for (const one of wake) one();
  };
  const mechanism = createMechanism({
    labelMs: options.labelMs ?? 5,
    faults,
    odometer: options.odometer ?? journal.entries().findLast((one) => one.kind !== 'problem')?.odometer ?? 1000,
    reprints: (label) => (language === 'tspl' ? label.settings['SET REPRINT'] !== 'OFF' : language === 'zpl' ? label.settings['^JZ'] !== 'N' : false),
    onFeed: (odometer) => note({ kind: 'feed', odometer }),
    onPiece: paperOut,
    onChange: () => {
      for (const client of clients.values()) if (client.asb) pushAsb(client);
      const wake = waiters;
      waiters = [];
      for (const one of wake) one();
    },
  });

  let lastTorn: number | undefined;
  let lastAsb = '';
  async function paperOut(piece: Piece): Promise<void> {
    const { label, tag } = piece;
    const shown = piece.complete ? label.bits : label.bits.slice(0, piece.rows * label.stride);
    const image = { widthDots: label.widthDots, heightDots: piece.complete ? label.heightDots : Math.max(1, piece.rows), stride: label.stride, bits: shown.length > 0 ? shown : new Uint8Array(label.stride) };
    const codes = options.decode === true ? await decodePaper(image) : [];
    const number = journal.entries().length + 1;
    const picture = options.pictures === false ? undefined : journal.savePicture(`label-${String(number).padStart(5, '0')}.png`, dotsToPng(image));
    note({
      kind: 'label', complete: piece.complete, rows: piece.rows,
      ...(piece.reprint && lastTorn !== undefined ? { reprintOf: lastTorn } : {}),
      widthDots: label.widthDots, heightDots: label.heightDots,
      dotsSha256: createHash('sha256').update(`${label.widthDots}x${image.heightDots}:`).update(image.bits).digest('hex'),
      bytesSha256: tag.bytesSha256, byteCount: tag.byteCount, connection: tag.connection,
      codes, native: label.codes, texts: label.texts, odometer: piece.odometer,
      ...(picture === undefined ? {} : { picture }),
    });
    lastTorn = piece.complete ? undefined : number;
    if (piece.complete) completion(piece);
  }
  const completion = (piece: Piece): void => {
    const client = clients.get(piece.tag.connection);
    if (client === undefined) return;
    const wrong = faults.has('wrong-id');
    if (piece.label.echo !== '') answer(client, Buffer.from(wrong ? piece.label.echo.replace(/[A-Za-z0-9]/g, (letter) => (/\d/.test(letter) ? String((Number(letter) + 1) % 10) : letter)) : piece.label.echo, 'latin1'), 'echo');
    if (language !== 'tspl') return;
    const response = piece.label.settings['SET RESPONSE'];
    const last = mechanism.state.queued <= 1;
    if (options.completion === 'gprinter' && (response === 'ON' || (response === 'BATCH' && last))) {
      answer(client, Buffer.from(`{00,${String((piece.odometer + (wrong ? 1 : 0)) % 100000).padStart(5, '0')}}`, 'latin1'), 'completion');
    }
    if (options.completion === 'hprt') {
      const frame = Buffer.from([0xaa, 0xbb, 0xcc, 0xdd, 0, 0, 0, 0, 0, 0]);
      frame.writeUInt32LE(piece.odometer + (wrong ? 1 : 0), 4);
      answer(client, frame, 'completion');
      if (last) answer(client, Buffer.from([0xaa, 0xbb, 0xcc, 0xdd, 0xff, 0xff, 0xff, 0xff, 0, 0]), 'completion');
    }
  };

  const context = (): AnswerContext => ({ state: mechanism.state, dpi, headDots, bufferFull: bufferFull() });
  const bufferFull = (): boolean => mechanism.state.queued >= (faults.value('buffer-full') ?? 64);
  /** Puts an answer on the wire the way the faults want it. */
  const answer = (client: Client, bytes: Uint8Array, name: string): void => {
    const silent = faults.has('answer-never') || (faults.has('silent-in-error') && inError(mechanism.state) && name !== '~HQES');
    options.onEvent?.({ event: 'query', name, answered: !silent });
    if (silent) return;
    let full: Uint8Array = bytes;
    if (faults.has('status-truncated') && bytes.length > 1) full = bytes.subarray(0, Math.ceil(bytes.length / 2));
    if (faults.has('status-crlf') && bytes.length === 1) full = new Uint8Array([...bytes, 0x0d, 0x0a]);
    const send = (): void => {
      if (client.socket.writable) client.socket.write(full);
      if (faults.has('answer-twice') && client.socket.writable) client.socket.write(full);
    };
    const late = faults.value('answer-late');
    if (late === undefined) send();
    else setTimeout(send, late).unref();
  };
  const pushAsb = (client: Client): void => {
    const bytes = escposAsb(context());
    const key = Buffer.from(bytes).toString('hex');
    if (key === lastAsb) return;
    lastAsb = key;
    answer(client, bytes, 'ASB');
  };
  const answers = { tspl: tsplAnswer, zpl: zplAnswer, cpcl: cpclAnswer, escpos: escposAnswer };
  const ask = (client: Client | undefined, query: PrinterQuery): void => {
    if (query.name === '~JA' || query.name === 'ESC!.' || query.name === 'ESC!R' || query.name === '~JR') {
      mechanism.flush();
      if (query.name === 'ESC!R' || query.name === '~JR') boot();
      return;
    }
    if (client === undefined) return;
    if (query.name === 'GS a') {
      client.asb = Number(query.args[0]) !== 0;
      lastAsb = '';
      if (client.asb) pushAsb(client);
      return;
    }
    const args = query.name === 'GS ( H' && faults.has('wrong-id') ? ['zzzz'] : query.args;
    const reply = (): void => {
      const bytes = answers[language](query.name, args, context());
      if (bytes !== undefined) answer(client, bytes, query.name);
      else options.onEvent?.({ event: 'query', name: query.name, answered: false });
    };
    if (query.immediate) reply();
    else mechanism.enqueue({ kind: 'marker', run: reply });
  };

  /** The bytes since the last label, its own included; the line end that follows belongs to it. */
  const bytesUpTo = (offset: number): { sha: string; count: number } => {
    const all = Buffer.concat(stream);
    let end = Math.max(0, Math.min(all.length, offset - base));
    if (all[end] === 0x0d) end++;
    if (all[end] === 0x0a) end++;
    const part = all.subarray(0, end);
    stream = [all.subarray(end)];
    base += end;
    return { sha: createHash('sha256').update(part).digest('hex'), count: part.length };
  };
  function receive(chunk: Uint8Array, client?: Client): void {
    stream.push(Buffer.from(chunk));
    handle(interpreter.feed(chunk), client);
  }
  function handle(occurrences: readonly Occurrence[], client: Client | undefined): void {
    for (const one of occurrences) {
      if (one.kind === 'problem') note({ kind: 'problem', severity: one.problem.severity, code: one.problem.code, message: one.problem.message });
      else if (one.kind === 'query') ask(client, one.query);
      else if (one.kind === 'label') {
        const { sha, count } = bytesUpTo(one.offset);
        if (client === undefined) continue;
        seenLabels++;
        const dropped = faults.value('drop-before-print') === seenLabels;
        if (!dropped) mechanism.enqueue({ kind: 'label', label: one.label, tag: { connection: client.id, bytesSha256: sha, byteCount: count } });
        if (dropped || faults.value('drop-after-label') === seenLabels) client.socket.resetAndDestroy();
      }
    }
  }

  const mustWait = (client: Client): boolean => bufferFull() && !closed && clients.has(client.id);
  /** One connection: bytes go to the firmware as fast as the faults allow. */
  const accept = (socket: Socket): void => {
    socket.on('error', () => undefined);
    if (faults.has('second-client-refused') && clients.size > 0) {
      socket.resetAndDestroy();
      return;
    }
    const client: Client = { id: ++connections, socket, bytes: 0, raw: [], asb: false };
    clients.set(client.id, client);
    raws.set(client.id, client.raw);
    options.onEvent?.({ event: 'connection', id: client.id, state: 'open', bytes: 0 });
    socket.setNoDelay(true);
    let strayed = false;
    let busy = Promise.resolve();
    socket.on('close', () => {
      clients.delete(client.id);
      // What was half received dies with the connection, unless the printer is one that keeps it.
      busy = busy.then(() => {
        if (!faults.has('keep-half-job') && clients.size === 0) handle(interpreter.end(), client);
        options.onEvent?.({ event: 'connection', id: client.id, state: 'closed', bytes: client.bytes });
      });
    });
    socket.on('end', () => {
      busy = busy.then(() => {
        const late = faults.value('fin-late');
        if (late === undefined) socket.end();
        else setTimeout(() => socket.end(), late).unref();
      });
    });
    if (faults.has('half-close')) socket.end();
    const take = async (chunk: Buffer): Promise<void> => {
      const limit = faults.value('reset-after') ?? faults.value('close-after');
      const room = limit === undefined ? chunk.length : Math.max(0, limit - client.bytes);
      const part = chunk.subarray(0, room);
      client.raw.push(part);
      if (faults.has('answer-during-payload') && !strayed) {
        strayed = true;
        socket.write(new Uint8Array([language === 'escpos' ? 0x12 : 0x00]));
      }
      const rate = faults.value('slow');
      const step = faults.has('one-byte-reads') ? 1 : rate === undefined ? part.length : Math.max(1, Math.floor(rate / 20));
      for (let at = 0; at < part.length; at += step) {
        while (mustWait(client)) await new Promise<void>((resolve) => waiters.push(resolve));
        if (rate !== undefined) await new Promise((resolve) => setTimeout(resolve, (1000 * Math.min(step, part.length - at)) / rate));
        const slice = part.subarray(at, at + step);
        client.bytes += slice.length;
        receive(slice, client);
      }
      if (limit !== undefined && client.bytes >= limit) {
        if (faults.has('reset-after')) socket.resetAndDestroy();
        else socket.destroySoon();
      }
    };
    if (faults.has('never-read')) {
      socket.pause();
      return;
    }
    socket.on('data', (chunk: Buffer) => {
      socket.pause();
      busy = busy.then(() => take(chunk)).then(() => void socket.resume());
    });
  };

  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const next = createServer({ allowHalfOpen: true, pauseOnConnect: false }, accept);
      next.once('error', reject);
      next.listen(port, host, () => {
        const address = next.address();
        if (typeof address === 'object' && address !== null) port = address.port;
        server = next;
        resolve();
      });
    });
  const unlisten = async (): Promise<void> => {
    const old = server;
    server = undefined;
    if (old === undefined) return;
    for (const client of clients.values()) client.socket.resetAndDestroy();
    await new Promise<void>((resolve) => old.close(() => resolve()));
  };
  let flags = '';
  async function changed(): Promise<void> {
    if (closed) return;
    const next = (['inverted-bitmap', 'no-z64', 'sticky-settings'] satisfies FaultName[]).map((name) => faults.has(name)).join();
    if (next !== flags) {
      flags = next;
      boot();
    }
    writing = writing.then(async () => {
      if (faults.has('host-down')) await unlisten();
      else if (server === undefined && !closed) await listen();
    });
    await writing;
  }

  boot();
  flags = (['inverted-bitmap', 'no-z64', 'sticky-settings'] satisfies FaultName[]).map((name) => faults.has(name)).join();
  await listen();
  if (faults.has('host-down')) await unlisten();

  const labels = (): readonly LabelEntry[] => journal.entries().filter((one) => one.kind === 'label');
  return {
    get port() {
      return port;
    },
    host,
    faults,
    mechanism,
    log: () => journal.entries(),
    labels,
    received: (id) => new Uint8Array(Buffer.concat(raws.get(id) ?? [])),
    get connections() {
      return connections;
    },
    async waitForLabels(count, timeoutMs = 10_000) {
      const deadline = Date.now() + timeoutMs;
      while (labels().length < count) {
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`${labels().length} of ${count} labels came out in ${timeoutMs} ms`);
        await Promise.race([new Promise<void>((resolve) => waiters.push(resolve)), new Promise((resolve) => setTimeout(resolve, Math.min(left, 200)))]);
      }
      return labels();
    },
    async close() {
      closed = true;
      mechanism.stop();
      await writing;
      await unlisten();
      for (const one of waiters) one();
      journal.close();
    },
  };
}
