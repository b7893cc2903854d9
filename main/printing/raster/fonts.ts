/**
 * Finds the font files and makes the font set of this process. In development the outlines are read from the npm package, in
 * the installed program from its resources; the bitmap faces lie in assets/fonts or beside the outlines.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { createFontSet, type FontFiles, type FontSet } from '../../../common/domain/label/fonts/font-set.ts';

const names = {
  regular: ['400Regular/NotoSansSC_400Regular.ttf', 'NotoSansSC_400Regular.ttf'],
  medium: ['500Medium/NotoSansSC_500Medium.ttf', 'NotoSansSC_500Medium.ttf'],
  bold: ['700Bold/NotoSansSC_700Bold.ttf', 'NotoSansSC_700Bold.ttf'],
  pixel16: ['unifont-16.pbf'],
  rare24: ['rare-24.pbf'],
} as const satisfies Record<keyof FontFiles, readonly string[]>;

/** Folders a font may lie in, best first: the installed program's resources, then upwards from this file. */
export function fontFolders(resources?: string): string[] {
  const folders = resources ? [join(resources, 'fonts')] : [];
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    folders.push(join(at, 'resources', 'fonts'), join(at, 'assets', 'fonts'), join(at, 'node_modules', '@expo-google-fonts', 'noto-sans-sc'));
    if (dirname(at) === at) return folders;
  }
}

/** Where each font file lies. Throws an Error that names a missing file: without fonts nothing can be printed. */
export function fontFilePaths(folders: readonly string[] = fontFolders()): Record<keyof FontFiles, string> {
  const find = (wanted: readonly string[]): string => {
    for (const folder of folders) {
      const name = wanted.find((candidate) => existsSync(join(folder, candidate)));
      if (name !== undefined) return join(folder, name);
    }
    throw new Error(`font file ${wanted[0]} was not found; run npm install, or repair the installation`);
  };
  return { regular: find(names.regular), medium: find(names.medium), bold: find(names.bold), pixel16: find(names.pixel16), rare24: find(names.rare24) };
}

/** Reads the font files. Throws an Error that names a missing one. */
export function readFontFiles(folders: readonly string[] = fontFolders()): FontFiles {
  const paths = fontFilePaths(folders);
  return { regular: readFileSync(paths.regular), medium: readFileSync(paths.medium), bold: readFileSync(paths.bold), pixel16: () => inflateSync(readFileSync(paths.pixel16)), rare24: () => inflateSync(readFileSync(paths.rare24)) };
}

/** The font set of this program. `resources` is Electron's resources folder where there is one. */
export function loadFontSet(resources?: string): FontSet {
  return createFontSet(readFontFiles(fontFolders(resources)));
}
