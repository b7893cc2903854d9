/** Order files brought in through the page: every sample, an unknown table, bad rows mended, hidden receivers, files that mean harm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import axe from 'axe-core';
import { strToU8, zipSync } from 'fflate';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from './app.ts';
import type { App } from './app.ts';

const samples = join(import.meta.dirname, '..', 'fixtures', 'samples');
type Upload = { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

let app: App;
let dialog: Locator;
beforeAll(async () => {
  app = await openApp();
  dialog = app.page.getByRole('dialog', { name: '导入订单' });
  await app.page.getByRole('button', { name: '不用，我直接开始' }).click();
  await app.page.getByRole('heading', { name: '订单', exact: true }).waitFor();
});
afterAll(() => app.close());
// A failure leaves its dialog open; the next test starts on the plain page.
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await app.page.reload();
});

const file = (name: string, content: string | Uint8Array): Upload => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) });
const sample = (name: string): Upload => file(name, readFileSync(join(samples, name)));
const choose = (...files: Upload[]): Promise<void> => app.page.getByTestId('order-files').setInputFiles(files.map((one) => ({ ...one })));
const go = (): Locator => dialog.getByRole('button', { name: /^导入 \d+ 单/ });
const card = (name: string): Locator => dialog.locator('.file-card', { hasText: name });
const count = async (): Promise<number> => (await app.server.core.services.orders.counts()).all;
const shops = async (): Promise<string[]> => (await app.server.core.services.shops.list({ archived: false })).map(({ name }) => name).sort();

async function figures(name: string): Promise<Record<string, number>> {
  const found = await card(name).locator('[data-figure]').evaluateAll((nodes) => nodes.map((node) => [(node as HTMLElement).dataset['figure'] ?? '', Number(node.querySelector('dd')?.textContent)] as const));
  return Object.fromEntries(found);
}

/** Names the new shop where the files do not. */
async function shopNamed(name: string): Promise<void> {
  const box = dialog.getByLabel('新店铺的名字');
  if ((await box.count()) > 0 && (await box.inputValue()) === '') await box.fill(name);
}

async function close(): Promise<void> {
  await dialog.locator('.ant-modal-close').click();
  await dialog.waitFor({ state: 'detached' });
}

async function serious(selector: string): Promise<string[]> {
  await app.page.evaluate(axe.source);
  const { violations } = await app.page.evaluate<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }>(`axe.run(document.querySelector(${JSON.stringify(selector)}))`);
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const pddHeader = '订单号,订单状态,商品,商品规格,商品数量(件),收货人,手机,省,市,区,详细地址,商家实收金额(元),商品id,样式ID,商家编码-规格维度,店铺名称';
const pddRow = (number: string, over: { name?: string; phone?: string; shop?: string } = {}): string => `${number},待发货,加厚棉袜,黑色,2,${over.name ?? '张试'},${over.phone ?? '13900000001'},浙江省,杭州市,西湖区,文三路 1 号,12.50,1,2,S1,${over.shop ?? ''}`;
const pdd = (name: string, ...rows: string[]): Upload => file(name, [pddHeader, ...rows].join('\n'));

