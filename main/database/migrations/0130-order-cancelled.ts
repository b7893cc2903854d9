/** Orders that are not shipped after all, with the reason: decided here, so the platform's own state stays as it said. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('orders').addColumn('cancelled', 'text', (column) => column.notNull().defaultTo('')).execute();
}
