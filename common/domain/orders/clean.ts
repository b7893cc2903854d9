/** Cells as spreadsheets and seller back ends write them → the text that was meant. */
import { foldText } from '../addresses/fold.ts';

const outer = /^[\s\u00a0\u200b-\u200f\u2060\u3000\ufeff]+|[\s\u00a0\u200b-\u200f\u2060\u3000\ufeff]+$/g;

/**
 * The text of a cell: outer blanks (tabs, full-width and invisible ones) off, `="123"` and a quoted `"3801…"` unwrapped, one leading apostrophe — the
 * spreadsheet's sign for "this is text", and our own guard against formulas — off. Nothing else is touched: no formula is computed.
 */
export function cleanCell(cell: string): string {
  const { length } = cell;
  if (length === 0) return cell;
  const first = cell.charCodeAt(0);
  const last = cell.charCodeAt(length - 1);
  // The usual cell starts and ends with a printable character: nothing to do.
  if (isPlain(first) && isPlain(last)) return cell;
  let text = cell.replace(outer, '');
  if (text.startsWith('="') && text.endsWith('"') && text.length >= 3) text = text.slice(2, -1).replaceAll('""', '"').replace(outer, '');
  if (text.startsWith("'")) text = text.slice(1).replace(/^\t+/, '');
  // Taobao's items list keeps its numbers in quotation marks of their own.
  return /^"\d[\d-]{5,}"$/.test(text) ? text.slice(1, -1) : text;
}

function isPlain(code: number): boolean {
  return (code > 0x3f && code < 0x7f) || (code >= 0x30 && code <= 0x39) || (code >= 0x4e00 && code <= 0x9fff);
}

/** Cells that say "nothing here" in words. */
export function blankWhenDash(text: string): string {
  return text === '-' || text === '--' || text === '—' || text === '无' || text === '/' || /^(?:null|undefined|none|n\/a)$/i.test(text) ? '' : text;
}

/** `2026112000000101.0`: digits a data program kept as a number and wrote with a decimal that says nothing. */
export function withoutEmptyDecimal(text: string): string {
  return /^\d{7,}\.0$/.test(text) ? text.slice(0, -2) : text;
}

/** A header for comparing: full-width and Traditional forms folded, blanks, quotes and stars gone, lower case. `用户购买手机号 ` and `（元）` find their alias. */
export function headerKey(header: string): string {
  return foldText(cleanCell(header).normalize('NFKC')).toLowerCase().replace(/[\s"'*=\u200b-\u200f\ufeff]/g, '').replaceAll('[', '(').replaceAll(']', ')').replaceAll('【', '(').replaceAll('】', ')');
}

/** `4.08804E+18`: a spreadsheet turned the digits into a rounded number; what was there cannot be known again. */
export function isScientific(text: string): boolean {
  if (!/[eEｅＥ]/.test(text)) return false;
  return /^[+-]?\d+(?:\.\d+)?e[+]?\d{1,3}$/i.test(text.normalize('NFKC').replace(/[\s,]/g, ''));
}

/**
 * True when a number of 19 or more digits ends in zeros from the 16th digit on: a spreadsheet keeps 15 digits and writes zeros for
 * the rest, which happens by chance once in ten thousand.
 */
export function lostItsTail(text: string): boolean {
  return /^\d{19,}$/.test(text) && /^0+$/.test(text.slice(15));
}
