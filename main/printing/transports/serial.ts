import { performance } from 'node:perf_hooks';
import type { SerialPort } from 'serialport';
import type { Channel, ChannelEnd, PrinterAddress, Transport, TransportJob } from '../types.ts';
import { createHearing } from './hearing.ts';
import { TransportFailure, asTransportFailure, type TransportReason } from './failure.ts';

export interface SerialOptions {
  /** Bytes offered at a time: at 9600 baud 256 bytes are a quarter of a second. */
  readonly chunkBytes?: number;
}

type SerialAddress = Extract<PrinterAddress, { kind: 'serial' }>;

/** A COM port or tty, 8N1, also the virtual ones of USB chips and Bluetooth. The pipe may carry several labels in turn. */
export function createSerialTransport(address: SerialAddress, options: SerialOptions = {}): Transport {
  return {
    kind: 'serial',
    oneJobPerChannel: false,
    async open(job, signal) {
      if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before opening the port', 0);
      return createSerialChannel(await openPort(address), address, job, options);
    },
  };
}

/** The bindings are native code: loaded only where a serial printer is used. */
async function openPort(address: SerialAddress): Promise<SerialPort> {
  const { SerialPort } = await import('serialport');
  return new Promise((resolve, reject) => {
    const port = new SerialPort(
      {
        path: address.path, baudRate: address.baudRate, dataBits: 8, parity: 'none', stopBits: 1, autoOpen: false,
        rtscts: address.flow === 'rtscts', xon: address.flow === 'xonxoff', xoff: address.flow === 'xonxoff', hupcl: false, lock: true,
      },
    );
    port.open((error) => (error === null || error === undefined ? resolve(port) : reject(new TransportFailure(openReason(error), `${address.path}: ${error.message}`, 0, { cause: error }))));
  });
}

/** The bindings give text, not codes; these are the words of strerror and of Windows. */
function openReason(error: Error): TransportReason {
  if (/no such|not found|cannot find/i.test(error.message)) return 'not_found';
  if (/lock|busy|in use/i.test(error.message)) return 'busy';
  if (/permission|access denied/i.test(error.message)) return 'not_permitted';
  return 'io';
}

function createSerialChannel(port: SerialPort, address: SerialAddress, job: TransportJob, options: SerialOptions): Channel {
  const chunkBytes = options.chunkBytes ?? 512;
  const hearing = createHearing();
  let closing: Promise<ChannelEnd> | undefined;

  function markBroken(reason: string): void {
    if (closing === undefined) hearing.breaks(reason);
  }
  port.on('data', hearing.tell);
  port.on('error', (error: Error) => markBroken(error.message));
  port.on('close', (error?: Error | null) => markBroken(error?.message ?? 'the port was closed'));

  const call = (start: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => start((error) => (error === null || error === undefined ? resolve() : reject(error))));

  async function write(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    if (hearing.broken() !== undefined || closing !== undefined) throw new TransportFailure('io', hearing.broken() ?? 'the port is closed', 0);
    if (address.flow === 'xonxoff' && bytes.some((byte) => byte === 0x11 || byte === 0x13)) {
      throw new TransportFailure('unsupported', 'XON/XOFF flow control destroys binary labels: choose RTS/CTS or none', 0);
    }
    let offered = 0;
    let moved = performance.now();
    let gaveUp = false;
    const ticker = setInterval(() => job.onProgress?.({ offeredBytes: offered, totalBytes: bytes.length, stalledMs: Math.round(performance.now() - moved) }), 500);
    // Throwing away what the port still holds also ends a drain that waits for a stalled printer.
    const abort = (): void => {
      gaveUp = true;
      port.flush(() => port.close(() => undefined));
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.subarray(at, Math.min(at + chunkBytes, bytes.length));
        offered += chunk.length;
        await call((done) => port.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), done));
        moved = performance.now();
      }
      await call((done) => port.drain(done));
      if (hearing.broken() !== undefined || gaveUp) throw new TransportFailure('io', hearing.broken() ?? 'closed', offered);
    } catch (thrown) {
      if (gaveUp) throw new TransportFailure('cancelled', 'given up while the label was being sent', offered);
      throw asTransportFailure(thrown, offered);
    } finally {
      clearInterval(ticker);
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    duplex: true,
    write,
    onData: hearing.onData,
    alive: () => hearing.broken() === undefined && closing === undefined,
    onBroken: hearing.onBroken,
    close() {
      closing ??= (async () => {
        const end: ChannelEnd = hearing.broken() === undefined ? 'quiet' : 'broken';
        if (port.isOpen) await call((done) => port.close(done)).catch(() => undefined);
        return end;
      })();
      return closing;
    },
  };
}
