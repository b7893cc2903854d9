/** The label engine with the real fonts: what holds for every document and every text. */
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBitmap, crop, dotAt, hashBitmap, inkBounds, rotate } from '../../common/domain/label/bitmap.ts';
import { completeLabelData, type LabelData } from '../../common/domain/label/data.ts';
import { allElements, readDocument, type LabelDocument, type LabelElementInput } from '../../common/domain/label/document.ts';
import { builtinTemplates, findBuiltin } from '../../common/domain/label/builtin/index.ts';
import type { FontSet } from '../../common/domain/label/fonts/font-set.ts';
import { paint } from '../../common/domain/label/paint.ts';
import type { RenderedLabel } from '../../common/domain/label/rendered.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { createLabelEngine, isPrintable, unreadCodes, type LabelEngine } from '../../main/printing/raster/engine.ts';
import { readPackage, writePackage } from '../../common/domain/templates/package.ts';
import { universalScope } from '../../common/domain/templates/scope.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';
import { elementKinds, randomElements, randomMedia } from './random-documents.ts';

let fonts: FontSet;
let engine: LabelEngine;
beforeAll(() => {
  fonts = loadFontSet();
  engine = createLabelEngine({ fonts });
});

const typical = labelSamples[0]!.data;

function documentOf(elements: LabelElementInput[], more: Record<string, unknown> = {}): LabelDocument {
  const reading = readDocument({ format: 'packbench-label', version: 1, name: 'test', media: { width: 76_000, height: 60_000 }, elements, ...more });
  if (!reading.ok) throw new Error(JSON.stringify(reading));
  return reading.document;
}

function render(elements: LabelElementInput[], options: { data?: LabelData; dpi?: number; headDots?: number; media?: unknown; logos?: { upper: boolean; lower: boolean } } = {}): RenderedLabel {
  const document = documentOf(elements, options.media ? { media: options.media } : {});
  return engine.render(document, options.data ?? typical, { dpi: options.dpi ?? 203, headDots: options.headDots, logos: options.logos })[0]!;
}

const found = (label: RenderedLabel): string[] => label.lint.filter((finding) => finding.severity !== 'info').map((finding) => `${finding.code} ${finding.element}`);
const words = (id: string, content: string, more: Record<string, unknown> = {}): LabelElementInput =>
  ({ id, type: 'text', x: 5_000, y: 5_000, width: 60_000, height: 6_000, font: { size: 4_000 }, content: [{ text: content }], ...more }) as LabelElementInput;
const bars = (id: string, content: string, more: Record<string, unknown> = {}): LabelElementInput =>
  ({ id, type: 'barcode', symbology: 'code128', x: 3_000, y: 20_000, width: 70_000, height: 12_000, content: [{ text: content }], ...more }) as LabelElementInput;

/** The page is exactly the union of its operations, whatever happened. */
function expectUnion(label: RenderedLabel): void {
  const page = createBitmap(label.bitmap.width, label.bitmap.height);
  paint(label.ops, page);
  expect(hashBitmap(page)).toBe(hashBitmap(label.bitmap));
  for (const op of label.ops) {
    const rect = op.kind === 'bitmap' ? { x: op.x, y: op.y, width: op.bitmap.width, height: op.bitmap.height } : op.rect;
    expect(rect.x >= 0 && rect.y >= 0 && rect.x + rect.width <= page.width && rect.y + rect.height <= page.height).toBe(true);
  }
}

describe('any text', () => {
  const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('\ud800', '^XZ~JA', '"\r\nPRINT 1\r\n', '\u202Eabc', '👨‍👩‍👧‍👦', 'é́́́', '\0\0', '　', 'a'.repeat(500), '字'.repeat(500)));

  it('never throws, never leaves the page, and always gives the union of its operations', () => {
    const templates = builtinTemplates.filter((template) => ['waybill-76x130', 'return-100x110', 'pick-list-80', 'item-60x40'].includes(template.id));
    fc.assert(
      fc.property(anything, anything, anything, anything, fc.constantFrom(...templates), (a, b, c, d, template) => {
        const data = completeLabelData({
          waybill: { number: a, sortCode: b, consolidation: c, qr: d, carrier: { name: b } },
          recipient: { name: a, phone: b, detail: c, city: d },
          items: [{ title: d, shortName: a, sku: b, quantity: 3, barcode: c, location: d }],
          orders: [{ id: a, shop: c, buyerNote: d, sellerNote: b, paidAt: a }],
          job: { printedAt: b, operator: c },
        });
        for (const label of engine.render(template.document, data, { dpi: 203 })) expectUnion(label);
      }),
      { numRuns: 40 },
    );
  });
});

