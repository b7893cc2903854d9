/** Dates, money, numbers and waybill numbers in the local form. */
import type { Locale } from '../../common/error-texts.ts';

/** Waybill numbers in groups of four from the right, as on the label, so that the last four stand together: `YT8 8000 0000 0001`. */
export function grouped(number: string): string {
  return number.replaceAll(/(?<=.)(?=(?:.{4})+$)/g, ' ');
}

/** 1/100 yuan as `¥1,234.50`. */
export function money(fen: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY', currencyDisplay: 'narrowSymbol' }).format(fen / 100);
}

export function integer(value: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** A moment as `11-22 14:03`, with the year when it is not this one. */
export function moment(iso: string, locale: Locale, now = new Date()): string {
  const date = new Date(iso);
  const sameYear = date.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(date);
}

/** Names one after the other: `甲、乙`, `A, B`. */
export function listed(names: readonly string[], locale: Locale): string {
  return names.join(locale === 'en' ? ', ' : '、');
}

/** Grams as `0.85 kg`. */
export function weight(grams: number, locale: Locale): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(grams / 1000)} kg`;
}
