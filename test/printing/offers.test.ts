/**
 * What the print dialog offers and what then stands on the paper: templates by platform, carrier product and paper, the product that
 * stays with a number, logos a printer leaves out, and the version a reprint uses. Real core, virtual printer, codes read from its paper.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineDocument } from '../../common/domain/label/document.ts';
import type { LabelDocument } from '../../common/domain/label/document.ts';
import { field, mm, qr, text, word } from '../../common/domain/label/builtin/kit.ts';
import { universalScope } from '../../common/domain/templates/scope.ts';
import type { TemplateScope } from '../../common/domain/templates/scope.ts';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { decodePng } from '../../main/printing/raster/png.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';

let test: TestCore;
let paper: VirtualPrinter;
let printerId = '';
let shopId = '';
const actor = () => test.core.contextFor({ id: 't', name: '一号台' }, 'owner', '张工');
const profile = genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 });

/** A waybill that says in a code what it was filled with. */
const telling = (mark: string, more: LabelDocument['elements'] = []): LabelDocument =>
  defineDocument({
    format: 'packbench-label', version: 1, name: 'x', purpose: 'waybill', media: { width: mm(76), height: mm(130) },
    elements: [qr('told', [10, 10, 50, 50], [word(mark), word('|'), field('waybill.number'), word('|'), field('waybill.product')]), text('who', [4, 70, 60, 6], 4, mark), ...more],
  });

async function publish(id: string, document: LabelDocument, note = ''): Promise<string> {
  const { templates } = test.core.services;
  const draft = await templates.openDraft({ id, editor: 'e', takeOver: true }, actor());
  await templates.saveDraft({ id, editor: 'e', rev: draft.rev, document }, actor());
  const version = await templates.publish({ id, editor: 'e', note }, actor());
  await templates.closeDraft({ id, editor: 'e' });
  return version.id;
}
async function template(name: string, scope: Partial<TemplateScope> = {}): Promise<string> {
  const { templates } = test.core.services;
  const made = await templates.create({ name, media: { width: mm(76), height: mm(130), cutLines: [], continuous: false } }, actor());
  await publish(made.id, telling(name));
  await templates.update({ id: made.id, scope: { ...universalScope, ...scope } }, actor());
  return made.id;
}

