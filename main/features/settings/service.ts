import type { Kysely } from 'kysely';
import { settingsSchema } from '../../../common/contract/settings.ts';
import type { Settings } from '../../../common/contract/settings.ts';
import type { Database } from '../../database/tables.ts';
import type { Clock } from '../../ports/index.ts';

export type SettingsService = ReturnType<typeof createSettingsService>;

/** Settings as one checked object; a key the database lacks has its default. */
export function createSettingsService({ db, clock }: { db: Kysely<Database>; clock: Clock }) {
  const listeners = new Set<(settings: Settings) => void>();

  async function get(): Promise<Settings> {
    const rows = await db.selectFrom('settings').selectAll().execute();
    const stored = Object.fromEntries(rows.map((row) => [row.key, JSON.parse(row.value) as unknown]));
    return settingsSchema.parse(stored);
  }

  return {
    get,
    /** Called with the settings after every change. */
    onChange(listener: (settings: Settings) => void): void {
      listeners.add(listener);
    },
    async set(changes: Partial<Settings>): Promise<Settings> {
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) continue;
        const row = { key, value: JSON.stringify(value), updated_at: clock.now() };
        await db
          .insertInto('settings')
          .values(row)
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: row.value, updated_at: row.updated_at }))
          .execute();
      }
      const next = await get();
      for (const listener of listeners) listener(next);
      return next;
    },
  };
}
