import { unzlibSync, zlibSync } from 'fflate';
import type { Picture } from '../../../common/domain/label/document.ts';
import type { Bitmap } from '../../../common/domain/label/rendered.ts';
import { checkPicture } from '../../../common/domain/templates/picture-header.ts';
import type { PictureCheck } from '../../../common/domain/templates/picture-header.ts';

const ink = 0xff1a1d1f;
const none = 0x00ffffff;
const plates = new WeakMap<HTMLCanvasElement, ImageData>();

/** Puts dots on a canvas, one pixel each; paper is left transparent so that an underlay shows through. */
export function paintBitmap(canvas: HTMLCanvasElement, bitmap: Bitmap): void {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  const context = canvas.getContext('2d');
  if (context === null) return;
  // The pixels are kept: a fresh buffer of megabytes for every move of the mouse would keep the collector busy.
  let image = plates.get(canvas);
  if (image === undefined || image.width !== bitmap.width || image.height !== bitmap.height) {
    image = context.createImageData(bitmap.width, bitmap.height);
    plates.set(canvas, image);
  }
  const pixels = new Uint32Array(image.data.buffer);
  let at = 0;
  for (let y = 0; y < bitmap.height; y++) {
    const row = y * bitmap.stride;
    for (let x = 0; x < bitmap.width; x += 8) {
      const byte = bitmap.bits[row + (x >> 3)] ?? 0;
      const count = Math.min(8, bitmap.width - x);
      if (byte === 0) pixels.fill(none, at, at + count);
      else for (let bit = 0; bit < count; bit++) pixels[at + bit] = byte & (0x80 >> bit) ? ink : none;
      at += count;
    }
  }
  context.putImageData(image, 0, 0);
}

/** Shows a picture of the document (an underlay) in grey. */
export function paintPicture(canvas: HTMLCanvasElement, picture: Picture): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const grey = unzlibSync(Uint8Array.from(atob(picture.grey), (letter) => letter.charCodeAt(0)), { out: new Uint8Array(picture.width * picture.height) });
  const image = context.createImageData(picture.width, picture.height);
  grey.forEach((value, index) => image.data.set([value, value, value, 255], index * 4));
  context.putImageData(image, 0, 0);
}

export type PictureReading = { readonly ok: true; readonly picture: Picture } | Exclude<PictureCheck, { ok: true }>;

/** A picture file as grey values of the document, no side longer than `longest`. The header is checked before anything is decoded. */
export async function readPictureFile(file: File, longest = 1_200): Promise<PictureReading> {
  if (file.size > 10 * 1024 * 1024) return { ok: false, reason: 'too_many_bytes' };
  const check = checkPicture(new Uint8Array(await file.arrayBuffer()));
  if (!check.ok) return check;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (bitmap === undefined) return { ok: false, reason: 'unknown' };
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale))];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return { ok: false, reason: 'unknown' };
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let index = 0; index < grey.length; index++) grey[index] = Math.round(((data[index * 4] ?? 0) * 299 + (data[index * 4 + 1] ?? 0) * 587 + (data[index * 4 + 2] ?? 0) * 114) / 1000);
  let text = '';
  for (const byte of zlibSync(grey)) text += String.fromCharCode(byte);
  return { ok: true, picture: { width, height, grey: btoa(text) } };
}
