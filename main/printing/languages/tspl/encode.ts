/**
 * TSPL / TSPL2 (TSC, Gprinter, HPRT and compatibles).
 *
 * Every label carries the whole header, since settings survive from one host to the next. Strings hold only characters that need no
 * quoting: a code with a quote, a backslash or an exclamation mark is drawn as boxes instead.
 */
import type { Bitmap, RenderedLabel } from '../../../../common/domain/label/rendered.ts';
import type { PrinterProfile } from '../../types.ts';
import { createByteWriter } from '../bytes.ts';
import type { ByteWriter } from '../bytes.ts';
import { code128Steps } from '../code128.ts';
import { findRegions } from '../ink.ts';
import type { Region } from '../ink.ts';
import { copiesOf, millimetres } from '../job.ts';
import type { EncodeJob } from '../job.ts';
import { settingsFor } from '../limits.ts';
import { planLabel } from '../plan.ts';
import type { LinearOp, NativeAbilities, NativeOp, QrOp } from '../plan.ts';
import { automaticModeAgrees, singleSegmentMode } from '../qr.ts';

/** Length of a typical `BITMAP x,y,w,h,0,…` line without its dots, and of a `BAR`. */
const bitmapLineCost = 26;
const barLineCost = 19;

const abilities: NativeAbilities = { fills: true, frames: false, linear: code128Data, qr: qrData, boxCost: barLineCost, codesAsBoxes: true };

const writer = createByteWriter(256 * 1024);

/** Encodes a label that fits the profile (see `checkFits`) as one TSPL job. */
export function encodeTspl(label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): Uint8Array {
  const out = writer;
  out.clear();
  header(out, label, profile);
  if (job.mode === 'raster') {
    const rows = profile.dialect.maxBandRows > 0 ? profile.dialect.maxBandRows : label.bitmap.height;
    for (let row = 0; row < label.bitmap.height; row += rows) {
      const region = { firstByte: 0, byteCount: label.bitmap.stride, firstRow: row, rowCount: Math.min(rows, label.bitmap.height - row) };
      bitmap(out, label.bitmap, region, profile.dialect.invertedBitmap);
    }
  } else {
    const plan = planLabel(label, abilities);
    const regions = findRegions(plan.rest, { regionCost: bitmapLineCost, maxRows: profile.dialect.maxBandRows, maxBytes: 0 });
    // Dots first: BITMAP in mode 0 overwrites, so what the printer draws itself must come after.
    for (const region of regions) bitmap(out, plan.rest, region, profile.dialect.invertedBitmap);
    for (const native of plan.natives) drawNative(out, native);
  }
  out.ascii(`PRINT 1,${copiesOf(job)}\r\n`);
  return out.take();
}

function header(out: ByteWriter, label: RenderedLabel, profile: PrinterProfile): void {
  const { media } = profile;
  const { darkness, speed } = settingsFor(profile);
  const height = media.kind === 'continuous' ? label.heightMicrometres : media.heightMicrometres;
  const gap = media.kind === 'continuous' ? 0 : media.gapMicrometres;
  out.ascii(
    // The first line break ends a half command an aborted job may have left.
    `\r\nSIZE ${millimetres(media.widthMicrometres)} mm,${millimetres(height)} mm\r\n` +
      `${media.kind === 'mark' ? 'BLINE' : 'GAP'} ${millimetres(gap)} mm,0 mm\r\n` +
      `DIRECTION ${profile.upsideDown ? 1 : 0},0\r\nREFERENCE 0,0\r\nOFFSET 0 mm\r\nSHIFT 0\r\n` +
      `SPEED ${speed}\r\nDENSITY ${darkness}\r\nSET RIBBON OFF\r\n` +
      finishLines(profile.finish) +
      'SET REPRINT OFF\r\n' +
      (profile.dialect.completion === 'gprinter-response' ? 'SET RESPONSE ON\r\n' : '') +
      'CLS\r\n',
  );
}

function finishLines(finish: PrinterProfile['finish']): string {
  if (finish === 'cut') return 'SET TEAR OFF\r\nSET PEEL OFF\r\nSET CUTTER 1\r\n';
  if (finish === 'peel') return 'SET CUTTER OFF\r\nSET TEAR OFF\r\nSET PEEL ON\r\n';
  return 'SET CUTTER OFF\r\nSET PEEL OFF\r\nSET TEAR ON\r\n';
}

function bitmap(out: ByteWriter, page: Bitmap, region: Region, inverted: boolean): void {
  out.ascii(`BITMAP ${region.firstByte * 8},${region.firstRow},${region.byteCount},${region.rowCount},0,`);
  // 0 is black in TSPL, so white pad bits must go out as 1; clones that take 1 as black get the page as it is.
  out.rows(page.bits, page.stride, region.firstByte, region.byteCount, region.firstRow, region.rowCount, inverted ? 0 : 0xff);
  out.ascii('\r\n');
}

function drawNative(out: ByteWriter, native: NativeOp): void {
  switch (native.kind) {
    case 'fill': {
      const { x, y, width, height } = native.rect;
      out.ascii(`BAR ${x},${y},${width},${height}\r\n`);
      break;
    }
    case 'linear': {
      const { rect, module } = native.op;
      out.ascii(`BARCODE ${rect.x},${rect.y},"128M",${rect.height},0,0,${module},${module},"${native.data}"\r\n`);
      break;
    }
    case 'qr': {
      const { rect, module, level, mask } = native.op;
      out.ascii(`QRCODE ${rect.x},${rect.y},${level},${module},A,0,M2,S${mask},"${native.data}"\r\n`);
      break;
    }
    case 'frame':
      // The plan turns frames into bars: whether BOX includes its end coordinates differs between firmwares.
      break;
  }
}

/** Characters that may stand in a quoted string of this encoder. */
const plainString = /^[\x20\x23-\x5b\x5d-\x7e]*$/;

/** `128M`: `!105` starts in C, `!104` in B, `!099`/`!100` switch, `!102` is FNC1 (TSC programming manual, BARCODE). */
function code128Data(op: LinearOp): string | undefined {
  if (op.rotation !== 0 || op.module < 1 || op.module > 10) return undefined;
  const steps = code128Steps(op);
  if (steps === undefined) return undefined;
  let data = '';
  for (const step of steps) {
    if (step.kind === 'start') data += step.subset === 'B' ? '!104' : '!105';
    else if (step.kind === 'switch') data += step.subset === 'B' ? '!100' : '!099';
    else if (step.kind === 'fnc1') data += '!102';
    else if (step.text.includes('!') || !plainString.test(step.text)) return undefined;
    else data += step.text;
  }
  return data;
}

function qrData(op: QrOp): string | undefined {
  if (op.module < 1 || op.module > 10 || !plainString.test(op.text)) return undefined;
  const mode = singleSegmentMode(op);
  return mode !== undefined && automaticModeAgrees(op.text, mode) ? op.text : undefined;
}
