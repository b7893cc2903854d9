/** Parcels of the day in a real core: which are offered for a template and why, and what a test with one of them puts on paper. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtinTemplates } from '../../common/domain/label/builtin/index.ts';
import { hashBitmap } from '../../common/domain/label/bitmap.ts';
import { labelDataSchema } from '../../common/domain/label/data.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { markAsSample, sampleNumber } from '../../common/domain/templates/sample-mark.ts';
import { universalScope } from '../../common/domain/templates/scope.ts';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { createLabelEngine } from '../../main/printing/raster/engine.ts';
import { decodePng } from '../../main/printing/raster/png.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { startTestCore } from '../core.ts';
import type { TestCore } from '../core.ts';
import { createVirtualPrinter } from '../virtual-printer/printer.ts';
import type { VirtualPrinter } from '../virtual-printer/printer.ts';

let test: TestCore;
let paper: VirtualPrinter;
let printerId = '';
let templateId = '';
let second = '';
const actor = () => test.core.contextFor({ id: 't', name: '一号台' }, 'owner', '张工');

/** Rows of a Taobao order list: number, recipient, address, goods, quantity, note of the buyer. */
function csv(rows: readonly (readonly [string, string, string, string, number, string])[]): Buffer {
  const lines = rows.map(([number, name, address, goods, quantity, note]) => `${number},"买家已付款，等待卖家发货",${name},${address},13912345678,2026-11-20 10:00:00,${goods},${quantity},${note}`);
  return Buffer.from(`\ufeff订单编号,订单状态,收货人姓名,收货地址,联系手机,订单付款时间,宝贝标题,宝贝总数量,买家留言\r\n${lines.join('\r\n')}\r\n`);
}

beforeAll(async () => {
  test = await startTestCore();
  paper = await createVirtualPrinter({ language: 'tspl', port: 0, labelMs: 5, decode: true });
  const { shops, imports, printers, templates } = test.core.services;
  const bring = async (name: string, file: Buffer): Promise<string> => {
    const { id } = await shops.create({ name, platform: 'taobao', senderAddressId: null }, actor());
    await imports.importFiles({ files: [{ name: 'a.csv', bytes: file }], shopId: id, dryRun: false, mixedShops: false, language: 'zh-CN', source: 'file' }, actor());
    return id;
  };
  const plain = Array.from({ length: 14 }, (_, i) => [`40000000000000010${String(i).padStart(2, '0')}`, '林晓梅', `浙江省 绍兴市 诸暨市 大唐街道 袜艺路${i + 10}号`, '纯棉中筒袜', 1, ''] as const);
  await bring('晓棉家居', csv([
    ...plain,
    ['4000000000000000201', '王小北', '新疆维吾尔自治区 克孜勒苏柯尔克孜自治州 阿克陶县 塔尔塔吉克民族乡 巴格艾格孜村第三小组岔路口右手边蓝色铁皮大门院内7号楼12单元1702室', '纯棉中筒袜', 1, ''],
    ['4000000000000000202', '𠮷田晴', '浙江省 杭州市 西湖区 文三路1号', '纯棉中筒袜', 1, ''],
    ['4000000000000000203', '陈安', '浙江省 杭州市 西湖区 文三路2号', '纯棉中筒袜', 1, '一定用纸箱，不要袋子，上次都压扁了，谢谢老板'],
  ]));
  second = await bring('晓棉二店', csv([['4000000000000000301', '赵一', '浙江省 杭州市 西湖区 文三路3号', '毛巾', 1, '']]));
  printerId = (await printers.create({ name: '前台', address: { kind: 'tcp', host: '127.0.0.1', port: paper.port }, profile: genericProfile({ language: 'tspl', dpi: 203, widthMicrometres: 76_000, heightMicrometres: 130_000 }) }, actor())).id;
  templateId = (await templates.create({ name: '一联', copyOf: 'builtin:waybill-76x130' }, actor())).id;
});
afterAll(async () => {
  await test.close();
  await paper.close();
});

