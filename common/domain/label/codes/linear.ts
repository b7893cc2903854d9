// The package has no types of its own for these files, and an ambient declaration cannot be imported.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="./jsbarcode.d.ts" />
/**
 * One-dimensional codes as modules. Patterns come from JsBarcode's encoders; what they carry, which check digit they get
 * and how much quiet zone they need is decided here.
 * Facts: ISO/IEC 15417 (Code 128), 15420 (EAN), 16388 (Code 39), 16390 (ITF).
 */
import exported from 'jsbarcode/bin/barcodes/index.js';
import type { LinearSymbology } from '../rendered.ts';
import { encodeCode128 } from './code128.ts';

const encoders = 'default' in exported ? exported.default : exported;

export interface LinearCode {
  /** What a scanner reads, check digit included. */
  readonly text: string;
  readonly modules: string;
  readonly codewords?: readonly number[];
}

export type LinearResult = { readonly ok: true; readonly code: LinearCode } | { readonly ok: false; readonly reason: LinearFault };

/** Why a text cannot be this code: nothing to encode, a character it has no sign for, a wrong number of digits, a wrong check digit. */
export type LinearFault = 'empty' | 'characters' | 'length' | 'check_digit';

/** White space a scanner needs on either side, in modules (EAN: left, right differ; the larger is used on both). */
export const quietModules: Readonly<Record<LinearSymbology, number>> = { code128: 10, code39: 10, itf14: 10, ean13: 11, ean8: 7 };

/** Longest texts: beyond these no label is wide enough, and nobody scans it. */
const longestText = 80;

/** Makes the modules of a text. */
export function encodeLinear(symbology: LinearSymbology, raw: string): LinearResult {
  const text = raw.trim();
  if (text === '') return { ok: false, reason: 'empty' };
  if (text.length > longestText) return { ok: false, reason: 'length' };
  switch (symbology) {
    case 'code128': {
      const code = encodeCode128(text);
      return code ? { ok: true, code: { text, modules: code.modules, codewords: code.codewords } } : { ok: false, reason: 'characters' };
    }
    case 'code39': {
      if (!/^[0-9A-Z\-. $/+%]+$/.test(text)) return { ok: false, reason: 'characters' };
      // The encoder ends with the gap that would part it from a next character.
      return { ok: true, code: { text, modules: flat(new encoders.CODE39(text, { text })).replace(/0+$/, '') } };
    }
    case 'ean13':
      return digits(text, 13, (full) => flat(new encoders.EAN13(full, { flat: true, text: full })));
    case 'ean8':
      return digits(text, 8, (full) => flat(new encoders.EAN8(full, { flat: true, text: full })));
    case 'itf14':
      return digits(text, 14, (full) => flat(new encoders.ITF14(full, { text: full })));
  }
}

function flat(encoder: { encode(): { readonly data: string } | readonly { readonly data: string }[] }): string {
  const encoding = encoder.encode();
  return 'data' in encoding ? encoding.data : encoding.map((part) => part.data).join('');
}

function digits(text: string, length: number, modules: (full: string) => string): LinearResult {
  if (!/^\d+$/.test(text)) return { ok: false, reason: 'characters' };
  if (text.length !== length && text.length !== length - 1) return { ok: false, reason: 'length' };
  const body = text.slice(0, length - 1);
  const full = body + String(gs1CheckDigit(body));
  if (text.length === length && text !== full) return { ok: false, reason: 'check_digit' };
  return { ok: true, code: { text: full, modules: modules(full) } };
}

/** GS1 check digit: weights 3 and 1 from the right. */
export function gs1CheckDigit(body: string): number {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum += Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}
