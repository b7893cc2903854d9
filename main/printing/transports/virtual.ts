import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Channel, Transport } from '../types.ts';
import { TransportFailure, asTransportFailure } from './failure.ts';

/** What the picture hook gets after a label's bytes are on disk. */
export interface VirtualLabel {
  /** 1 for the first file of the directory. */
  readonly position: number;
  readonly name: string;
  readonly directory: string;
  /** File name without directory and extension; the picture takes the same. */
  readonly baseName: string;
  readonly bytes: Uint8Array;
}

export interface VirtualOptions {
  /** File extension of the byte files, usually the printer language. */
  readonly extension?: string;
  /** Writes the picture beside the bytes; a failing picture does not fail the label. */
  readonly picture?: (label: VirtualLabel) => Promise<void>;
}

/** A printer made of a folder: one file per label, `0001-<attempt>.<extension>`, written whole or not at all. */
export function createVirtualTransport(address: { readonly directory: string }, options: VirtualOptions = {}): Transport {
  const extension = options.extension ?? 'bin';
  // The actor owns its printer, so the folder is counted once and not before every label.
  let last: number | undefined;

  return {
    kind: 'virtual',
    oneJobPerChannel: true,
    async open(job) {
      try {
        await mkdir(address.directory, { recursive: true });
      } catch (thrown) {
        throw asTransportFailure(thrown, 0);
      }
      return {
        duplex: false,
        write: (bytes, signal) => writeLabel(job.name, bytes, signal),
        onData: () => () => undefined,
        close: () => Promise.resolve('quiet'),
      } satisfies Channel;
    },
  };

  async function writeLabel(name: string, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    let label: VirtualLabel;
    try {
      const position = (last ?? (await lastPosition(address.directory))) + 1;
      const baseName = `${String(position).padStart(4, '0')}-${fileSafe(name)}`;
      const file = join(address.directory, `${baseName}.${extension}`);
      const handle = await open(`${file}.part`, 'w');
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      // A half-written file is not a printed label: until this rename nothing has "come out".
      await rename(`${file}.part`, file);
      last = position;
      label = { position, name, directory: address.directory, baseName, bytes };
    } catch (thrown) {
      throw asTransportFailure(thrown, 0);
    }
    await options.picture?.(label).catch(() => undefined);
  }
}

async function lastPosition(directory: string): Promise<number> {
  let last = 0;
  for (const name of await readdir(directory)) {
    const digits = /^(\d{4,})-/.exec(name)?.[1];
    if (digits !== undefined && !name.endsWith('.part')) last = Math.max(last, Number(digits));
  }
  return last;
}

/** Attempt ids are harmless already; a name from anywhere else must not leave the folder. */
function fileSafe(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 100);
}
