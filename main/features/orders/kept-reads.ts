/**
 * Order files as they were read when somebody looked at them, kept for the import that follows: it takes exactly what was shown, and no
 * file is read twice. Bounded in bytes, files and minutes; what is gone is simply read again.
 */

export interface KeptReads<T> {
  /** What was read of this upload in this way. */
  find(fileId: string, way: string): T | undefined;
  /** Kept in the place of an earlier reading of the same upload. */
  keep(fileId: string, way: string, read: T, bytes: number): void;
  drop(fileId: string): void;
}

interface Kept<T> {
  readonly way: string;
  readonly read: T;
  readonly bytes: number;
  readonly timer: NodeJS.Timeout;
}

/** As many files as one import takes; bytes well inside what an import may cost (design: 300 MB). */
const bounds = { files: 20, bytes: 96 * 1024 * 1024, milliseconds: 10 * 60_000 };

export function createKeptReads<T>({ files, bytes: most, milliseconds } = bounds): KeptReads<T> {
  // Least recently used first.
  const kept = new Map<string, Kept<T>>();

  function drop(fileId: string): void {
    clearTimeout(kept.get(fileId)?.timer);
    kept.delete(fileId);
  }

  return {
    find(fileId, way) {
      const found = kept.get(fileId);
      if (found?.way !== way) return undefined;
      kept.delete(fileId);
      kept.set(fileId, found);
      found.timer.refresh();
      return found.read;
    },
    keep(fileId, way, read, bytes) {
      drop(fileId);
      if (bytes > most) return;
      kept.set(fileId, { way, read, bytes, timer: setTimeout(() => drop(fileId), milliseconds).unref() });
      let held = [...kept.values()].reduce((sum, one) => sum + one.bytes, 0);
      for (const [id, one] of kept) {
        if (held <= most && kept.size <= files) break;
        held -= one.bytes;
        drop(id);
      }
    },
    drop,
  };
}

const sampled = 200;

/** Bytes a list of like things takes in memory, from every so many-th of them. */
export function bytesOf(list: readonly unknown[]): number {
  const step = Math.max(1, Math.floor(list.length / sampled));
  let bytes = 0;
  let looked = 0;
  for (let index = 0; index < list.length; index += step) {
    bytes += bytesOfOne(list[index]);
    looked += 1;
  }
  return looked === 0 ? 0 : Math.round((bytes / looked) * list.length);
}

/** Characters at two bytes, a word a field and a head for each string and object. */
function bytesOfOne(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce<number>((sum, part) => sum + 8 + bytesOfOne(part), 16);
}
