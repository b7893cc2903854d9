import { readFile } from 'node:fs/promises';

/**
 * How many bytes of a connected TCP socket the peer has not acknowledged yet; undefined where the system does not say.
 * A write callback only means that the kernel took the bytes; a stalled printer shows here and nowhere else.
 */
export type SendQueueProbe = (ends: SocketEnds) => Promise<number | 'gone' | undefined>;

/** The two ends of a connection, taken while it stands: a reset socket no longer knows its peer. */
export interface SocketEnds {
  readonly localPort: number | undefined;
  readonly remotePort: number | undefined;
  readonly remoteFamily: string | undefined;
}

/** Linux: the tx_queue column of /proc/net/tcp and tcp6 (proc(5)), found by local and remote port. */
export const linuxSendQueue: SendQueueProbe = async ({ localPort, remotePort, remoteFamily }) => {
  if (localPort === undefined || remotePort === undefined) return undefined;
  const local = `:${hexPort(localPort)}`;
  const remote = `:${hexPort(remotePort)}`;
  // An IPv4 connection of a dual-stack socket is listed under tcp6, so the other table is tried too.
  const tables = remoteFamily === 'IPv6' ? ['/proc/net/tcp6'] : ['/proc/net/tcp', '/proc/net/tcp6'];
  for (const table of tables) {
    let text: string;
    try {
      text = await readFile(table, 'latin1');
    } catch {
      return undefined;
    }
    for (const line of text.split('\n')) {
      const [, localAddress, remoteAddress, , queues] = line.trim().split(/\s+/);
      if (localAddress?.endsWith(local) && remoteAddress?.endsWith(remote)) return Number.parseInt(queues ?? '0', 16);
    }
  }
  return 'gone';
};

const unknownSendQueue: SendQueueProbe = () => Promise.resolve(undefined);

/** The probe of this system; on Windows and macOS the answer is always "not known". */
export function systemSendQueue(platform: NodeJS.Platform = process.platform): SendQueueProbe {
  return platform === 'linux' ? linuxSendQueue : unknownSendQueue;
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