describe('the files of every platform', () => {
  it('are read at once: platform, encoding and figures before anything is saved; the shop is a new one of that platform', async () => {
    await choose(sample('taobao-orders-gbk.csv'), sample('taobao-items-gbk.csv'));
    await go().waitFor();
    expect(await card('taobao-orders-gbk.csv').innerText()).toMatch(/淘宝[\s\S]*gb18030/);
    expect(await figures('taobao-orders-gbk.csv')).toMatchObject({ rows: 200, orders: 196, lines: 268, recipients: 167, toShip: 106, added: 196, known: 0, changed: 0, rejected: 2, flagged: 16 });
    expect(await card('taobao-items-gbk.csv').innerText()).toContain('196 单配上了商品，1 单明细没有对应订单');
    expect(await count()).toBe(0);
    expect(await shops()).toEqual([]);
    await dialog.getByLabel('新店铺的名字').waitFor();
    await app.shot('import-look', { docs: true });
    expect(await serious('.ant-modal')).toEqual([]);
  });

  it('come in with one button; each row left out is told with its place and reason', async () => {
    await shopNamed('淘宝小铺');
    await app.page.keyboard.press('Control+Enter');
    await dialog.getByRole('status').getByText(/新增 196 单/).waitFor();
    const rows = await dialog.locator('tbody tr.ant-table-row').allInnerTexts();
    expect(rows.map((row) => row.split('\t'))).toMatchObject([
      ['taobao-orders-gbk.csv', '140', '142', '订单编号', expect.stringContaining('没有订单号')],
      ['taobao-orders-gbk.csv', '193', '196', '订单编号', expect.stringContaining('科学计数')],
    ]);
    await app.shot('import-done');
    expect(await serious('.ant-modal')).toEqual([]);
    await dialog.getByRole('button', { name: /看待打印/ }).click();
    await app.page.getByRole('tab', { name: /待打印 \d+/ }).waitFor();
    expect(await count()).toBe(196);
  });

  const rest = [
    ['pdd-orders-utf8bom.csv', '拼多多', { rows: 200, orders: 198, toShip: 117, rejected: 1, flagged: 14 }],
    ['douyin-orders-utf8bom.csv', '抖店', { rows: 200, orders: 143, toShip: 87, rejected: 0, flagged: 55 }],
    ['jd-orders.xlsx', '京东', { rows: 169, orders: 120, toShip: 69, rejected: 0, flagged: 43 }],
    ['1688-orders.xlsx', '1688', { rows: 144, orders: 80, toShip: 42, rejected: 0, flagged: 1 }],
    ['kuaishou-orders.csv', '快手', { rows: 138, orders: 90, toShip: 48, rejected: 0, flagged: 9 }],
    ['youzan-orders.xlsx', '有赞', { rows: 90, orders: 90, toShip: 48, rejected: 0, flagged: 3 }],
  ] as const;
  it.each(rest)('%s goes into a new shop of its own', async (name, platform, expected) => {
    const before = await count();
    await choose(sample(name));
    await dialog.getByRole('button', { name: /导入 \d+ 单/ }).waitFor();
    expect(await card(name).innerText()).toContain(platform);
    expect(await figures(name)).toMatchObject(expected);
    await shopNamed(`${platform}小铺`);
    await go().click();
    await dialog.getByRole('status').waitFor();
    expect(await count()).toBe(before + expected.orders);
    await close();
  });

  it('known again the next time: the same shop, nothing doubled', async () => {
    const before = [await count(), await shops()];
    await choose(sample('kuaishou-orders.csv'));
    await dialog.getByText('上次这样的文件放进了这家店').or(dialog.getByText('文件里写的就是这家店')).waitFor();
    await dialog.getByRole('button', { name: '这些订单都已经有了，没有变化' }).waitFor();
    expect(await figures('kuaishou-orders.csv')).toMatchObject({ added: 0, known: 90, changed: 0 });
    await close();
    expect([await count(), await shops()]).toEqual(before);
  });
});

describe('receivers that cannot be printed', () => {
  it('are told by reason; ciphertext apart, with what it means and what to do', async () => {
    const encrypted = (number: string): string => pddRow(number, { name: '##AbCdEf0123456789==', phone: '$$Zz0123456789abc==' });
    await choose(pdd('hidden.csv', encrypted('250401-1'), encrypted('250401-2'), pddRow('250401-3', { phone: '1.39E+10' }), pddRow('250401-4', { phone: '139****0001' }), pddRow('2.504E+17'), pddRow('250401-5')));
    await go().waitFor();
    const text = await dialog.innerText();
    expect(text).toContain('2 单的收件人是平台密文');
    expect(text).toContain('两个办法');
    expect(text).toContain('1 单的电话被表格软件改成了科学计数');
    expect(text).toContain('1 单的收件人被平台打了星号');
    expect(await figures('hidden.csv')).toMatchObject({ orders: 5, rejected: 1, flagged: 4 });
    await app.shot('import-hidden');
    await go().click();
    await dialog.getByRole('button', { name: '看异常' }).click();
    await app.page.getByRole('tab', { name: /异常/, selected: true }).waitFor();
  });
});

describe('rows that were refused', () => {
  it('are downloaded, mended and imported again without leaving the dialog; the history keeps them', async () => {
    const before = await count();
    await choose(pdd('today.csv', pddRow('250402-1'), pddRow('', { name: '李试' }), pddRow('250402-3')));
    await go().click();
    await dialog.getByText('1 行没有导入').waitFor();
    const [download] = await Promise.all([app.page.waitForEvent('download'), dialog.getByRole('button', { name: '下载没导入的 1 行' }).click()]);
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv).toContain('李试');
    const mended = csv.split('\r\n').map((line, index) => (index === 1 ? `250402-2${line}` : line)).join('\r\n');
    await dialog.getByTestId('mended-files').setInputFiles([{ ...file(download.suggestedFilename(), mended) }]);
    await dialog.getByRole('button', { name: /导入 1 单/ }).click();
    await dialog.getByText('每一行都导入了').waitFor();
    expect(await count()).toBe(before + 3);
    await dialog.getByRole('button', { name: '导入记录' }).click();
    const history = app.page.locator('.ant-drawer');
    const row = history.locator('tr.ant-table-row', { hasText: 'today.csv' });
    await row.getByRole('button').click();
    await history.getByText('没有订单号').waitFor();
    await app.shot('import-history');
    await history.locator('.ant-drawer-close').click();
    await close();
    // The history is one click away on the page too.
    await app.page.getByRole('button', { name: '导入记录' }).click();
    await history.locator('tr.ant-table-row', { hasText: 'today.csv' }).waitFor();
    await history.locator('.ant-drawer-close').click();
    await history.waitFor({ state: 'detached' });
  });
});

