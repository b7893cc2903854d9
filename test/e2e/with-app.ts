/** How a file of end-to-end tests starts and ends: the app with its samples, a picture of what a failed test saw. */
import { afterAll, beforeAll, beforeEach, onTestFailed, vi } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

/**
 * Call once at the top of a file. `started` gets the app when its samples are in; a test that fails leaves `.tmp/shots/<name>-failed.png`.
 * Mouse and keyboard in a real browser take their time on a busy machine: tests of the file have two minutes each.
 */
export function withApp(name: string, started: (app: App) => Promise<void> | void, options: Parameters<typeof openApp>[0] = {}): void {
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  let app: App | undefined;
  beforeAll(async () => {
    app = await openApp(options);
    await app.page.getByRole('button', { name: /放入示例|Put the samples in/ }).click();
    await app.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await started(app);
  });
  beforeEach(() => {
    onTestFailed(() => app?.shot(`${name}-failed`));
  });
  afterAll(() => app?.close());
}
