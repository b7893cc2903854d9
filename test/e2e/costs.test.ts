/** Costs end to end: the textbook case on screen, sliders, a saved scenario, a freight table and a bill from files, routing out and back. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
let services: App['server']['core']['services'];
const actor = { operator: 'test', station: { id: 'host', name: 'host' } };
beforeAll(async () => {
  app = await openApp({ height: 1600 });
  ({ services } = app.server.core);
  await app.page.getByRole('button', { name: '不用' }).click();
  await app.page.getByText('第一张面单，一分钟').waitFor({ state: 'hidden' });
  await app.page.getByRole('navigation').getByText('成本').click();
}, 60_000);
afterAll(() => app.close());

const csv = (name: string, rows: readonly string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });

describe('the cost page', () => {
  it('answers the textbook case in three sentences, as an example', async () => {
    const answer = app.page.getByTestId('cost-answer');
    await answer.waitFor();
    expect(await answer.locator('p').allTextContents()).toEqual([
      '只看快递费：自发 2.80 元/票，云仓甲（一口价 3.5） 3.50 元、云仓乙（一口价 4.0） 4.00 元，看起来自发更便宜。',
      '把人工、房租、软件都算上，日均 150 票时自发要 4.38 元/票，云仓甲（一口价 3.5）每月省 3947.50 元。',
      '对云仓甲（一口价 3.5）：日均 392 票起自发更便宜；对云仓乙（一口价 4.0）：日均 205 票起自发更便宜。',
    ]);
    await answer.getByText('示例', { exact: true }).waitFor();
    await app.page.getByTestId('cost-split').waitFor();
    await app.page.locator('.costs-panel svg').first().waitFor();
    await app.shot('costs', { docs: true });
  });

  it('opens a figure to its formula and inputs', async () => {
    await app.page.getByRole('button', { name: '自发 打包工资 0.89' }).click();
    const figure = app.page.getByTestId('cost-figure');
    await figure.getByText('own.staff.outputPerDay').waitFor();
    expect(await figure.textContent()).toContain('÷ 4,500 票');
    await app.shot('costs-figure');
    await app.page.keyboard.press('Escape');
    await figure.waitFor({ state: 'hidden' });
  });

  it('moves with a slider at once, and back', async () => {
    const slider = app.page.getByRole('slider', { name: '件量' });
    await slider.focus();
    await app.page.keyboard.press('End');
    await app.page.getByTestId('cost-answer').getByText('日均 750 票').waitFor();
    await app.page.getByRole('button', { name: '恢复' }).click();
    await app.page.getByTestId('cost-answer').getByText('日均 150 票').waitFor();
  });

  it('hands out the report as PDF and as a workbook', async () => {
    for (const [button, ending] of [['报告 PDF', '.pdf'], ['报告 xlsx', '.xlsx']] as const) {
      const [file] = await Promise.all([app.page.waitForEvent('download'), app.page.getByRole('button', { name: button }).click()]);
      expect(file.suggestedFilename()).toBe(`大唐袜子店：自发还是云仓${ending}`);
    }
  });

  it('can be read by everyone: labels, roles, contrast', async () => {
    await app.page.evaluate(readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8'));
    const found = await app.page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(root: unknown, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
      const result = await axe.run('.costs', { runOnly: ['wcag2a', 'wcag2aa'] });
      return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
    });
    expect(found).toEqual([]);
  });

  it('speaks English', async () => {
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.getByTestId('cost-answer').getByText('so own looks cheaper').waitFor();
    await app.shot('costs-en');
    await app.page.getByRole('button', { name: '中文' }).click();
  });

  it('changes a figure, saves the scenario under a name and compares the two', async () => {
    await app.page.getByRole('tab', { name: '参数' }).click();
    const wage = app.page.getByLabel('月薪（元）');
    await wage.fill('2000');
    await wage.press('Enter');
    await app.shot('costs-inputs');
    await app.page.getByRole('button', { name: '另存为' }).click();
    await app.page.getByLabel('新方案的名称').fill('低工资');
    await app.page.locator('.ant-modal', { has: app.page.locator('#cost-name') }).locator('.ant-btn-primary').click();
    await app.page.getByText('已保存').waitFor();
    const saved = (await services.costs.list()).find((entry) => entry.name === '低工资');
    expect((await services.costs.get(saved!.id)).scenario.own.staff?.wageFen).toBe(200_000);
    await app.page.getByRole('tab', { name: '方案对比' }).click();
    await app.page.getByLabel('选两个以上方案').click();
    await app.page.locator('.ant-select-item-option', { hasText: '低工资' }).click();
    await app.page.locator('.ant-select-item-option', { hasText: '大唐袜子店' }).click();
    await app.page.keyboard.press('Escape');
    const rows = app.page.getByTestId('cost-scenarios').locator('tbody tr');
    await rows.nth(1).waitFor();
    expect(await rows.first().textContent()).toContain('低工资');
    expect(await rows.first().textContent()).not.toEqual(await rows.nth(1).textContent());
    await app.shot('costs-scenarios');
  });

  it('reads a freight table from a file, names what is wrong with it and keeps it', async () => {
    await app.page.getByRole('tab', { name: '运费表' }).click();
    await app.page.getByTestId('freight-file').setInputFiles(csv('圆通合同.csv', ['类型,名称,省份,城市,计价方式,首重(kg),首重价(元),续重(kg),续重价(元)', '信息,快递公司,YTO', '运费,近,浙江、江苏、上海,,首重续重,1,2.6,1,0.8', '运费,,全国,,首重续重,1,3.2,1,-1', '不发,,西藏']));
    const draft = app.page.getByTestId('freight-draft');
    await draft.getByText('不能是负数').waitFor();
    await draft.getByText('没有价格的省份').waitFor();
    await app.shot('costs-freight');
    await draft.getByRole('button', { name: '保存', exact: false }).click();
    await draft.waitFor({ state: 'hidden' });
    expect((await services.costs.freightTables.list()).map((table) => [table.name, table.carrier, table.rules.length])).toEqual([['圆通合同', 'YTO', 1]]);
  });

  it('gives parcels to a cloud warehouse, takes its result back and compares the charges', async () => {
    const shop = await services.shops.create({ name: '袜店', platform: 'offline', senderAddressId: null }, actor);
    const order = (number: string, province: string, city: string, district: string) =>
      services.manual.create({ shopId: shop.id, flag: 'none', buyerNote: '', sellerNote: '', number, receiver: { name: '张三', phone: '13800000001', province, city, district, town: '', detail: '人民路1号', postcode: '' }, lines: [{ title: '棉袜', spec: '黑', skuCode: 'SK1', itemCode: '', itemId: '', quantity: 2, priceFen: null }] }, actor);
    await order('D1', '浙江省', '杭州市', '西湖区');
    await order('D2', '新疆维吾尔自治区', '乌鲁木齐市', '天山区');
    await app.page.getByRole('tab', { name: '多仓发货' }).click();
    await app.page.getByRole('button', { name: '新增云仓' }).click();
    await app.page.locator('#warehouse-name').fill('云仓甲');
    await app.page.locator('#warehouse-scenario').click();
    await app.page.locator('.ant-select-item-option', { hasText: '低工资' }).last().click();
    await app.page.locator('#warehouse-quote').click();
    await app.page.locator('.ant-select-item-option', { hasText: '云仓甲' }).click();
    await app.page.getByTestId('routing-warehouses').locator('.ant-btn-primary').click();
    const rules = app.page.getByTestId('routing-rules');
    await rules.getByRole('button', { name: '加一条规则' }).click();
    await rules.getByLabel('省份').click();
    await app.page.keyboard.type('新疆');
    await app.page.keyboard.press('Enter');
    await app.page.keyboard.press('Escape');
    await rules.getByRole('button', { name: '保存规则' }).click();
    const assign = app.page.getByTestId('routing-assign');
    await assign.getByRole('button', { name: '看看规则怎么分' }).click();
    await assign.getByText('1 个自发，1 个给云仓').waitFor();
    await app.shot('routing');
    await assign.getByRole('button', { name: '交出 1 个包裹' }).click();
    const shipments = app.page.getByTestId('routing-shipments');
    await shipments.getByText('D2').waitFor();
    const held = (await services.orders.list({ sort: 'newest', limit: 10 })).orders.find((each) => each.number === 'D2');
    expect([held?.stage, held?.held]).toEqual(['held', '云仓 云仓甲']);
    const [download] = await Promise.all([app.page.waitForEvent('download'), shipments.getByRole('button', { name: '导出订单文件（1）' }).click()]);
    expect(download.suggestedFilename()).toMatch(/^云仓甲-\d{4}-\d\d-\d\d\.xlsx$/);
    await shipments.getByText('已导出').waitFor();
    await app.page.getByTestId('result-file').setInputFiles(csv('回传.csv', ['订单编号,快递单号,快递公司,重量(kg),费用(元)', 'D2,YT7700000001,圆通,0.4,3.80', 'D9,YT7700000002,圆通,0.4,3.50']));
    await shipments.getByText('读了 2 行：新回传 1，已有 0，有问题 1，还没回传 0').waitFor();
    await shipments.getByRole('button', { name: '对账' }).click();
    await shipments.getByText('多收').waitFor();
    const [shipped] = await services.routing.shipments({ state: 'shipped', limit: 10 });
    expect(shipped).toMatchObject({ reference: 'D2', waybill: 'YT7700000001', chargedGrams: 400, chargedFen: 380, expectedFen: 350 });
    await app.shot('routing-result');
  });

  it('checks a courier’s bill', async () => {
    await app.page.getByRole('tab', { name: '运费对账' }).click();
    await app.page.getByLabel('按哪张运费表').click();
    await app.page.locator('.ant-select-item-option', { hasText: '圆通合同' }).click();
    await app.page.getByTestId('bill-file').setInputFiles(csv('账单.csv', ['运单号,日期,省份,重量,运费', 'YT0000000001,2026-10-03,浙江,0.5,2.60', '坏的,2026-10-03,浙江,0.5,2.60']));
    await app.page.getByTestId('bill-lines').getByText('不是我们的').first().waitFor();
    await app.page.getByText('1 行没有读进来').waitFor();
    await app.shot('freight-bill');
  });

  it('was quiet all along', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
