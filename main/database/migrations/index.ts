/**
 * Every migration, in the order of its number. Forward only; one that has been released is never edited.
 * Imported statically so that the bundled program carries them.
 */
import type { Migration } from 'kysely/migration';
import * as core from './0010-core.ts';

export const migrations = {
  '0010-core': core,
} as const satisfies Readonly<Record<string, Migration>>;
