import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBuiltin } from '../../common/domain/label/builtin/index.ts';
import { completeLabelData } from '../../common/domain/label/data.ts';
import type { LabelData } from '../../common/domain/label/data.ts';
import { defaultProfiles } from '../../main/printing/languages/profiles.ts';
import { fieldOf, leftRight, widthOf, wrapColumns } from '../../main/printing/languages/receipts/columns.ts';
import { encodeReceiptPages, encodeSlip } from '../../main/printing/languages/receipts/encode.ts';
import { gbkBytes } from '../../main/printing/languages/receipts/gbk.ts';
import { createLineRaster } from '../../main/printing/languages/receipts/line-raster.ts';
import { packingSlip, pickListSlip } from '../../main/printing/languages/receipts/slip.ts';
import { createLabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import type { PrinterProfile } from '../../main/printing/types.ts';
import { differences, printed } from './judging.ts';

const engine = createLabelEngine({ fonts: loadFontSet() });

function profileNamed(id: string): PrinterProfile {
  const found = defaultProfiles.find((profile) => profile.id === id);
  if (found === undefined) throw new Error(id);
  return { ...found.profile, finish: 'cut' };
}

const data: LabelData = completeLabelData({
  waybill: { number: 'YT8800000000017', carrier: { code: 'YTO', name: '圆通速递' } },
  items: [
    { title: '秋冬加厚纯棉中筒袜', shortName: '棉袜中筒', sku: '黑色 L', quantity: 2, barcode: '', location: 'A-03-2' },
    { title: '', shortName: '𠮷祥物钥匙扣', sku: '', quantity: 1, barcode: '', location: 'B-01-1' },
    { title: '洗衣袋加厚细网大号超长名称测试一定会换行的那种非常长的名称', shortName: '', sku: '大号', quantity: 12, barcode: '', location: '' },
  ],
  orders: [{ id: '3912345678901234567', shop: '晓棉家居旗舰店', platform: 'taobao', paidAt: '', buyerNote: '', sellerNote: '', flag: '', amountFen: null }],
});

describe('columns', () => {
  it('counts hanzi and full-width signs as two', () => {
    expect(widthOf('商品名称x2')).toBe(10);
    expect(widthOf('×2')).toBe(3);
    expect(widthOf('é')).toBe(1);
    expect(widthOf('𠮷')).toBe(2);
  });

  it('never makes a line wider than the paper and loses nothing but blanks', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('商', '品', 'a', 'B', ' ', '×', '𠮷', '1', '，'), { maxLength: 80 }), fc.integer({ min: 4, max: 48 }), (parts, columns) => {
        const text = parts.join('');
        const lines = wrapColumns(text, columns);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(widthOf(fieldOf(text, columns))).toBe(columns);
      }),
    );
  });

  it('puts the right text at the right edge', () => {
    const lines = leftRight('洗衣袋加厚细网大号超长名称', '×12', 32);
    expect(lines.at(-1)).toMatch(/×12$/);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(32);
  });
});

describe('GBK', () => {
  it('encodes what printers hold in two bytes and refuses the rest', () => {
    expect(gbkBytes('中A')).toEqual(Uint8Array.of(0xd6, 0xd0, 0x41));
    expect(gbkBytes('𠮷')).toBeUndefined();
    expect(gbkBytes('€')).toBeUndefined();
    expect(gbkBytes('a\u001b@b')).toEqual(Uint8Array.of(0x61, 0x40, 0x62));
  });
});

describe.each(['escpos-58', 'escpos-80'])('%s', (id) => {
  const profile = profileNamed(id);

  it('prints a packing slip as text, with the rare character as dots and the number as a code', () => {
    const bytes = encodeSlip(packingSlip(data, { recipient: '林**' }), profile, createLineRaster(engine, profile));
    const printout = printed(bytes, profile);
    expect(printout.errors).toEqual([]);
    expect(printout.labels).toHaveLength(1);
    const texts = printout.labels[0]!.texts.join('\n');
    expect(texts).toContain('晓棉家居旗舰店');
    expect(texts).toContain('棉袜中筒 黑色 L');
    expect(printout.commands.some((command) => command.name === 'GS v 0')).toBe(true);
    expect(printout.labels[0]!.codes.map((code) => code.text)).toEqual(['YT8800000000017']);
  });

  it('adds up a pick list by shelf', () => {
    const slip = pickListSlip([data, data], { printedAt: '11-22 14:05', operator: '张工' });
    const pairs = slip.lines.flatMap((line) => (line.kind === 'pair' ? [`${line.left} ${line.right}`] : []));
    expect(pairs).toContain('A-03-2 棉袜中筒 黑色 L ×4');
    expect(pairs.at(-1)).toBe('2 个包裹 3 种 共 30 件');
    expect(printed(encodeSlip(slip, profile, createLineRaster(engine, profile)), profile).errors).toEqual([]);
  });

  it('keeps its commands whatever the names hold', () => {
    const names = fc.array(fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('\u001b@', '\u0010\u0004\u0001', '\u001dV\u0000', '中', '{', 'é')), { maxLength: 5 }).map((parts) => parts.join(''));
    const blank = { width: profile.headDots, height: 30, stride: profile.headDots / 8, bits: new Uint8Array((profile.headDots / 8) * 30) };
    const known = ['ESC @', 'FS &', 'ESC E', 'GS !', 'ESC !', 'FS !', 'GS v 0', 'GS V', 'GS L'];
    fc.assert(
      fc.property(names, names, (left, right) => {
        const printout = printed(encodeSlip({ lines: [{ kind: 'text', text: left, bold: true, double: true }, { kind: 'pair', left: right, right: left }] }, profile, () => blank), profile);
        expect(printout.errors).toEqual([]);
        expect(printout.queries).toEqual([]);
        for (const { name } of printout.commands) expect([...known, 'LF', 'TEXT']).toContain(name);
      }),
      { numRuns: 150 },
    );
  });
});

it('prints the pages of a receipt document as their dots', () => {
  const profile = profileNamed('escpos-80');
  const template = findBuiltin('pick-list-80');
  const pages = engine.render(template!.document, data, { dpi: 203, headDots: profile.headDots });
  const printout = printed(encodeReceiptPages(pages, profile), profile);
  expect(printout.errors).toEqual([]);
  expect(printout.labels).toHaveLength(pages.length);
  expect(differences(printout.labels[0]!, pages[0]!)).toEqual([]);
});
