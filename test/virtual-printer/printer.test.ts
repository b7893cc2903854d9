import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createVirtualPrinter } from './printer.ts';
import type { VirtualPrinter, VirtualPrinterOptions } from './printer.ts';

const open: { close(): Promise<void> }[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});
const start = async (options: VirtualPrinterOptions): Promise<VirtualPrinter> => {
  const printer = await createVirtualPrinter({ labelMs: 20, ...options });
  open.push(printer);
  return printer;
};
interface Peer {
  readonly socket: Socket;
  readonly heard: () => Buffer;
  send(...parts: (string | Uint8Array)[]): void;
  hears(test: (all: Buffer) => boolean, ms?: number): Promise<Buffer>;
  readonly closed: Promise<string>;
}
const dial = async (printer: VirtualPrinter): Promise<Peer> => {
  const socket = connect({ port: printer.port, host: printer.host, allowHalfOpen: true });
  const chunks: Buffer[] = [];
  let reason = 'closed';
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => void (reason = error.code ?? error.message));
  const ended = new Promise<string>((resolve) => {
    socket.on('end', () => resolve('end'));
    socket.on('close', () => resolve(reason));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  open.unshift({ close: () => Promise.resolve(void socket.destroy()) });
  const heard = (): Buffer => Buffer.concat(chunks);
  return {
    socket, heard, closed: ended,
    send: (...parts) => parts.forEach((part) => socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
    async hears(test, ms = 2000) {
      const end = Date.now() + ms;
      while (!test(heard())) {
        if (Date.now() > end) throw new Error(`heard only ${heard().toString('hex')}`);
        await wait(5);
      }
      return heard();
    },
  };
};
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const tspl = (text: string): string => `\r\nSIZE 50 mm,20 mm\r\nGAP 2 mm,0 mm\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nSET REPRINT OFF\r\nCLS\r\nBARCODE 40,40,"128",60,0,0,2,2,"${text}"\r\nPRINT 1,1\r\n`;
const zpl = (text: string): string => `^XA^PW400^LL160^JZN^BY2,3,60^FO40,40^BCN,60,N,N,N,A^FD${text}^FS^XZ`;

describe('virtual printer', () => {
  it('prints what it is sent, reads the code off the paper and keeps a log that outlives it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vp-'));
    folders.push(directory);
    const printer = await start({ language: 'tspl', directory, decode: true });
    const peer = await dial(printer);
    peer.send(tspl('YT1234567890'), tspl('YT1234567891'));
    const labels = await printer.waitForLabels(2);
    expect(labels.map((one) => one.codes)).toEqual([[{ format: 'Code128', text: 'YT1234567890' }], [{ format: 'Code128', text: 'YT1234567891' }]]);
    expect(labels.map((one) => [one.complete, one.byteCount, one.odometer])).toEqual([[true, tspl('YT1234567890').length, 1001], [true, tspl('YT1234567891').length, 1002]]);
    expect(readdirSync(directory).sort()).toEqual(['label-00001.png', 'label-00002.png', 'paper.ndjson']);
    expect(Buffer.from(printer.received(1)).toString('latin1')).toBe(tspl('YT1234567890') + tspl('YT1234567891'));
    await printer.close();
    const again = await start({ language: 'tspl', directory });
    expect(again.labels()).toHaveLength(2);
    expect(again.mechanism.state.odometer).toBe(1002);
  });

  it('answers status while it prints and when it stands still', async () => {
    const printer = await start({ language: 'tspl', labelMs: 150 });
    const peer = await dial(printer);
    peer.send(tspl('A1'), '\x1b!?');
    expect((await peer.hears((all) => all.length === 1))[0]).toBe(0x20);
    await printer.waitForLabels(1);
    await printer.mechanism.idle();
    peer.send('\x1b!?\x1b!S');
    expect((await peer.hears((all) => all.length === 10)).toString('latin1')).toBe(' \0\x02@@@@\x03\r\n');
    printer.mechanism.openCover();
    peer.send('\x1b!?');
    expect((await peer.hears((all) => all.length === 11))[10]).toBe(1);
  });

  it('speaks ZPL status, odometer and ^HV echo', async () => {
    const printer = await start({ language: 'zpl' });
    const peer = await dial(printer);
    peer.send('~HS~HQES\r\n! U1 getvar "odometer.total_label_count"\r\n');
    const before = (await peer.hears((all) => all.includes('"1000"'))).toString('latin1');
    expect(before.split('\x02')).toHaveLength(5);
    expect(before.split('\r\n')[0]?.split(',')).toHaveLength(12);
    expect(before.split('\r\n')[1]?.split(',')).toHaveLength(11);
    peer.send('^XA^PW400^LL160^FN1^FDZT77^FS^FH_^HV1,4,WB[,]_0D_0A,L^FS^FO0,0^GB9,9,9^FS^XZ! U1 getvar "odometer.total_label_count"\r\n');
    await peer.hears((all) => all.includes('WB[ZT77]\r\n'));
    peer.send('! U1 getvar "odometer.total_label_count"\r\n');
    await peer.hears((all) => all.includes('"1001"'));
  });

  it('confirms ESC/POS process ids only when the paper before them is out', async () => {
    const printer = await start({ language: 'escpos', labelMs: 120 });
    const peer = await dial(printer);
    const started = Date.now();
    peer.send(Buffer.from([0x1d, 0x61, 0x0e]), Buffer.from('\x1b@hello\n\x1dV\0', 'latin1'), Buffer.from('\x1d(H\x06\x0000AB12\x10\x04\x01', 'latin1'));
    const first = await peer.hears((all) => all.length >= 5);
    expect([...first]).toEqual([0x10, 0, 0, 0, 0x12]);
    const all = await peer.hears((heard) => heard.includes('AB12'));
    expect(all.subarray(-7).toString('latin1')).toBe('7"AB12\0');
    expect(Date.now() - started).toBeGreaterThanOrEqual(110);
    expect(printer.labels()[0]?.texts).toEqual(['hello']);
    printer.mechanism.openCover();
    await peer.hears((heard) => heard.length === all.length + 4 && heard.at(-4) === 0x38);
  });

  it('reprints by itself after an error unless it was told not to', async () => {
    for (const [language, job, told] of [['tspl', tspl, true], ['zpl', zpl, true], ['tspl', (text: string) => tspl(text).replace('SET REPRINT OFF', 'SET REPRINT ON'), false], ['zpl', (text: string) => zpl(text).replace('^JZN', '^JZY'), false]] as const) {
      const printer = await start({ language, faults: ['paper-out-after=1'], decode: true });
      const peer = await dial(printer);
      peer.send(job('P1'), job('P2'), job('P3'));
      await printer.waitForLabels(2);
      expect(printer.mechanism.state.paperOut).toBe(true);
      printer.mechanism.loadPaper();
      await printer.mechanism.idle();
      const out = printer.labels().map((one) => `${one.native[0]?.text}${one.complete ? '' : ' torn'}${one.reprintOf === undefined ? '' : ' again'}`);
      expect(out).toEqual(told ? ['P1', 'P2 torn', 'P3'] : ['P1', 'P2 torn', 'P2 again', 'P3']);
    }
  });

  it('stops for cover, jam, pause, heat and peel, and counts feeds', async () => {
    const printer = await start({ language: 'tspl', faults: ['cover-open-at-row=80', 'calibration-feeds=2', 'odometer-jump=3'] });
    const peer = await dial(printer);
    peer.send(tspl('C1'), tspl('C2'));
    await printer.waitForLabels(1);
    expect(printer.labels()[0]).toMatchObject({ complete: false, rows: 80 });
    printer.mechanism.closeCover();
    await printer.mechanism.idle();
    expect(printer.log().map((one) => one.kind)).toEqual(['label', 'feed', 'feed', 'label']);
    expect(printer.mechanism.state.odometer).toBe(1005);
    printer.faults.clear();
    printer.faults.add('jam-at=3');
    printer.faults.add('recover-after=30');
    peer.send(tspl('C3'), tspl('C4'));
    await printer.waitForLabels(4);
    printer.faults.clear();
    printer.faults.add('peel');
    printer.faults.add('pause-after=1');
    peer.send(tspl('C5'), tspl('C6'));
    await printer.waitForLabels(5);
    await wait(20);
    expect(printer.mechanism.state).toMatchObject({ waitingToBeTaken: true, paused: true });
    printer.mechanism.takeLabel();
    printer.mechanism.press('resume');
    await printer.waitForLabels(6);
    expect(printer.labels().map((one) => one.native[0]?.text)).toEqual(['C1', 'C2', 'C3', 'C4', 'C5', 'C6']);
  });

  it('breaks the wire in every way', async () => {
    const job = tspl('W1');
    const cases: readonly [string, number, RegExp][] = [['reset-after=50', 0, /ECONNRESET|EPIPE/], ['close-after=50', 0, /end|closed|ECONNRESET|EPIPE/], ['drop-after-label=1', 1, /ECONNRESET|EPIPE/], ['drop-before-print=1', 0, /ECONNRESET|EPIPE/], ['half-close', 1, /end/]];
    for (const [fault, printed, how] of cases) {
      const printer = await start({ language: 'tspl', faults: [fault] });
      const peer = await dial(printer);
      peer.send(job);
      expect(`${fault}: ${await peer.closed}`).toMatch(how);
      await wait(60);
      expect([fault, printer.labels().length]).toEqual([fault, printed]);
      if (fault.endsWith('=50')) expect(printer.received(1)).toHaveLength(50);
    }
  });

  it('never reads, reads slowly, reads one byte at a time, refuses a second client, is away', async () => {
    const deaf = await start({ language: 'tspl', faults: ['never-read'] });
    const peer = await dial(deaf);
    peer.send(tspl('N1'));
    await wait(50);
    expect(deaf.received(1)).toHaveLength(0);
    const slow = await start({ language: 'tspl', faults: ['slow=1000'] });
    const began = Date.now();
    (await dial(slow)).send(tspl('N2'));
    await slow.waitForLabels(1);
    expect(Date.now() - began).toBeGreaterThan(tspl('N2').length * 0.8);
    const narrow = await start({ language: 'zpl', faults: ['one-byte-reads', 'second-client-refused'] });
    (await dial(narrow)).send(zpl('N3'));
    await narrow.waitForLabels(1);
    const second = await dial(narrow).catch((error: NodeJS.ErrnoException) => error.code);
    if (typeof second === 'object') expect(await second.closed).toBe('ECONNRESET');
    const away = await start({ language: 'zpl', faults: ['host-down'] });
    await expect(dial(away)).rejects.toThrow('ECONNREFUSED');
    away.faults.remove('host-down');
    await wait(20);
    (await dial(away)).send(zpl('N4'));
    await away.waitForLabels(1);
  });

  it('spoils its answers', async () => {
    const ask = async (fault: string, query: string, ms = 100): Promise<string> => {
      const printer = await start({ language: 'tspl', faults: [fault] });
      const peer = await dial(printer);
      peer.send(query);
      await wait(ms);
      return peer.heard().toString('hex');
    };
    expect(await ask('answer-never', '\x1b!?')).toBe('');
    expect(await ask('answer-twice', '\x1b!?')).toBe('0000');
    expect(await ask('status-crlf', '\x1b!?')).toBe('000d0a');
    expect(await ask('status-truncated', '\x1b!S')).toBe('02404040');
    expect(await ask('answer-late=60', '\x1b!?', 30)).toBe('');
    expect(await ask('answer-late=60', '\x1b!?', 150)).toBe('00');
    const mute = await start({ language: 'zpl', faults: ['silent-in-error'] });
    const peer = await dial(mute);
    mute.mechanism.openCover();
    peer.send('~HS~HQES\r\n');
    expect((await peer.hears((all) => all.length > 20)).toString('latin1')).toMatch(/PRINTER STATUS\r\n.*1 00000000 00000004/s);
  });

  it('completes TSPL labels as the clones do, with wrong ids on demand', async () => {
    const gprinter = await start({ language: 'tspl', completion: 'gprinter' });
    const peer = await dial(gprinter);
    peer.send(`SET RESPONSE ON\r\n${tspl('G1')}`);
    expect((await peer.hears((all) => all.length >= 10)).toString()).toBe('{00,01001}');
    gprinter.faults.add('wrong-id');
    peer.send(tspl('G2'));
    expect((await peer.hears((all) => all.length >= 20)).toString().slice(10)).toBe('{00,01003}');
    const hprt = await start({ language: 'tspl', completion: 'hprt' });
    const other = await dial(hprt);
    other.send(tspl('H1'));
    expect((await other.hears((all) => all.length >= 20)).toString('hex')).toBe('aabbccdde90300000000aabbccddffffffff0000');
  });

  it('takes settings of strangers, old firmware and inverse polarity seriously', async () => {
    const sticky = await start({ language: 'zpl', faults: ['sticky-settings'] });
    (await dial(sticky)).send(zpl('S1'));
    await sticky.waitForLabels(1);
    const clean = await start({ language: 'zpl' });
    (await dial(clean)).send(zpl('S1'));
    await clean.waitForLabels(1);
    expect(sticky.labels()[0]?.dotsSha256).not.toBe(clean.labels()[0]?.dotsSha256);
    const inverse = await start({ language: 'tspl' });
    inverse.faults.add('inverted-bitmap');
    (await dial(inverse)).send('SIZE 1 mm,1 mm\r\nGAP 2 mm,0\r\nDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\nBITMAP 0,0,1,8,0,', new Uint8Array(8).fill(0), '\r\nPRINT 1,1\r\n');
    await inverse.waitForLabels(1);
    expect(inverse.log().filter((one) => one.kind === 'problem')).toEqual([]);
  });

  it('forgets a half command with its connection, or keeps it when told', async () => {
    for (const keeps of [false, true]) {
      const printer = await start({ language: 'tspl', faults: keeps ? ['keep-half-job'] : [] });
      const broken = await dial(printer);
      broken.send('SIZE 50 mm,20 mm\r\nCLS\r\nBITMAP 0,0,10,100,0,xx');
      await wait(30);
      broken.socket.destroy();
      await wait(30);
      (await dial(printer)).send(tspl('K1'));
      await wait(100);
      expect(printer.labels()).toHaveLength(keeps ? 0 : 1);
    }
  });
});
