/**
 * Pictures from outside become the grey payload of an image element. The header is read before anything is decoded, so a
 * bomb is refused by what it says, and what it decodes to is checked against that again.
 */
import { deflateSync } from 'node:zlib';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { largestPicture, type Picture } from '../../../common/domain/label/document.ts';
import { checkPicture, pictureLimits, type PictureHeader } from '../../../common/domain/templates/picture-header.ts';
import { fail } from '../../../common/errors.ts';

const taken: ReadonlySet<string> = new Set(['png', 'jpeg', 'bmp']);

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
  const check = checkPicture(bytes);
  if (check.ok) return taken.has(check.header.format) ? check.header : refuse(name, 'format', check.header.format);
  if (check.reason === 'too_many_bytes') return refuse(name, 'bytes', `${bytes.length} bytes`);
  if (check.reason === 'unknown') return refuse(name, 'format', 'neither PNG nor JPEG nor BMP');
  const { width = 0, height = 0 } = check;
  return refuse(name, Math.max(width, height) > pictureLimits.side ? 'side' : 'pixels', `${width}×${height}`);
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