describe('documents', () => {
  it('survive saving and loading with the same dots', () => {
    for (const { document } of builtinTemplates) {
      const again = readDocument(JSON.parse(JSON.stringify(document)));
      expect(again.ok).toBe(true);
      if (!again.ok) continue;
      for (const { data } of labelSamples) {
        const before = engine.render(document, data, { dpi: 203 }).map((label) => hashBitmap(label.bitmap));
        const after = engine.render(again.document, data, { dpi: 203 }).map((label) => hashBitmap(label.bitmap));
        expect(after).toEqual(before);
      }
    }
  });

  it('give the same dots from a cold engine as from a warm one', () => {
    const { document } = findBuiltin('waybill-76x130')!;
    const cold = createLabelEngine({ fonts: loadFontSet() });
    for (const { data } of labelSamples) expect(hashBitmap(cold.render(document, data, { dpi: 203 })[0]!.bitmap)).toBe(hashBitmap(engine.render(document, data, { dpi: 203 })[0]!.bitmap));
  });

  it('keep operations on the page also where only their white margin would stick out', () => {
    const elements = Array.from({ length: 24 }, (_, i) => words(`t${i}`, '一', { rotation: i % 2 === 0 ? 270 : 90, x: i * 125, y: 20_000 + i * 125, width: 4_000, height: 8_000 }));
    const wide = elements.map((element, i) => ({ ...element, id: `r${i}`, x: 71_000 + i * 125 }));
    const low = elements.map((element, i) => ({ ...element, id: `b${i}`, y: 51_000 + i * 125 }));
    expectUnion(render([...elements, ...wide, ...low]));
  });

  it('of random elements survive save, load, render', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomElements, randomMedia, fc.constantFrom(203, 300), (elements, media, dpi) => {
        const document = documentOf(elements, { media });
        for (const one of allElements(document.elements)) seen.add(one.type);
        // As a file of its own, and back.
        const again = readPackage(writePackage({ name: 'x', scope: universalScope, document }));
        const first = engine.render(document, typical, { dpi });
        first.forEach(expectUnion);
        expect(again).toMatchObject({ ok: true });
        if (again.ok) expect(engine.render(again.document, typical, { dpi }).map((label) => hashBitmap(label.bitmap))).toEqual(first.map((label) => hashBitmap(label.bitmap)));
      }),
      { numRuns: 120 },
    );
    expect([...seen].sort()).toEqual([...elementKinds].sort());
  });
});