async function bring(numbers: readonly string[]): Promise<string[]> {
  const { imports, orders } = test.core.services;
  const before = new Set((await orders.ids({ stage: 'to_print' }, 500)).ids);
  const rows = numbers.map((number) => `${number},"买家已付款，等待卖家发货",试甲${number.slice(-2)},浙江省 绍兴市 诸暨市 大唐街道 袜艺路${number.slice(-2)}号,139000${number.slice(-5)},2026-11-20 10:00:00,纯棉中筒袜,1`);
  const bytes = Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n${rows.join('\r\n')}\r\n`);
  await imports.importFiles({ files: [{ name: `${numbers[0]}.csv`, bytes }], shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor());
  return (await orders.ids({ stage: 'to_print' }, 500)).ids.filter((id) => !before.has(id));
}

/** Prints and gives what the code on each label of the paper says. */
async function print(orderIds: readonly string[], templateId: string, product?: string) {
  const before = paper.labels().length;
  const { finished } = await test.core.services.printing.start({ orderIds, templateId, printerId, product }, actor());
  const labels = await finished;
  const left = labels.filter((label) => label.failure === null).length;
  const printed = await paper.waitForLabels(before + left, 20_000);
  return { labels, said: printed.slice(before).map((label) => label.codes[0]?.text) };
}
async function reprint(attemptId: string | null | undefined): Promise<string | undefined> {
  const before = paper.labels().length;
  const { finished } = await test.core.services.printing.reprint({ attemptId: attemptId ?? '', reason: '看不清' }, actor());
  expect(await finished).toMatchObject([{ failure: null }]);
  return (await paper.waitForLabels(before + 1, 20_000))[before]?.codes[0]?.text;
}

beforeAll(async () => {
  test = await startTestCore();
  paper = await createVirtualPrinter({ language: 'tspl', port: 0, labelMs: 5, decode: true });
  const { shops, printers, waybills, parcels } = test.core.services;
  shopId = (await shops.create({ name: '试铺', platform: 'taobao', senderAddressId: null }, actor())).id;
  printerId = (await printers.create({ name: '前台', address: { kind: 'tcp', host: '127.0.0.1', port: paper.port }, profile }, actor())).id;
  const account = await waybills.accounts.create({ carrierCode: 'SF', branchCode: '', branchName: '', name: '顺丰月结', settlement: 'monthly', ownerShopId: shopId, unitPrice: 0, lowWater: 0, products: ['顺丰标快', '顺丰特快'], state: 'active' }, actor());
  const pool = await waybills.accounts.createPool({ accountId: account.id, name: '顺丰', ownerShopId: shopId, reserve: 0 }, actor());
  await waybills.imports.commit({ poolId: pool.id, text: 'SF0000000000001+100', expected: 100, source: 'test', topUp: true }, actor());
  await parcels.saveRules({ rules: [], fallback: 'SF', reach: [] }, actor());
}, 120_000);
afterAll(async () => {
  await test.close();
  await paper.close();
});

describe('carrier products', () => {
  it('decide which template is offered, stand on the label, and stay with the number', async () => {
    const { printing, parcels } = test.core.services;
    const fast = await template('特快专用', { products: ['顺丰特快'] });
    const usual = await template('标快专用', { products: ['顺丰标快'] });
    const [one, two, three] = await bring(['510000000000000001', '510000000000000002', '510000000000000003']);
    const orderIds = [one!, two!];

    // Nobody asked: the first product of the contract, and the template made for it.
    const choices = await printing.choices({ orderIds });
    expect(choices.products).toEqual([{ carrierCode: 'SF', name: '顺丰标快' }, { carrierCode: 'SF', name: '顺丰特快' }]);
    expect(choices.templateId).toBe(usual);
    expect(choices.templates.find((offer) => offer.id === fast)).toMatchObject({ fits: false, why: { 'zh-CN': '只用于快递产品：顺丰特快；所选含 顺丰标快' } });
    // Asked for the other one at the print bar.
    const asked = await printing.choices({ orderIds, product: '顺丰特快' });
    expect(asked.templateId).toBe(fast);
    expect(asked.templates.find((offer) => offer.id === usual)).toMatchObject({ fits: false });

    const first = await print([one!], fast, '顺丰特快');
    expect(first.said).toEqual([`特快专用|${first.labels[0]?.number}|顺丰特快`]);
    // The number keeps its product: a reprint says the same, and what is offered for the parcel follows it.
    expect(await reprint(first.labels[0]?.attemptId)).toBe(first.said[0]);
    expect((await printing.choices({ orderIds: [one!] })).templateId).toBe(fast);
    // A product no contract gives is asked of nobody: the rules decide.
    expect((await print([two!], usual, '特瞬送')).said[0]).toMatch(/^标快专用\|SF\d+\|顺丰标快$/);

    // A rule asks for it.
    await parcels.saveRules({ rules: [{ name: '袜子走特快', carrierCode: 'SF', product: '顺丰特快', conditions: { items: ['袜'] }, enabled: true }], fallback: 'SF', reach: [] }, actor());
    expect((await printing.choices({ orderIds: [three!] })).templateId).toBe(fast);
    expect((await printing.preview({ orderIds: [three!], templateId: fast, printerId, index: 0 }, actor())).lint.filter((one_) => one_.severity === 'error')).toEqual([]);
    expect((await print([three!], fast)).said[0]).toMatch(/\|顺丰特快$/);
    await parcels.saveRules({ rules: [{ name: '冷的', carrierCode: 'SF', product: '冷运到家', conditions: {}, enabled: true }], fallback: 'SF', reach: [] }, actor());
    const [four] = await bring(['510000000000000004']);
    const refused = await print([four!], 'builtin:waybill-76x130');
    expect(refused.labels).toMatchObject([{ number: null, failure: { code: 'PRODUCT_NOT_IN_CONTRACT', data: { product: '冷运到家', has: '顺丰标快、顺丰特快' } } }]);
    await parcels.saveRules({ rules: [], fallback: 'SF', reach: [] }, actor());
  }, 120_000);
});

describe('offers', () => {
  it('say for each template why it is not valid, and choose the narrowest that is', async () => {
    const { printing, printers } = test.core.services;
    const [order] = await bring(['520000000000000001']);
    const pdd = await template('拼多多专用', { platforms: ['pdd'] });
    const zto = await template('中通专用', { carriers: ['ZTO'] });
    const mine = await template('本店', { shops: [shopId] });
    const { templates } = await printing.choices({ orderIds: [order!] });
    const why = (id: string) => templates.find((offer) => offer.id === id)?.why['zh-CN'];
    expect(why(pdd)).toBe('只用于平台：拼多多；所选含 淘宝/天猫');
    expect(why(zto)).toBe('只用于快递：中通；所选含 顺丰');
    expect(why('builtin:waybill-100x150')).toBe('纸张不同：模板 100×150 mm，打印机里是 76×130 mm');
    expect(templates.find((offer) => offer.id === mine)).toMatchObject({ fits: true });
    const wide = await printers.create({ name: '宽纸', address: { kind: 'tcp', host: '127.0.0.1', port: paper.port }, profile: { ...profile, media: { ...profile.media, widthMicrometres: 100_000, heightMicrometres: 150_000 } } }, actor());
    const onWide = await printing.choices({ orderIds: [order!], printerId: wide.id });
    expect(onWide.templateId).toBe('builtin:waybill-100x150');
    expect(onWide.templates.find((offer) => offer.id === mine)?.why['zh-CN']).toBe('纸张不同：模板 76×130 mm，打印机里是 100×150 mm');
  }, 120_000);
});

describe('a print asked for all the same', () => {
  it('draws no number for a parcel the template is not meant for, and says why', async () => {
    const [order] = await bring(['525000000000000001']);
    const pdd = await template('只给拼多多', { platforms: ['pdd'] });
    const before = paper.labels().length;
    const { labels } = await print([order!], pdd);
    expect(labels).toMatchObject([{ state: 'failed', number: null, failure: { code: 'TEMPLATE_MISFIT', data: { template: '只给拼多多', why: { 'zh-CN': '只用于平台：拼多多；所选含 淘宝/天猫' } } } }]);
    expect(paper.labels()).toHaveLength(before);
    const usual = await print([order!], 'builtin:waybill-76x130');
    expect(usual.labels[0]?.number).not.toBeNull();
  }, 120_000);
});

describe('logos', () => {
  it('are left out on the printer whose paper has them, upper and lower each for itself', async () => {
    const { printing, printers } = test.core.services;
    const [order] = await bring(['530000000000000001']);
    const choice = { orderIds: [order!], templateId: 'builtin:waybill-76x130', printerId };
    /** Ink in the box of an element, in millimetres. */
    const ink = async ([x, y, width, height]: readonly [number, number, number, number]): Promise<number> => {
      const { png } = await printing.preview({ ...choice, index: 0 }, actor());
      const page = decodePng(Buffer.from(png, 'base64'))!;
      let count = 0;
      for (let row = y * 8; row < (y + height) * 8; row++) for (let column = x * 8; column < (x + width) * 8; column++) if ((page.bits[row * page.stride + (column >> 3)] ?? 0) & (0x80 >> (column & 7))) count++;
      return count;
    };
    const [upper, lower] = [[2, 3, 20, 7], [61, 123, 12, 4]] as const;
    expect([(await ink(upper)) > 0, (await ink(lower)) > 0]).toEqual([true, true]);
    await printers.update({ id: printerId, profile: { ...profile, logos: { upper: false, lower: true } } }, actor());
    expect([(await ink(upper)) > 0, (await ink(lower)) > 0]).toEqual([false, true]);
    await printers.update({ id: printerId, profile: { ...profile, logos: { upper: false, lower: false } } }, actor());
    expect([(await ink(upper)) > 0, (await ink(lower)) > 0]).toEqual([false, false]);
    // The paper is the preview: nothing is printed where the paper has its logo.
    const before = paper.labels().length;
    await (await printing.start(choice, actor())).finished;
    const [label] = (await paper.waitForLabels(before + 1, 20_000)).slice(before);
    expect(label?.complete).toBe(true);
    await printers.update({ id: printerId, profile }, actor());
  }, 120_000);
});

describe('versions', () => {
  it('a reprint uses the version the label was printed with, after a newer one was published and after rolling back', async () => {
    const { templates } = test.core.services;
    const orders = await bring(['540000000000000001', '540000000000000002', '540000000000000003']);
    const id = await template('一版');
    const first = await print([orders[0]!], id);
    const [one] = await templates.versions(id);
    await publish(id, telling('二版'));
    const second = await print([orders[1]!], id);
    expect([first.said[0]?.slice(0, 2), second.said[0]?.slice(0, 2)]).toEqual(['一版', '二版']);
    expect(await reprint(first.labels[0]?.attemptId)).toBe(first.said[0]);
    await templates.rollBack({ id, versionId: one?.id ?? '', note: '' }, actor());
    expect(await reprint(second.labels[0]?.attemptId)).toBe(second.said[0]);
    expect((await print([orders[2]!], id)).said[0]?.slice(0, 2)).toBe('一版');
    // Archived: offered no more, and its labels can still be printed again.
    await templates.update({ id, archived: true }, actor());
    expect(await reprint(second.labels[0]?.attemptId)).toBe(second.said[0]);
  }, 120_000);
});

describe('an order in several boxes', () => {
  it('split by weight says on each label which box of how many it is, the reprint of one too', async () => {
    const { imports, items, orders, parcels } = test.core.services;
    const bytes = Buffer.from('\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量\r\n560000000000000001,"买家已付款，等待卖家发货",试甲,浙江省 绍兴市 诸暨市 大唐街道 袜艺路1号,13900000001,2026-11-20 10:00:00,加厚毛毯,5\r\n');
    await imports.importFiles({ files: [{ name: 'boxes.csv', bytes }], shopId, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor());
    const { ids: [order = ''] } = await orders.ids({ stage: 'to_print', search: '560000000000000001' }, 5);
    const [blanket] = (await items.list({ search: '加厚毛毯', filter: 'all', offset: 0, limit: 5 })).items;
    await items.update({ id: blanket?.id ?? '', weightGrams: 400, skus: [] }, actor());
    expect((await parcels.split(order, { type: 'weight', maxGrams: 1_000, defaultGrams: 500 }, actor())).map((box) => box.weightGrams)).toEqual([800, 800, 400]);
    const id = await template('几箱');
    await publish(id, telling('', [qr('box', [20, 80, 30, 30], [field('parcel.index'), word('/'), field('parcel.total'), word(' '), field('waybill.number')])]));
    const before = paper.labels().length;
    const { labels } = await print([order], id);
    const numbers = labels.map((label) => label.number);
    expect(new Set(numbers).size).toBe(3);
    const boxes = paper.labels().slice(before).map(({ codes }) => codes.map((code) => code.text).find((text) => text.includes('/')));
    expect(boxes).toEqual([`1/3 ${numbers[0]}`, `2/3 ${numbers[1]}`, `3/3 ${numbers[2]}`]);
    await reprint(labels[1]?.attemptId);
    expect(paper.labels().at(-1)?.codes.map((code) => code.text)).toContain(`2/3 ${numbers[1]}`);
  }, 120_000);
});

describe('a field that no longer exists', () => {
  it('in a published template refuses the label before a number is drawn, and names the field', async () => {
    const { printing } = test.core.services;
    const [order] = await bring(['550000000000000001']);
    const id = await template('旧字段');
    const { document } = await test.core.services.templates.resolve(id);
    // A program that knew one field more published this.
    const old = { ...document, elements: [...document.elements, text('gone', [4, 90, 60, 6], 4, field('recipient.nickname'))] };
    const file = new Database(join(test.folder, 'packbench.db'));
    file.prepare('update template_versions set document = ? where template_id = ?').run(JSON.stringify(old), id);
    file.close();
    const { labels } = await print([order!], id);
    expect(labels).toMatchObject([{ number: null, attemptId: null, failure: { code: 'LABEL_FAULTY', data: { findings: [{ code: 'unknown_field', element: 'gone', message: 'there is no field recipient.nickname' }] } } }]);
    // Nothing is lost: the draft still has the element, the check says what to cure, and the order waits.
    expect((await test.core.services.templates.resolve(id)).document.elements).toHaveLength(3);
    expect((await printing.plan([order!])).numbers).toBe(1);
  }, 120_000);
});
