/** The browser's door: one HTTP server on the loopback address with the page, the API as plain HTTP, and the RPC socket. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { WebSocketServer } from 'ws';
import { contract } from '../../common/contract/index.ts';
import { hasToken, loopbackHosts, newToken, refusalOf, socketProtocol } from './access.ts';
import type { Access } from './access.ts';
import { securityHeaders } from './headers.ts';
import type { CallContext } from './implement.ts';
import type { StaticFiles } from './static.ts';

export interface HostOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly router: AnyRouter;
  /** `page`: the window or tab behind a socket, as it calls itself; empty for the plain HTTP door. */
  readonly context: (page: string) => CallContext;
  readonly files: StaticFiles;
  readonly version: string;
  /** Fixed only by tests; otherwise new at every start. */
  readonly token?: string;
}

export interface Host {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  close(): Promise<void>;
}

const limits = { headerBytes: 16_384, headers: 100, bodyBytes: 2_000_000, messageBytes: 2_000_000, connections: 128, timeoutMs: 30_000 };
const statusOf = { host: 421, origin: 403, token: 401 } as const;

/** Listens on 127.0.0.1 only. Resolves when the port is open. */
export async function startHost(options: HostOptions): Promise<Host> {
  const server = createServer({ maxHeaderSize: limits.headerBytes, requestTimeout: limits.timeoutMs, headersTimeout: limits.timeoutMs });
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
  await listen(server, options.port);
  const port = (server.address() as AddressInfo).port;
  const access: Access = { hosts: loopbackHosts(port), token: options.token ?? newToken() };
  const headers = securityHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);

  const api = new OpenAPIHandler(options.router);
  const rpc = new RPCHandler(options.router);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    handleProtocols: (offered) => (offered.has(socketProtocol) ? socketProtocol : false),
  });

  server.on('request', (request, response) => {
    void answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, headers);
      response.end();
    });
  });
  server.on('upgrade', upgrade);
  server.on('clientError', (_error, socket) => socket.destroy());

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusalOf(request, access);
    if (refused !== undefined) return refuse(response, statusOf[refused], refused);
    const path = pathOf(request);
    if (path === '/api' || path.startsWith('/api/')) return answerApi(request, response, path);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'method');
    const file = await options.files.read(path);
    if (file === undefined) return refuse(response, 404, 'no such page');
    response.writeHead(200, { ...headers, 'content-type': file.type, 'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache' });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  async function answerApi(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (!hasToken(request, access)) return refuse(response, statusOf.token, 'token');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.setHeader('cache-control', 'no-store');
    if (path === '/api/openapi.json' && request.method === 'GET') {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(await openApiDocument(options.version)));
      return;
    }
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.headers['content-length'] !== '0';
    if (hasBody && request.method !== 'DELETE' && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return refuse(response, 415, 'application/json wanted');
    if (Number(request.headers['content-length'] ?? 0) > limits.bodyBytes) return refuse(response, 413, 'too large');
    const { matched } = await api.handle(request, response, { prefix: '/api', context: options.context('') });
    if (!matched) refuse(response, 404, 'no such procedure');
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refused = refusalOf(request, access) ?? (hasToken(request, access) ? undefined : 'token');
    if (refused !== undefined || pathOf(request) !== '/rpc') {
      const status = refused === undefined ? 404 : statusOf[refused];
      socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      const page = new URL(request.url ?? '/', 'ws://host').searchParams.get('page') ?? '';
      void rpc.upgrade(webSocket, { context: options.context(/^[\w-]{1,40}$/.test(page) ? page : '') });
    });
  }

  function refuse(response: ServerResponse, status: number, reason: string): void {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(`${reason}\n`);
  }

  return {
    url: `http://127.0.0.1:${port}/#token=${access.token}`,
    port,
    token: access.token,
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function pathOf(request: IncomingMessage): string {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
  } catch {
    return '';
  }
}

/** The OpenAPI document of the whole contract. */
export function openApiDocument(version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return generator.generate(contract, {
    info: { title: 'Packbench', version },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
  });
}
