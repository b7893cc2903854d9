import { fail } from '../../../common/errors.ts';
import type { Ids } from '../../ports/index.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type FilesService = ReturnType<typeof createFilesService>;

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  received: number;
  lastUse: number;
}

const keptMs = 30 * 60_000;
const largestTogether = 400_000_000;

/** Holds files that a page sends in pieces until an import takes them, half an hour at most. */
export function createFilesService({ ids, onDropped, milliseconds = Date.now }: { ids: Ids; onDropped?: (fileId: string) => void; milliseconds?: () => number }) {
  const uploads = new Map<string, Upload>();

  function find(fileId: string): Upload {
    const upload = uploads.get(fileId) ?? fail('NOT_FOUND', { what: 'file', id: fileId });
    upload.lastUse = milliseconds();
    return upload;
  }

  function forgetOld(): void {
    for (const [id, upload] of uploads) if (milliseconds() - upload.lastUse > keptMs) uploads.delete(id);
  }

  return {
    begin(input: { name: string; size: number }): { fileId: string } {
      forgetOld();
      const held = [...uploads.values()].reduce((sum, upload) => sum + upload.bytes.length, 0);
      if (held + input.size > largestTogether) fail('FILE_UNREADABLE', { file: input.name, reason: 'too-many-waiting' });
      const fileId = ids.next('file');
      uploads.set(fileId, { name: baseName(input.name), bytes: Buffer.alloc(input.size), received: 0, lastUse: milliseconds() });
      return { fileId };
    },

    /** Pieces come in order; the same piece again (a reconnect) changes nothing. */
    append(input: { fileId: string; offset: number; base64: string }): { received: number } {
      const upload = find(input.fileId);
      const piece = Buffer.from(input.base64, 'base64');
      if (input.offset > upload.received || input.offset + piece.length > upload.bytes.length) {
        fail('FILE_UNREADABLE', { file: upload.name, reason: 'piece-missing' });
      }
      piece.copy(upload.bytes, input.offset);
      upload.received = Math.max(upload.received, input.offset + piece.length);
      return { received: upload.received };
    },

    /** The whole file; it stays held so that a dry run and the import can both take it. */
    take(fileId: string): ReceivedFile {
      const upload = find(fileId);
      if (upload.received !== upload.bytes.length) fail('FILE_UNREADABLE', { file: upload.name, reason: 'not-arrived' });
      return { name: upload.name, bytes: upload.bytes };
    },

    drop(fileId: string): void {
      uploads.delete(fileId);
      onDropped?.(fileId);
    },
  };
}

/** The last part of a path of either system: only a name is ever shown or kept. */
function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? name;
}
