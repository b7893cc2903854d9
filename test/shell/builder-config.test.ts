/** electron-builder.yml against electron-builder's own schema, and the fuses against our list. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const require = createRequire(join(root, 'node_modules', 'app-builder-lib', 'package.json'));
const { load } = require('js-yaml') as { load: (text: string) => Record<string, unknown> };
const config = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

async function problems(candidate: unknown): Promise<string> {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration: (config: unknown, debug: unknown) => Promise<void>;
  };
  try {
    await validateConfiguration(candidate, { isEnabled: false, add: () => {} });
    return '';
  } catch (thrown) {
    return String(thrown);
  }
}

describe('electron-builder.yml', () => {
  it('is valid by electron-builder’s schema', async () => {
    expect(await problems(structuredClone(config))).toBe('');
  });
  it('a key the schema does not know is found', async () => {
    expect(await problems({ ...structuredClone(config), notAKey: true })).toContain('notAKey');
  });
  it('burns the fuses of the security list and rebuilds nothing', () => {
    expect(config['electronFuses']).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config['npmRebuild']).toBe(false);
    expect(config['asar']).toBe(true);
  });
});
