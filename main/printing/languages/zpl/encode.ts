/**
 * ZPL II (Zebra and compatibles).
 *
 * Settings that outlive a format are sent with each label, the printer's own reprint after an error is off (`^JZN`), data goes through
 * a `^FH` escaper, and `^BY` is set before every code, because with `^FO` a QR code is moved down by whatever bar height came last.
 */
import type { Bitmap, RenderedLabel } from '../../../../common/domain/label/rendered.ts';
import type { PrinterProfile } from '../../types.ts';
import { createByteWriter } from '../bytes.ts';
import type { ByteWriter } from '../bytes.ts';
import { automaticValuesAgree, code128Steps } from '../code128.ts';
import { findRegions } from '../ink.ts';
import type { Region } from '../ink.ts';
import { copiesOf, micrometresToDots } from '../job.ts';
import type { EncodeJob } from '../job.ts';
import { settingsFor } from '../limits.ts';
import { planLabel } from '../plan.ts';
import type { LinearOp, NativeAbilities, NativeOp, QrOp } from '../plan.ts';
import { automaticModeAgrees, singleSegmentMode } from '../qr.ts';
import { encodeAcs, encodeHex, encodeZ64 } from './graphics.ts';

/** Largest byte count the `^GF` parameters may state. */
const maximumGraphicBytes = 99_999;
/** `^FOx,y^GFA,b,c,d,` … `^FS` and the start of a deflate stream; blank space compresses to almost nothing, so boxes stay large. */
const plainRegionCost = 40;
const packedRegionCost = 8_000;
const boxLineCost = 22;
/** Run lengths are shorter than deflate only for a few lines of dots; beyond this they need not be tried. */
const largestRunLength = 4_096;

const abilities: NativeAbilities = { fills: true, frames: true, linear: code128Data, qr: qrData, boxCost: boxLineCost, codesAsBoxes: false };

const writer = createByteWriter(128 * 1024);

/** Encodes a label that fits the profile (see `checkFits`) as one ZPL format. */
export function encodeZpl(label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): Uint8Array {
  const out = writer;
  out.clear();
  const { compression, maxBandRows } = profile.dialect;
  header(out, label, profile, job);
  if (job.mode === 'raster') {
    const rows = Math.min(maxBandRows > 0 ? maxBandRows : label.bitmap.height, Math.max(1, Math.floor(maximumGraphicBytes / label.bitmap.stride)));
    for (let row = 0; row < label.bitmap.height; row += rows) {
      const region = { firstByte: 0, byteCount: label.bitmap.stride, firstRow: row, rowCount: Math.min(rows, label.bitmap.height - row) };
      graphic(out, label.bitmap, region, compression);
    }
  } else {
    const plan = planLabel(label, abilities);
    const regionCost = compression === 'z64' ? packedRegionCost : plainRegionCost;
    const regions = findRegions(plan.rest, { regionCost, maxRows: maxBandRows, maxBytes: maximumGraphicBytes });
    for (const region of regions) graphic(out, plan.rest, region, compression);
    // A format without a field prints nothing at all; a blank label is still a label.
    if (regions.length === 0 && plan.natives.length === 0) out.ascii('^FO0,0^GFA,1,1,1,00^FS\r\n');
    for (const native of plan.natives) drawNative(out, native);
  }
  out.ascii(`^PQ${copiesOf(job)},0,0,N\r\n^XZ\r\n`);
  return out.take();
}

function header(out: ByteWriter, label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): void {
  const { media } = profile;
  const { darkness, speed } = settingsFor(profile);
  const tracking = { gap: 'Y', mark: 'M', continuous: 'N' }[media.kind];
  const finish = { tear: 'T', peel: 'P', cut: 'C' }[profile.finish];
  const width = Math.min(profile.headDots, Math.max(label.bitmap.width, micrometresToDots(media.widthMicrometres, profile.dpi)));
  out.ascii(
    `~SD${String(darkness).padStart(2, '0')}\r\n^XA\r\n` +
      `^MM${finish}^MN${tracking}^MTD^PW${width}^LL${label.bitmap.height}^LH0,0^LT0^LS0^LRN^FWN^PMN` +
      `^PR${speed},${speed}^PO${profile.upsideDown ? 'I' : 'N'}^JZN^CI28\r\n`,
  );
  if (profile.dialect.completion === 'zpl-hv' && job.attemptTag !== undefined) {
    // A field with its base line on the upper edge lies off the paper, draws nothing, and is echoed when the label is printed.
    const tag = job.attemptTag;
    if (!/^[0-9A-Za-z_-]{1,64}$/.test(tag)) throw new RangeError('an attempt tag is 1 to 64 letters, digits, hyphens or underscores');
    out.ascii(`^FT0,0^A0N,10,10^FN1${fieldData(tag)}^FS^FH_^HV1,${tag.length},WB[,]_0D_0A,L^FS\r\n`);
  }
}

