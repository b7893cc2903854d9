/** Choosing carriers as the lead does: rules made with pickers, put in order, tried on the orders of the day, and used. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';

let app: App;
let card: Locator;
beforeAll(async () => {
  app = await openApp({ height: 1000 });
  await app.page.getByText('第一张面单，一分钟').waitFor();
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor({ timeout: 20_000 });
  await app.page.goto(`${app.url.split('#')[0]}#/settings`);
  card = app.page.getByTestId('carrier-rules');
  await card.getByText('还没有规则').waitFor();
});
afterAll(() => app.close());

const sentences = () => card.locator('[data-rule]').allInnerTexts();
const save = () => card.getByRole('button', { name: /保\s?存/ }).click();
/** Chooses in a select by typing what stands in its list. */
async function choose(label: string, words: string): Promise<void> {
  const select = card.getByTestId('rule-editor').getByLabel(label, { exact: true });
  await select.click();
  await select.fill(words);
  await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await app.page.keyboard.press('Escape');
}

describe('carrier rules', () => {
  it('a rule is made with pickers and reads as a sentence', async () => {
    await card.getByRole('button', { name: '加一条规则' }).click();
    const editor = card.getByTestId('rule-editor');
    await editor.getByLabel('规则名').fill('江浙沪');
    const places = editor.getByLabel('收件地', { exact: true });
    for (const place of ['浙江', '江苏省南京', '上海市']) {
      await places.click();
      await places.fill(place);
      await app.page.locator('.ant-cascader-menu-item').first().click();
      await places.fill('');
    }
    await app.page.keyboard.press('Escape');
    await editor.getByLabel('重量到').fill('3000');
    await app.page.keyboard.press('Tab');
    expect((await sentences())[0]).toContain('寄往 浙江省、江苏省 南京市、上海市，重量不超过 3 kg');
    await app.shot('carrier-rule-editor', { docs: true });
    expect(await seriousIn(app, '[data-testid="carrier-rules"]')).toEqual([]);
  });

  it('words, amounts, shops and platforms are conditions too; a rule nothing can reach says why', async () => {
    await editorOf('江浙沪').click();
    await card.getByRole('button', { name: '加一条规则' }).click();
    const editor = card.getByTestId('rule-editor');
    await editor.getByLabel('规则名').fill('急件');
    await choose('快递', '顺丰');
    await editor.getByLabel('备注含').fill('顺丰');
    await app.page.keyboard.press('Enter');
    await editor.getByLabel('备注含').fill('加急');
    await app.page.keyboard.press('Enter');
    await choose('店铺', '示例');
    expect((await sentences())[1]).toContain('店铺是 示例百货店，备注含“顺丰”、“加急” → 顺丰');
    await editorOf('急件').click();
    await card.getByRole('button', { name: '复制 急件' }).click();
    await card.getByText('永远轮不到：第 2 条已经包含了它').waitFor();
    await card.getByRole('button', { name: '删除 急件 副本' }).click();
    await card.getByText('永远轮不到').waitFor({ state: 'detached' });
  });

  it('the order is changed with the keyboard, and the row keeps the focus', async () => {
    await card.getByRole('group', { name: '第 2 条 急件' }).focus();
    await app.page.keyboard.press('Alt+ArrowUp');
    await card.getByRole('group', { name: '第 1 条 急件' }).waitFor();
    expect(await app.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('第 1 条 急件');
    await app.page.keyboard.press('Alt+ArrowUp');
    expect((await sentences()).map((text) => text.includes('急件'))).toEqual([true, false]);
  });

  it('is dragged by its handle', async () => {
    await card.locator('[data-rule]').nth(1).locator('[draggable]').dragTo(card.locator('[data-rule]').nth(0));
    await card.getByRole('group', { name: '第 1 条 江浙沪' }).waitFor();
    await card.locator('[data-rule]').nth(1).locator('[draggable]').dragTo(card.locator('[data-rule]').nth(0));
    await card.getByRole('group', { name: '第 1 条 急件' }).waitFor();
  });

  it('a list of excluded places is checked against the official tables, and comes back as it went', async () => {
    await card.getByRole('tab', { name: /超区/ }).click();
    await card.getByRole('button', { name: '粘贴或导入名单' }).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByLabel('行里没写快递时算谁的').click();
    await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('圆通').click();
    await dialog.getByLabel('在这里粘贴表格').fill('省 市 区县\n浙江省 杭州市 余杭区\n西藏\n新疆 和田地区 策勒县\n鼓楼区\n浙江省 火星市\n顺丰 海南省 三沙市\n云南 大理州');
    await dialog.getByRole('button', { name: '先看看' }).click();
    await dialog.getByText('认出 5 个地方，导入后共 5 个；2 行不能用').waitFor();
    await dialog.getByText('第 5 行：“鼓楼区” 有几个叫这个名字').waitFor();
    await dialog.getByText('第 6 行：“浙江省 火星市” 不是省市区县的名字').waitFor();
    await app.shot('carrier-reach-import', { docs: true });
    await dialog.getByRole('button', { name: /导\s?入/ }).click();
    await dialog.getByRole('button', { name: /取\s?消/ }).click();
    const reach = card.getByTestId('carrier-reach');
    await reach.getByRole('cell', { name: '策勒县', exact: true }).waitFor();
    await reach.getByLabel('搜省市区').fill('大理');
    await reach.getByRole('cell', { name: '大理白族自治州', exact: true }).waitFor();
    expect(await reach.locator('tbody .ant-table-row').count()).toBe(1);
    await reach.getByLabel('搜省市区').fill('');
    await app.shot('carrier-reach');
    expect(await seriousIn(app, '[data-testid="carrier-reach"]')).toEqual([]);
    const download = app.page.waitForEvent('download');
    await reach.getByRole('button', { name: '导出 5 个' }).click();
    const stream = await (await download).createReadStream();
    const text = Buffer.concat(await stream.toArray()).toString('utf8');
    expect(text).toContain('圆通,新疆维吾尔自治区,和田地区,策勒县');
    const back = await app.server.core.services.parcels.readReach(text, '');
    expect(back.problems).toEqual([]);
    expect(back.places).toHaveLength(5);
  });

  it('what it would do is shown on the orders of the day before it is saved', async () => {
    await card.getByRole('tab', { name: /规则/ }).click();
    await card.getByLabel('都不符合时用').click();
    await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('圆通').click();
    await card.getByRole('button', { name: '全部待打印订单' }).click();
    const trial = card.getByTestId('carrier-trial');
    await trial.getByText(/24 单，\d+ 单会换快递/).waitFor();
    await trial.getByText('取号时定').first().waitFor();
    await trial.getByText('没有快递可用（圆通 不到）').first().waitFor();
    await card.getByText('命中 2 单').waitFor();
    await trial.scrollIntoViewIfNeeded();
    await app.shot('carrier-trial', { docs: true });
    expect((await app.server.core.services.parcels.rules()).rules).toEqual([]);
    await save();
    await app.page.getByText('规则已保存').waitFor();
    const { rules, fallback, reach } = await app.server.core.services.parcels.rules();
    expect([rules.map((rule) => rule.name), fallback, reach.length]).toEqual([['急件', '江浙沪'], 'YTO', 5]);
  });

  it('chosen orders are put on their carrier after a look at before and after', async () => {
    await app.page.goto(`${app.url.split('#')[0]}#/orders`);
    await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor();
    await app.page.getByText('急件').first().waitFor();
    await app.shot('orders-carriers');
    await app.page.keyboard.press('Control+a');
    await app.page.getByText(/已选 24 单/).first().waitFor();
    await app.page.getByLabel('选快递').click();
    await app.page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)').getByText('按规则').click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByText('24 单，0 单会换快递').waitFor();
    await app.shot('carrier-apply');
    await dialog.getByRole('button', { name: '用在这 24 单上' }).click();
    await app.page.getByText('24 单已按规则选好快递').waitFor();
    const ids = (await app.server.core.services.orders.ids({ stage: 'to_print' }, 100)).ids;
    const rows = await app.server.core.services.orders.load(ids);
    expect(rows.filter(({ row }) => row.carrier_reason === '急件').map(({ row }) => row.carrier_code)).toEqual(['SF', 'SF']);
    expect(rows.filter(({ row }) => row.carrier_code === '').every(({ row }) => row.carrier_reason.includes('YTO✕'))).toBe(true);
  });

  it('did all that without an error on the page, and says it in English too', async () => {
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.goto(`${app.url.split('#')[0]}#/settings`);
    await card.getByText('notes contain').waitFor();
    await app.shot('carrier-rules-en');
    const words = await card.locator('.ant-card-head-title, .ant-tabs-tab, label, .muted, button').allInnerTexts();
    expect(words.filter((text) => /[\u4e00-\u9fff]/.test(text) && !/急件|江浙沪/.test(text))).toEqual([]);
    expect(app.pageErrors).toEqual([]);
  });
});

/** The sentence of a rule: opens and closes its editor. */
function editorOf(name: string): Locator {
  return card.getByRole('group', { name: new RegExp(name) }).locator('button.plain');
}
