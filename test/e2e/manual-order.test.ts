/** Orders by hand: a form by keyboard, somebody sent to before, and a paste of several with an open question, stopped in the middle. */
import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

let app: App;
beforeAll(async () => {
  app = await openApp();
  await app.page.getByRole('button', { name: '不用，我直接开始' }).click();
  await app.page.getByRole('heading', { name: '订单', exact: true }).waitFor();
});
afterAll(() => app.close());

const orders = () => app.server.core.services.orders;
async function serious(selector: string): Promise<string[]> {
  await app.page.evaluate(axe.source);
  const { violations } = await app.page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>(`axe.run(document.querySelector(${JSON.stringify(selector)}))`);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('the manual order form', () => {
  it('makes the first shop, takes one order field by field with the keyboard, and keeps the shop for the next', async () => {
    const { page } = app;
    await page.getByRole('button', { name: /手工/ }).click();
    const dialog = page.getByRole('dialog', { name: '手工建单' });
    await dialog.getByLabel('店铺名').fill('街坊小铺');
    await page.keyboard.press('Enter');
    await dialog.getByText('街坊小铺').waitFor();
    // Opened anew, the form stands ready for a paste, also where motion is off.
    await dialog.locator('.ant-modal-close').click();
    await page.keyboard.press('Control+i');
    await dialog.locator('textarea:focus').waitFor();
    await dialog.getByLabel('收件人', { exact: true }).focus();
    await page.keyboard.type('陈青禾');
    await page.keyboard.press('Tab');
    // At a person's speed: eleven digits in a moment and Tab are a scanner.
    await page.keyboard.type('13800000001', { delay: 120 });
    // Levels from the official tables: typed a little, taken with Enter.
    for (const [words, name] of [['浙江', '浙江省'], ['杭州', '杭州市'], ['余杭', '余杭区'], ['仓前', '仓前街道']] as const) {
      await page.keyboard.press('Tab');
      await page.keyboard.type(words);
      await page.locator('.ant-select-item-option', { hasText: name }).first().waitFor();
      await page.keyboard.press('Enter');
      // As fast as a person: while the list is still open, Tab would choose in it.
      await page.locator('input:focus[aria-expanded="false"]').waitFor();
    }
    await page.keyboard.press('Tab');
    await page.keyboard.type('听松路18号');
    await page.keyboard.press('Tab');
    await page.keyboard.type('手工香皂');
    await page.keyboard.press('Tab');
    await page.keyboard.type('桂花');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('3');
    await app.shot('manual-order', { docs: true });
    expect(await serious('.ant-modal')).toEqual([]);
    await page.keyboard.press('Control+Shift+Enter');
    await page.getByText(/已建单 M/).waitFor();
    expect(await dialog.getByLabel('收件人', { exact: true }).inputValue()).toBe('');
    await dialog.getByText('街坊小铺').waitFor();
    const [order] = (await orders().list({ sort: 'newest', limit: 5 })).orders;
    expect(order).toMatchObject({ stage: 'to_print', pieces: 3, receiver: { province: '浙江省', city: '杭州市', district: '余杭区', town: '仓前街道' } });
    expect(order?.lines).toMatchObject([{ title: '手工香皂', spec: '桂花', quantity: 3 }]);
    expect(await orders().reveal(order?.id ?? '', { operator: 'test', station: { id: 'test' } })).toMatchObject({ name: '陈青禾', phone: '13800000001', detail: '听松路18号' });
  });

  it('refuses to save without a receiver, beside the fields', async () => {
    const { page } = app;
    await page.keyboard.press('Control+Enter');
    await page.getByText('没有填收件人').waitFor();
    await page.getByText('没有填电话').waitFor();
    await page.getByText('没有填地址').waitFor();
  });

  it('finds somebody sent to before by initials, masked; chosen they are filled in the clear, and that is recorded', async () => {
    const { page } = app;
    const dialog = page.getByRole('dialog', { name: '手工建单' });
    await dialog.getByLabel('以前寄过的人').fill('cqh');
    const found = page.locator('.ant-select-item-option', { hasText: '余杭区' });
    await found.waitFor();
    expect(await found.innerText()).not.toMatch(/陈青禾|13800000001/);
    await app.shot('manual-recent');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog.getByLabel('收件人', { exact: true }).inputValue()).toBe('陈青禾');
    expect(await dialog.getByLabel('电话', { exact: true }).inputValue()).toBe('13800000001');
    const [order] = (await orders().list({ sort: 'newest', limit: 1 })).orders;
    expect((await app.server.core.services.audit.list({ subject: order?.id ?? '', limit: 10 })).map(({ action }) => action)).toContain('orders.reveal');
  });

  it('goods of the shop are found by their initials; several lines; notes and a flag go with the order', async () => {
    const { page } = app;
    const dialog = page.getByRole('dialog', { name: '手工建单' });
    // Learned from the first order.
    await dialog.getByLabel('商品 第 1 种').fill('sgxz');
    await page.locator('.ant-select-item-option', { hasText: '手工香皂' }).click();
    await dialog.getByRole('button', { name: '再加一种商品' }).click();
    await dialog.getByLabel('商品 第 2 种').fill('浴盐');
    await page.keyboard.press('Escape');
    await dialog.getByLabel('备注', { exact: true }).fill('附贺卡');
    await dialog.getByText('红', { exact: true }).click();
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    const [order] = (await orders().list({ sort: 'newest', limit: 1 })).orders;
    expect(order).toMatchObject({ flag: 'red', sellerNote: '附贺卡', lines: [{ title: '手工香皂' }, { title: '浴盐', quantity: 1 }] });
  });

  it('a paste fills the form; an open question is answered with a click', async () => {
    const { page } = app;
    await page.getByRole('button', { name: /手工/ }).click();
    const dialog = page.getByRole('dialog', { name: '手工建单' });
    await dialog.getByLabel('粘贴整段文字，自动分栏').fill('李半夏 13800000002 鼓楼区听松路18号3幢');
    await dialog.getByRole('button', { name: /^识\s?别$/ }).click();
    await dialog.getByRole('button', { name: '江苏省 南京市 鼓楼区' }).click();
    expect(await dialog.getByLabel('市', { exact: true }).inputValue()).toBe('南京市');
    await app.shot('manual-guess');
    await dialog.locator('.ant-modal-close').click();
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('a paste of several recipients', () => {
  it('opens with Ctrl+V on the page; every one is read, the doubtful marked; answered, corrected, one dropped, all created', async () => {
    const { page } = app;
    const before = (await orders().counts()).all;
    const text = '陈青禾 13800000011 浙江省杭州市余杭区仓前街道听松路11号\n纯棉中筒袜 黑色 2双\n\n收货人：李半夏\n手机：13800000012\n地址：鼓楼区中山路12号\n\n王小满，江苏省南京市玄武区珠江路13号\n\n赵立春 13800000014 广东省东莞市南城街道鸿福路14号';
    await page.evaluate((given) => {
      const data = new DataTransfer();
      data.setData('text/plain', given);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, text);
    const dialog = page.getByRole('dialog', { name: '粘贴建单' });
    await dialog.getByText(/读出 4 位收件人/).waitFor();
    const cards = dialog.locator('.paste-card');
    const create = dialog.getByRole('button', { name: /建 \d 单/ });
    expect(await create.isDisabled()).toBe(true);
    await page.locator('.ant-message-notice').last().waitFor({ state: 'detached' });
    await app.shot('paste-orders', { docs: true });
    expect(await serious('.ant-modal')).toEqual([]);
    await cards.nth(1).getByRole('button', { name: '江苏省 南京市 鼓楼区' }).click();
    await cards.nth(2).getByLabel('电话', { exact: true }).fill('13800000013');
    await cards.nth(3).getByRole('button', { name: '不建这一单' }).click();
    await dialog.getByText(/读出 3 位收件人/).waitFor();
    // What the text calls goods are those of its order; another order gets its own, by keyboard; the rest share.
    await cards.nth(0).getByText('从原文读出的商品，看一眼').waitFor();
    expect(await cards.nth(0).getByLabel('商品 第 1 种').inputValue()).toBe('纯棉中筒袜');
    expect(await cards.nth(0).getByLabel('详细地址').inputValue()).toBe('听松路11号');
    await dialog.getByLabel('商品 第 1 种').first().fill('手工香皂');
    await page.keyboard.press('Escape');
    await cards.nth(2).getByRole('button', { name: '这一单另写商品' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => cards.nth(2).getByLabel('商品 第 1 种').evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await cards.nth(2).getByLabel('商品 第 1 种').inputValue()).toBe('手工香皂');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('浴盐');
    await page.keyboard.press('Escape');
    await app.shot('paste-own-goods');
    expect(await serious('.ant-modal')).toEqual([]);
    await dialog.getByRole('button', { name: /建 3 单/ }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await orders().counts()).all).toBe(before + 3);
    const made = (await orders().list({ sort: 'newest', limit: 3 })).orders;
    expect(made.map((order) => order.lines.map((line) => `${line.title} ${line.spec}×${line.quantity}`).join()).sort()).toEqual(['手工香皂 ×1', '浴盐 ×1', '纯棉中筒袜 黑色×2']);
    expect(made.map((order) => [order.stage, order.receiver.city]).sort()).toEqual([['to_print', '南京市'], ['to_print', '南京市'], ['to_print', '杭州市']]);
  });

  it('stopped in the middle, it says which were not created and why; sent again, nothing is created twice', async () => {
    const { page } = app;
    const before = (await orders().counts()).all;
    await page.getByRole('button', { name: '粘贴' }).click();
    const dialog = page.getByRole('dialog', { name: '粘贴建单' });
    const person = (name: string, index: number): string => `${name} 1380000002${index} 浙江省杭州市余杭区仓前街道听松路2${index}号`;
    await dialog.getByLabel('粘贴收件人').fill(['周小雪', '吴小寒', '郑大暑'].map(person).join('\n'));
    await dialog.getByRole('button', { name: /^识\s?别$/ }).click();
    await dialog.getByText(/读出 3 位收件人/).waitFor();
    const { manual } = app.server.core.services;
    const real = manual.createSeveral;
    // The disk gives up for the second and comes back.
    manual.createSeveral = async (inputs, actor) => (await Promise.all(inputs.map((one) => (one.receiver.name === '吴小寒' ? [{ ok: false as const, failure: { code: 'DATABASE_IO' as const, data: { reason: 'disk full' } } }] : real([one], actor))))).flat();
    await dialog.getByRole('button', { name: /建 3 单/ }).click();
    await dialog.getByText('建好 2 单，还有 1 单没有建').waitFor();
    const left = dialog.locator('.paste-card');
    expect(await left.count()).toBe(1);
    expect(await left.getByLabel('收件人', { exact: true }).inputValue()).toBe('吴小寒');
    expect(await left.getByRole('alert').innerText()).toContain('disk full');
    await app.shot('paste-stopped');
    expect((await orders().counts()).all).toBe(before + 2);
    // Now it is created, but the answer is lost on its way.
    manual.createSeveral = async (...input) => {
      await real(...input);
      throw new Error('the line broke');
    };
    await dialog.getByRole('button', { name: /建 1 单/ }).click();
    await dialog.getByText(/已经建好的不会重复/).waitFor();
    expect(await left.count()).toBe(1);
    manual.createSeveral = real;
    await dialog.getByRole('button', { name: /建 1 单/ }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await orders().counts()).all).toBe(before + 3);
  });

  it('reads the same in English', async () => {
    const { page } = app;
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: /^Paste/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Orders from a paste' });
    await dialog.getByLabel('Paste recipients').fill('李半夏 鼓楼区中山路12号\n\n陈青禾 13800000001 浙江省杭州市余杭区仓前街道听松路18号');
    await dialog.getByRole('button', { name: 'Read', exact: true }).click();
    await dialog.getByText('2 recipients read, 1 to look at').waitFor();
    expect(await serious('.ant-modal')).toEqual([]);
    await app.shot('paste-orders-en');
    await dialog.locator('.ant-modal-close').click();
    await page.getByRole('button', { name: /New/ }).click();
    await page.getByRole('dialog', { name: 'New order' }).waitFor();
    await app.shot('manual-order-en');
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors.filter((text) => !/4(?:09|22)|50[03]/.test(text))).toEqual([]);
  });
});
