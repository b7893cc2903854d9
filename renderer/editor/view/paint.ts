import { unzlibSync, zlibSync } from 'fflate';
import type { Picture } from '../../../common/domain/label/document.ts';
import type { Bitmap } from '../../../common/domain/label/rendered.ts';
import { checkPicture } from '../../../common/domain/templates/picture-header.ts';
import type { PictureCheck } from '../../../common/domain/templates/picture-header.ts';
import { changedArea } from '../core/dirty.ts';
import type { DirtyArea } from '../core/dirty.ts';

const ink = 0xff1a1d1f;
const none = 0x00ffffff;

/** What a canvas shows now: its pixels, and the dots they came from. */
interface Plate {
  readonly image: ImageData;
  readonly pixels: Uint32Array;
  shown: Bitmap;
}
const plates = new WeakMap<HTMLCanvasElement, Plate>();

/**
 * Puts dots on a canvas, one pixel each; paper is left transparent so that an underlay shows through. Only the rectangle in which
 * dots changed since the last call is written: moving one element must not cost a whole label.
 */
export function paintBitmap(canvas: HTMLCanvasElement, bitmap: Bitmap): void {
  const { width, height } = bitmap;
  const context = canvas.getContext('2d');
  if (context === null) return;
  let plate = plates.get(canvas);
  let dirty: DirtyArea | undefined;
  if (plate === undefined || plate.image.width !== width || plate.image.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.setProperty('--dots-x', String(width));
    canvas.style.setProperty('--dots-y', String(height));
    const image = context.createImageData(width, height);
    plate = { image, pixels: new Uint32Array(image.data.buffer), shown: bitmap };
    plates.set(canvas, plate);
    dirty = { top: 0, bottom: height, left: 0, right: bitmap.stride };
  } else dirty = changedArea(plate.shown, bitmap);
  plate.shown = bitmap;
  if (dirty === undefined) return;
  const { pixels } = plate;
  for (let y = dirty.top; y < dirty.bottom; y++) {
    for (let column = dirty.left; column < dirty.right; column++) {
      const byte = bitmap.bits[y * bitmap.stride + column] ?? 0;
      const at = y * width + column * 8;
      const count = Math.min(8, width - column * 8);
      if (byte === 0) pixels.fill(none, at, at + count);
      else for (let bit = 0; bit < count; bit++) pixels[at + bit] = byte & (0x80 >> bit) ? ink : none;
    }
  }
  const left = dirty.left * 8;
  context.putImageData(plate.image, 0, 0, left, dirty.top, Math.min(width, dirty.right * 8) - left, dirty.bottom - dirty.top);
}

/** What a far picture shows now. */
const farPlates = new WeakMap<HTMLCanvasElement, { readonly image: ImageData; readonly across: number; shown: Bitmap }>();
const inkRgb = [0x1f, 0x1d, 0x1a] as const;

/**
 * Puts the mean of `across` × `across` dots on each pixel, so that no line of the label is lost however far it is seen from. Only what
 * changed since the last call is written.
 */
export function paintMeans(canvas: HTMLCanvasElement, bitmap: Bitmap, across: number): void {
  const [width, height] = [Math.ceil(bitmap.width / across), Math.ceil(bitmap.height / across)];
  const context = canvas.getContext('2d');
  if (context === null) return;
  let plate = farPlates.get(canvas);
  let dirty: DirtyArea | undefined;
  if (plate === undefined || plate.across !== across || plate.shown.width !== bitmap.width || plate.shown.height !== bitmap.height) {
    canvas.width = width;
    canvas.height = height;
    plate = { image: context.createImageData(width, height), across, shown: bitmap };
    farPlates.set(canvas, plate);
    dirty = { top: 0, bottom: bitmap.height, left: 0, right: bitmap.stride };
  } else dirty = changedArea(plate.shown, bitmap);
  plate.shown = bitmap;
  if (dirty === undefined) return;
  const left = Math.floor((dirty.left * 8) / across);
  const right = Math.min(width, Math.ceil((dirty.right * 8) / across));
  const top = Math.floor(dirty.top / across);
  const bottom = Math.min(height, Math.ceil(dirty.bottom / across));
  const { data } = plate.image;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      let black = 0;
      for (let row = y * across; row < Math.min((y + 1) * across, bitmap.height); row++) {
        for (let dot = x * across; dot < (x + 1) * across; dot++) if ((bitmap.bits[row * bitmap.stride + (dot >> 3)] ?? 0) & (0x80 >> (dot & 7)) && dot < bitmap.width) black++;
      }
      const at = (y * width + x) * 4;
      data[at] = inkRgb[0];
      data[at + 1] = inkRgb[1];
      data[at + 2] = inkRgb[2];
      data[at + 3] = Math.round((black * 255) / (across * across));
    }
  }
  context.putImageData(plate.image, 0, 0, left, top, right - left, bottom - top);
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
