/**
 * Cainiao-language templates as editors and sellers write them: what is taken over stands where it stood, what is not is listed with
 * its place and reason, and nothing of it runs or is fetched.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { inkBounds, crop } from '../../common/domain/label/bitmap.ts';
import { readCnpl } from '../../common/domain/label/cnpl/import.ts';
import type { LabelDocument } from '../../common/domain/label/document.ts';
import type { Condition } from '../../common/domain/label/conditions.ts';
import { evaluateContent } from '../../common/domain/label/content.ts';
import { labelSamples } from '../../common/domain/label/samples.ts';
import { createLabelEngine, type LabelEngine } from '../../main/printing/raster/engine.ts';
import { loadFontSet } from '../../main/printing/raster/fonts.ts';

let engine: LabelEngine;
beforeAll(() => {
  engine = createLabelEngine({ fonts: loadFontSet() });
});

function read(name: string) {
  const reading = readCnpl(readFileSync(join(import.meta.dirname, '../fixtures/cnpl', `${name}.xml`), 'utf8'), name);
  if (!reading.ok) throw new Error(reading.reason);
  return reading;
}
/** `type x,y width×height` in millimetres, and what it says. */
function shown(document: LabelDocument): string[] {
  return document.elements.map((one) => {
    const parts = 'content' in one ? one.content : one.type === 'table' ? one.columns.flatMap((column) => [{ text: '|' }, ...column.content]) : [];
    const words = parts.map((part) => ('text' in part ? part.text : `{${part.field}}`)).join('');
    return `${one.type} ${one.x / 1000},${one.y / 1000} ${one.width / 1000}×${one.height / 1000}${words === '' ? '' : ` ${words}`}`;
  });
}

