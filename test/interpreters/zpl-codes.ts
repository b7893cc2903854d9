import { createPaper, blit, frameRect } from './paper.ts';
import type { Paper } from './paper.ts';
import { barsToPaper, code128Automatic, code128FromValues, linear, qr, qrToPaper } from './symbols.ts';
import type { Elements, SymbolResult } from './symbols.ts';
import { textOfValues } from './tspl-codes.ts';

export interface BarDefaults {
  readonly width: number;
  readonly ratio: number;
  readonly height: number;
}

/** A code field as given by `^BC`, `^BE`, `^B8`, `^B3`, `^B2`: already upright, to be turned by the caller. */
export interface ZplCode {
  readonly kind: 'BC' | 'BE' | 'B8' | 'B3' | 'B2' | 'BQ';
  readonly height: number;
  readonly hri: boolean;
  readonly hriAbove: boolean;
  readonly mode: string;
  readonly magnification: number;
  readonly mask: number;
}

export type ZplDrawn = { readonly ok: true; readonly paper: Paper; readonly format: string; readonly text: string; readonly notes: readonly string[] } | { readonly ok: false; readonly reason: string };

export function drawZplCode(code: ZplCode, data: string, by: BarDefaults): ZplDrawn {
  if (code.kind === 'BQ') return drawQr(code, data);
  const notes: string[] = [];
  let elements: SymbolResult<Elements>;
  let text = data;
  if (code.kind === 'BC') {
    const symbol = code128(data, code.mode);
    if (!symbol.ok) return symbol;
    elements = symbol.value.elements;
    text = symbol.value.text;
  } else {
    const symbology = { BE: 'ean13', B8: 'ean8', B3: 'code39', B2: 'itf' } as const;
    // The printer appends the check digit of EAN itself and ignores one that is sent too much.
    if (code.kind === 'BE') text = data.padStart(12, '0').slice(0, 13);
    if (code.kind === 'B8') text = data.padStart(7, '0').slice(0, 8);
    elements = linear(symbology[code.kind], text);
  }
  if (!elements.ok) return elements;
  const two = code.kind === 'B3' || code.kind === 'B2';
  const wide = Math.floor(by.width * by.ratio);
  const bars = barsToPaper(elements.value.map((width) => (two ? (width > 1 ? wide : by.width) : width * by.width)), code.height);
  if (!code.hri) return { ok: true, paper: bars, format: code.kind, text, notes };
  notes.push('human readable line in the font of the printer');
  const paper = createPaper(bars.width, bars.height + 26);
  blit(paper, bars, 0, code.hriAbove ? 26 : 0, 'or');
  frameRect(paper, 0, code.hriAbove ? 0 : bars.height + 6, bars.width, 20, 1, 'black');
  return { ok: true, paper, format: code.kind, text, notes };
}

function code128(data: string, mode: string): { readonly ok: true; readonly value: { readonly elements: SymbolResult<Elements>; readonly text: string } } | { readonly ok: false; readonly reason: string } {
  if (mode === 'A') return { ok: true, value: { elements: code128Automatic(data), text: data } };
  if (mode !== 'N') return { ok: false, reason: `^BC mode ${mode} is not judged` };
  const values = invocationValues(data);
  if (!values.ok) return values;
  return { ok: true, value: { elements: code128FromValues(values.value), text: textOfValues(values.value) } };
}

/**
 * Mode N: `>9` `>:` `>;` start subset A, B, C (B without); `>5` `>6` `>7` switch to C, B, A; `>8` FNC1; `>0` is a `>`.
 */
export function invocationValues(data: string): SymbolResult<readonly number[]> {
  const codes: Readonly<Record<string, number>> = { '<': 94, '0': 30, '=': 94, '1': 95, '2': 96, '3': 97, '4': 98, '5': 99, '6': 100, '7': 101, '8': 102, '9': 103, ':': 104, ';': 105 };
  const values: number[] = [];
  let subset: 'A' | 'B' | 'C' = 'B';
  for (let at = 0; at < data.length; ) {
    if (data[at] === '>') {
      const value = codes[data[at + 1] ?? ''];
      if (value === undefined) return { ok: false, reason: `no invocation code >${data[at + 1] ?? ''}` };
      const start = value >= 103;
      if (start && values.length > 0) return { ok: false, reason: 'a start code in the middle' };
      if (!start && values.length === 0) values.push(104);
      values.push(value);
      if (value === 103 || (value === 101 && subset !== 'A')) subset = 'A';
      else if (value === 104 || (value === 100 && subset !== 'B')) subset = 'B';
      else if (value === 105 || (value === 99 && subset !== 'C')) subset = 'C';
      at += 2;
      continue;
    }
    if (values.length === 0) values.push(104);
    if (subset === 'C') {
      const pair = data.slice(at, at + 2);
      if (!/^\d\d$/.test(pair)) return { ok: false, reason: `subset C needs two digits, not ${JSON.stringify(pair)}` };
      values.push(Number(pair));
      at += 2;
      continue;
    }
    // In subset A letters are sent as digit pairs on old firmware; plain characters of the set are taken as they are.
    const code = data.charCodeAt(at);
    if (code < 32 || code > (subset === 'A' ? 95 : 127)) return { ok: false, reason: `character ${code} is not in subset ${subset}` };
    values.push(code - 32);
    at++;
  }
  return values.length > 0 ? { ok: true, value: values } : { ok: false, reason: 'no data' };
}

function drawQr(code: ZplCode, data: string): ZplDrawn {
  const match = /^([HQML])([AM]),(.*)$/s.exec(data);
  if (match === null) return { ok: false, reason: `QR data begins with ${JSON.stringify(data.slice(0, 4))}, not with level and mode` };
  const [, level, mode, body = ''] = match as unknown as [string, 'H' | 'Q' | 'M' | 'L', 'A' | 'M', string];
  const notes: string[] = [];
  let bytes = body;
  if (mode === 'A') {
    if (/[\x80-\x9f\xe0-\xff]/.test(body)) return { ok: false, reason: 'automatic mode cannot carry bytes 80–9F and E0–FF' };
  } else {
    bytes = '';
    for (let at = 0; at < body.length; ) {
      const kind = body[at];
      if (kind === 'B') {
        const count = Number(body.slice(at + 1, at + 5));
        if (!/^\d{4}$/.test(body.slice(at + 1, at + 5)) || at + 5 + count > body.length) return { ok: false, reason: 'byte mode count does not match the data' };
        bytes += body.slice(at + 5, at + 5 + count);
        at += 5 + count;
      } else if (kind === 'N' || kind === 'A') {
        const end = body.indexOf(',', at) < 0 ? body.length : body.indexOf(',', at);
        bytes += body.slice(at + 1, end);
        at = end;
      } else return { ok: false, reason: `manual mode ${kind ?? ''}` };
      if (body[at] === ',') at++;
    }
    notes.push('segments of a manual QR code are drawn with automatic segments');
  }
  const symbol = qr({ bytes, level, mask: code.mask });
  if (!symbol.ok) return symbol;
  return { ok: true, paper: qrToPaper(symbol.value, code.magnification), format: 'qr', text: bytes, notes };
}
