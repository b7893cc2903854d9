/** Orders into boxes, as a packer does it: merged and taken back, split and printed with 1/2 and 2/2, held and released; hidden receivers by the key of the platform. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';
import { someone } from './sample-orders.ts';

let app: App;
let shopId: string;
const core = (): App['server']['core']['services'] => app.server.core.services;
const rows = (): Locator => app.page.locator('.orders-table .ant-table-row');
const press = (key: string): Promise<void> => app.page.keyboard.press(key);
const until = <V>(value: () => Promise<V>) => expect.poll(value, { timeout: 25_000 });

const receiver = (name: string) => ({ name, phone: '13900000001', province: '浙江省', city: '杭州市', district: '西湖区', town: '', detail: '文三路 1 号', postcode: '' });
const typed: readonly (readonly [number: string, name: string, ...lines: (readonly [title: string, quantity: number])[]])[] = [
  ['250316-100001', '张试', ['棉袜', 2]],
  ['250316-100002', '张试', ['鞋垫', 1]],
  ['250316-100003', '李试', ['羽绒马甲', 3], ['棉袜', 4]],
  ['250316-100004', '王试', ['棉袜', 1]],
];
/** Receivers the platform hides; two of them it says go to one door. */
const hidden = [
  '订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量,合单号',
  ...[['250316100005', 'HD1'], ['250316100006', 'HD1'], ['250316100007', 'HD2']].map(([number, key]) => `${number},买家已付款等待卖家发货,张*,浙江省 杭州市 西湖区 文三路****,139****0009,2025-03-16 10:00:00,棉袜,1,${key}`),
].join('\r\n');

