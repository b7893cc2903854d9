/**
 * CPCL (mobile printers of the HM-A300 kind, Kuaimai, Zebra QL/ZQ).
 *
 * The language has no escaping and few exact rules: where LINE and BOX end, which subsets BARCODE 128 picks and which mask a QR gets
 * is left to the firmware. So only a Code 128 every encoder makes the same way goes natively; all else is sent as dots in bands.
 */
import type { Bitmap, RenderedLabel } from '../../../../common/domain/label/rendered.ts';
import type { PrinterProfile } from '../../types.ts';
import { createByteWriter } from '../bytes.ts';
import type { ByteWriter } from '../bytes.ts';
import { code128Steps } from '../code128.ts';
import { findRegions } from '../ink.ts';
import type { Region } from '../ink.ts';
import { copiesOf } from '../job.ts';
import type { EncodeJob } from '../job.ts';
import { settingsFor } from '../limits.ts';
import { planLabel } from '../plan.ts';
import type { LinearOp, NativeAbilities } from '../plan.ts';

/** Receive buffers of mobile printers are small: a graphic has at most this many rows unless the profile says fewer. */
const largestBandRows = 128;
const graphicLineCost = 22;

const abilities: NativeAbilities = { fills: false, frames: false, linear: code128Data, qr: () => undefined, boxCost: 0, codesAsBoxes: false };

const writer = createByteWriter(256 * 1024);

/** Encodes a label that fits the profile (see `checkFits`) as one CPCL job. */
export function encodeCpcl(label: RenderedLabel, profile: PrinterProfile, job: EncodeJob): Uint8Array {
  const out = writer;
  out.clear();
  const { darkness, speed } = settingsFor(profile);
  const { maxBandRows } = profile.dialect;
  const rows = maxBandRows > 0 ? Math.min(maxBandRows, largestBandRows) : largestBandRows;
  out.ascii(
    // 200 is the language's name for the dots of the head, whatever their number per inch.
    `! 0 200 200 ${label.bitmap.height} ${copiesOf(job)}\r\nPAGE-WIDTH ${label.bitmap.width}\r\n` +
      // The feed key must not repeat the last label.
      `ON-FEED IGNORE\r\nSPEED ${speed}\r\nTONE ${darkness}\r\nSETMAG 0 0\r\nSETBOLD 0\r\nLEFT\r\nBARCODE-TEXT OFF\r\n`,
  );
  if (job.mode === 'raster') {
    for (let row = 0; row < label.bitmap.height; row += rows) {
      graphic(out, label.bitmap, { firstByte: 0, byteCount: label.bitmap.stride, firstRow: row, rowCount: Math.min(rows, label.bitmap.height - row) });
    }
  } else {
    const plan = planLabel(label, abilities);
    for (const region of findRegions(plan.rest, { regionCost: graphicLineCost, maxRows: rows, maxBytes: 0 })) graphic(out, plan.rest, region);
    for (const native of plan.natives) {
      if (native.kind !== 'linear') continue;
      const { rect, module } = native.op;
      out.ascii(`BARCODE 128 ${module} 1 ${rect.height} ${rect.x} ${rect.y} ${native.data}\r\n`);
    }
  }
  if (profile.media.kind !== 'continuous') out.ascii('FORM\r\n');
  out.ascii(profile.upsideDown ? 'PO-PRINT\r\n' : 'PRINT\r\n');
  return out.take();
}

function graphic(out: ByteWriter, page: Bitmap, region: Region): void {
  out.ascii(`CG ${region.byteCount} ${region.rowCount} ${region.firstByte * 8} ${region.firstRow} `);
  out.rows(page.bits, page.stride, region.firstByte, region.byteCount, region.firstRow, region.rowCount, 0);
  out.ascii('\r\n');
}

/**
 * The data of a Code 128 that leaves no choice: an even count of digits wholly in C, or characters wholly in B with no run of digits
 * that any encoder would move to C.
 */
function code128Data(op: LinearOp): string | undefined {
  if (op.rotation !== 0 || op.module < 1) return undefined;
  const steps = code128Steps(op);
  if (steps?.length !== 2) return undefined;
  const [start, body] = steps;
  if (start?.kind !== 'start' || body?.kind !== 'text') return undefined;
  const { text } = body;
  if (start.subset === 'C') return /^(?:[0-9]{2}){2,}$/.test(text) ? text : undefined;
  return /^[0-9A-Za-z.+/-]+$/.test(text) && !/[0-9]{2}/.test(text) ? text : undefined;
}
