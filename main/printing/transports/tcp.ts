import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { Channel, ChannelEnd, Transport, TransportJob } from '../types.ts';
import { TransportFailure, asTransportFailure, reasonOf } from './failure.ts';
import { systemSendQueue, type SendQueueProbe, type SocketEnds } from './send-queue.ts';

/** Times of the TCP transport, in milliseconds; the defaults are the product's. */
export interface TcpOptions {
  /** A second client hangs or is refused by most desktop printers, so waiting longer than this tells nothing new. */
  readonly connectTimeoutMs?: number;
  /** Silence after our FIN that counts as "the printer will not say more". */
  readonly quietMs?: number;
  /** How long a close may wait for bytes the printer has not taken yet. */
  readonly drainOnCloseMs?: number;
  /** Bytes handed to the kernel at a time: small enough to see a stall, large enough not to cost. */
  readonly chunkBytes?: number;
  readonly sendQueue?: SendQueueProbe;
}

/** A reset comes back within a round trip of the local network; this is many. */
const hangUpMs = 80;

/** A raw port printer (TCP 9100). One client at a time; the pipe may carry several labels in turn. */
export function createTcpTransport(address: { readonly host: string; readonly port: number }, options: TcpOptions = {}): Transport {
  return {
    kind: 'tcp',
    oneJobPerChannel: false,
    async open(job, signal) {
      const socket = await connectTo(address, options.connectTimeoutMs ?? 3000, signal);
      return createTcpChannel(socket, job, options);
    },
  };
}

/** Connects and nothing more; used by the set-up wizard too. Rejects with a TransportFailure of 0 offered bytes. */
export function connectTo(address: { readonly host: string; readonly port: number }, timeoutMs: number, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new TransportFailure('cancelled', 'cancelled before connecting', 0));
      return;
    }
    // allowHalfOpen: a printer that closes its side while reading must not make Node close ours in the middle of a label.
    const socket = connect({ host: address.host, port: address.port, allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
    const finish = (failure?: TransportFailure): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      socket.off('error', onError);
      if (failure === undefined) return resolve(socket);
      socket.on('error', () => undefined);
      socket.destroy();
      reject(failure);
    };
    const where = `${address.host}:${address.port}`;
    const onConnect = (): void => finish();
    const onError = (error: Error): void => finish(new TransportFailure(reasonOf(error), `${where}: ${error.message}`, 0, { cause: error }));
    const onAbort = (): void => finish(new TransportFailure('cancelled', 'cancelled while connecting', 0));
    const timer = setTimeout(() => finish(new TransportFailure('timeout', `${where} did not answer within ${timeoutMs} ms`, 0)), timeoutMs);
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', onConnect);
    socket.once('error', onError);
  });
}

