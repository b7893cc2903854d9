/**
 * Text content: a mix of literal text and fields with formatters, as data. No code, no expressions.
 */
import { z } from 'zod';
import { maskAddress, maskName, maskPhone, maskText } from '../masking/index.ts';
import { goodsText } from '../items/label-text.ts';
import { readField, type FieldValue, type Scope } from './fields.ts';

export const formatterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('mask'), as: z.enum(['name', 'phone', 'address', 'text']).describe('text: phone numbers inside a note') }),
  z.object({ kind: z.literal('date'), pattern: z.string().min(1).max(40).describe('YYYY MM DD HH mm ss, anything else as it stands') }),
  z.object({ kind: z.literal('money'), symbol: z.string().max(4).default('¥') }),
  z.object({ kind: z.literal('weight'), unit: z.enum(['kg', 'g']).default('kg') }),
  z.object({ kind: z.literal('upper') }),
  z.object({ kind: z.literal('lower') }),
  z.object({ kind: z.literal('slice'), from: z.int(), to: z.int().optional() }).describe('Characters from (inclusive) to (exclusive); negative counts from the end'),
  z.object({ kind: z.literal('group'), size: z.int().min(1).max(20).default(4) }).describe('A space after every so many characters'),
  z.object({ kind: z.literal('pad'), length: z.int().min(1).max(40), with: z.string().length(1).default('0') }),
  z.object({ kind: z.literal('join'), separator: z.string().max(20).default('，'), unique: z.boolean().default(true) }).describe('For fields with several values'),
  z
    .object({
      kind: z.literal('items'),
      separator: z.string().max(20).default('，'),
      sku: z.boolean().default(false),
      location: z.boolean().default(false),
      quantity: z.enum(['always', 'several', 'never']).default('several').describe('several: ×n only where n is not 1'),
      most: z.int().min(1).max(100).optional().describe('Names so many goods and counts the others: +3种'),
    })
    .describe('For the field items: short name ×2，…'),
  z.object({ kind: z.literal('when'), yes: z.string().max(100), no: z.string().max(100).default('') }).describe('For yes/no fields'),
]);
export type Formatter = z.output<typeof formatterSchema>;

export const contentPartSchema = z.union([
  z.object({ text: z.string().max(4000) }),
  z.object({
    field: z.string().min(1).max(100),
    format: z.array(formatterSchema).max(8).default([]),
    before: z.string().max(200).default('').describe('Printed before the value unless it is empty'),
    after: z.string().max(200).default('').describe('Printed after the value unless it is empty'),
    fallback: z.string().max(400).default('').describe('Printed when the value is empty'),
  }),
]);
export type ContentPart = z.output<typeof contentPartSchema>;

export const contentSchema = z.array(contentPartSchema).max(60);
export type Content = z.output<typeof contentSchema>;

const masks = { name: maskName, phone: maskPhone, address: maskAddress, text: maskText } as const;

/** China has one time zone and no summer time; parcels printed elsewhere still follow the platform's clock. */
const chinaOffsetMilliseconds = 8 * 3_600_000;

type GoodsFormat = Extract<Formatter, { kind: 'items' }>;
/** How the list of goods is written where the template does not say: a list of bare names would lose what differs and how many. */
const plainGoods: GoodsFormat = { kind: 'items', separator: '，', sku: true, location: false, quantity: 'several' };

/** True when the mix writes out the goods of the parcel. */
export function listsGoods(content: Content): boolean {
  return content.some((part) => 'field' in part && part.field === 'items');
}

/** Text of a mix. A list of goods names at most `most` of them and counts the others. */
export function evaluateContent(content: Content, scope: Scope, most = Infinity): string {
  let out = '';
  for (const part of content) {
    if ('text' in part) {
      out += part.text;
      continue;
    }
    const format = part.field === 'items' && !part.format.some(({ kind }) => kind === 'items') ? [plainGoods, ...part.format] : part.format;
    const value = formatValue(readField(part.field, scope), format, scope, most);
    out += value === '' ? part.fallback : part.before + value + part.after;
  }
  return out;
}

/** One value through its formatters. */
export function formatValue(value: FieldValue, formatters: readonly Formatter[], scope: Scope, most = Infinity): string {
  let current: FieldValue = value;
  for (const formatter of formatters) current = formatter.kind === 'items' ? goodsText(scope.data.items, formatter, Math.min(most, formatter.most ?? Infinity)) : applyFormatter(current, formatter);
  return asText(current);
}

function asText(value: FieldValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return joined(value, '，', true);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}

function joined(values: readonly FieldValue[], separator: string, unique: boolean): string {
  const texts = values.map(asText).filter((text) => text !== '');
  return (unique ? [...new Set(texts)] : texts).join(separator);
}

function applyFormatter(value: FieldValue, formatter: Exclude<Formatter, GoodsFormat>): FieldValue {
  switch (formatter.kind) {
    case 'mask': {
      const mask = masks[formatter.as];
      return Array.isArray(value) ? value.map((one) => mask(asText(one))) : mask(asText(value));
    }
    case 'date':
      return Array.isArray(value) ? value.map((one) => formatDate(asText(one), formatter.pattern)) : formatDate(asText(value), formatter.pattern);
    case 'money':
      return typeof value === 'number' ? `${formatter.symbol}${(value / 100).toFixed(2)}` : asText(value);
    case 'weight':
      return typeof value === 'number' ? (formatter.unit === 'g' ? `${value}g` : `${(value / 1000).toFixed(2)}kg`) : asText(value);
    case 'upper':
      return asText(value).toUpperCase();
    case 'lower':
      return asText(value).toLowerCase();
    case 'slice':
      return Array.from(asText(value)).slice(formatter.from, formatter.to).join('');
    case 'group':
      return chunks(Array.from(asText(value)), formatter.size).join(' ');
    case 'pad':
      return asText(value).padStart(formatter.length, formatter.with);
    case 'join':
      return Array.isArray(value) ? joined(value, formatter.separator, formatter.unique) : value;
    case 'when':
      return isFilled(value) ? formatter.yes : formatter.no;
  }
}

function chunks(characters: readonly string[], size: number): string[] {
  const out: string[] = [];
  for (let i = 0; i < characters.length; i += size) out.push(characters.slice(i, i + size).join(''));
  return out;
}

/** True for anything but empty text, 0, false, null and an empty list. */
export function isFilled(value: FieldValue): boolean {
  if (value === null || value === '' || value === 0 || value === false) return false;
  return !Array.isArray(value) || value.some(isFilled);
}

/** A date in a pattern; text that is no date stays as it is. */
export function formatDate(text: string, pattern: string): string {
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim());
  if (!match) return text;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = match;
  let time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (zone) {
    const offset = /^z$/i.test(zone) ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
    time += chinaOffsetMilliseconds - offset * 60_000;
  }
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return text;
  const two = (value: number): string => String(value).padStart(2, '0');
  const parts: Record<string, string> = {
    YYYY: String(date.getUTCFullYear()),
    MM: two(date.getUTCMonth() + 1),
    DD: two(date.getUTCDate()),
    HH: two(date.getUTCHours()),
    mm: two(date.getUTCMinutes()),
    ss: two(date.getUTCSeconds()),
  };
  return pattern.replace(/YYYY|MM|DD|HH|mm|ss/g, (token) => parts[token] ?? token);
}