describe('layout', () => {
  it('is made anew per resolution: modules are whole dots, as wide as fit', () => {
    const module = (dpi: number): number => {
      const op = render([bars('code', 'YT8800000000017')], { dpi }).ops.find((one) => one.kind === 'linear');
      return op?.kind === 'linear' ? op.module : 0;
    };
    expect([module(203), module(300), module(600)]).toEqual([3, 5, 10]);
  });

  it('shrinks text to fit, not below what is allowed', () => {
    const fit = { kind: 'shrink', smallest: 3_000 };
    expect(found(render([words('t', '一二三四五六七八九十一二三四五六', { fit })]))).toEqual([]);
    expect(found(render([words('t', '一'.repeat(30), { fit })]))).toEqual(['text_cut t']);
  });

  it('continues a table on as many labels as it needs, every row once', () => {
    const { document } = findBuiltin('handover-a4')!;
    const labels = engine.render(document, labelSamples[1]!.data, { dpi: 203 });
    expect(labels.map((label) => label.part)).toEqual([{ index: 1, total: 2 }, { index: 2, total: 2 }]);
  });

  it('sums up what a table cannot hold', () => {
    const label = engine.render(findBuiltin('waybill-76x130')!.document, labelSamples[1]!.data, { dpi: 203 })[0]!;
    const hidden = label.lint.find((finding) => finding.code === 'rows_hidden')!;
    expect(Number(hidden.data!['shown'])).toBeGreaterThan(2);
  });

  it('leaves logos out where the paper has them', () => {
    const { document } = findBuiltin('waybill-76x130')!;
    const hash = (logos?: { upper: boolean; lower: boolean }): string => hashBitmap(engine.render(document, typical, { dpi: 203, logos })[0]!.bitmap);
    expect(new Set([hash(), hash({ upper: false, lower: true }), hash({ upper: true, lower: false }), hash({ upper: false, lower: false })]).size).toBe(4);
    expect(hash({ upper: true, lower: true })).toBe(hash());
  });

  it('prints the reprint mark on reprints only', () => {
    const { document } = findBuiltin('waybill-76x130')!;
    const once = engine.render(document, typical, { dpi: 203 })[0]!;
    const again = engine.render(document, { ...typical, job: { ...typical.job, reprint: true, attempt: 2 } }, { dpi: 203 })[0]!;
    expect(hashBitmap(once.bitmap)).not.toBe(hashBitmap(again.bitmap));
  });

  it('dithers a grey picture to its greyness and cuts it at the threshold', () => {
    const side = 64;
    const grey = deflateSync(Uint8Array.from({ length: side * side }, (_, i) => Math.floor(((i % side) * 256) / side))).toString('base64');
    const image = (method: 'dither' | 'threshold', rotation: 0 | 90): RenderedLabel =>
      render([{ id: 'i', type: 'image', x: 0, y: 0, width: 8_000, height: 8_000, rotation, method, picture: { width: side, height: side, grey } } as LabelElementInput]);
    const share = (label: RenderedLabel, x: number, y: number, width: number, height: number): number => {
      let ink = 0;
      for (let row = y; row < y + height; row++) for (let column = x; column < x + width; column++) if (dotAt(label.bitmap, column, row)) ink++;
      return ink / (width * height);
    };
    expect(share(image('dither', 0), 0, 0, 64, 64)).toBeCloseTo(0.5, 1);
    expect(share(image('dither', 0), 0, 0, 16, 64)).toBeGreaterThan(0.8);
    expect([share(image('threshold', 0), 0, 0, 32, 64), share(image('threshold', 0), 32, 0, 32, 64)]).toEqual([1, 0]);
    expect([share(image('threshold', 90), 0, 0, 64, 32), share(image('threshold', 90), 0, 32, 64, 32)]).toEqual([1, 0]);
    expect(found(image('dither', 0))).toEqual([]);
  });

  it('shows groups by their condition, inside elements relative to them', () => {
    const grouped = (value: string): RenderedLabel =>
      render([{ id: 'g', type: 'group', x: 10_000, y: 10_000, width: 20_000, height: 20_000, when: { op: 'is', field: 'order.platform', value }, elements: [{ id: 'b', type: 'box', x: 1_000, y: 2_000, width: 5_000, height: 5_000, filled: true } as LabelElementInput] }]);
    expect(grouped('pdd').ops).toEqual([]);
    expect(grouped('taobao').ops).toEqual([{ kind: 'fill', rect: { x: 88, y: 96, width: 40, height: 40 } }]);
  });

  it('turns text so that it reads downwards at 90 degrees and upwards at 270', () => {
    const ink = (rotation: 0 | 90 | 180 | 270): { width: number; height: number; bitmap: RenderedLabel['bitmap'] } => {
      const lying = rotation === 90 || rotation === 270;
      const label = render([words('t', 'F7', { rotation, x: 10_000, y: 10_000, width: lying ? 6_000 : 20_000, height: lying ? 20_000 : 6_000 })]);
      const bounds = inkBounds(label.bitmap)!;
      return { width: bounds.width, height: bounds.height, bitmap: crop(label.bitmap, bounds) };
    };
    const upright = ink(0).bitmap;
    for (const rotation of [90, 180, 270] as const) expect(hashBitmap(ink(rotation).bitmap)).toBe(hashBitmap(rotate(upright, rotation)));
  });

  it('prints reverse text as the same letters in white', () => {
    const plain = render([words('t', '补打')]);
    const reversed = render([words('t', '补打', { reverse: true })]);
    const count = (label: RenderedLabel): number => label.bitmap.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0);
    expect(count(reversed)).toBe(480 * 48 - count(plain));
  });

  it('cuts receipts below their last line', () => {
    const { document } = findBuiltin('pick-list-80')!;
    const [short, long] = [typical, labelSamples[1]!.data].map((data) => engine.render(document, data, { dpi: 203 })[0]!);
    expect(long!.bitmap.height).toBeGreaterThan(short!.bitmap.height * 2);
    expect(Math.abs(short!.heightMicrometres - short!.bitmap.height * 125)).toBeLessThan(125);
  });
});

