/**
 * Receipts for 58 and 80 mm ESC/POS printers: label document pages as dots, or lines of text in the printer's own Chinese font.
 *
 * node-thermal-printer builds the bytes of plain styles (alignment, bold, size). What it gets wrong is done here: Chinese mode and GBK,
 * column widths, QR lengths, subsets, cutting; and none of its transports is ever constructed.
 */
import { PrinterTypes, ThermalPrinter } from 'node-thermal-printer';
import type { Bitmap, RenderedLabel } from '../../../../common/domain/label/rendered.ts';
import { encodeLinear } from '../../../../common/domain/label/codes/linear.ts';
import { fail } from '../../../../common/errors.ts';
import type { PrinterProfile } from '../../types.ts';
import { createByteWriter } from '../bytes.ts';
import { encodeLabel } from '../index.ts';
import { checkSize } from '../job.ts';
import { rasterPage } from '../escpos/encode.ts';
import { spellsRealtime } from '../escpos/realtime.ts';
import { leftRight, widthOf, wrapColumns } from './columns.ts';
import { gbkBytes } from './gbk.ts';
import type { Slip, SlipLine } from './slip.ts';

/** Width of a Latin character of font A in dots; a hanzi takes two. */
const columnDots = 12;

/** Draws one line of text as dots, at most as wide as the paper; 24 dots high, or 48 doubled. */
export type LineRaster = (text: string, look: { readonly bold: boolean; readonly double: boolean }) => Bitmap;

/** Pages of a label document one after another on a roll: each is one receipt and is cut (or torn) by itself. */
export function encodeReceiptPages(pages: readonly RenderedLabel[], profile: PrinterProfile): Uint8Array {
  return checkSize(Buffer.concat(pages.map((page) => encodeLabel(page, profile, { mode: 'raster' }))));
}

/**
 * A slip as text. Lines with a character the printer's GBK does not hold go as dots, so that none is lost or replaced.
 * Errors: LANGUAGE_UNKNOWN for a printer that is not ESC/POS, LABEL_TOO_LARGE.
 */
export function encodeSlip(slip: Slip, profile: PrinterProfile, drawLine: LineRaster): Uint8Array {
  if (profile.language !== 'escpos') fail('LANGUAGE_UNKNOWN', { language: profile.language });
  const builder = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '' });
  const columns = Math.floor(profile.headDots / columnDots);
  // ESC @ resets, FS & turns Chinese mode on also where the printer did not start in it.
  builder.append(Buffer.of(0x1b, 0x40, 0x1c, 0x26));
  for (const line of slip.lines) addLine(builder, line, columns, profile, drawLine);
  builder.append(profile.finish === 'cut' ? Buffer.of(0x1d, 0x56, 0x42, 0x00) : Buffer.of(0x1b, 0x64, 0x04));
  return checkSize(new Uint8Array(builder.getBuffer() ?? Buffer.alloc(0)));
}

function addLine(builder: ThermalPrinter, line: SlipLine, columns: number, profile: PrinterProfile, drawLine: LineRaster): void {
  switch (line.kind) {
    case 'rule':
      addText(builder, '-'.repeat(columns), { bold: false, double: false }, profile, drawLine);
      break;
    case 'text': {
      const look = { bold: line.bold ?? false, double: line.double ?? false };
      const room = look.double ? Math.floor(columns / 2) : columns;
      for (const text of wrapColumns(clean(line.text), room)) addText(builder, aligned(text, line.align ?? 'left', room), look, profile, drawLine);
      break;
    }
    case 'pair':
      for (const text of leftRight(clean(line.left), clean(line.right), columns)) addText(builder, text, { bold: line.bold ?? false, double: false }, profile, drawLine);
      break;
    case 'code128':
      builder.alignCenter();
      builder.append(Buffer.from(code128Bytes(line.text, profile.headDots)));
      builder.newLine();
      builder.alignLeft();
      break;
    case 'qr':
      builder.alignCenter();
      builder.append(Buffer.from(qrBytes(line.text)));
      builder.newLine();
      builder.alignLeft();
      break;
  }
}

