/**
 * Pictures from outside become the grey payload of an image element. The header is read before anything is decoded, so a
 * bomb is refused by what it says, and what it decodes to is checked against that again.
 */
import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { largestPicture, type Picture } from '../../../common/domain/label/document.ts';
import { fail } from '../../../common/errors.ts';

/** Limits of what is taken in at all. */
export const pictureLimits = { bytes: 10 * 1024 * 1024, side: 8_000, pixels: 40_000_000 } as const;

export type PictureFormat = 'png' | 'jpeg' | 'bmp';

export interface PictureHeader {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}

/** Format and size from the first bytes; undefined when it is none of the three formats or has no size. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a && view.getUint32(12) === 0x49484452) {
    return sized('png', view.getUint32(16), view.getUint32(20));
  }
  if (bytes.length >= 26 && view.getUint16(0) === 0x424d) {
    const core = view.getUint32(14, true) === 12;
    return core ? sized('bmp', view.getUint16(18, true), view.getUint16(20, true)) : sized('bmp', Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true)));
  }
  return bytes.length >= 4 && view.getUint16(0) === 0xffd8 ? jpegHeader(view) : undefined;
}

function sized(format: PictureFormat, width: number, height: number): PictureHeader | undefined {
  return width > 0 && height > 0 ? { format, width, height } : undefined;
}

/** Walks the segments of a JPEG to the frame header (SOF0…SOF15 except DHT, JPG and DAC). */
function jpegHeader(view: DataView): PictureHeader | undefined {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return sized('jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/**
 * Takes a picture file in: grey, transparency on white, no larger than a label can use. `name` is only for messages.
 * Error: PICTURE_REFUSED with the reason.
 */
export async function importPicture(bytes: Uint8Array, name: string): Promise<Picture> {
  const header = checked(bytes, name);
  const image = await decoded(bytes, name);
  if (image.width !== header.width || image.height !== header.height) refuse(name, 'damaged', `the header says ${header.width}×${header.height}, the data ${image.width}×${image.height}`);
  const scale = Math.min(1, largestPicture.side / Math.max(image.width, image.height), Math.sqrt(largestPicture.pixels / (image.width * image.height)));
  const width = Math.max(1, Math.floor(image.width * scale));
  const height = Math.max(1, Math.floor(image.height * scale));
  const context = createCanvas(width, height).getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  // Luma of Rec. 601 in whole numbers, as every picture program does it.
  for (let i = 0; i < grey.length; i++) grey[i] = (299 * (data[i * 4] ?? 0) + 587 * (data[i * 4 + 1] ?? 0) + 114 * (data[i * 4 + 2] ?? 0) + 500) / 1000;
  return { width, height, grey: deflateSync(grey, { level: 9 }).toString('base64') };
}

/** The header of a picture that may be decoded. Error: PICTURE_REFUSED. */
function checked(bytes: Uint8Array, name: string): PictureHeader {
  if (bytes.length > pictureLimits.bytes) refuse(name, 'bytes', `${bytes.length} bytes`);
  const header = readPictureHeader(bytes);
  if (!header) return refuse(name, 'format', 'neither PNG nor JPEG nor BMP');
  const size = `${header.width}×${header.height}`;
  if (header.width > pictureLimits.side || header.height > pictureLimits.side) refuse(name, 'side', size);
  if (header.width * header.height > pictureLimits.pixels) refuse(name, 'pixels', size);
  return header;
}

async function decoded(bytes: Uint8Array, name: string): Promise<Awaited<ReturnType<typeof loadImage>>> {
  try {
    return await loadImage(Buffer.from(bytes));
  } catch (error) {
    return refuse(name, 'damaged', error instanceof Error ? error.message : String(error));
  }
}

function refuse(file: string, why: 'format' | 'bytes' | 'side' | 'pixels' | 'damaged', detail: string): never {
  fail('PICTURE_REFUSED', { file, why, detail });
}