describe('files of several shops', () => {
  it('are imported one shop at a time', async () => {
    await choose(pdd('mixed.csv', pddRow('250403-1', { shop: '甲店' }), pddRow('250403-2', { shop: '乙店' }), pddRow('250403-3', { shop: '乙店' })));
    await dialog.getByText('这里面有 2 家店铺的订单：甲店、乙店').waitFor();
    await app.shot('import-mixed');
    await dialog.getByRole('button', { name: '一家一家导' }).click();
    await dialog.getByRole('button', { name: /导入 1 单/ }).waitFor();
    expect(await dialog.getByLabel('新店铺的名字').inputValue()).toBe('甲店');
    await go().click();
    await dialog.getByRole('button', { name: /接着导：乙店/ }).click();
    await dialog.getByRole('button', { name: /导入 2 单/ }).waitFor();
    expect(await dialog.getByLabel('新店铺的名字').inputValue()).toBe('乙店');
    await go().click();
    await dialog.getByText(/已放进“乙店”：新增 2 单/).waitFor();
    await close();
    expect(await shops()).toEqual(expect.arrayContaining(['甲店', '乙店']));
  });

  it('of several platforms too; an items file alone asks for its orders', async () => {
    await choose(sample('jd-orders.xlsx'), sample('youzan-orders.xlsx'));
    await dialog.getByText('这里面有不同平台的订单：京东、有赞').waitFor();
    await close();
    await app.page.getByTestId('order-files').setInputFiles([{ ...file('ExportOrderDetailList.csv', '订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码\n4088035033826999999,棉袜,9.90,2,,黑,,,等待发货,S1\n') }]);
    await dialog.getByText('只有商品明细，没有订单').waitFor();
    await app.shot('import-items-alone');
    await close();
  });
});

const table = (...numbers: string[]): string => ['地推登记', '', '流水\t给谁\t打哪个\t送到\t货\t几个', ...numbers.map((number) => `${number}\t王试\t13900000009\t浙江省杭州市西湖区文三路9号\t棉袜\t3`)].join('\n');

describe('any table', () => {
  it('is read by its columns: header found, columns guessed, corrected, kept under a name', async () => {
    await choose(file('地推.tsv', table('A10000001', 'A10000002')));
    await card('地推.tsv').getByRole('button', { name: '说明每一列是什么' }).click();
    await dialog.getByText('第 3 行是表头').waitFor();
    const name = dialog.getByRole('combobox', { name: '对应 给谁' });
    await name.click();
    await name.fill('收件人 ·');
    await name.press('Enter');
    await app.shot('import-columns');
    expect(await serious('.ant-modal')).toEqual([]);
    await dialog.getByLabel('给这种表起个名，下次自动套用').fill('地推表');
    await dialog.getByRole('button', { name: /就按这个读/ }).click();
    await go().waitFor();
    expect(await figures('地推.tsv')).toMatchObject({ orders: 2, lines: 2, flagged: 0 });
    await shopNamed('线下');
    await go().click();
    await dialog.getByRole('status').waitFor();
    await close();
  });

  it('is known the next time, wherever its header stands, and goes to the same shop', async () => {
    await choose(file('地推 2.csv', table('A10000003').split('\n').slice(2).join('\n')));
    await dialog.getByRole('button', { name: /导入 1 单/ }).waitFor();
    expect(await card('地推 2.csv').innerText()).toContain('按“地推表”读');
    await dialog.getByText('上次这样的文件放进了这家店').waitFor();
    await go().click();
    await dialog.getByRole('status').waitFor();
    await close();
  });

  it('the kept mapping is renamed and deleted; another sheet of a workbook can be chosen', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['说明'], ['第二张表才是订单']]), '说明');
    utils.book_append_sheet(book, utils.aoa_to_sheet([['号', '谁', '打哪', '哪里'], ['C1000001', '赵试', '13900000003', '江苏省南京市玄武区中山路3号']]), '三月');
    await choose(file('book.xlsx', new Uint8Array(write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer)));
    await card('book.xlsx').getByRole('button', { name: '说明每一列是什么' }).click();
    await dialog.getByRole('combobox', { name: '工作表' }).click();
    await app.page.locator('.ant-select-item-option', { hasText: '三月' }).click();
    await dialog.getByRole('combobox', { name: '对应 打哪' }).waitFor();
    await dialog.getByRole('combobox', { name: '套用保存过的对应' }).click();
    await app.page.locator('.ant-select-item-option', { hasText: '地推表' }).click();
    await dialog.getByRole('button', { name: /改\s?名/ }).click();
    const rename = app.page.locator('.ant-modal-confirm');
    await rename.getByRole('textbox').fill('地推周表');
    await rename.getByRole('button', { name: /OK|确\s?定/ }).click();
    await rename.waitFor({ state: 'detached' });
    await dialog.getByText('地推周表').first().waitFor();
    await dialog.getByRole('button', { name: /删\s?除/ }).click();
    await app.page.locator('.ant-popconfirm').getByRole('button', { name: /OK|确\s?定/ }).click();
    await dialog.getByRole('combobox', { name: '套用保存过的对应' }).waitFor({ state: 'detached' });
    await dialog.getByRole('button', { name: /返\s?回/ }).click();
    await close();
  });

  it('pasted without a header opens the same dialog', async () => {
    await app.page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, '孙试\t13900000031\t浙江省杭州市西湖区文三路31号\t棉袜\n周试\t13900000032\t浙江省杭州市西湖区文三路32号\t鞋垫');
    await dialog.getByRole('button', { name: '说明每一列是什么' }).click();
    await dialog.getByText('没有表头').first().waitFor();
    await dialog.getByRole('button', { name: /就按这个读/ }).click();
    await dialog.getByRole('button', { name: /导入 2 单/ }).waitFor();
    await shopNamed('线下');
    await dialog.getByRole('button', { name: /导入 2 单/ }).click();
    await dialog.getByRole('status').getByText(/新增 2 单/).waitFor();
    await close();
  });
});

