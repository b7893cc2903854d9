/**
 * Makes the two bitmap faces of assets/fonts from public fonts. Run by hand when a face is to be renewed:
 *
 *   node scripts/make-bitmap-faces.ts UNIFONT_HEX HANAMINB_TTF NOTOEMOJI_TTF
 *
 * UNIFONT_HEX: unifont.hex of Debian's package unifont (15.0.01). HANAMINB_TTF: HanaMinB.ttf of Debian's package fonts-hanazono
 * (20170904). NOTOEMOJI_TTF: NotoEmoji_400Regular.ttf of the npm package @expo-google-fonts/noto-emoji (0.4.7).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { blur, coverage, type Coverage } from '../common/domain/label/fonts/scan.ts';
import { writePixelFace } from '../common/domain/label/fonts/pixel-face.ts';
import { readTrueType, type TrueTypeFont } from '../common/domain/label/fonts/truetype.ts';

interface CellGlyph {
  readonly codePoint: number;
  readonly width: number;
  readonly bits: Uint8Array;
}

const cell = 24;
/** Horizontal strokes of a Ming face are thinner than a dot of 24: they are drawn twice, this far apart, before the threshold. */
const hanSpread = 0.28;
const hanThreshold = 0.4;
const emojiThreshold = 0.42;
const steps = [-0.4, -0.2, 0, 0.2, 0.4];

/** Private use, surrogates and the pictures of control characters have no business on a label. */
const isUseful = (code: number): boolean => code >= 0x20 && !(code >= 0x7f && code < 0xa0) && !(code >= 0xd800 && code <= 0xf8ff) && code < 0xfffc;

function unifont(file: string): CellGlyph[] {
  return readFileSync(file, 'latin1')
    .split('\n')
    .filter((line) => line.includes(':'))
    .flatMap((line) => {
      const [code, hex] = line.split(':') as [string, string];
      const codePoint = Number.parseInt(code, 16);
      if (!isUseful(codePoint)) return [];
      const source = Buffer.from(hex.trim(), 'hex');
      const narrow = source.length === 16;
      const bits = new Uint8Array(32);
      for (let row = 0; row < 16; row++) {
        bits[row * 2] = source[narrow ? row : row * 2]!;
        if (!narrow) bits[row * 2 + 1] = source[row * 2 + 1]!;
      }
      return [{ codePoint, width: narrow ? 8 : 16, bits }];
    });
}

function outlines(file: string, ranges: readonly (readonly [number, number])[], threshold: number, spread: number): CellGlyph[] {
  const reading = readTrueType(readFileSync(file));
  if (!reading.ok) throw new Error(`${file}: ${reading.reason}`);
  const { font } = reading;
  const out: CellGlyph[] = [];
  for (const [first, last] of ranges) {
    for (let codePoint = first; codePoint <= last; codePoint++) {
      const index = font.glyphIndex(codePoint);
      const bits = index === 0 ? undefined : cellBits(font, index, threshold, spread);
      if (bits) out.push({ codePoint, width: cell, bits });
    }
  }
  return out;
}

/** One glyph scaled so that its advance fills the cell, baseline at 88 %, at the part-dot position with the clearest strokes. */
function cellBits(font: TrueTypeFont, index: number, threshold: number, spread: number): Uint8Array | undefined {
  const contours = font.outline(index);
  if (contours.length === 0) return undefined;
  const scale = cell / Math.max(font.unitsPerEm, font.advance(index));
  const draw = (dx: number, dy: number): Coverage => {
    const at = (extra: number): Coverage =>
      coverage(contours, { scale, shiftX: (cell - font.advance(index) * scale) / 2 + dx, shiftY: dy + extra, left: 0, top: Math.round(cell * 0.88), width: cell, height: cell });
    if (spread === 0) return at(0);
    const [upper, lower] = [at(spread), at(-spread)];
    return { ...upper, cells: upper.cells.map((value, i) => Math.max(value, lower.cells[i]!)) };
  };
  let cover = draw(0, 0);
  for (const dy of steps) for (const dx of steps) {
    const tried = draw(dx, dy);
    if (blur(tried) < blur(cover)) cover = tried;
  }
  const bits = new Uint8Array((cell / 8) * cell);
  let ink = false;
  cover.cells.forEach((value, i) => {
    if (value < threshold) return;
    ink = true;
    const y = Math.floor(i / cell);
    const x = i % cell;
    bits[y * (cell / 8) + (x >> 3)]! |= 0x80 >> (x & 7);
  });
  return ink ? bits : undefined;
}

const byCodePoint = (a: CellGlyph, b: CellGlyph): number => a.codePoint - b.codePoint;

const [hexFile, hanFile, emojiFile] = process.argv.slice(2);
if (!hexFile || !hanFile || !emojiFile) throw new Error('usage: make-bitmap-faces.ts UNIFONT_HEX HANAMINB_TTF NOTOEMOJI_TTF');

const pixel = unifont(hexFile).sort(byCodePoint);
writeFileSync('assets/fonts/unifont-16.pbf', writePixelFace(16, 16, pixel));

const rare = [
  ...outlines(emojiFile, [[0x2190, 0x2bff], [0x3030, 0x303d], [0x1f000, 0x1faff]], emojiThreshold, 0),
  // Extensions B to F of the unified ideographs, and the supplement of compatibility ideographs.
  ...outlines(hanFile, [[0x20000, 0x2ebef], [0x2f800, 0x2fa1f]], hanThreshold, hanSpread),
].sort(byCodePoint);
writeFileSync('assets/fonts/rare-24.pbf', writePixelFace(cell, cell, rare));
process.stdout.write(`unifont ${pixel.length} glyphs, rare ${rare.length} glyphs\n`);
