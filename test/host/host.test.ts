/** The host on the loopback address: who is let in, what every answer carries, and what it survives. */
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startHost } from '../../main/transport/host.ts';
import type { Host } from '../../main/transport/host.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';

let test: TestCore;
let host: Host;

beforeAll(async () => {
  test = await startTestCore();
  host = await startHost({
    port: 0,
    router: test.core.router,
    context: () => test.core.contextFor({ id: 'host', name: 'host' }, 'owner', ''),
    files: { read: async (path) => (path === '/' ? { type: 'text/html', body: Buffer.from('page'), immutable: false } : undefined) },
    version: '1.2.3',
  });
});
afterAll(async () => {
  await host.close();
  await test.close();
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port: host.port, path, method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      let body = '';
      response.on('data', (bytes) => (body += bytes));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end(options.body);
  });
}

const withToken = () => ({ authorization: `Bearer ${host.token}` });

/** Status of a WebSocket upgrade: 101 when it opened. */
function upgrade(headers: Record<string, string>, protocols: string[]): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, protocols, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => resolve(0));
  });
}

describe('who is let in', () => {
  it('refuses a foreign Host before routing', async () => {
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(421);
    expect((await ask('/', { headers: { host: `evil.example:${host.port}` } })).status).toBe(421);
    expect((await ask('/')).status).toBe(200);
  });

  it('refuses a foreign or null Origin on HTTP', async () => {
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${host.port}.evil.example`, `https://127.0.0.1:${host.port}`]) {
      expect((await ask('/api/shops', { headers: { ...withToken(), origin } })).status).toBe(403);
    }
    expect((await ask('/api/shops', { headers: { ...withToken(), origin: `http://127.0.0.1:${host.port}` } })).status).toBe(200);
  });

  it('wants the token on every call, and on the document', async () => {
    expect((await ask('/api/shops')).status).toBe(401);
    expect((await ask('/api/shops', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await ask('/api/openapi.json')).status).toBe(401);
    const answer = await ask('/api/openapi.json', { headers: withToken() });
    expect(answer.status).toBe(200);
    expect(Object.keys((JSON.parse(answer.body) as { paths: object }).paths)).toContain('/shops');
  });

  it('checks Host, Origin and token on the WebSocket upgrade', async () => {
    const own = `http://127.0.0.1:${host.port}`;
    const token = `packbench.token.${host.token}`;
    expect(await upgrade({ origin: own }, ['packbench.v1', token])).toBe(101);
    expect(await upgrade({ origin: 'http://evil.example' }, ['packbench.v1', token])).toBe(403);
    expect(await upgrade({ origin: 'null' }, ['packbench.v1', token])).toBe(403);
    expect(await upgrade({ host: 'evil.example' }, ['packbench.v1', token])).toBe(421);
    expect(await upgrade({ origin: own }, ['packbench.v1', 'packbench.token.wrong'])).toBe(401);
    expect(await upgrade({ origin: own }, ['packbench.v1'])).toBe(401);
  });

  it('listens on the loopback address only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((entry) => entry?.family === 'IPv4' && !entry.internal)?.address;
    if (outside === undefined) return;
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: outside, port: host.port, timeout: 500 });
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('timeout', () => resolve(false));
    });
    expect(reached).toBe(false);
  });
});

describe('what answers carry', () => {
  it('a strict policy on pages and on the API, and no invitation to other origins', async () => {
    for (const answer of [await ask('/'), await ask('/api/shops', { headers: withToken() }), await ask('/nowhere')]) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
      expect(policy).not.toMatch(/script-src[^;]*'unsafe-eval'/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('failures as codes with data, also over plain HTTP', async () => {
    const call = (name: string) =>
      ask('/api/shops', { method: 'POST', headers: { ...withToken(), 'content-type': 'application/json' }, body: JSON.stringify({ name, platform: 'jd' }) });
    expect((await call('重名')).status).toBe(200);
    const second = await call('重名');
    expect(second.status).toBe(409);
    expect(JSON.parse(second.body)).toMatchObject({ code: 'CONFLICT', data: { what: 'shop' } });
  });

  it('changes nothing on GET and takes JSON only', async () => {
    expect((await ask('/api/shops', { method: 'POST', headers: { ...withToken(), 'content-type': 'text/plain' }, body: '{}' })).status).toBe(415);
    expect((await ask('/', { method: 'POST' })).status).toBe(405);
  });
});

describe('what it survives', () => {
  it('paths that try to leave the page’s folder, and malformed ones', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%5c..%5cpackage.json', '/%00', '/%ff%fe']) {
      expect((await ask(path)).status).toBe(404);
    }
  });

  it('oversized headers, many headers, garbage and huge frames', async () => {
    await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`);
    await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n${Array.from({ length: 10_000 }, (_, i) => `x${i}: 1\r\n`).join('')}\r\n`);
    await raw('\u0000\u0001garbage\r\n\r\n');
    await new Promise<void>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, ['packbench.v1', `packbench.token.${host.token}`]);
      socket.on('open', () => socket.send('x'.repeat(5_000_000)));
      socket.on('close', () => resolve());
      socket.on('error', () => {});
    });
    expect((await ask('/')).status).toBe(200);
  });
});

function raw(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: host.port }, () => socket.write(text));
    socket.on('data', () => {});
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    setTimeout(() => socket.destroy(), 1_000);
  });
}
