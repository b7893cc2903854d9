/** Setting a printer up on screen, against a printer that is really asked and really prints. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
let device: VirtualPrinter;
beforeAll(async () => {
  device = await createVirtualPrinter({ language: 'tspl', port: 0, labelMs: 20, decode: false });
  app = await openApp();
});
afterAll(async () => {
  await app.close();
  await device.close();
});

/** What axe finds wrong inside the dialog. */
async function violations(): Promise<string[]> {
  await app.page.evaluate(axe.source);
  return app.page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(where: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }).axe;
    const report = await run.run('.ant-modal');
    return report.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  });
}

describe('setting up a printer', () => {
  it('finds out the language without printing, prints a test label and calibrates by what is read off it', async () => {
    const { page } = app;
    await page.getByRole('button', { name: '不用，我直接开始' }).click();
    await page.getByRole('link', { name: '设置' }).click();
    await page.getByRole('button', { name: '添加打印机' }).click();
    await page.getByLabel('IP 地址或主机名').fill('127.0.0.1');
    await page.getByLabel('端口').fill(String(device.port));
    await page.locator('#printer-address').getByRole('button', { name: '用这台' }).click();

    await page.getByRole('button', { name: '查询状态' }).click();
    await page.getByText('打印机回答了，是 TSPL').waitFor();
    expect(device.labels()).toHaveLength(0);
    await app.shot('printer-wizard-language');
    await page.getByRole('button', { name: '下一步' }).click();

    await page.getByLabel('给它起个名字').fill('前台 TSC');
    expect(await violations()).toEqual([]);
    await app.shot('printer-wizard-paper');
    await page.getByRole('button', { name: '下一步' }).click();

    await page.getByRole('button', { name: '打印测试页' }).click();
    await page.getByText(/已发送，请看纸|打印机确认已打印/).waitFor();
    const [printed] = await device.waitForLabels(1);
    expect([printed?.widthDots, printed?.heightDots]).toEqual([608, 1_040]);
    await page.getByLabel('左边竖线离纸左边（毫米）').fill('8.5');
    await page.getByLabel('太淡，有断线').check();
    await page.getByRole('button', { name: '按读数校准' }).click();
    await page.getByText('右移 1.5 毫米，下移 0 毫米，浓度 10').waitFor();
    expect(await violations()).toEqual([]);
    await app.shot('printer-wizard-calibrated');
    await page.getByRole('button', { name: /完 ?成/ }).click();

    const [row] = await app.server.core.services.printers.list({ archived: false });
    expect(row?.profile).toMatchObject({ language: 'tspl', darkness: 10, offset: { xMicrometres: 1_500, yMicrometres: 0 } });
    await page.getByRole('cell', { name: '前台 TSC' }).waitFor();
    await app.shot('printers');
    expect(app.pageErrors).toEqual([]);
  }, 90_000);
});