describe('files that mean harm or are damaged', () => {
  const sheet = `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>订单号</t></is></c></row></sheetData></worksheet>`;
  const parts = { '[Content_Types].xml': strToU8('<Types/>'), 'xl/workbook.xml': strToU8('<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'), 'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/></Relationships>'), 'xl/worksheets/sheet1.xml': strToU8(sheet) };
  const secret = new Uint8Array(4096);
  secret.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  secret.set(Buffer.from('EncryptedPackage', 'utf16le'), 1024);

  it('are each refused with their reason; the good file beside them comes in; nothing of the bad ones does', async () => {
    const before = await count();
    await choose(
      file('bomb.xlsx', zipSync({ ...parts, 'xl/worksheets/sheet2.xml': new Uint8Array(60_000_000).fill(0x20) })),
      file('secret.xlsx', secret),
      file('login.xls', '<html><body><h1>请先登录</h1></body></html>'),
      file('cut.xlsx', zipSync(parts).slice(0, -40)),
      pdd('good.csv', pddRow('250404-1')),
    );
    await dialog.getByRole('button', { name: /导入 1 单/ }).waitFor({ timeout: 60_000 });
    expect(await card('bomb.xlsx').innerText()).toContain('压缩炸弹');
    expect(await card('secret.xlsx').innerText()).toContain('密码');
    expect(await card('login.xls').innerText()).toContain('没有表格');
    expect(await card('cut.xlsx').innerText()).toContain('不完整或已损坏');
    await app.shot('import-hostile');
    await go().click();
    await dialog.getByRole('status').getByText(/新增 1 单/).waitFor();
    await close();
    expect(await count()).toBe(before + 1);
  });

  it('an HTML table called .xls is read, and nothing in it is run', async () => {
    const cells = (line: string, tag: string): string => `<tr>${line.split(',').map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
    await choose(file('export.xls', `<html><script>document.title='ran'</script><table>${cells(pddHeader, 'th')}${cells(pddRow('250405-1'), 'td')}</table></html>`));
    await go().click();
    await dialog.getByRole('status').getByText(/新增 1 单/).waitFor();
    await close();
    expect(await app.page.title()).not.toBe('ran');
  });

  it('reading is stopped, and nothing is saved', async () => {
    const before = await count();
    const many = Array.from({ length: 60_000 }, (_, index) => pddRow(`250406-${index}`));
    await choose(pdd('many.csv', ...many));
    await dialog.getByRole('button', { name: /^取\s?消$/ }).click();
    await dialog.getByText('已停止，什么都没有保存。').waitFor();
    await close();
    expect(await count()).toBe(before);
  });

  it('did all that without an error on the page', () => {
    expect(app.pageErrors.filter((text) => !/4(?:09|22|99)/.test(text))).toEqual([]);
  });
});