describe('lint', () => {
  it('is silent about a good label', () => {
    expect(found(render([words('t', '你好'), bars('code', 'YT8800000000017')]))).toEqual([]);
  });

  it.each<[string, LabelElementInput[], string[]]>([
    ['text that is cut', [words('t', '一'.repeat(40))], ['text_cut t']],
    ['text higher than its box', [words('t', '一', { height: 2_000 })], ['text_cut t']],
    ['a missing character', [words('t', '你\u{10ffff}好')], ['missing_glyph t']],
    ['text off the paper', [words('t', '你好', { x: 72_000 })], ['off_paper t']],
    ['bars too narrow', [bars('code', 'YT8800000000017', { width: 22_000 })], ['module_small code']],
    ['a code that does not fit', [bars('code', 'YT8800000000017', { width: 10_000 })], ['code_does_not_fit code']],
    ['an empty code', [bars('code', '')], ['code_empty code']],
    ['characters a code cannot carry', [bars('code', '单号')], ['code_invalid code']],
    ['a wrong check digit', [bars('code', '6901234567893', { symbology: 'ean13' })], ['code_invalid code']],
    ['ink in a quiet zone', [bars('code', 'YT8800000000017'), { id: 'l', type: 'line', x: 9_000, y: 20_000, width: 0, height: 12_000, direction: 'vertical', thickness: 250 } as LabelElementInput], ['quiet_zone code']],
    ['a quiet zone beyond the paper', [bars('code', 'YT8800000000017', { x: -2_500, width: 42_000 })], ['quiet_zone code']],
    ['ink over a code', [bars('code', 'YT8800000000017'), { id: 'l', type: 'line', x: 20_000, y: 25_000, width: 30_000, height: 0, direction: 'horizontal', thickness: 250 } as LabelElementInput], ['code_overlap code']],
    ['an unknown field', [{ ...words('t', ''), content: [{ field: 'recipient.shoe' }] } as LabelElementInput], ['unknown_field t']],
    ['personal data in the clear', [{ ...words('t', ''), content: [{ field: 'recipient.name' }] } as LabelElementInput], ['unmasked_personal t']],
    ['damaged picture data', [{ id: 'i', type: 'image', x: 0, y: 0, width: 10_000, height: 10_000, picture: { width: 4, height: 4, grey: 'AAAA' } } as LabelElementInput], ['picture_unreadable i']],
  ])('finds %s', (_, elements, expected) => {
    const label = render(elements);
    expect(found(label)).toEqual(expected);
    expect(isPrintable(label)).toBe(false);
    expectUnion(label);
  });

  it('finds codes near and across cut lines', () => {
    const media = (cut: number): unknown => ({ width: 76_000, height: 60_000, cutLines: [cut] });
    expect(found(render([bars('code', 'YT8800000000017')], { media: media(34_000) }))).toEqual(['near_cut_line code']);
    expect(found(render([bars('code', 'YT8800000000017')], { media: media(25_000) }))).toEqual(['crosses_cut_line code']);
    expect(found(render([bars('code', 'YT8800000000017')], { media: media(36_000) }))).toEqual([]);
  });

  it('warns of letters a courier cannot read, finer where the head is finer; printing is not stopped', () => {
    const at = (size: number, dpi: number, more: LabelElementInput[] = []): RenderedLabel => render([words('t', '龙', { font: { size } }), ...more], { dpi });
    expect([2_400, 2_500].map((size) => found(at(size, 203)))).toEqual([['text_small t'], []]);
    expect([1_900, 2_000].map((size) => found(at(size, 300)))).toEqual([['text_small t'], []]);
    expect(isPrintable(at(2_400, 203))).toBe(true);
    const items = (size: number): LabelElementInput => ({ id: 'goods', type: 'table', x: 5_000, y: 20_000, width: 60_000, height: 30_000, source: 'items', font: { size }, columns: [{ content: [{ field: 'item.title' }], width: 0 }] }) as LabelElementInput;
    expect(found(at(4_000, 203, [items(2_300)]))).toEqual(['text_small goods']);
    expect(found(at(4_000, 203, [bars('code', 'YT8800000000017', { caption: { size: 2_200 } })]))).toEqual(['text_small code']);
  });

  it('finds what the head cannot reach', () => {
    expect(found(render([words('t', '你好', { align: 'right' })], { headDots: 384 }))).toEqual(['beyond_head t']);
  });

  it('warns of QR modules that are small and refuses those that are too small', () => {
    const qr = (side: number): RenderedLabel => render([{ id: 'q', type: 'qr', x: 10_000, y: 10_000, width: side, height: side, content: [{ text: 'https://example.com/some/long/path/0123456789' }] } as LabelElementInput]);
    expect(qr(16_000).lint).toEqual([]);
    expect(qr(11_000).lint.map((finding) => finding.severity)).toEqual(['warning']);
    expect(qr(6_000).lint.map((finding) => finding.severity)).toEqual(['error']);
  });
});

