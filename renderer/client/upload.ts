import { ORPCError } from '@orpc/client';
import { pieceBytes } from '../../common/contract/files.ts';
import { client } from './index.ts';

/** Sends a file to the core in pieces and returns the id that imports take. */
export async function upload(file: File, onProgress?: (sent: number) => void): Promise<string> {
  const { fileId } = await client.files.begin({ name: file.name, size: file.size });
  for (let offset = 0; offset < file.size; offset += pieceBytes) {
    const piece = new Uint8Array(await bytesOf(file, offset));
    await client.files.append({ fileId, offset, base64: toBase64(piece) });
    onProgress?.(Math.min(offset + pieceBytes, file.size));
  }
  return fileId;
}

/** Errors: FILE_UNREADABLE when the system does not give the file out (open elsewhere, moved, a folder). */
async function bytesOf(file: File, offset: number): Promise<ArrayBuffer> {
  try {
    return await file.slice(offset, offset + pieceBytes).arrayBuffer();
  } catch (cause) {
    throw new ORPCError('FILE_UNREADABLE', { defined: true, data: { file: file.name, reason: 'not-readable' }, cause });
  }
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/** Offers bytes that came as base64 as a download. */
export function download(name: string, base64: string, type: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
