/**
 * Bytes per dense label: each language and mode against the same page as one Z64 raster, and what limits the ratio. The limit is
 * measured too: the ink that only dots can carry (text), and the size an ideal coder of bi-level pictures would need for it.
 */
import { deflateSync } from 'node:zlib';
import type { Bitmap, RenderedLabel } from '../../common/domain/label/rendered.ts';
import { encodeLabel } from '../printing/languages/index.ts';
import { genericProfile } from '../printing/languages/profiles.ts';
import { createLabelEngine } from '../printing/raster/engine.ts';
import { loadFontSet } from '../printing/raster/fonts.ts';
import { printerLanguages } from '../printing/types.ts';
import type { EncodeMode, PrinterLanguage } from '../printing/types.ts';
import type { BenchCase, BenchContext, BenchValue } from './harness.ts';
import { ratio } from './harness.ts';
import { denseData, denseTemplate } from './samples.ts';

const modes: readonly EncodeMode[] = ['hybrid', 'raster'];

/** One whole page as every ZPL program sends it: zlib at its usual best, base64, one `^GF`. */
export function fullPageZ64Bytes(bitmap: Bitmap): number {
  return `^XA^FO0,0^GFA,${bitmap.bits.length},${bitmap.bits.length},${bitmap.stride},:Z64::0000^FS^XZ`.length + base64Length(deflateSync(bitmap.bits, { level: 9 }).length);
}

function base64Length(bytes: number): number {
  return Math.ceil(bytes / 3) * 4;
}

/** Only what is text or picture: the ink no printer can draw dot for dot by itself. */
function dotsOnly(label: RenderedLabel): Bitmap {
  const { width, height, stride } = label.bitmap;
  const bits = new Uint8Array(stride * height);
  for (const op of label.ops) {
    if (op.kind !== 'bitmap') continue;
    for (let y = 0; y < op.bitmap.height; y++) {
      for (let x = 0; x < op.bitmap.width; x++) {
        if (((op.bitmap.bits[y * op.bitmap.stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
        const px = op.x + x;
        const at = (op.y + y) * stride + (px >> 3);
        bits[at] = (bits[at] ?? 0) | (0x80 >> (px & 7));
      }
    }
  }
  return { width, height, stride, bits };
}

/** Places of the dots a bi-level coder looks at before it guesses the next one (two rows above, four to the left). */
const context = [
  [-1, 0],
  [-2, 0],
  [-3, 0],
  [-4, 0],
  [-2, -1],
  [-1, -1],
  [0, -1],
  [1, -1],
  [2, -1],
  [3, -1],
  [-1, -2],
  [0, -2],
  [1, -2],
] as const;

/** Bytes an adaptive arithmetic coder with that context would need. No printer language has one; it bounds what packing dots can do. */
export function contextCoderBytes({ width, height, stride, bits }: Bitmap): number {
  const dot = (x: number, y: number): number => (x < 0 || y < 0 || x >= width ? 0 : ((bits[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1);
  const white = new Float64Array(2 ** context.length).fill(0.4);
  const black = new Float64Array(2 ** context.length).fill(0.4);
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let key = 0;
      for (const [dx, dy] of context) key = (key << 1) | dot(x + dx, y + dy);
      const counts = dot(x, y) === 1 ? black : white;
      total -= Math.log2((counts[key] ?? 1) / ((black[key] ?? 1) + (white[key] ?? 1)));
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return Math.ceil(total / 8);
}

function sizes(labels: readonly RenderedLabel[], dpi: number): { readonly [name: string]: BenchValue } {
  const mean = (of: (label: RenderedLabel) => number): number => Math.round(labels.reduce((sum, label) => sum + of(label), 0) / labels.length);
  const fullPageZ64 = mean((label) => fullPageZ64Bytes(label.bitmap));
  const perLanguage = (language: PrinterLanguage): BenchValue =>
    Object.fromEntries(
      modes.map((mode) => {
        const bytes = mean((label) => {
          const profile = genericProfile({ language, dpi, widthMicrometres: label.widthMicrometres, heightMicrometres: label.heightMicrometres });
          return encodeLabel(label, profile, { mode }).length;
        });
        return [mode, { bytes, againstFullPageZ64: ratio(bytes, fullPageZ64) }];
      }),
    );
  const textZ64 = mean((label) => base64Length(deflateSync(dotsOnly(label).bits, { level: 9 }).length));
  const idealCoder = mean((label) => base64Length(contextCoderBytes(dotsOnly(label))));
  return {
    dpi,
    labels: labels.length,
    rawPage: labels[0]?.bitmap.bits.length ?? 0,
    fullPageZ64,
    ...Object.fromEntries(printerLanguages.map((language) => [language, perLanguage(language)])),
    limit: {
      why: 'text has to go as dots: it is nearly all of the page, and no coder ZPL printers know comes near half of it',
      textAsZ64: textZ64,
      textShareOfFullPage: ratio(textZ64, fullPageZ64),
      textByIdealCoder: idealCoder,
      idealAgainstFullPageZ64: ratio(idealCoder, fullPageZ64),
    },
  };
}

export const bench: BenchCase = {
  about: 'bytes per dense label against the whole page as one Z64 raster',
  run({ quick }: BenchContext) {
    const engine = createLabelEngine({ fonts: loadFontSet() });
    const { document } = denseTemplate();
    const count = quick ? 4 : 20;
    const at = (dpi: number): readonly RenderedLabel[] => Array.from({ length: count }, (_, index) => engine.render(document, denseData(index), { dpi })[0]).filter((label) => label !== undefined);
    return Promise.resolve({ '203': sizes(at(203), 203), '300': sizes(at(300), 300) });
  },
};
