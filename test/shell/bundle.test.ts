/** The desktop bundle without Electron: it builds, its core runs under plain Node, reads a file in its worker, and draws a label. */
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../common/contract/index.ts';
import type * as CoreModule from '../../main/entry/core.ts';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, '.tmp', 'bundle');

beforeAll(() => {
  rmSync(out, { recursive: true, force: true });
  const built = spawnSync(process.execPath, [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--outDir', out, '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr + built.stdout);
}, 180_000);
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('the desktop bundle', () => {
  it('has every entry, and electron only where the shell is', () => {
    expect(existsSync(join(out, 'preload', 'index.cjs'))).toBe(true);
    expect(existsSync(join(out, 'renderer', 'index.html'))).toBe(true);
    const mains = readdirSync(join(out, 'main')).filter((name) => name.endsWith('.js'));
    expect(mains).toEqual(expect.arrayContaining(['core.js', 'electron.js', 'order-reader.js']));
    expect(readFileSync(join(out, 'main', 'core.js'), 'utf8')).not.toMatch(/from ["']electron["']|require\(["']electron["']\)/);
    expect(readFileSync(join(out, 'preload', 'index.cjs'), 'utf8')).toContain('require("electron")');
  });

  it('its core accepts the samples: worker, database, fonts and the virtual printer are all found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-bundle-'));
    const { serveParent } = (await import(/* @vite-ignore */ pathToFileURL(join(out, 'main', 'core.js')).href)) as typeof CoreModule;
    const parent = new EventEmitter();
    const core = await serveParent(parent as never, folder);
    const { port1, port2 } = new MessageChannel();
    parent.emit('message', { data: { kind: 'connect' }, ports: [port1] });
    port2.start();
    const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 as never }));
    const { orders, printerId } = await client.system.acceptSamples();
    expect(orders).toBe(24);
    const { ids } = await client.orders.ids({ stage: 'to_print', limit: 2 });
    const preview = await client.printing.preview({ orderIds: ids, templateId: 'builtin:waybill-76x130', printerId });
    expect(preview.lint.filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(preview.widthDots).toBe(608);
    port1.close();
    port2.close();
    await core.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});