beforeAll(async () => {
  app = await openApp();
  // The samples bring a virtual printer and an account with numbers.
  await app.page.getByRole('button', { name: '放入示例' }).click();
  await app.page.getByRole('tab', { name: /待打印 24/ }).waitFor({ timeout: 20_000 });
  shopId = (await core().shops.list({ archived: false }))[0]!.id;
  for (const [number, name, ...lines] of typed) {
    await core().manual.create({ shopId, flag: 'none', number, receiver: receiver(name), lines: lines.map(([title, quantity]) => ({ title, quantity, spec: '黑色', skuCode: '', itemCode: '', itemId: '', priceFen: null })), buyerNote: '', sellerNote: '' }, someone);
  }
  await core().imports.importFiles({ files: [{ name: '订单.csv', bytes: new TextEncoder().encode(hidden) }], shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, someone);
  core().changes.emit('orders', 'parcels');
  await app.page.getByRole('tab', { name: /待打印 28/ }).waitFor();
});
afterAll(() => app.close());

/** Shows one order alone and selects it. */
async function choose(number: string): Promise<void> {
  await app.page.getByLabel('搜订单 / 单号 / 收件人 / 商品').fill(number);
  await until(() => rows().count()).toBe(1);
  await rows().first().click();
  await press(' ');
  await app.page.getByTestId('selected').getByText('已选 1 单').waitFor();
}
const show = (words: string): Promise<void> => app.page.getByLabel('搜订单 / 单号 / 收件人 / 商品').fill(words);

describe('merging', () => {
  it('proposes by receiver and by the key of the platform, shows the rules, merges all, and takes it back', async () => {
    await app.page.getByRole('button', { name: /^可合并 3$/ }).click();
    const panel = app.page.getByRole('dialog');
    const proposals = panel.locator('.ant-table-tbody .ant-table-row');
    // One of the samples themselves, one by receiver, one by key.
    await until(() => proposals.count()).toBe(3);
    const texts = await proposals.allInnerTexts();
    expect(texts.some((text) => text.includes('同收件人') && text.includes('250316-100001') && text.includes('250316-100002'))).toBe(true);
    expect(texts.some((text) => text.includes('平台合单号') && text.includes('250316100005') && text.includes('250316100006') && !text.includes('250316100007'))).toBe(true);
    expect(texts.join()).not.toContain('13900000001');
    await app.shot('merge', { docs: true });
    await panel.getByRole('button', { name: /全部合并 3 组/ }).click();
    await panel.getByText('已合并 3 组').waitFor();
    await until(() => proposals.count()).toBe(0);
    await panel.getByRole('button', { name: '撤回' }).click();
    await until(() => proposals.count()).toBe(3);
    await panel.getByLabel('含这些词的商品单独发').fill('鞋垫');
    await press('Enter');
    await until(() => proposals.count()).toBe(2);
    // By its cross: the field ignores Backspace for a moment after Enter, so that a word just typed is not taken away again.
    await panel.locator('.ant-select-selection-item-remove').click();
    await until(() => proposals.count()).toBe(3);
    await proposals.filter({ hasText: '250316-100001' }).getByRole('checkbox').check();
    await panel.getByRole('button', { name: /合并勾选的 1 组/ }).click();
    await until(() => proposals.count()).toBe(2);
    await panel.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
    await show('250316-100001');
    await rows().first().getByText('合 2 单').waitFor();
  });

  it('prints one label for both, and then it can no longer be taken apart', async () => {
    await show('张试');
    await until(() => rows().count()).toBe(2);
    await rows().first().click();
    await press('Control+a');
    await app.page.getByText('已选 2 单 → 1 包裹').waitFor();
    await app.page.getByRole('button', { name: /打印 1 张/ }).click();
    await app.page.getByTestId('job-state').getByText('打完了').waitFor({ timeout: 60_000 });
    await app.page.getByRole('dialog').locator('button', { hasText: '关闭' }).click();
    await app.page.getByRole('tab', { name: /已打印 2/ }).click();
    await until(() => rows().count()).toBe(2);
    await rows().first().dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByText(/与 250316-10000\d 合并/).waitFor();
    expect(await panel.getByRole('button', { name: '取消合并' }).isDisabled()).toBe(true);
    await panel.getByRole('img', { name: '面单图片' }).waitFor();
    await panel.getByRole('button', { name: /面单图片/ }).click();
    await app.page.locator('.ant-drawer').last().getByText('经过').waitFor();
    await app.shot('order-history');
    await press('Escape');
    await press('Escape');
    await app.page.getByRole('tab', { name: /待打印/ }).click();
  });

  it('one correction of a hidden receiver frees the whole parcel for printing', async () => {
    const group = (await core().parcels.mergeProposals({ shopIds: [shopId] })).find((one) => one.rule === 'platform');
    await core().parcels.merge([group!.orders.map((one) => one.id)], false, someone);
    await app.page.getByRole('tab', { name: /异常/ }).click();
    await show('250316100005');
    await until(() => rows().count()).toBe(1);
    await rows().first().dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByRole('button', { name: '改收件人' }).click();
    const form = panel.getByTestId('receiver-form');
    await form.getByLabel('姓名').fill('张例');
    await form.getByLabel('电话').fill('13900000009');
    await form.getByLabel('详细地址').fill('文三路 9 号');
    expect(await form.getByRole('checkbox', { name: '同一包裹的另 1 单一起改' }).isChecked()).toBe(true);
    await form.getByRole('button', { name: '保存' }).click();
    await app.page.getByText('收件人已改').waitFor();
    await press('Escape');
    await app.page.getByRole('tab', { name: /待打印/ }).click();
    await show('张例');
    await until(() => rows().count()).toBe(2);
  });
});

describe('splitting', () => {
  it('by words, pieces and hand, and back into one box', async () => {
    await choose('250316-100003');
    await app.page.getByRole('button', { name: /^拆\s?分/ }).click();
    const panel = app.page.getByRole('dialog');
    const boxes = (): Promise<string[]> => panel.getByTestId('boxes').locator('.ant-table-tbody .ant-table-row').allInnerTexts();
    await panel.getByText('每箱几件').click();
    await panel.getByLabel('每箱件数').fill('3');
    await panel.getByRole('button', { name: /^拆\s?分/ }).click();
    await until(async () => (await boxes()).length).toBe(3);
    await panel.getByRole('button', { name: '合回一箱' }).click();
    await until(() => panel.getByTestId('boxes').count()).toBe(0);
    await panel.getByText('自己分').click();
    await panel.getByLabel('羽绒马甲 箱 1').fill('3');
    await panel.getByText('还有 4 件没分').waitFor();
    expect(await panel.getByRole('button', { name: /^拆\s?分/ }).isDisabled()).toBe(true);
    await panel.getByText('按商品词').click();
    await panel.getByLabel('这些词的商品单独装').fill('羽绒');
    await press('Enter');
    await panel.getByLabel('每箱件数').fill('');
    await panel.getByRole('button', { name: /^拆\s?分/ }).click();
    await until(async () => (await boxes()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([expect.stringContaining('1/2 棉袜 黑色 ×4'), expect.stringContaining('2/2 羽绒马甲 黑色 ×3')]);
    await app.shot('split', { docs: true });
    await panel.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
    await rows().first().getByText('拆 2 箱').waitFor();
  });

  it('by what a box may weigh, with a weight for goods that have none', async () => {
    await app.page.getByRole('button', { name: /^拆\s?分/ }).click();
    const panel = app.page.getByRole('dialog');
    const boxes = (): Promise<string[]> => panel.getByTestId('boxes').locator('.ant-table-tbody .ant-table-row').allInnerTexts();
    await panel.getByText('每箱限重').click();
    await panel.getByLabel('每箱克数').fill('2000');
    await panel.getByLabel('没填重量的按克').fill('600');
    await press('Tab');
    await press('Control+Enter');
    // Seven pieces of 600 g, three to a box.
    await until(async () => (await boxes()).map((text) => text.replaceAll(/\s+/g, ' ').slice(0, 3))).toEqual(['1/3', '2/3', '3/3']);
    const counts = (await boxes()).map((text) => [...text.matchAll(/×(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0));
    expect(counts.every((count) => count <= 3)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(7);
    await panel.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
    await app.page.getByText('已选 1 单 → 3 包裹').waitFor();
    await app.page.getByRole('button', { name: '预览' }).click();
    await app.page.getByRole('img', { name: '预览 1 / 3' }).waitFor();
    await app.shot('split-by-weight');
    await press('Escape');
    // Back to two boxes, the jackets apart.
    await app.page.getByRole('button', { name: /^拆\s?分/ }).click();
    await panel.getByText('按商品词').click();
    await panel.getByLabel('这些词的商品单独装').fill('羽绒');
    await press('Enter');
    await panel.getByLabel('每箱件数').fill('');
    await panel.getByRole('button', { name: /^拆\s?分/ }).click();
    await until(async () => (await boxes()).length).toBe(2);
    await panel.locator('.ant-modal-footer').getByRole('button', { name: '关闭' }).click();
  });

  it('prints a label a box, 1/2 and 2/2, and the order is printed when both are', async () => {
    await app.page.getByText('已选 1 单 → 2 包裹').waitFor();
    const { preview, choices } = core().printing;
    const { ids } = await core().orders.ids({ search: '250316-100003' }, 10);
    const { templateId, printerId } = await choices({ orderIds: ids });
    const labels = await Promise.all([0, 1].map((index) => preview({ orderIds: ids, templateId: templateId!, printerId: printerId!, index }, someone as never)));
    expect(labels.map((label) => [label.index, label.total])).toEqual([[0, 2], [1, 2]]);
    expect(labels[0]!.png).not.toBe(labels[1]!.png);
    const prepared = await core().parcels.prepare(ids);
    expect(prepared.map((parcel) => `${parcel.position}/${parcel.total}`)).toEqual(['1/2', '2/2']);
    await app.page.getByRole('button', { name: /打印 2 张/ }).click();
    await app.page.getByTestId('job-state').getByText('打完了').waitFor({ timeout: 60_000 });
    await app.page.getByRole('dialog').locator('button', { hasText: '关闭' }).click();
    await app.page.getByRole('tab', { name: /已打印 3/ }).click();
    await until(() => rows().count()).toBe(1);
    await rows().first().getByText('等 2 箱').waitFor();
    await rows().first().dblclick();
    const panel = app.page.locator('.ant-drawer');
    await panel.getByText('包裹 1/2').waitFor();
    await until(() => panel.getByRole('img', { name: '面单图片' }).count()).toBe(2);
    await app.shot('split-printed', { docs: true });
    await press('Escape');
    await app.page.getByRole('tab', { name: /待打印/ }).click();
  });
});

describe('holding', () => {
  it('needs a reason, keeps the order from printing, and is let go again', async () => {
    await choose('250316-100004');
    await app.page.getByRole('button', { name: /^暂停/ }).click();
    const ask = app.page.getByRole('dialog');
    expect(await ask.getByRole('button', { name: /暂停 1 单/ }).isDisabled()).toBe(true);
    await ask.getByLabel('为什么暂停').fill('等买家回话');
    await ask.getByRole('button', { name: /暂停 1 单/ }).click();
    await app.page.getByText('1 单已改').first().waitFor();
    await app.page.getByRole('tab', { name: /已挂起 1/ }).click();
    await rows().first().getByText('等买家回话').waitFor();
    await rows().first().dblclick();
    await app.page.locator('.ant-drawer').getByText('已挂起：等买家回话').waitFor();
    await app.page.locator('.ant-drawer').getByRole('button', { name: '放行' }).click();
    await app.page.locator('.ant-drawer').getByText('已挂起：等买家回话').waitFor({ state: 'detached' });
    await press('Escape');
    await app.page.getByRole('tab', { name: /已挂起 0/ }).waitFor();
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors).toEqual([]);
  });
});
