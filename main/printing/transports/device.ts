import { constants, fstat, read, write } from 'node:fs';
import { access, open, type FileHandle } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Channel, Transport, TransportJob } from '../types.ts';
import { createHearing } from './hearing.ts';
import { TransportFailure, asTransportFailure, systemCode } from './failure.ts';

export interface DeviceOptions {
  /** Bytes offered to the device at a time. */
  readonly chunkBytes?: number;
  /** Pause between two looks for an answer. */
  readonly readPollMs?: number;
  /** Silence after the last byte that counts as "the printer will not say more". */
  readonly quietMs?: number;
}

const writeSome = promisify(write);
const readSome = promisify(read);
const stat = promisify(fstat);

/**
 * A device file such as /dev/usb/lp0 (Linux usblp): no spooler, no driver. Opened without blocking, so that a printer that
 * takes nothing (out of paper) stalls this label and not the program.
 */
export function createDeviceTransport(address: { readonly path: string }, options: DeviceOptions = {}): Transport {
  return {
    kind: 'device',
    oneJobPerChannel: false,
    async open(job, signal) {
      if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before opening the device', 0);
      const { handle, duplex } = await openDevice(address.path);
      return createDeviceChannel(handle, address.path, duplex, job, options);
    },
  };
}

async function openDevice(path: string): Promise<{ readonly handle: FileHandle; readonly duplex: boolean }> {
  const { O_RDWR, O_WRONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  let handle: FileHandle;
  let readable = true;
  try {
    try {
      handle = await open(path, O_RDWR | O_NONBLOCK | O_NOCTTY);
    } catch (thrown) {
      // A printer port that can only be written, such as LPT1.
      if (!['EACCES', 'EINVAL', 'EPERM'].includes(systemCode(thrown) ?? '')) throw thrown;
      handle = await open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
      readable = false;
    }
    const info = await stat(handle.fd);
    // Reading back an ordinary file would be reading our own label.
    if (info.isDirectory() || info.isFile()) {
      await handle.close();
      throw new TransportFailure('unsupported', `${path} is not a printer device`, 0);
    }
    return { handle, duplex: readable && info.isCharacterDevice() };
  } catch (thrown) {
    throw asTransportFailure(thrown, 0);
  }
}

function createDeviceChannel(handle: FileHandle, path: string, duplex: boolean, job: TransportJob, options: DeviceOptions): Channel {
  const chunkBytes = options.chunkBytes ?? 8 * 1024;
  const hearing = createHearing();
  let closing: Promise<'quiet' | 'broken'> | undefined;
  let lastHeard = performance.now();
  let stopReading = false;

  function markBroken(reason: string): void {
    if (closing === undefined) hearing.breaks(reason);
  }

  const reading = duplex ? readOn() : Promise.resolve();
  /** usblp answers "nothing yet" (EAGAIN) or an empty read; both mean: look again later. */
  async function readOn(): Promise<void> {
    const buffer = Buffer.alloc(4096);
    for (;;) {
      if (stopReading || hearing.broken() !== undefined) return;
      try {
        const { bytesRead } = await readSome(handle.fd, buffer, 0, buffer.length, null);
        if (bytesRead > 0) {
          lastHeard = performance.now();
          const bytes = Uint8Array.from(buffer.subarray(0, bytesRead));
          hearing.tell(bytes);
          continue;
        }
        // An empty read is also what a device that was unplugged gives; then its file is gone.
        await access(path);
      } catch (thrown) {
        const code = systemCode(thrown);
        if (code !== 'EAGAIN' && code !== 'EINTR') {
          markBroken(thrown instanceof Error ? thrown.message : String(thrown));
          return;
        }
      }
      await delay(options.readPollMs ?? 20);
    }
  }

  async function writeAll(bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    if (hearing.broken() !== undefined || closing !== undefined) throw new TransportFailure('io', hearing.broken() ?? 'the device is closed', 0);
    let offered = 0;
    let moved = performance.now();
    let told = moved;
    while (offered < bytes.length) {
      try {
        const { bytesWritten } = await writeSome(handle.fd, bytes, offered, Math.min(chunkBytes, bytes.length - offered), null);
        offered += bytesWritten;
        if (bytesWritten > 0) moved = performance.now();
      } catch (thrown) {
        const code = systemCode(thrown);
        if (code !== 'EAGAIN' && code !== 'EINTR') {
          // ENODEV and EIO come when the plug is pulled; the device took part of what was offered before.
          throw asTransportFailure(thrown, offered);
        }
        if (performance.now() - told > 500) {
          told = performance.now();
          job.onProgress?.({ offeredBytes: offered, totalBytes: bytes.length, stalledMs: Math.round(told - moved) });
        }
        await delay(5);
      }
      if (signal?.aborted && offered < bytes.length) throw new TransportFailure('cancelled', 'given up while the label was being sent', offered);
    }
  }

  async function closeOrderly(): Promise<'quiet' | 'broken'> {
    // What the printer still has to say would otherwise be the first thing the next label hears.
    for (;;) {
      if (!duplex || hearing.broken() !== undefined || performance.now() - lastHeard >= (options.quietMs ?? 100)) break;
      await delay(20);
    }
    stopReading = true;
    return hearing.broken() === undefined ? 'quiet' : 'broken';
  }

  return {
    duplex,
    write: writeAll,
    onData: hearing.onData,
    alive: () => hearing.broken() === undefined && closing === undefined,
    onBroken: hearing.onBroken,
    close() {
      closing ??= (async () => {
        const end = await closeOrderly();
        await reading;
        await handle.close().catch(() => undefined);
        return end;
      })();
      return closing;
    },
  };
}
