/** The page of all templates: copying, putting away, carrying to another shop as a file, and logos a printer's paper already has. */
import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { decodePng } from '../../main/printing/raster/png.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';
import type { App } from './app.ts';
import { canvasHash, drawn, hashDots, lead, showTemplate } from './designer-tools.ts';
import { withApp } from './with-app.ts';

let app: App;
let page: Page;
let paper: VirtualPrinter;

// Above the app, which is closed first: what is set up last goes first.
afterAll(async () => {
  await paper.close();
});
withApp('templates-page', async (opened) => {
  app = opened;
  ({ page } = app);
  paper = await createVirtualPrinter({ language: 'tspl', decode: true, labelMs: 20 });
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

  it('shows in the designer, and before it is published, what comes out of a printer whose paper has its logo', async () => {
    const { printers, templates } = app.server.core.services;
    const [made] = (await templates.list({ archived: false })).filter((one) => one.name === '我的一联');
    const profile = genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 });
    for (const [name, logos] of [['印好上标的', { upper: false, lower: true }], ['两处都印好的', { upper: false, lower: false }]] as const) {
      await printers.create({ name, address: { kind: 'tcp', host: '127.0.0.1', port: paper.port }, profile: { ...profile, logos } }, lead);
    }
    await page.reload();
    await showTemplate(page, made?.id ?? '');
    const whole = await canvasHash(page);
    const choose = async (name: string): Promise<void> => {
      await page.getByRole('combobox', { name: '按哪台打印机看' }).click();
      await page.locator('.ant-select-item-option').filter({ hasText: name }).click();
    };
    const seen: string[] = [];
    for (const name of ['印好上标的', '两处都印好的']) {
      const before = await canvasHash(page);
      await choose(name);
      await expect.poll(() => canvasHash(page)).not.toBe(before);
      seen.push(await canvasHash(page));
      // The test print follows: the paper is what is seen.
      const count = paper.labels().length;
      await page.getByRole('button', { name: '试打一张' }).click();
      expect((await paper.waitForLabels(count + 1)).at(-1)?.dotsSha256).toBe(seen.at(-1));
    }
    expect(new Set([whole, ...seen]).size).toBe(3);
    await app.shot('designer-as-printed');
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    const dialog = page.getByRole('dialog');
    const picture = await dialog.getByAltText('我的一联').getAttribute('src');
    const bare = decodePng(Buffer.from(picture?.split(',')[1] ?? '', 'base64'));
    expect(bare && hashDots(bare)).toBe(seen[1]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    // It is how it is looked at, not part of the template.
    await choose('标志全印');
    await expect.poll(() => canvasHash(page)).toBe(whole);
    expect((await templates.openDraft({ id: made?.id ?? '', editor: 'look', takeOver: false }, lead)).template.changed).toBe(true);
    expect(app.pageErrors).toEqual([]);
  });
});