function createTcpChannel(socket: Socket, job: TransportJob, options: TcpOptions): Channel {
  const quietMs = options.quietMs ?? 500;
  const chunkBytes = options.chunkBytes ?? 16 * 1024;
  const sendQueue = options.sendQueue ?? systemSendQueue();
  const ends: SocketEnds = { localPort: socket.localPort, remotePort: socket.remotePort, remoteFamily: socket.remoteFamily };
  const dataListeners = new Set<(bytes: Uint8Array) => void>();
  const brokenListeners = new Set<(reason: string) => void>();
  let broken: Error | undefined;
  let peerEnded = false;
  let readsOnly = false;
  let closing: Promise<ChannelEnd> | undefined;
  let lastHeard = performance.now();

  socket.on('data', (bytes: Uint8Array) => {
    lastHeard = performance.now();
    for (const listener of dataListeners) listener(bytes);
  });
  socket.on('end', () => { peerEnded = true; });
  socket.on('error', (error) => markBroken(error));
  socket.on('close', () => {
    if (closing === undefined) markBroken(new Error('connection closed'));
  });

  function markBroken(error: Error): void {
    if (broken !== undefined) return;
    broken = error;
    for (const listener of brokenListeners) listener(error.message);
  }

  function failureAt(offered: number): TransportFailure {
    return broken === undefined
      ? new TransportFailure('peer_closed', 'the printer closed the connection', offered)
      : new TransportFailure(reasonOf(broken) === 'io' ? 'reset' : reasonOf(broken), broken.message, offered, { cause: broken });
  }

  /**
   * The printer closed its side before the label: it hung up, or it only ever reads. Bytes that print nothing tell the two
   * apart, because a peer that hung up answers them with a reset.
   */
  async function probeHalfClosed(): Promise<void> {
    if (readsOnly) return;
    if (job.harmless === undefined) throw failureAt(0);
    try {
      await writeChunk(job.harmless);
      await delay(hangUpMs);
      readsOnly = broken === undefined && (await sendQueue(ends)) !== 'gone';
    } catch {
      readsOnly = false;
    }
    if (!readsOnly) throw failureAt(0);
  }

  function writeChunk(chunk: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      socket.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
  }

  async function write(bytes: Uint8Array, signal?: AbortSignal, onHanded?: () => void): Promise<void> {
    // Nothing of this label has left yet: whatever is already wrong with the connection leaves it safe to send again.
    if (signal?.aborted) throw new TransportFailure('cancelled', 'cancelled before the first byte', 0);
    if (peerEnded && broken === undefined && closing === undefined) await probeHalfClosed();
    if (broken !== undefined || closing !== undefined) throw failureAt(0);
    let offered = 0;
    let moved = performance.now();
    let lastWaiting = 0;
    let stopped = false;
    const report = (): void => job.onProgress?.({ offeredBytes: offered, totalBytes: bytes.length, stalledMs: Math.round(performance.now() - moved) });
    const ticker = job.onProgress === undefined ? undefined : setInterval(report, 500);
    const abort = (): void => {
      stopped = true;
      // The person gives up a stalled printer: half a label stays in it whatever we do, so the connection goes too.
      socket.destroy();
    };
    signal?.addEventListener('abort', abort, { once: true });
    try {
      for (let at = 0; at < bytes.length; at += chunkBytes) {
        const chunk = bytes.subarray(at, Math.min(at + chunkBytes, bytes.length));
        offered += chunk.length;
        await writeChunk(chunk);
        moved = performance.now();
      }
      onHanded?.();
      // The kernel has it; now wait until the printer has it, where the system can tell.
      for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
        if (broken !== undefined) throw failureAt(offered);
        const waiting = await sendQueue(ends);
        // Where the system cannot tell, a printer that hung up during the label leaves it in doubt.
        if (waiting === undefined && peerEnded && !readsOnly) throw failureAt(offered);
        if (waiting === undefined || waiting === 0) break;
        if (waiting === 'gone') throw failureAt(offered);
        if (waiting !== lastWaiting) moved = performance.now();
        lastWaiting = waiting;
        await delay(wait);
      }
      if (broken !== undefined) throw failureAt(offered);
    } catch (thrown) {
      if (stopped) throw new TransportFailure('cancelled', 'given up while the label was being sent', offered);
      if (thrown instanceof TransportFailure) throw thrown;
      if (broken === undefined && thrown instanceof Error) markBroken(thrown);
      const failure = failureAt(offered);
      throw failure.reason === 'io' ? asTransportFailure(thrown, offered) : failure;
    } finally {
      clearInterval(ticker);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** FIN, then read on: destroying a socket with unread input sends RST, which can throw away what the printer has not read. */
  async function closeOrderly(): Promise<ChannelEnd> {
    const giveUpAt = performance.now() + (options.drainOnCloseMs ?? 10_000);
    lastHeard = performance.now();
    if (broken === undefined) socket.end();
    for (;;) {
      if (broken !== undefined || peerEnded) break;
      const now = performance.now();
      if (now - lastHeard >= quietMs) {
        const waiting = await sendQueue(ends);
        if (waiting === 'gone' || waiting === undefined || waiting === 0 || now >= giveUpAt) break;
      }
      await delay(Math.min(20, quietMs));
    }
    const end: ChannelEnd = broken !== undefined ? 'broken' : peerEnded ? 'peer_closed' : 'quiet';
    socket.destroy();
    return end;
  }

  return {
    duplex: true,
    write,
    onData(listener) {
      dataListeners.add(listener);
      return () => dataListeners.delete(listener);
    },
    alive: () => broken === undefined && !peerEnded && closing === undefined,
    onBroken(listener) {
      brokenListeners.add(listener);
      if (broken !== undefined) listener(broken.message);
      return () => brokenListeners.delete(listener);
    },
    close() {
      closing ??= closeOrderly();
      return closing;
    },
  };
}
