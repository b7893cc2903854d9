/** Composition root of the desktop window. */
import { join } from 'node:path';
import * as electron from 'electron';
import { prepareShell, startShell } from '../platform/electron/shell.ts';
import { defaultDataFolder, programFolder } from '../platform/node/folders.ts';
import { createStaticFiles } from '../transport/static.ts';
import { fontFiles } from './fonts.ts';

const program = programFolder();
const given = process.argv.indexOf('--data');
const dataFolder = given > 0 ? (process.argv[given + 1] ?? defaultDataFolder()) : defaultDataFolder();

if (prepareShell(electron)) {
  void electron.app.whenReady().then(() =>
    startShell({
      electron,
      files: createStaticFiles(join(program, 'out', 'renderer'), fontFiles()),
      preloadFile: join(program, 'out', 'preload', 'index.cjs'),
      coreFile: join(program, 'out', 'main', 'core.js'),
      dataFolder,
    }),
  );
} else {
  electron.app.quit();
}
