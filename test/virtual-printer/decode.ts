import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

let ready: Promise<unknown> | undefined;

/** Reads every code on a piece of paper, as a scanner would. */
export async function decodePaper(image: { readonly widthDots: number; readonly heightDots: number; readonly stride: number; readonly bits: Uint8Array }): Promise<readonly { readonly format: string; readonly text: string }[]> {
  ready ??= load();
  await ready;
  const margin = 24;
  const [width, height] = [image.widthDots + margin * 2, image.heightDots + margin * 2];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < image.heightDots; y++) {
    for (let x = 0; x < image.widthDots; x++) {
      if ((((image.bits[y * image.stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0) continue;
      const at = ((y + margin) * width + x + margin) * 4;
      data[at] = 0;
      data[at + 1] = 0;
      data[at + 2] = 0;
    }
  }
  const found = await readBarcodes({ data, width, height, colorSpace: 'srgb' } as ImageData, { formats: ['Code128', 'QRCode', 'EAN13', 'EAN8', 'Code39', 'ITF'], tryHarder: true, maxNumberOfSymbols: 16 });
  return found.filter((one) => one.isValid).map((one) => ({ format: one.format, text: one.text }));
}

async function load(): Promise<void> {
  const reader = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasm = await readFile(reader);
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer }, fireImmediately: true });
}
