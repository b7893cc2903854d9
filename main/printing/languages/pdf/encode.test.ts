import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { labelFrom, linearOp, noise, qrOp } from '../testing.ts';
import { encodePdf } from './encode.ts';

const label = labelFrom(608, 1_040, 203, [
  { kind: 'frame', rect: { x: 0, y: 0, width: 608, height: 1_040 }, thickness: 1 },
  linearOp('code128', 'SF1234567890123', 60, 90, 3, 96),
  qrOp('1234567890123', 60, 300, 4),
  { kind: 'bitmap', x: 33, y: 700, bitmap: noise(333, 100, 5), source: 'text' },
]);

describe('PDF', () => {
  it('has a page of the label’s real size for each label', async () => {
    const pdf = await PDFDocument.load(await encodePdf([label, labelFrom(898, 1_535, 300, [])]));
    expect(pdf.getPageCount()).toBe(2);
    expect(pdf.getPage(0).getWidth()).toBeCloseTo((76 * 72) / 25.4, 3);
    expect(pdf.getPage(0).getHeight()).toBeCloseTo((130 * 72) / 25.4, 3);
  });

  it('gives the same bytes for the same labels', async () => {
    expect(Buffer.compare(await encodePdf([label]), await encodePdf([label]))).toBe(0);
  });

  it('shows exactly our dots in another program', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'packbench-pdf-'));
    try {
      writeFileSync(join(folder, 'label.pdf'), await encodePdf([label]));
      // 203.2 dpi is 8 dots to the millimetre: poppler then draws one pixel for each dot.
      execFileSync('pdftoppm', ['-mono', '-r', '203.2', '-singlefile', join(folder, 'label.pdf'), join(folder, 'page')]);
      const pbm = readFileSync(join(folder, 'page.pbm'));
      const head = /^P4\s+(\d+)\s+(\d+)\s/.exec(pbm.subarray(0, 64).toString('latin1'));
      expect([Number(head?.[1]), Number(head?.[2])]).toEqual([608, 1_040]);
      expect(Buffer.compare(pbm.subarray(head?.[0].length), label.bitmap.bits)).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
