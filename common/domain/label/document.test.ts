import { describe, expect, it } from 'vitest';
import { holds } from './conditions.ts';
import { evaluateContent, formatDate, formatValue, type Formatter } from './content.ts';
import { completeLabelData, labelDataJsonSchema } from './data.ts';
import { documentVersion, readDocument } from './document.ts';
import { findField, labelFields, readField, type Scope } from './fields.ts';
import { lintDocument } from './lint.ts';
import { lintSeverities } from './lint-codes.ts';
import { lintTexts } from './lint-texts.ts';
import { labelSamples } from './samples.ts';
import { toDots, toMicrometres } from './units.ts';

const data = labelSamples[0]!.data;
const scope: Scope = { data, part: { index: 1, total: 1 } };
const minimal = { format: 'packbench-label', version: 1, name: 'x', media: { width: 76_000, height: 130_000 }, elements: [] };

describe('units', () => {
  it('knows the dots of the papers', () => {
    expect([toDots(76_000, 203), toDots(130_000, 203)]).toEqual([608, 1040]);
    expect([toDots(76_000, 300), toDots(130_000, 300)]).toEqual([898, 1535]);
    expect([toDots(100_000, 600), toMicrometres(8, 203)]).toEqual([2362, 1000]);
  });
});

describe('reading documents', () => {
  it('fills defaults in', () => {
    const reading = readDocument(minimal);
    expect(reading.ok && reading.document.privacy).toBe('masked');
  });

  it('refuses a newer version by name and keeps its hands off it', () => {
    expect(readDocument({ ...minimal, version: documentVersion + 1 })).toEqual({ ok: false, reason: 'newer', version: documentVersion + 1, supported: documentVersion });
  });

  it('brings an older version up', () => {
    const reading = readDocument({ format: 'packbench-label', version: 0, name: 'old', paper: { width: 76, height: 130 }, elements: [] });
    expect(reading.ok && reading.document.media).toMatchObject({ width: 76_000, height: 130_000 });
  });

  it.each([undefined, null, 5, 'x', [], {}, { format: 'other', version: 1 }, { format: 'packbench-label' }, { format: 'packbench-label', version: 1.5 }])('says that %j is not a label', (value) => {
    expect(readDocument(value)).toEqual({ ok: false, reason: 'not_a_label' });
  });

  it('names unknown elements and repeated ids', () => {
    const unknown = readDocument({ ...minimal, elements: [{ id: 'a', type: 'script', x: 0, y: 0, width: 1, height: 1 }] });
    expect(!unknown.ok && unknown.reason === 'invalid' && unknown.issues[0]!.path).toContain('elements.0');
    const line = { id: 'a', type: 'line', x: 0, y: 0, width: 10, height: 10, direction: 'horizontal', thickness: 250 };
    const twice = readDocument({ ...minimal, elements: [line, { ...line }] });
    expect(!twice.ok && twice.reason === 'invalid' && twice.issues[0]!.message).toContain('used twice');
  });
});

describe('fields and content', () => {
  it('reads every field of the catalogue without throwing, with and without data', () => {
    const empty: Scope = { data: completeLabelData({}), part: { index: 1, total: 1 } };
    for (const { path } of labelFields) {
      expect(() => readField(path, scope)).not.toThrow();
      expect(() => evaluateContent([{ field: path, format: [], before: '', after: '', fallback: '' }], empty)).not.toThrow();
    }
    expect(new Set(labelFields.map((field) => field.path)).size).toBe(labelFields.length);
  });

  it.each<[string, Formatter[], string]>([
    ['recipient.name', [{ kind: 'mask', as: 'name' }], '林**'],
    ['recipient.address', [], '浙江省杭州市上城区九堡街道杭海路1031号 金海公寓3幢2单元1602室'],
    ['job.printedAt', [{ kind: 'date', pattern: 'YYYY-MM-DD HH:mm' }], '2026-11-22 14:05'],
    ['orders.amountTotal', [{ kind: 'money', symbol: '¥' }], '¥59.80'],
    ['parcel.weightGrams', [{ kind: 'weight', unit: 'kg' }], '0.62kg'],
    ['items', [{ kind: 'items', separator: '，', sku: false, location: false, quantity: 'several' }], '棉袜中筒 ×2，运动鞋垫，洗衣袋'],
    ['items', [{ kind: 'items', separator: '/', sku: true, location: true, quantity: 'always' }], 'A-03-2 棉袜中筒 黑色 L ×2/B-01-1 运动鞋垫 42码 ×1/C-12-4 洗衣袋 大号 ×1'],
    ['waybill.number', [{ kind: 'slice', from: -4 }], '0017'],
    ['waybill.number', [{ kind: 'lower' }, { kind: 'group', size: 5 }], 'yt880 00000 00017'],
    ['job.sequence', [{ kind: 'pad', length: 4, with: '0' }], '0037'],
    ['job.reprint', [{ kind: 'when', yes: '补打', no: '' }], ''],
    ['items.sku', [{ kind: 'join', separator: '+', unique: true }], '黑色 L+42码+大号'],
  ])('%s through %j is %s', (path, format, expected) => {
    expect(formatValue(readField(path, scope), format, scope)).toBe(expected);
  });

  it('prints a municipality once', () => {
    const beijing: Scope = { data: completeLabelData({ recipient: { province: '北京市', city: '北京市', district: '朝阳区' } }), part: { index: 1, total: 1 } };
    expect(readField('recipient.region', beijing)).toBe('北京市朝阳区');
  });

  it('leaves text that is no date alone', () => {
    expect(formatDate('昨天', 'YYYY')).toBe('昨天');
    expect(formatDate('2026-11-22 08:00:00', 'MM/DD HH:mm')).toBe('11/22 08:00');
    expect(formatDate('2026-12-31T17:00:00.000Z', 'YYYY-MM-DD')).toBe('2027-01-01');
  });

  it('prints text around a field only when it has a value', () => {
    expect(evaluateContent([{ field: 'waybill.qr', format: [], before: '<', after: '>', fallback: '' }], { data: completeLabelData({}), part: { index: 1, total: 1 } })).toBe('');
  });
});

