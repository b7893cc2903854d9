/** A pair of pseudo-terminals: the near end is a device file like a printer's, the far end is the test. Linux only. */
import { spawnSync } from 'node:child_process';
import { closeSync, constants, read, write } from 'node:fs';
import { promisify } from 'node:util';
import koffi from 'koffi';

export const ptyMissing = process.platform === 'linux' ? undefined : 'pseudo-terminals are tested on Linux only';

export interface Pty {
  /** Path of the device file. */
  readonly path: string;
  /** Everything the device's user wrote and we have read. */
  received(): Buffer;
  /** Says something to the device's user. */
  say(bytes: Uint8Array): Promise<void>;
  /** Stops and starts reading: the kernel's buffer fills, like a printer that takes nothing. */
  pauseReading(): void;
  resumeReading(): void;
  /** Pulls the plug. */
  close(): Promise<void>;
}

const readSome = promisify(read);
const writeSome = promisify(write);

export async function openPty(): Promise<Pty> {
  const libc = koffi.load('libc.so.6');
  const master = Number(libc.func('int posix_openpt(int flags)')(constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK));
  if (master < 0) throw new Error('no pseudo-terminal');
  libc.func('int grantpt(int fd)')(master);
  libc.func('int unlockpt(int fd)')(master);
  const path = String(libc.func('const char *ptsname(int fd)')(master));
  // Without this the terminal would echo and translate line ends; a printer port does neither.
  const raw = spawnSync('stty', ['-F', path, 'raw', '-echo'], { encoding: 'utf8' });
  if (raw.status !== 0) throw new Error(`stty: ${raw.stderr}`);
  const parts: Buffer[] = [];
  let reading = true;
  let open = true;
  const loop = (async () => {
    const buffer = Buffer.alloc(64 * 1024);
    for (;;) {
      if (!open) return;
      if (reading) {
        try {
          const { bytesRead } = await readSome(master, buffer, 0, buffer.length, null);
          if (bytesRead > 0) {
            parts.push(Buffer.from(buffer.subarray(0, bytesRead)));
            continue;
          }
        } catch {
          // EAGAIN: nothing yet. EIO: nobody has the device open now.
        }
      }
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
  })();
  return {
    path,
    received: () => Buffer.concat(parts),
    async say(bytes) { await writeSome(master, bytes, 0, bytes.length, null); },
    pauseReading() { reading = false; },
    resumeReading() { reading = true; },
    async close() {
      if (!open) return;
      open = false;
      await loop;
      closeSync(master);
    },
  };
}