/** What a printer with `zpl-hv` completion answers once the label with this tag is printed. */
export function zplEcho(attemptTag: string): string {
  return `WB[${attemptTag}]`;
}

let page = new Uint8Array(0);

function graphic(out: ByteWriter, source: Bitmap, region: Region, compression: PrinterProfile['dialect']['compression']): void {
  const size = region.byteCount * region.rowCount;
  const data = cut(source, region, size);
  out.ascii(`^FO${region.firstByte * 8},${region.firstRow}^GFA,${size},${size},${region.byteCount},`);
  if (compression === 'none') out.ascii(encodeHex(data));
  else if (compression === 'acs') out.ascii(encodeAcs(data, region.byteCount) ?? encodeHex(data));
  else {
    const packed = encodeZ64(data);
    out.ascii((size <= largestRunLength ? encodeAcs(data, region.byteCount, packed.length) : undefined) ?? packed);
  }
  out.ascii('^FS\r\n');
}

/** The bytes of a region, one row after another. Valid until the next call. */
function cut(source: Bitmap, region: Region, size: number): Uint8Array {
  const { firstByte, byteCount, firstRow, rowCount } = region;
  if (byteCount === source.stride) return source.bits.subarray(firstRow * byteCount, (firstRow + rowCount) * byteCount);
  if (page.length < size) page = new Uint8Array(size);
  for (let row = 0; row < rowCount; row++) {
    const from = (firstRow + row) * source.stride + firstByte;
    page.set(source.bits.subarray(from, from + byteCount), row * byteCount);
  }
  return page.subarray(0, size);
}

function drawNative(out: ByteWriter, native: NativeOp): void {
  switch (native.kind) {
    case 'fill': {
      const { x, y, width, height } = native.rect;
      out.ascii(`^FO${x},${y}^GB${width},${height},${Math.min(width, height)}^FS\r\n`);
      break;
    }
    case 'frame': {
      const { x, y, width, height } = native.rect;
      out.ascii(`^FO${x},${y}^GB${width},${height},${Math.min(native.thickness, width, height)}^FS\r\n`);
      break;
    }
    case 'linear': {
      const { rect, module, rotation } = native.op;
      const bar = rotation === 0 || rotation === 180 ? rect.height : rect.width;
      const turn = { 0: 'N', 90: 'R', 180: 'I', 270: 'B' }[rotation];
      out.ascii(`^FO${rect.x},${rect.y}^BY${module},3,${bar}^BC${turn},${bar},N,N,N,${native.data}^FS\r\n`);
      break;
    }
    case 'qr': {
      const { rect, module, level, mask } = native.op;
      out.ascii(`^BY2,3,0^FO${rect.x},${rect.y}^BQN,2,${module},${level},${mask}${fieldData(native.data)}^FS\r\n`);
      break;
    }
  }
}

/** Field data in which no character can be taken for a command: `^`, `~`, `_` and anything unprintable go as hexadecimal. */
export function fieldData(text: string): string {
  if (/^[\x20-\x5d\x60-\x7d]*$/.test(text)) return `^FD${text}`;
  let out = '^FH_^FD';
  for (const byte of Buffer.from(text, 'utf8')) {
    if (byte < 0x20 || byte > 0x7d || byte === 0x5e || byte === 0x5f) out += `_${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    else out += String.fromCharCode(byte);
  }
  return out;
}

/**
 * Mode and data of `^BC`, after its `h,N,N,N,`: explicit subsets wherever they work everywhere. The switch into C inside a symbol does
 * not (Zebrash takes `>5` for a function character), so there the printer's automatic mode is used, and only when the standard's own
 * procedure (ISO/IEC 15417 annex E) comes to our symbol values.
 */
function code128Data(op: LinearOp): string | undefined {
  if (op.module < 1 || op.module > 10) return undefined;
  const steps = code128Steps(op);
  if (steps === undefined) return undefined;
  if (steps.some((step) => step.kind === 'switch' && step.subset === 'C')) {
    return !op.text.includes('>') && automaticValuesAgree(op) ? `A${fieldData(op.text)}` : undefined;
  }
  let data = '';
  for (const step of steps) {
    if (step.kind === 'start') data += step.subset === 'B' ? '>:' : '>;';
    else if (step.kind === 'switch') data += '>6';
    else if (step.kind === 'fnc1') data += '>8';
    else data += step.text.replaceAll('>', '>0');
  }
  return `N${fieldData(data)}`;
}

/** Automatic input, for texts where every encoder comes to the same single segment. */
function qrData(op: QrOp): string | undefined {
  if (op.module < 1 || op.module > 10) return undefined;
  const mode = singleSegmentMode(op);
  return mode !== undefined && automaticModeAgrees(op.text, mode) ? `${op.level}A,${op.text}` : undefined;
}
