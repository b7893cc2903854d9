import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../../../common/errors.ts';

export type Pictures = ReturnType<typeof createPictures>;

/** Pictures of labels as they went to the printer, one PNG per attempt, in folders small enough for any file system. */
export function createPictures(folder: string) {
  const fileOf = (attemptId: string): string => {
    const safe = attemptId.replaceAll(/[^\w-]/g, '');
    return join(folder, safe.slice(0, 10), `${safe}.png`);
  };
  return {
    async write(attemptId: string, png: Uint8Array): Promise<void> {
      const file = fileOf(attemptId);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, png);
    },
    /** Copies a picture to a file; one that does not exist (a test label) is passed over. */
    async copy(attemptId: string, file: string): Promise<void> {
      await copyFile(fileOf(attemptId), file).catch(() => undefined);
    },

    /** PNG with its size from the header. Errors: NOT_FOUND. */
    async read(attemptId: string): Promise<{ png: Buffer; widthDots: number; heightDots: number }> {
      let png: Buffer;
      try {
        png = await readFile(fileOf(attemptId));
      } catch {
        fail('NOT_FOUND', { what: 'picture', id: attemptId });
      }
      return { png, widthDots: png.readUInt32BE(16), heightDots: png.readUInt32BE(20) };
    },
  };
}
