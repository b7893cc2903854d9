/** Compares what a printer makes of our bytes with the label they were made from. */
import { expect } from 'vitest';
import type { RenderedLabel } from '../../common/domain/label/rendered.ts';
import type { PrinterLanguage, PrinterProfile } from '../../main/printing/types.ts';
import { genericProfile } from '../../main/printing/languages/profiles.ts';
import { fitted } from '../../main/printing/languages/testing.ts';
import { interpret } from '../interpreters/index.ts';
import type { PrintedLabel, Printout } from '../interpreters/types.ts';

/** The generic profile of a language with paper of the label's size. */
export function profileFor(label: RenderedLabel, language: PrinterLanguage, change: Partial<PrinterProfile> = {}): PrinterProfile {
  const { widthMicrometres, heightMicrometres, dpi } = label;
  return { ...fitted(genericProfile({ language, dpi, widthMicrometres, heightMicrometres }), label), ...change };
}

/** What the independent interpreter of the language prints. */
export function printed(bytes: Uint8Array, profile: PrinterProfile): Printout {
  return interpret(profile.language, bytes, { dpi: profile.dpi, headDots: profile.headDots, invertedBitmap: profile.dialect.invertedBitmap });
}

/** Dots at which the paper and the label differ; ink of the paper outside the label counts. At most `limit` are listed. */
export function differences(paper: PrintedLabel, label: RenderedLabel, limit = 5): string[] {
  const found: string[] = [];
  const { bitmap } = label;
  const dot = (bits: Uint8Array, stride: number, width: number, height: number, x: number, y: number): boolean =>
    x < width && y < height && (bits[y * stride + (x >> 3)]! & (0x80 >> (x & 7))) !== 0;
  for (let y = 0; y < Math.max(bitmap.height, paper.heightDots) && found.length < limit; y++) {
    for (let x = 0; x < Math.max(bitmap.width, paper.widthDots) && found.length < limit; x++) {
      const wanted = dot(bitmap.bits, bitmap.stride, bitmap.width, bitmap.height, x, y);
      const got = dot(paper.bits, paper.stride, paper.widthDots, paper.heightDots, x, y);
      if (wanted !== got) found.push(`${x},${y} ${wanted ? 'missing' : 'too much'}`);
    }
  }
  return found;
}

/** One label, no complaint, every dot. */
export function expectExact(printout: Printout, label: RenderedLabel): void {
  expect(printout.errors).toEqual([]);
  expect(printout.warnings).toEqual([]);
  expect(printout.labels).toHaveLength(1);
  expect(differences(printout.labels[0]!, label)).toEqual([]);
}
