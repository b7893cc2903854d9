/** Money, times, counts and phone numbers as order files write them. */
import { withoutEmptyDecimal } from './clean.ts';

/** `¥1,234.50`, `1234.5元`, `10.700000000000001` → fen; null when it is no amount. */
export function parseFen(text: string): number | null {
  if (text === '') return null;
  if (/^-?\d{1,12}(?:\.\d{1,2})?$/.test(text)) return Math.round(Number(text) * 100);
  const plain = text.normalize('NFKC').replace(/[\s,¥$元rmbRMB]/g, '').replace(/^cny/i, '');
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain)) return null;
  const fen = Math.round(Number(plain) * 100);
  return Number.isSafeInteger(fen) ? fen : null;
}

/** `3`, `3件`, `x3`, `3.0` → 3; null for anything that is not a whole number from 0 to 1,000,000. */
export function parseCount(text: string): number | null {
  if (text === '') return null;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '').replace(/^[x×*]/i, '').replace(/[件个份套只箱包盒瓶双条袋支把罐桶本对斤台张片组]$/, '');
  const inWords = '一二三四五六七八九十'.indexOf(plain === '两' ? '二' : plain);
  if (plain.length === 1 && inWords >= 0) return inWords + 1;
  if (!/^\d{1,7}(?:\.0+)?$/.test(plain)) return null;
  const count = Number(plain);
  return count <= 1_000_000 ? count : null;
}

const beijing = 8 * 3_600_000;

/**
 * Times of order files are Beijing time; ours are UTC. Understands `2025-03-15 14:39:49`, `2025/3/5 9:05`, `2025年3月5日 9:05`,
 * `20250315143949`, ISO-8601 with a zone, and the day numbers of a spreadsheet. Empty when it is no time.
 */
export function parseTime(text: string): string {
  if (text.length < 5) return '';
  if (/^\d{4}-\d\d-\d\d [012]\d:[0-5]\d:[0-5]\d$/.test(text)) return usualTime(text);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? '' : new Date(instant).toISOString();
  }
  const loose = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时点](\d{1,2})(?:[:分](\d{1,2}))?(?:\.\d+)?秒?分?)?$/.exec(text.normalize('NFKC'));
  if (loose) return beijingTime(Number(loose[1]), Number(loose[2]), Number(loose[3]), Number(loose[4] ?? 0), Number(loose[5] ?? 0), Number(loose[6] ?? 0));
  const packed = /^(20\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?$/.exec(text);
  if (packed) return beijingTime(Number(packed[1]), Number(packed[2]), Number(packed[3]), Number(packed[4] ?? 0), Number(packed[5] ?? 0), Number(packed[6] ?? 0));
  if (/^[2-9]\d{4}(?:\.\d+)?$/.test(text)) return fromBeijingText(spreadsheetTime(Number(text)));
  return '';
}

/** The form nearly every cell has, eight hours moved by hand: a file of 10,000 orders has 50,000 of them. */
function usualTime(text: string): string {
  const day = text.slice(0, 10);
  const hour = Number(text.slice(11, 13));
  let days = knownDays.get(day);
  if (days === undefined) {
    const midnight = new Date(`${day}T00:00:00.000Z`);
    const real = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
    days = real ? { before: new Date(midnight.getTime() - 86_400_000).toISOString().slice(0, 10) } : null;
    if (knownDays.size > 5_000) knownDays.clear();
    knownDays.set(day, days);
  }
  if (days === null || hour > 23) return '';
  const utc = hour >= 8 ? hour - 8 : hour + 16;
  return `${hour >= 8 ? day : days.before}T${utc < 10 ? '0' : ''}${utc}${text.slice(13)}.000Z`;
}
/** Day → the day before it, or null when there is no such day. */
const knownDays = new Map<string, { readonly before: string } | null>();

function beijingTime(year: number, month: number, day: number, hour: number, minute: number, second: number): string {
  const instant = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(instant);
  // 31 February rolls over instead of failing; a rolled date was no date.
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return '';
  return new Date(instant - beijing).toISOString();
}

function fromBeijingText(text: string): string {
  return text === '' ? '' : new Date(Date.parse(`${text.replace(' ', 'T')}Z`) - beijing).toISOString();
}

/** Day number of a spreadsheet (1900 system, or 1904 when said) → `YYYY-MM-DD HH:mm:ss` of the wall clock; empty outside 1900–2199. */
export function spreadsheetTime(day: number, from1904 = false): string {
  const days = from1904 ? day + 1462 : day;
  if (!(days >= 1 && days < 110_000)) return '';
  // Day 60 is the 29 February 1900 that never was; from 61 on the count is off by one from the real calendar.
  const real = days < 61 ? days + 1 : days;
  const instant = Math.round((real - 25_569) * 86_400) * 1000;
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * A phone number in one form: digits, a landline's area code and every extension after `-`; a leading 86 is dropped; masked ones stay
 * as they are. What is no phone number comes back as it was, without blanks.
 */
export function normalPhone(text: string): string {
  if (/^\d{11}(?:-\d+)?$/.test(text)) return text;
  let plain = withoutEmptyDecimal(text.normalize('NFKC').replace(/\s/g, ''));
  if (plain === '') return '';
  plain = plain.replace(/(?:转|ext\.?|[,#x])(\d{1,6})$/i, '-$1').replace(/^(?:(?:\+|00)?86-?)+(?=1\d{10})/, '').replace(/^\(?(0\d{2,3})\)?-?(?=\d{7,8}(?:-|$))/, '$1-');
  return plain.replace(/^(1\d{2})-(\d{4})-(\d{4})(?=-|$)/, '$1$2$3');
}

/** The numbers of a cell that holds several, one below the other or between commas and slashes; the cell itself when it is one number. */
export function phonesIn(text: string): readonly string[] {
  if (/^\d{11}(?:-\d+)?$/.test(text)) return [text];
  const parts = text.split(/[\n,，;；/、|]+|\s+(?=(?:\+?86[- ]?)?1\d{2}|0\d{2,3}[- ])/).map((part) => normalPhone(part));
  return parts.length > 1 && parts.filter((part) => isDialable(part)).length > 1 ? parts.filter((part) => isDialable(part)) : [normalPhone(text)];
}

/** At least seven digits in a row once dashes are out, a mobile number (1…) eleven: something a courier can dial. */
export function isDialable(phone: string): boolean {
  return /^(?!1)\d{7,}$|^1\d{10,}$/.test(phone.replace(/^\+|-/g, '')) && !/^1(?!\d{10}(?:-|$))/.test(phone) && phone.replace(/\D/g, '').length <= 20;
}
