/** The desktop window against a double of Electron: what it asks for, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { describe, expect, it, vi } from 'vitest';
import type { Contract } from '../../common/contract/index.ts';
import { serveParent } from '../../main/entry/core.ts';
import { prepareShell, startShell } from '../../main/platform/electron/shell.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { electronDouble } from './electron-double.ts';

const files = { read: async (path: string) => (path === '/index.html' ? { type: 'text/html', body: Buffer.from('page'), immutable: false } : undefined) };

function start() {
  const double = electronDouble();
  expect(prepareShell(double.electron)).toBe(true);
  const { window } = startShell({ electron: double.electron, files, preloadFile: '/p/index.cjs', coreFile: '/m/core.js', dataFolder: '/d', restartDelayMs: 1 });
  return { ...double, window: window as unknown as { webContents: EventEmitter & { openHandler: () => { action: string }; reloads: number } } };
}

describe('the shell', () => {
  it('is sandboxed, isolated and loads only its own scheme', () => {
    const { recorded } = start();
    expect(recorded.sandboxed).toBe(true);
    expect(recorded.schemes).toMatchObject([{ scheme: 'packbench', privileges: { standard: true, secure: true } }]);
    const preferences = recorded.windows[0]!.options.webPreferences!;
    expect(preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, webviewTag: false });
    expect(recorded.windows[0]!.loaded).toEqual(['packbench://app/index.html']);
  });

  it('serves the page with the strict policy and nothing else', async () => {
    const { recorded } = start();
    const page = await recorded.handler!(new Request('packbench://app/index.html'));
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await recorded.handler!(new Request('packbench://app/../../etc/passwd'))).status).toBe(404);
    expect((await recorded.handler!(new Request('packbench://elsewhere/index.html'))).status).toBe(404);
    expect((await recorded.handler!(new Request('packbench://app/index.html', { method: 'POST' }))).status).toBe(404);
  });

  it('denies every permission', () => {
    const { recorded } = start();
    const granted: boolean[] = [];
    for (const permission of ['media', 'usb', 'notifications', 'geolocation']) recorded.permission.request!({}, permission, (answer) => granted.push(answer));
    expect(granted).toEqual([false, false, false, false]);
    expect(recorded.permission.check!()).toBe(false);
    expect(recorded.permission.device!()).toBe(false);
  });

  it('stays on its page: navigation, redirects, frames, webviews, second windows', () => {
    const { window } = start();
    const contents = window.webContents;
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const [url, refused] of [
        ['https://evil.example/', true],
        ['packbench://app.evil.example/', true],
        ['file:///etc/passwd', true],
        ['packbench://app/index.html#/orders', false],
      ] as const) {
        const event = { url, preventDefault: vi.fn() };
        contents.emit(name, event);
        expect(event.preventDefault.mock.calls.length, `${name} ${url}`).toBe(refused ? 1 : 0);
      }
    }
    const webview = { preventDefault: vi.fn() };
    contents.emit('will-attach-webview', webview);
    expect(webview.preventDefault).toHaveBeenCalled();
    expect(contents.openHandler()).toEqual({ action: 'deny' });
  });

  it('gives every load of the page its own channel to the core', () => {
    const { recorded, window } = start();
    window.webContents.emit('did-finish-load');
    expect(recorded.forks[0]).toMatchObject({ file: '/m/core.js', args: ['--data', '/d'] });
    expect(recorded.forks[0]!.messages).toHaveLength(2);
    expect(recorded.posted.map((entry) => entry.channel)).toEqual(['packbench:port', 'packbench:port']);
  });

  it('starts a crashed core again and loads the page anew', async () => {
    const { recorded, children, window } = start();
    children[0]!.emit('exit', 1);
    await vi.waitFor(() => expect(recorded.forks).toHaveLength(2), { timeout: 25_000 });
    await vi.waitFor(() => expect(recorded.forks[1]!.messages).toHaveLength(1), { timeout: 25_000 });
    expect(window.webContents.reloads).toBe(1);
  });

  it('a second start shows the first window instead', () => {
    expect(prepareShell(electronDouble({ second: true }).electron)).toBe(false);
  });
});

describe('the core in its process', () => {
  it('serves the port its parent hands over', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-core-'));
    const parent = new EventEmitter();
    const core = await serveParent(parent as never, folder);
    const { port1, port2 } = new MessageChannel();
    parent.emit('message', { data: { kind: 'connect' }, ports: [port1] });
    port2.start();
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 as never }));
    expect(await client.shops.list({})).toEqual([]);
    port1.close();
    port2.close();
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('the preload script', () => {
  it('knows one channel and exposes nothing else', () => {
    const text = readFileSync(join(import.meta.dirname, '..', '..', 'preload', 'index.ts'), 'utf8');
    expect(text.match(/ipcRenderer\.\w+/g)).toEqual(['ipcRenderer.once']);
    expect(text).not.toContain('exposeInMainWorld');
    expect(text).toContain('window.location.origin');
  });
});
