/** Small TCP servers that misbehave in one way each: faults of the pipe, not of a printer language. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

export interface FaultServer {
  readonly host: string;
  readonly port: number;
  /** Everything received, one entry per connection. */
  readonly connections: Buffer[];
  readonly sockets: Socket[];
  close(): Promise<void>;
}

/** Starts a server on a loopback port; `serve` gets every connection, which is already being recorded unless it is paused. */
export async function startServer(serve: (socket: Socket, received: () => Buffer, index: number) => void, options: { readonly record?: boolean } = {}): Promise<FaultServer> {
  const chunks: Buffer[][] = [];
  const joined = (index: number): Buffer => {
    const parts = chunks[index] ?? [];
    if (parts.length > 1) chunks[index] = [Buffer.concat(parts)];
    return chunks[index]?.[0] ?? Buffer.alloc(0);
  };
  const sockets: Socket[] = [];
  const server: Server = createServer({ allowHalfOpen: true, pauseOnConnect: options.record === false }, (socket) => {
    const index = sockets.push(socket) - 1;
    chunks.push([]);
    socket.on('error', () => undefined);
    if (options.record !== false) {
      socket.on('data', (bytes) => { chunks[index]?.push(bytes); });
    }
    serve(socket, () => joined(index), index);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    host: '127.0.0.1',
    port: address.port,
    get connections() { return chunks.map((_, index) => joined(index)); },
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

/** Reads everything, ends when the client ends. */
export const listener = () => startServer((socket) => socket.on('end', () => socket.end()));

/** Accepts and never reads: the kernel buffers fill and the window closes. */
export const neverReads = () => startServer(() => undefined, { record: false });

/** Takes at least k bytes, then resets the connection. */
export const resetsAfter = (bytes: number) =>
  startServer((socket, received) => socket.on('data', () => { if (received().length >= bytes) socket.resetAndDestroy(); }));

/** Takes at least k bytes, then closes both directions with unread input still coming. */
export const closesAfter = (bytes: number) =>
  startServer((socket, received) => socket.on('data', () => { if (received().length >= bytes) socket.destroy(); }));

/** Closes its own side at once and goes on reading. */
export const halfCloses = () =>
  startServer((socket, received) => {
    socket.once('data', () => socket.end());
    void received;
  });

/** Closes its side before a byte came. */
export const closesAtOnce = () => startServer((socket) => socket.end());

/** Reads everything but closes only a while after the client did. */
export const lateFin = (milliseconds: number) => startServer((socket) => socket.on('end', () => setTimeout(() => socket.end(), milliseconds)));

/** Takes exactly the announced number of bytes, then cuts the line: nobody can know. */
export const dropsAfterLastByte = (bytes: number) => resetsAfter(bytes);

/** Reads a byte at a time, so slowly that back-pressure is felt. */
export const readsByteByByte = () =>
  startServer((socket) => {
    const take = (): void => {
      while (socket.read(1) !== null) { /* one byte at a time */ }
    };
    socket.on('readable', take);
    socket.on('end', () => socket.end());
  });

/** Does not read for a while, then reads everything. */
export const stallsFor = (milliseconds: number) =>
  startServer((socket) => {
    socket.pause();
    setTimeout(() => socket.resume(), milliseconds);
    socket.on('end', () => socket.end());
  });

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = await listener();
  await server.close();
  return server.port;
}

/**
 * A printer that is busy with another client and does not accept: its one-place backlog is full, so a further connect hangs.
 * A worker listens and then sleeps, because Node itself always accepts.
 */
export async function hangingBacklog(): Promise<{ readonly host: string; readonly port: number; close(): Promise<void> }> {
  const code = `
    const { createServer } = require('node:net');
    const { parentPort } = require('node:worker_threads');
    const server = createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      // Let the message out, then never run again.
      setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
    });`;
  const worker = new Worker(code, { eval: true });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  const fillers = Array.from({ length: 4 }, () => connect({ host: '127.0.0.1', port }).on('error', () => undefined));
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  return {
    host: '127.0.0.1',
    port,
    async close() {
      for (const socket of fillers) socket.destroy();
      await worker.terminate();
    },
  };
}
