/**
 * ESC/POS labels and receipts, as dots.
 *
 * A receipt printer has no page, so the label goes out from top to bottom. White is sent as one-byte-wide raster rows: their height is
 * exact on every model, while feed commands count in units that differ. In `hybrid` a Code 128 that has its rows for itself is drawn
 * by the printer; masks of QR codes cannot be chosen, so those stay dots.
 */
import type { Bitmap, RenderedLabel } from '../../../../common/domain/label/rendered.ts';
import type { PrinterProfile } from '../../types.ts';
import { createByteWriter } from '../bytes.ts';
import type { ByteWriter } from '../bytes.ts';
import { code128Steps } from '../code128.ts';
import { copiesOf, micrometresToDots } from '../job.ts';
import type { EncodeJob } from '../job.ts';
import { planLabel } from '../plan.ts';
import type { LinearOp, NativeAbilities } from '../plan.ts';
import { leastHarm, marginBytes, movedFree, spellsRealtime } from './realtime.ts';

const largestBandRows = 255;
const feedLinesBeforeTear = 4;

const writer = createByteWriter(256 * 1024);

/** Encodes a label that fits the profile (see `checkFits`). Upside-down labels are turned here: the printer has no command for it. */
export function encodeEscpos(label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): Uint8Array {
  const out = writer;
  out.clear();
  const copies = copiesOf(job);
  for (let copy = 0; copy < copies; copy++) {
    begin(out);
    if (job.mode === 'raster' || profile.upsideDown) rasterPage(out, profile.upsideDown ? turned(label.bitmap) : label.bitmap, profile, false);
    else hybridPage(out, label, profile);
    finish(out, profile);
  }
  return out.take();
}

/** Appends a page of dots, banded; the whole width of every row when `trim` is false. */
export function rasterPage(out: ByteWriter, page: Bitmap, profile: PrinterProfile, trim: boolean): void {
  rasterRows(out, page, 0, page.height, bandRows(profile), trim);
}

function bandRows(profile: PrinterProfile): number {
  const { maxBandRows } = profile.dialect;
  return maxBandRows > 0 ? Math.min(maxBandRows, largestBandRows) : largestBandRows;
}

function begin(out: ByteWriter): void {
  // ESC @ resets; ESC a 0 and GS L 0 0 put the origin at the left edge of the head also where a reset keeps stored settings.
  out.bytes(Uint8Array.of(0x1b, 0x40, 0x1b, 0x61, 0x00, 0x1d, 0x4c, 0x00, 0x00));
}

function finish(out: ByteWriter, profile: PrinterProfile): void {
  if (profile.media.kind === 'gap' || profile.media.kind === 'mark') {
    // Labels have a fixed pitch: step over the gap and the next one starts at its first row.
    whiteRows(out, micrometresToDots(profile.media.gapMicrometres, profile.dpi), bandRows(profile));
  } else if (profile.finish !== 'cut') out.bytes(Uint8Array.of(0x1b, 0x64, feedLinesBeforeTear));
  if (profile.finish === 'cut') out.bytes(Uint8Array.of(0x1d, 0x56, 0x42, 0x00));
}

function rasterHead(out: ByteWriter, byteCount: number, rowCount: number): void {
  out.bytes(Uint8Array.of(0x1d, 0x76, 0x30, 0x00, byteCount & 0xff, byteCount >> 8, rowCount & 0xff, rowCount >> 8));
}

function whiteRows(out: ByteWriter, count: number, band: number): void {
  for (let left = count; left > 0; left -= band) {
    const rows = Math.min(left, band);
    rasterHead(out, 1, rows);
    out.bytes(new Uint8Array(rows));
  }
}

/** White runs shorter than this cost less inside their neighbours than as a command of their own. */
const shortestWhiteRun = 16;

/** Rows of a page; with `trim`, long white runs are narrowed to one byte and the rest to its right edge. */
function rasterRows(out: ByteWriter, page: Bitmap, from: number, to: number, band: number, trim: boolean): void {
  let row = from;
  while (row < to) {
    const white = trim ? whiteRun(page, row, to) : 0;
    if (white >= shortestWhiteRun || row + white === to) {
      if (white > 0) whiteRows(out, white, band);
      row += white;
      if (white > 0) continue;
    }
    let end = row;
    let width = trim ? 1 : page.stride;
    while (end < to && end - row < band) {
      const inked = trim ? inkedBytes(page, end) : page.stride;
      if (inked === 0 && end > row && whiteRun(page, end, to) >= shortestWhiteRun) break;
      width = Math.max(width, inked);
      end++;
    }
    rasterBand(out, page, row, end, width);
    row = end;
  }
}

/**
 * One raster command; its dots must not spell a real-time command (see `realtime.ts`). Where they would, the same dots are sent from a
 * margin of a few dots, which moves every byte, or in two halves.
 */