/** One line per line: breaks and control characters become spaces. */
function clean(text: string): string {
  return Array.from(text, (character) => ((character.codePointAt(0) ?? 0) < 0x20 || character === '\u007f' ? ' ' : character)).join('').trim();
}

/** Alignment by spaces: a printer's own alignment would not reach the lines sent as dots. */
function aligned(text: string, align: 'left' | 'center' | 'right', columns: number): string {
  const blank = Math.max(0, columns - widthOf(text));
  if (align === 'left') return text;
  return ' '.repeat(align === 'right' ? blank : Math.floor(blank / 2)) + text;
}

function addText(builder: ThermalPrinter, text: string, look: { readonly bold: boolean; readonly double: boolean }, profile: PrinterProfile, drawLine: LineRaster): void {
  const bytes = gbkBytes(text);
  if (bytes === undefined) {
    const out = createByteWriter(16 * 1024);
    rasterPage(out, drawLine(text, look), profile, true);
    builder.append(Buffer.from(out.take()));
    return;
  }
  builder.bold(look.bold);
  if (look.double) {
    builder.setTextSize(1, 1);
    // FS ! sets the size of hanzi, which GS ! does not reach on every model.
    builder.append(Buffer.of(0x1c, 0x21, 0x0c));
  }
  builder.append(Buffer.from(bytes));
  builder.newLine();
  if (look.double) {
    builder.setTextNormal();
    builder.append(Buffer.of(0x1c, 0x21, 0x00));
  }
  builder.bold(false);
}

/** `GS k 73` with explicit subsets and the widest module of 2 to 4 dots that leaves the quiet zones on the paper. */
function code128Bytes(text: string, headDots: number): Uint8Array {
  const made = encodeLinear('code128', text);
  if (!made.ok || made.code.codewords === undefined) fail('BAD_INPUT', { issues: [{ path: 'code128', message: `cannot be a Code 128: ${text}` }] });
  const { codewords, modules } = made.code;
  const module = [4, 3, 2].find((dots) => (modules.length + 20) * dots <= headDots);
  if (module === undefined) fail('BAD_INPUT', { issues: [{ path: 'code128', message: `too long for this paper: ${text}` }] });
  const data = subsetBytes(codewords);
  if (data === undefined || data.length > 255 || spellsRealtime(data)) fail('BAD_INPUT', { issues: [{ path: 'code128', message: `this printer cannot draw it: ${text}` }] });
  return Uint8Array.from([0x1d, 0x68, 80, 0x1d, 0x77, module, 0x1d, 0x48, 2, 0x1d, 0x6b, 73, data.length, ...data]);
}

/** Symbol values of subsets B and C as `{B`/`{C` data. */
function subsetBytes(values: readonly number[]): Uint8Array | undefined {
  const out: number[] = [];
  let subset = 'B';
  for (const [at, value] of values.entries()) {
    if (at === 0 || (subset === 'B' && value === 99) || (subset === 'C' && value === 100)) {
      if (at === 0 && value !== 104 && value !== 105) return undefined;
      subset = at === 0 ? (value === 104 ? 'B' : 'C') : value === 99 ? 'C' : 'B';
      out.push(0x7b, subset.charCodeAt(0));
    } else if (subset === 'C') {
      if (value > 99) return undefined;
      out.push(value);
    } else {
      if (value > 94) return undefined;
      if (value + 32 === 0x7b) out.push(0x7b);
      out.push(value + 32);
    }
  }
  return Uint8Array.from(out);
}

/** `GS ( k`: model 2, module 6 dots, level M, data by their length in bytes. */
function qrBytes(text: string): Uint8Array {
  const data = Buffer.from(text, 'utf8');
  if (data.length === 0 || data.length > 1_000 || spellsRealtime(data)) fail('BAD_INPUT', { issues: [{ path: 'qr', message: 'a QR code on a receipt holds 1 to 1000 bytes of text' }] });
  const length = data.length + 3;
  return Buffer.concat([
    Uint8Array.of(0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 0x32, 0x00),
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x43, 6),
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x45, 0x31),
    Uint8Array.of(0x1d, 0x28, 0x6b, length & 0xff, length >> 8, 0x31, 0x50, 0x30),
    data,
    Uint8Array.of(0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 0x30),
  ]);
}
