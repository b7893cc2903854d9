/** The frame of the page: it loads under the strict policy, tells when the core is gone, and comes back by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost } from '../../main/transport/host.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

describe('the frame', () => {
  it('loads in Chromium without a single error, and forgets the token in the address', async () => {
    await app.page.waitForSelector('.rail');
    expect(new URL(app.page.url()).hash).not.toContain('token');
    expect(app.pageErrors).toEqual([]);
  });

  it('asks once about samples and goes away', async () => {
    await app.page.getByRole('button', { name: '不用' }).click();
    await app.page.getByText('第一张面单，一分钟').waitFor({ state: 'hidden' });
  });

  it('switches the language and the theme at run time', async () => {
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.getByRole('navigation').getByText('Orders').waitFor();
    await app.page.getByRole('button', { name: 'Night' }).click();
    expect(await app.page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await app.page.getByRole('button', { name: /^(sun )?Day$/ }).click();
    await app.page.getByRole('button', { name: '中文' }).click();
    await app.page.getByRole('navigation').getByText('订单').waitFor();
  });

  it('says that the core is gone, and goes on when it is back on the same port', async () => {
    const { host, core } = app.server;
    await host.close();
    await app.page.getByText('连接断开').waitFor();
    const again = await startHost({
      port: host.port,
      token: host.token,
      router: core.router,
      context: () => core.contextFor({ id: 'host', name: 'host' }, 'owner', ''),
      files: { read: async () => undefined },
      version: core.version,
    });
    await app.page.getByText('连接断开').waitFor({ state: 'detached', timeout: 15_000 });
    await again.close();
  });
});
