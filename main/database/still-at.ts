import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether the database of a lineage is still in a data folder. Used to tell a moved folder from a copied one; a file that is there
 * and cannot be read counts as there.
 */
export async function databaseStillAt(folder: string, here: string, lineage: string): Promise<boolean> {
  const file = join(folder, 'packbench.db');
  if (!existsSync(file)) return false;
  if (existsSync(here) && realpathSync(folder) === realpathSync(here)) return false;
  const { default: Sqlite } = await import('better-sqlite3');
  try {
    const sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      return sqlite.prepare('select lineage from waybill_ledger_head where id = 1').pluck().get() === lineage;
    } finally {
      sqlite.close();
    }
  } catch {
    return true;
  }
}
