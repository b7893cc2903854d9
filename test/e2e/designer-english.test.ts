/** Every noun of the designer on the English page, by night: no Chinese is left but what labels, orders and shops are made of, and nothing is cut. */
import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { labelFields, readField } from '../../common/domain/label/fields.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { carriers } from '../../common/domain/waybills/carriers.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';
import { accessibility, lead, openTemplate } from './designer-tools.ts';
import { withApp } from './with-app.ts';

const kinds = ['Text', 'Field', 'Paragraph', 'Barcode', 'QR code', 'Line', 'Upright', 'Box', 'Items'] as const;
let app: App;
let page: Page;
/** What shops, orders and samples are called: theirs, in whatever language. */
let theirs = '';

withApp('designer-english', async (opened) => {
  app = opened;
  ({ page } = app);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Night' }).click();
  const { orders, shops, printers, templates } = app.server.core.services;
  await templates.create({ name: '一联 copy', copyOf: 'builtin:waybill-76x130' }, lead);
  const values = labelSamples.flatMap(({ data }) => labelFields.map(({ path }) => readField(path, { data, part: { index: 1, total: 1 } })));
  theirs = JSON.stringify([labelSamples, values, builtinTemplates, carriers.map((carrier) => carrier.products), await orders.list({ limit: 50, sort: 'newest' }), await shops.list({ archived: false }), await printers.list({ archived: false }), await templates.list({ archived: true })]);
});

/** Words of the page, of its tooltips, placeholders and names for readers, that hold Chinese which is not theirs. */
async function chinese(): Promise<string[]> {
  const said = await page.evaluate(() => {
    const words: string[] = [];
    for (const node of document.querySelectorAll<HTMLElement>('main *, .ant-modal *, .ant-drawer *, .ant-select-dropdown *, .ant-dropdown *, .ant-tooltip *, .ant-message *')) {
      if (!node.checkVisibility()) continue;
      for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) words.push(child.textContent ?? '');
      for (const name of ['title', 'aria-label', 'placeholder', 'alt']) words.push(node.getAttribute(name) ?? '');
    }
    return words;
  });
  const runs = said.flatMap((words) => (words.match(/[\u3400-\u9fff]+/g) ?? []).filter((run) => !theirs.includes(run)).map(() => words));
  return [...new Set(runs)];
}

/** Texts of one line that are wider than their place; names of layers and samples of fields end in … by design. */
function cut(within: string): Promise<string[]> {
  return page.evaluate((root) => [...document.querySelectorAll<HTMLElement>(`${root} button, ${root} .property > *:first-child, ${root} .ant-segmented-item-label, ${root} .ant-checkbox-label, ${root} .ant-tabs-tab-btn, ${root} .section-title`)]
    .filter((node) => node.offsetParent !== null && node.closest('.layer, .field-list') === null && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflow !== 'visible')
    .map((node) => node.innerText), within);
}

const dropdown = () => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').first();
const choicesOf = async (): Promise<number> => page.locator('.designer-properties .ant-select').count();

