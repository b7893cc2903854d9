/** The page of all templates: copying, putting away, carrying to another shop as a file, and logos a printer's paper already has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
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

async function toList(): Promise<void> {
  await page.goto(`${page.url().replace(/#.*/, '')}#/templates`);
  await card('我的一联').waitFor();
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
  });

  it('refuses by name what it cannot read, and keeps nothing of it', async () => {
    const { templates } = app.server.core.services;
    const [made] = (await templates.list({ archived: false })).filter((one) => one.name === '我的一联');
    const file = (await templates.exportFile(made?.id ?? '')).text;
    const count = (await templates.list({ archived: true })).length;
    const spoilt: readonly (readonly [string, string, RegExp])[] = [
      ['新版.json', file.replaceAll(/"version": ?1\b/g, '"version":99'), /新版\.json.*(新|升级)/],
      ['坏元素.json', file.replaceAll('"barcode"', '"hologram"'), /坏元素\.json.*第 \d+ 个元素：不认识的类型/],
      ['图片炸弹.json', file.replace(/"elements": ?\[/, '"elements":[{"id":"bomb","type":"image","x":0,"y":0,"width":10000,"height":10000,"picture":{"width":60000,"height":60000,"grey":"AAAA"}},'), /图片炸弹\.json/],
      ['半截.json', file.slice(0, 400), /半截\.json.*既不是打包台的模板/],
      ['外部实体.xml', '<!DOCTYPE page [<!ENTITY a SYSTEM "file:///etc/passwd">]><page width="76" height="130"><text>&a;</text></page>', /外部实体\.xml.*DOCTYPE/],
      ['照片.jpg', '\u00ff\u00d8\u00ff\u00e0JFIF', /照片\.jpg.*既不是打包台的模板/],
    ];
    for (const [name, text, says] of spoilt) {
      await page.getByLabel('导入文件').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
      await page.getByText(says).first().waitFor();
      await app.shot(`import-refused-${name.split('.')[0]}`);
      expect((await templates.list({ archived: true })).length).toBe(count);
    }
    app.pageErrors.length = 0;
  });

  it('keeps a field that no longer exists where it was, refuses to publish it by name, and is quiet when it is gone', async () => {
    const { templates } = app.server.core.services;
    const [made] = (await templates.list({ archived: false })).filter((one) => one.name === '我的一联');
    await toList();
    const file = (await templates.exportFile(made?.id ?? '')).text.replaceAll('我的一联', '旧字段的').replaceAll('"waybill.product"', '"waybill.oldProduct"');
    await page.getByLabel('导入文件').setInputFiles({ name: '旧字段.json', mimeType: 'application/json', buffer: Buffer.from(file) });
    await page.getByText('已导入“旧字段的”').waitFor();
    await card('旧字段的').getByRole('button', { name: /编\s*辑/ }).click();
    await drawn(page);
    const check = page.getByRole('complementary', { name: '属性' });
    await check.getByText(/没有这个字段/).first().waitFor();
    await app.shot('designer-old-field');
    await page.getByRole('button', { name: /^发\s*布$/ }).click();
    await page.getByRole('dialog').getByText(/还有 \d+ 处错误，不能发布/).waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: /^发\s*布$/ }).isDisabled()).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: /没有这个字段/ }).first().click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // Chosen by the finding: another field is picked for it.
    await page.locator('.designer-properties').getByText('waybill.oldProduct').first().waitFor();
    await page.getByRole('application').focus();
    await page.keyboard.press('Delete');
    await check.getByText(/没有这个字段/).first().waitFor({ state: 'detached' });
    expect(app.pageErrors).toEqual([]);
    await page.getByRole('link', { name: /模板列表/ }).click();
    await card('旧字段的').waitFor();
  });

  it('shows the other templates where one was made by a newer program, and says so where it is opened', async () => {
    const { templates } = app.server.core.services;
    await toList();
    const made = await templates.create({ name: '明年的', copyOf: 'builtin:item-60x40' }, lead);
    const database = new Database(join(app.folder, 'packbench.db'));
    database.prepare("UPDATE template_drafts SET document = replace(document, '\"version\":1', '\"version\":99') WHERE template_id = ?").run(made.id);
    database.close();
    await page.reload();
    await card('我的一联').getByRole('img').waitFor();
    await card('明年的').getByRole('button', { name: /编\s*辑/ }).click();
    await page.getByText(/明年的.*(更新|新版|升级)/).first().waitFor();
    await app.shot('designer-newer');
    await templates.update({ id: made.id, archived: true }, lead);
    await page.getByRole('link', { name: /模板列表/ }).click();
    await card('我的一联').waitFor();
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
    // A page that is loaded again is still the same editor: nobody is told of another one.
    await page.reload();
    await drawn(page);
    expect(await page.getByText('正在编辑这个模板').count()).toBe(0);
    await choose('印好上标的');
    await expect.poll(() => canvasHash(page)).toBe(seen[0]);
    // It is how it is looked at, not part of the template.
    await choose('标志全印');
    await expect.poll(() => canvasHash(page)).toBe(whole);
    expect((await templates.openDraft({ id: made?.id ?? '', editor: 'look', takeOver: false }, lead)).template.changed).toBe(true);
    expect(app.pageErrors).toEqual([]);
  });
});
