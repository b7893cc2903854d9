import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../../common/errors.ts';
import { assertNodeVersion } from '../../database/guard.ts';

/**
 * Makes this process the only one that works on a data folder. The lock is one the operating system holds for the process
 * (an exclusive transaction on a tiny SQLite file), so a crash or a kill frees it and a left-over file means nothing.
 * Errors: DATA_IN_USE naming the folder and what is known of the holder.
 */
export async function lockDataFolder(folder: string, holder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const note = join(folder, 'in-use-by.txt');
  assertNodeVersion(folder);
  const { default: Sqlite } = await import('better-sqlite3');
  const lock = new Sqlite(join(folder, 'in-use.lock'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('begin exclusive');
  } catch {
    lock.close();
    fail('DATA_IN_USE', { folder, holder: readNote(note) });
  }
  writeFileSync(note, holder);
  return () => lock.close();
}

function readNote(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 200);
  } catch {
    return '';
  }
}
