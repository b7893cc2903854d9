/** The screens of numbers as a lead uses them: an account, a pool, numbers in, a grant, the books; and labels nobody knows about. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

const lead = { operator: '王主管', station: { id: 'host' } };
let app: App;
let shopId = '';
beforeAll(async () => {
  app = await openApp();
  const { page } = app;
  await page.getByRole('button', { name: '不用' }).click();
  const { shops } = app.server.core.services;
  shopId = (await shops.create({ name: '大唐袜业', platform: 'taobao', senderAddressId: null }, lead)).id;
  await shops.create({ name: '二店', platform: 'pdd', senderAddressId: null }, lead);
  app.server.core.services.changes.emit('shops');
});
afterAll(() => app.close());

const choose = async (label: string, option: string): Promise<void> => {
  const { page } = app;
  await page.getByRole('dialog').getByLabel(label, { exact: true }).click();
  await page.locator('.ant-select-dropdown:visible').locator('.ant-select-item-option', { hasText: option }).first().evaluate((element: HTMLElement) => element.click());
};

describe('numbers', { timeout: 120_000 }, () => {
  it('an account is made, activated and given numbers from a pasted range', async () => {
    const { page } = app;
    await page.getByRole('navigation').getByText('单号').click();
    await page.getByRole('button', { name: '新账号' }).click();
    await page.getByLabel('名称').fill('圆通-大唐');
    await page.getByLabel('网点', { exact: true }).fill('诸暨大唐');
    await page.getByRole('button', { name: /确\s?定/ }).click();
    await page.getByRole('cell', { name: '圆通-大唐', exact: true }).waitFor();
    await page.locator('tbody').getByRole('button', { name: /状\s?态/ }).click();
    await page.getByRole('menuitem', { name: '使用中' }).evaluate((element: HTMLElement) => element.click());
    await page.locator('tbody').getByText('使用中').waitFor();

    await page.getByRole('tab', { name: '单号池' }).click();
    await page.getByRole('button', { name: '新单号池' }).click();
    await choose('账号', '圆通-大唐');
    await page.getByRole('dialog').getByLabel('名称').fill('大唐一号池');
    await choose('所有店铺', '大唐袜业');
    await page.getByRole('dialog').getByRole('button', { name: /确\s?定/ }).click();
    await page.getByRole('cell', { name: '大唐一号池' }).waitFor();
    await page.getByRole('button', { name: '导入单号' }).click();
    await page.getByLabel('号段或名单').fill('YT8800000000001+500');
    await page.getByRole('button', { name: /核\s?对/ }).click();
    await page.getByTestId('import-preview').getByText('共 500 个单号').waitFor();
    await page.getByRole('button', { name: '导入 500 个' }).click();
    await page.getByText('已导入 500 个单号').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // The same range again: refused with the list of what is known, before anything is taken in.
    await page.getByRole('button', { name: '导入单号' }).click();
    await page.getByLabel('号段或名单').fill('YT8800000000499+4');
    await page.getByRole('button', { name: /核\s?对/ }).click();
    await page.getByText('2 个已经在账号里').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: /取\s?消/ }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('a second shop draws by a grant; the bar shows who used what', async () => {
    const { page } = app;
    const { waybills, shops } = app.server.core.services;
    await page.getByRole('tab', { name: '面单共享' }).click();
    await page.getByRole('button', { name: '共享给店铺' }).click();
    await choose('单号池', '大唐一号池');
    await choose('店铺', '二店');
    await page.getByRole('dialog').getByLabel('上限', { exact: true }).fill('50');
    await page.getByRole('dialog').getByRole('button', { name: /^确\s?定$/ }).click();
    await page.getByRole('cell', { name: '二店' }).first().waitFor();
    const second = (await shops.findByName('二店'))?.id ?? '';
    const draw = (shop: string, tag: string, n: number) =>
      waybills.draw({
        requests: Array.from({ length: n }, (_, i) => ({ parcelId: `${tag}-${i}`, shopId: shop, requestKey: `${tag}-${i}` })),
        jobId: `job-${tag}`, printerId: 'prn', templateVersionId: 'tv', operator: '张工', station: { id: 'host' },
      });
    expect((await draw(shopId, 'own', 120)).every((one) => one.ok)).toBe(true);
    expect((await draw(second, 'two', 52)).filter((one) => one.ok)).toHaveLength(50);
    app.server.core.services.changes.emit('waybills');
    await page.getByRole('tab', { name: '单号池' }).click();
    await page.getByText('大唐袜业 120').waitFor();
    await page.getByRole('banner').getByText('号余 330').waitFor();
    await page.getByText('二店 50').waitFor();
    await app.shot('numbers-pools', { docs: true });
  });

  it('the ledger follows one number, and the books add up', async () => {
    const { page } = app;
    await page.getByRole('tab', { name: '台账' }).click();
    await page.getByPlaceholder('扫或输入单号').fill('YT88 0000 0000 003');
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await drawer.getByText('导入').first().waitFor();
    await drawer.getByText('取号').first().waitFor();
    await drawer.getByText('own-2').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: '对账' }).click();
    await page.getByRole('button', { name: '现在对账' }).click();
    await page.getByTestId('books').getByText('对得上').waitFor();
    await app.shot('numbers-books', { docs: true });
  });

  it('one scan settles the labels nobody knows about', async () => {
    const { page } = app;
    const { attempts } = app.server.core.services;
    const labels = (await attempts.list({ jobId: 'job-own', limit: 200 })).sort((a, b) => a.position - b.position);
    const bytes = { sha256: 'a'.repeat(64), byteCount: 10 };
    for (const label of labels.slice(0, 5)) {
      await attempts.sink.sending(label.id, bytes);
      if (label.position <= 2) await attempts.sink.sent(label.id, [{ kind: 'transport' }]);
      else await attempts.sink.uncertain(label.id, '连接断开');
    }
    await page.getByRole('link', { name: /待确认/ }).click();
    await page.getByTestId('doubt').getByText('这 3 张面单不知道有没有打出来').waitFor();
    await app.shot('uncertain', { docs: true });
    // As a scanner types it, with its suffix.
    await page.getByLabel('扫最后一张好的面单').fill(`${labels[3]?.number ?? ''}@1`);
    await page.keyboard.press('Enter');
    await page.getByText('已结清：4 张出来了，1 张没出来').waitFor();
    await page.getByText('没有待确认的面单').waitFor();
    expect((await attempts.get(labels[4]?.id ?? '')).state).toBe('not_printed');
  });

  it('a stopped ledger is said in plain words, and resumes after a check', async () => {
    const { page } = app;
    await app.server.core.services.waybills.pause({ reason: '盘点' }, lead);
    await page.getByRole('navigation').getByText('单号').click();
    await page.getByText('已停止发号').first().waitFor();
    await page.getByRole('button', { name: '检查后恢复' }).click();
    await page.getByText('已恢复发号').waitFor();
    expect(app.pageErrors).toEqual([]);
  });
});
