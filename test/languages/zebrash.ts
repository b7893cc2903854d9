/** ZPL through Zebrash, a renderer that has nothing to do with ours. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { ready } from 'zpl-renderer-js';
import type { RenderedLabel } from '../../common/domain/label/rendered.ts';
import type { PrintedLabel } from '../interpreters/types.ts';

/** The paper Zebrash makes of a 203 dpi label, one dot a pixel. */
export async function zebrash(bytes: Uint8Array, label: RenderedLabel): Promise<PrintedLabel> {
  const { api } = await ready;
  const png = await api.zplToBase64Async(Buffer.from(bytes).toString('latin1'), label.bitmap.width / 8, label.bitmap.height / 8, 8);
  const image = await loadImage(Buffer.from(png, 'base64'));
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const stride = (image.width + 7) >> 3;
  const bits = new Uint8Array(stride * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) if (data[(y * image.width + x) * 4]! < 128) bits[y * stride + (x >> 3)]! |= 0x80 >> (x & 7);
  }
  return { widthDots: image.width, heightDots: image.height, stride, bits, texts: [], codes: [], settings: {}, echo: '' };
}