function rasterBand(out: ByteWriter, page: Bitmap, row: number, end: number, width: number): void {
  const data = page.bits.subarray(row * page.stride, end * page.stride);
  const rows = width === page.stride ? data : narrowed(data, page.stride, width);
  if (!spellsRealtime(rows)) {
    rasterHead(out, width, end - row);
    out.bytes(rows);
    return;
  }
  const moved = movedFree(rows, width);
  if (moved === undefined && end - row > 1) {
    const middle = (row + end) >> 1;
    rasterBand(out, page, row, middle, width);
    rasterBand(out, page, middle, end, width);
    return;
  }
  const sent = moved ?? leastHarm(rows, width);
  out.bytes(marginBytes(sent.margin));
  rasterHead(out, width, end - row);
  out.bytes(sent.rows);
  out.bytes(marginBytes(0));
}

function narrowed(data: Uint8Array, stride: number, width: number): Uint8Array {
  const rows = data.length / stride;
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) out.set(data.subarray(row * stride, row * stride + width), row * width);
  return out;
}

/** White rows from `row` on, before `to`. */
function whiteRun(page: Bitmap, row: number, to: number): number {
  let end = row;
  while (end < to && inkedBytes(page, end) === 0) end++;
  return end - row;
}

/** Bytes from the left edge to the last inked byte of a row; 0 for a white row. */
function inkedBytes(page: Bitmap, row: number): number {
  const base = row * page.stride;
  for (let i = page.stride; i > 0; i--) if (page.bits[base + i - 1] !== 0) return i;
  return 0;
}

const abilities: NativeAbilities = { fills: false, frames: false, linear: code128Data, qr: () => undefined, boxCost: 0, codesAsBoxes: false };

function hybridPage(out: ByteWriter, label: RenderedLabel, profile: PrinterProfile): void {
  const plan = planLabel(label, abilities);
  const band = bandRows(profile);
  const codes = plan.natives
    .filter((native) => native.kind === 'linear')
    .filter(({ op }) => rowsAreFree(plan.rest, op.rect.y, op.rect.height) && plan.natives.every((other) => other.kind !== 'linear' || other.op === op || apart(other.op, op)))
    .sort((a, b) => a.op.rect.y - b.op.rect.y);
  // Codes that share rows with other ink stay dots: rows are cut from the whole label wherever no lone code stands.
  const page = label.bitmap;
  let row = 0;
  for (const { op, data } of codes) {
    rasterRows(out, page, row, op.rect.y, band, true);
    nativeCode(out, op, data);
    row = op.rect.y + op.rect.height;
  }
  rasterRows(out, page, row, page.height, band, true);
}

function apart(a: LinearOp, b: LinearOp): boolean {
  return a.rect.y + a.rect.height <= b.rect.y || b.rect.y + b.rect.height <= a.rect.y;
}

function rowsAreFree(page: Bitmap, firstRow: number, rowCount: number): boolean {
  for (let at = firstRow * page.stride; at < (firstRow + rowCount) * page.stride; at++) if (page.bits[at] !== 0) return false;
  return true;
}

/** Left margin, height, module, no readable line, then `GS k 73` with explicit subsets; the margin goes back to 0. */
function nativeCode(out: ByteWriter, op: LinearOp, data: string): void {
  const { rect, module } = op;
  out.bytes(marginBytes(rect.x));
  out.bytes(Uint8Array.of(0x1d, 0x68, rect.height, 0x1d, 0x77, module, 0x1d, 0x48, 0x00, 0x1d, 0x6b, 73, data.length));
  out.bytes(Uint8Array.from(data, (char) => char.charCodeAt(0)));
  out.bytes(marginBytes(0));
}

/** `{A`-style subsets: in C every byte is the value of a pair; a brace in B is doubled. */
function code128Data(op: LinearOp): string | undefined {
  if (op.rotation !== 0 || op.module < 2 || op.module > 6 || op.rect.height < 1 || op.rect.height > 255) return undefined;
  const steps = code128Steps(op);
  if (steps === undefined) return undefined;
  let data = '';
  let subset: 'B' | 'C' = 'B';
  for (const step of steps) {
    if (step.kind === 'text') {
      if (subset === 'B') data += step.text.replaceAll('{', '{{');
      else for (let i = 0; i < step.text.length; i += 2) data += String.fromCharCode(Number(step.text.slice(i, i + 2)));
    } else if (step.kind === 'fnc1') data += '{1';
    else {
      subset = step.subset;
      data += `{${subset}`;
    }
  }
  if (data.length > 255 || spellsRealtime(Uint8Array.from(data, (char) => char.charCodeAt(0)))) return undefined;
  return data;
}

/** The page turned by half a turn. */
function turned(page: Bitmap): Bitmap {
  const bits = new Uint8Array(page.stride * page.height);
  for (let y = 0; y < page.height; y++) {
    for (let x = 0; x < page.width; x++) {
      if ((page.bits[y * page.stride + (x >> 3)]! & (0x80 >> (x & 7))) === 0) continue;
      const tx = page.width - 1 - x;
      bits[(page.height - 1 - y) * page.stride + (tx >> 3)]! |= 0x80 >> (tx & 7);
    }
  }
  return { ...page, bits };
}