describe('the designer in English', () => {
  it.each(kinds)('has the whole form of a %s', async (kind) => {
    await openTemplate(app, `one ${kind}`, { width: 100_000, height: 100_000 });
    await page.getByRole('tab', { name: 'Elements' }).click();
    await page.getByRole('button', { name: kind, exact: true }).click();
    await page.locator('.designer-properties').getByText('Place').waitFor();
    expect(await chinese()).toEqual([]);
    // Every choice of the form is opened once, and closed by Escape.
    for (let index = 0; index < (await choicesOf()); index++) {
      const choice = page.locator('.designer-properties .ant-select').nth(index);
      await choice.click();
      await dropdown().waitFor();
      expect(await chinese()).toEqual([]);
      await page.keyboard.press('Escape');
      await dropdown().waitFor({ state: 'hidden' });
    }
    await page.getByRole('button', { name: 'Add a condition' }).click();
    expect(await chinese()).toEqual([]);
    await app.shot(`designer-en-${kind.toLowerCase().replaceAll(' ', '-')}`);
    expect(await cut('.designer-right')).toEqual([]);
    expect(await accessibility(page)).toEqual([]);
  });

  it('has its panels, lists and menus', async () => {
    await openTemplate(app, 'panels', { copyOf: 'builtin:waybill-100x150' });
    for (const tab of ['Fields', 'Pick/trade', 'Layers', 'Elements']) {
      await page.getByRole('tab', { name: tab }).click();
      expect(await chinese()).toEqual([]);
      await app.shot(`designer-en-tab-${tab.toLowerCase().replace('/', '-')}`);
      expect(await cut('.designer-left')).toEqual([]);
    }
    for (const list of ['Data', 'Shown as printed by', 'Printer']) {
      await page.locator('.designer-foot').getByRole('combobox', { name: list }).click();
      await dropdown().waitFor();
      expect(await chinese()).toEqual([]);
      await app.shot(`designer-en-list-${list.toLowerCase().replaceAll(' ', '-')}`);
      await page.keyboard.press('Escape');
      await dropdown().waitFor({ state: 'hidden' });
    }
    // Several chosen, and what the right button offers for them.
    await page.getByRole('application').focus();
    await page.keyboard.press('Control+a');
    await page.getByText(/\d+ selected/).waitFor();
    expect(await chinese()).toEqual([]);
    await page.getByRole('application').click({ button: 'right', position: { x: 60, y: 60 } });
    await page.getByRole('menuitem').first().waitFor();
    expect(await chinese()).toEqual([]);
    await app.shot('designer-en-menu');
    expect(await seriousIn(app, '.ant-dropdown')).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('says what the check finds, refuses to publish, publishes, and tells what was published', async () => {
    const id = await openTemplate(app, 'faulty', { width: 76_000, height: 60_000 });
    const { templates } = app.server.core.services;
    await page.getByRole('tab', { name: 'Elements' }).click();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await page.getByRole('spinbutton', { name: 'x', exact: true }).fill('70');
    await page.getByRole('spinbutton', { name: 'x', exact: true }).press('Tab');
    await page.locator('.designer-right').getByText('Off the paper').waitFor();
    expect(await chinese()).toEqual([]);
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Off the paper').waitFor();
    expect(await chinese()).toEqual([]);
    await app.shot('designer-en-refused');
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    // The finding leads back to its element.
    await dialog.getByRole('button', { name: /Off the paper/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('spinbutton', { name: 'x', exact: true }).fill('5');
    await page.getByRole('spinbutton', { name: 'x', exact: true }).press('Tab');
    await page.locator('.designer-right').getByText('Nothing to cure').waitFor();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Version 1 is published').waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.locator('.ant-drawer').getByRole('button', { name: 'Compare with now' }).click();
    await page.locator('.ant-drawer').getByText('0 dots differ').waitFor();
    expect(await chinese()).toEqual([]);
    await app.shot('designer-en-history');
    expect(await seriousIn(app, '.ant-drawer')).toEqual([]);
    await page.locator('.ant-drawer-close').click();
    await page.getByRole('tab', { name: 'Layers' }).click();
    await page.locator('.layer button').first().click();
    // Another station takes it over.
    await templates.openDraft({ id, editor: 'elsewhere', takeOver: true }, { operator: 'Ann', station: { id: 'st2', name: 'Bench 2' } });
    await page.getByRole('spinbutton', { name: 'x', exact: true }).fill('6');
    await page.getByRole('spinbutton', { name: 'x', exact: true }).press('Tab');
    await page.getByText('Bench 2 is editing this template').waitFor();
    expect(await chinese()).toEqual([]);
    await app.shot('designer-en-held');
  });
});

describe('the page of templates in English', () => {
  it('has its cards, menus, dialogs, and what an import left out', async () => {
    await page.getByRole('navigation').getByText('Labels').click();
    const card = page.getByRole('article', { name: '一联 copy', exact: true });
    await card.getByRole('img').waitFor();
    expect(await chinese()).toEqual([]);
    await app.shot('templates-en');
    await page.getByRole('button', { name: '一联 copy …' }).click();
    await page.getByRole('menuitem', { name: 'Archive' }).waitFor();
    expect(await chinese()).toEqual([]);
    await page.getByRole('menuitem', { name: 'Name and use', exact: true }).click();
    for (const list of ['Platforms', 'Shops', 'Carriers', 'Carrier products']) {
      await page.getByRole('dialog').getByRole('combobox', { name: list, exact: true }).click();
      await dropdown().waitFor();
      expect(await chinese()).toEqual([]);
      if (list === 'Carriers') await app.shot('templates-en-scope');
      await page.getByRole('dialog').locator('.ant-modal-title').click();
      await dropdown().waitFor({ state: 'hidden' });
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'New template' }).click();
    for (const list of ['Purpose', 'Paper']) {
      await page.getByRole('dialog').getByRole('combobox', { name: list, exact: true }).click();
      await dropdown().waitFor();
      expect(await chinese()).toEqual([]);
      await app.shot(`templates-en-new-${list.toLowerCase()}`);
      await page.getByRole('dialog').locator('.ant-modal-title').click();
      await dropdown().waitFor({ state: 'hidden' });
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const cnpl = '<layout width="60" height="20"><text left="1" top="1" width="20" height="5" style="fontFamily:SimSun;rotation:45"><%=eval("1")%><%=_data.secret%></text><blink/></layout>';
    await page.locator('input[type=file]').setInputFiles({ name: 'area.xml', mimeType: 'text/xml', buffer: Buffer.from(cnpl) });
    await page.getByRole('dialog').getByText('not a quarter turn').waitFor();
    expect(await chinese()).toEqual([]);
    expect(await accessibility(page)).toEqual([]);
    await app.shot('templates-en-not-taken');
    expect(app.pageErrors).toEqual([]);
  });
});