describe('conditions', () => {
  it('compare, never run', () => {
    expect(holds({ op: 'filled', field: 'orders.sellerNote' }, scope)).toBe(true);
    expect(holds({ op: 'is', field: 'job.reprint', value: true }, scope)).toBe(false);
    expect(holds({ op: 'over', field: 'items.total', value: 3 }, scope)).toBe(true);
    expect(holds({ op: 'under', field: 'parcel.weightGrams', value: 500 }, scope)).toBe(false);
    expect(holds({ op: 'in', field: 'orders.platform', values: ['taobao', 'tmall'] }, scope)).toBe(true);
    expect(holds({ op: 'not', of: { op: 'starts', field: 'waybill.number', value: 'SF' } }, scope)).toBe(true);
    expect(holds({ op: 'all', of: [{ op: 'empty', field: 'waybill.number' }, { op: 'filled', field: 'items' }] }, scope)).toBe(false);
    expect(holds({ op: 'any', of: [{ op: 'empty', field: 'waybill.number' }, { op: 'contains', field: 'recipient.name', value: '晓' }] }, scope)).toBe(true);
  });
});

describe('document lint', () => {
  const withText = (field: string, format: unknown[], privacy = 'masked') => {
    const reading = readDocument({ ...minimal, privacy, elements: [{ id: 't', type: 'text', x: 0, y: 0, width: 10_000, height: 5_000, font: { size: 3000 }, content: [{ field, format }] }] });
    if (!reading.ok) throw new Error('bad test document');
    return lintDocument(reading.document).map((finding) => finding.code);
  };

  it('finds personal data without its mask', () => {
    expect(withText('recipient.phone', [])).toEqual(['unmasked_personal']);
    expect(withText('recipient.phone', [{ kind: 'mask', as: 'name' }])).toEqual(['unmasked_personal']);
    expect(withText('recipient.phone', [{ kind: 'mask', as: 'phone' }])).toEqual([]);
    expect(withText('recipient.phone', [], 'internal')).toEqual([]);
    expect(withText('sender.address', [])).toEqual(['unmasked_personal']);
  });

  it('finds fields that do not exist, in conditions too', () => {
    expect(withText('recipient.shoeSize', [])).toEqual(['unknown_field']);
    const reading = readDocument({ ...minimal, elements: [{ id: 'b', type: 'box', x: 0, y: 0, width: 10, height: 10, when: { op: 'filled', field: 'nope' } }] });
    expect(reading.ok && lintDocument(reading.document)[0]!.code).toBe('unknown_field');
  });

  it('has words for every finding', () => {
    expect(Object.keys(lintTexts).sort()).toEqual(Object.keys(lintSeverities).sort());
  });
});

describe('label data', () => {
  it('takes a flag by name or number', () => {
    expect(completeLabelData({ orders: [{ flag: 3 }, { flag: 'red' }, {}] }).orders.map((order) => order.flag)).toEqual(['3', 'red', '']);
  });

  it('publishes its JSON schema with the documented names', () => {
    const schema = labelDataJsonSchema() as { properties: Record<string, { properties?: Record<string, unknown>; items?: { properties: Record<string, unknown> } }> };
    expect(Object.keys(schema.properties.waybill!.properties!)).toEqual(['number', 'carrier', 'product', 'sortCode', 'consolidation', 'originCode', 'qr']);
    expect(Object.keys(schema.properties.recipient!.properties!)).toEqual(['name', 'phone', 'province', 'city', 'district', 'town', 'detail']);
    expect(Object.keys(schema.properties.items!.items!.properties)).toEqual(expect.arrayContaining(['title', 'shortName', 'sku', 'quantity', 'barcode']));
    expect(Object.keys(schema.properties.orders!.items!.properties)).toEqual(expect.arrayContaining(['id', 'shop', 'platform', 'paidAt', 'buyerNote', 'sellerNote', 'flag']));
    expect(Object.keys(schema.properties.job!.properties!)).toEqual(['sequence', 'total', 'attempt', 'reprint', 'printedAt', 'operator', 'station']);
    expect(findField('recipient.name')?.personal).toBe('name');
  });
});
