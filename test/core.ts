/** A real core on a throw-away data folder, for tests of doors and screens. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore } from '../main/entry/compose.ts';
import type { Core } from '../main/entry/compose.ts';

export interface TestCore {
  readonly core: Core;
  readonly folder: string;
  close(): Promise<void>;
}

export async function startTestCore(): Promise<TestCore> {
  const folder = mkdtempSync(join(tmpdir(), 'packbench-core-'));
  const core = await createCore({ dataFolder: folder });
  return {
    core,
    folder,
    close: async () => {
      await core.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