describe('the decoder as judge', () => {
  it('reads codes of every kind and turn from the finished dots', async () => {
    const codes: [string, string, number][] = [['code128', 'YT8800000000017', 0], ['code128', 'SF1234567890123', 90], ['code128', 'a^XZ~JA"', 180], ['code128', 'SF1234567890123', 270], ['ean13', '6901234567892', 0], ['ean8', '96385074', 0], ['code39', 'AB-12', 90], ['itf14', '15400141288763', 0]];
    for (const [symbology, text, rotation] of codes) {
      const lying = rotation === 90 || rotation === 270;
      const label = render([bars('code', text, { symbology, rotation, x: 3_000, y: 3_000, ...(lying ? { width: 14_000, height: 54_000 } : {}), caption: { size: 3_000 } })]);
      expect(unreadCodes(await engine.check(label)), `${symbology} ${rotation}`).toEqual([]);
      expect(found(label), `${symbology} ${rotation}`).toEqual([]);
    }
  });

  it('does not believe a code that was scratched after it was drawn', async () => {
    const label = render([bars('code', 'YT8800000000017')]);
    const scratched = { ...label, bitmap: { ...label.bitmap, bits: label.bitmap.bits.slice() } };
    paint([{ kind: 'fill', rect: { x: 200, y: 0, width: 60, height: 480 } }], scratched.bitmap);
    expect(unreadCodes(await engine.check(scratched))).toHaveLength(1);
    expect(unreadCodes(await engine.check(label))).toEqual([]);
  });

  it('does not believe a code that says something else', async () => {
    const label = render([bars('code', 'YT8800000000017')]);
    const lying = { ...label, codes: label.codes.map((code) => ({ ...code, text: 'YT8800000000018' })) };
    expect(unreadCodes(await engine.check(lying))).toHaveLength(1);
  });
});

describe('fonts', () => {
  it('cover rare names, Traditional, emoji and other scripts', () => {
    for (const character of '𠮷㼆龘喆堃淏玥䶮灣體龍臺𪚥𨋢№★♥😀☂Éßжあ한') expect(fonts.covers(character.codePointAt(0)!), character).toBe(true);
    expect(fonts.covers(0x10ffff)).toBe(false);
  });

  it('use real dots below 18 and keep the em of 16', () => {
    expect(fonts.emOf(12)).toBe(16);
    expect(fonts.emOf(18)).toBe(18);
    const glyph = fonts.glyph('镇'.codePointAt(0)!, 'regular', 14)!;
    expect(glyph.advance).toBe(16);
  });

  it('keep their cache within its budget', () => {
    const small = loadFontSet();
    const limited = createLabelEngine({ fonts: small });
    for (let i = 0; i < 30; i++) limited.render(documentOf([words('t', String.fromCodePoint(...Array.from({ length: 14 }, (_, k) => 0x4e00 + i * 14 + k)))]), typical, { dpi: 600 });
    expect(small.cacheBytes()).toBeLessThan(24 * 1024 * 1024);
  });
});