describe('parcels of the day', () => {
  it('are those that wait for their label: the hardest, each with its reason, then those that leave first', async () => {
    const { orders, templates } = test.core.services;
    const offered = await templates.realData(templateId, actor());
    const number = (name: string): string => name.slice(-3);
    expect(offered).toHaveLength(10);
    expect(offered.slice(0, 4).map((one) => [number(one.name), one.why])).toEqual([['201', ['longest_address']], [expect.any(String), expect.arrayContaining(['most_goods'])], ['203', ['longest_note']], ['202', ['rare_characters']]]);
    expect(offered.slice(4).every((one) => one.why.join() === 'due_first')).toBe(true);
    // What would print stands on the canvas: the destination too, and nobody's phone or room.
    expect(offered[0]?.data).toMatchObject({ waybill: { sortCode: '克孜勒苏 阿克陶县' } });
    expect(JSON.stringify(offered)).not.toMatch(/13912345678|1702室/);
    // One that waits no longer is not offered any more.
    const { ids } = await orders.ids({ search: '4000000000000000201' }, 5);
    await orders.hold(ids, '等补货', actor());
    expect((await templates.realData(templateId, actor())).map((one) => one.id)).not.toContain(ids[0]);
    await orders.release(ids, actor());
  });

  it('are merged and split as they would print, dot for dot as the print preview shows them, and looking makes nothing', async () => {
    const { orders, parcels, printing, templates } = test.core.services;
    const idsOf = async (search: string): Promise<string[]> => (await orders.ids({ search }, 5)).ids;
    const [one] = await idsOf('4000000000000001000');
    const [two] = await idsOf('4000000000000001001');
    const [three] = await idsOf('4000000000000001002');
    const together = [one, two, three].map((id) => id ?? '');
    await parcels.merge([together], true, actor());
    const [merged, ...others] = await templates.realData(templateId, actor());
    expect(merged).toMatchObject({ name: expect.stringMatching(/^晓棉家居 4000000000000001000 \+2$/), why: expect.arrayContaining(['most_orders']) });
    expect(merged?.data).toMatchObject({ orders: [{ id: '4000000000000001000' }, { id: '4000000000000001001' }, { id: '4000000000000001002' }], job: { operator: '张工', station: '一号台' } });
    // Of the same goods in all three, one line.
    expect(merged?.data['items']).toMatchObject([{ quantity: 3 }]);
    // In it three orders are offered once; nothing was made of the others by looking.
    expect(others.map((other) => other.name).filter((name) => /100[012]$/.test(name))).toEqual([]);
    expect(others.some((other) => other.id.startsWith('ord_'))).toBe(true);

    const engine = createLabelEngine({ fonts: loadFontSet() });
    const document = (await templates.resolve('builtin:waybill-76x130')).document;
    const shown = (printedAt: string): string => {
      const data = labelDataSchema.parse({ ...merged?.data, job: { ...(merged?.data['job'] as object), sequence: 1, total: 1, printedAt } });
      return hashBitmap(engine.render(document, data, { dpi: 203 })[0]!.bitmap);
    };
    const before = new Date().toISOString();
    const { png } = await printing.preview({ orderIds: together, templateId: 'builtin:waybill-76x130', printerId, index: 0 }, actor());
    const printed = decodePng(Buffer.from(png, 'base64'));
    expect([shown(before), shown(new Date().toISOString())]).toContain(printed && hashBitmap(printed));
    // A test print of it is the whole parcel too.
    const count = paper.labels().length;
    await templates.testPrint({ id: templateId, printerId, sample: 'typical', parcelId: merged?.id }, actor());
    expect((await paper.waitForLabels(count + 1)).at(-1)?.codes.map((code) => code.text)).toContain(sampleNumber);
  });

  it('are those the template is for', async () => {
    const { templates } = test.core.services;
    const of = async (scope: Partial<typeof universalScope>): Promise<string[]> => {
      await templates.update({ id: templateId, scope: { ...universalScope, ...scope } }, actor());
      return [...new Set((await templates.realData(templateId, actor())).map((one) => one.name.split(' ')[0] ?? ''))].sort();
    };
    expect(await of({ shops: [second] })).toEqual(['晓棉二店']);
    expect((await of({ platforms: ['taobao'] })).length).toBe(2);
    expect(await of({ platforms: ['pdd'] })).toEqual([]);
    expect((await of({})).length).toBe(2);
  });

  it('print for a test as they are, marked, with a number no carrier knows; none is drawn and nothing is noted', async () => {
    const { attempts, orders, templates } = test.core.services;
    const hardest = (await templates.realData(templateId, actor())).find((one) => one.why.includes('longest_address'));
    const before = await orders.get(hardest?.id ?? '');
    await templates.testPrint({ id: templateId, printerId, sample: 'typical', parcelId: hardest?.id }, actor());
    const label = (await paper.waitForLabels(2)).at(-1);
    expect(new Set(label?.codes.map((one) => one.text))).toEqual(new Set([sampleNumber]));
    expect(paper.log().filter((one) => one.kind === 'problem' && one.severity !== 'note')).toEqual([]);
    expect(await attempts.list({ limit: 10 })).toEqual([]);
    expect(await orders.get(hardest?.id ?? '')).toEqual(before);
    // A sample prints as it is.
    await templates.testPrint({ id: templateId, printerId, sample: 'typical' }, actor());
    const next = (await paper.waitForLabels(3)).at(-1);
    expect(next?.codes.map((one) => one.text)).toContain('YT8800000000017');
    expect(next?.dotsSha256).not.toBe(label?.dotsSha256);
    await expect(templates.testPrint({ id: templateId, printerId, sample: 'typical', parcelId: 'nobody' }, actor())).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('the mark of a sample', () => {
  const engine = createLabelEngine({ fonts: loadFontSet() });
  it.each(builtinTemplates.map(({ id, document }) => [id, document] as const))('stands on %s over no code, in white where there is any', (_, document) => {
    for (const { data } of labelSamples) {
      const given = { ...data, waybill: { ...data.waybill, number: sampleNumber, qr: '' } };
      const plain = engine.render(document, given, { dpi: 203 });
      const marked = markAsSample(document, plain);
      expect(markAsSample(marked, plain).elements).toHaveLength(marked.elements.length);
      const labels = engine.render(marked, given, { dpi: 203 });
      expect(labels.flatMap((label) => label.lint.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.element}`))).toEqual([]);
      const ships = document.purpose === 'waybill' || document.purpose === 'return';
      expect(marked === document).toBe(!ships);
      if (ships) expect(labels.every((label, index) => Buffer.compare(label.bitmap.bits, plain[index]?.bitmap.bits ?? new Uint8Array()) !== 0)).toBe(true);
    }
  });
});
