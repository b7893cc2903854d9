/** The whole app for an end-to-end test: a real core on a throw-away folder, its host, and a page in a real Chromium. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { startServer } from '../../main/entry/server.ts';
import type { RunningServer } from '../../main/entry/server.ts';
import type { Role } from '../../main/transport/implement.ts';
import type { Wire } from './wire.ts';

const root = join(import.meta.dirname, '..', '..');
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface App {
  readonly page: Page;
  readonly browser: Browser;
  readonly server: RunningServer;
  readonly folder: string;
  readonly url: string;
  /** Errors the page threw or logged; a test ends by expecting none. */
  readonly pageErrors: string[];
  /** Saves a screenshot to the scratch folder, and with `docs` to docs/pictures as well. */
  shot(name: string, options?: { docs?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** Until the frame has loaded the page it shows: a drag, a paste or a key before that goes to nobody, and unlike a click does not wait. */
export async function pageIsThere(page: Page): Promise<void> {
  await page.locator('main.page > :not([aria-busy="true"])').first().waitFor({ state: 'attached' });
}

/** Starts everything; `width` × `height` is the window; with `wire` the browser's connections go through it. */
export async function openApp(options: { width?: number; height?: number; locale?: string; folder?: string; role?: Role; wire?: Wire } = {}): Promise<App> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'packbench-app-'));
  // A copy, so that a build while the test runs does not pull the page from under it.
  const pageFolder = mkdtempSync(join(tmpdir(), 'packbench-page-'));
  cpSync(join(root, 'out', 'renderer'), pageFolder, { recursive: true });
  const server = await startServer({ dataFolder: folder, port: 0, pageFolder, ...(options.role !== undefined && { role: options.role }) });
  // The page keeps its address, which the host checks; only its connections go elsewhere.
  const wired = options.wire === undefined ? [] : [`--host-resolver-rules=MAP 127.0.0.1:${server.host.port} 127.0.0.1:${await options.wire.open(server.host.port)}`];
  const browser = await chromium.launch({ executablePath: process.env['PACKBENCH_CHROMIUM'] ?? '/usr/bin/chromium', args: [...flags, ...wired] });
  const context = await browser.newContext({ viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, locale: options.locale ?? 'zh-CN', reducedMotion: 'reduce' });
  const page = await context.newPage();
  // Long, because two files of tests may share a slow machine; nothing here is about time.
  page.setDefaultTimeout(30_000);
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') pageErrors.push(message.text());
  });
  await page.goto(server.host.url);
  await pageIsThere(page);
  return {
    page,
    browser,
    server,
    folder,
    url: server.host.url,
    pageErrors,
    shot: async (name, { docs = false } = {}) => {
      const shots = join(root, '.tmp', 'shots');
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}.png`) });
      if (docs && process.env['PACKBENCH_DOC_PICTURES'] === '1') await page.screenshot({ path: join(root, 'docs', 'pictures', `${name}.png`) });
    },
    close: async () => {
      await browser.close();
      await options.wire?.close();
      await server.close();
      rmSync(pageFolder, { recursive: true, force: true });
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
