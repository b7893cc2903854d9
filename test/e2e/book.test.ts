/** Sender addresses and short names as the lead uses them: paste, look at what is doubted, save; accept names, change one, take it back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { seriousIn } from './axe.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByText('第一张面单，一分钟').waitFor();
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor({ timeout: 20_000 });
});
afterAll(() => app.close());

describe('sender addresses', () => {
  it('a paste fills the form; an open question is asked, not guessed', async () => {
    await app.page.goto(`${app.url.split('#')[0]}#/addresses`);
    await app.page.getByRole('heading', { name: '常用地址（寄件）' }).waitFor();
    await app.page.getByRole('button', { name: '添加地址' }).click();
    await app.page.getByLabel('粘贴整段文字，自动分栏').fill('陈青禾 13800000001 鼓楼区听松路18号3幢');
    await app.page.getByRole('button', { name: '识 别' }).or(app.page.getByRole('button', { name: '识别' })).click();
    await app.page.getByText('叫“鼓楼区”的地方有几个').waitFor();
    expect(await app.page.locator('#address-contact').inputValue()).toBe('陈青禾');
    await app.shot('address-guess', { docs: true });
    expect(await seriousIn(app, '.ant-modal')).toEqual([]);
    await app.page.getByRole('button', { name: '江苏省 南京市 鼓楼区' }).click();
    await app.page.getByText('叫“鼓楼区”的地方有几个').waitFor({ state: 'detached' });
    await app.page.locator('#address-label').fill('测试仓');
    await app.page.getByRole('button', { name: /保\s?存/ }).click();
    await app.page.getByRole('cell', { name: '江苏省 南京市 鼓楼区 听松路18号3幢' }).waitFor();
  });

  it('what cannot be shipped from is refused at its field', async () => {
    await app.page.getByRole('button', { name: '添加地址' }).click();
    await app.page.locator('#address-contact').fill('李半夏');
    await app.page.locator('#address-phone').fill('12345');
    await app.page.getByRole('button', { name: /保\s?存/ }).click();
    await app.page.getByText('格式不常见').waitFor();
    expect(await app.page.getByText('没有填').count()).toBeGreaterThanOrEqual(3);
    await app.shot('address-refused');
    await app.page.getByRole('button', { name: /取\s?消/ }).click();
  });

  it('is found by initials and shows what uses it', async () => {
    await app.page.getByLabel('名称、联系人、电话、首字母…').fill('csc');
    await app.page.getByRole('cell', { name: '测试仓', exact: true }).waitFor();
    await app.page.getByLabel('名称、联系人、电话、首字母…').fill('');
    await app.page.getByText('默认用哪个地址').waitFor();
    await app.shot('addresses', { docs: true });
    expect(await seriousIn(app, 'main')).toEqual([]);
  });
});

describe('short names', () => {
  it('items of the sample orders are there with suggestions and their reasons', async () => {
    await app.page.goto(`${app.url.split('#')[0]}#/items`);
    await app.page.getByRole('heading', { name: '宝贝简称' }).waitFor();
    await app.page.getByRole('button', { name: /采纳全部建议/ }).waitFor();
    await app.shot('items');
    expect(await seriousIn(app, 'main')).toEqual([]);
  });

  it('a name given in place is shown on the label, and undo takes it back', async () => {
    await app.page.locator('.ant-segmented-item', { hasText: '全部' }).click();
    const first = app.page.locator('tbody .ant-table-row').first().getByRole('textbox').first();
    await first.fill('我的简称');
    await first.press('Enter');
    await app.page.locator('.ant-segmented-item', { hasText: '已有简称' }).click();
    await app.page.locator('tbody .ant-table-row').getByText('我的简称').first().waitFor();
    await app.shot('items-named', { docs: true });
    await app.page.getByRole('button', { name: /撤\s?销/ }).click();
    await app.page.getByText('已撤回 1 处').waitFor();
  });

  it('all suggestions are accepted as one step', async () => {
    await app.page.locator('.ant-segmented-item', { hasText: '还没有简称' }).click();
    await app.page.getByRole('button', { name: /采纳全部建议/ }).click();
    await app.page.getByText(/已给 \d+ 个宝贝起好简称/).waitFor();
  });

  it('a rule is tried on the real titles, a dangerous pattern is refused', async () => {
    await app.page.getByRole('button', { name: /规\s?则/ }).click();
    await app.page.locator('.ant-drawer').getByLabel('内容').fill('套');
    await app.page.getByText(/符合 \d+ 个宝贝/).waitFor();
    await app.shot('item-rules');
    await app.page.keyboard.press('Escape');
  });

  it('says it all in English too', async () => {
    await app.page.getByRole('button', { name: 'English' }).click();
    await app.page.getByRole('heading', { name: 'Short names' }).waitFor();
    await app.shot('items-en');
    await app.page.goto(`${app.url.split('#')[0]}#/addresses`);
    await app.page.getByRole('heading', { name: 'Sender addresses' }).waitFor();
    await app.page.getByText('Which address is used').waitFor();
const words = await app.page.locator('main').locator('h1, th, button, label, .muted, .ant-card-head-title').allInnerTexts();
    expect(words.filter((text) => /[\u4e00-\u9fff]/.test(text))).toEqual([]);
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors.filter((text) => !/422/.test(text))).toEqual([]);
  });
});
