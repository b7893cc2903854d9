/** Where things live on this PC. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The user's data folder for Packbench, by the custom of the system. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env, platform: string = process.platform): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Packbench');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Packbench');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'packbench');
}

/**
 * The folder that holds package.json: the repository in development, the application folder when packaged.
 * Found by walking up, because the bundled program lies at another depth than its source.
 */
export function programFolder(from: string = fileURLToPath(import.meta.url)): string {
  let folder = dirname(from);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${from}`);
    folder = parent;
  }
  return folder;
}
