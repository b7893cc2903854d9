/** The page of all templates: copying, putting away, carrying to another shop as a file, and logos a printer's paper already has. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { canvasHash, drawn, lead, showTemplate } from './designer-tools.ts';

vi.setConfig({ testTimeout: 120_000 });

let app: App;
let page: Page;
let paper: VirtualPrinter;

beforeAll(async () => {
  paper = await createVirtualPrinter({ language: 'tspl', decode: true, labelMs: 20 });
  app = await openApp();
  ({ page } = app);
  page.setDefaultTimeout(20_000);
  await page.getByRole('button', { name: '放入示例' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});
beforeEach(() => {
  onTestFailed(() => app.shot('templates-page-failed'));
});
afterAll(async () => {
  await app.close();
  await paper.close();
});

const card = (name: string) => page.getByRole('article', { name, exact: true });
async function choose(name: string, act: string): Promise<void> {
  await page.getByRole('button', { name: `${name} …` }).click();
  await page.getByRole('menuitem', { name: act }).click();
}

describe('all templates', () => {
  it('copies a built-in one, puts the copy away and brings it back', async () => {
    await page.getByRole('navigation').getByText('模板').click();
    await card('一联单 76×130').getByRole('button', { name: /复\s*制/ }).click();
    await page.getByRole('dialog').getByLabel('名称').fill('我的一联');
    await page.getByRole('dialog').getByRole('button', { name: /建\s*立/ }).click();
    await drawn(page);
    await page.getByRole('link', { name: /模板列表/ }).click();
    await card('我的一联').waitFor();
    await choose('我的一联', '归档');
    await card('我的一联').waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: '含归档' }).click();
    await card('我的一联').getByText('已归档').waitFor();
    await choose('我的一联', '恢复');
    await card('我的一联').getByText('已归档').waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: '含归档' }).click();
    expect(app.pageErrors).toEqual([]);
  });

  it('goes out as one file and comes back the same picture; a spoilt one is refused by name', async () => {
    const [made] = (await app.server.core.services.templates.list({ archived: false })).filter((one) => one.name === '我的一联');
    await showTemplate(page, made?.id ?? '');
    const dots = await canvasHash(page);
    await page.getByRole('link', { name: /模板列表/ }).click();
    await card('我的一联').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), choose('我的一联', '导出')]);
    expect(download.suggestedFilename()).toBe('我的一联.packbench-template.json');
    const file = readFileSync(await download.path(), 'utf8');
    const give = (name: string, text: string): Promise<void> => page.getByLabel('导入文件').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    await give('别家.json', file.replaceAll('我的一联', '别家的一联'));
    await page.getByText('已导入“别家的一联”').waitFor();
    await card('别家的一联').getByRole('button', { name: /编\s*辑/ }).click();
    await drawn(page);
    await expect.poll(() => canvasHash(page)).toBe(dots);
    await page.getByRole('link', { name: /模板列表/ }).click();
    const count = (await app.server.core.services.templates.list({ archived: true })).length;
    await give('新版.json', file.replace('"version":1', '"version":99').replace('"version": 1', '"version": 99'));
    await page.getByText(/新版\.json/).waitFor();
    await give('坏的.json', file.replaceAll('"barcode"', '"hologram"'));
    await page.getByText(/坏的\.json/).waitFor();
    expect((await app.server.core.services.templates.list({ archived: true })).length).toBe(count);
    app.pageErrors.length = 0;
  });

  it('leaves out the logo that the paper of a printer already has', async () => {
    const { printers, templates } = app.server.core.services;
    const [made] = (await templates.list({ archived: false })).filter((one) => one.name === '我的一联');
    const profile = genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 });
    const address = { kind: 'tcp', host: '127.0.0.1', port: paper.port } as const;
    const dots: (string | undefined)[] = [];
    for (const logos of [{ upper: true, lower: true }, { upper: false, lower: true }, { upper: false, lower: false }]) {
      const { id } = await printers.create({ name: `纸${dots.length}`, address, profile: { ...profile, logos } }, lead);
      await templates.testPrint({ id: made?.id ?? '', printerId: id, sample: 'typical' }, lead);
      dots.push((await paper.waitForLabels(dots.length + 1)).at(-1)?.dotsSha256);
      await printers.update({ id, archived: true }, lead);
    }
    expect(new Set(dots).size).toBe(3);
    await showTemplate(page, made?.id ?? '');
    expect(await canvasHash(page)).toBe(dots[0]);
  });
});
