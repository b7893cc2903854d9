/** Bytes of a text file → text. Platforms write GB18030 (often called GBK), UTF-8 with and without BOM, and spreadsheets UTF-16. */
import type { TextEncoding } from '../../../../common/domain/orders/types.ts';
import { FileRefused } from './limits.ts';

/** Names the encoding. UTF-8 is proven over the whole file; what is not UTF-8 is GB18030, which contains GBK and GB2312. */
export function detectEncoding(bytes: Uint8Array): TextEncoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8-bom';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const wide = wideEncoding(bytes);
  if (wide) return wide;
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

/** UTF-16 without BOM shows as NUL bytes on every second place: commas, digits and line ends are ASCII in every order file. */
function wideEncoding(bytes: Uint8Array): TextEncoding | undefined {
  const end = Math.min(bytes.length, 4096);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < end; index += 1) {
    if (bytes[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const share = end / 2 / 10;
  if (end < 4 || (even < share && odd < share)) return undefined;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, so that a file cut off inside its last character is still UTF-8.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The text without its BOM. Errors: FileRefused binary when the bytes are no text in any of the encodings. */
export async function decodeText(bytes: Uint8Array, encoding: TextEncoding): Promise<string> {
  const text = await decode(bytes, encoding);
  if (looksBinary(text)) throw new FileRefused('binary');
  return text;
}

async function decode(bytes: Uint8Array, encoding: TextEncoding): Promise<string> {
  switch (encoding) {
    case 'gb18030': {
      const { default: iconv } = await import('iconv-lite');
      return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), 'gb18030');
    }
    case 'utf-16le':
    case 'utf-16be':
      return new TextDecoder(encoding).decode(bytes);
    default:
      return new TextDecoder('utf-8').decode(bytes);
  }
}

/** Control characters no text file has, or bytes that are no characters, in more than one place of a hundred. */
function looksBinary(text: string): boolean {
  const end = Math.min(text.length, 8192);
  if (end === 0) return false;
  let odd = 0;
  for (let index = 0; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffd) odd += 1;
  }
  return odd > Math.max(8, end / 100);
}
