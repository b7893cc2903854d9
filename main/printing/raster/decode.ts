/**
 * Reads the codes of a label back from its finished dots, with a decoder that shares nothing with our encoders. A label whose
 * codes do not read as they should may not be sent.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { crop, hashBitmap } from '../../../common/domain/label/bitmap.ts';
import { quietModules } from '../../../common/domain/label/codes/linear.ts';
import { qrQuietModules } from '../../../common/domain/label/codes/qr.ts';
import type { Bitmap, DecodedCode, DotRect, DrawOp, RenderedLabel } from '../../../common/domain/label/rendered.ts';

const formats = { code128: 'Code128', ean13: 'EAN13', ean8: 'EAN8', code39: 'Code39', itf14: 'ITF', qr: 'QRCode' } as const satisfies Record<DecodedCode['format'], string>;

/** One code of a label after reading: `text` is what the decoder saw, undefined when it saw nothing. */
export interface CodeReading {
  readonly element: string;
  readonly format: DecodedCode['format'];
  readonly expected: string;
  readonly text: string | undefined;
}

export interface Decoder {
  /** What the decoder reads in every code's own rectangle and quiet zone. */
  read(label: RenderedLabel): Promise<CodeReading[]>;
}

/** Results kept; a batch repeats few codes, a reprint repeats all. */
const cacheEntries = 4_000;

/** Makes a decoder. The WebAssembly binary is read from the package, never fetched. */
export function createDecoder(wasm: Uint8Array = readWasm()): Decoder {
  let ready: Promise<unknown> | undefined;
  // Key: format and the very dots that were decoded, so a hit is as good as decoding again.
  const known = new Map<string, string | undefined>();

  const decodeArea = async (area: Bitmap, format: DecodedCode['format'], lying: boolean): Promise<string | undefined> => {
    ready ??= prepareZXingModule({ overrides: { wasmBinary: wasm.slice().buffer }, fireImmediately: true });
    await ready;
    const found = await readBarcodes(asImage(area), { formats: [formats[format]], tryHarder: true, tryRotate: lying, tryInvert: false, tryDownscale: false, maxNumberOfSymbols: 1 });
    return found[0]?.isValid ? found[0].text : undefined;
  };

  return {
    read: async (label) => {
      const readings: CodeReading[] = [];
      for (const code of label.codes) {
        const op = codeOp(code.rect, label.ops);
        const area = crop(label.bitmap, op ? withQuietZone(op, label.bitmap) : code.rect);
        const key = `${code.format} ${area.width}x${area.height} ${hashBitmap(area)}`;
        if (!known.has(key)) {
          if (known.size >= cacheEntries) known.clear();
          known.set(key, await decodeArea(area, code.format, op !== undefined && isLying(op)));
        }
        readings.push({ element: code.element, format: code.format, expected: code.text, text: known.get(key) });
      }
      return readings;
    },
  };
}

function readWasm(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
}

type CodeOp = Extract<DrawOp, { kind: 'linear' | 'qr' }>;

/** The operation that drew a code: it knows the module and the turn. A code cut by the paper's edge has none any more. */
function codeOp(rect: DotRect, ops: readonly DrawOp[]): CodeOp | undefined {
  for (const op of ops) {
    if ((op.kind === 'linear' || op.kind === 'qr') && op.rect.x === rect.x && op.rect.y === rect.y && op.rect.width === rect.width && op.rect.height === rect.height) return op;
  }
  return undefined;
}

const isLying = (op: CodeOp): boolean => op.kind === 'linear' && (op.rotation === 90 || op.rotation === 270);

function withQuietZone(op: CodeOp, page: { width: number; height: number }): DotRect {
  const { rect } = op;
  const quiet = op.kind === 'qr' ? qrQuietModules * op.module : quietModules[op.symbology] * op.module;
  const x = op.kind === 'qr' || !isLying(op) ? quiet : 0;
  const y = op.kind === 'qr' || isLying(op) ? quiet : 0;
  const left = Math.max(0, rect.x - x);
  const top = Math.max(0, rect.y - y);
  return { x: left, y: top, width: Math.min(page.width, rect.x + rect.width + x) - left, height: Math.min(page.height, rect.y + rect.height + y) - top };
}

const opaqueBlack = 0xff000000;

/** Rows of a margin above and below are white, as the decoder is used to; every dot becomes one pixel. */
function asImage(area: Bitmap): { data: Uint8ClampedArray<ArrayBuffer>; width: number; height: number; colorSpace: 'srgb' } {
  const margin = 4;
  const width = area.width + 2 * margin;
  const height = area.height + 2 * margin;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const pixels = new Uint32Array(data.buffer);
  for (let y = 0; y < area.height; y++) {
    const row = (y + margin) * width + margin;
    for (let i = 0; i < area.stride; i++) {
      // Only set bits are visited; pad bits are never set.
      for (let ink = area.bits[y * area.stride + i]!; ink !== 0; ) {
        const bit = Math.clz32(ink) - 24;
        pixels[row + i * 8 + bit] = opaqueBlack;
        ink &= 0xff >> (bit + 1);
      }
    }
  }
  return { data, width, height, colorSpace: 'srgb' };
}
