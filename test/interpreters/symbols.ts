/**
 * Codes a printer draws by itself, through bwip-js: another implementation than the one that lays out our labels, so
 * that a mistake in either shows as a difference of dots.
 */
import bwip from 'bwip-js/node';
import { createPaper, fillRect } from './paper.ts';
import type { Paper } from './paper.ts';

/** Widths of bars and spaces in modules, beginning with a bar. */
export type Elements = readonly number[];

export type SymbolResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

interface Drawing {
  readonly sbs?: readonly number[];
  readonly pixs?: readonly number[];
  readonly pixx?: number;
}

function draw(symbology: string, text: string, options: Record<string, unknown>): SymbolResult<Drawing> {
  try {
    const raw: unknown = (bwip as unknown as { raw(options: Record<string, unknown>): unknown }).raw({ bcid: symbology, text, ...options });
    const first: unknown = Array.isArray(raw) ? raw[0] : undefined;
    if (typeof first !== 'object' || first === null) return { ok: false, reason: `${symbology}: nothing drawn` };
    return { ok: true, value: first };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** A Code 128 symbol from explicit symbol values, start value first; check and stop are added. */
export function code128FromValues(values: readonly number[]): SymbolResult<Elements> {
  const drawing = draw('code128', values.map((value) => `^${String(value).padStart(3, '0')}`).join(''), { raw: true });
  if (!drawing.ok) return drawing;
  return { ok: true, value: drawing.value.sbs ?? [] };
}

/** A Code 128 symbol with subsets chosen as short as possible, as firmware with automatic subsets does. */
export function code128Automatic(bytes: string): SymbolResult<Elements> {
  const drawing = draw('code128', bytes, { binarytext: true });
  if (!drawing.ok) return drawing;
  return { ok: true, value: drawing.value.sbs ?? [] };
}

const names = { ean13: 'ean13', ean8: 'ean8', upca: 'upca', upce: 'upce', code39: 'code39', itf: 'interleaved2of5', code93: 'code93', codabar: 'rationalizedCodabar' } as const;
export type Symbology = keyof typeof names;

/** Any other linear symbol. Wide elements of two-width symbologies come as 2 or 3 and are sized by the caller. */
export function linear(symbology: Symbology, text: string): SymbolResult<Elements> {
  const drawing = draw(names[symbology], text, {});
  if (!drawing.ok) return drawing;
  return { ok: true, value: drawing.value.sbs ?? [] };
}

/** True for symbologies with only a narrow and a wide element. */
export function hasTwoWidths(symbology: Symbology): boolean {
  return symbology === 'code39' || symbology === 'itf' || symbology === 'codabar';
}

export interface QrRequest {
  /** One character per byte. */
  readonly bytes: string;
  readonly level: 'L' | 'M' | 'Q' | 'H';
  /** Mask pattern 0–7; undefined lets the drawer choose. */
  readonly mask?: number;
}

/** QR modules, row by row, 1 = dark, in the smallest version that holds the data. */
export function qr(request: QrRequest): SymbolResult<{ readonly size: number; readonly modules: readonly number[] }> {
  const drawing = draw('qrcode', request.bytes, {
    binarytext: true,
    eclevel: request.level,
    fixedeclevel: true,
    ...(request.mask === undefined ? {} : { mask: request.mask + 1 }),
  });
  if (!drawing.ok) return drawing;
  const { pixs, pixx } = drawing.value;
  if (pixs === undefined || pixx === undefined) return { ok: false, reason: 'qrcode: nothing drawn' };
  return { ok: true, value: { size: pixx, modules: pixs } };
}

/** Bars of given widths in dots (bar first), `height` dots high. */
export function barsToPaper(widths: readonly number[], height: number): Paper {
  const paper = createPaper(widths.reduce((sum, one) => sum + one, 0), height);
  let x = 0;
  widths.forEach((width, index) => {
    if (index % 2 === 0) fillRect(paper, x, 0, width, height, 'black');
    x += width;
  });
  return paper;
}

export function qrToPaper(code: { readonly size: number; readonly modules: readonly number[] }, cell: number): Paper {
  const paper = createPaper(code.size * cell, code.size * cell);
  code.modules.forEach((dark, index) => {
    if (dark === 1) fillRect(paper, (index % code.size) * cell, Math.floor(index / code.size) * cell, cell, cell, 'black');
  });
  return paper;
}