describe('the safe subset', () => {
  it.each([
    ['01-custom-area-of-editor', ['text 5,3 60×6 备注：{order.sellerNote}', 'paragraph 5,10 90×20 {items}', 'paragraph 70,3 28×6 {order.shop}', 'paragraph 5,31 90×6 {job.printedAt} 第{job.sequence}/{job.total}张'], ['font text · 4', 'font text · 9']],
    [
      '02-goods-table',
      ['box 2,2 44×4', 'text 2.5,2.3 43×3.4 宝贝', 'box 46,2 16×4', 'text 46.5,2.3 15×3.4 规格', 'box 62,2 12×4', 'text 62.5,2.3 11×3.4 数量', 'table 2,6 72×28 |{row.number}.{item.title}|{item.sku}|×{item.quantity}', 'box 2,34 60×6', 'text 2.5,34.3 59×5.4 合计', 'box 62,34 12×6', 'text 62.5,34.3 11×5.4 {items.total}'],
      [],
    ],
    ['05-nested-floating', ['box 5,5 90×40', 'paragraph 5,5 90×8 一', 'paragraph 5,13 90×8 二', 'text 25,22 40×6 三', 'box 5,50 20×10', 'box 25,50 20×10', 'box 75,50 20×10'], ['style round · 9']],
    ['08-namespaced', ['paragraph 2,2 56×8 <b>不是标签</b> & "引号" {order.id}', 'paragraph 2,12 56×8 值：<{order.id}>'], []],
    ['11-unknown-list', ['box 3,4 10×5', 'text 3.5,4.3 9×4.4 行号', 'box 13,4 64×5', 'text 13.5,4.3 63×4.4 商品名称', 'box 77,4 20×5', 'text 77.5,4.3 19×4.4 数量', 'table 3,9 94×37 |{row.number}|{item.title} {cnpl.data_mx.warehouse_secret}|{item.quantity}', 'box 3,46 94×8', 'paragraph 3.5,46.3 93×7.4 申请人签字：____'], ['loop tr · 4', 'field text · 4']],
    [
      '12-footer-and-pages',
      ['text 3,2 60×6 拣货单 {order.shop}', 'box 3,12 65.8×4', 'text 3.5,12.3 64.8×3.4 商品', 'box 68.8,12 28.2×4', 'text 69.3,12.3 27.2×3.4 数量', 'table 3,16 94×56 |{item.title} {item.sku}|×{item.quantity}', 'text 60,74 36×5 第{label.part}/{label.parts}页', 'text 3,74 50×5 打印：{job.printedAt}'],
      ['font text · 4'],
    ],
    ['13-copied-and-padded', ['box 2,2 72×20', 'text 4,3 68×7 {recipient.name} {recipient.phone}', 'paragraph 4,11 68×8 {recipient.detail}', 'box 2,30 72×20', 'text 4,31 68×7 {recipient.name} {recipient.phone}', 'paragraph 4,39 68×8 {recipient.detail}'], ['reference layout · 7', 'reference layout · 8', 'style layout · 8']],
    [
      '14-borders-and-black',
      ['line 5,16.647 40×0.353', 'paragraph 5,5 40×12 只有下边线', 'line 50,5 40×0.5', 'line 50,16.5 40×0.5', 'line 50,5 0.353×12', 'line 89.647,5 0.353×12', 'paragraph 50,5 40×12 上下粗左右细', 'text 5,20 10×10 收', 'box 20,20 10×10', 'paragraph 35,20 20×10 灰底', 'line 5,35 90×0.5', 'line 5,38 90×0.706', 'paragraph 60,20 6×18 竖排'],
      ['style layout · 6', 'style text · 9'],
    ],
    ['15-times-and-codes', ['text 2,2 90×5 {job.printedAt}', 'text 2,8 90×5 {job.printedAt}', 'barcode 5,16 90×16 1690123456789', 'barcode 5,36 90×14 {waybill.number}', 'qr 5,70 25×25 https://example.com/?w={waybill.number}', 'text 40,72 50×5 第{job.sequence}单'], ['style text · 3', 'symbology barcode · 6', 'style text · 8']],
    ['16-seller-area', ['paragraph 3,142 60×24 {items}', 'paragraph 66,142 6×24 加\n急\n件', 'paragraph 3,168 94×10 卖家：{order.sellerNote}\n买家：{order.buyerNote}', 'paragraph 3,168 94×10 没有留言'], ['font text · 5']],
  ])('%s', (name, elements, missed) => {
    const { document, notTaken } = read(name);
    expect(shown(document)).toEqual(elements);
    expect(notTaken.map((one) => `${one.why} ${one.where}`)).toEqual(missed);
  });

  it('of a whole waybill prints: codes decode, people are masked, logos can be left out', async () => {
    const { document, notTaken } = read('03-standard-page');
    expect(notTaken).toEqual([{ why: 'remote_picture', what: 'http://cdn.example.com/logo/yto.png', where: 'image · 4' }]);
    for (const { data } of labelSamples) {
      for (const dpi of [203, 300]) {
        const [label] = engine.render(document, data, { dpi });
        expect(label?.lint.filter((one) => one.severity === 'error')).toEqual([]);
        for (const { expected, text } of await engine.check(label!)) expect(text).toBe(expected);
      }
    }
    const hash = (logos?: { upper: boolean; lower: boolean }) => engine.render(document, labelSamples[0]!.data, { dpi: 203, logos })[0]!.bitmap.bits;
    expect(Buffer.compare(hash(), hash({ upper: false, lower: true }))).not.toBe(0);
    expect(Buffer.compare(hash(), hash({ upper: true, lower: false }))).not.toBe(0);
  });

  it('keeps black blocks, white letters, dashed sides, times and pages as their author meant them', async () => {
    const black = read('14-borders-and-black').document.elements;
    expect([black[7], black[8], black[2]]).toMatchObject([{ type: 'text', reverse: true, align: 'center' }, { type: 'box', filled: true }, { type: 'line', dash: {} }]);
    const times = read('15-times-and-codes').document;
    const formats = times.elements.flatMap((one) => ('content' in one ? one.content : [])).flatMap((part) => ('field' in part && part.field === 'job.printedAt' ? part.format : []));
    expect(formats).toEqual([{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }, { kind: 'date', pattern: 'YYYY-MM-DD HH:mm:ss' }]);
    const [label] = engine.render(times, labelSamples[0]!.data, { dpi: 203 });
    for (const { expected, text } of await engine.check(label!)) expect(text).toBe(expected);
    // As many pages as the goods need, each with its footer.
    const long = { ...labelSamples[1]!.data, items: Array.from({ length: 60 }, (_, i) => ({ ...labelSamples[0]!.data.items[0]!, title: `第${i + 1}件` })) };
    const pages = engine.render(read('12-footer-and-pages').document, long, { dpi: 203 });
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap((one) => one.lint.filter((finding) => finding.severity === 'error'))).toEqual([]);
  });

  it('turns by quarters, and lists other turns', () => {
    const { document, notTaken } = read('04-rotated');
    expect(document.elements.map((one) => one.rotation)).toEqual([90, 270, 0, 0]);
    expect(notTaken).toMatchObject([{ why: 'rotation', what: 'rotation 30' }]);
  });

  it('places boxes within a dot, also from points and past joined cells', () => {
    const lengths = read('09-lengths');
    expect(lengths.document.media).toMatchObject({ width: 100_013, height: 59_973 });
    expect(lengths.notTaken.map((one) => `${one.why} ${one.what}`)).toEqual(['style left=50,5', 'style slanting line']);
    for (const [name, boxes] of [['09-lengths', [[10, 10, 20, 10]]], ['10-joined-cells', [[5, 5, 30, 20], [35, 5, 60, 10], [35, 15, 40, 10], [5, 25, 30, 12], [35, 25, 60, 12]]]] as const) {
      const { document } = read(name);
      for (const dpi of [203, 300]) {
        const dots = (millimetres: number): number => (millimetres * dpi) / 25.4;
        const alone = { ...document, elements: document.elements.filter((one) => one.type === 'box') };
        for (const [x, y, width, height] of boxes) {
          const wanted = { ...alone, elements: alone.elements.filter((one) => Math.abs(one.x / 1000 - x) < 0.1 && Math.abs(one.y / 1000 - y) < 0.1) };
          const [label] = engine.render(wanted, labelSamples[0]!.data, { dpi });
          const ink = inkBounds(crop(label!.bitmap, { x: 0, y: 0, width: label!.bitmap.width, height: label!.bitmap.height }))!;
          for (const [found, right] of [[ink.x, dots(x)], [ink.y, dots(y)], [ink.x + ink.width, dots(x + width)], [ink.y + ink.height, dots(y + height)]] as const) expect(Math.abs(found - right), `${name} ${x},${y} at ${dpi}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});

describe('names of other programs', () => {
  it.each([
    ['receiver_name', 'recipient.name'], ['receiverInfo.receiverMobile', 'recipient.phone'], ['receiverInfo.receiverCounty', 'recipient.district'], ['receiverFullAddress', 'recipient.address'], ['recipient.address.detail', 'recipient.detail'],
    ['consignee.tel', 'recipient.phone'], ['sender_province', 'sender.province'], ['shipperInfo.shipperName', 'sender.name'], ['waybill_code', 'waybill.number'], ['orderInfo.logisticsNo', undefined], ['qrcode', 'waybill.qr'],
    ['trade_no', 'order.id'], ['seller_remark', 'order.sellerNote'], ['buyerMessage', 'order.buyerNote'], ['goods_name', 'items'], ['total_count', 'items.total'], ['printDate', 'job.printedAt'], ['sender', undefined], ['sn', undefined], ['secret', undefined],
  ])('%s is %s', (theirs, field) => {
    const reading = readCnpl(`<layout width="60" height="20"><text width="50" height="5"><%=_data.${theirs}%></text></layout>`, 'x');
    if (!reading.ok) throw new Error(reading.reason);
    expect(shown(reading.document)[0]).toContain(`{${field ?? `cnpl.${theirs}`}}`);
    expect(reading.notTaken.map((one) => one.why)).toEqual(field === undefined ? ['field'] : []);
    // Whoever it is, the parcel shows them masked.
    expect(engine.render(reading.document, labelSamples[0]!.data, { dpi: 203 })[0]?.lint.filter((one) => one.code === 'unmasked_personal')).toEqual([]);
  });
});

describe('templates as sellers and their programs write them', () => {
  interface Expected {
    readonly prints: readonly string[];
    readonly notTaken: readonly string[];
  }
  const expected = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/cnpl/expected.json'), 'utf8')) as Record<string, Expected>;
  const scope = { data: labelSamples[0]!.data, part: { index: 1, total: 1 } };
  /** A condition in a few words. */
  const asked = (condition: Condition): string => {
    if (condition.op === 'not') return `not (${asked(condition.of)})`;
    if (condition.op !== 'all' && condition.op !== 'any') return [condition.field, condition.op, 'value' in condition ? condition.value : 'values' in condition ? condition.values.join() : ''].join(' ').trim();
    return condition.of.map((one) => (one.op === 'all' || one.op === 'any' ? `(${asked(one)})` : asked(one))).join(condition.op === 'all' ? ' & ' : ' | ');
  };
  const printed = (one: LabelDocument['elements'][number]): string => {
    const mixes = one.type === 'table' ? one.columns.map((column) => column.content) : 'content' in one ? [one.content] : [];
    const words = mixes.map((mix) => evaluateContent(mix, one.type === 'table' ? { ...scope, row: { source: one.source, index: 0 } } : scope)).join('|');
    return `${one.type} ${one.x / 1000},${one.y / 1000}: ${words}${one.logo === undefined ? '' : ` [logo ${one.logo}]`}${one.when === undefined ? '' : ` [${asked(one.when)}]`}`;
  };

  it('are fourteen at least', () => expect(Object.keys(expected).length).toBeGreaterThanOrEqual(14));

  it.each(Object.entries(expected))('%s prints with the typical sample what it would there, and says what is left out', (name, { prints, notTaken: missed }) => {
    const { document, notTaken } = read(name);
    expect(document.elements.filter((one) => one.type !== 'box' && one.type !== 'line').map(printed)).toEqual(prints);
    expect(notTaken.map((one) => `${one.where} ${one.why}: ${one.what.replace(/\s+/g, ' ')}`)).toEqual(missed);
    // A field nobody has is for the lead to settle: the lint keeps it from being published.
    const codes = engine.render(document, labelSamples[0]!.data, { dpi: 203 })[0]?.lint.map((one) => one.code) ?? [];
    expect(codes.includes('unknown_field')).toBe(missed.some((one) => one.includes(' field: ')));
    expect(codes).not.toContain('unmasked_personal');
  });
});

describe('what is not taken over', () => {
  it('is listed: scripts, includes, conditions nobody understands; nothing of it runs', () => {
    const { document, notTaken } = read('06-scripts');
    expect(notTaken.map((one) => `${one.why} ${one.where}`)).toEqual(['script layout · 2', 'include layout · 2', 'field text · 5', 'script text · 6']);
    expect(shown(document)).toEqual([
      'text 1,1 40×5 {cnpl.price}', 'text 1,7 40×5', 'text 1,13 40×5 {order.sellerNote}', 'text 1,19 90×5 {items}', 'text 1,25 40×5 加急', 'text 1,25 40×5 普通', 'text 1,31 40×5 无留言', 'text 1,37 40×5 百分之<%50',
    ]);
    // Flags are counted by platforms and named here; words beside a value stand only with it.
    expect(document.elements[4]).toMatchObject({ when: { op: 'all', of: [{ op: 'filled', field: 'order.sellerNote' }, { op: 'in', field: 'order.flag', values: ['green', 'blue', 'purple'] }] } });
    expect(document.elements[2]).toMatchObject({ content: [{ field: 'order.sellerNote', before: '备注：' }] });
    expect(document.elements[6]).toMatchObject({ when: { op: 'empty', field: 'order.buyerNote' } });
    expect(JSON.stringify(document)).not.toMatch(/process|HOME|evil|toFixed/);
  });

  it('is listed: pictures from anywhere, unknown tags, codes and styles we have not', () => {
    const { document, notTaken } = read('07-pictures-and-unknown');
    expect(notTaken.map((one) => one.why)).toEqual(['remote_picture', 'remote_picture', 'picture', 'picture', 'tag', 'tag', 'tag', 'symbology', 'style', 'style', 'style', 'style']);
    expect(shown(document)).toEqual(['barcode 30,62 40×10 6901234567892', 'text 30,80 40×5 样式']);
    expect(JSON.stringify(document)).not.toMatch(/http|passwd|base64/);
  });

  it('keeps both branches of a condition apart', () => {
    const reading = readCnpl('<layout width="60" height="20"><% if(_data.sellerMemo && _data.cpCode == "YTO"){ %><text width="20" height="5">甲</text><% } else { %><text width="20" height="5">乙</text><% } %></layout>', 'x');
    const when = { op: 'all', of: [{ op: 'filled', field: 'order.sellerNote' }, { op: 'is', field: 'waybill.carrier.code', value: 'YTO' }] };
    expect(reading).toMatchObject({ ok: true, notTaken: [], document: { elements: [{ when }, { when: { op: 'not', of: when } }] } });
  });
});

describe('hostile files', () => {
  const page = (body: string): string => `<page width="100" height="100">${body}</page>`;
  it.each([
    ['a billion laughs', '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]><page width="1" height="1"><text>&lol2;</text></page>', 'doctype'],
    ['an external entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><page/>', 'doctype'],
    ['five million characters', page(`<text>${'字'.repeat(5_000_000)}</text>`), 'too_large'],
    ['a hundred thousand scripts', page('<%=a%>'.repeat(100_000)), 'too_large'],
    ['a hundred thousand elements', page('<text/>'.repeat(100_000)), 'too_large'],
    ['ten thousand layers', page('<layout>'.repeat(10_000) + '</layout>'.repeat(10_000)), 'too_deep'],
  ])('refuses %s', (_, source, reason) => {
    expect(readCnpl(source, 'x')).toEqual({ ok: false, reason });
  });

  it('stops at layouts that copy each other over and over', () => {
    const layers = Array.from({ length: 30 }, (_, i) => `<layout id="l${i}" left="0" top="0" width="5" height="5">${`<layout ref="l${i + 1}" left="0" top="0" width="5" height="5"/>`.repeat(4)}</layout>`).join('');
    const reading = readCnpl(page(layers), 'x');
    expect(reading).toMatchObject({ ok: true });
    expect(reading.ok && reading.notTaken.some((one) => one.what === 'too many parts')).toBe(true);
    expect(reading.ok && reading.notTaken.length).toBeLessThan(2_002);
  });

  it.each([
    ['a script that never ends', page('<text>a</text><% for(')],
    ['an entity nobody declared', page('<text>&secret;</text>')],
    ['a tag that never closes', page('<layout>')],
    ['half a file', '<page width="10" he'],
  ])('says why it cannot read %s', (_, source) => {
    const reading = readCnpl(source, 'x');
    expect(reading.ok).toBe(false);
    expect(reading).toHaveProperty('reason', expect.stringMatching(/\w/));
  });

  it('keeps absurd sizes inside what a document may have, or says so', () => {
    const reading = readCnpl(page('<text left="1e9" width="999999999999" height="-5" style="fontSize:99999">大</text><table><tr><td colspan="999999999" rowspan="-3" width="1e300">x</td></tr></table>'), 'x');
    expect(reading.ok ? reading.notTaken.length : reading.reason.length).toBeGreaterThan(0);
  });
});
