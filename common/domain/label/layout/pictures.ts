/** Pictures to dots: decoded once, scaled by area, then threshold or error diffusion, in whole numbers. */
import { Unzlib } from 'fflate';
import { createBitmap, rotate, setDot } from '../bitmap.ts';
import type { ImageElement, Picture } from '../document.ts';
import type { Bitmap, DotRect } from '../rendered.ts';
import { draw, report, type Sheet } from './sheet.ts';

const inflateStep = 4096;

const made = new WeakMap<ImageElement, Map<string, Bitmap>>();

/** Draws a picture element; one whose data are damaged is reported and left out. */
export function layImage(sheet: Sheet, element: ImageElement, box: DotRect): void {
  if (box.width < 1 || box.height < 1) return;
  const lying = element.rotation === 90 || element.rotation === 270;
  const room = lying ? { width: box.height, height: box.width } : box;
  const size = element.scaling === 'stretch' ? { width: room.width, height: room.height } : contained(element.picture, room);
  const key = `${size.width}x${size.height}`;
  const perElement = made.get(element) ?? new Map<string, Bitmap>();
  made.set(element, perElement);
  let bitmap = perElement.get(key);
  if (!bitmap) {
    const grey = decodePicture(element.picture);
    if (!grey) {
      report(sheet, 'picture_unreadable', element.id, 'the picture data are damaged', { place: box });
      return;
    }
    const scaled = scaleGrey(grey, element.picture.width, element.picture.height, size.width, size.height);
    bitmap = rotate(element.method === 'dither' ? dither(scaled, size.width, size.height) : threshold(scaled, size.width, size.height, element.threshold), element.rotation);
    perElement.set(key, bitmap);
  }
  const x = box.x + Math.floor((box.width - bitmap.width) / 2);
  const y = box.y + Math.floor((box.height - bitmap.height) / 2);
  draw(sheet, element.id, { kind: 'bitmap', x, y, bitmap, source: 'image' });
}

function contained(picture: Picture, room: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return { width: Math.max(1, Math.floor(picture.width * scale)), height: Math.max(1, Math.floor(picture.height * scale)) };
}

/** Grey bytes of a picture, or undefined when the data do not hold as many as they say. */
export function decodePicture(picture: Picture): Uint8Array | undefined {
  const wanted = picture.width * picture.height;
  try {
    return inflateExactly(fromBase64(picture.grey), wanted);
  } catch {
    return undefined;
  }
}

/** Inflates piece by piece and gives up as soon as more comes out than should: a bomb costs one piece. */
function inflateExactly(packed: Uint8Array, wanted: number): Uint8Array | undefined {
  const out = new Uint8Array(wanted);
  let filled = 0;
  const stream = new Unzlib((chunk) => {
    if (filled + chunk.length > wanted) throw new RangeError('more data than the picture is large');
    out.set(chunk, filled);
    filled += chunk.length;
  });
  for (let at = 0; at < packed.length; at += inflateStep) {
    stream.push(packed.subarray(at, at + inflateStep), at + inflateStep >= packed.length);
  }
  return filled === wanted ? out : undefined;
}

function fromBase64(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const clean = text.replace(/[=\s]+$/, '');
  const out = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const character of clean) {
    const value = alphabet.indexOf(character);
    if (value < 0) throw new Error('not base64');
    held = ((held << 6) | value) & 0xfffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (held >> bits) & 0xff;
    }
  }
  return out;
}

/** Each new dot is the mean of the source area it covers. */
function scaleGrey(grey: Uint8Array, width: number, height: number, newWidth: number, newHeight: number): Uint8Array {
  const out = new Uint8Array(newWidth * newHeight);
  for (let y = 0; y < newHeight; y++) {
    const top = Math.floor((y * height) / newHeight);
    const bottom = Math.max(top + 1, Math.ceil(((y + 1) * height) / newHeight));
    for (let x = 0; x < newWidth; x++) {
      const left = Math.floor((x * width) / newWidth);
      const right = Math.max(left + 1, Math.ceil(((x + 1) * width) / newWidth));
      let sum = 0;
      for (let row = top; row < bottom; row++) for (let column = left; column < right; column++) sum += grey[row * width + column]!;
      out[y * newWidth + x] = Math.round(sum / ((bottom - top) * (right - left)));
    }
  }
  return out;
}

function threshold(grey: Uint8Array, width: number, height: number, level: number): Bitmap {
  const bitmap = createBitmap(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (grey[y * width + x]! < level) setDot(bitmap, x, y);
  return bitmap;
}

/** Floyd–Steinberg in sixteenths, left to right on every row. */
function dither(grey: Uint8Array, width: number, height: number): Bitmap {
  const bitmap = createBitmap(width, height);
  const level = Int32Array.from(grey, (value) => value * 16);
  const spread = (x: number, y: number, amount: number): void => {
    if (x >= 0 && x < width && y < height) level[y * width + x]! += amount;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = level[y * width + x]!;
      const isBlack = value < 128 * 16;
      if (isBlack) setDot(bitmap, x, y);
      const error = value - (isBlack ? 0 : 255 * 16);
      const share = Math.trunc(error / 16);
      spread(x + 1, y, share * 7);
      spread(x - 1, y + 1, share * 3);
      spread(x, y + 1, share * 5);
      spread(x + 1, y + 1, share);
    }
  }
  return bitmap;
}
